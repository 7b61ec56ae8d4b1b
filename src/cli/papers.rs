//! Keeps documents of the last build that would come out the same, because laying them out takes time.
//!
//! Beside the output it is remembered of each document what it depended on and which bytes came of it, as hashes.
//! A document is kept only if both fit: what it depends on today, and the bytes that stand in the output. So a
//! record that is torn, old or wrong costs time and changes nothing.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::paper::proposal::Known;
use crate::write;

/// The name under which the record is remembered beside an output.
const MEMORY: &str = "papers";

/// What the record begins with. To be changed with the form.
const HEAD: &[u8] = b"bailiwick papers 2\n";

/// A hash.
type Hash = [u8; blake3::OUT_LEN];

/// What a document depended on, and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Made {
    from: Hash,
    bytes: Hash,
    lacks_pictures: bool,
}

/// The documents of an output: those of the last build, and those of this one.
pub(super) struct Papers<'a> {
    out: PathBuf,
    known: &'a Known,
    last: HashMap<String, Made>,
    now: Mutex<BTreeMap<String, Made>>,
}

impl<'a> Papers<'a> {
    /// What is remembered beside an output; what it knows of proposals is told.
    pub(super) fn of(out: &Path, known: &'a Known) -> Self {
        let last = write::recall(out, MEMORY).and_then(|bytes| parse(&bytes)).unwrap_or_default();
        for made in last.values() {
            known.tell(made.from.into(), made.lacks_pictures);
        }
        Self { out: out.to_owned(), known, last: last.into_iter().collect(), now: Mutex::default() }
    }

    /// The document at a path of the output that depends on what has this hash: the one that stands there, or a new
    /// one.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) fn document<E>(
        &self,
        path: &str,
        from: Hash,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        let document = match self.standing(path, from) {
            Some(document) => document,
            None => make()?,
        };
        let lacks_pictures = self.known.lacks_pictures(from.into()).unwrap_or(false);
        let made = Made { from, bytes: *blake3::hash(&document).as_bytes(), lacks_pictures };
        self.now.lock().expect("nobody panics with it").insert(path.to_owned(), made);
        Ok(document)
    }

    fn standing(&self, path: &str, from: Hash) -> Option<Vec<u8>> {
        let last = self.last.get(path).filter(|last| last.from == from)?;
        let document = write::standing_file(&self.out, path)?;
        (*blake3::hash(&document).as_bytes() == last.bytes).then_some(document)
    }

    /// Remembers the documents of this build, once they are published.
    pub(super) fn remember(&self) {
        let now = self.now.lock().expect("nobody panics with it");
        if now.len() != self.last.len() || now.iter().any(|(path, made)| self.last.get(path) != Some(made)) {
            // Without it the next build lays them out again.
            let _ = write::remember(&self.out, MEMORY, &print(&now));
        }
    }
}

fn print(documents: &BTreeMap<String, Made>) -> Vec<u8> {
    let mut bytes = HEAD.to_vec();
    for (path, Made { from, bytes: made, lacks_pictures }) in documents {
        bytes.extend(from);
        bytes.extend(made);
        bytes.push(u8::from(*lacks_pictures));
        bytes.extend((path.len() as u32).to_le_bytes());
        bytes.extend(path.as_bytes());
    }
    let seal = blake3::hash(&bytes);
    bytes.extend(seal.as_bytes());
    bytes
}

/// `None` if a byte differs from what [`print`] wrote.
fn parse(bytes: &[u8]) -> Option<BTreeMap<String, Made>> {
    let (body, seal) = bytes.split_last_chunk::<{ blake3::OUT_LEN }>()?;
    if blake3::hash(body).as_bytes() != seal {
        return None;
    }
    let mut rest = body.strip_prefix(HEAD)?;
    let mut documents = BTreeMap::new();
    while !rest.is_empty() {
        let (from, after) = rest.split_first_chunk()?;
        let (made, after) = after.split_first_chunk()?;
        let (lacks_pictures, after) = after.split_first()?;
        let (length, after) = after.split_first_chunk()?;
        let (path, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let made = Made { from: *from, bytes: *made, lacks_pictures: *lacks_pictures != 0 };
        documents.insert(str::from_utf8(path).ok()?.to_owned(), made);
        rest = after;
    }
    Some(documents)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "makes outputs of its own")]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::fs;

    const PATH: &str = "proposals/p.pdf";

    /// An output with one document, and the folder that is kept beside it.
    fn output() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        fs::create_dir_all(out.join("proposals")).unwrap();
        fs::create_dir_all(folder.path().join(".bailiwick/site")).unwrap();
        fs::write(out.join(PATH), "first").unwrap();
        let known = Known::default();
        let papers = Papers::of(&out, &known);
        assert_eq!(asked(&papers, [1; 32]), (b"new".to_vec(), true));
        let make = || {
            known.tell([1; 32].into(), true);
            Ok::<_, Infallible>(b"first".to_vec())
        };
        papers.document(PATH, [1; 32], make).unwrap();
        papers.remember();
        (folder, out)
    }

    /// The document, and whether it was made anew.
    fn asked(papers: &Papers, from: Hash) -> (Vec<u8>, bool) {
        let mut is_new = false;
        let make = || {
            is_new = true;
            Ok::<_, Infallible>(b"new".to_vec())
        };
        let Ok(document) = papers.document(PATH, from, make);
        (document, is_new)
    }

    #[test]
    fn only_what_would_come_out_the_same_is_kept() {
        let (folder, out) = output();
        let known = Known::default();
        assert_eq!(asked(&Papers::of(&out, &known), [1; 32]), (b"first".to_vec(), false));
        assert_eq!(known.lacks_pictures([1; 32].into()), Some(true), "what is known of it is kept as well");
        assert_eq!(
            asked(&Papers::of(&out, &Known::default()), [2; 32]),
            (b"new".to_vec(), true),
            "it depends on something else"
        );
        fs::write(out.join(PATH), "other").unwrap();
        assert_eq!(
            asked(&Papers::of(&out, &Known::default()), [1; 32]),
            (b"new".to_vec(), true),
            "other bytes stand there"
        );
        fs::remove_file(out.join(PATH)).unwrap();
        assert_eq!(
            asked(&Papers::of(&out, &Known::default()), [1; 32]),
            (b"new".to_vec(), true),
            "nothing stands there"
        );
        drop(folder);
    }

    #[test]
    fn no_link_is_followed() {
        let (folder, out) = output();
        fs::rename(out.join(PATH), folder.path().join("elsewhere")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("elsewhere"), out.join(PATH)).unwrap();
        assert!(asked(&Papers::of(&out, &Known::default()), [1; 32]).1);
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
        assert!(asked(&Papers::of(&out, &Known::default()), [1; 32]).1);
    }
}
