//! Which agreements hold on a day, and how the others ended.

use std::collections::{HashMap, HashSet};

use crate::model::agreement::AgreementStatus;
use crate::model::common::Shift;
use crate::model::pilot::Verdict;
use crate::model::{Agreement, Entry, Portfolio};
use crate::text::{Date, Id, RightRef};

/// All agreements, and where each stands.
#[derive(Clone, Debug)]
pub struct Agreements<'a> {
    portfolio: &'a Portfolio,
    today: Date,
    /// By the id of the one that was replaced: those that took its place, drafts left out.
    successors: HashMap<&'a Id, Vec<&'a Entry<Agreement>>>,
}

/// Where an agreement stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Force<'a> {
    /// It is a draft, or its day has not come.
    NotYet,
    /// It holds.
    InForce,
    /// Another took its place.
    Superseded {
        /// The other.
        by: &'a Entry<Agreement>,
    },
    /// Its last day has passed.
    Expired {
        /// That day, if it is written down.
        on: Option<Date>,
    },
    /// It was taken back.
    Withdrawn {
        /// The day, if something tells it.
        on: Option<Date>,
        /// What tells it: a pilot of the same right that was reverted while the agreement ran.
        told_by: Option<&'a Id>,
    },
}

/// A right that an agreement moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grant<'a> {
    /// The agreement.
    pub agreement: &'a Entry<Agreement>,
    /// The right, and the levels.
    pub shift: &'a Shift,
}

impl<'a> Agreements<'a> {
    /// Looks at all agreements as of a day.
    pub fn new(portfolio: &'a Portfolio, today: Date) -> Self {
        let mut successors: HashMap<&Id, Vec<&Entry<Agreement>>> = HashMap::new();
        for agreement in &portfolio.agreements {
            if took_effect(agreement, today) {
                for earlier in agreement.supersedes.iter().filter(|earlier| *earlier != agreement.id()) {
                    successors.entry(earlier).or_default().push(agreement);
                }
            }
        }
        Self { portfolio, today, successors }
    }

    /// Where an agreement stands.
    pub fn force(&self, agreement: &'a Entry<Agreement>) -> Force<'a> {
        if !took_effect(agreement, self.today) {
            return Force::NotYet;
        }
        match agreement.status {
            Some(AgreementStatus::Withdrawn) => self.withdrawn(agreement),
            Some(AgreementStatus::Expired) => Force::Expired { on: agreement.expires },
            _ => match self.replaced_by(agreement) {
                Some(by) => Force::Superseded { by },
                None if self.is_over(agreement) => Force::Expired { on: agreement.expires },
                None => Force::InForce,
            },
        }
    }

    /// All that hold, in the order of ids.
    pub fn in_force(&self) -> impl Iterator<Item = &'a Entry<Agreement>> {
        self.portfolio.agreements.iter().filter(|agreement| self.force(agreement) == Force::InForce)
    }

    /// All that have run out with nothing in their place, in the order of ids, each with its last day if that
    /// is written down.
    pub fn expired(&self) -> impl Iterator<Item = (&'a Entry<Agreement>, Option<Date>)> {
        self.portfolio.agreements.iter().filter_map(|agreement| match self.force(agreement) {
            Force::Expired { on } if self.successors(agreement.id()).is_empty() => Some((agreement, on)),
            _ => None,
        })
    }

    /// Whether an agreement has run out, and neither its status nor another agreement says so.
    pub fn is_forgotten(&self, agreement: &Entry<Agreement>) -> bool {
        agreement.status == Some(AgreementStatus::Agreed)
            && took_effect(agreement, self.today)
            && self.is_over(agreement)
            && self.successors(agreement.id()).is_empty()
    }

    /// Those that took the place of an agreement directly, whether or not they still hold.
    pub fn successors(&self, agreement: &Id) -> &[&'a Entry<Agreement>] {
        self.successors.get(agreement).map_or(&[], Vec::as_slice)
    }

    /// What every agreement that took effect grants, by right, the oldest first. What became of the
    /// agreement since is not asked.
    pub fn grants(&self) -> HashMap<&'a RightRef, Vec<Grant<'a>>> {
        let mut grants: HashMap<&RightRef, Vec<Grant>> = HashMap::new();
        for agreement in self.portfolio.agreements.iter().filter(|it| took_effect(it, self.today)) {
            for shift in &agreement.grants {
                grants.entry(&shift.right).or_default().push(Grant { agreement, shift });
            }
        }
        for grants in grants.values_mut() {
            // The sort is stable: within one day the ids decide.
            grants.sort_by_key(|grant| grant.agreement.header.date());
        }
        grants
    }

    /// Whether its last day has passed.
    fn is_over(&self, agreement: &Entry<Agreement>) -> bool {
        agreement.expires.is_some_and(|expires| expires < self.today)
    }

