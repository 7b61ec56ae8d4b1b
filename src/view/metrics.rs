//! Pictures of figures over time: what decides a pilot, what must not get worse, how a scope is doing.

mod picture;

pub use picture::MetricPicture;
use picture::{Events, Seen};
use serde::Serialize;

use super::figure::Figure;
use super::site::Site;
use crate::chart::{Reading, Reference, Role, Shape};
use crate::evaluate::figure::Figure as Sum;
use crate::evaluate::series::Period;
use crate::evaluate::verdict::{PrimaryReading, period};
use crate::model::Entry;
use crate::model::common::{self, Direction, Judge, Observation, Observations};
use crate::model::pilot::{Guardrail, Pilot};
use crate::text::{Date, Number, Text};
use crate::words::Words;

/// The pictures of an entry's figures; each `None` where nothing was observed, or nothing is to be seen.
#[derive(Debug, Default, Serialize)]
pub struct MetricFigures {
    /// What decides a pilot.
    pub primary: Option<Figure>,
    /// What must not get worse in it, in the order of the file.
    pub guardrails: Vec<Option<Figure>>,
    /// How a scope is doing, or what a proposal is to be measured by, in the order of the file.
    pub outcomes: Vec<Option<Figure>>,
}

/// What is known when a picture is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// The day on which it is made.
    day: Date,
    /// Whether what is dated later is shown as well, as not counted or planned.
    is_all: bool,
}

impl<'a> Site<'a> {
    /// The pictures of a pilot's figures.
    pub(super) fn pilot_figures(&self, pilot: &Entry<Pilot>) -> MetricFigures {
        let known = Known::all(self.today());
        let reading = self.assessment(pilot.id()).and_then(|assessment| assessment.primary);
        let primary = self.primary_picture(pilot, reading, known);
        let guardrail = |(place, guardrail)| {
            self.guardrail_picture(pilot, guardrail, known)?.figure(&format!("guardrail-{place}"))
        };
        MetricFigures {
            primary: primary.and_then(|picture| picture.figure("primary")),
            guardrails: (1..).zip(&pilot.guardrails).map(guardrail).collect(),
            outcomes: Vec::new(),
        }
    }

    /// The pictures of a scope's outcomes.
    pub(super) fn outcome_figures(&self, metrics: &[common::Metric]) -> MetricFigures {
        let known = Known::all(self.today());
        let outcome =
            |(place, metric)| self.outcome_picture(metric, known)?.figure(&format!("outcome-{place}"));
        MetricFigures { outcomes: (1..).zip(metrics).map(outcome).collect(), ..MetricFigures::default() }
    }

    /// The figure that decides a pilot and its reading, with what is known to have happened on the way; `None` if
    /// nothing is to be seen.
    pub(super) fn primary_picture<'p>(
        &self,
        pilot: &'p Entry<Pilot>,
        reading: Option<PrimaryReading>,
        known: Known,
    ) -> Option<MetricPicture<'p>>
    where
        'a: 'p,
    {
        let words = self.words();
        let primary = &pilot.primary;
        let counting = period(pilot, known.day);
        let judge = primary.judge.unwrap_or(Judge::Last);
        let mut picture = MetricPicture {
            words,
            name: &primary.name,
            unit: primary.unit.as_ref().map(Text::as_str),
            readings: seen(primary.observations.as_ref(), known, Some(counting), judge, |_| false)?,
            references: references(words, primary.baseline, Some(primary.target)),
            period: Some((pilot.starts, last_day(pilot, known))),
            rows: events(words, pilot, known),
            today: known.day,
            is_small: false,
        };
        let judged = reading.filter(|reading| reading.observations > 1 && reading.judge != Judge::Last);
        if let Some(reading) = judged {
            let label = words.of("judge", reading.judge.word());
            picture.references.push(Reference { label, value: Sum::get(reading.value), role: Role::Judged });
        }
        // A guardrail of the same name stops the pilot by the very figure that decides it.
        let own = pilot.guardrails.iter().find(|guardrail| guardrail.name == primary.name);
        picture.references.extend(own.map(|guardrail| limit(words.text("chart.stop_limit"), guardrail)));
        Some(picture)
    }

    /// A figure that must not get worse; `None` if nothing is to be seen.
    pub(super) fn guardrail_picture<'p>(
        &self,
        pilot: &Entry<Pilot>,
        guardrail: &'p Guardrail,
        known: Known,
    ) -> Option<MetricPicture<'p>>
    where
        'a: 'p,
    {
        let words = self.words();
        let bound = guardrail.limit.get();
        let is_breach = |value: f64| match guardrail.direction {
            Direction::Increase => value < bound,
            Direction::Decrease => value > bound,
        };
        let counting = period(pilot, known.day);
        Some(MetricPicture {
            words,
            name: &guardrail.name,
            unit: guardrail.unit.as_ref().map(Text::as_str),
            readings: seen(guardrail.observations.as_ref(), known, Some(counting), Judge::Last, is_breach)?,
            references: vec![limit(words.text("chart.limit"), guardrail)],
            period: Some((pilot.starts, last_day(pilot, known))),
            rows: Vec::new(),
            today: known.day,
            is_small: true,
        })
    }

    /// How a scope is doing; `None` if nothing is to be seen.
    pub(super) fn outcome_picture<'p>(
        &self,
        metric: &'p common::Metric,
        known: Known,
    ) -> Option<MetricPicture<'p>>
    where
        'a: 'p,
    {
        let words = self.words();
        let judge = metric.judge.unwrap_or(Judge::Last);
        Some(MetricPicture {
            words,
            name: &metric.name,
            unit: metric.unit.as_ref().map(Text::as_str),
            readings: seen(metric.observations.as_ref(), known, None, judge, |_| false)?,
            references: references(words, metric.baseline, metric.target),
            period: None,
            rows: Vec::new(),
            today: known.day,
            is_small: false,
        })
    }
}

