//! A history as bytes, so that the next build walks over new commits alone.
//!
//! It holds what the commits themselves say, messages and addresses included, and is cut for nobody: it belongs
//! beside the output, in the folder that is the writer's own and never published. What cannot be read back to the
//! last byte is as good as nothing: it is left out of account, and the walk is made anew.

use std::collections::BTreeMap;

use super::History;
use super::commit::{Author, BlobId, Commit, CommitId};
use super::packed::{self, Reader, Writer};
use super::revision::{Change, File, Revision, State};
use crate::source::SourcePath;

/// What the bytes begin with. To be changed with the form, or with what a walk finds.
const HEAD: &str = concat!("bailiwick history 2 of ", env!("BAILIWICK_CODE"), "\n");

/// Writes a history down; `None` of one that leads up to no commit.
///
/// `place` is what it depends on besides that commit: [`super::Repository::place`]. Tags are left out, and what is
/// not committed: both change without a commit.
pub fn print(history: &History, place: &[u8]) -> Option<Vec<u8>> {
    let head = history.head?;
    let mut out = Writer::new(HEAD);
    out.bytes(place);
    out.plain(&head.0);
    out.number(history.commits.len());
    for commit in &history.commits {
        print_commit(&mut out, commit);
    }
    out.number(history.files.len());
    for (path, file) in &history.files {
        out.bytes(path.as_bytes());
        print_file(&mut out, file);
    }
    out.number(history.removed.len());
    for file in &history.removed {
        print_file(&mut out, file);
    }
    Some(out.sealed())
}

/// Reads what [`print`] wrote; `None` if a byte differs, or if it is of another version or place.
pub fn parse(bytes: &[u8], place: &[u8]) -> Option<History> {
    let mut from = packed::opened(bytes, HEAD)?;
    if from.bytes()? != place {
        return None;
    }
    let head = CommitId(from.array()?);
    let commits: Vec<Commit> = from.list(commit)?;
    let count = commits.len();
    let files: BTreeMap<SourcePath, File> = from.list(|from| Some((path(from)?, file(from, count)?)))?;
    let removed: Vec<File> = from.list(|from| file(from, count))?;
    from.is_at_end().then(|| History::new(head, commits, files, removed))
}

fn print_commit(out: &mut Writer, commit: &Commit) {
    let Commit { id, parents, date, seconds, is_signed, author, message } = commit;
    out.plain(&id.0);
    out.number(parents.len());
    for parent in parents {
        out.plain(&parent.0);
    }
    out.date(*date);
    out.plain(&seconds.to_le_bytes());
    out.truth(*is_signed);
    for text in [&*author.name, &author.mail, message] {
        out.bytes(text.as_bytes());
    }
}

fn print_file(out: &mut Writer, file: &File) {
    print_blob(out, file.blob);
    out.number(file.revisions.len());
    for Revision { commit, change, path, blob, before, is_cut_off } in &file.revisions {
        out.number(*commit);
        out.byte(*change as u8);
        out.bytes(path.as_bytes());
        print_blob(out, *blob);
        out.number(before.len());
        for state in before {
            print_blob(out, state.as_ref().map(|state| state.blob));
            if let Some(state) = state {
                out.bytes(state.path.as_bytes());
            }
        }
        out.truth(*is_cut_off);
    }
}

fn print_blob(out: &mut Writer, blob: Option<BlobId>) {
    out.truth(blob.is_some());
    if let Some(blob) = blob {
        out.plain(&blob.0);
    }
}

fn path(from: &mut Reader) -> Option<SourcePath> {
    from.text().map(SourcePath::new)
}

fn commit(from: &mut Reader) -> Option<Commit> {
    let id = CommitId(from.array()?);
    let parents = from.list(|from| from.array().map(CommitId))?;
    let date = from.date()?;
    let seconds = i64::from_le_bytes(from.array()?);
    let is_signed = from.truth()?;
    let author = Author { name: from.text()?.into(), mail: from.text()?.to_owned() };
    Some(Commit { id, parents, date, seconds, is_signed, author, message: from.text()?.to_owned() })
}

/// A file of a history with so many commits.
fn file(from: &mut Reader, commits: usize) -> Option<File> {
    Some(File { blob: blob(from)?, revisions: from.list(|from| revision(from, commits))? })
}

fn revision(from: &mut Reader, commits: usize) -> Option<Revision> {
    let commit = from.number().filter(|commit| *commit < commits)?;
    let changes = [Change::Added, Change::Changed, Change::Renamed, Change::Removed];
    Some(Revision {
        commit,
        change: *changes.get(usize::from(from.byte()?))?,
        path: path(from)?,
        blob: blob(from)?,
        before: from.list(state)?,
        is_cut_off: from.truth()?,
    })
}

fn state(from: &mut Reader) -> Option<Option<State>> {
    match blob(from)? {
        Some(blob) => Some(Some(State { path: path(from)?, blob })),
        None => Some(None),
    }
}

fn blob(from: &mut Reader) -> Option<Option<BlobId>> {
    if from.truth()? { Some(Some(BlobId(from.array()?))) } else { Some(None) }
}
