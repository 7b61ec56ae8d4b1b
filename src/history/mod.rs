//! How the content came to be: its commits, and for each file its revisions, followed across renames.
//!
//! A [`History`] is plain facts, worked out once from one walk over the commits ([`follow`]) or taken from a
//! cache ([`cache`]). Only [`Repository`] touches git, and only to read.
//!
//! Nothing here is cut for a reader. What of it somebody may see is decided in `past`, which alone hands old
//! texts on, each under the rules of its own day and of today.

pub mod cache;
mod commit;
mod fingerprint;
#[cfg(feature = "history")]
mod follow;
pub(crate) mod packed;
#[cfg(feature = "history")]
mod renames;
#[cfg_attr(not(feature = "history"), path = "elsewhere.rs")]
mod repository;
mod revision;
#[cfg(feature = "history")]
mod similarity;
mod store;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use commit::{Author, BlobId, Commit, CommitId, Tag};
pub use repository::{Repository, Tree, Trouble};
pub use revision::{Change, File, Revision, State};
pub use store::{NoStore, Store};

use crate::source::SourcePath;

/// The history of the content folder as of one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The commit that it leads up to; `None` outside git and before the first commit.
    pub head: Option<CommitId>,
    /// Whether the repository is a shallow clone: then the oldest revisions may be older than they seem, and
    /// [`Revision::is_cut_off`] says which.
    pub is_shallow: bool,
    /// Files that differ from the newest commit, or are not in it: not committed yet. Pictures are held to be
    /// the same when they are as long.
    pub uncommitted: BTreeSet<SourcePath>,
    /// Tags on the commits here, in the order of their names.
    pub tags: Vec<Tag>,
    /// The commits that touched the content, newest first; no parent stands before its child.
    commits: Vec<Commit>,
    /// The files of the newest commit, by path.
    files: BTreeMap<SourcePath, File>,
    /// Files that are gone, in the order of the paths that they had last, then newest first.
    removed: Vec<File>,
    /// Where each commit is.
    index: HashMap<CommitId, usize>,
}

impl History {
    /// Joins what was worked out.
    ///
    /// `commits` newest first, `removed` in any order.
    pub(crate) fn new(
        head: CommitId,
        commits: Vec<Commit>,
        files: BTreeMap<SourcePath, File>,
        removed: Vec<File>,
    ) -> Self {
        let index = commits.iter().enumerate().map(|(at, commit)| (commit.id, at)).collect();
        let mut history = Self { head: Some(head), commits, files, removed, index, ..Self::default() };
        let newest = |file: &File| file.revisions.first().map(|newest| (newest.path.clone(), newest.commit));
        history.removed.sort_by_cached_key(newest);
        history
    }

    /// Whether there is anything to tell.
    pub fn is_empty(&self) -> bool {
        self.commits.is_empty()
    }

    /// The commits that touched the content, newest first; no parent stands before its child.
    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// The commit of a revision.
    pub fn commit(&self, revision: &Revision) -> &Commit {
        &self.commits[revision.commit]
    }

    /// The commit of that name, if it touched the content.
    pub fn find(&self, id: &CommitId) -> Option<&Commit> {
        self.index.get(id).map(|at| &self.commits[*at])
    }

    /// Where a commit stands among [`History::commits`], if it touched the content.
    pub fn place(&self, id: &CommitId) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// The file that is at a path today, as far as it was committed.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// The revisions of the file that is at a path today, newest first; none of a file that is not committed.
    pub fn of(&self, path: &str) -> &[Revision] {
        self.files.get(path).map_or(&[], |file| &file.revisions)
    }

    /// The files of the newest commit in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&SourcePath, &File)> {
        self.files.iter()
    }

    /// The files that are gone, in the order of the paths that they had last. Their newest revision is the one
    /// that removed them.
    pub fn removed(&self) -> &[File] {
        &self.removed
    }

    /// The tags of a commit.
    pub fn tags_of(&self, id: &CommitId) -> impl Iterator<Item = &Tag> {
        self.tags.iter().filter(move |tag| tag.commit == *id)
    }
}