impl Known {
    /// All that is written, on that day.
    pub(super) fn all(day: Date) -> Self {
        Self { day, is_all: true }
    }

    /// What was known on that day: what is dated later is not in the picture.
    pub(super) fn as_of(day: Date) -> Self {
        Self { day, is_all: false }
    }

    fn holds(self, day: Date) -> bool {
        self.is_all || day <= self.day
    }
}

/// The observations by day; `None` if there are none to be seen. What is summed up is drawn as it grows.
fn seen(
    observations: Option<&Observations>,
    known: Known,
    period: Option<Period>,
    judge: Judge,
    is_breach: impl Fn(f64) -> bool,
) -> Option<Vec<Seen<'_>>> {
    let observations = observations.filter(|observations| !observations.is_hidden)?;
    let mut sorted: Vec<&Observation> = observations.items.iter().filter(|it| known.holds(it.date)).collect();
    sorted.sort_by(|a, b| a.date.cmp(&b.date).then(a.value.get().total_cmp(&b.value.get())));
    let mut sum = 0.0;
    let seen: Vec<Seen> = sorted
        .into_iter()
        .map(|observation| {
            let counts = period.is_none_or(|period| period.holds(observation.date));
            let own = observation.value.get();
            let reading = match (counts, is_breach(own)) {
                (false, _) => Reading::LeftOut,
                (true, true) => Reading::Breach,
                (true, false) => Reading::Counted,
            };
            sum += if counts { own } else { 0.0 };
            let value = if judge == Judge::Sum && counts { sum } else { own };
            Seen { observation, value, reading, tip: tip(observation) }
        })
        .collect();
    (!seen.is_empty()).then_some(seen)
}

fn tip(observation: &Observation) -> String {
    let note = observation.note.as_ref().map_or(String::new(), |note| format!(", {note}"));
    format!("{}: {}{note}", observation.date, observation.value)
}

fn references(words: &Words, baseline: Option<Number>, target: Option<Number>) -> Vec<Reference<'_>> {
    let (before, wanted) = (words.text("chart.baseline"), words.text("chart.target"));
    let baseline = baseline.map(|it| Reference { label: before, value: it.get(), role: Role::Baseline });
    let target = target.map(|it| Reference { label: wanted, value: it.get(), role: Role::Target });
    baseline.into_iter().chain(target).collect()
}

fn limit<'a>(label: &'a str, guardrail: &Guardrail) -> Reference<'a> {
    let role = match guardrail.direction {
        Direction::Increase => Role::Floor,
        Direction::Decrease => Role::Ceiling,
    };
    Reference { label, value: guardrail.limit.get(), role }
}

/// The day on which a pilot ends, if it is known.
fn last_day(pilot: &Pilot, known: Known) -> Option<Date> {
    let verdict = pilot.verdict.as_ref().map(|verdict| verdict.date);
    pilot.ends.or(verdict.filter(|day| known.holds(*day)))
}

/// What happened in a pilot up to today, and the reviews that are planned.
fn events<'a>(words: &'a Words, pilot: &Pilot, known: Known) -> Vec<Events<'a>> {
    let today = known.day;
    let reviews = pilot.reviews.iter().map(|review| {
        let held = review.held().filter(|held| *held <= today);
        (
            held.unwrap_or(review.date()),
            held.is_some(),
            review.note().map_or(String::new(), ToString::to_string),
        )
    });
    let happened = |day: Date, text: String| known.holds(day).then_some((day, day <= today, text));
    let changes = pilot.amendments.iter().filter_map(|it| happened(it.date, it.change.to_string()));
    let fired = pilot.escalations.iter().flat_map(|escalation| {
        escalation.fired.iter().filter_map(|fired| happened(fired.date, escalation.trigger.to_string()))
    });
    let verdict = pilot
        .verdict
        .iter()
        .filter_map(|it| happened(it.date, words.of("status", it.decision.word()).to_owned()));
    let rows = [
        ("chart.reviews", Shape::Triangle, reviews.collect::<Vec<_>>()),
        ("chart.changes", Shape::Diamond, changes.collect()),
        ("chart.escalations", Shape::Cross, fired.collect()),
        ("chart.verdict", Shape::Square, verdict.collect()),
    ];
    let tipped = |(day, is_done, text): (Date, bool, String)| {
        let tip = if text.is_empty() { day.to_string() } else { format!("{day}: {text}") };
        (day, is_done, tip)
    };
    let rows = rows.into_iter().filter(|(.., events)| !events.is_empty());
    rows.map(|(label, shape, events)| Events {
        label: words.text(label),
        shape,
        events: events.into_iter().map(tipped).collect(),
    })
    .collect()
}
