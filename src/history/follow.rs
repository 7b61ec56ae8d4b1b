//! From what each commit did, to what happened to each file: one pass from the newest commit to the oldest.
//!
//! Every file of the newest commit, and every file that is gone, is followed back under the names that it had.
//! Which paths are which file is kept for each line of history on its own, so that a rename on one branch does not
//! hide what another branch did to the file under its old name (`git log --follow` knows but one name at a time).
//!
//! What a merge did is a revision only where the file came out different from what each parent had; git shows
//! these with `-c`, and leaves them out of `git log --follow`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::History;
use super::commit::{BlobId, Commit, CommitId};
use super::revision::{Change, File, Revision, State};
use crate::source::SourcePath;

/// One commit, and how it differs from each of its parents.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Its parents, as places among the steps.
    pub(super) parents: Vec<Parent>,
    /// What differs from each parent, or from nothing where there is none. All empty if the commit did nothing.
    pub(super) edits: Vec<Vec<Edit>>,
    /// What there is to say of the commit; `None` if it did nothing.
    pub(super) commit: Option<Commit>,
    /// Whether its parents lie beyond the end of a shallow clone.
    pub(super) is_cut_off: bool,
}

/// Where a parent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parent {
    /// Among the steps.
    Step(usize),
    /// The head of the history that is continued.
    Known,
}

/// What a commit did to one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The path; of a file that was removed, where it was.
    pub(super) path: SourcePath,
    /// What is there now; `None` if nothing is.
    pub(super) blob: Option<BlobId>,
    /// What it was before, and where; `None` if it was not there.
    pub(super) before: Option<State>,
}

impl Edit {
    fn change(&self) -> Change {
        match (&self.before, self.blob) {
            (None, _) => Change::Added,
            (Some(_), None) => Change::Removed,
            (Some(before), Some(_)) if before.path != self.path => Change::Renamed,
            (Some(_), Some(_)) => Change::Changed,
        }
    }
}

/// Follows every file back through the steps, which are in order: newest first, no parent before its child.
///
/// `files` are those of the newest commit. `known` is the history that the steps continue, if they do.
pub(super) fn follow(
    head: CommitId,
    files: BTreeMap<SourcePath, BlobId>,
    steps: Vec<Step>,
    known: Option<&History>,
) -> History {
    let mut pass = Pass::new(&files);
    let mut open: HashMap<usize, Names> = HashMap::new();
    let mut at_known: Option<Names> = steps.is_empty().then(Names::default);
    open.insert(0, Names::default());
    let mut commits = Vec::new();
    for (at, step) in steps.into_iter().enumerate() {
        let mut names = open.remove(&at).unwrap_or_default();
        let place = commits.len();
        let has_revisions = pass.note(&step, place, &mut names);
        for (parent, edits) in step.parents.iter().zip(&step.edits) {
            let names = pass.before(&names, edits);
            let slot = match parent {
                Parent::Step(parent) => open.entry(*parent),
                Parent::Known => {
                    at_known = Some(pass.union(at_known.take(), names));
                    continue;
                }
            };
            match slot {
                std::collections::hash_map::Entry::Vacant(slot) => drop(slot.insert(names)),
                std::collections::hash_map::Entry::Occupied(mut slot) => {
                    let both = pass.union(Some(slot.get().clone()), names);
                    slot.insert(both);
                }
            }
        }
        commits.extend(step.commit.filter(|_| has_revisions));
    }
    if let (Some(known), Some(names)) = (known, at_known) {
        pass.continue_with(known, &names, commits.len());
        commits.extend(known.commits().iter().cloned());
    }
    pass.into_history(head, files, commits)
}

/// A file that is followed, as a place among all of them.
type FileId = usize;

/// Which files a path stands for, where that is not simply the file that has the path in the newest commit.
#[derive(Clone, Default)]
struct Names(Rc<HashMap<SourcePath, Vec<FileId>>>);

struct Pass {
    /// The files of the newest commit by path: they come first among the files.
    newest: HashMap<SourcePath, FileId>,
    revisions: Vec<Vec<Revision>>,
    /// Files that were gone before the history that is continued.
    long_gone: Vec<File>,
}

impl Pass {
    fn new(files: &BTreeMap<SourcePath, BlobId>) -> Self {
        let newest: HashMap<_, _> = files.keys().cloned().zip(0..).collect();
        Self { revisions: vec![Vec::new(); newest.len()], newest, long_gone: Vec::new() }
    }

    fn files<'a>(&'a self, names: &'a Names, path: &str) -> &'a [FileId] {
        match names.0.get(path) {
            Some(files) => files,
            None => self.newest.get(path).map_or(&[], std::slice::from_ref),
        }
    }

