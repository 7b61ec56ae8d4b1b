//! Which entries satisfy which item of the program.

use super::{Task, Tick};
use crate::evaluate::delegation::is_mine;
use crate::evaluate::series::{Period, counted};
use crate::model::common::{Common, EvidenceKind, Observations};
use crate::model::constraint::ConstraintType;
use crate::model::decision::DecisionStatus;
use crate::model::feedback::FeedbackRole;
use crate::model::proposal::ProposalStatus;
use crate::model::record::Either;
use crate::model::{Constraint, Decision, Entry, Header, Portfolio, Program, Scope};
use crate::text::{Date, Number};

/// The entries that satisfy a task by a day, the earliest first.
pub(super) fn ticks<'a>(
    task: Task,
    portfolio: &'a Portfolio,
    program: &Program,
    today: Date,
) -> Vec<Tick<'a>> {
    let found = match task {
        Task::Sentence => scopes(portfolio, program, |scope| scope.header.common.summary.is_some()),
        Task::OutcomeMetric => scopes(portfolio, program, |scope| !scope.outcomes.is_empty()),
        Task::Blockers => constraints(portfolio, ConstraintType::Blocker),
        Task::Noise => constraints(portfolio, ConstraintType::Noise),
        Task::Asked => {
            within_reason(portfolio).filter_map(|it| Some((&*it.header, Some(it.asked_on?)))).collect()
        }
        Task::OwnedArea => owned(portfolio, program),
        Task::Report => reports(portfolio),
        Task::Proposed => proposed(portfolio),
        Task::MeasuredEffect => measured(portfolio, today),
        Task::PeerFeedback => feedback(portfolio, FeedbackRole::Peer),
        Task::ManagerFeedback => feedback(portfolio, FeedbackRole::Manager),
    };
    let mut ticks: Vec<Tick> = found
        .into_iter()
        .filter(|(_, date)| date.is_none_or(|date| date <= today))
        .map(|(header, date)| Tick { entry: &header.id, date })
        .collect();
    // What has no date stands last: nothing shows that it came early.
    ticks.sort_by_key(|tick| (tick.date.is_none(), tick.date, tick.entry));
    ticks
}

type Found<'a> = Vec<(&'a Header, Option<Date>)>;

/// The scopes that the program is about: the one it names, else all.
fn scopes<'a>(
    portfolio: &'a Portfolio,
    program: &Program,
    is_enough: impl Fn(&Entry<Scope>) -> bool,
) -> Found<'a> {
    portfolio
        .scopes
        .iter()
        .filter(|scope| program.scope.as_ref().is_none_or(|named| named == scope.id()))
        .filter(|scope| is_enough(scope))
        .map(|scope| (&*scope.header, scope.header.date()))
        .collect()
}

/// A constraint out of reason is no exercise: it is answered in another way.
fn within_reason(portfolio: &Portfolio) -> impl Iterator<Item = &Entry<Constraint>> {
    portfolio.constraints.iter().filter(|constraint| constraint.reasonable != Some(false))
}

fn constraints(portfolio: &Portfolio, wanted: ConstraintType) -> Found<'_> {
    within_reason(portfolio)
        .filter(|constraint| constraint.r#type == wanted)
        .map(|constraint| (&*constraint.header, constraint.header.date().or(constraint.since)))
        .collect()
}

/// Decisions that were taken under a right in which I have the last word.
fn owned<'a>(portfolio: &'a Portfolio, program: &Program) -> Found<'a> {
    let is_taken = |decision: &Decision| {
        !matches!(decision.status, None | Some(DecisionStatus::Proposed | DecisionStatus::Rejected))
    };
    let is_owned = |decision: &Decision| {
        decision
            .right
            .as_ref()
            .filter(|right| program.scope.as_ref().is_none_or(|scope| *scope == right.scope))
            .and_then(|right| portfolio.right(right))
            .is_some_and(|(_, right)| is_mine(right.delegation))
    };
    portfolio
        .decisions
        .iter()
        .filter(|decision| is_taken(decision) && is_owned(decision))
        .map(|decision| (&*decision.header, decision.header.date()))
        .collect()
}

fn reports(portfolio: &Portfolio) -> Found<'_> {
    portfolio
        .check_ins
        .iter()
        .filter(|it| it.changed.is_some() && it.failed.is_some() && it.escalated.is_some())
        .map(|check_in| (&*check_in.header, check_in.header.date()))
        .collect()
}

fn proposed(portfolio: &Portfolio) -> Found<'_> {
    portfolio
        .proposals
        .iter()
        .filter(|proposal| !matches!(proposal.status, None | Some(ProposalStatus::Draft)))
        .map(|proposal| (&*proposal.header, proposal.header.date()))
        .collect()
}

/// An effect is a figure that differs from where it stood before, whichever way; or a figure that a check-in
/// or decision brings as evidence.
fn measured(portfolio: &Portfolio, today: Date) -> Found<'_> {
    let mut found = Vec::new();
    for pilot in &portfolio.pilots {
        let period =
            Period { from: Some(pilot.starts), to: pilot.ends.map_or(today, |ends| ends.min(today)) };
        let primary = &pilot.primary;
        let effect = moved(primary.observations.as_ref(), primary.baseline, period);
        found.extend(effect.map(|date| (&*pilot.header, Some(date))));
    }
    for scope in &portfolio.scopes {
        let period = Period { from: None, to: today };
        let effects =
            scope.outcomes.iter().filter_map(|it| moved(it.observations.as_ref(), it.baseline, period));
        found.extend(effects.min().map(|date| (&*scope.header, Some(date))));
    }
    let check_ins = portfolio.check_ins.iter().map(|entry| &*entry.header);
    let decisions = portfolio.decisions.iter().map(|entry| &*entry.header);
    for header in check_ins.chain(decisions) {
        found.extend(figure(&header.common).map(|date| (header, date.or(header.date()))));
    }
    found
}

/// The first day on which a figure was seen to differ from its baseline.
fn moved(observations: Option<&Observations>, baseline: Option<Number>, period: Period) -> Option<Date> {
    let baseline = baseline?;
    counted(observations, period).inside.iter().find(|seen| seen.value != baseline).map(|seen| seen.date)
}

/// The day of the first figure among the evidence, if there is one.
fn figure(common: &Common) -> Option<Option<Date>> {
    common.evidence.iter().find_map(|evidence| match evidence {
        Either::Long(evidence) if evidence.kind == EvidenceKind::Metric => Some(evidence.date),
        _ => None,
    })
}

fn feedback(portfolio: &Portfolio, wanted: FeedbackRole) -> Found<'_> {
    portfolio
        .feedback
        .iter()
        .filter(|feedback| feedback.role == Some(wanted))
        .map(|feedback| (&*feedback.header, feedback.header.date()))
        .collect()
}
