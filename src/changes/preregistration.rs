//! Whether the goalposts stood still: when a pilot's targets, limits and reviews were first written down, and
//! what was changed about them later.

use std::sync::Arc;

use super::{Change, EntryLog, Moment, Nature, Path, PathStep, Step, key};
use crate::model::pilot::Amendment;
use crate::model::tree::ToTree;
use crate::model::{Entry, Pilot};
use crate::text::Date;

/// How many days may lie between a change and the amendment that announces it.
const DAYS_TO_AMENDMENT: u32 = 7;

/// What a pilot was held against, and since when.
#[derive(Clone, Debug, PartialEq)]
pub struct Preregistration<'a> {
    /// When each was first written down.
    pub set: Vec<Set<'a>>,
    /// What was changed later, the oldest first.
    pub moves: Vec<Move<'a>>,
    /// Whether the history is cut off, so that all may be older than it seems.
    pub is_cut_off: bool,
}

/// One of the things that a pilot is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Goalpost {
    /// What is thought to happen.
    Hypothesis,
    /// The target of the one figure that decides, and how it is judged.
    Target,
    /// The limits of the guardrails.
    Limits,
    /// The days on which it is looked at.
    Reviews,
    /// Its first and its last day.
    Period,
    /// A figure that was observed.
    Observation,
}

/// When something was first written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Set<'a> {
    /// What.
    pub what: Goalpost,
    /// When.
    pub moment: &'a Moment,
    /// How that lies to the start.
    pub timing: Timing,
}

/// A later change.
#[derive(Clone, Debug, PartialEq)]
pub struct Move<'a> {
    /// What was changed.
    pub what: Goalpost,
    /// When.
    pub moment: &'a Moment,
    /// How that lies to the start.
    pub timing: Timing,
    /// The change.
    pub change: &'a Change,
    /// The amendment that announces it.
    pub amendment: Option<&'a Amendment>,
    /// How many days after the change that amendment came to say what it says, whatever day it bears; `None` if it
    /// stood there by then, or is not committed yet.
    pub days_unannounced: Option<u32>,
    /// Whether it ought to have been announced, and was not.
    pub is_silent: bool,
}

/// How a moment lies to the start of a pilot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// So many days before.
    Before(u32),
    /// On that very day.
    OnStart,
    /// So many days after, with nothing observed yet.
    After(u32),
    /// On the day of the first observation, or so many days after.
    AfterObservation(u32),
    /// It is not committed yet.
    Uncommitted,
}

impl Goalpost {
    /// What a path is part of.
    fn of(path: &Path) -> Option<Self> {
        let shape = path.shape();
        Some(match shape.as_str() {
            "hypothesis" => Self::Hypothesis,
            "starts" | "ends" => Self::Period,
            "reviews[]" => Self::Reviews,
            "primary.name"
            | "primary.unit"
            | "primary.direction"
            | "primary.baseline"
            | "primary.target"
            | "primary.judge"
            | "primary.minimum_observations" => Self::Target,
            "guardrails[]"
            | "guardrails[].unit"
            | "guardrails[].direction"
            | "guardrails[].limit"
            | "guardrails[].allowed_breaches"
            | "guardrails[].on_breach" => Self::Limits,
            "primary.observations[]"
            | "primary.observations[].value"
            | "guardrails[].observations[]"
            | "guardrails[].observations[].value" => Self::Observation,
            _ => return None,
        })
    }

    /// The word for it, by which its name is found.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hypothesis => "hypothesis",
            Self::Target => "target",
            Self::Limits => "limits",
            Self::Reviews => "reviews",
            Self::Period => "period",
            Self::Observation => "observation",
        }
    }

    /// The field of a pilot that holds it.
    fn field(self) -> Option<&'static str> {
        match self {
            Self::Hypothesis => Some("hypothesis"),
            Self::Target => Some("primary"),
            Self::Limits => Some("guardrails"),
            Self::Reviews => Some("reviews"),
            Self::Period | Self::Observation => None,
        }
    }
}

/// What the history of a pilot says of its goalposts; `None` without a history.
///
/// What is not committed yet counts as of `today`.
pub fn preregistration<'a>(
    pilot: &'a Entry<Pilot>,
    log: &'a EntryLog,
    today: Date,
) -> Option<Preregistration<'a>> {
    log.begin()?;
    let start = start(pilot, log, today);
    let timing = |moment: &Moment| timing(pilot, start, moment);
    let set = [Goalpost::Hypothesis, Goalpost::Target, Goalpost::Limits, Goalpost::Reviews];
    let set = set.into_iter().filter_map(|what| {
        let moment = set_on(log, what.field()?)?;
        Some(Set { what, moment, timing: timing(moment) })
    });
    let mut moves = Vec::new();
    let later = log.steps.split_last().map_or(&[][..], |(_, later)| later);
    for step in later.iter().rev() {
        for change in step.changes.iter() {
            let Some(what) = Goalpost::of(&change.path).filter(|what| is_move(*what, change, step, log))
            else {
                continue;
            };
            let amendment = amendment(pilot, step.moment.date.unwrap_or(today));
            let timing = timing(&step.moment);
            let is_late = match what {
                Goalpost::Observation => true,
                _ => step.moment.date.unwrap_or(today) > start,
            };
            // Another guardrail or another review makes it harder, not easier.
            let is_silent = is_late && amendment.is_none() && change.nature != Nature::Added;
            let days_unannounced = amendment.and_then(|it| days_unannounced(it, &step.moment, log));
            let moment = &step.moment;
            moves.push(Move { what, moment, timing, change, amendment, days_unannounced, is_silent });
        }
    }
    Some(Preregistration { set: set.collect(), moves, is_cut_off: log.is_cut_off })
}

