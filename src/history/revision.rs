//! What happened to one file.

use super::commit::BlobId;
use crate::source::SourcePath;

/// One file through time, under whatever names it had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it holds in the newest commit; `None` of a file that is gone. It need not be that of the newest
    /// revision: a merge can bring back an older one.
    pub blob: Option<BlobId>,
    /// What happened to it, newest first.
    pub revisions: Vec<Revision>,
}

/// What one commit did to one file.
///
/// A merge is here only where the file came out different from what each of its parents had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Which commit, as a place among [`super::History::commits`].
    pub commit: usize,
    /// What it did.
    pub change: Change,
    /// Where the file was then; of a file that was removed, where it was before.
    pub path: SourcePath,
    /// What it held then; `None` when it was removed.
    pub blob: Option<BlobId>,
    /// What it was before, in each parent of the commit: one of an ordinary commit, none of the first one.
    /// Compare with these, not with the revision that follows in the list: that one may be from another branch.
    pub before: Vec<Option<State>>,
    /// Whether what was before lies beyond the end of a shallow clone: the file may be older than this.
    pub is_cut_off: bool,
}

/// A file at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// Where it was.
    pub path: SourcePath,
    /// What it held.
    pub blob: BlobId,
}

/// What can happen to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It was not there before.
    Added,
    /// It holds something else.
    Changed,
    /// It was elsewhere before; it may hold something else as well.
    Renamed,
    /// It is gone. It may come back in a newer revision.
    Removed,
}

impl Change {
    /// The word for it: `added`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
            Self::Removed => "removed",
        }
    }
}
