//! How a pilot stands, by arithmetic: the state that it is in, the verdict that its figures give, and why.
//!
//! The same data always gives the same verdict, whatever was declared; both are kept side by side.

mod reasons;
#[cfg(test)]
mod tests;

use super::figure::Figure;
use super::series::{Counted, Period, Standing, counted, judged, standing};
use crate::model::common::{Direction, Judge, Observation, Observations};
use crate::model::pilot::{DeclaredVerdict, Guardrail, Pilot, Primary, Verdict};
use crate::text::{Count, Date};
use crate::words::{Phrase, phrase};

/// How a pilot stands on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment<'a> {
    /// Where it is between start and verdict.
    pub state: State,
    /// What the arithmetic gives, once the pilot has ended or was concluded; `None` before, and when it cannot
    /// be known.
    pub verdict: Option<Verdict>,
    /// What people declared, whatever the arithmetic says.
    pub declared: Option<&'a DeclaredVerdict>,
    /// Why, with the numbers: phrases without a final period, the deciding one first.
    pub reasons: Vec<Phrase>,
    /// The primary figure; `None` while it has no observation that counts.
    pub primary: Option<PrimaryReading>,
    /// All guardrails in their order.
    pub guardrails: Vec<GuardrailReading<'a>>,
}

/// Where a pilot is between start and verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It has not begun.
    Planned,
    /// It runs, and a guardrail was breached more often than allowed.
    Breached,
    /// It runs, with too few observations to tell.
    TooEarly,
    /// It runs, and the target is reached so far.
    OnTrack,
    /// It runs, better than the baseline and short of the target.
    Improving,
    /// It runs, no better than the baseline.
    OffTrack,
    /// Its last day has passed, and nobody has declared a verdict.
    Ended,
    /// A verdict was declared.
    Concluded,
    /// What it is judged by is not to be seen.
    Unknown,
}

impl State {
    /// The word for it, as it stands in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Breached => "breached",
            Self::TooEarly => "too-early",
            Self::OnTrack => "on-track",
            Self::Improving => "improving",
            Self::OffTrack => "off-track",
            Self::Ended => "ended",
            Self::Concluded => "concluded",
            Self::Unknown => "unknown",
        }
    }

    /// The words for it on a page.
    pub fn label(self) -> &'static str {
        match self {
            Self::TooEarly => "too early",
            Self::OnTrack => "on track",
            Self::OffTrack => "off track",
            Self::Ended => "ended without a verdict",
            other => other.word(),
        }
    }
}

/// What the primary figure has come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrimaryReading {
    /// How the observations became one value.
    pub judge: Judge,
    /// The value.
    pub value: Figure,
    /// Over how many observations.
    pub observations: usize,
    /// Where it stands between baseline and target.
    pub standing: Standing,
}

/// What a guardrail has seen.
#[derive(Clone, Debug, PartialEq)]
pub struct GuardrailReading<'a> {
    /// The guardrail.
    pub guardrail: &'a Guardrail,
    /// How many observations count.
    pub observations: usize,
    /// The worst of their values; `None` if there are none.
    pub worst: Option<Figure>,
    /// Those that are out of bounds, by date.
    pub breaches: Vec<&'a Observation>,
    /// How many of them are allowed.
    pub allowed: u32,
}

impl GuardrailReading<'_> {
    /// Whether it was breached more often than allowed.
    pub fn is_broken(&self) -> bool {
        self.breaches.len() > self.allowed as usize
    }
}

/// What a pilot is judged by, as far as a reader may see it.
#[derive(Clone, Debug)]
pub struct Grounds<'a> {
    /// The primary figure; `None` if it is hidden.
    pub primary: Option<&'a Primary>,
    /// The guardrails that are not hidden.
    pub guardrails: Vec<&'a Guardrail>,
    /// Whether there are guardrails that are hidden.
    pub more_guardrails: bool,
}

impl Assessment<'_> {
    /// Whether people declared something else than the arithmetic gives.
    pub fn differs(&self) -> bool {
        matches!((self.verdict, self.declared), (Some(computed), Some(declared)) if computed != declared.decision)
    }
}

impl<'a> Grounds<'a> {
    /// All that is left to see of a pilot.
    pub fn of(pilot: &'a Pilot) -> Self {
        let is_seen = |series: &Option<Observations>| series.as_ref().is_none_or(|series| !series.is_hidden);
        let guardrails: Vec<&Guardrail> =
            pilot.guardrails.iter().filter(|guardrail| is_seen(&guardrail.observations)).collect();
        Self {
            primary: Some(&pilot.primary).filter(|primary| is_seen(&primary.observations)),
            more_guardrails: guardrails.len() < pilot.guardrails.len(),
            guardrails,
        }
    }
}

/// How a pilot stands for whoever sees this much of it.
pub fn assessment(pilot: &Pilot, today: Date) -> Assessment<'_> {
    assessment_by(&Grounds::of(pilot), pilot, today)
}