    /// Notes what a commit did, and takes on the files that it removed. Returns whether there was anything to note.
    fn note(&mut self, step: &Step, commit: usize, names: &mut Names) -> bool {
        for edit in step.edits.iter().flatten().filter(|edit| edit.blob.is_none()) {
            if self.files(names, &edit.path).is_empty() {
                let id = self.revisions.len();
                self.revisions.push(Vec::new());
                Rc::make_mut(&mut names.0).insert(edit.path.clone(), vec![id]);
            }
        }
        let Some((first, others)) = step.edits.split_first() else { return false };
        let mut has_revisions = false;
        // Paths differ in all parents or this commit did nothing to them.
        let others: Vec<HashMap<&str, &Edit>> =
            others.iter().map(|edits| edits.iter().map(|edit| (&*edit.path, edit)).collect()).collect();
        for edit in first {
            let theirs: Option<Vec<&Edit>> =
                others.iter().map(|edits| edits.get(&*edit.path).copied()).collect();
            let Some(theirs) = theirs else { continue };
            let before = std::iter::once(edit).chain(theirs).map(|edit| edit.before.clone());
            let revision = Revision {
                commit,
                change: edit.change(),
                path: edit.path.clone(),
                blob: edit.blob,
                before: if step.parents.is_empty() { Vec::new() } else { before.collect() },
                is_cut_off: step.is_cut_off,
            };
            for file in self.files(names, &edit.path).to_vec() {
                // A file that is known by two names after lines of history met is one file all the same.
                if self.revisions[file].last().is_none_or(|last| last.commit != commit) {
                    self.revisions[file].push(revision.clone());
                    has_revisions = true;
                }
            }
        }
        has_revisions
    }

    /// What the paths stand for in a parent from which these edits lead here.
    fn before(&self, names: &Names, edits: &[Edit]) -> Names {
        let renamed: Vec<(&SourcePath, &Edit)> = edits
            .iter()
            .filter(|edit| edit.change() == Change::Renamed)
            .filter_map(|edit| Some((&edit.before.as_ref()?.path, edit)))
            .collect();
        if renamed.is_empty() {
            return names.clone();
        }
        let mut before = names.clone();
        let changed = Rc::make_mut(&mut before.0);
        // Who is at the new name was not there before, unless something else leads there.
        for (_, edit) in &renamed {
            changed.insert(edit.path.clone(), Vec::new());
        }
        // Who has the old name again now is another file: its history ends where that of this one goes on.
        for (old, edit) in &renamed {
            changed.insert((*old).clone(), self.files(names, &edit.path).to_vec());
        }
        before
    }

    /// What the paths stand for where lines of history part: all that any of the lines knows.
    fn union(&self, known: Option<Names>, other: Names) -> Names {
        let Some(known) = known else { return other };
        if Rc::ptr_eq(&known.0, &other.0) {
            return known;
        }
        let paths: BTreeSet<&SourcePath> = known.0.keys().chain(other.0.keys()).collect();
        let both = |path: &SourcePath| {
            let files: BTreeSet<FileId> =
                self.files(&known, path).iter().chain(self.files(&other, path)).copied().collect();
            (path.clone(), files.into_iter().collect())
        };
        Names(Rc::new(paths.into_iter().map(both).collect()))
    }

    /// Appends an older history, whose head is the commit where the paths have these names.
    fn continue_with(&mut self, known: &History, names: &Names, commits: usize) {
        let shifted = |revisions: &[Revision]| -> Vec<Revision> {
            let shift =
                |revision: &Revision| Revision { commit: revision.commit + commits, ..revision.clone() };
            revisions.iter().map(shift).collect()
        };
        for (path, file) in known.files() {
            for id in self.files(names, path).to_vec() {
                self.revisions[id].extend(shifted(&file.revisions));
            }
        }
        let mut before: Option<&SourcePath> = None;
        for gone in known.removed() {
            let last = gone.revisions.first().map(|newest| &newest.path);
            // Who comes to a path takes up the history of the file that was removed from it last, unless another one
            // was moved there meanwhile.
            let is_last = last != before && last.is_some_and(|path| known.file(path).is_none());
            before = last;
            let back =
                last.filter(|_| is_last).map(|path| self.files(names, path).to_vec()).unwrap_or_default();
            for id in &back {
                self.revisions[*id].extend(shifted(&gone.revisions));
            }
            if back.is_empty() {
                self.long_gone.push(File { blob: None, revisions: shifted(&gone.revisions) });
            }
        }
    }

    fn into_history(
        mut self,
        head: CommitId,
        files: BTreeMap<SourcePath, BlobId>,
        commits: Vec<Commit>,
    ) -> History {
        let gone = self.revisions.split_off(files.len());
        let here = files.into_iter().zip(self.revisions);
        let here =
            here.map(|((path, blob), revisions)| (path, File { blob: Some(blob), revisions })).collect();
        let gone = gone.into_iter().filter(|revisions| !revisions.is_empty());
        let gone = gone.map(|revisions| File { blob: None, revisions }).chain(self.long_gone);
        History::new(head, commits, here, gone.collect())
    }
}
