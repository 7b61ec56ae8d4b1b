//! Levels of delegation that were gained or pulled back, as agreements tell it.

use super::agreements::{Agreements, Force, Grant};
use crate::model::common::Delegation;
use crate::model::{Agreement, Entry, Portfolio};
use crate::text::{Date, Id, RightRef};

/// A decision right that went from one level to another.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelChange<'a> {
    /// The right.
    pub right: &'a RightRef,
    /// The level before, as far as it is known.
    pub from: Option<Delegation>,
    /// The level afterwards.
    pub to: Delegation,
    /// Which way.
    pub way: Way,
    /// What moved it.
    pub cause: Cause,
    /// The day, if it is known.
    pub date: Option<Date>,
    /// What it rests on: the agreement, and what else tells the day.
    pub entries: Vec<&'a Id>,
}

/// Which way a level went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// More is mine to decide.
    Gained,
    /// Less is.
    PulledBack,
}

/// What moves a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// An agreement took effect.
    Agreed,
    /// An agreement was taken back.
    Withdrawn,
    /// An agreement ran out with nothing in its place.
    Expired,
}

/// All changes up to today, by right and then by date.
///
/// A trial agreement whose step the one that took its place grants again is not counted twice; one that ran
/// out or was taken back with nothing in its place is counted both ways.
pub fn level_changes(portfolio: &Portfolio, today: Date) -> Vec<LevelChange<'_>> {
    let agreements = Agreements::new(portfolio, today);
    let mut rights: Vec<(&RightRef, Vec<Grant>)> = agreements.grants().into_iter().collect();
    rights.sort_by_key(|(right, _)| *right);
    rights.iter().flat_map(|(right, grants)| changes(right, grants, &agreements, today)).collect()
}

fn changes<'a>(
    right: &'a RightRef,
    grants: &[Grant<'a>],
    agreements: &Agreements<'a>,
    today: Date,
) -> Vec<LevelChange<'a>> {
    let mut changes = Vec::new();
    let mut level = None;
    for (at, Grant { agreement, shift }) in grants.iter().enumerate() {
        let later = &grants[at + 1..];
        if is_granted_again(agreement, shift.to, later) {
            continue;
        }
        let from = shift.from.or(level);
        level = Some(shift.to);
        let change = |cause, from, to, date, entries| {
            let way = if from <= Some(to) { Way::Gained } else { Way::PulledBack };
            LevelChange { right, from, to, way, cause, date, entries }
        };
        if from != Some(shift.to) {
            let cause = Cause::Agreed;
            changes.push(change(cause, from, shift.to, agreement.header.date(), vec![agreement.id()]));
        }
        let Some(before) = from.filter(|before| *before != shift.to) else { continue };
        let Some((cause, ended, told_by)) = ending(agreement, agreements, today) else { continue };
        if is_followed(ended, later, agreements) {
            continue;
        }
        level = Some(before);
        let entries = std::iter::once(agreement.id()).chain(told_by).collect();
        changes.push(change(cause, Some(shift.to), before, ended, entries));
    }
    changes
}

/// Whether an agreement that takes the place of this one grants the same step once more.
fn is_granted_again(agreement: &Entry<Agreement>, to: Delegation, later: &[Grant]) -> bool {
    later
        .iter()
        .any(|grant| grant.agreement.supersedes.contains(agreement.id()) && grant.shift.from != Some(to))
}

/// How and on which day an agreement ended without another in its place, as far as it is known, and what tells
/// it.
fn ending<'a>(
    agreement: &'a Entry<Agreement>,
    agreements: &Agreements<'a>,
    today: Date,
) -> Option<(Cause, Option<Date>, Option<&'a Id>)> {
    match agreements.force(agreement) {
        Force::NotYet | Force::InForce | Force::Superseded { .. } => None,
        Force::Expired { on } => Some((Cause::Expired, on.filter(|on| *on <= today), None)),
        Force::Withdrawn { on, told_by } => Some((Cause::Withdrawn, on, told_by)),
    }
}

/// Whether another agreement granted the right before this one ended, or took its place.
fn is_followed(ended: Option<Date>, later: &[Grant], agreements: &Agreements) -> bool {
    later.iter().any(|grant| match (ended, grant.agreement.header.date()) {
        (Some(ended), Some(next)) => next <= ended,
        _ => agreements.force(grant.agreement) == Force::InForce,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    fn told(agreements: &[(&str, &str)]) -> Vec<String> {
        let mut files = vec![("scopes/s.yaml", "decision_rights: [{area: Doors, delegation: agree}]\n")];
        files.extend(agreements);
        let portfolio = portfolio(&files);
        level_changes(&portfolio, day("2026-12-31"))
            .iter()
            .map(|change| {
                let date = change.date.map_or_else(|| "?".to_owned(), |date| date.to_string());
                let from = change.from.map_or("?", Delegation::word);
                format!("{date} {:?} {from} {}", change.way, change.to.word())
            })
            .collect()
    }

    #[test]
    fn a_trial_that_became_the_rule_is_one_step() {
        let changes = told(&[
            (
                "agreements/a.yaml",
                "date: 2026-02-20\nstatus: expired\nexpires: 2026-04-02\ngrants: [{right: s/doors, from: consult, to: inquire}]\n",
            ),
            (
                "agreements/b.yaml",
                "date: 2026-04-02\nstatus: agreed\nsupersedes: a\ngrants: [{right: s/doors, from: consult, to: inquire}]\n",
            ),
        ]);
        assert_eq!(changes, ["2026-04-02 Gained consult inquire"]);
    }

    #[test]
    fn a_trial_that_came_to_nothing_is_two_steps() {
        let changes = told(&[(
            "agreements/a.yaml",
            "date: 2026-02-20\nstatus: agreed\nexpires: 2026-04-02\ngrants: [{right: s/doors, from: consult, to: inquire}]\n",
        )]);
        assert_eq!(changes, ["2026-02-20 Gained consult inquire", "2026-04-02 PulledBack inquire consult"]);
        let withdrawn = told(&[(
            "agreements/a.yaml",
            "date: 2026-02-20\nstatus: withdrawn\ngrants: [{right: s/doors, from: consult, to: inquire}]\n",
        )]);
        assert_eq!(withdrawn, ["2026-02-20 Gained consult inquire", "? PulledBack inquire consult"]);
    }

    #[test]
    fn steps_follow_on_each_other() {
        let changes = told(&[
            (
                "agreements/a.yaml",
                "date: 2026-02-20\nstatus: agreed\ngrants: [{right: s/doors, to: agree}]\n",
            ),
            (
                "agreements/b.yaml",
                "date: 2026-04-02\nstatus: agreed\nsupersedes: a\ngrants: [{right: s/doors, from: agree, to: advise}]\n",
            ),
            (
                "agreements/c.yaml",
                "date: 2026-05-02\nstatus: agreed\ngrants: [{right: s/doors, to: advise}]\n",
            ),
            (
                "agreements/d.yaml",
                "date: 2026-06-02\nstatus: agreed\nsupersedes: [b, c]\ngrants: [{right: s/doors, from: advise, to: tell}]\n",
            ),
        ]);
        assert_eq!(
            changes,
            [
                "2026-02-20 Gained ? agree",
                "2026-04-02 Gained agree advise",
                "2026-06-02 PulledBack advise tell"
            ]
        );
    }
}
