//! The one walk: all commits, newest first, and what each did to the content.
//!
//! First the commits are put in order, from their headers alone. Then each is looked at, many at a time: a commit
//! whose content folder is that of its parents is passed over after a look at the folders on the way there. What
//! is left is compared folder by folder, and only where the folders differ.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use gix::ObjectId;
use gix::objs::{CommitRef, CommitRefIter};
use gix::prelude::FindExt;
use rayon::prelude::*;

use super::diff::{Differ, changes, subtree};
use super::{Repository, Trouble, commit_id, dates, object_id};
use crate::history::follow::{Parent, Step, follow};
use crate::history::{Author, Commit, CommitId, History};

/// How much each thread keeps of the objects that it read, in bytes: folders are read twice, once as what a
/// commit has and once as what its child had before.
const OBJECT_CACHE: usize = 32 * 1024 * 1024;

/// How many commits a thread takes at a time. Neighbours share folders.
const AT_ONCE: usize = 64;

/// A commit in the order of the walk.
struct Node {
    id: ObjectId,
    tree: ObjectId,
    parents: Vec<ObjectId>,
    /// When it was committed, in seconds since 1970.
    committed: i64,
    is_cut_off: bool,
}

impl Repository {
    /// The history up to the newest commit.
    ///
    /// Continues `known`, the history of an older state, if the newest commit grew from it alone.
    ///
    /// # Errors
    /// When git's files cannot be read.
    pub fn history(&self, known: Option<&History>) -> Result<History, Trouble> {
        match self.head()? {
            Some(head) => self.history_of(head, known),
            None => Ok(History::default()),
        }
    }

    /// The history up to a commit.
    ///
    /// # Errors
    /// When git's files cannot be read.
    pub fn history_of(&self, head: CommitId, known: Option<&History>) -> Result<History, Trouble> {
        let boundary = self.boundary()?;
        let known = known.filter(|known| known.head.is_some());
        let mut history = match known {
            Some(known) if known.head == Some(head) => known.clone(),
            known => {
                let (nodes, known) = self.nodes(head, known, &boundary)?;
                let order = in_order(&nodes, head);
                let steps = self.steps(&nodes, &order, known)?;
                follow(head, self.files_at(head)?, steps, known)
            }
        };
        history.is_shallow = !boundary.is_empty();
        history.tags = self.tags_on(&history)?;
        Ok(history)
    }

    /// The oldest commits of a shallow clone, in the order of their names.
    fn boundary(&self) -> Result<Vec<ObjectId>, Trouble> {
        let commits = self.local().shallow_commits().map_err(|error| Trouble::of(&error))?;
        Ok(commits.map(|commits| commits.iter().copied().collect()).unwrap_or_default())
    }

    /// What a history depends on besides the newest commit: where the content is, and where a shallow clone ends.
    ///
    /// # Errors
    /// When git's files cannot be read.
    pub fn place(&self) -> Result<Vec<u8>, Trouble> {
        let mut place = self.content.clone().into_bytes();
        for end in self.boundary()? {
            place.extend(end.as_slice());
        }
        Ok(place)
    }

