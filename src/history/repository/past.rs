//! The content folder as it stood at a commit.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;
use gix::prelude::FindExt;
use rayon::prelude::*;

use super::diff::{entries, name_of, tree};
use super::{Repository, Trouble, blob_id, object_id};
use crate::history::{BlobId, CommitId, Store};
use crate::source::decode::{self, LARGEST_TEXT};
use crate::source::{Asset, SourceFile, SourceMap, SourcePath, Unusable};

/// Folders that are nested deeper are not looked into.
const DEEPEST: usize = 64;

/// The largest picture that is looked into for its size, in bytes.
const LARGEST_PICTURE: u64 = 64 * 1024 * 1024;

/// The files of the content folder at one commit.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    files: BTreeMap<SourcePath, BlobId>,
    links: Vec<SourcePath>,
    /// Folders that are repositories of their own.
    modules: Vec<SourcePath>,
}

impl Tree {
    /// The files by path.
    pub fn files(&self) -> &BTreeMap<SourcePath, BlobId> {
        &self.files
    }

    /// What the file at a path holds.
    pub fn blob(&self, path: &str) -> Option<&BlobId> {
        self.files.get(path)
    }
}

impl Repository {
    /// The files of the content folder at a commit.
    ///
    /// # Errors
    /// When the commit or a folder of it cannot be read.
    pub fn tree(&self, commit: CommitId) -> Result<Tree, Trouble> {
        let mut found = Tree::default();
        if let Some(folder) = self.folder_of(object_id(commit.0))? {
            list(&self.local(), folder, "", 0, &mut found)?;
        }
        Ok(found)
    }

    pub(super) fn files_at(&self, commit: CommitId) -> Result<BTreeMap<SourcePath, BlobId>, Trouble> {
        self.tree(commit).map(|tree| tree.files)
    }

    /// The files of a tree as they are read from a disk: what cannot be read is there, with the reason.
    pub fn sources(&self, tree: &Tree) -> SourceMap {
        let files: Vec<_> = tree.files.iter().collect();
        let read = files.par_iter().map_init(
            || (self.local(), Vec::new()),
            |(local, buffer), (path, blob)| ((*path).clone(), source(local, path, **blob, buffer)),
        );
        let mut sources: SourceMap = read.collect::<Vec<_>>().into_iter().collect();
        for path in &tree.links {
            sources.insert(path.clone(), SourceFile::Unusable(Unusable::link()));
        }
        sources
    }

    /// The files that differ from what a commit has, or are not in it, or are in it alone. What lies in another
    /// repository is left out: it is committed there or not at all.
    ///
    /// Texts are compared as they are read, so line ends make no difference; of other files the length is.
    ///
    /// # Errors
    /// When the commit cannot be read.
    pub fn uncommitted(
        &self,
        commit: Option<CommitId>,
        sources: &SourceMap,
    ) -> Result<BTreeSet<SourcePath>, Trouble> {
        let tree = commit.map(|commit| self.tree(commit)).transpose()?.unwrap_or_default();
        Ok(self.differing(&tree, sources))
    }

    /// The same, where the files of the commit are at hand.
    pub fn differing(&self, tree: &Tree, sources: &SourceMap) -> BTreeSet<SourcePath> {
        let files: Vec<_> = sources.iter().collect();
        let differing = files.into_par_iter().map_init(
            || (self.local(), Vec::new()),
            |(local, buffer), (path, file)| is_other(local, tree, path, file, buffer).then(|| path.clone()),
        );
        let mut differing: BTreeSet<SourcePath> = differing.flatten().collect();
        differing.extend(tree.files.keys().filter(|path| sources.get(path).is_none()).cloned());
        differing
    }

    /// The same of a single file; `None` of one that is gone.
    pub fn differs(&self, tree: &Tree, path: &SourcePath, file: Option<&SourceFile>) -> bool {
        match file {
            Some(file) => is_other(&self.local(), tree, path, file, &mut Vec::new()),
            None => tree.files.contains_key(path),
        }
    }

    /// The bytes that a blob names; `None` if they cannot be had.
    pub fn bytes(&self, blob: &BlobId) -> Option<Vec<u8>> {
        bytes(&self.local(), *blob, &mut Vec::new())
    }
}

impl Store for Repository {
    fn read(&self, blob: &BlobId) -> Option<Vec<u8>> {
        self.bytes(blob)
    }

