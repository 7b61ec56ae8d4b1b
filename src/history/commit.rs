//! Commits, as far as histories are told from them.

use std::fmt;
use std::sync::Arc;

use crate::model::readers::Reader;
use crate::text::Date;

/// Names a commit by the hash of all that is in it.
///
/// For the writer alone: the hash covers hidden text as well, so who has it can test a guess at that text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(pub [u8; 20]);

/// Names the bytes of a file by their hash. For the writer alone, as a [`CommitId`] is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub [u8; 20]);

/// One commit that touched the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: CommitId,
    /// Its parents, the main line first; without those that lie beyond the end of a shallow clone.
    pub parents: Vec<CommitId>,
    /// The day on which its author made it, where the author was. A rebase leaves it as it is.
    pub date: Date,
    /// The same moment in seconds since 1970, to put commits of one day in order.
    pub seconds: i64,
    /// Whether it carries a signature. Nothing here knows whose: the signature is not verified.
    pub is_signed: bool,
    /// Who made it. Read it through [`Commit::author`].
    pub(super) author: Author,
    /// What they said of it. Read it through [`Commit::message`].
    pub(super) message: String,
}

/// Who made a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// As it stands in the commit.
    pub name: Arc<str>,
    /// The address, as it stands in the commit.
    pub mail: String,
}

impl Commit {
    /// Who made it, for the writer alone: names and addresses of commits were never cut for anybody.
    pub fn author(&self, reader: &Reader) -> Option<&Author> {
        (*reader == Reader::Me).then_some(&self.author)
    }

    /// What was said of it, for the writer alone: a message can tell of any file that the commit touched.
    pub fn message(&self, reader: &Reader) -> Option<&str> {
        (*reader == Reader::Me).then_some(self.message.as_str())
    }

    /// The first line of [`Commit::message`].
    pub fn subject(&self, reader: &Reader) -> Option<&str> {
        self.message(reader).map(|message| message.trim_start().lines().next().unwrap_or_default())
    }

    /// Whether it joins lines of history.
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }
}

/// A name that somebody gave to a commit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    /// Without `refs/tags/`.
    pub name: String,
    /// The commit.
    pub commit: CommitId,
    /// The day on which it was given; `None` for a tag that is a mere name.
    pub date: Option<Date>,
    /// Whether it carries a signature, which is not verified.
    pub is_signed: bool,
}

macro_rules! shown_as_hex {
    ($($id:ident)+) => {$(
        impl $id {
            /// The first ten digits: enough for people.
            pub fn short(&self) -> String {
                self.0[..5].iter().map(|byte| format!("{byte:02x}")).collect()
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $id {
            fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
                write!(f, "{self}")
            }
        }
    )+};
}

shown_as_hex!(CommitId BlobId);