    /// All commits that can be reached and are not known, by name; and the known history if it can be continued:
    /// if each way down from the newest commit leads through its head.
    fn nodes<'k>(
        &self,
        head: CommitId,
        known: Option<&'k History>,
        boundary: &[ObjectId],
    ) -> Result<(HashMap<ObjectId, Node>, Option<&'k History>), Trouble> {
        let local = self.local();
        let stop = known.and_then(|known| known.head).map(|id| object_id(id.0));
        let mut nodes = HashMap::new();
        let mut buffer = Vec::new();
        let (mut reached_stop, mut reached_root) = (false, false);
        let mut open = vec![object_id(head.0)];
        loop {
            while let Some(id) = open.pop() {
                if nodes.contains_key(&id) {
                    continue;
                }
                if !reached_root && Some(id) == stop {
                    reached_stop = true;
                    continue;
                }
                let commit =
                    local.objects.find_commit_iter(&id, &mut buffer).map_err(|error| Trouble::of(&error))?;
                let node = node(id, commit, boundary)?;
                reached_root |= node.parents.is_empty();
                open.extend(node.parents.iter().copied());
                nodes.insert(id, node);
            }
            match stop {
                // Some way down passed the known head by, so what is known may lack what came that way.
                Some(stop) if reached_root && reached_stop => {
                    reached_stop = false;
                    open.push(stop);
                }
                _ => break,
            }
        }
        Ok((nodes, known.filter(|_| reached_stop)))
    }

    /// What each commit did, in order.
    fn steps(
        &self,
        nodes: &HashMap<ObjectId, Node>,
        order: &[ObjectId],
        known: Option<&History>,
    ) -> Result<Vec<Step>, Trouble> {
        let places: HashMap<ObjectId, usize> = order.iter().copied().zip(0..).collect();
        let known = known.and_then(|known| known.head).map(|id| object_id(id.0));
        let threads = || {
            let mut local = self.local();
            local.object_cache_size(OBJECT_CACHE);
            (local, Vec::new())
        };
        let folders: Vec<Option<ObjectId>> = order
            .par_iter()
            .with_min_len(AT_ONCE)
            .map_init(threads, |(local, buffer), id| subtree(local, nodes[id].tree, &self.content, buffer))
            .collect::<Result<_, _>>()?;
        let known_folder = match known {
            Some(id) => self.folder_of(id)?,
            None => None,
        };
        order
            .par_iter()
            .zip(&folders)
            .with_min_len(AT_ONCE)
            .map_init(threads, |(local, buffer), (id, folder)| {
                let node = &nodes[id];
                let mut parents = Vec::new();
                let mut before = Vec::new();
                for parent in &node.parents {
                    if let Some(place) = places.get(parent) {
                        parents.push(Parent::Step(*place));
                        before.push(folders[*place]);
                    } else if Some(*parent) == known {
                        parents.push(Parent::Known);
                        before.push(known_folder);
                    }
                }
                if before.is_empty() {
                    before.push(None);
                }
                let differ = Differ::new(local);
                let edits: Vec<_> =
                    before
                        .into_iter()
                        .map(|before| {
                            if before == *folder { Ok(Vec::new()) } else { changes(&differ, before, *folder) }
                        })
                        .collect::<Result<_, Trouble>>()?;
                let commit = match edits.iter().any(|edits| !edits.is_empty()) {
                    true => Some(commit(local, *id, node, buffer)?),
                    false => None,
                };
                Ok(Step { parents, edits, commit, is_cut_off: node.is_cut_off })
            })
            .collect()
    }

    /// The content folder of a commit.
    pub(super) fn folder_of(&self, commit: ObjectId) -> Result<Option<ObjectId>, Trouble> {
        let (local, mut buffer) = (self.local(), Vec::new());
        let tree = local
            .objects
            .find_commit_iter(&commit, &mut buffer)
            .and_then(|mut commit| commit.tree_id())
            .map_err(|error| Trouble::of(&error))?;
        subtree(&local, tree, &self.content, &mut buffer)
    }
}

fn node(id: ObjectId, mut commit: CommitRefIter, boundary: &[ObjectId]) -> Result<Node, Trouble> {
    let committer = commit.committer().map_err(|error| Trouble::of(&error))?;
    let is_cut_off = boundary.binary_search(&id).is_ok();
    let parents = if is_cut_off { Vec::new() } else { commit.parent_ids().collect() };
    let tree = commit.tree_id().map_err(|error| Trouble::of(&error))?;
    Ok(Node { id, tree, parents, committed: committer.seconds(), is_cut_off })
}

/// The commits newest first, as far as no parent comes before its child.
fn in_order(nodes: &HashMap<ObjectId, Node>, head: CommitId) -> Vec<ObjectId> {
    let mut children: HashMap<ObjectId, usize> = HashMap::new();
    for parent in nodes.values().flat_map(|node| &node.parents) {
        *children.entry(*parent).or_default() += 1;
    }
    // Of those of one second the one that was reached first, which is the main line.
    let mut ready = BinaryHeap::new();
    let mut order = Vec::with_capacity(nodes.len());
    let mut reached = 0_usize;
    let entry = |node: &Node, reached: usize| (node.committed, Reverse(reached), node.id);
    ready.extend(nodes.get(&object_id(head.0)).map(|node| entry(node, 0)));
    while let Some((_, _, id)) = ready.pop() {
        order.push(id);
        for parent in &nodes[&id].parents {
            let Some(left) = children.get_mut(parent) else { continue };
            *left -= 1;
            if let (0, Some(node)) = (*left, nodes.get(parent)) {
                reached += 1;
                ready.push(entry(node, reached));
            }
        }
    }
    order
}

/// What there is to say of a commit.
fn commit(
    local: &gix::Repository,
    id: ObjectId,
    node: &Node,
    buffer: &mut Vec<u8>,
) -> Result<Commit, Trouble> {
    let commit: CommitRef = local.objects.find_commit(&id, buffer).map_err(|error| Trouble::of(&error))?;
    let author = commit.author().map_err(|error| Trouble::of(&error))?;
    // An author's date that makes no sense is passed over, as git does: the commit itself is sound.
    let (date, seconds) =
        author.time().ok().and_then(dates::day).unwrap_or_else(|| dates::day_of(node.committed));
    Ok(Commit {
        id: commit_id(id),
        parents: node.parents.iter().map(|parent| commit_id(*parent)).collect(),
        date,
        seconds,
        is_signed: commit.extra_headers().pgp_signature().is_some(),
        author: Author { name: author.name.to_string().into(), mail: author.email.to_string() },
        message: commit.message.to_string(),
    })
}
