//! The areas of ownership in a period: which there were, how their latitude moved, what their figures did.

use crate::evaluate::levels::{LevelChange, level_changes};
use crate::evaluate::outcomes::{OutcomeReading, outcomes};
use crate::evaluate::series::{Period, counted};
use crate::model::common::Observation;
use crate::model::scope::ScopeStatus;
use crate::model::{Entry, Portfolio, Scope};
use crate::text::Date;

/// A scope in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeInPeriod<'a> {
    /// The scope.
    pub scope: &'a Entry<Scope>,
    /// Whether it became mine in the period.
    pub is_new: bool,
    /// The levels that moved, by day.
    pub changes: Vec<LevelChange<'a>>,
    /// The outcomes that were observed in the period, in the order of the file.
    pub outcomes: Vec<OutcomeInPeriod<'a>>,
}

/// A figure of a scope that was observed in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeInPeriod<'a> {
    /// Where it stands on the last day, judged by all that was observed until then.
    pub reading: OutcomeReading<'a>,
    /// What was observed in the period, by date.
    pub seen: Vec<&'a Observation>,
}

/// The scopes that I owned, as far as the record tells.
///
/// Since when a scope rests or is given up is not written down. Such a one is named only where something
/// happened in it.
pub(super) fn scopes(portfolio: &Portfolio, period: Period, today: Date) -> Vec<ScopeInPeriod<'_>> {
    let mut changes = level_changes(portfolio, period.to);
    changes.retain(|change| change.date.is_some_and(|date| period.holds(date)));
    changes.sort_by_key(|change| (change.date, change.right));
    let scopes = portfolio.scopes.iter().filter(|scope| scope.since.is_none_or(|since| since <= period.to));
    let mut found: Vec<ScopeInPeriod> = scopes
        .map(|scope| ScopeInPeriod {
            scope,
            is_new: scope.since.is_some_and(|since| period.holds(since)),
            changes: changes.iter().filter(|change| change.right.scope == *scope.id()).cloned().collect(),
            outcomes: observed(scope, period),
        })
        .collect();
    found.retain(|it| {
        let is_owned = match it.scope.status.unwrap_or(ScopeStatus::Active) {
            ScopeStatus::Active => true,
            ScopeStatus::Paused => period.to == today,
            ScopeStatus::Retired => false,
        };
        is_owned || it.is_new || !it.changes.is_empty() || !it.outcomes.is_empty()
    });
    found
}

fn observed(scope: &Scope, period: Period) -> Vec<OutcomeInPeriod<'_>> {
    let mut found = Vec::new();
    for reading in outcomes(scope, period.to) {
        let seen = counted(reading.metric.observations.as_ref(), period).inside;
        if !seen.is_empty() {
            found.push(OutcomeInPeriod { reading, seen });
        }
    }
    found
}
