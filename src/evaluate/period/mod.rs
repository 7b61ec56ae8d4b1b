//! What falls into a period: the facts of a performance review, setbacks beside successes.
//!
//! Everything is looked at as of the last day of the period. What is dated later is not known yet, what is
//! dated earlier belongs to an earlier review, and what has no day is claimed for no period.

mod lessons;
mod pilots;
mod scopes;

use std::collections::HashSet;

pub use lessons::{Lesson, LessonKind};
pub use pilots::PilotInPeriod;
pub use scopes::{OutcomeInPeriod, ScopeInPeriod};

use super::agenda::{Item, agenda};
use super::series::Period;
use super::track_record::{Promise, commitments};
use crate::model::config::Pause;
use crate::model::decision::{DecisionStatus, Outcome};
use crate::model::proposal::Answer;
use crate::model::{CheckIn, Decision, Entry, Feedback, Portfolio, Proposal};
use crate::text::{Date, Id};

/// The facts of a period.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodFacts<'a> {
    /// The days that count.
    pub period: Period,
    /// The areas of ownership, in the order of ids.
    pub scopes: Vec<ScopeInPeriod<'a>>,
    /// What was decided, or turned out, by the day it was decided.
    pub decisions: Vec<DecisionInPeriod<'a>>,
    /// The trials that ran, by their first day.
    pub pilots: Vec<PilotInPeriod<'a>>,
    /// What was promised for these days, or kept on them, by the day it was due.
    pub promises: Vec<Promise<'a>>,
    /// What went wrong and what was learned, by day.
    pub lessons: Vec<Lesson<'a>>,
    /// What was asked for and answered, by the day of the answer.
    pub answers: Vec<AnsweredProposal<'a>>,
    /// The check-ins that were held, by day.
    pub check_ins: Vec<&'a Entry<CheckIn>>,
    /// What others said and allowed to be quoted, by day.
    pub quotes: Vec<&'a Entry<Feedback>>,
    /// What has a day after the period, by that day; nothing during a rest.
    pub next: Vec<Item<'a>>,
    /// The rest that the portfolio takes on the last day.
    pub pause: Option<&'a Pause>,
}

/// A decision that was taken in the period, or whose result became known in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecisionInPeriod<'a> {
    /// The decision.
    pub decision: &'a Entry<Decision>,
    /// The day it was taken, if that is written down.
    pub date: Option<Date>,
    /// Whether that day lies in the period; else only its result does.
    pub was_taken: bool,
    /// What is known of its standing on the last day, where that is not simply that it holds.
    pub standing: Option<DecisionStatus>,
    /// How it turned out, as far as that was known on the last day.
    pub result: Option<&'a Outcome>,
    /// Whether the result became known in the period.
    pub result_is_new: bool,
    /// Whether it was mine: I am among those who decided, or nobody is named.
    pub is_mine: bool,
}

/// A proposal that was answered in the period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnsweredProposal<'a> {
    /// The proposal.
    pub proposal: &'a Entry<Proposal>,
    /// What was answered.
    pub answer: &'a Answer,
}

impl<'a> PeriodFacts<'a> {
    /// What falls into the days from `since` to `until`, seen from `today`. Of days to come nothing is known,
    /// so the period ends today at the latest.
    pub fn new(portfolio: &'a Portfolio, since: Date, until: Date, today: Date) -> Self {
        let period = Period { from: Some(since), to: until.min(today) };
        let agenda = agenda(portfolio, period.to, None);
        Self {
            period,
            scopes: scopes::scopes(portfolio, period, today),
            decisions: decisions(portfolio, period, today),
            pilots: pilots::pilots(portfolio, period),
            promises: promises(portfolio, period),
            lessons: lessons::lessons(portfolio, period),
            answers: answers(portfolio, period),
            check_ins: check_ins(portfolio, period),
            quotes: quotes(portfolio, period),
            next: agenda.items.into_iter().filter(|item| item.due > period.to).collect(),
            pause: agenda.pause,
        }
    }

    /// Whether nothing at all falls into the period. What is owned all the time, and what comes next, is not
    /// something that happened.
    pub fn is_empty(&self) -> bool {
        let is_quiet =
            |scope: &ScopeInPeriod| !scope.is_new && scope.changes.is_empty() && scope.outcomes.is_empty();
        self.scopes.iter().all(is_quiet)
            && self.decisions.is_empty()
            && self.pilots.is_empty()
            && self.promises.is_empty()
            && self.lessons.is_empty()
            && self.answers.is_empty()
            && self.check_ins.is_empty()
            && self.quotes.is_empty()
    }
}

