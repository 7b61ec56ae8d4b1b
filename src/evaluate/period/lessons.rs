//! What went wrong in a period, and what was learned in it.

use crate::evaluate::series::Period;
use crate::evaluate::track_record::{Telling, escalations, results};
use crate::model::decision::OutcomeVerdict;
use crate::model::pilot::Verdict;
use crate::model::{Header, Portfolio};
use crate::text::{Date, Text};

/// Something that went wrong, or that taught something.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson<'a> {
    /// The day.
    pub date: Date,
    /// What it was.
    pub kind: LessonKind<'a>,
    /// The entry that tells it.
    pub entry: &'a Header,
    /// What failed.
    pub failed: Option<&'a Text>,
    /// What was handed up, and to whom.
    pub escalated: Option<&'a Text>,
    /// What was learned.
    pub learned: Option<&'a Text>,
    /// What comes next.
    pub next: Option<&'a Text>,
    /// What was said of it otherwise: why a pilot was ended, what came of an escalation.
    pub note: Option<&'a Text>,
}

/// What went wrong, or taught something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonKind<'a> {
    /// A decision turned out this way.
    Decision(OutcomeVerdict),
    /// A pilot came to nothing.
    Pilot(Verdict),
    /// A check-in reported that something failed.
    CheckIn,
    /// An escalation was set off.
    Escalation {
        /// What set it off.
        trigger: &'a str,
        /// Who was to be told.
        to: &'a str,
        /// Whether they were.
        telling: Telling,
    },
}

impl LessonKind<'_> {
    /// Whether it went wrong, rather than only having taught something.
    pub fn is_setback(self) -> bool {
        self != Self::Decision(OutcomeVerdict::AsExpected)
    }
}

/// All of them, by day.
pub(super) fn lessons(portfolio: &Portfolio, period: Period) -> Vec<Lesson<'_>> {
    let mut lessons = decisions(portfolio, period);
    lessons.extend(pilots(portfolio, period));
    lessons.extend(check_ins(portfolio, period));
    lessons.extend(fired(portfolio, period));
    // The sort is stable: on one day they stand in the order of kinds and ids.
    lessons.sort_by_key(|lesson| lesson.date);
    lessons
}

/// Results that were no setback have a place here only if something was learned from them.
fn decisions(portfolio: &Portfolio, period: Period) -> Vec<Lesson<'_>> {
    let results = results(portfolio, period.to).into_iter().filter(|it| period.holds(it.result.date));
    let told = results.filter(|it| {
        it.result.verdict != OutcomeVerdict::AsExpected
            || it.result.learned.is_some()
            || it.result.failed.is_some()
    });
    told.map(|it| Lesson {
        date: it.result.date,
        kind: LessonKind::Decision(it.result.verdict),
        entry: &it.decision.header,
        failed: it.result.failed.as_ref(),
        escalated: it.result.escalated.as_ref(),
        learned: it.result.learned.as_ref(),
        next: it.result.next.as_ref(),
        note: None,
    })
    .collect()
}

fn pilots(portfolio: &Portfolio, period: Period) -> impl Iterator<Item = Lesson<'_>> {
    portfolio.pilots.iter().filter_map(move |pilot| {
        let verdict = pilot.verdict.as_ref().filter(|verdict| period.holds(verdict.date))?;
        let came_to_nothing = matches!(verdict.decision, Verdict::Revert | Verdict::Inconclusive);
        came_to_nothing.then_some(Lesson {
            date: verdict.date,
            kind: LessonKind::Pilot(verdict.decision),
            entry: &pilot.header,
            failed: None,
            escalated: None,
            learned: None,
            next: None,
            note: verdict.note.as_ref(),
        })
    })
}

fn check_ins(portfolio: &Portfolio, period: Period) -> impl Iterator<Item = Lesson<'_>> {
    portfolio.check_ins.iter().filter_map(move |check_in| {
        let date = check_in.header.date().filter(|date| period.holds(*date))?;
        check_in.failed.is_some().then_some(Lesson {
            date,
            kind: LessonKind::CheckIn,
            entry: &check_in.header,
            failed: check_in.failed.as_ref(),
            escalated: check_in.escalated.as_ref(),
            learned: None,
            next: check_in.next.as_ref(),
            note: None,
        })
    })
}

fn fired(portfolio: &Portfolio, period: Period) -> impl Iterator<Item = Lesson<'_>> {
    let fired = escalations(portfolio, period.to).into_iter().filter(move |it| period.holds(it.fired.date));
    fired.map(|it| Lesson {
        date: it.fired.date,
        kind: LessonKind::Escalation {
            trigger: &it.escalation.trigger,
            to: &it.escalation.to,
            telling: it.telling,
        },
        entry: it.entry,
        failed: None,
        escalated: None,
        learned: None,
        next: None,
        note: it.fired.result.as_ref(),
    })
}
