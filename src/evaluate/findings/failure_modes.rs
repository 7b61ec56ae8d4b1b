//! Four ways in which autonomy fails: activity without a measured outcome, autonomy used in silence,
//! certainty without evidence, and retreat into silence after a setback.

use std::collections::HashMap;

use super::{Finding, unless_resting};
use crate::evaluate::belonging::Belonging;
use crate::evaluate::outcomes::outcomes;
use crate::evaluate::rhythm::{reports, silent_after};
use crate::evaluate::track_record::results;
use crate::evaluate::verdict::{State, assessment};
use crate::model::check_in::Confidence;
use crate::model::decision::{DecisionStatus, OutcomeVerdict};
use crate::model::pilot::Verdict;
use crate::model::scope::ScopeStatus;
use crate::model::{CheckIn, Entry, Header, Portfolio, Scope};
use crate::text::{Date, Id};

/// For how long there may be activity before something must have been measured, in days: the length of the
/// program, in which a first effect is to be measured.
const DAYS_TO_A_FIGURE: i32 = 30;

/// From which stated confidence on a decision needs alternatives or evidence.
const CERTAIN: f64 = 0.9;

/// Finds active scopes in which something has been going on for thirty days and no outcome has a single
/// observation. At `outcomes`; rests on the entries that show the activity.
pub fn activity_without_outcome(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        let activity = activity(portfolio, today);
        let unmeasured = move |scope: &&Entry<Scope>| {
            is_active(scope) && outcomes(scope, today).iter().all(|outcome| outcome.observations == 0)
        };
        portfolio.scopes.iter().filter(unmeasured).filter_map(move |scope| {
            let entries = activity.get(scope.id())?;
            let id = scope.id();
            let count = entries.len();
            let things = if count == 1 { "entry" } else { "entries" };
            let message =
                format!("scope `{id}` has {count} {things} of activity and no outcome that was measured");
            Some(Finding::at(scope, "outcomes", message).resting_on(entries.iter().copied()))
        })
    })
}

/// Whether a scope is owned now.
pub(super) fn is_active(scope: &Scope) -> bool {
    matches!(scope.status, None | Some(ScopeStatus::Active))
}

/// What has been going on in each scope, if it began long enough ago.
pub(super) fn activity(portfolio: &Portfolio, today: Date) -> HashMap<&Id, Vec<&Id>> {
    let belonging = Belonging::new(portfolio);
    let decisions = portfolio.decisions.iter().map(|decision| (&*decision.header, decision.header.date()));
    let pilots = portfolio.pilots.iter().map(|pilot| (&*pilot.header, Some(pilot.starts)));
    let check_ins = portfolio.check_ins.iter().map(|check_in| (&*check_in.header, check_in.header.date()));
    let mut activity: HashMap<&Id, (Date, Vec<&Id>)> = HashMap::new();
    for (header, date) in decisions.chain(pilots).chain(check_ins) {
        let Some(date) = date.filter(|date| *date <= today) else { continue };
        for scope in belonging.of(&header.id) {
            let (first, entries) = activity.entry(scope).or_insert((date, Vec::new()));
            *first = date.min(*first);
            entries.push(&header.id);
        }
    }
    activity
        .into_iter()
        .filter(|(_, (first, _))| first.days_until(today) >= DAYS_TO_A_FIGURE)
        .map(|(scope, (_, entries))| (scope, entries))
        .collect()
}

/// Finds running pilots of which nothing was reported for one and a half rhythms, at `starts`; and a last
/// report that says off track with nothing after it for as long, at its `confidence`.
pub fn autonomy_in_silence(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        let reports = reports(portfolio, today);
        silent_pilots(portfolio, &reports, today)
            .chain(off_track(portfolio, &reports, today))
            .collect::<Vec<_>>()
    })
}

