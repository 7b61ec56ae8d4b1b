//! What an agreement was about: the scopes as they stood on its day, and what has moved since.

use super::{Change, Log, Moment, Path, Snapshot, Step};
use crate::model::{Agreement, Entry};
use crate::text::{Date, Id};

/// One scope, held where it stood on the day of an agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin<'a> {
    /// The scope.
    pub scope: &'a Id,
    /// What it was at the end of that day.
    pub then: Standing<'a>,
    /// What has moved since in what the agreement is about, the oldest first.
    pub moved: Vec<(&'a Moment, Vec<&'a Change>)>,
}

/// What is known of a scope on a day.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing<'a> {
    /// It stood like this.
    Was(&'a Snapshot),
    /// Its history begins only later.
    BeginsLater(&'a Moment),
}

/// The scopes that an agreement grants rights in; none where the agreement has no day or the scope no history.
pub fn pins<'a>(agreement: &'a Entry<Agreement>, log: &'a Log) -> Vec<Pin<'a>> {
    let Some(day) = agreement.header.date() else { return Vec::new() };
    let mut scopes: Vec<&Id> = agreement.grants.iter().map(|shift| &shift.right.scope).collect();
    scopes.sort();
    scopes.dedup();
    scopes.into_iter().filter_map(|scope| pin(scope, day, log)).collect()
}

fn pin<'a>(scope: &'a Id, day: Date, log: &'a Log) -> Option<Pin<'a>> {
    let history = log.entries.get(scope)?;
    let then = match history.at(day) {
        Some(snapshot) => Standing::Was(snapshot),
        None => Standing::BeginsLater(history.begin()?),
    };
    let moved_in = |step: &'a Step| {
        let changes: Vec<&Change> = step.changes.iter().filter(|change| is_agreed_on(&change.path)).collect();
        (!changes.is_empty()).then_some((&step.moment, changes))
    };
    let mut moved: Vec<_> = history.after(day).filter_map(moved_in).collect();
    moved.reverse();
    Some(Pin { scope, then, moved })
}

/// What an agreement is about: who decides what, within which bounds.
fn is_agreed_on(path: &Path) -> bool {
    matches!(
        path.top(),
        Some("decision_rights" | "boundaries" | "standards" | "autonomy" | "freedom" | "status")
    )
}
