//! The track record: how decisions turned out and promises were kept, setbacks beside successes. Counts and
//! dates; no score of everything.

use serde::Serialize;

use super::card::{Card, text};
use super::figure::Figure;
use super::site::Site;
use crate::evaluate::track_record::{
    Calibration, Firing, Keeping, Promise, RESULTS_FOR_BRIER, Resulted, Reversed, Telling, TrackRecord,
};
use crate::model::decision::OutcomeVerdict;
use crate::text::Date;
use crate::words::Words;

/// The track record.
#[derive(Serialize)]
pub struct TrackRecordPage<'a> {
    /// The decisions whose result is known, by how they turned out.
    pub results: Vec<ResultGroup<'a>>,
    /// How many these are together.
    pub result_count: usize,
    /// How many of them somebody else took.
    pub others_count: usize,
    /// The decisions that are no longer followed.
    pub reversed: Vec<ReversedLine<'a>>,
    /// How many promises were kept, or not, in each way.
    pub promise_counts: Vec<PromiseCount>,
    /// All promises, by the day they were due.
    pub promises: Vec<PromiseLine<'a>>,
    /// The times that an escalation was set off.
    pub escalations: Vec<FiringLine<'a>>,
    /// Stated confidence against what happened; `None` if none was stated.
    pub calibration: Option<CalibrationView<'a>>,
}

/// The decisions that turned out in one way.
#[derive(Serialize)]
pub struct ResultGroup<'a> {
    /// Which way.
    pub verdict: OutcomeVerdict,
    /// The decisions, by the day of the result.
    pub entries: Vec<ResultLine<'a>>,
}

/// One decision whose result is known.
#[derive(Serialize)]
pub struct ResultLine<'a> {
    /// The decision.
    pub entry: Card<'a>,
    /// The day of its result.
    pub date: Date,
    /// Whether it was mine.
    pub is_mine: bool,
}

/// One decision that is no longer followed.
#[derive(Serialize)]
pub struct ReversedLine<'a> {
    /// The decision.
    pub entry: Card<'a>,
    /// What took its place, as far as it can be seen.
    pub by: Vec<Card<'a>>,
}

/// How many promises went one way.
#[derive(Serialize)]
pub struct PromiseCount {
    /// Which way, in words.
    pub label: &'static str,
    /// How many.
    pub count: usize,
}

/// One promise.
#[derive(Serialize)]
pub struct PromiseLine<'a> {
    /// The scope that it was made in.
    pub scope: Card<'a>,
    /// What was promised.
    pub what: &'a str,
    /// By when.
    pub due: Date,
    /// What became of it, in a word.
    pub keeping: &'static str,
    /// The day it was kept.
    pub kept: Option<Date>,
    /// How many days too late; or, if it is overdue, since when.
    pub days: Option<i32>,
    /// Why it was not kept.
    pub missed: Option<&'a str>,
}

/// One time that an escalation was set off.
#[derive(Serialize)]
pub struct FiringLine<'a> {
    /// The pilot or proposal that promised it.
    pub entry: Card<'a>,
    /// What set it off.
    pub trigger: &'a str,
    /// Who was to be told.
    pub to: &'a str,
    /// How soon.
    pub within: Option<String>,
    /// The day it was set off.
    pub date: Date,
    /// The day somebody was told.
    pub told: Option<Date>,
    /// `in-time`, `late`, `pending` or `never`.
    pub telling: &'static str,
    /// How many days too late.
    pub days: Option<i32>,
    /// Until when there is time.
    pub until: Option<Date>,
    /// What came of it.
    pub result: Option<&'a str>,
}

/// Stated confidence against what happened.
#[derive(Serialize)]
pub struct CalibrationView<'a> {
    /// The same as a picture.
    pub figure: Option<Figure>,
    /// How many results have a stated confidence.
    pub results: usize,
    /// How many it takes for a Brier score.
    pub results_needed: usize,
    /// The Brier score to two decimals, once there are enough.
    pub brier: Option<String>,
    /// What that is.
    pub formula: &'a str,
}

