use super::*;
use crate::evaluate::levels::Way;
use crate::evaluate::testing::{day, portfolio};
use crate::evaluate::track_record::Keeping;
use crate::model::Header;
use crate::model::pilot::Verdict;

/// The facts from 1 March to 30 June 2026, seen from a day.
fn facts<'a>(portfolio: &'a Portfolio, until: &str, today: &str) -> PeriodFacts<'a> {
    PeriodFacts::new(portfolio, day("2026-03-01"), day(until), day(today))
}

fn ids<'a>(headers: impl IntoIterator<Item = &'a Header>) -> Vec<&'a str> {
    headers.into_iter().map(|header| header.id.as_str()).collect()
}

#[test]
fn both_ends_of_the_period_belong_to_it_and_nothing_else_does() {
    let decision = |date: &str, more: &str| format!("date: {date}\nstatus: accepted\n{more}");
    let texts = [
        ("decisions/a.yaml", decision("2026-02-28", "")),
        ("decisions/b.yaml", decision("2026-03-01", "")),
        ("decisions/c.yaml", decision("2026-06-30", "result: {date: 2026-07-01, verdict: setback}\n")),
        ("decisions/d.yaml", decision("2026-07-01", "")),
        ("decisions/e.yaml", decision("2026-01-05", "result: {date: 2026-03-01, verdict: mixed}\n")),
        ("decisions/f.yaml", "date: 2026-03-02\n".to_owned()),
        ("decisions/g.yaml", "status: accepted\n".to_owned()),
        ("check-ins/h.yaml", "date: 2026-03-01\n".to_owned()),
        ("check-ins/i.yaml", "date: 2026-07-01\n".to_owned()),
    ];
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let portfolio = portfolio(&files);
    let facts = facts(&portfolio, "2026-06-30", "2026-12-01");
    assert_eq!(ids(facts.decisions.iter().map(|it| &*it.decision.header)), ["e", "b", "c"]);
    let shown: Vec<_> =
        facts.decisions.iter().map(|it| (it.was_taken, it.result_is_new, it.result.is_some())).collect();
    assert_eq!(shown, [(false, true, true), (true, false, false), (true, false, false)]);
    assert_eq!(ids(facts.check_ins.iter().map(|it| &*it.header)), ["h"]);
    assert_eq!(ids(facts.lessons.iter().map(|it| it.entry)), ["e"]);
}

#[test]
fn what_replaced_a_decision_later_is_not_known_yet() {
    let portfolio = portfolio(&[
        ("decisions/a.yaml", "date: 2026-03-02\nstatus: superseded\n"),
        ("decisions/b.yaml", "date: 2026-04-02\nstatus: accepted\nsupersedes: a\n"),
        ("decisions/c.yaml", "date: 2026-03-03\nstatus: deprecated\n"),
        ("decisions/d.yaml", "date: 2026-03-04\nstatus: rejected\n"),
    ]);
    let standing = |until: &str, today: &str| {
        let facts = facts(&portfolio, until, today);
        facts.decisions.iter().map(|it| it.standing.map(DecisionStatus::word)).collect::<Vec<_>>()
    };
    assert_eq!(standing("2026-03-31", "2026-12-01"), [None, None, Some("rejected")]);
    assert_eq!(
        standing("2026-12-01", "2026-12-01"),
        [Some("superseded"), Some("deprecated"), Some("rejected"), None]
    );
}

#[test]
fn pilots_stand_as_they_stood_on_the_last_day() {
    let pilot = |starts: &str, more: &str| {
        format!(
            "starts: {starts}\nprimary: {{name: N, direction: decrease, target: 1, baseline: 3, observations: [{{date: {starts}, value: 1}}]}}\n{more}"
        )
    };
    let texts = [
        // Over before the period.
        ("pilots/a.yaml", pilot("2026-01-05", "ends: 2026-02-28\n")),
        (
            "pilots/b.yaml",
            pilot("2026-01-05", "ends: 2026-03-10\nverdict: {date: 2026-02-27, decision: adopt}\n"),
        ),
        // Its verdict falls into the period, although its last day does not.
        (
            "pilots/c.yaml",
            pilot(
                "2026-01-06",
                "ends: 2026-02-27\nverdict: {date: 2026-03-01, decision: revert, note: Why}\n",
            ),
        ),
        (
            "pilots/d.yaml",
            pilot("2026-06-01", "ends: 2026-06-20\nverdict: {date: 2026-07-02, decision: revert}\n"),
        ),
        ("pilots/e.yaml", pilot("2026-06-30", "")),
        ("pilots/f.yaml", pilot("2026-07-01", "")),
    ];
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let portfolio = portfolio(&files);
    let facts = facts(&portfolio, "2026-06-30", "2026-12-01");
    let shown: Vec<_> = facts
        .pilots
        .iter()
        .map(|it| {
            (it.pilot.id().as_str(), it.assessment.state.word(), it.declared.map(|it| it.decision.word()))
        })
        .collect();
    let expected = [("c", "concluded", Some("revert")), ("d", "ended", None), ("e", "on-track", None)];
    assert_eq!(shown, expected);
    let lessons: Vec<_> = facts.lessons.iter().map(|it| (it.entry.id.as_str(), it.kind)).collect();
    assert_eq!(lessons, [("c", LessonKind::Pilot(Verdict::Revert))]);
}

