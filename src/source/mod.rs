//! The content folder in memory: files by path, their text, and where in it something stands.
//!
//! Only [`discover`] touches the disk; everything else here is a function of its arguments.

mod copied;
pub mod decode;
pub mod discover;
pub mod front_matter;
mod path;
pub mod yaml;

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

pub use copied::{Copied, Unfit};
pub use path::SourcePath;

/// All files of one content folder, by path.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: BTreeMap<SourcePath, SourceFile>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceFile {
    /// Markdown, YAML or CSV, with line feeds as line ends and no byte order mark.
    Text(Arc<str>),
    /// Anything else: images, documents. Its bytes stay on the disk until they are published.
    Asset(Asset),
    /// A file that is there but cannot be used.
    Unusable(Unusable),
}

/// What is known of an asset without holding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Size in bytes.
    pub length: u64,
    /// Width and height in pixels, for images that say so.
    pub dimensions: Option<(u32, u32)>,
}

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// One lowercase phrase.
    pub reason: String,
    /// What the writer can do about it.
    pub fix: &'static str,
    /// Whether the rest can be published without it: a link that is not followed, say.
    pub harmless: bool,
    /// The character that is to blame, if it is one: line and column, both from 1.
    pub at: Option<(usize, usize)>,
}

impl Unusable {
    /// Of a file that keeps the rest from being published, and as a whole.
    pub fn new(reason: impl Into<String>, fix: &'static str) -> Self {
        Self { reason: reason.into(), fix, harmless: false, at: None }
    }

    /// Of a symbolic link.
    pub fn link() -> Self {
        let harmless = true;
        Self { harmless, ..Self::new("a symbolic link, which is not followed", "put the file itself there") }
    }
}

impl SourceMap {
    /// Adds a file, or replaces the one of that path.
    pub fn insert(&mut self, path: SourcePath, file: SourceFile) {
        self.files.insert(path, file);
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &SourcePath) -> Option<SourceFile> {
        self.files.remove(path)
    }

    /// The file of that path.
    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// The text of that file, if it is one.
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        match self.files.get(path)? {
            SourceFile::Text(text) => Some(text),
            SourceFile::Asset(_) | SourceFile::Unusable(_) => None,
        }
    }

    /// What stands at a path, and everything below it.
    pub fn below<'a>(&'a self, at: &'a str) -> impl Iterator<Item = (&'a SourcePath, &'a SourceFile)> {
        let is_below = move |path: &str| {
            at.is_empty()
                || path.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        // Paths that merely begin with the same letters lie between.
        let from = (Bound::Included(at), Bound::Unbounded);
        let near = self.files.range::<str, _>(from).take_while(move |(path, _)| path.starts_with(at));
        near.filter(move |(path, _)| is_below(path))
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &SourceFile)> {
        self.files.iter()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl FromIterator<(SourcePath, SourceFile)> for SourceMap {
    fn from_iter<I: IntoIterator<Item = (SourcePath, SourceFile)>>(files: I) -> Self {
        Self { files: files.into_iter().collect() }
    }
}

/// Text files by path: what most tests start from.
impl<'a> FromIterator<(&'a str, &'a str)> for SourceMap {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(files: I) -> Self {
        files
            .into_iter()
            .map(|(path, text)| (SourcePath::new(path), decode::source_file(path, text.as_bytes().to_vec())))
            .collect()
    }
}