/// Since when a field of a pilot has been there: what was taken out and put in again was set when it was put in, unless
/// the whole pilot was away, and it came back as it had been.
fn set_on<'l>(log: &'l EntryLog, field: &str) -> Option<&'l Moment> {
    let mut since = None;
    let mut was_away = false;
    for step in &log.steps {
        let Some(pilot) = step.snapshot() else {
            was_away = true;
            continue;
        };
        let value = pilot.fields.field(field);
        let came_back_otherwise = was_away && since.is_some_and(|(_, later)| later != value);
        if value.is_nothing() || came_back_otherwise {
            break;
        }
        (since, was_away) = (Some((&step.moment, value)), false);
    }
    since.map(|(moment, _)| moment)
}

/// Whether a change of that part moves anything: a new observation does not, nor does a slip that is put right
/// on the day on which it was written.
fn is_move(what: Goalpost, change: &Change, step: &Step, log: &EntryLog) -> bool {
    if what != Goalpost::Observation {
        // What stands there for the first time is set, not moved.
        return change.from().is_some() || what == Goalpost::Limits || what == Goalpost::Reviews;
    }
    let written = || {
        let is_of = |path: &Path| change.path.steps().starts_with(path.steps());
        let added =
            |step: &&Arc<Step>| step.changes.iter().any(|it| it.nature == Nature::Added && is_of(&it.path));
        let earlier = log.steps.iter().skip_while(|other| !std::ptr::eq(&***other, step));
        earlier.skip(1).find(added).and_then(|step| step.moment.date)
    };
    change.nature != Nature::Added && (step.moment.date.is_none() || written() != step.moment.date)
}

/// The day on which a pilot began: that which was known when it came. To put the start off afterwards does not make it
/// a plan again.
fn start(pilot: &Pilot, log: &EntryLog, today: Date) -> Date {
    let put_off = log.steps.iter().rev().find_map(|step| {
        let moved = step.changes.iter().find(|change| change.path.shape() == "starts")?;
        date_of(moved.from()?).filter(|known| *known < step.moment.date.unwrap_or(today))
    });
    put_off.map_or(pilot.starts, |known| known.min(pilot.starts))
}

fn date_of(tree: &crate::model::tree::Tree) -> Option<Date> {
    match tree.leaf()? {
        crate::model::tree::Leaf::Date(date) => Some(*date),
        _ => None,
    }
}

/// The amendment that is nearest to a day, if it is near enough to announce what changed then.
fn amendment(pilot: &Pilot, day: Date) -> Option<&Amendment> {
    let distance = |amendment: &&Amendment| day.days_until(amendment.date).unsigned_abs();
    let near = |amendment: &&Amendment| distance(amendment) <= DAYS_TO_AMENDMENT;
    pilot.amendments.iter().filter(near).min_by_key(distance)
}

/// How long after a change an amendment was written, or written as it stands now: its day can be chosen, that of its
/// commit less easily.
fn days_unannounced(amendment: &Amendment, changed: &Moment, log: &EntryLog) -> Option<u32> {
    let item = Path::field("amendments").then(PathStep::Item(key(&amendment.tree())));
    let written = log.since(&item.then(PathStep::Field("change".into())))?.date?;
    let days = changed.date?.days_until(written);
    u32::try_from(days).ok().filter(|days| *days > 0)
}

fn timing(pilot: &Pilot, start: Date, moment: &Moment) -> Timing {
    let Some(date) = moment.date else { return Timing::Uncommitted };
    let days = start.days_until(date);
    let observed = observations(pilot).min().filter(|first| *first <= date);
    match (days, observed) {
        (0, _) => Timing::OnStart,
        (days, _) if days < 0 => Timing::Before(days.unsigned_abs()),
        (_, Some(first)) => Timing::AfterObservation(first.days_until(date).unsigned_abs()),
        (days, None) => Timing::After(days.unsigned_abs()),
    }
}

fn observations(pilot: &Pilot) -> impl Iterator<Item = Date> {
    let guardrails = pilot.guardrails.iter().filter_map(|guardrail| guardrail.observations.as_ref());
    let series = pilot.primary.observations.iter().chain(guardrails);
    series.flat_map(|series| series.items.iter().map(|item| item.date))
}
