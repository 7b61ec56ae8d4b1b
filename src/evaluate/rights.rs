//! The map of decision rights: who decides what now, who should, what was agreed, and how it came to be.

use std::collections::HashMap;

use super::agreements::{Agreements, Force, Grant};
use crate::model::common::Delegation;
use crate::model::pilot::Verdict;
use crate::model::scope::DecisionRight;
use crate::model::{Entry, Pilot, Portfolio, Scope};
use crate::text::{Date, Id, RightRef};

/// One area in which decisions fall.
#[derive(Clone, Debug, PartialEq)]
pub struct RightStatus<'a> {
    /// Its name, as `scope-id/right-id`; `None` if its area gives no id and none is written.
    pub reference: Option<RightRef>,
    /// The scope that it belongs to.
    pub scope: &'a Entry<Scope>,
    /// Its place among the decision rights of the scope, from 0: the path of its fields is
    /// `decision_rights[index]`.
    pub index: usize,
    /// What the scope says: the area, the level now and wanted, the reversibility, the duty to report, the
    /// limits.
    pub right: &'a DecisionRight,
    /// The newest agreement in force that grants it.
    pub granted: Option<Grant<'a>>,
    /// What agreements and pilots did to it, the oldest first.
    pub history: Vec<Event<'a>>,
    /// The decisions that used it, in the order of ids.
    pub decisions: Vec<&'a Id>,
}

/// Something that happened to a decision right.
#[derive(Clone, Debug, PartialEq)]
pub struct Event<'a> {
    /// The day; `None` if it is not written down, as that of a withdrawal.
    pub date: Option<Date>,
    /// What happened.
    pub what: Happening,
    /// The agreement or pilot that tells it.
    pub entry: &'a Id,
    /// The level before, if it is written down.
    pub from: Option<Delegation>,
    /// The level afterwards, or the level that was tried.
    pub to: Delegation,
}

/// What happened to a decision right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A pilot began to try it out.
    Tried,
    /// A pilot of it was concluded.
    Concluded(Verdict),
    /// An agreement took effect.
    Agreed,
    /// An agreement ran out.
    Expired,
    /// An agreement was taken back.
    Withdrawn,
    /// Another agreement took the place of one.
    Superseded,
}

/// A decision right whose level in the scope is not the one last agreed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift<'a> {
    /// The newest agreement in force that grants the right.
    pub agreement: &'a Id,
    /// The level that it grants.
    pub agreed: Delegation,
    /// The level that the scope names.
    pub now: Delegation,
}

impl<'a> RightStatus<'a> {
    /// How the scope differs from its newest agreement in force, if it does.
    pub fn drift(&self) -> Option<Drift<'a>> {
        let Grant { agreement, shift } = self.granted?;
        let now = self.right.delegation;
        (shift.to != now).then(|| Drift { agreement: agreement.id(), agreed: shift.to, now })
    }
}

/// All areas of all scopes, in the order of scopes and, within one, of the file.
pub fn rights(portfolio: &Portfolio, today: Date) -> Vec<RightStatus<'_>> {
    let agreements = Agreements::new(portfolio, today);
    let grants = agreements.grants();
    let pilots = pilots_by_right(portfolio);
    let mut decisions: HashMap<&RightRef, Vec<&Id>> = HashMap::new();
    for decision in &portfolio.decisions {
        if let Some(right) = &decision.right {
            decisions.entry(right).or_default().push(decision.id());
        }
    }
    let mut all = Vec::new();
    for scope in &portfolio.scopes {
        for (index, right) in scope.decision_rights.iter().enumerate() {
            let reference = right.id().map(|id| RightRef { scope: scope.id().clone(), right: id });
            let grants = of(reference.as_ref(), &grants);
            all.push(RightStatus {
                scope,
                index,
                right,
                granted: grants
                    .iter()
                    .rfind(|grant| agreements.force(grant.agreement) == Force::InForce)
                    .copied(),
                history: history(grants, of(reference.as_ref(), &pilots), &agreements, today),
                decisions: of(reference.as_ref(), &decisions).to_vec(),
                reference,
            });
        }
    }
    all
}

/// What is known of a right, if anything.
fn of<'m, T>(right: Option<&RightRef>, known: &'m HashMap<&RightRef, Vec<T>>) -> &'m [T] {
    right.and_then(|right| known.get(right)).map_or(&[], Vec::as_slice)
}

fn pilots_by_right(portfolio: &Portfolio) -> HashMap<&RightRef, Vec<&Entry<Pilot>>> {
    let mut pilots: HashMap<&RightRef, Vec<&Entry<Pilot>>> = HashMap::new();
    for pilot in &portfolio.pilots {
        if let Some(tests) = &pilot.tests {
            pilots.entry(&tests.right).or_default().push(pilot);
        }
    }
    pilots
}

