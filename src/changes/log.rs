//! What happened to each entry over time: its versions, and what changed in meaning from one to the next.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::Deref;
use std::sync::Arc;

use super::held::Held;
use super::{Change, Nature, Path, Snapshot, snapshot_changes};
use crate::history::CommitId;
use crate::model::Kind;
use crate::text::{Date, Id};

/// What the version is called that is not committed yet.
const NOT_COMMITTED: &str = "not-committed";

/// When a version came to be, as far as the reader may know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The day on which its author made it; `None` of what is not committed yet.
    pub date: Option<Date>,
    /// Where its commit stands among all: the later, the higher.
    pub order: usize,
    /// Whether the commit, or a tag on it, carries a signature. Nobody has verified it.
    pub is_signed: bool,
    /// Whether somebody gave the commit a name.
    pub is_tagged: bool,
    /// What is told of the commit to the writer alone.
    pub commit: Option<CommitFacts>,
}

/// What is told of a commit to the writer alone: its hash covers hidden text, its message can tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitFacts {
    /// Its name.
    pub id: CommitId,
    /// The name of its author.
    pub author: Arc<str>,
    /// The first line of its message.
    pub subject: String,
}

/// One entry at one moment, cut down to the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// When.
    pub moment: Moment,
    /// What it was just before, on each line of history that led here; `None` where it was not there, or not to
    /// be read.
    pub before: Vec<Option<Held>>,
    /// What it was then; `None` if it was not there, or not to be read.
    pub after: Option<Held>,
}

/// One version that changed something.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub moment: Moment,
    /// What changed; never empty.
    pub changes: Arc<[Change]>,
    /// What the entry was then; `None` if it went.
    pub then: Option<Held>,
    /// What this version is called: its day, with a number if the day has several. A newer version leaves the
    /// names of the others as they are. `None` if there is nothing to name.
    pub name: Option<String>,
    /// A hash of all that is said of the changes, names of other entries aside.
    pub mark: Mark,
}

/// A hash of changes: the same for those of which the same is said.
pub type Mark = [u8; blake3::OUT_LEN];

/// What one version changed, whatever else is said of its commit.
#[derive(Debug, PartialEq)]
pub(super) struct Deed {
    /// The version, by its place among all, the oldest first.
    pub(super) version: usize,
    pub(super) changes: Arc<[Change]>,
    pub(super) name: Option<String>,
    pub(super) mark: Mark,
}

/// The history of one entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntryLog {
    /// What changed, newest first.
    pub steps: Vec<Arc<Step>>,
    /// Whether there may be more that a shallow clone does not hold.
    pub is_cut_off: bool,
    /// All that it rests on; `None` if not all of it is committed.
    pub rests_on: Option<blake3::Hash>,
}

/// The histories of all entries that the reader may see.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The histories by the ids of entries; none outside git.
    pub entries: BTreeMap<Id, Arc<EntryLog>>,
    /// The histories of entries that are gone.
    pub removed: Vec<Arc<EntryLog>>,
    /// What is not committed yet, in the order of kinds and ids.
    pub(super) uncommitted: Vec<Arc<Step>>,
    /// All that is committed, newest first; `None` where nothing is.
    pub(super) committed: Option<Arc<Vec<Arc<Step>>>>,
}

impl EntryLog {
    /// The history told by versions, which come oldest first.
    ///
    /// Begins where the entry was last opened to the reader: what it was before it was closed is not told.
    pub fn new(versions: &[Version], is_cut_off: bool) -> Self {
        let (deeds, begin) = deeds(versions);
        let step = |Deed { version, changes, name, mark }| {
            let Version { moment, after, .. }: &Version = &versions[version];
            Arc::new(Step { moment: moment.clone(), changes, then: after.clone(), name, mark })
        };
        let steps = deeds.into_iter().map(step).collect();
        Self { steps, is_cut_off: is_cut_off && begin == 0, rests_on: None }
    }

    /// The same with what is not committed yet on top, where the newest version was to be seen; `None` if that
    /// says nothing new.
    pub(super) fn with_uncommitted(
        &self,
        newest: &Snapshot,
        moment: Moment,
        now: Option<Held>,
    ) -> Option<Self> {
        let changes = snapshot_changes(Some(newest), now.as_ref().and_then(Held::get));
        if changes.is_empty() {
            return None;
        }
        let (mark, name) = (mark(&changes), now.is_some().then(|| NOT_COMMITTED.to_owned()));
        let step = Step { moment, changes: changes.into(), then: now, name, mark };
        let steps = std::iter::once(Arc::new(step)).chain(self.steps.iter().cloned()).collect();
        Some(Self { steps, is_cut_off: self.is_cut_off, rests_on: None })
    }

    /// Whether there is more to tell than that the entry was written.
    pub fn is_told(&self) -> bool {
        self.steps.len() > 1
    }

    /// When the entry came to be, as far as its history goes back.
    pub fn begin(&self) -> Option<&Moment> {
        self.steps.last().map(|step| &step.moment)
    }

    /// When the value at a path became what it is.
    pub fn since(&self, path: &Path) -> Option<&Moment> {
        let is_above = |other: &Path| path.steps().starts_with(other.steps());
        let step = self.steps.iter().find(|step| step.changes.iter().any(|change| is_above(&change.path)));
        step.map(|step| &step.moment)
    }

