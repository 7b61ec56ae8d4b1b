//! A history as bytes, so that the next build walks over new commits alone.
//!
//! It holds what the commits themselves say, messages and addresses included, and is cut for nobody: it belongs
//! beside the output, in the folder that is the writer's own and never published. What cannot be read back to the
//! last byte is as good as nothing: it is left out of account, and the walk is made anew.

use std::collections::BTreeMap;

use super::History;
use super::commit::{Author, BlobId, Commit, CommitId};
use super::revision::{Change, File, Revision, State};
use crate::source::SourcePath;
use crate::text::{Date, Scalar};

/// What the bytes begin with. To be changed with the form, or with what a walk finds.
const HEAD: &str = concat!("bailiwick history 1 of ", env!("CARGO_PKG_VERSION"), "\n");

/// The length of the seal, in bytes.
const SEAL: usize = blake3::OUT_LEN;

/// Writes a history down; `None` of one that leads up to no commit.
///
/// `place` is what it depends on besides that commit: [`super::Repository::place`]. Tags are left out, and what is
/// not committed: both change without a commit.
pub fn print(history: &History, place: &[u8]) -> Option<Vec<u8>> {
    let head = history.head?;
    let mut out = Writer(HEAD.as_bytes().to_vec());
    out.bytes(place);
    out.0.extend(head.0);
    out.number(history.commits.len());
    for commit in &history.commits {
        out.commit(commit);
    }
    out.number(history.files.len());
    for (path, file) in &history.files {
        out.bytes(path.as_bytes());
        out.file(file);
    }
    out.number(history.removed.len());
    for file in &history.removed {
        out.file(file);
    }
    let seal = blake3::hash(&out.0);
    out.0.extend(seal.as_bytes());
    Some(out.0)
}

/// Reads what [`print`] wrote; `None` if a byte differs, or if it is of another version or place.
pub fn parse(bytes: &[u8], place: &[u8]) -> Option<History> {
    let (body, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
    if blake3::hash(body).as_bytes() != seal {
        return None;
    }
    let mut from = Reader(body.strip_prefix(HEAD.as_bytes())?);
    if from.bytes()? != place {
        return None;
    }
    let head = CommitId(from.id()?);
    let commits: Vec<Commit> = from.list(Reader::commit)?;
    let count = commits.len();
    let files: BTreeMap<SourcePath, File> = from.list(|from| Some((from.path()?, from.file(count)?)))?;
    let removed: Vec<File> = from.list(|from| from.file(count))?;
    from.0.is_empty().then(|| History::new(head, commits, files, removed))
}

struct Writer(Vec<u8>);

impl Writer {
    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    fn number(&mut self, number: usize) {
        let mut rest = number as u64;
        while rest >= 0x80 {
            self.0.push((rest & 0x7F) as u8 | 0x80);
            rest >>= 7;
        }
        self.0.push(rest as u8);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.0.extend(bytes);
    }

    fn commit(&mut self, commit: &Commit) {
        let Commit { id, parents, date, seconds, is_signed, author, message } = commit;
        self.0.extend(id.0);
        self.number(parents.len());
        for parent in parents {
            self.0.extend(parent.0);
        }
        self.0.extend(date.to_string().as_bytes());
        self.0.extend(seconds.to_le_bytes());
        self.0.push(u8::from(*is_signed));
        for text in [&author.name, &author.mail, message] {
            self.bytes(text.as_bytes());
        }
    }

    fn file(&mut self, file: &File) {
        self.blob(file.blob);
        self.number(file.revisions.len());
        for Revision { commit, change, path, blob, before, is_cut_off } in &file.revisions {
            self.number(*commit);
            self.0.push(*change as u8);
            self.bytes(path.as_bytes());
            self.blob(*blob);
            self.number(before.len());
            for state in before {
                self.blob(state.as_ref().map(|state| state.blob));
                if let Some(state) = state {
                    self.bytes(state.path.as_bytes());
                }
            }
            self.0.push(u8::from(*is_cut_off));
        }
    }

    fn blob(&mut self, blob: Option<BlobId>) {
        self.0.push(u8::from(blob.is_some()));
        if let Some(blob) = blob {
            self.0.extend(blob.0);
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn id(&mut self) -> Option<[u8; 20]> {
        self.array()
    }

    fn byte(&mut self) -> Option<u8> {
        Some(self.array::<1>()?[0])
    }

    fn truth(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return usize::try_from(number).ok();
            }
        }
        None
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.take(length)
    }

    fn text(&mut self) -> Option<&'a str> {
        str::from_utf8(self.bytes()?).ok()
    }

    fn path(&mut self) -> Option<SourcePath> {
        self.text().map(SourcePath::new)
    }

    fn list<T, C: FromIterator<T>>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<C> {
        let count = self.number()?;
        (0..count).map(|_| item(self)).collect()
    }

    fn commit(&mut self) -> Option<Commit> {
        let id = CommitId(self.id()?);
        let parents = self.list(|from| from.id().map(CommitId))?;
        let date = Date::parse(str::from_utf8(self.take("2026-03-02".len())?).ok()?).ok()?;
        let seconds = i64::from_le_bytes(self.array()?);
        let is_signed = self.truth()?;
        let author = Author { name: self.text()?.to_owned(), mail: self.text()?.to_owned() };
        Some(Commit { id, parents, date, seconds, is_signed, author, message: self.text()?.to_owned() })
    }

    /// A file of a history with so many commits.
    fn file(&mut self, commits: usize) -> Option<File> {
        Some(File { blob: self.blob()?, revisions: self.list(|from| from.revision(commits))? })
    }

    fn revision(&mut self, commits: usize) -> Option<Revision> {
        let commit = self.number().filter(|commit| *commit < commits)?;
        let changes = [Change::Added, Change::Changed, Change::Renamed, Change::Removed];
        Some(Revision {
            commit,
            change: *changes.get(usize::from(self.byte()?))?,
            path: self.path()?,
            blob: self.blob()?,
            before: self.list(Self::state)?,
            is_cut_off: self.truth()?,
        })
    }

    fn state(&mut self) -> Option<Option<State>> {
        match self.blob()? {
            Some(blob) => Some(Some(State { path: self.path()?, blob })),
            None => Some(None),
        }
    }

    fn blob(&mut self) -> Option<Option<BlobId>> {
        if self.truth()? { Some(Some(BlobId(self.id()?))) } else { Some(None) }
    }
}
