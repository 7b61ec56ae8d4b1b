//! What a site consists of, as it is kept on the disk: a line for each file.
//!
//! ```text
//! bailiwick manifest 1
//! for manager
//! 7d1f…  8192 decisions/one-report.html
//! end 0b5c…
//! ```
//!
//! The last line holds the hash of all before it, so that a torn or damaged manifest is never believed.

use std::fmt::Write;

use blake3::Hash;

use super::names;

const HEAD: &str = "bailiwick manifest 1";

/// A site: whose it is, and each of its files.
#[derive(Debug, PartialEq)]
pub(super) struct Manifest {
    /// The reader, escaped to one line.
    reader: String,
    /// By path.
    records: Vec<Record>,
}

/// One file as it was published.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    pub(super) path: String,
    pub(super) size: u64,
    pub(super) hash: Hash,
}

impl Manifest {
    pub(super) fn new(reader: &str, mut records: Vec<Record>) -> Self {
        records.sort_by(|a, b| a.path.cmp(&b.path));
        Self { reader: reader.escape_default().to_string(), records }
    }

    pub(super) fn print(&self) -> String {
        let mut text = format!("{HEAD}\nfor {}\n", self.reader);
        for Record { path, size, hash } in &self.records {
            writeln!(text, "{} {size} {path}", hash.to_hex()).expect("a String takes what is written to it");
        }
        let seal = blake3::hash(text.as_bytes());
        text + &format!("end {}\n", seal.to_hex())
    }

    /// Reads what [`Manifest::print`] wrote; `None` if a byte of it differs, or if another version wrote it.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let text = str::from_utf8(text).ok()?;
        let (body, seal) = text.strip_suffix('\n')?.rsplit_once("\nend ")?;
        let body = &text[..=body.len()];
        if *blake3::hash(body.as_bytes()).to_hex() != *seal {
            return None;
        }
        let mut lines = body.lines();
        if lines.next()? != HEAD {
            return None;
        }
        let reader = lines.next()?.strip_prefix("for ")?.to_owned();
        Some(Self { reader, records: lines.map(record).collect::<Option<_>>()? })
    }
}

fn record(line: &str) -> Option<Record> {
    let (hash, rest) = line.split_once(' ')?;
    let (size, path) = rest.split_once(' ')?;
    // The hash proves that the file is whole, not that it is honest: it may have come with a repository.
    if names::fault(path).is_some() {
        return None;
    }
    Some(Record { path: path.to_owned(), size: size.parse().ok()?, hash: Hash::from_hex(hash).ok()? })
}

/// All that a site on the disk may consist of.
///
/// After a publish that ended this is one manifest. After one that was killed the site may be the old one, the
/// new one or, in place, a mixture; then these are two manifests, and a path may occur twice.
#[derive(Debug, Default)]
pub(super) struct Claims {
    readers: Vec<String>,
    /// By path.
    records: Vec<Record>,
    /// Whether a publish was begun and not ended.
    pub(super) interrupted: bool,
    /// Whether there is a manifest that cannot be read.
    pub(super) damaged: bool,
}

impl Claims {
    /// Joins the manifest of the last publish that ended with that of one that did not.
    pub(super) fn join(ended: Option<Manifest>, begun: Option<Manifest>) -> Self {
        let interrupted = begun.is_some();
        let mut claims = Self { interrupted, ..Self::default() };
        for manifest in ended.into_iter().chain(begun) {
            claims.readers.push(manifest.reader);
            claims.records.extend(manifest.records);
        }
        claims.records.sort_by(|a, b| a.path.cmp(&b.path));
        claims.records.dedup();
        claims
    }

    /// Returns one manifest that makes the same claims.
    pub(super) fn as_one(&self) -> Manifest {
        let reader = self.readers.first().cloned().unwrap_or_default();
        Manifest { reader, records: self.records.clone() }
    }

    pub(super) fn are_exactly(&self, manifest: &Manifest) -> bool {
        !self.interrupted && self.readers == [&*manifest.reader] && self.records == manifest.records
    }

    /// Returns who else than `reader` the site may be for.
    pub(super) fn another_reader(&self, reader: &str) -> Option<&str> {
        let ours = reader.escape_default().to_string();
        self.readers.iter().find(|theirs| **theirs != ours).map(String::as_str)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.records.iter().map(|record| &*record.path)
    }

    pub(super) fn has(&self, path: &str) -> bool {
        !self.of(path).is_empty()
    }

    pub(super) fn has_size(&self, path: &str, size: u64) -> bool {
        self.of(path).iter().any(|record| record.size == size)
    }

    pub(super) fn has_hash(&self, path: &str, hash: Hash) -> bool {
        self.of(path).iter().any(|record| record.hash == hash)
    }

    fn of(&self, path: &str) -> &[Record] {
        let from = self.records.partition_point(|record| &*record.path < path);
        let length = self.records[from..].iter().take_while(|record| record.path == path).count();
        &self.records[from..from + length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn manifest(reader: &str, paths: &[&str]) -> Manifest {
        let record = |path: &&str| Record {
            path: (*path).to_owned(),
            size: path.len() as u64,
            hash: blake3::hash(format!("{reader}{path}").as_bytes()),
        };
        Manifest::new(reader, paths.iter().map(record).collect())
    }

    #[test]
    fn what_is_printed_is_read_again() {
        for reader in ["manager", "", "two\nlines", "end "] {
            for paths in [&["index.html", "a b/ü.html", "end "][..], &[]] {
                let written = manifest(reader, paths);
                assert_eq!(Manifest::parse(written.print().as_bytes()), Some(written));
            }
        }
    }

    #[test]
    fn a_path_that_leaves_the_folder_is_not_believed() {
        for path in ["../x", "/etc/passwd", "a/../../x", ".bailiwick/x"] {
            assert_eq!(Manifest::parse(manifest("me", &["a", path]).print().as_bytes()), None, "{path}");
        }
    }

    #[test]
    fn another_version_is_not_believed() {
        let body = "bailiwick manifest 2\nfor me\n";
        let text = format!("{body}end {}\n", blake3::hash(body.as_bytes()).to_hex());
        assert_eq!(Manifest::parse(text.as_bytes()), None);
        let text = text.replace("manifest 2", "manifest 1");
        assert_eq!(Manifest::parse(text.as_bytes()), None, "the seal does not fit");
    }

    #[test]
    fn after_an_interruption_both_sites_are_claimed() {
        let claims = Claims::join(Some(manifest("me", &["a", "b"])), Some(manifest("you", &["b", "c"])));
        for (path, reader) in [("a", "me"), ("b", "me"), ("b", "you"), ("c", "you")] {
            let hash = blake3::hash(format!("{reader}{path}").as_bytes());
            assert!(claims.has(path) && claims.has_size(path, 1) && claims.has_hash(path, hash));
            assert!(!claims.has_size(path, 2) && !claims.has_hash(path, blake3::hash(b"")));
        }
        assert!(!claims.has("") && !claims.has("aa") && !claims.has("d"));
        assert_eq!(claims.another_reader("me"), Some("you"));
        assert!(!claims.are_exactly(&claims.as_one()));
    }

    proptest! {
        #[test]
        fn no_torn_or_altered_manifest_is_believed(at in 0..400_usize, cut: bool, bit in 0..8_u32) {
            let mut bytes = manifest("manager", &["a.html", "b.html"]).print().into_bytes();
            let at = at % bytes.len();
            if cut { bytes.truncate(at) } else { bytes[at] ^= 1_u8 << bit }
            prop_assert_eq!(Manifest::parse(&bytes), None);
        }
    }
}
