//! Every branch of the verdict with its edges, and what must hold whatever the figures are.

use proptest::prelude::*;

use super::*;
use crate::evaluate::testing::{day, pilot};
use crate::model::Entry;
use crate::text::{Number, Scalar};

/// A pilot of March 2026 with a target of 4 and a baseline of 9, less being better, judged by the mean of at
/// least two observations.
fn march(primary: &str, rest: &str) -> Entry<Pilot> {
    pilot(&format!(
        "starts: 2026-03-02\nends: 2026-03-29\nprimary: {{name: Wait, unit: days, target: 4, {primary}}}\n{rest}\n"
    ))
}

/// The fields of a primary figure that lie between 4 and 9 and go down.
const DOWN: &str = "direction: decrease, baseline: 9, judge: mean, minimum_observations: 2";

fn observed(values: &str) -> String {
    let items: Vec<String> = values
        .split_whitespace()
        .enumerate()
        .map(|(index, value)| format!("{{date: 2026-03-{:02}, value: {value}}}", 6 + 7 * index))
        .collect();
    format!("observations: [{}]", items.join(", "))
}

fn guardrail(allowed: u32, values: &str) -> String {
    let observed = observed(values);
    format!(
        "guardrails: [{{name: Errors, unit: errors, direction: decrease, limit: 2, \
         allowed_breaches: {allowed}, on_breach: revert at once, {observed}}}]"
    )
}

struct Case {
    what: &'static str,
    primary: String,
    rest: String,
    while_running: State,
    afterwards: Verdict,
    because: &'static str,
}

fn case(
    what: &'static str,
    (primary, rest): (String, String),
    (while_running, afterwards): (State, Verdict),
    because: &'static str,
) -> Case {
    Case { what, primary, rest, while_running, afterwards, because }
}

fn down(values: &str) -> (String, String) {
    (format!("{DOWN}, {}", observed(values)), String::new())
}

fn guarded(values: &str, guardrail: String) -> (String, String) {
    (format!("{DOWN}, {}", observed(values)), guardrail)
}

