//! How the content folder of one commit differs from that of another.

use std::cmp::Ordering;

use gix::ObjectId;
use gix::objs::tree::EntryRef;
use gix::prelude::FindExt;

use super::{Trouble, blob_id, object_id};
use crate::history::commit::BlobId;
use crate::history::follow::Edit;
use crate::history::renames::renames;
use crate::history::revision::State;
use crate::source::{SourcePath, discover};

/// Folders that are nested deeper are not looked into.
const DEEPEST: usize = 64;

/// Compares folders, with one thread's own access to the objects.
pub(super) struct Differ<'r> {
    local: &'r gix::Repository,
}

impl<'r> Differ<'r> {
    pub(super) fn new(local: &'r gix::Repository) -> Self {
        Self { local }
    }

    fn read<'b>(&self, id: Option<ObjectId>, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], Trouble> {
        id.map_or(Ok(&[]), |id| tree(self.local, id, buffer))
    }

    /// Notes the files that differ, by their paths below `folder`.
    fn compare(
        &self,
        old: Option<ObjectId>,
        new: Option<ObjectId>,
        folder: &str,
        depth: usize,
        found: &mut Found,
    ) -> Result<(), Trouble> {
        if old == new || depth > DEEPEST {
            return Ok(());
        }
        let (mut old_bytes, mut new_bytes) = (Vec::new(), Vec::new());
        let (olds, news) = (self.read(old, &mut old_bytes)?, self.read(new, &mut new_bytes)?);
        let (mut olds, mut news) = (entries(olds).peekable(), entries(news).peekable());
        loop {
            let order = match (olds.peek(), news.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(old), Some(new)) => old.cmp(new),
            };
            let old = if order.is_le() { olds.next() } else { None };
            let new = if order.is_ge() { news.next() } else { None };
            if let (Some(old), Some(new)) = (&old, &new)
                && old.oid == new.oid
                && old.mode.is_tree() == new.mode.is_tree()
            {
                continue;
            }
            let Some(name) = old.as_ref().or(new.as_ref()).and_then(|entry| name_of(entry)) else { continue };
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            let tree = |entry: &Option<EntryRef>| {
                entry.as_ref().filter(|entry| entry.mode.is_tree()).map(|entry| entry.oid.to_owned())
            };
            self.compare(tree(&old), tree(&new), &path, depth + 1, found)?;
            let file = |entry: &Option<EntryRef>| {
                entry.as_ref().filter(|entry| entry.mode.is_blob()).map(|entry| blob_id(entry.oid.to_owned()))
            };
            found.note(&path, file(&old), file(&new));
        }
    }
}

/// The files that differ between two content folders, renames found, in the order of their paths.
pub(super) fn changes(
    differ: &Differ,
    old: Option<ObjectId>,
    new: Option<ObjectId>,
) -> Result<Vec<Edit>, Trouble> {
    let mut found = Found::default();
    differ.compare(old, new, "", 0, &mut found)?;
    let Found { added, removed, mut changed } = found;
    let read = |id: &BlobId| {
        let mut buffer = Vec::new();
        Some(differ.local.objects.find_blob(&object_id(id.0), &mut buffer).ok()?.data.to_vec())
    };
    let sources = renames(&added, &removed, read);
    let mut is_source = vec![false; removed.len()];
    for ((path, blob), source) in added.into_iter().zip(sources) {
        let before = source.map(|at| {
            is_source[at] = true;
            State { path: removed[at].0.clone(), blob: removed[at].1 }
        });
        changed.push(Edit { path, blob: Some(blob), before });
    }
    for ((path, blob), _) in removed.into_iter().zip(is_source).filter(|(_, is_source)| !is_source) {
        changed.push(Edit { before: Some(State { path: path.clone(), blob }), path, blob: None });
    }
    changed.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(changed)
}

#[derive(Default)]
struct Found {
    added: Vec<(SourcePath, BlobId)>,
    removed: Vec<(SourcePath, BlobId)>,
    changed: Vec<Edit>,
}

impl Found {
    fn note(&mut self, path: &str, old: Option<BlobId>, new: Option<BlobId>) {
        let path = SourcePath::new(path);
        match (old, new) {
            (None, Some(blob)) => self.added.push((path, blob)),
            (Some(blob), None) => self.removed.push((path, blob)),
            (Some(old), Some(new)) if old != new => {
                let before = Some(State { path: path.clone(), blob: old });
                self.changed.push(Edit { path, blob: Some(new), before });
            }
            _ => {}
        }
    }
}

/// The folder at a path below a tree, if there is one.
pub(super) fn subtree(
    local: &gix::Repository,
    tree: ObjectId,
    path: &str,
    buffer: &mut Vec<u8>,
) -> Result<Option<ObjectId>, Trouble> {
    let mut at = tree;
    for name in path.split('/').filter(|name| !name.is_empty()) {
        let mut entries = entries(self::tree(local, at, buffer)?);
        match entries.find(|entry| entry.filename == name && entry.mode.is_tree()) {
            Some(below) => at = below.oid.to_owned(),
            None => return Ok(None),
        }
    }
    Ok(Some(at))
}

/// The bytes of a folder as git keeps it.
pub(super) fn tree<'b>(
    local: &gix::Repository,
    id: ObjectId,
    buffer: &'b mut Vec<u8>,
) -> Result<&'b [u8], Trouble> {
    let found = local.objects.find(&id, buffer).map_err(|error| Trouble::of(&error))?;
    match found.kind {
        gix::objs::Kind::Tree => Ok(found.data),
        kind => Err(Trouble(format!("the object {id} is a {kind} and not a folder"))),
    }
}

/// The entries of a tree; those behind a broken one are left out.
pub(super) fn entries(tree: &[u8]) -> impl Iterator<Item = EntryRef<'_>> {
    gix::objs::TreeRefIter::from_bytes(tree, gix::hash::Kind::Sha1).map_while(Result::ok)
}

/// The name of an entry, unless it is one of those that are passed over on the disk as well.
pub(super) fn name_of<'a>(entry: &EntryRef<'a>) -> Option<&'a str> {
    let name = str::from_utf8(entry.filename).ok()?;
    let is_plain = !name.is_empty() && !name.contains(|c: char| c.is_control() || matches!(c, '/' | '\\'));
    (is_plain && name != ".." && !discover::is_passed_over(name)).then_some(name)
}
