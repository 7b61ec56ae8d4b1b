//! How it is seen whether a proposal works: its measures in figures, and over time.

use serde::Serialize;

use super::as_of;
use crate::evaluate::outcomes::reading;
use crate::evaluate::verdict::{Assessment, State, assessment};
use crate::model::common::{Direction, Judge, Metric};
use crate::model::pilot::Guardrail;
use crate::model::{Entry, Pilot, Proposal};
use crate::text::{Date, Number, Text};
use crate::view::metrics::{Known, MetricFigures, MetricPicture};
use crate::view::site::Site;

/// A measure, with what it must reach and what must not happen.
#[derive(Serialize)]
pub struct MetricLine {
    /// What is measured.
    pub name: Text,
    /// What it is counted in.
    pub unit: Option<Text>,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// Where it stands.
    pub baseline: Option<Number>,
    /// Where it should be.
    pub target: Option<Number>,
    /// How observations become one value.
    pub judge: Judge,
    /// From how many observations on something is concluded.
    pub minimum_observations: u32,
    /// Where the figures come from.
    pub source: Option<Text>,
    /// The value at which the trial stops.
    pub limit: Option<Number>,
    /// How often that may happen all the same.
    pub allowed_breaches: u32,
    /// What has been seen so far, as it is read; the worst value of what only has a limit.
    pub seen: Option<String>,
}

/// Where the observations of a measure are.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// With the measure itself.
    Own(&'a Metric),
    /// With the figure that decides the pilot.
    Pilot(&'a Entry<Pilot>),
}

impl<'a> Site<'a> {
    /// The measures of the proposal as they stood on a day, and behind them what must not get worse in its pilot.
    pub(super) fn metrics(
        &self,
        proposal: &Proposal,
        whole: &Proposal,
        pilot: Option<&Entry<Pilot>>,
        day: Date,
    ) -> Vec<MetricLine> {
        let lines = whole.success_metrics.iter().zip(sources(proposal, pilot));
        let mut lines: Vec<MetricLine> = lines
            .map(|(metric, source)| {
                let seen = source.seen(day).map(|digits| self.words().number(&digits));
                MetricLine { seen, ..metric_line(metric) }
            })
            .collect();
        let Some(pilot) = pilot else { return lines };
        let found = assessment(pilot, day);
        for guardrail in &*pilot.guardrails {
            match lines.iter_mut().find(|line| line.name == guardrail.name) {
                Some(line) => limit(line, guardrail),
                None => {
                    let seen = worst(&found, guardrail).map(|digits| self.words().number(&digits));
                    lines.push(MetricLine { seen, ..guardrail_line(guardrail) });
                }
            }
        }
        lines
    }

    /// The measures of the proposal over time up to a day, in their order; `None` where nothing was observed.
    pub(super) fn measure_pictures(
        &self,
        proposal: &'a Proposal,
        day: Date,
    ) -> Vec<Option<MetricPicture<'a>>> {
        let pilot = proposal.pilot.as_ref().and_then(|id| self.portfolio().pilot(id));
        let known = Known::as_of(day);
        let picture = |source| match source {
            Source::Own(metric) => self.outcome_picture(metric, known),
            Source::Pilot(pilot) => self.primary_picture(pilot, assessment(pilot, day).primary, known),
        };
        sources(proposal, pilot).into_iter().map(picture).collect()
    }

    /// The same for the page of the proposal.
    pub(in crate::view) fn measure_figures(&self, proposal: &'a Proposal) -> MetricFigures {
        let pictures = self.measure_pictures(proposal, as_of(proposal, self.today()));
        let figure = |(place, picture): (usize, Option<MetricPicture>)| {
            picture?.small().figure(&format!("outcome-{place}"))
        };
        MetricFigures { outcomes: (1..).zip(pictures).map(figure).collect(), ..MetricFigures::default() }
    }
}

impl Source<'_> {
    /// What was observed up to a day, in digits; nothing of a trial that had not begun.
    fn seen(self, day: Date) -> Option<String> {
        let (value, baseline, target) = match self {
            Self::Own(metric) => (reading(0, metric, day).value?, metric.baseline, metric.target),
            Self::Pilot(pilot) => {
                let found = assessment(pilot, day);
                let reading = found.primary.filter(|_| found.state != State::Planned)?;
                (reading.value, pilot.primary.baseline, Some(pilot.primary.target))
            }
        };
        let beside: Vec<Number> = [baseline, target].into_iter().flatten().collect();
        Some(value.shown_beside(&beside))
    }
}

/// The worst value that was observed of what must not get worse, in digits; nothing of a trial that had not begun.
fn worst(found: &Assessment, guardrail: &Guardrail) -> Option<String> {
    let reading = found.guardrails.iter().find(|reading| reading.guardrail.name == guardrail.name);
    let worst = reading.filter(|_| found.state != State::Planned)?.worst?;
    Some(worst.shown_beside(&[guardrail.limit]))
}

/// Where the observations of each measure are: those of a measure that names none and is called like the figure
/// that decides the pilot are the pilot's. In the order of [`completed`](crate::evaluate::proposals::completed).
fn sources<'a>(proposal: &'a Proposal, pilot: Option<&'a Entry<Pilot>>) -> Vec<Source<'a>> {
    let of = |metric: &'a Metric| match pilot {
        Some(pilot) if metric.observations.is_none() && metric.name == pilot.primary.name => {
            Source::Pilot(pilot)
        }
        _ => Source::Own(metric),
    };
    match pilot {
        Some(pilot) if proposal.success_metrics.is_empty() => vec![Source::Pilot(pilot)],
        _ => proposal.success_metrics.iter().map(of).collect(),
    }
}

fn metric_line(metric: &Metric) -> MetricLine {
    MetricLine {
        name: metric.name.clone(),
        unit: metric.unit.clone(),
        direction: metric.direction,
        baseline: metric.baseline,
        target: metric.target,
        judge: metric.judge.unwrap_or(Judge::Last),
        minimum_observations: metric.minimum_observations.map_or(1, crate::text::Count::get),
        source: metric.source.clone(),
        limit: None,
        allowed_breaches: 0,
        seen: None,
    }
}

fn guardrail_line(guardrail: &Guardrail) -> MetricLine {
    let mut line = MetricLine {
        name: guardrail.name.clone(),
        unit: guardrail.unit.clone(),
        direction: Some(guardrail.direction),
        baseline: None,
        target: None,
        judge: Judge::Last,
        minimum_observations: 1,
        source: guardrail.source.clone(),
        limit: None,
        allowed_breaches: 0,
        seen: None,
    };
    limit(&mut line, guardrail);
    line
}

fn limit(line: &mut MetricLine, guardrail: &Guardrail) {
    line.limit = Some(guardrail.limit);
    line.allowed_breaches = guardrail.allowed_breaches.map_or(0, crate::text::Count::get);
    line.direction = line.direction.or(Some(guardrail.direction));
}
