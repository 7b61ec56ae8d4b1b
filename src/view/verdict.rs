//! How pilots stand, for their pages, for the start page and as data.

use serde::Serialize;

use super::card::Card;
use super::site::Site;
use crate::evaluate::verdict::{Assessment, State};
use crate::model::pilot::Verdict;
use crate::words::Words;

/// What is worked out of a pilot.
#[derive(Serialize)]
pub(super) struct ComputedPilot {
    /// Where it is between start and verdict.
    state: &'static str,
    /// What the arithmetic gives; `None` before the end, and when it cannot be known.
    verdict: Option<Verdict>,
    /// Why: phrases without a final period, the deciding one first.
    reasons: Vec<String>,
}

impl ComputedPilot {
    pub(super) fn new(assessment: &Assessment, words: &Words) -> Self {
        let reasons = assessment.reasons.iter().map(|reason| words.say(reason)).collect();
        Self { state: assessment.state.word(), verdict: assessment.verdict, reasons }
    }
}

/// A pilot that runs, as the start page shows it.
#[derive(Serialize)]
pub struct RunningPilot<'a> {
    /// What a list shows of it; its status is its state.
    #[serde(flatten)]
    pub card: Card<'a>,
    /// The reason that decides the state.
    pub reason: Option<String>,
}

impl<'a> Site<'a> {
    /// The pilots that run.
    pub(super) fn running(&self) -> Vec<RunningPilot<'a>> {
        let is_running = |state| match state {
            State::Breached
            | State::TooEarly
            | State::OnTrack
            | State::Improving
            | State::OffTrack
            | State::Unknown => true,
            State::Planned | State::Ended | State::Concluded => false,
        };
        let running = self.portfolio().pilots.iter().filter_map(|pilot| {
            let assessment = self.assessment(pilot.id()).filter(|found| is_running(found.state))?;
            let reason = assessment.reasons.first().map(|reason| self.words().say(reason));
            Some(RunningPilot { card: self.card(&pilot.header), reason })
        });
        running.collect()
    }
}
