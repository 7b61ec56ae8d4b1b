//! Stands in for git where the program was built without it: there is no repository, so there is no history.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};

use super::{BlobId, CommitId, History, Store, Tag};
use crate::source::{SourceFile, SourceMap, SourcePath};
use crate::text::Date;

/// A repository, of which there is none.
#[derive(Debug)]
pub struct Repository(Infallible);

/// The files of the content folder at one commit.
#[derive(Clone, Debug, Default)]
pub struct Tree(BTreeMap<SourcePath, BlobId>);

/// Why the history cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble(Infallible);

impl fmt::Display for Trouble {
    fn fmt(&self, _: &mut fmt::Formatter) -> fmt::Result {
        match self.0 {}
    }
}

impl std::error::Error for Trouble {}

impl Tree {
    /// The files by path.
    pub fn files(&self) -> &BTreeMap<SourcePath, BlobId> {
        &self.0
    }

    /// What the file at a path holds.
    pub fn blob(&self, path: &str) -> Option<&BlobId> {
        self.0.get(path)
    }
}

#[expect(missing_docs, clippy::missing_errors_doc, reason = "the real ones are documented in `repository/`")]
impl Repository {
    pub fn open(_: &Path) -> Result<Option<Self>, Trouble> {
        Ok(None)
    }

    pub fn folders(&self) -> Vec<PathBuf> {
        match self.0 {}
    }

    pub fn head(&self) -> Result<Option<CommitId>, Trouble> {
        match self.0 {}
    }

    pub fn history(&self, _: Option<&History>) -> Result<History, Trouble> {
        match self.0 {}
    }

    pub fn history_of(&self, _: CommitId, _: Option<&History>) -> Result<History, Trouble> {
        match self.0 {}
    }

    pub fn place(&self) -> Result<Vec<u8>, Trouble> {
        match self.0 {}
    }

    pub fn tree(&self, _: CommitId) -> Result<Tree, Trouble> {
        match self.0 {}
    }

    pub fn sources(&self, _: &Tree) -> SourceMap {
        match self.0 {}
    }

    pub fn uncommitted(&self, _: Option<CommitId>, _: &SourceMap) -> Result<BTreeSet<SourcePath>, Trouble> {
        match self.0 {}
    }

    pub fn differing(&self, _: &Tree, _: &SourceMap) -> BTreeSet<SourcePath> {
        match self.0 {}
    }

    pub fn differs(&self, _: &Tree, _: &SourcePath, _: Option<&SourceFile>) -> bool {
        match self.0 {}
    }

    pub fn watched(&self) -> Vec<(PathBuf, bool)> {
        match self.0 {}
    }

    pub fn bytes(&self, _: &BlobId) -> Option<Vec<u8>> {
        match self.0 {}
    }

    pub fn tags(&self) -> Result<Vec<Tag>, Trouble> {
        match self.0 {}
    }

    pub fn revision(&self, _: &str) -> Result<CommitId, Trouble> {
        match self.0 {}
    }

    pub fn as_of(&self, _: Date) -> Result<Option<CommitId>, Trouble> {
        match self.0 {}
    }

    pub fn nearest(&self, _: CommitId, _: impl Fn(&CommitId) -> bool) -> Result<Vec<CommitId>, Trouble> {
        match self.0 {}
    }

    pub fn day(&self, _: CommitId) -> Result<Date, Trouble> {
        match self.0 {}
    }
}

impl Store for Repository {
    fn read(&self, _: &BlobId) -> Option<Vec<u8>> {
        match self.0 {}
    }

    fn sources_at(&self, _: &CommitId) -> Option<SourceMap> {
        match self.0 {}
    }

    fn blob_at(&self, _: &CommitId, _: &str) -> Option<BlobId> {
        match self.0 {}
    }
}
