//! What changed in meaning between two states of a portfolio: compared by id and field, never by line.
//!
//! Both states are cut down to one reader before they are compared, so that nothing hidden can show in the
//! difference. Lists are matched by what a person would match them by (a name, an area, a day): their order is
//! no change. Everything here is a function of its arguments.

mod committed;
mod compare;
mod findings;
mod fingerprint;
mod held;
mod key;
mod log;
mod meaning;
mod memory;
mod path;
mod pin;
mod preregistration;
mod snapshot;
mod word_diff;

use std::collections::BTreeMap;

pub use committed::Committed;
pub use findings::moved;
pub use fingerprint::fingerprint;
pub use held::Held;
pub use key::key;
pub use log::{CommitFacts, EntryLog, Log, Moment, Step, Version};
pub use memory::{Memory, News};
pub use path::{Path, PathStep};
pub use pin::{Pin, Standing, pins};
pub use preregistration::{Goalpost, Move, Preregistration, Set, Timing, preregistration};
pub use snapshot::Snapshot;
pub use word_diff::{Span, word_diff};

use held::Values;

use crate::model::Kind;
use crate::model::tree::{Leaf, Tree};
use crate::redact::Redacted;
use crate::text::Id;
use crate::words::Phrase;

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The entry, by the id that it has afterwards; `None` for the portfolio itself.
    pub entry: Option<Id>,
    /// The kind of the entry.
    pub kind: Option<Kind>,
    /// What the entry is called, afterwards if it is still there.
    pub title: String,
    /// The field; empty for the entry as a whole.
    pub path: Path,
    /// What happened to it.
    pub nature: Nature,
    /// The values before and afterwards.
    values: Values,
    /// What that means, in a sentence.
    pub meaning: Phrase,
}

/// What happened to an entry or a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// It is there now.
    Added,
    /// It is no longer there.
    Removed,
    /// It has another id.
    Renamed,
    /// It says something else.
    Changed,
}

impl Nature {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
        }
    }
}

impl Change {
    /// The value before; `None` where there was none.
    pub fn from(&self) -> Option<&Tree> {
        self.values.both().0
    }

    /// The value afterwards; `None` where there is none.
    pub fn to(&self) -> Option<&Tree> {
        self.values.both().1
    }

    /// The words that went and came, for a text that is not quoted in a sentence; `None` for everything else.
    pub fn words(&self) -> Option<Vec<Span>> {
        match (self.from()?.leaf()?, self.to()?.leaf()?) {
            (Leaf::Text(from), Leaf::Text(to)) if self.is_prose() => Some(word_diff(from, to)),
            _ => None,
        }
    }

    /// Whether a text changed that is not quoted in a sentence: that of an entry, or a long one.
    pub fn is_prose(&self) -> bool {
        self.path.top() == Some("body") || meaning::is_long(self.from()) || meaning::is_long(self.to())
    }
}

/// What changed from one state to another, entry by entry in the order of kinds and ids, and within an entry
/// in the order of its fields.
///
/// Both must be cut down for the same reader. An entry is the same if it has the same id, or if one of the two
/// states names the other's id among its aliases.
pub fn changes(before: &Redacted, after: &Redacted) -> Vec<Change> {
    changes_of(Snapshot::all(before), Snapshot::all(after), &BTreeMap::new())
}

/// The same, with ids that are known to have changed: the old one, and the new.
pub fn changes_with_renames(before: &Redacted, after: &Redacted, renames: &BTreeMap<Id, Id>) -> Vec<Change> {
    changes_of(Snapshot::all(before), Snapshot::all(after), renames)
}

fn changes_of(before: Vec<Snapshot>, after: Vec<Snapshot>, renames: &BTreeMap<Id, Id>) -> Vec<Change> {
    let mut old: BTreeMap<Option<Id>, Snapshot> =
        before.into_iter().map(|snapshot| (snapshot.id.clone(), snapshot)).collect();
    let mut changes = Vec::new();
    let mut unmatched = Vec::new();
    for snapshot in after {
        match old.remove(&snapshot.id) {
            Some(before) => changes.extend(snapshot_changes(Some(&before), Some(&snapshot))),
            None => unmatched.push(snapshot),
        }
    }
    for snapshot in unmatched {
        let former = old.keys().flatten().find(|id| {
            let is_alias = |of: &Snapshot, id: &Id| of.aliases.contains(id);
            let named_by_old = || {
                snapshot.id.as_ref().is_some_and(|own| {
                    old.get(&Some((*id).clone())).is_some_and(|before| is_alias(before, own))
                })
            };
            is_alias(&snapshot, id) || renames.get(*id) == snapshot.id.as_ref() || named_by_old()
        });
        let before = former.cloned().and_then(|id| old.remove(&Some(id)));
        changes.extend(snapshot_changes(before.as_ref(), Some(&snapshot)));
    }
    for snapshot in old.into_values() {
        changes.extend(snapshot_changes(Some(&snapshot), None));
    }
    // Stable: within an entry the order of its fields stays.
    changes.sort_by(|a, b| (a.kind, &a.entry).cmp(&(b.kind, &b.entry)));
    changes
}

/// What changed in one entry, or that it came or went.
pub fn snapshot_changes(before: Option<&Snapshot>, after: Option<&Snapshot>) -> Vec<Change> {
    let of = |snapshot: &Snapshot, nature, path, from, to, meaning| Change {
        entry: snapshot.id.clone(),
        kind: snapshot.kind,
        title: snapshot.title.clone(),
        path,
        nature,
        values: Values::new(from, to),
        meaning,
    };
    let title = |snapshot: &Snapshot| Some(Tree::Leaf(Leaf::Text(snapshot.title.clone())));
    match (before, after) {
        (None, None) => Vec::new(),
        (None, Some(now)) => {
            vec![of(now, Nature::Added, Path::default(), None, title(now), meaning::of_entry_added(now))]
        }
        (Some(then), None) => {
            let meaning = meaning::of_entry_removed(then);
            vec![of(then, Nature::Removed, Path::default(), title(then), None, meaning)]
        }
        (Some(then), Some(now)) => {
            let mut changes = Vec::new();
            if let (Some(old), Some(new)) = (&then.id, &now.id)
                && old != new
            {
                let name = |id: &Id| Some(Tree::Leaf(Leaf::Name(id.to_string())));
                let meaning = meaning::of_entry_renamed(old, new);
                changes.push(of(now, Nature::Renamed, Path::field("id"), name(old), name(new), meaning));
            }
            if let (Some(old), Some(new)) = (then.kind, now.kind)
                && old != new
            {
                let word = |kind: Kind| Some(Tree::Leaf(Leaf::Word(kind.word())));
                let meaning = meaning::of_kind(then, now);
                changes.push(of(now, Nature::Changed, Path::field("kind"), word(old), word(new), meaning));
            }
            for difference in compare::differences(then, now) {
                let nature = match (&difference.from, &difference.to) {
                    (None, _) => Nature::Added,
                    (_, None) => Nature::Removed,
                    _ => Nature::Changed,
                };
                let meaning = meaning::of(now, &difference);
                let (from, to) = (difference.from.cloned(), difference.to.cloned());
                changes.push(of(now, nature, difference.path, from, to, meaning));
            }
            changes
        }
    }
}
