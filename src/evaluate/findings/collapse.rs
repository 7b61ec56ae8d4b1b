//! The collapse of one of three things that must stay stable while latitude is used: clear ownership, visible
//! contribution, accountable communication.

use std::collections::HashMap;

use super::{Finding, unless_resting};
use crate::evaluate::agreements::Agreements;
use crate::evaluate::belonging::Belonging;
use crate::evaluate::rhythm::{reports, silent_after};
use crate::evaluate::track_record::results;
use crate::evaluate::verdict::{State, assessment};
use crate::model::common::Observations;
use crate::model::scope::ScopeStatus;
use crate::model::{Entry, Portfolio, Scope};
use crate::text::{Date, Id};

/// What to do about it, whichever of the three it is.
pub const REPAIR_FIRST: &str = "reduce the scope and repair first: hand back what cannot be carried now, say \
    so before somebody asks, and set right the one thing that broke; ask for nothing new until it holds";

/// For how long nothing may have come of the work, in days: a quarter.
const DAYS_WITHOUT_CONTRIBUTION: i32 = 90;

/// Finds which of the three has collapsed while a pilot runs or an agreement is in force. Ownership at
/// `status` or `summary` of the scope, the other two at `started` and `check_ins` of the portfolio.
///
/// - Ownership: latitude is used in a scope that is retired, or that does not say in a sentence what it is.
/// - Contribution: for ninety days no result, no verdict, no observation and no change that was reported.
/// - Communication: no report for three rhythms, twice as long as it takes to speak of silence.
pub fn collapse(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        let used = used(portfolio, today);
        if used.is_empty() {
            return Vec::new();
        }
        let rest = [contribution(portfolio, today), communication(portfolio, today)].into_iter().flatten();
        let rest = rest.map(|finding| finding.resting_on(used.iter().copied()));
        ownership(portfolio, &used).into_iter().chain(rest).collect()
    })
}

/// Where latitude is used: running pilots, and agreements in force that grant something.
fn used(portfolio: &Portfolio, today: Date) -> Vec<&Id> {
    let runs = |state| !matches!(state, State::Planned | State::Ended | State::Concluded);
    let pilots = portfolio.pilots.iter().filter(|pilot| runs(assessment(pilot, today).state));
    let agreements = Agreements::new(portfolio, today);
    let granting = agreements.in_force().filter(|agreement| !agreement.grants.is_empty());
    pilots.map(Entry::id).chain(granting.map(Entry::id)).collect()
}

fn ownership<'a>(portfolio: &'a Portfolio, used: &[&'a Id]) -> Vec<Finding<'a>> {
    let belonging = Belonging::new(portfolio);
    let mut users: HashMap<&Id, Vec<&'a Id>> = HashMap::new();
    for entry in used {
        for scope in belonging.of(entry) {
            users.entry(scope).or_default().push(entry);
        }
    }
    let lost = |scope: &'a Entry<Scope>| {
        let by = users.get(scope.id())?;
        let first = by.first()?;
        let id = scope.id();
        let (field, message) = if scope.status == Some(ScopeStatus::Retired) {
            (
                "status",
                format!("ownership is no longer clear: `{first}` uses latitude in `{id}`, which is retired"),
            )
        } else if scope.header.common.summary.is_none() {
            let message = format!(
                "ownership is not clear: `{first}` uses latitude in `{id}`, which no sentence describes"
            );
            ("summary", message)
        } else {
            return None;
        };
        Some(Finding::at(scope, field, message).resting_on(by.iter().copied()))
    };
    portfolio.scopes.iter().filter_map(lost).collect()
}

fn contribution(portfolio: &Portfolio, today: Date) -> Option<Finding<'_>> {
    let last = last_contribution(portfolio, today).or(portfolio.config.started)?;
    let days = last.days_until(today);
    (days > DAYS_WITHOUT_CONTRIBUTION).then(|| Finding {
        entry: None,
        field: "started".to_owned(),
        message: format!("nothing that came of the work is visible since {last}"),
        why: Some(format!("latitude is in use, and for {days} days there was no result, no verdict, no observation and no report of a change")),
        rests_on: Vec::new(),
    })
}