/// How a pilot stands as far as it can be told from these grounds: a verdict that rests on something hidden
/// is unknown.
pub fn assessment_by<'a>(grounds: &Grounds<'a>, pilot: &'a Pilot, today: Date) -> Assessment<'a> {
    let phase = phase(pilot, today);
    let evidence = Evidence::new(grounds, pilot, today);
    let judgement = evidence.judgement(grounds);
    let (state, verdict) = match (phase, judgement) {
        (Phase::Planned, _) => (State::Planned, None),
        (Phase::Running, None) => (State::Unknown, None),
        (Phase::Running, Some(judgement)) => (judgement.state(), None),
        (Phase::Ended, judgement) => (State::Ended, judgement.map(Judgement::verdict)),
        (Phase::Concluded, judgement) => (State::Concluded, judgement.map(Judgement::verdict)),
    };
    let reasons = match phase {
        Phase::Planned => vec![phrase!("reason.starts", date = pilot.starts)],
        _ => reasons::reasons(&evidence, judgement, phase),
    };
    let Evidence { reading, guardrails, .. } = evidence;
    let guardrails = guardrails.into_iter().map(|(reading, _)| reading).collect();
    Assessment { state, verdict, declared: pilot.verdict.as_ref(), reasons, primary: reading, guardrails }
}

/// The days of a pilot whose figures count.
pub fn period(pilot: &Pilot, today: Date) -> Period {
    // A pilot without a last day ends with its verdict: what came later cannot have decided it.
    let last = pilot.ends.or(pilot.verdict.as_ref().map(|verdict| verdict.date));
    Period { from: Some(pilot.starts), to: last.map_or(today, |last| last.min(today)) }
}

/// Where the calendar puts a pilot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Planned,
    Running,
    Ended,
    Concluded,
}

fn phase(pilot: &Pilot, today: Date) -> Phase {
    if pilot.verdict.as_ref().is_some_and(|verdict| verdict.date <= today) {
        Phase::Concluded
    } else if today < pilot.starts {
        Phase::Planned
    } else if pilot.ends.is_none_or(|ends| today <= ends) {
        Phase::Running
    } else {
        Phase::Ended
    }
}

/// What the figures say, before the calendar turns it into a state or a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judgement {
    Breached,
    TooFew,
    Stands(Standing),
}

impl Judgement {
    fn state(self) -> State {
        match self {
            Self::Breached => State::Breached,
            Self::TooFew => State::TooEarly,
            Self::Stands(Standing::Reached) => State::OnTrack,
            Self::Stands(Standing::Improved) => State::Improving,
            Self::Stands(Standing::NotBetter | Standing::NoBaseline) => State::OffTrack,
        }
    }

    fn verdict(self) -> Verdict {
        match self {
            Self::Breached => Verdict::Revert,
            Self::TooFew => Verdict::Inconclusive,
            Self::Stands(Standing::Reached) => Verdict::Adopt,
            Self::Stands(Standing::Improved) => Verdict::Extend,
            Self::Stands(Standing::NotBetter | Standing::NoBaseline) => Verdict::Revert,
        }
    }
}

/// The figures that count, and what they come to.
struct Evidence<'a> {
    period: Period,
    primary: Option<(&'a Primary, Counted<'a>)>,
    reading: Option<PrimaryReading>,
    guardrails: Vec<(GuardrailReading<'a>, usize)>,
}

impl<'a> Evidence<'a> {
    fn new(grounds: &Grounds<'a>, pilot: &Pilot, today: Date) -> Self {
        let period = period(pilot, today);
        let primary =
            grounds.primary.map(|primary| (primary, counted(primary.observations.as_ref(), period)));
        let reading = primary.as_ref().and_then(|(primary, counted)| reading(primary, counted));
        let guardrails = grounds.guardrails.iter().map(|guardrail| watched(guardrail, period)).collect();
        Self { period, primary, reading, guardrails }
    }

    /// The first match wins; `None` when what would decide is hidden.
    fn judgement(&self, grounds: &Grounds) -> Option<Judgement> {
        if self.guardrails.iter().any(|(reading, _)| reading.is_broken()) {
            return Some(Judgement::Breached);
        }
        let (primary, counted) = self.primary.as_ref().filter(|_| !grounds.more_guardrails)?;
        match self.reading {
            Some(reading) if counted.inside.len() >= minimum(primary) => {
                Some(Judgement::Stands(reading.standing))
            }
            _ => Some(Judgement::TooFew),
        }
    }
}

/// Below how many observations nothing is concluded: never below one.
fn minimum(primary: &Primary) -> usize {
    primary.minimum_observations.map_or(1, |minimum| minimum.get() as usize).max(1)
}

fn reading(primary: &Primary, counted: &Counted) -> Option<PrimaryReading> {
    let judge = primary.judge.unwrap_or(Judge::Last);
    let value = judged(judge, primary.direction, &counted.inside)?;
    let standing = standing(primary.direction, primary.baseline, primary.target, value);
    Some(PrimaryReading { judge, value, observations: counted.inside.len(), standing })
}

/// What a guardrail has seen, and how many of its observations lie outside the period.
fn watched(guardrail: &Guardrail, period: Period) -> (GuardrailReading<'_>, usize) {
    let counted = counted(guardrail.observations.as_ref(), period);
    let limit = guardrail.limit.get();
    let is_breach = |seen: &&Observation| match guardrail.direction {
        Direction::Increase => seen.value.get() < limit,
        Direction::Decrease => seen.value.get() > limit,
    };
    let reading = GuardrailReading {
        guardrail,
        observations: counted.inside.len(),
        worst: judged(Judge::Worst, guardrail.direction, &counted.inside),
        breaches: counted.inside.iter().copied().filter(|seen| is_breach(seen)).collect(),
        allowed: guardrail.allowed_breaches.map_or(0, Count::get),
    };
    (reading, counted.left_out)
}
