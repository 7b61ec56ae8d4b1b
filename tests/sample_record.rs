//! What the sample portfolio in `content/` comes to. It is a whole year's record, and the figures here are
//! those that its writer counted by hand.

use std::path::Path;

use bailiwick::evaluate::agenda::agenda;
use bailiwick::evaluate::cycle::Cycle;
use bailiwick::evaluate::findings;
use bailiwick::evaluate::levels::{Way, level_changes};
use bailiwick::evaluate::program::{Task, program};
use bailiwick::evaluate::rhythm::rhythm_kept;
use bailiwick::evaluate::rights::rights;
use bailiwick::evaluate::track_record::{Keeping, Telling, TrackRecord};
use bailiwick::evaluate::verdict::{State, assessment};
use bailiwick::model::decision::OutcomeVerdict;
use bailiwick::model::pilot::Verdict;
use bailiwick::model::read::read;
use bailiwick::model::{Entry, Portfolio};
use bailiwick::source::discover::Folder;
use bailiwick::text::{Date, Scalar};

const TODAY: &str = "2026-10-12";

fn day(text: &str) -> Date {
    Date::parse(text).expect("the test names a day")
}

fn sample() -> Portfolio {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let sources = Folder::open(&folder).and_then(|folder| folder.read()).expect("the sample is there");
    read(&sources).0.expect("the sample can be read")
}

