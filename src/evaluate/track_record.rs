//! The track record: how decisions turned out, which promises were kept, and how sure I was. Setbacks stand
//! beside successes, and nothing is boiled down to one score.

mod calibration;
mod commitments;
mod escalations;

use std::collections::HashMap;

pub use calibration::{Bin, Calibration, RESULTS_FOR_BRIER};
pub use commitments::{Keeping, Promise, commitments};
pub use escalations::{Firing, Telling, escalations};

use crate::model::decision::{DecisionStatus, Outcome, OutcomeVerdict};
use crate::model::{Decision, Entry, Portfolio};
use crate::text::{Date, Id};

/// The track record on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackRecord<'a> {
    /// The decisions whose result is known, by the day of the result.
    pub results: Vec<Resulted<'a>>,
    /// The decisions that are no longer followed, in the order of ids.
    pub reversed: Vec<Reversed<'a>>,
    /// What was promised, by the day it was due.
    pub commitments: Vec<Promise<'a>>,
    /// The times that an escalation was set off, by day.
    pub escalations: Vec<Firing<'a>>,
    /// Stated confidence against what happened.
    pub calibration: Calibration<'a>,
}

/// A decision whose result is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resulted<'a> {
    /// The decision.
    pub decision: &'a Entry<Decision>,
    /// How it turned out.
    pub result: &'a Outcome,
    /// Whether it was mine: I am among those who decided, or nobody is named.
    pub is_mine: bool,
}

/// A decision that is no longer followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Reversed<'a> {
    /// The decision.
    pub decision: &'a Entry<Decision>,
    /// The decisions that took its place; none if it was simply given up.
    pub by: Vec<&'a Id>,
}

impl<'a> TrackRecord<'a> {
    /// What the record shows up to a day.
    pub fn new(portfolio: &'a Portfolio, today: Date) -> Self {
        let results = results(portfolio, today);
        Self {
            reversed: reversed(portfolio),
            commitments: commitments(portfolio, today),
            escalations: escalations(portfolio, today),
            calibration: Calibration::new(&results),
            results,
        }
    }

    /// The results that turned out in one way.
    pub fn turned_out(&self, verdict: OutcomeVerdict) -> impl Iterator<Item = &Resulted<'a>> {
        self.results.iter().filter(move |resulted| resulted.result.verdict == verdict)
    }

    /// The promises that were kept, or not, in one way.
    pub fn promises(&self, keeping: impl Fn(Keeping) -> bool) -> impl Iterator<Item = &Promise<'a>> {
        self.commitments.iter().filter(move |promise| keeping(promise.keeping))
    }
}

/// All decisions whose result is known by a day, by the day of the result.
pub fn results(portfolio: &Portfolio, today: Date) -> Vec<Resulted<'_>> {
    let owner = &portfolio.config.owner.name;
    let mut results: Vec<Resulted> = portfolio
        .decisions
        .iter()
        .filter_map(|decision| {
            let result = decision.result.as_ref().filter(|result| result.date <= today)?;
            let makers = &decision.decision_makers;
            Some(Resulted { decision, result, is_mine: makers.is_empty() || makers.contains(owner) })
        })
        .collect();
    results.sort_by_key(|resulted| (resulted.result.date, resulted.decision.id()));
    results
}

/// Either end of a replacement suffices, so both are asked. What is only proposed replaces nothing yet.
fn reversed(portfolio: &Portfolio) -> Vec<Reversed<'_>> {
    let mut replaced: HashMap<&Id, Vec<&Id>> = HashMap::new();
    let is_taken = |decision: &&Entry<Decision>| {
        !matches!(decision.status, None | Some(DecisionStatus::Proposed | DecisionStatus::Rejected))
    };
    for decision in portfolio.decisions.iter().filter(is_taken) {
        for earlier in &decision.supersedes {
            replaced.entry(earlier).or_default().push(decision.id());
        }
    }
    let is_over = |decision: &Decision| {
        matches!(decision.status, Some(DecisionStatus::Deprecated | DecisionStatus::Superseded))
    };
    let mut reversed = Vec::new();
    for decision in &portfolio.decisions {
        let mut by: Vec<&Id> = replaced.remove(decision.id()).unwrap_or_default();
        by.extend(&*decision.superseded_by);
        by.sort();
        by.dedup();
        if is_over(decision) || !by.is_empty() {
            reversed.push(Reversed { decision, by });
        }
    }
    reversed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    #[test]
    fn results_count_from_their_day_on_and_say_whose_they_are() {
        let portfolio = portfolio(&[
            (
                "decisions/a.yaml",
                "decision_makers: Robin Vale\nresult: {date: 2026-04-01, verdict: setback}\n",
            ),
            ("decisions/b.yaml", "decision_makers: [Kim Osei]\nresult: {date: 2026-03-01, verdict: mixed}\n"),
            ("decisions/c.yaml", "result: {date: 2026-06-01, verdict: as-expected}\n"),
            ("decisions/d.yaml", "decision_makers: Robin Vale\n"),
        ]);
        let record = TrackRecord::new(&portfolio, day("2026-05-01"));
        let shown: Vec<_> = record.results.iter().map(|it| (it.decision.id().as_str(), it.is_mine)).collect();
        assert_eq!(shown, [("b", false), ("a", true)]);
        assert_eq!(record.turned_out(OutcomeVerdict::Setback).count(), 1);
        assert_eq!(TrackRecord::new(&portfolio, day("2026-06-01")).results.len(), 3);
    }

    #[test]
    fn what_is_no_longer_followed_names_what_took_its_place() {
        let portfolio = portfolio(&[
            ("decisions/a.yaml", "status: superseded\nsuperseded_by: b\n"),
            ("decisions/b.yaml", "status: superseded\nsupersedes: a\n"),
            ("decisions/c.yaml", "status: accepted\nsupersedes: b\n"),
            ("decisions/d.yaml", "status: deprecated\n"),
            ("decisions/e.yaml", "status: proposed\nsupersedes: c\n"),
        ]);
        let record = TrackRecord::new(&portfolio, day("2026-05-01"));
        let shown: Vec<String> =
            record.reversed.iter().map(|it| format!("{} {:?}", it.decision.id(), it.by)).collect();
        let id = |id: &str| format!("[Id({id:?})]");
        assert_eq!(shown, [format!("a {}", id("b")), format!("b {}", id("c")), "d []".to_owned()]);
    }
}
