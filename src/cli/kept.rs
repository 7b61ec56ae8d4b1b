//! Keeps files of the last build that would come out the same, because to make them takes time.
//!
//! Beside the output it is remembered of each file what it rested on and which bytes came of it, as hashes. A file is
//! kept only if both fit: what it rests on today, and the bytes that stand in the output. So a record that is torn,
//! old or wrong costs time and changes nothing.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use blake3::Hash;

use crate::paper::proposal::Known;
use crate::write;

/// The name under which the record is remembered beside an output.
const MEMORY: &str = "kept";

/// What the record begins with. To be changed with the form.
const HEAD: &[u8] = b"bailiwick kept 1\n";

/// What a file rested on, and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Made {
    from: Hash,
    bytes: Hash,
    /// Of a document: whether it had no room for all its pictures, if that is known.
    lacks_pictures: Option<bool>,
}

/// The files of an output that can be kept: those of the last build, and those of this one.
pub(super) struct Kept<'a> {
    out: PathBuf,
    known: &'a Known,
    last: HashMap<String, Made>,
    now: Mutex<BTreeMap<String, Made>>,
}

impl<'a> Kept<'a> {
    /// What is remembered beside an output; what it knows of proposals is told.
    pub(super) fn of(out: &Path, known: &'a Known) -> Self {
        let last = write::recall(out, MEMORY).and_then(|bytes| parse(&bytes)).unwrap_or_default();
        for Made { from, lacks_pictures, .. } in last.values() {
            lacks_pictures.iter().for_each(|lacks| known.tell(*from, *lacks));
        }
        Self { out: out.to_owned(), known, last, now: Mutex::default() }
    }

    /// Whether the last build made a file at that path which can be kept.
    pub(super) fn has(&self, path: &str) -> bool {
        self.last.contains_key(path)
    }

    /// The hash of what the last build made at that path, if it rested on the same.
    pub(super) fn bytes(&self, path: &str, from: Hash) -> Option<Hash> {
        let made = self.last.get(path).filter(|last| last.from == from)?;
        self.note(path, *made);
        Some(made.bytes)
    }

    /// Notes a file that was made.
    pub(super) fn made(&self, path: &str, from: Hash, bytes: &[u8]) {
        let lacks_pictures = self.known.lacks_pictures(from);
        self.note(path, Made { from, bytes: blake3::hash(bytes), lacks_pictures });
    }

    fn note(&self, path: &str, made: Made) {
        self.now.lock().expect("nobody panics with it").insert(path.to_owned(), made);
    }

    /// Remembers the files of this build, once they are published.
    pub(super) fn remember(&self) {
        let now = self.now.lock().expect("nobody panics with it");
        if now.len() != self.last.len() || now.iter().any(|(path, made)| self.last.get(path) != Some(made)) {
            // Without it the next build makes them again.
            let _ = write::remember(&self.out, MEMORY, &print(&now));
        }
    }
}

fn print(files: &BTreeMap<String, Made>) -> Vec<u8> {
    let mut bytes = HEAD.to_vec();
    for (path, Made { from, bytes: made, lacks_pictures }) in files {
        bytes.extend(from.as_bytes());
        bytes.extend(made.as_bytes());
        bytes.push(lacks_pictures.map_or(0, |lacks| 1 + u8::from(lacks)));
        bytes.extend((path.len() as u32).to_le_bytes());
        bytes.extend(path.as_bytes());
    }
    let seal = blake3::hash(&bytes);
    bytes.extend(seal.as_bytes());
    bytes
}

/// `None` if a byte differs from what [`print`] wrote.
fn parse(bytes: &[u8]) -> Option<HashMap<String, Made>> {
    let (body, seal) = bytes.split_last_chunk::<{ blake3::OUT_LEN }>()?;
    if blake3::hash(body).as_bytes() != seal {
        return None;
    }
    let mut rest = body.strip_prefix(HEAD)?;
    let mut files = HashMap::new();
    while !rest.is_empty() {
        let (from, after) = rest.split_first_chunk::<{ blake3::OUT_LEN }>()?;
        let (made, after) = after.split_first_chunk::<{ blake3::OUT_LEN }>()?;
        let (lacks_pictures, after) = after.split_first()?;
        let (length, after) = after.split_first_chunk()?;
        let (path, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let (from, bytes) = (Hash::from_bytes(*from), Hash::from_bytes(*made));
        let lacks_pictures = lacks_pictures.checked_sub(1).map(|lacks| lacks != 0);
        let made = Made { from, bytes, lacks_pictures };
        files.insert(str::from_utf8(path).ok()?.to_owned(), made);
        rest = after;
    }
    Some(files)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "makes outputs of its own")]
mod tests {
    use super::*;
    use std::fs;

    const PATH: &str = "proposals/p.pdf";

    fn hash(letter: u8) -> Hash {
        Hash::from_bytes([letter; 32])
    }

    /// A place for an output beside which one document is remembered.
    fn output() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        fs::create_dir_all(folder.path().join(".bailiwick/site")).unwrap();
        let known = Known::default();
        let kept = Kept::of(&out, &known);
        assert!(!kept.has(PATH));
        known.tell(hash(1), true);
        kept.made(PATH, hash(1), b"first");
        kept.remember();
        (folder, out)
    }

    #[test]
    fn only_what_would_come_out_the_same_is_kept() {
        let (_folder, out) = output();
        let known = Known::default();
        let kept = Kept::of(&out, &known);
        assert!(kept.has(PATH));
        assert_eq!(known.lacks_pictures(hash(1)), Some(true), "what is known of it is kept as well");
        assert_eq!(kept.bytes(PATH, hash(1)), Some(blake3::hash(b"first")));
        assert_eq!(kept.bytes(PATH, hash(2)), None, "it rests on something else");
        assert_eq!(kept.bytes("another", hash(1)), None);
    }

    #[test]
    fn what_was_neither_kept_nor_made_is_forgotten() {
        let (_folder, out) = output();
        let known = Known::default();
        let kept = Kept::of(&out, &known);
        kept.made("another", hash(3), b"another");
        kept.remember();
        let next = Kept::of(&out, &known);
        assert_eq!((next.has(PATH), next.has("another")), (false, true));
    }

    #[test]
    fn a_torn_or_altered_record_is_not_believed() {
        let (folder, out) = output();
        let record = folder.path().join(".bailiwick/site").join(MEMORY);
        let whole = fs::read(&record).unwrap();
        assert_eq!(parse(&whole).unwrap().len(), 1);
        for at in 0..whole.len() {
            assert_eq!(parse(&whole[..at]), None);
            let mut altered = whole.clone();
            altered[at] ^= 1;
            assert_eq!(parse(&altered), None);
        }
        fs::write(&record, &whole[..20]).unwrap();
        assert!(!Kept::of(&out, &Known::default()).has(PATH));
    }
}