fn judged_by(fields: &str, values: &str) -> (String, String) {
    (format!("{fields}, {}", observed(values)), String::new())
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    use State::{Breached, Improving, OffTrack, OnTrack, TooEarly};
    use Verdict::{Adopt, Extend, Inconclusive, Revert};
    vec![
        case(
            "better than the target",
            down("3 4"),
            (OnTrack, Adopt),
            "mean 3.5 days over 2 observations reaches the target of 4 days",
        ),
        case(
            "exactly the target",
            down("4 4"),
            (OnTrack, Adopt),
            "mean 4 days over 2 observations reaches the target of 4 days",
        ),
        case(
            "just short of the target",
            down("4 4.003"),
            (Improving, Extend),
            "mean 4.002 days over 2 observations is better than the baseline of 9 days and misses the target of 4 days",
        ),
        case(
            "just better than the baseline",
            down("9 8.9"),
            (Improving, Extend),
            "mean 8.95 days over 2 observations is better than the baseline of 9 days and misses the target of 4 days",
        ),
        case(
            "exactly the baseline",
            down("9 9"),
            (OffTrack, Revert),
            "mean 9 days over 2 observations misses the target of 4 days and is no better than the baseline of 9 days",
        ),
        case(
            "worse than the baseline",
            down("9 12"),
            (OffTrack, Revert),
            "mean 10.5 days over 2 observations misses the target of 4 days and is no better than the baseline of 9 days",
        ),
        case(
            "no baseline, target missed",
            judged_by("direction: decrease, judge: last", "5"),
            (OffTrack, Revert),
            "last value 5 days over 1 observation misses the target of 4 days; without a baseline nothing shows that it is better",
        ),
        case(
            "no baseline, target reached",
            judged_by("direction: decrease", "4"),
            (OnTrack, Adopt),
            "last value 4 days over 1 observation reaches the target of 4 days",
        ),
        case(
            "no observation",
            (DOWN.into(), String::new()),
            (TooEarly, Inconclusive),
            "no observation lies in the period, and 2 are needed",
        ),
        case(
            "no observation, no minimum, and a sum that nothing would reach",
            ("direction: decrease, baseline: 9, judge: sum, minimum_observations: 0".into(), String::new()),
            (TooEarly, Inconclusive),
            "no observation lies in the period, and 1 is needed",
        ),
        case(
            "one observation of two",
            down("1"),
            (TooEarly, Inconclusive),
            "1 of the 2 observations needed lies in the period",
        ),
        case(
            "one observation, one needed",
            judged_by("direction: decrease, baseline: 9, judge: median", "1"),
            (OnTrack, Adopt),
            "median 1 day over 1 observation reaches the target of 4 days",
        ),
        case(
            "more is better, reached",
            judged_by("direction: increase, baseline: 1, judge: worst", "4 7 5"),
            (OnTrack, Adopt),
            "worst value 4 days over 3 observations reaches the target of 4 days",
        ),
        case(
            "more is better, between",
            judged_by("direction: increase, baseline: 1, judge: worst", "4 7 2"),
            (Improving, Extend),
            "worst value 2 days over 3 observations is better than the baseline of 1 day and misses the target of 4 days",
        ),
        case(
            "more is better, not better",
            judged_by("direction: increase, baseline: 1, judge: worst", "4 7 1"),
            (OffTrack, Revert),
            "worst value 1 day over 3 observations misses the target of 4 days and is no better than the baseline of 1 day",
        ),
        case(
            "the worst when less is better is the largest",
            judged_by("direction: decrease, baseline: 9, judge: worst", "1 7 1"),
            (Improving, Extend),
            "worst value 7 days over 3 observations is better than the baseline of 9 days and misses the target of 4 days",
        ),
        case(
            "sum",
            judged_by("direction: decrease, baseline: 9, judge: sum", "1.1 1.2 1.7"),
            (OnTrack, Adopt),
            "sum 4 days over 3 observations reaches the target of 4 days",
        ),
        case(
            "last",
            judged_by("direction: decrease, baseline: 9, judge: last", "9 9 3"),
            (OnTrack, Adopt),
            "last value 3 days over 3 observations reaches the target of 4 days",
        ),
        case(
            "median of an even number",
            judged_by("direction: decrease, baseline: 9, judge: median", "9 1 1 4"),
            (OnTrack, Adopt),
            "median 2.5 days over 4 observations reaches the target of 4 days",
        ),
        case(
            "a guardrail at its limit is not breached",
            guarded("3 3", guardrail(0, "2 2")),
            (OnTrack, Adopt),
            "mean 3 days over 2 observations reaches the target of 4 days",
        ),
        case(
            "a breach that is allowed",
            guarded("3 3", guardrail(1, "2.1 0")),
            (OnTrack, Adopt),
            "mean 3 days over 2 observations reaches the target of 4 days",
        ),
        case(
            "a breach too many",
            guarded("3 3", guardrail(1, "2.1 5")),
            (Breached, Revert),
            "guardrail “Errors” was breached 2 times, with 1 allowed (2.1 on 2026-03-06, 5 on 2026-03-13; limit 2 errors); promised for that case: revert at once",
        ),
        case(
            "a breach weighs more than too few observations",
            guarded("", guardrail(0, "3")),
            (Breached, Revert),
            "guardrail “Errors” was breached once, with 0 allowed (3 on 2026-03-06; limit 2 errors); promised for that case: revert at once",
        ),
        case(
            "a guardrail that must not fall",
            (
                format!("{DOWN}, {}", observed("3 3")),
                format!(
                    "guardrails: [{{name: Answers, direction: increase, limit: 3.5, {}}}]",
                    observed("3.5 3.4")
                ),
            ),
            (Breached, Revert),
            "guardrail “Answers” was breached once, with 0 allowed (3.4 on 2026-03-13; limit 3.5)",
        ),
        case(
            "baseline equal to the target",
            judged_by("direction: decrease, baseline: 4", "5"),
            (OffTrack, Revert),
            "last value 5 days over 1 observation misses the target of 4 days and is no better than the baseline of 4 days",
        ),
        case(
            "baseline past the target: nothing lies between",
            judged_by("direction: decrease, baseline: 3", "5"),
            (OffTrack, Revert),
            "last value 5 days over 1 observation misses the target of 4 days and is no better than the baseline of 3 days",
        ),
    ]
}

/// The reasons in plain English.
fn said(assessment: &Assessment) -> Vec<String> {
    assessment.reasons.iter().map(ToString::to_string).collect()
}