/// A report is about a pilot if it names it, its scope, or nothing at all. A review that was held is a report.
fn silent_pilots<'a>(
    portfolio: &'a Portfolio,
    reports: &[(Date, &'a Entry<CheckIn>)],
    today: Date,
) -> impl Iterator<Item = Finding<'a>> {
    portfolio.pilots.iter().filter_map(move |pilot| {
        let state = assessment(pilot, today).state;
        if matches!(state, State::Planned | State::Ended | State::Concluded) {
            return None;
        }
        let tested = pilot.tests.as_ref().map(|tests| &tests.right.scope);
        let scope = pilot.scope.as_ref().or(tested);
        let is_about = |report: &CheckIn| match (&report.pilot, &report.scope) {
            (Some(named), _) => named == pilot.id(),
            (None, Some(named)) => Some(named) == scope,
            (None, None) => true,
        };
        let report = reports.iter().rfind(|(_, report)| is_about(report));
        let held =
            pilot.reviews.iter().filter_map(|review| review.held().filter(|held| *held <= today)).max();
        let last = report.map(|(date, _)| *date).max(held);
        let since = last.unwrap_or(pilot.starts).max(pilot.starts);
        (silent_after(&portfolio.config, since) < today).then(|| {
            let id = pilot.id();
            let message = format!("pilot `{id}` runs, and nothing was reported of it since {since}");
            Finding::at(pilot, "starts", message).resting_on(report.map(|(_, report)| report.id()))
        })
    })
}

fn off_track<'a>(
    portfolio: &'a Portfolio,
    reports: &[(Date, &'a Entry<CheckIn>)],
    today: Date,
) -> Option<Finding<'a>> {
    let (date, last) = reports.last()?;
    let is_left =
        last.confidence == Some(Confidence::OffTrack) && silent_after(&portfolio.config, *date) < today;
    is_left.then(|| {
        let message = format!("check-in `{}` says off track, and no report has followed", last.id());
        Finding::at(last, "confidence", message)
    })
}

/// Finds decisions, proposed or in force, with a confidence of 0.9 or more and neither a second option nor
/// any evidence. At `confidence`.
pub fn certainty_without_evidence(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        portfolio.decisions.iter().filter_map(|decision| {
            let confidence = decision.confidence.filter(|confidence| confidence.get() >= CERTAIN)?;
            let stands =
                matches!(decision.status, None | Some(DecisionStatus::Proposed | DecisionStatus::Accepted));
            let is_bare = decision.options.len() < 2 && decision.header.common.evidence.is_empty();
            (stands && is_bare).then(|| {
                let id = decision.id();
                let message = format!(
                    "decision `{id}` is stated with a confidence of {confidence}, without alternatives and without evidence"
                );
                Finding::at(decision, "confidence", message)
            })
        })
    })
}

/// Finds the latest setback (a decision that turned out as one, a pilot that was reverted) if there was no
/// report since, and one and a half rhythms have passed. At `result` or `verdict`.
pub fn silence_after_setback(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    unless_resting(portfolio, today, || {
        let (date, entry, field) = latest_setback(portfolio, today)?;
        let is_reported = reports(portfolio, today).last().is_some_and(|(reported, _)| *reported >= date);
        let is_silent = !is_reported && silent_after(&portfolio.config, date) < today;
        is_silent.then(|| {
            let message = format!("nothing was reported since the setback of `{}` on {date}", entry.id);
            Finding::in_header(entry, field, message)
        })
    })
}