/// What happened up to today. An end whose day is not known stands on the last day that its agreement names.
fn history<'a>(
    grants: &[Grant<'a>],
    pilots: &[&'a Entry<Pilot>],
    agreements: &Agreements<'a>,
    today: Date,
) -> Vec<Event<'a>> {
    // On one day an end comes before the beginning that follows from it; but what began on that day comes
    // before its own end, if nothing else is known of the end than that it came.
    const UNDATED_END: u8 = 4;
    let rank = |what| match what {
        Happening::Concluded(_) => 0,
        Happening::Expired | Happening::Withdrawn | Happening::Superseded => 1,
        Happening::Agreed => 2,
        Happening::Tried => 3,
    };
    let mut events: Vec<(Option<Date>, u8, Event)> = Vec::new();
    let mut add = |day, event: Event<'a>| events.push((day, rank(event.what), event));
    let mut undated = Vec::new();
    for Grant { agreement, shift } in grants {
        let agreed = agreement.header.date();
        let event = |what, date| Event { date, what, entry: agreement.id(), from: shift.from, to: shift.to };
        add(agreed, event(Happening::Agreed, agreed));
        let (what, ended) = match agreements.force(agreement) {
            Force::NotYet | Force::InForce => continue,
            Force::Superseded { by } => (Happening::Superseded, by.header.date()),
            Force::Expired { on } => (Happening::Expired, on.filter(|on| *on <= today)),
            Force::Withdrawn { on, .. } => (Happening::Withdrawn, on),
        };
        match ended.or(agreement.expires) {
            Some(day) => add(Some(day), event(what, ended)),
            None => undated.push((agreed, UNDATED_END, event(what, ended))),
        }
    }
    for pilot in pilots {
        let tests = pilot.tests.as_ref().expect("pilots were grouped by what they test");
        let event =
            |what, date| Event { date: Some(date), what, entry: pilot.id(), from: tests.from, to: tests.to };
        if pilot.starts <= today {
            add(Some(pilot.starts), event(Happening::Tried, pilot.starts));
        }
        if let Some(verdict) = pilot.verdict.as_ref().filter(|verdict| verdict.date <= today) {
            add(Some(verdict.date), event(Happening::Concluded(verdict.decision), verdict.date));
        }
    }
    events.extend(undated);
    events.sort_by_key(|(date, rank, event)| (*date, *rank, event.entry));
    events.into_iter().map(|(_, _, event)| event).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    const SCOPE: (&str, &str) = (
        "scopes/s.yaml",
        "decision_rights:\n  - {area: Doors, delegation: advise}\n  - {area: Windows, delegation: tell}\n",
    );

    #[test]
    fn drift_is_measured_against_the_newest_agreement_in_force() {
        let portfolio = portfolio(&[
            SCOPE,
            (
                "agreements/a.yaml",
                "date: 2026-03-01\nstatus: agreed\ngrants: [{right: s/doors, to: agree}, {right: s/windows, to: tell}]\n",
            ),
            (
                "agreements/b.yaml",
                "date: 2026-04-01\nstatus: agreed\nexpires: 2026-04-30\ngrants: [{right: s/doors, to: advise}]\n",
            ),
        ]);
        let drift = |today: &str| {
            let all = rights(&portfolio, day(today));
            assert_eq!(all[1].drift(), None);
            all[0].drift().map(|drift| (drift.agreement.as_str(), drift.agreed, drift.now))
        };
        assert_eq!(drift("2026-02-28"), None);
        assert_eq!(drift("2026-03-01"), Some(("a", Delegation::Agree, Delegation::Advise)));
        assert_eq!(drift("2026-04-30"), None);
        assert_eq!(drift("2026-05-01"), Some(("a", Delegation::Agree, Delegation::Advise)));
    }

    #[test]
    fn the_history_of_a_right_is_told_in_order() {
        let portfolio = portfolio(&[
            SCOPE,
            (
                "agreements/trial.yaml",
                "date: 2026-02-20\nstatus: expired\nexpires: 2026-04-02\ngrants: [{right: s/doors, from: consult, to: inquire}]\n",
            ),
            (
                "agreements/good.yaml",
                "date: 2026-04-02\nstatus: agreed\nsupersedes: trial\ngrants: [{right: s/doors, from: consult, to: advise}]\n",
            ),
            ("agreements/plan.yaml", "date: 2026-05-01\ngrants: [{right: s/doors, to: delegate}]\n"),
            (
                "pilots/p.yaml",
                "starts: 2026-03-02\nends: 2026-03-29\ntests: {right: s/doors, from: consult, to: inquire}\n\
                 primary: {name: N, direction: decrease, target: 1}\nverdict: {date: 2026-03-30, decision: adopt}\n",
            ),
            ("decisions/d.yaml", "right: s/doors\n"),
        ]);
        let told = |today: &str| {
            let all = rights(&portfolio, day(today));
            assert!(all[1].history.is_empty());
            assert_eq!(all[0].decisions, [portfolio.decisions[0].id()]);
            all[0]
                .history
                .iter()
                .map(|event| {
                    let date = event.date.map_or_else(|| "?".to_owned(), |date| date.to_string());
                    format!("{date} {:?} {}", event.what, event.entry)
                })
                .collect::<Vec<_>>()
        };
        let all = [
            "2026-02-20 Agreed trial",
            "2026-03-02 Tried p",
            "2026-03-30 Concluded(Adopt) p",
            "2026-04-02 Expired trial",
            "2026-04-02 Agreed good",
        ];
        assert_eq!(told("2026-06-01"), all);
        // Seen from before its last day, an agreement that is said to have run out did so on an unknown day.
        assert_eq!(told("2026-03-29"), ["2026-02-20 Agreed trial", "2026-03-02 Tried p", "? Expired trial"]);
    }

    #[test]
    fn an_end_without_a_day_follows_its_own_beginning() {
        let portfolio = portfolio(&[
            SCOPE,
            (
                "agreements/a.yaml",
                "date: 2026-03-01\nstatus: withdrawn\ngrants: [{right: s/doors, to: agree}]\n",
            ),
        ]);
        let all = rights(&portfolio, day("2026-06-01"));
        let told: Vec<Happening> = all[0].history.iter().map(|event| event.what).collect();
        assert_eq!(told, [Happening::Agreed, Happening::Withdrawn]);
    }

    #[test]
    fn a_right_without_a_name_is_on_the_map_all_the_same() {
        let portfolio =
            portfolio(&[("scopes/s.yaml", "decision_rights: [{area: 決定, delegation: tell}]\n")]);
        let all = rights(&portfolio, day("2026-06-01"));
        assert_eq!((all.len(), all[0].reference.as_ref()), (1, None));
    }
}