    /// The agreement that holds in its place, however many have held in between.
    fn replaced_by(&self, agreement: &'a Entry<Agreement>) -> Option<&'a Entry<Agreement>> {
        let mut seen: HashSet<&Id> = HashSet::from([agreement.id()]);
        let mut next: Vec<&Entry<Agreement>> = self.successors(agreement.id()).to_vec();
        while let Some(successor) = next.pop() {
            if !seen.insert(successor.id()) {
                continue;
            }
            let says_agreed = successor.status == Some(AgreementStatus::Agreed);
            if says_agreed && !self.is_over(successor) {
                return Some(successor);
            }
            next.extend(self.successors(successor.id()));
        }
        None
    }

    /// The format has no day for taking an agreement back. A pilot of the same right that was reverted while
    /// it ran tells the day all the same.
    fn withdrawn(&self, agreement: &'a Entry<Agreement>) -> Force<'a> {
        let from = agreement.header.date();
        let reverted = self.portfolio.pilots.iter().filter_map(|pilot| {
            let verdict = pilot.verdict.as_ref().filter(|verdict| verdict.decision == Verdict::Revert)?;
            let right = &pilot.tests.as_ref()?.right;
            let within = from.is_none_or(|from| from <= verdict.date)
                && agreement.expires.is_none_or(|expires| verdict.date <= expires)
                && verdict.date <= self.today;
            let same_right = agreement.grants.iter().any(|grant| grant.right == *right);
            (within && same_right).then_some((verdict.date, pilot.id()))
        });
        let told = reverted.min();
        Force::Withdrawn { on: told.map(|(on, _)| on), told_by: told.map(|(_, id)| id) }
    }
}

/// Whether it was ever agreed, and its day has come. An agreement without a day counts from the beginning.
fn took_effect(agreement: &Entry<Agreement>, today: Date) -> bool {
    !matches!(agreement.status, None | Some(AgreementStatus::Draft))
        && agreement.header.date().is_none_or(|date| date <= today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    /// Which of the agreements `a`, `b` and `c` hold on a day.
    fn holding(files: &[(&str, &str)], today: &str) -> String {
        let portfolio = portfolio(files);
        let agreements = Agreements::new(&portfolio, day(today));
        agreements.in_force().map(|agreement| agreement.id().as_str()).collect()
    }

    #[test]
    fn an_agreement_holds_from_its_day_to_its_last() {
        let files = [
            ("agreements/a.yaml", "date: 2026-03-01\nstatus: agreed\nexpires: 2026-03-31\n"),
            ("agreements/b.yaml", "date: 2026-03-01\n"),
            ("agreements/c.yaml", "date: 2026-03-01\nstatus: withdrawn\n"),
        ];
        assert_eq!(holding(&files, "2026-02-28"), "");
        assert_eq!(holding(&files, "2026-03-01"), "a");
        assert_eq!(holding(&files, "2026-03-31"), "a");
        assert_eq!(holding(&files, "2026-04-01"), "");
        let portfolio = portfolio(&files);
        let expired = |today| {
            let agreements = Agreements::new(&portfolio, day(today));
            agreements.expired().map(|(agreement, on)| (agreement.id().as_str(), on)).collect::<Vec<_>>()
        };
        assert_eq!(expired("2026-03-31"), []);
        assert_eq!(expired("2026-04-01"), [("a", Some(day("2026-03-31")))]);
    }

    #[test]
    fn what_was_replaced_does_not_hold() {
        let files = [
            ("agreements/a.yaml", "date: 2026-03-01\nstatus: agreed\n"),
            ("agreements/b.yaml", "date: 2026-04-01\nstatus: agreed\nsupersedes: a\nexpires: 2026-05-31\n"),
            ("agreements/c.yaml", "date: 2026-06-01\nstatus: agreed\nsupersedes: b\n"),
        ];
        assert_eq!(holding(&files, "2026-03-31"), "a");
        assert_eq!(holding(&files, "2026-04-01"), "b");
        // A successor that has run out has not abolished what it replaced; one that follows it has.
        assert_eq!(holding(&files[..2], "2026-06-01"), "a");
        assert_eq!(holding(&files, "2026-06-01"), "c");
    }

    #[test]
    fn agreements_that_replace_each_other_do_not_hang() {
        let files = [
            ("agreements/a.yaml", "date: 2026-03-01\nstatus: agreed\nsupersedes: [b, a]\n"),
            ("agreements/b.yaml", "date: 2026-03-01\nstatus: agreed\nsupersedes: a\n"),
        ];
        assert_eq!(holding(&files, "2026-04-01"), "");
    }

    #[test]
    fn a_reverted_pilot_tells_the_day_of_a_withdrawal() {
        let portfolio = portfolio(&[
            ("scopes/s.yaml", "decision_rights: [{area: Doors, delegation: agree}]\n"),
            (
                "agreements/a.yaml",
                "date: 2026-03-01\nstatus: withdrawn\nexpires: 2026-04-01\ngrants: [{right: s/doors, to: advise}]\n",
            ),
            ("agreements/b.yaml", "date: 2026-03-01\nstatus: withdrawn\n"),
            (
                "pilots/p.yaml",
                "starts: 2026-03-02\ntests: {right: s/doors, to: advise}\n\
                 primary: {name: N, direction: decrease, target: 1}\nverdict: {date: 2026-03-20, decision: revert}\n",
            ),
        ]);
        let agreements = Agreements::new(&portfolio, day("2026-06-01"));
        let shown: Vec<_> = portfolio
            .agreements
            .iter()
            .map(|agreement| match agreements.force(agreement) {
                Force::Withdrawn { on, .. } => on,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(shown, [Some(day("2026-03-20")), None]);
    }
}