fn latest_setback(portfolio: &Portfolio, today: Date) -> Option<(Date, &Header, &'static str)> {
    let decisions = results(portfolio, today)
        .into_iter()
        .filter(|resulted| resulted.result.verdict == OutcomeVerdict::Setback)
        .map(|resulted| (resulted.result.date, &*resulted.decision.header, "result"));
    let pilots = portfolio.pilots.iter().filter_map(|pilot| {
        let verdict = pilot.verdict.as_ref()?;
        let is_setback = verdict.decision == Verdict::Revert && verdict.date <= today;
        is_setback.then_some((verdict.date, &*pilot.header, "verdict"))
    });
    decisions.chain(pilots).max_by_key(|(date, header, _)| (*date, &header.id))
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::*;

    const PILOT: &str = "starts: 2026-03-02\nscope: s\nprimary: {name: N, direction: decrease, target: 1}\n";
    const SCOPE: (&str, &str) = ("scopes/s.yaml", "");

    #[test]
    fn activity_needs_a_figure_after_thirty_days() {
        let check = |scope: &str, today: &str| {
            let files = [
                ("scopes/s.yaml", scope),
                ("decisions/d.yaml", "scope: s\ndate: 2026-03-01\n"),
                ("scopes/t.yaml", ""),
            ];
            found(activity_without_outcome, true, today, &files)
        };
        assert_eq!(check("", "2026-03-30"), [""; 0]);
        assert_eq!(check("", "2026-03-31"), ["s outcomes"]);
        assert_eq!(check("outcomes: [{name: N}]\n", "2026-03-31"), ["s outcomes"]);
        let measured = "outcomes: [{name: N, observations: {date: 2026-03-31, value: 1}}]\n";
        assert_eq!(check(measured, "2026-03-31"), [""; 0]);
        assert_eq!(check("status: paused\n", "2026-03-31"), [""; 0]);
    }

    #[test]
    fn a_running_pilot_is_reported_within_one_and_a_half_rhythms() {
        let check = |pilot: &str, check_in: &str, today: &str| {
            let files =
                [SCOPE, ("scopes/t.yaml", ""), ("pilots/p.yaml", pilot), ("check-ins/c.yaml", check_in)];
            found(autonomy_in_silence, true, today, &files)
        };
        let early = "date: 2026-03-01\n";
        assert_eq!(check(PILOT, early, "2026-03-23"), [""; 0]);
        assert_eq!(check(PILOT, early, "2026-03-24"), ["p starts"]);
        for report in ["pilot: p\n", "scope: s\n", ""] {
            assert_eq!(
                check(PILOT, &format!("date: 2026-03-10\n{report}"), "2026-03-24"),
                [""; 0],
                "{report}"
            );
        }
        assert_eq!(check(PILOT, "date: 2026-03-10\nscope: t\n", "2026-03-24"), ["p starts"]);
        assert_eq!(check(PILOT, "date: 2026-03-10\nwith: mentor\n", "2026-03-24"), ["p starts"]);
        let reviewed = format!("{PILOT}reviews: {{date: 2026-03-10, held: 2026-03-10}}\n");
        assert_eq!(check(&reviewed, early, "2026-03-24"), [""; 0]);
        assert_eq!(check(&format!("{PILOT}ends: 2026-03-20\n"), early, "2026-03-24"), [""; 0]);
    }

    #[test]
    fn off_track_is_not_left_standing() {
        let files = [
            ("check-ins/c.yaml", "date: 2026-03-01\nconfidence: off-track\n"),
            ("check-ins/d.yaml", "date: 2026-03-10\nwith: mentor\n"),
        ];
        assert_eq!(found(autonomy_in_silence, true, "2026-03-22", &files), [""; 0]);
        assert_eq!(found(autonomy_in_silence, true, "2026-03-23", &files), ["c confidence"]);
        let followed = [files[0], ("check-ins/d.yaml", "date: 2026-03-10\n")];
        assert_eq!(found(autonomy_in_silence, true, "2026-03-23", &followed), [""; 0]);
    }

    #[test]
    fn certainty_needs_alternatives_or_evidence() {
        let check = |fields: &str| {
            found(certainty_without_evidence, true, "2026-03-01", &[SCOPE, ("decisions/d.yaml", fields)])
        };
        assert_eq!(check("confidence: 0.89\n"), [""; 0]);
        assert_eq!(check("confidence: 0.9\n"), ["d confidence"]);
        assert_eq!(check("confidence: 1\noptions: One\n"), ["d confidence"]);
        assert_eq!(check("confidence: 1\noptions: [One, Two]\n"), [""; 0]);
        assert_eq!(check("confidence: 1\nevidence: s\n"), [""; 0]);
        assert_eq!(check("confidence: 1\nstatus: superseded\n"), [""; 0]);
    }

    #[test]
    fn a_setback_is_reported() {
        let setback = ("decisions/d.yaml", "result: {date: 2026-03-01, verdict: setback}\n");
        let reverted = format!("{PILOT}verdict: {{date: 2026-03-05, decision: revert}}\n");
        let check = |files: &[(&str, &str)], today: &str| found(silence_after_setback, true, today, files);
        assert_eq!(check(&[setback], "2026-03-22"), [""; 0]);
        assert_eq!(check(&[setback], "2026-03-23"), ["d result"]);
        assert_eq!(check(&[setback, ("check-ins/c.yaml", "date: 2026-03-01\n")], "2026-03-23"), [""; 0]);
        assert_eq!(check(&[setback, ("check-ins/c.yaml", "date: 2026-02-28\n")], "2026-03-23"), ["d result"]);
        assert_eq!(check(&[SCOPE, setback, ("pilots/p.yaml", &reverted)], "2026-04-01"), ["p verdict"]);
    }
}