/// The last day on which something came of the work.
fn last_contribution(portfolio: &Portfolio, today: Date) -> Option<Date> {
    let seen = |observations: &Option<Observations>| -> Vec<Date> {
        observations.iter().flat_map(|it| &it.items).map(|seen| seen.date).collect()
    };
    let results = results(portfolio, today).into_iter().map(|resulted| resulted.result.date);
    let verdicts = portfolio.pilots.iter().filter_map(|pilot| Some(pilot.verdict.as_ref()?.date));
    let trials = portfolio.pilots.iter().flat_map(|pilot| seen(&pilot.primary.observations));
    let outcomes = portfolio.scopes.iter().flat_map(|scope| &scope.outcomes);
    let figures = outcomes.flat_map(|outcome| seen(&outcome.observations));
    let changes = portfolio.check_ins.iter().filter(|check_in| check_in.changed.is_some());
    let changes = changes.filter_map(|check_in| check_in.header.date());
    let all = results.chain(verdicts).chain(trials).chain(figures).chain(changes);
    all.filter(|date| *date <= today).max()
}

fn communication(portfolio: &Portfolio, today: Date) -> Option<Finding<'_>> {
    let config = &portfolio.config;
    let reports = reports(portfolio, today);
    let last = reports.last().map(|(date, _)| *date);
    let since = last.or(config.started)?;
    (silent_after(config, silent_after(config, since)) < today).then(|| Finding {
        entry: None,
        field: "check_ins".to_owned(),
        message: match last {
            Some(date) => format!("nobody was told anything since the check-in of {date}"),
            None => format!("nobody was told anything since the beginning on {since}"),
        },
        why: Some("latitude is in use, and three rhythms have passed without a report".to_owned()),
        rests_on: reports.last().map(|(_, report)| report.id()).into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::*;

    const AGREED: (&str, &str) =
        ("agreements/a.yaml", "date: 2026-01-12\nstatus: agreed\ngrants: [{right: s/doors, to: advise}]\n");
    const RIGHT: &str = "decision_rights: [{area: Doors, delegation: advise}]\n";

    fn check(scope: &str, others: &[(&str, &str)], today: &str) -> Vec<String> {
        let scope = format!("{RIGHT}{scope}");
        let mut files = vec![("scopes/s.yaml", scope.as_str())];
        files.extend(others);
        found(collapse, true, today, &files)
    }

    #[test]
    fn ownership_collapses_where_latitude_is_used() {
        assert_eq!(check("summary: Mine.\n", &[AGREED], "2026-01-20"), [""; 0]);
        assert_eq!(check("", &[AGREED], "2026-01-20"), ["s summary"]);
        assert_eq!(check("summary: Mine.\nstatus: retired\n", &[AGREED], "2026-01-20"), ["s status"]);
        assert_eq!(check("status: retired\n", &[], "2026-01-20"), [""; 0]);
    }

    #[test]
    fn communication_collapses_after_three_rhythms() {
        let mine = "summary: Mine.\n";
        let told = ("check-ins/c.yaml", "date: 2026-02-01\n");
        assert_eq!(check(mine, &[AGREED, told], "2026-03-15"), [""; 0]);
        assert_eq!(check(mine, &[AGREED, told], "2026-03-16"), ["portfolio check_ins"]);
        assert_eq!(check(mine, &[AGREED], "2026-02-24"), ["portfolio check_ins"]);
        assert_eq!(check(mine, &[], "2026-03-16"), [""; 0]);
    }

    #[test]
    fn contribution_collapses_after_a_quarter() {
        let mine = "summary: Mine.\n";
        let files = [
            AGREED,
            ("check-ins/c.yaml", "date: 2026-04-10\n"),
            ("decisions/d.yaml", "result: {date: 2026-01-15, verdict: setback}\n"),
        ];
        assert_eq!(check(mine, &files, "2026-04-15"), [""; 0]);
        assert_eq!(check(mine, &files, "2026-04-16"), ["portfolio started"]);
        let changed = [AGREED, ("check-ins/c.yaml", "date: 2026-04-10\nchanged: The doors\n")];
        assert_eq!(check(mine, &changed, "2026-04-16"), [""; 0]);
    }
}
