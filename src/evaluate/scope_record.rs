//! What became of the decisions and pilots of each scope: what a proposal has to stand on.

use std::collections::HashMap;

use super::belonging::Belonging;
use crate::model::Portfolio;
use crate::model::decision::OutcomeVerdict;
use crate::model::pilot::Verdict;
use crate::text::{Date, Id};

/// A decision whose result is known, or a pilot that was concluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concluded<'a> {
    /// The day of the result or of the verdict.
    pub date: Date,
    /// The decision or the pilot.
    pub entry: &'a Id,
    /// How it ended.
    pub how: Ending,
}

/// How a decision or a pilot ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A decision.
    Decision(OutcomeVerdict),
    /// A pilot, by what was declared.
    Pilot(Verdict),
}

impl Ending {
    /// Whether it went wrong.
    pub fn is_setback(self) -> bool {
        matches!(self, Self::Decision(OutcomeVerdict::Setback) | Self::Pilot(Verdict::Revert))
    }
}

/// The records of all scopes.
#[derive(Clone, Debug, Default)]
pub struct ScopeRecords<'a> {
    of: HashMap<&'a Id, Vec<Concluded<'a>>>,
}

impl<'a> ScopeRecords<'a> {
    /// Looks through the portfolio once, for what had ended by a day.
    pub fn new(portfolio: &'a Portfolio, belonging: &Belonging<'a>, today: Date) -> Self {
        let decisions = portfolio.decisions.iter().filter_map(|decision| {
            let result = decision.result.as_ref()?;
            let how = Ending::Decision(result.verdict);
            Some(Concluded { date: result.date, entry: decision.id(), how })
        });
        let pilots = portfolio.pilots.iter().filter_map(|pilot| {
            let verdict = pilot.verdict.as_ref()?;
            let how = Ending::Pilot(verdict.decision);
            Some(Concluded { date: verdict.date, entry: pilot.id(), how })
        });
        let mut records = Self::default();
        for concluded in decisions.chain(pilots).filter(|concluded| concluded.date <= today) {
            for scope in belonging.of(concluded.entry) {
                records.of.entry(scope).or_default().push(concluded);
            }
        }
        for record in records.of.values_mut() {
            record.sort_by_key(|concluded| (concluded.date, concluded.entry));
        }
        records
    }

    /// What ended in a scope, the earliest first.
    pub fn of(&self, scope: &Id) -> &[Concluded<'a>] {
        self.of.get(scope).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};
    use crate::text::Scalar;

    #[test]
    fn every_scope_has_its_own_record() {
        let portfolio = portfolio(&[
            ("scopes/s.yaml", "decision_rights: [{area: A, delegation: tell}]\n"),
            ("scopes/t.yaml", ""),
            ("decisions/d.yaml", "scope: s\nresult: {date: 2026-03-02, verdict: setback}\n"),
            ("decisions/e.yaml", "right: s/a\nresult: {date: 2026-03-01, verdict: as-expected}\n"),
            ("decisions/f.yaml", "scope: t\nresult: {date: 2026-03-09, verdict: mixed}\n"),
            (
                "pilots/p.yaml",
                "scope: s\nstarts: 2026-01-01\nprimary: {name: N, direction: decrease, target: 1}\n\
                 verdict: {date: 2026-02-01, decision: revert}\n",
            ),
        ]);
        let shown = |scope: &str, today: &str| -> Vec<String> {
            let records = ScopeRecords::new(&portfolio, &Belonging::new(&portfolio), day(today));
            let id = Id::parse(scope).unwrap();
            records.of(&id).iter().map(|it| format!("{} {}", it.entry, it.how.is_setback())).collect()
        };
        assert_eq!(shown("s", "2026-03-02"), ["p true", "e false", "d true"]);
        assert_eq!(shown("s", "2026-03-01"), ["p true", "e false"]);
        assert_eq!(shown("t", "2026-03-08"), [""; 0]);
    }
}