#[test]
fn promises_are_held_against_the_last_day() {
    let portfolio = portfolio(&[(
        "scopes/s.yaml",
        "commitments:\n  - {what: a, due: 2026-02-20, kept: 2026-03-02}\n  - {what: b, due: 2026-02-20, missed: M}\n  \
         - {what: c, due: 2026-06-29, kept: 2026-07-02}\n  - {what: d, due: 2026-06-30, missed: M}\n  \
         - {what: e, due: 2026-07-01}\n  - {what: f, due: 2026-07-05, kept: 2026-06-10}\n",
    )]);
    let facts = facts(&portfolio, "2026-06-30", "2026-12-01");
    let shown: Vec<_> = facts.promises.iter().map(|it| (it.commitment.what.as_str(), it.keeping)).collect();
    let expected = [
        ("a", Keeping::Late(10)),
        ("c", Keeping::Overdue(1)),
        ("d", Keeping::Missed),
        ("f", Keeping::InTime),
    ];
    assert_eq!(shown, expected);
    assert_eq!(facts.next.iter().map(|item| item.due).collect::<Vec<_>>().first(), Some(&day("2026-07-01")));
}

#[test]
fn levels_move_on_days_of_the_period() {
    let portfolio = portfolio(&[
        ("scopes/s.yaml", "since: 2026-01-05\ndecision_rights: [{area: Doors, delegation: advise}]\n"),
        ("scopes/t.yaml", "since: 2026-03-01\n"),
        ("scopes/u.yaml", "since: 2026-07-01\n"),
        ("scopes/v.yaml", "status: retired\n"),
        ("scopes/w.yaml", "status: paused\n"),
        (
            "agreements/a.yaml",
            "date: 2026-02-01\nstatus: agreed\ngrants: [{right: s/doors, from: tell, to: consult}]\n",
        ),
        (
            "agreements/b.yaml",
            "date: 2026-03-01\nstatus: agreed\nexpires: 2026-06-30\nsupersedes: a\ngrants: [{right: s/doors, from: consult, to: advise}]\n",
        ),
    ]);
    let facts_until = |until: &str| facts(&portfolio, until, "2026-07-01");
    let period = facts_until("2026-06-30");
    assert_eq!(ids(period.scopes.iter().map(|it| &*it.scope.header)), ["s", "t"]);
    assert_eq!(period.scopes.iter().map(|it| it.is_new).collect::<Vec<_>>(), [false, true]);
    let moves: Vec<_> = period.scopes[0].changes.iter().map(|it| (it.date.unwrap(), it.way)).collect();
    // On its last day an agreement still holds; that it has run out is known on the next.
    assert_eq!(moves, [(day("2026-03-01"), Way::Gained)]);
    // Today it is known which scopes rest.
    let until_today = facts_until("2026-07-01");
    assert_eq!(ids(until_today.scopes.iter().map(|it| &*it.scope.header)), ["s", "t", "u", "w"]);
}

#[test]
fn only_what_may_be_quoted_is_quoted() {
    let portfolio = portfolio(&[
        ("feedback/a.yaml", "date: 2026-03-01\nquote: Q\nquote_permission: true\n"),
        ("feedback/b.yaml", "date: 2026-03-01\nquote: Q\n"),
        ("feedback/c.yaml", "date: 2026-03-01\nquote: Q\nquote_permission: false\n"),
        ("feedback/d.yaml", "date: 2026-02-28\nquote: Q\nquote_permission: true\n"),
        ("feedback/e.yaml", "date: 2026-03-01\nimpact: I\nquote_permission: true\n"),
    ]);
    let facts = facts(&portfolio, "2026-06-30", "2026-12-01");
    assert_eq!(ids(facts.quotes.iter().map(|it| &*it.header)), ["a"]);
}

#[test]
fn what_went_wrong_stands_in_the_order_of_days() {
    let portfolio = portfolio(&[
        (
            "decisions/a.yaml",
            "date: 2026-03-02\nstatus: accepted\nresult: {date: 2026-05-02, verdict: as-expected, learned: L}\n",
        ),
        (
            "decisions/b.yaml",
            "date: 2026-03-02\nstatus: accepted\nresult: {date: 2026-05-03, verdict: as-expected, changed: C}\n",
        ),
        (
            "decisions/c.yaml",
            "date: 2026-03-02\nstatus: accepted\nresult: {date: 2026-05-01, verdict: setback}\n",
        ),
        ("check-ins/d.yaml", "date: 2026-04-01\nfailed: F\n"),
        ("check-ins/e.yaml", "date: 2026-04-01\nchanged: C\n"),
        (
            "pilots/p.yaml",
            "starts: 2026-03-02\nprimary: {name: N, direction: decrease, target: 1}\n\
             escalations: {trigger: T, to: K, within: 1d, fired: [{date: 2026-03-05, escalated: 2026-03-09, result: R}, {date: 2026-02-20}]}\n",
        ),
    ]);
    let facts = facts(&portfolio, "2026-06-30", "2026-12-01");
    let shown: Vec<_> = facts.lessons.iter().map(|it| (it.entry.id.as_str(), it.kind.is_setback())).collect();
    assert_eq!(shown, [("p", true), ("d", true), ("c", true), ("a", false)]);
}

#[test]
fn a_quiet_period_is_empty_and_days_to_come_are_not_known() {
    let portfolio = portfolio(&[
        ("scopes/s.yaml", "since: 2026-01-05\ncommitments: {what: a, due: 2026-07-01}\n"),
        ("decisions/a.yaml", "date: 2026-06-15\nstatus: accepted\n"),
    ]);
    assert!(!facts(&portfolio, "2026-06-30", "2026-12-01").is_empty());
    let before = facts(&portfolio, "2026-06-30", "2026-06-10");
    assert!(before.is_empty());
    assert_eq!(before.period.to, day("2026-06-10"));
}
