//! Where the bytes of old files come from.

use super::commit::{BlobId, CommitId};
use crate::source::SourceMap;

/// Something that can say what files held.
pub trait Store: Sync {
    /// What a blob holds; `None` if it cannot be had.
    fn read(&self, blob: &BlobId) -> Option<Vec<u8>>;

    /// The content folder as it stood at a commit; `None` if that cannot be read.
    fn sources_at(&self, commit: &CommitId) -> Option<SourceMap>;

    /// What the file at a path of the content folder held at a commit; `None` if none was there.
    fn blob_at(&self, commit: &CommitId, path: &str) -> Option<BlobId>;
}

/// The store of a portfolio that is in no repository.
pub struct NoStore;

impl Store for NoStore {
    fn read(&self, _: &BlobId) -> Option<Vec<u8>> {
        None
    }

    fn sources_at(&self, _: &CommitId) -> Option<SourceMap> {
        None
    }

    fn blob_at(&self, _: &CommitId, _: &str) -> Option<BlobId> {
        None
    }
}
