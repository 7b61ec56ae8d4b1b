//! What happened to each entry over time: its versions, and what changed in meaning from one to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Change, Nature, Path, Snapshot, snapshot_changes};
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
    /// The full hash, in hex.
    pub id: String,
    /// The name of its author.
    pub author: String,
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
    pub before: Vec<Option<Arc<Snapshot>>>,
    /// What it was then; `None` if it was not there, or not to be read.
    pub after: Option<Arc<Snapshot>>,
}

/// One version that changed something.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub moment: Moment,
    /// What changed; never empty.
    pub changes: Vec<Change>,
    /// What the entry was then; `None` if it went.
    pub snapshot: Option<Arc<Snapshot>>,
    /// What this version is called: its day, with a number if the day has several. A newer version leaves the
    /// names of the others as they are. `None` if there is nothing to name.
    pub name: Option<String>,
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
    pub fn new(versions: Vec<Version>, is_cut_off: bool) -> Self {
        // Nothing was to be seen just before: it was written then, or opened.
        let opens = |version: &Version| version.after.is_some() && version.before.iter().all(Option::is_none);
        let begin = versions.iter().rposition(opens).unwrap_or(0);
        let is_cut_off = is_cut_off && begin == 0;
        let mut steps: Vec<Arc<Step>> = Vec::new();
        let mut of_day: BTreeMap<String, usize> = BTreeMap::new();
        for version in versions.into_iter().skip(begin) {
            let changes = if steps.is_empty() {
                snapshot_changes(None, version.after.as_deref())
            } else {
                changes_against_all(&version)
            };
            if !changes.is_empty() {
                let day = version.moment.date.map_or(NOT_COMMITTED.to_owned(), |date| date.to_string());
                let name = version.after.is_some().then(|| {
                    let count = of_day.entry(day.clone()).or_default();
                    *count += 1;
                    if *count == 1 { day } else { format!("{day}-{count}") }
                });
                let Version { moment, after: snapshot, .. } = version;
                steps.push(Arc::new(Step { moment, changes, snapshot, name }));
            }
        }
        steps.reverse();
        Self { steps, is_cut_off, rests_on: None }
    }

    /// The same with what is not committed yet on top, where the newest version was to be seen; `None` if that
    /// says nothing new.
    pub(super) fn with_uncommitted(
        &self,
        newest: &Snapshot,
        moment: Moment,
        now: Arc<Snapshot>,
    ) -> Option<Self> {
        let changes = snapshot_changes(Some(newest), Some(&now));
        if changes.is_empty() {
            return None;
        }
        let step = Step { moment, changes, snapshot: Some(now), name: Some(NOT_COMMITTED.to_owned()) };
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
        self.steps.iter().find(|step| step.moment.is_until(day))?.snapshot.as_deref()
    }

    /// What changed after a day, newest first.
    pub fn after(&self, day: Date) -> impl Iterator<Item = &Step> {
        self.steps.iter().map(|step| &**step).take_while(move |step| !step.moment.is_until(day))
    }
}

impl Moment {
    /// Whether it was on that day or before.
    pub fn is_until(&self, day: Date) -> bool {
        self.date.is_some_and(|date| date <= day)
    }
}

/// What is new to every line of history that led to a version: what a merge took over from one of them has been
/// told there.
fn changes_against_all(version: &Version) -> Vec<Change> {
    let mut sides =
        version.before.iter().map(|before| snapshot_changes(before.as_deref(), version.after.as_deref()));
    let Some(first) = sides.next() else { return Vec::new() };
    let others: Vec<Vec<Change>> = sides.collect();
    let is_new = |change: &Change| {
        others.iter().all(|other| {
            other.iter().any(|it| {
                it.path == change.path && it.to == change.to
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

    /// All steps of all entries, newest first; those of one commit in the order of kinds and ids.
    pub fn steps(&self) -> Vec<&Step> {
        let committed = self.committed.iter().flat_map(|steps| steps.iter());
        self.uncommitted.iter().chain(committed).map(|step| &**step).collect()
    }
}

/// Steps, newest first; those of one commit in the order of kinds and ids.
pub(super) fn in_order<'l>(logs: impl IntoIterator<Item = &'l Arc<EntryLog>>) -> Vec<Arc<Step>> {
    let mut steps: Vec<Arc<Step>> = logs.into_iter().flat_map(|log| log.steps.iter().cloned()).collect();
    let entry = |step: &Step| step.changes.first().map(|change| (change.kind, change.entry.clone()));
    steps.sort_by_cached_key(|step| {
        (std::cmp::Reverse((step.moment.date.is_none(), step.moment.order)), entry(step))
    });
    steps
}