impl<'a> Site<'a> {
    /// What the track record shows.
    pub fn track_record_page(&self) -> TrackRecordPage<'a> {
        let record = self.track_record();
        let group = |verdict: &OutcomeVerdict| ResultGroup {
            verdict: *verdict,
            entries: record.turned_out(*verdict).map(|resulted| self.result_line(resulted)).collect(),
        };
        TrackRecordPage {
            results: OutcomeVerdict::ALL.iter().map(group).collect(),
            result_count: record.results.len(),
            others_count: record.results.iter().filter(|resulted| !resulted.is_mine).count(),
            reversed: record.reversed.iter().map(|reversed| self.reversed_line(reversed)).collect(),
            promise_counts: promise_counts(record),
            promises: record.commitments.iter().map(|promise| self.promise_line(promise)).collect(),
            escalations: record.escalations.iter().map(|firing| self.firing_line(firing)).collect(),
            calibration: Some(&record.calibration)
                .filter(|it| it.results > 0)
                .map(|found| calibration(found, self.calibration_figure(found), self.words())),
        }
    }

    fn result_line(&self, resulted: &Resulted<'a>) -> ResultLine<'a> {
        let entry = self.card(&resulted.decision.header);
        ResultLine { entry, date: resulted.result.date, is_mine: resulted.is_mine }
    }

    fn reversed_line(&self, reversed: &Reversed<'a>) -> ReversedLine<'a> {
        let by = self.cards_of(reversed.by.iter().copied());
        ReversedLine { entry: self.card(&reversed.decision.header), by }
    }

    fn promise_line(&self, promise: &Promise<'a>) -> PromiseLine<'a> {
        let Promise { scope, commitment, keeping, .. } = promise;
        PromiseLine {
            scope: self.card(&scope.header),
            what: &commitment.what,
            due: commitment.due,
            keeping: word(*keeping),
            kept: commitment.kept.filter(|kept| *kept <= self.today()),
            days: match keeping {
                Keeping::Late(days) | Keeping::Overdue(days) => Some(*days),
                Keeping::InTime | Keeping::Missed | Keeping::Open => None,
            },
            missed: text(commitment.missed.as_ref()),
        }
    }

    fn firing_line(&self, firing: &Firing<'a>) -> FiringLine<'a> {
        let Firing { entry, escalation, fired, telling, .. } = firing;
        let (word, days, until) = match *telling {
            Telling::InTime => ("in-time", None, None),
            Telling::Late(days) => ("late", Some(days), None),
            Telling::Pending(until) => ("pending", None, Some(until)),
            Telling::Never => ("never", None, None),
        };
        FiringLine {
            entry: self.card(entry),
            trigger: &escalation.trigger,
            to: &escalation.to,
            within: escalation.within.map(|within| self.words().duration(within)),
            date: fired.date,
            told: fired.escalated.filter(|told| *told <= self.today()),
            telling: word,
            days,
            until,
            result: text(fired.result.as_ref()),
        }
    }
}

fn word(keeping: Keeping) -> &'static str {
    match keeping {
        Keeping::InTime => "in-time",
        Keeping::Late(_) => "late",
        Keeping::Missed => "missed",
        Keeping::Open => "open",
        Keeping::Overdue(_) => "overdue",
    }
}

/// What was missed stands even where nothing was; the others only where there is something.
fn promise_counts(record: &TrackRecord) -> Vec<PromiseCount> {
    ["in-time", "late", "missed", "overdue", "open"]
        .into_iter()
        .map(|label| PromiseCount { label, count: record.promises(|keeping| word(keeping) == label).count() })
        .collect()
}

fn calibration<'a>(
    calibration: &Calibration,
    figure: Option<Figure>,
    words: &'a Words,
) -> CalibrationView<'a> {
    CalibrationView {
        figure,
        results: calibration.results,
        results_needed: RESULTS_FOR_BRIER,
        brier: calibration.brier.map(|score| format!("{score:.2}")),
        formula: words.text("track.brier_formula"),
    }
}