/// What is only proposed was not decided.
fn decisions(portfolio: &Portfolio, period: Period, today: Date) -> Vec<DecisionInPeriod<'_>> {
    let replaced = replaced(portfolio, period.to);
    let owner = &portfolio.config.owner.name;
    let is_decided =
        |decision: &&Entry<Decision>| !matches!(decision.status, None | Some(DecisionStatus::Proposed));
    let mut decisions: Vec<DecisionInPeriod> = portfolio
        .decisions
        .iter()
        .filter(is_decided)
        .map(|decision| {
            let date = decision.header.date();
            let result = decision.result.as_ref().filter(|result| result.date <= period.to);
            let standing = match decision.status {
                Some(DecisionStatus::Rejected) => Some(DecisionStatus::Rejected),
                _ if replaced.contains(decision.id()) => Some(DecisionStatus::Superseded),
                // Nothing tells since when; so much is sure of today alone.
                Some(DecisionStatus::Deprecated) if period.to == today => Some(DecisionStatus::Deprecated),
                _ => None,
            };
            DecisionInPeriod {
                decision,
                date,
                was_taken: date.is_some_and(|date| period.holds(date)),
                standing,
                result,
                result_is_new: result.is_some_and(|result| period.holds(result.date)),
                is_mine: decision.decision_makers.is_empty() || decision.decision_makers.contains(owner),
            }
        })
        .filter(|decision| decision.was_taken || decision.result_is_new)
        .collect();
    decisions.sort_by_key(|it| (it.date, it.decision.id()));
    decisions
}

/// The decisions that another had taken the place of by a day. Either of the two can say so.
fn replaced(portfolio: &Portfolio, by: Date) -> HashSet<&Id> {
    let in_force = |decision: &Entry<Decision>| {
        !matches!(decision.status, None | Some(DecisionStatus::Proposed | DecisionStatus::Rejected))
            && decision.header.date().is_some_and(|date| date <= by)
    };
    let mut replaced = HashSet::new();
    for decision in &portfolio.decisions {
        if in_force(decision) {
            replaced.extend(&*decision.supersedes);
        }
        let mut successors = decision.superseded_by.iter().filter_map(|id| portfolio.decision(id));
        if successors.any(in_force) {
            replaced.insert(decision.id());
        }
    }
    replaced
}

fn promises(portfolio: &Portfolio, period: Period) -> Vec<Promise<'_>> {
    let mut promises = commitments(portfolio, period.to);
    promises.retain(|promise| {
        let kept = promise.commitment.kept.filter(|kept| *kept <= period.to);
        period.holds(promise.commitment.due) || kept.is_some_and(|kept| period.holds(kept))
    });
    promises
}

fn answers(portfolio: &Portfolio, period: Period) -> Vec<AnsweredProposal<'_>> {
    let mut answers: Vec<AnsweredProposal> = portfolio
        .proposals
        .iter()
        .filter_map(|proposal| Some(AnsweredProposal { proposal, answer: proposal.answer.as_ref()? }))
        .filter(|answered| period.holds(answered.answer.date))
        .collect();
    answers.sort_by_key(|answered| (answered.answer.date, answered.proposal.id()));
    answers
}

fn check_ins(portfolio: &Portfolio, period: Period) -> Vec<&Entry<CheckIn>> {
    let is_held = |check_in: &&Entry<CheckIn>| check_in.header.date().is_some_and(|date| period.holds(date));
    let mut held: Vec<&Entry<CheckIn>> = portfolio.check_ins.iter().filter(is_held).collect();
    held.sort_by_key(|check_in| (check_in.header.date(), check_in.id()));
    held
}

/// What nobody allowed to be quoted is left out, for whomever the review is: it is made to be handed on.
fn quotes(portfolio: &Portfolio, period: Period) -> Vec<&Entry<Feedback>> {
    let may_be_quoted = |feedback: &&Entry<Feedback>| {
        feedback.quote.is_some()
            && feedback.quote_permission == Some(true)
            && feedback.header.date().is_some_and(|date| period.holds(date))
    };
    let mut quotes: Vec<&Entry<Feedback>> = portfolio.feedback.iter().filter(may_be_quoted).collect();
    quotes.sort_by_key(|feedback| (feedback.header.date(), feedback.id()));
    quotes
}

#[cfg(test)]
mod tests;