    fn sources_at(&self, commit: &CommitId) -> Option<SourceMap> {
        Some(self.sources(&self.tree(*commit).ok()?))
    }

    fn blob_at(&self, commit: &CommitId, path: &str) -> Option<BlobId> {
        let (local, mut buffer) = (self.local(), Vec::new());
        let mut at = self.folder_of(object_id(commit.0)).ok()??;
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            let is_last = parts.peek().is_none();
            let mut entries = entries(tree(&local, at, &mut buffer).ok()?);
            let found = entries.find(|entry| {
                let fits = if is_last { entry.mode.is_blob() } else { entry.mode.is_tree() };
                entry.filename == part && fits
            })?;
            at = found.oid.to_owned();
        }
        Some(blob_id(at))
    }
}

fn list(
    local: &gix::Repository,
    folder: ObjectId,
    path: &str,
    depth: usize,
    found: &mut Tree,
) -> Result<(), Trouble> {
    if depth > DEEPEST {
        return Ok(());
    }
    let mut buffer = Vec::new();
    for entry in entries(tree(local, folder, &mut buffer)?) {
        let Some(name) = name_of(&entry) else { continue };
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        if entry.mode.is_tree() {
            list(local, entry.oid.to_owned(), &path, depth + 1, found)?;
        } else if entry.mode.is_blob() {
            found.files.insert(SourcePath::new(path), blob_id(entry.oid.to_owned()));
        } else if entry.mode.is_link() {
            found.links.push(SourcePath::new(path));
        } else if entry.mode.is_commit() {
            found.modules.push(SourcePath::new(path));
        }
    }
    Ok(())
}

fn source(local: &gix::Repository, path: &SourcePath, blob: BlobId, buffer: &mut Vec<u8>) -> SourceFile {
    let id = object_id(blob.0);
    let length = match local.find_header(id) {
        Ok(header) => header.size(),
        Err(_) => return unreadable(),
    };
    let is_text = decode::is_text(path);
    if is_text && length > LARGEST_TEXT {
        return SourceFile::Unusable(decode::too_long(length));
    }
    let is_picture = crate::asset::kind(path.name()).is_picture() && length <= LARGEST_PICTURE;
    if !is_text && !is_picture {
        return SourceFile::Asset(Asset { length, dimensions: None });
    }
    let Some(bytes) = bytes(local, blob, buffer) else { return unreadable() };
    if is_text {
        decode::source_file(path, bytes)
    } else {
        SourceFile::Asset(Asset { length, dimensions: crate::asset::dimensions(&bytes) })
    }
}

/// Whether a file is not what a commit has there.
fn is_other(
    local: &gix::Repository,
    tree: &Tree,
    path: &SourcePath,
    file: &SourceFile,
    buffer: &mut Vec<u8>,
) -> bool {
    let is_in = |module: &SourcePath| path.strip_prefix(&**module).is_some_and(|rest| rest.starts_with('/'));
    match (tree.files.get(path), file) {
        (None, SourceFile::Unusable(_)) => false,
        // What lies in another repository is committed there or not at all.
        (None, _) => !tree.modules.iter().any(is_in),
        (Some(blob), file) => !holds(local, *blob, path, file, buffer),
    }
}

fn holds(
    local: &gix::Repository,
    blob: BlobId,
    path: &SourcePath,
    file: &SourceFile,
    buffer: &mut Vec<u8>,
) -> bool {
    match file {
        SourceFile::Text(text) => {
            let (hash, kind) = (gix::hash::Kind::Sha1, gix::objs::Kind::Blob);
            let is_same =
                gix::objs::compute_hash(hash, kind, text.as_bytes()).is_ok_and(|id| blob_id(id) == blob);
            is_same
                || matches!(source(local, path, blob, buffer), SourceFile::Text(committed) if committed == *text)
        }
        SourceFile::Asset(asset) => {
            local.find_header(object_id(blob.0)).is_ok_and(|header| header.size() == asset.length)
        }
        // What cannot be read cannot be compared.
        SourceFile::Unusable(_) => true,
    }
}

fn unreadable() -> SourceFile {
    let fix = "fetch the whole history: `git fetch --refetch`";
    SourceFile::Unusable(Unusable::new("git has lost its bytes", fix))
}

fn bytes(local: &gix::Repository, blob: BlobId, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    Some(local.objects.find_blob(&object_id(blob.0), buffer).ok()?.data.to_vec())
}