    /// What the entry was at the end of a day; `None` if its history begins later.
    pub fn at(&self, day: Date) -> Option<&Snapshot> {
        self.steps.get(count_after(&self.steps, day))?.snapshot()
    }

    /// What changed after a day, newest first.
    pub fn after(&self, day: Date) -> impl Iterator<Item = &Step> {
        self.steps.iter().map(|step| &**step).take(count_after(&self.steps, day))
    }
}

impl Moment {
    /// Whether it was on that day or before.
    pub fn is_until(&self, day: Date) -> bool {
        self.date.is_some_and(|date| date <= day)
    }
}

impl Step {
    /// What the entry was then; `None` if it went.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        self.then.as_ref()?.get()
    }
}

/// What versions changed, newest first, and with which of them the history begins: where the entry was last opened.
pub(super) fn deeds(versions: &[Version]) -> (Vec<Deed>, usize) {
    // Nothing was to be seen just before: it was written then, or opened. What was seen to go and came back was there
    // all the time.
    let opens = |at: &usize| {
        let Version { before, after, .. } = &versions[*at];
        let was_seen_to_go = at.checked_sub(1).is_some_and(|at| versions[at].after.is_none());
        after.is_some() && before.iter().all(Option::is_none) && !was_seen_to_go
    };
    let begin = (0..versions.len()).rev().find(opens).unwrap_or(0);
    let mut deeds: Vec<Deed> = Vec::new();
    let mut of_day: BTreeMap<String, usize> = BTreeMap::new();
    for (at, version) in versions.iter().enumerate().skip(begin) {
        let changes = changes_of(&version.before, version.after.as_ref(), deeds.is_empty());
        if changes.is_empty() {
            continue;
        }
        let day = version.moment.date.map_or(NOT_COMMITTED.to_owned(), |date| date.to_string());
        let name = version.after.is_some().then(|| {
            let count = of_day.entry(day.clone()).or_default();
            *count += 1;
            if *count == 1 { day } else { format!("{day}-{count}") }
        });
        let mark = mark(&changes);
        deeds.push(Deed { version: at, changes: changes.into(), name, mark });
    }
    deeds.reverse();
    (deeds, begin)
}

fn mark(changes: &[Change]) -> Mark {
    let mut hash = blake3::Hasher::new();
    for Change { entry, kind, title, path, nature, values: _, meaning } in changes {
        write!(hash, "{:?}", (entry, kind, title, path, nature, meaning))
            .expect("a hash takes whatever is written");
    }
    *hash.finalize().as_bytes()
}

/// What a version changed. Where the history begins, all is new; later, what is new to every line of history that led
/// there: what a merge took over from one of them has been told there.
pub(super) fn changes_of(before: &[Option<Held>], after: Option<&Held>, is_first: bool) -> Vec<Change> {
    let after = after.and_then(Held::get);
    if is_first {
        return snapshot_changes(None, after);
    }
    let mut sides = before.iter().map(|before| snapshot_changes(before.as_ref().and_then(Held::get), after));
    let Some(first) = sides.next() else { return Vec::new() };
    let others: Vec<Vec<Change>> = sides.collect();
    let is_new = |change: &Change| {
        others.iter().all(|other| {
            other.iter().any(|it| {
                it.path == change.path && it.to() == change.to()
                    || it.nature == Nature::Added && it.path == Path::default()
            })
        })
    };
    first.into_iter().filter(is_new).collect()
}

impl Log {
    /// A log that tells of nothing.
    pub const fn none() -> Self {
        Self { entries: BTreeMap::new(), removed: Vec::new(), uncommitted: Vec::new(), committed: None }
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.removed.is_empty()
    }

    /// What changed in all entries after a day, newest first.
    pub fn after(&self, day: Date) -> Vec<&Step> {
        let mut steps = self.steps();
        steps.truncate(count_after(&steps, day));
        steps
    }

    /// All steps of all entries, newest first; those of one commit in the order of kinds and ids.
    pub fn steps(&self) -> Vec<&Step> {
        let committed = self.committed.iter().flat_map(|steps| steps.iter());
        self.uncommitted.iter().chain(committed).map(|step| &**step).collect()
    }
}

/// How many of the newest steps were not there yet at the end of a day. What stands on top of something younger, because
/// a commit was moved, came after it.
fn count_after(steps: &[impl Deref<Target = Step>], day: Date) -> usize {
    steps.len() - steps.iter().rev().take_while(|step| step.moment.is_until(day)).count()
}

/// Steps, newest first; those of one commit in the order of kinds and ids.
pub(super) fn in_order<'l>(logs: impl IntoIterator<Item = &'l Arc<EntryLog>>) -> Vec<Arc<Step>> {
    let mut steps: Vec<Arc<Step>> = logs.into_iter().flat_map(|log| log.steps.iter().cloned()).collect();
    steps.sort_by_cached_key(|step| {
        (std::cmp::Reverse((step.moment.date.is_none(), step.moment.order)), subject(step))
    });
    steps
}

/// What a step tells of, in the order of kinds and ids.
pub(super) fn subject(step: &Step) -> Option<(Option<Kind>, Option<Id>)> {
    step.changes.first().map(|change| (change.kind, change.entry.clone()))
}