#[test]
fn seven_pilots() {
    let sample = sample();
    let shown: Vec<_> = sample
        .pilots
        .iter()
        .map(|pilot| {
            let found = assessment(pilot, day(TODAY));
            (pilot.id().as_str(), found.state, found.verdict, found.differs())
        })
        .collect();
    let concluded = |id, verdict| (id, State::Concluded, Some(verdict), false);
    let expected = [
        concluded("faster-corrections", Verdict::Revert),
        ("method-answers", State::TooEarly, None, false),
        concluded("overnight-loads", Verdict::Adopt),
        concluded("quiet-mornings", Verdict::Inconclusive),
        concluded("request-triage", Verdict::Extend),
        ("request-triage-august", State::Concluded, Some(Verdict::Adopt), true),
        concluded("weekly-report", Verdict::Adopt),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn their_reasons() {
    let sample = sample();
    let reasons: Vec<Vec<String>> = sample
        .pilots
        .iter()
        .map(|pilot| assessment(pilot, day(TODAY)).reasons.iter().map(ToString::to_string).collect())
        .collect();
    assert_eq!(
        reasons[0],
        [
            "guardrail “Corrections that had to be corrected again” was breached 2 times, with 1 allowed (1 on \
             2026-05-15, 1 on 2026-05-22; limit 0 corrections in the week); promised for that case: revert",
            "beside that, mean 5 working hours over 7 observations reaches the target of 8 working hours",
        ]
    );
    assert_eq!(
        reasons[1],
        [
            "3 of the 5 observations needed lie in the period",
            "so far, median 9 working hours over 3 observations is better than the baseline of 30 working hours \
             and misses the target of 8 working hours",
        ]
    );
    assert_eq!(
        reasons[6],
        [
            "median 2 days over 4 observations reaches the target of 2 days",
            "guardrail “Time of the second reader” was breached once, with 1 allowed (2.6 on 2026-03-06; limit 2 \
             hours in the week)",
        ]
    );
}

#[test]
fn one_drift_and_four_levels_gained() {
    let sample = sample();
    let map = rights(&sample, day(TODAY));
    let drifting: Vec<String> = map
        .iter()
        .filter(|status| status.drift().is_some())
        .map(|status| status.reference.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(drifting, ["reporting-pipeline/small-tool-spend"]);
    assert_eq!(map.len(), 18);
    let moved: Vec<String> = level_changes(&sample, day(TODAY))
        .iter()
        .map(|change| {
            let way = if change.way == Way::Gained { '+' } else { '-' };
            format!("{way} {} {} {}", change.date.unwrap(), change.right.right, change.to.word())
        })
        .collect();
    let expected = [
        "+ 2026-04-30 correcting-a-sent-report advise",
        "- 2026-05-26 correcting-a-sent-report agree",
        "+ 2026-04-02 sending-the-weekly-report inquire",
        "+ 2026-10-01 ordering-the-queue agree",
        "+ 2026-06-04 release-timing advise",
        "+ 2026-06-04 small-tool-spend agree",
    ];
    assert_eq!(moved, expected);
}

#[test]
fn the_track_record_is_what_its_writer_counted() {
    let sample = sample();
    let record = TrackRecord::new(&sample, day(TODAY));
    let turned_out = |verdict| record.turned_out(verdict).count();
    assert_eq!(turned_out(OutcomeVerdict::AsExpected), 10);
    assert_eq!(turned_out(OutcomeVerdict::Mixed), 4);
    assert_eq!(turned_out(OutcomeVerdict::Setback), 3);
    assert_eq!(record.results.iter().filter(|resulted| resulted.is_mine).count(), 14);
    assert_eq!(record.reversed.len(), 3);

    let promises = |keeping: fn(Keeping) -> bool| record.promises(keeping).count();
    assert_eq!(promises(|it| it == Keeping::InTime), 4);
    assert_eq!(promises(|it| matches!(it, Keeping::Late(12 | 14))), 2);
    assert_eq!(promises(|it| it == Keeping::Missed), 1);
    assert_eq!(promises(|it| it == Keeping::Open), 2);
    assert_eq!(promises(|it| it == Keeping::Overdue(3)), 1);

    let late: Vec<_> = record.escalations.iter().filter(|it| it.telling != Telling::InTime).collect();
    assert_eq!(record.escalations.len(), 5);
    assert_eq!(
        (late.len(), late[0].entry.id.as_str(), late[0].telling),
        (1, "faster-corrections", Telling::Late(2))
    );

    let bins: Vec<_> =
        record.calibration.bins.iter().map(|bin| (bin.as_expected.len(), bin.results())).collect();
    assert_eq!(bins, [(0, 0), (0, 1), (2, 3), (3, 5), (3, 5), (2, 3)]);
    let brier = record.calibration.brier.unwrap();
    // A little worse than always saying one half, as the writer found out with a pencil.
    assert!((brier - 4.275 / 17.0).abs() < 1e-12, "{brier}");
}

#[test]
fn the_cycle_is_closed() {
    let sample = sample();
    let cycle = Cycle::new(&sample, day(TODAY));
    assert_eq!(cycle.scopes.len(), 4);
    for round in cycle.scopes.iter().chain([&cycle.whole]) {
        assert_eq!(round.broken, [], "{:?}", round.scope.map(Entry::id));
    }
    let whole = &cycle.whole.credibility;
    assert_eq!((whole.results.number, whole.concluded_pilots.number), (17, 6));
    assert_eq!((whole.reported_setbacks.number, whole.feedback.number), (4, 8));
    let rhythm = rhythm_kept(&sample, day(TODAY)).unwrap();
    assert_eq!((rhythm.kept, rhythm.promised, rhythm.check_ins.len()), (13, 19, 13));
}

#[test]
fn what_is_due() {
    let sample = sample();
    let shown: Vec<String> = agenda(&sample, day(TODAY), Some(day("2026-11-12")))
        .items
        .iter()
        .map(|item| format!("{}{} {}", item.due, if item.overdue { "!" } else { "" }, item.key))
        .collect();
    let expected = [
        "2026-10-09! 2026-10-02-note-on-restated-data/revisit_by",
        "2026-10-09! reporting-pipeline/commitments/totals-of-all-five-reports-are-checked-by-the-pipeline",
        "2026-10-12 2026-09-28-check-in/next-check-in",
        "2026-10-13 meetings-over-report-time/asked_on",
        "2026-10-16 correct-labels-without-asking/decision_needed_by",
        "2026-10-16 2026-04-02-sending-the-weekly-report/revisit_by",
        "2026-10-19 method-answers/reviews/2026-10-19",
        "2026-10-20 2026-09-16-checks-in-the-pipeline/revisit_by",
        "2026-10-23 client-reporting/commitments/reading-guides-for-cedar-hazel-and-rowan",
        "2026-10-30 method-answers/ends",
        "2026-11-02 method-answers/reviews/2026-11-02",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn all_of_the_program_is_done_within_its_days() {
    let sample = sample();
    let status = program(&sample, day(TODAY)).unwrap();
    let shown: Vec<_> = status
        .items
        .iter()
        .map(|item| (item.task, item.ticks.first().and_then(|tick| status.day(tick.date?))))
        .collect();
    let expected = [
        (Task::Sentence, Some(2)),
        (Task::Blockers, Some(4)),
        (Task::Noise, Some(5)),
        (Task::Asked, Some(9)),
        (Task::OwnedArea, Some(8)),
        (Task::OutcomeMetric, Some(2)),
        (Task::Report, Some(15)),
        (Task::Proposed, Some(29)),
        (Task::MeasuredEffect, Some(29)),
        (Task::PeerFeedback, Some(26)),
        (Task::ManagerFeedback, Some(30)),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn what_would_be_found() {
    let sample = sample();
    let all: [(&str, findings::Find); 21] = [
        ("activity", findings::activity_without_outcome),
        ("silence", findings::autonomy_in_silence),
        ("certainty", findings::certainty_without_evidence),
        ("retreat", findings::silence_after_setback),
        ("outcome", findings::scope_without_outcome),
        ("boundary", findings::scope_without_boundary),
        ("revisit", findings::decision_past_revisit),
        ("guardrail", findings::pilot_without_guardrail),
        ("fallback", findings::pilot_without_fallback),
        ("end", findings::pilot_past_end),
        ("review", findings::review_missed),
        ("commitment", findings::commitment_overdue),
        ("self-report", findings::self_report_alone),
        ("proposal", findings::proposal_against_pilot),
        ("agreement", findings::agreement_expired),
        ("baseline", findings::baseline_is_target),
        ("target", findings::target_cannot_fail),
        ("verdict", findings::verdict_differs),
        ("escalation", findings::escalation_not_told),
        ("drift", findings::drift),
        ("collapse", findings::collapse),
    ];
    let shown: Vec<String> = all
        .iter()
        .flat_map(|(name, find)| {
            find(&sample, day(TODAY)).into_iter().map(move |it| format!("{name}: {}", it.message))
        })
        .collect();
    let expected = [
        "revisit: decision `2026-10-02-note-on-restated-data` was to be looked at again by 2026-10-09",
        "commitment: what `reporting-pipeline` promises for 2026-10-09, 3 days ago, is neither kept nor missed",
        "verdict: pilot `request-triage-august` is declared `extend`, and its figures say `adopt`",
        "drift: `reporting-pipeline/small-tool-spend` is at `consult`, and the agreement \
         `2026-06-04-pipeline-latitude` grants `agree`",
    ];
    assert_eq!(shown, expected);
}