#[test]
fn every_branch_and_its_edges() {
    for Case { what, primary, rest, while_running, afterwards, because } in cases() {
        let pilot = march(&primary, &rest);
        let running = assessment(&pilot, day("2026-03-29"));
        assert_eq!((running.state, running.verdict), (while_running, None), "{what}");
        assert_eq!(running.reasons[0].to_string(), because, "{what}");
        let ended = assessment(&pilot, day("2026-03-30"));
        assert_eq!((ended.state, ended.verdict), (State::Ended, Some(afterwards)), "{what}");
        assert_eq!(ended.reasons[0].to_string(), because, "{what}");
        assert!(!ended.differs(), "{what}");
    }
}

#[test]
fn before_its_first_day_a_pilot_is_planned() {
    let pilot = march(&format!("{DOWN}, {}", observed("3 3")), "");
    let planned = assessment(&pilot, day("2026-03-01"));
    assert_eq!((planned.state, planned.verdict), (State::Planned, None));
    assert_eq!(said(&planned), ["starts on 2026-03-02"]);
    assert_eq!(assessment(&pilot, day("2026-03-02")).state, State::TooEarly);
}

#[test]
fn a_declared_verdict_stands_beside_the_computed_one() {
    let fields = format!("{DOWN}, {}", observed("3 3"));
    let pilot = march(&fields, "verdict: {date: 2026-03-20, decision: extend}");
    let running = assessment(&pilot, day("2026-03-19"));
    assert_eq!((running.state, running.verdict, running.differs()), (State::OnTrack, None, false));
    let concluded = assessment(&pilot, day("2026-03-20"));
    assert_eq!((concluded.state, concluded.verdict), (State::Concluded, Some(Verdict::Adopt)));
    assert!(concluded.differs());
    let agreed = march(&fields, "verdict: {date: 2026-03-20, decision: adopt}");
    assert!(!assessment(&agreed, day("2026-03-20")).differs());
}

#[test]
fn observations_outside_the_period_do_not_count_and_are_mentioned() {
    let outside = "observations: [{date: 2026-03-01, value: 99}, {date: 2026-03-02, value: 3}, \
                   {date: 2026-03-29, value: 3}, {date: 2026-03-30, value: 99}]";
    let rest = "guardrails: [{name: Errors, direction: decrease, limit: 2, observations: {date: 2026-04-01, value: 9}}]";
    let pilot = march(&format!("{DOWN}, {outside}"), rest);
    let ended = assessment(&pilot, day("2026-04-02"));
    assert_eq!(ended.verdict, Some(Verdict::Adopt));
    assert_eq!(
        said(&ended),
        [
            "mean 3 days over 2 observations reaches the target of 4 days",
            "guardrail “Errors” has no observation in the period, so nothing shows that it held",
            "2 observations of “Wait” lie outside the period from 2026-03-02 to 2026-03-29 and are left out",
            "1 observation of “Errors” lies outside the period from 2026-03-02 to 2026-03-29 and is left out",
        ]
    );
    let running = assessment(&pilot, day("2026-03-10"));
    assert_eq!(running.state, State::TooEarly);
    assert_eq!(
        running.reasons[2].to_string(),
        "3 observations of “Wait” lie outside the period from 2026-03-02 to today and are left out"
    );
}

#[test]
fn without_a_last_day_a_pilot_runs_until_its_verdict() {
    let fields = "starts: 2026-03-02\nprimary: {name: Wait, direction: decrease, target: 4, \
                  observations: [{date: 2026-03-06, value: 3}, {date: 2027-01-06, value: 9}]}\n";
    let open = pilot(fields);
    assert_eq!(assessment(&open, day("2026-12-31")).state, State::OnTrack);
    assert_eq!(assessment(&open, day("2027-02-01")).state, State::OffTrack);
    let closed = pilot(&format!("{fields}verdict: {{date: 2026-06-01, decision: adopt}}\n"));
    let concluded = assessment(&closed, day("2027-02-01"));
    assert_eq!((concluded.state, concluded.verdict), (State::Concluded, Some(Verdict::Adopt)));
}

#[test]
fn what_rests_on_something_hidden_is_unknown() {
    let pilot = march(&format!("{DOWN}, {}", observed("3 3")), &guardrail(0, "3"));
    let all: Vec<&Guardrail> = pilot.guardrails.iter().collect();
    for (primary, guardrails, more_guardrails, expected) in [
        (None, vec![], false, None),
        (Some(&pilot.primary), vec![], true, None),
        (Some(&pilot.primary), vec![], false, Some(Verdict::Adopt)),
        // A breach that can be seen is enough, whatever else is hidden.
        (None, all, true, Some(Verdict::Revert)),
    ] {
        let grounds = Grounds { primary, guardrails, more_guardrails };
        assert_eq!(assessment_by(&grounds, &pilot, day("2026-04-01")).verdict, expected);
        let running = assessment_by(&grounds, &pilot, day("2026-03-20")).state;
        assert_eq!(running == State::Unknown, expected.is_none());
    }
}

#[test]
fn figures_in_a_file_that_is_hidden_are_no_grounds() {
    let mut pilot = march(&format!("{DOWN}, {}", observed("3 3")), &guardrail(0, ""));
    let hidden = Some(Observations { is_hidden: true, ..Observations::default() });
    assert_eq!(assessment(&pilot, day("2026-04-01")).verdict, Some(Verdict::Adopt));
    pilot.guardrails[0].observations.clone_from(&hidden);
    assert_eq!(assessment(&pilot, day("2026-04-01")).verdict, None);
    pilot.primary.observations = hidden;
    let unknown = assessment(&pilot, day("2026-03-20"));
    assert_eq!((unknown.state, unknown.primary), (State::Unknown, None));
    assert_eq!(said(&unknown), ["what it is judged by is not to be seen here"]);
}

fn observation() -> impl Strategy<Value = Observation> {
    // Days before, within and after the period; values with two decimals on both sides of all figures.
    (0_i32..40, -500_i32..2000).prop_map(|(after, hundredths)| Observation {
        date: day("2026-02-25").plus_days(after),
        value: Number::parse(&format!("{}", f64::from(hundredths) / 100.0)).unwrap(),
        note: None,
    })
}

fn any_judge() -> impl Strategy<Value = Judge> {
    proptest::sample::select(Judge::ALL)
}

fn filled(primary: Vec<Observation>, guard: Vec<Observation>, judge: Judge) -> Entry<Pilot> {
    let mut pilot = march(DOWN, &guardrail(1, ""));
    pilot.primary.judge = Some(judge);
    pilot.primary.observations = Some(Observations { items: primary, ..Observations::default() });
    pilot.guardrails[0].observations = Some(Observations { items: guard, ..Observations::default() });
    pilot
}

/// How good a verdict is, from 0.
fn rank(verdict: Option<Verdict>) -> u8 {
    match verdict.expect("an ended pilot whose figures can be seen has a verdict") {
        Verdict::Revert => 0,
        Verdict::Inconclusive => 1,
        Verdict::Extend => 2,
        Verdict::Adopt => 3,
    }
}

proptest! {
    #[test]
    fn the_order_of_observations_means_nothing(
        (ordered, shuffled) in proptest::collection::vec(observation(), 0..12)
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        judge in any_judge(),
    ) {
        let (one, other) = (filled(ordered.clone(), ordered, judge), filled(shuffled.clone(), shuffled, judge));
        for today in ["2026-03-15", "2026-04-15"] {
            let (one, other) = (assessment(&one, day(today)), assessment(&other, day(today)));
            prop_assert_eq!(one.state, other.state);
            prop_assert_eq!(one.verdict, other.verdict);
            prop_assert_eq!(one.reasons, other.reasons);
        }
    }

    #[test]
    fn a_further_breach_never_improves_a_verdict(
        primary in proptest::collection::vec(observation(), 0..8),
        guard in proptest::collection::vec(observation(), 0..8),
        judge in any_judge(),
        breach in (0_i32..28, 201_i32..5000),
    ) {
        let mut pilot = filled(primary, guard, judge);
        let before = assessment(&pilot, day("2026-04-15")).verdict;
        let value = Number::parse(&format!("{}", f64::from(breach.1) / 100.0)).unwrap();
        let breach = Observation { date: pilot.starts.plus_days(breach.0), value, note: None };
        pilot.guardrails[0].observations.as_mut().unwrap().items.push(breach);
        let after = assessment(&pilot, day("2026-04-15")).verdict;
        prop_assert!(rank(after) <= rank(before), "{:?} became {:?}", before, after);
    }
}
