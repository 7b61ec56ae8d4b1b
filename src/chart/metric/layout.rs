//! Where the parts of a figure over time go.

use super::{Metric, Reference};
use crate::chart::axis::DEPTH;
use crate::chart::locale::short;
use crate::chart::measure::{width, wrapped};
use crate::chart::scale::{DayScale, ValueScale};
use crate::chart::sheet::Sheet;
use crate::chart::svg::{LINE, TEXT};
use crate::chart::ticks::{Tick, of_values};
use crate::text::Date;

/// A first and a last day, if there are any.
type Days = Option<(Date, Date)>;

/// The places of a picture, in units of the sheet.
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The edges of the ground on which the figures stand.
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) days: DayScale,
    pub(super) values: ValueScale,
    pub(super) ticks: Vec<Tick>,
    /// The days that count.
    pub(super) period: Days,
    /// What stands above the axis of values, and where it ends.
    pub(super) unit: String,
    pub(super) unit_end: f64,
    /// The lines of each reference's label.
    pub(super) labels: Vec<Vec<String>>,
    rows: usize,
}

/// Between the edges of the ground and what is drawn there.
const INSET: f64 = 8.0;
/// The height of a row of events.
const ROW: f64 = 21.0;

impl Layout {
    /// `None` of no points.
    pub(super) fn new(metric: &Metric, sheet: &Sheet) -> Option<Self> {
        let (first, last, period) = span(metric)?;
        let top = 24.0;
        let bottom = top
            + match (metric.is_small, sheet.is_narrow()) {
                (true, _) => 92.0,
                (false, true) => 168.0,
                (false, false) => 196.0,
            };
        let all = metric.points.iter().map(|point| point.value);
        let all = all.chain(metric.references.iter().map(|reference| reference.value));
        let values = ValueScale::around(all, bottom, top);
        let about = if metric.is_small { 3 } else { 5 };
        let (ticks, values) = of_values(values, about, sheet.locale);

        let widest = ticks.iter().map(|tick| width(&tick.label, TEXT)).fold(0.0, f64::max);
        let left = widest + 10.0;
        let room = (sheet.width * 0.25).clamp(58.0, 150.0);
        let label = |reference: &Reference| {
            let value = short(sheet.locale, reference.value);
            let mut lines = wrapped(&format!("{} {value}", reference.label), TEXT, room, 2);
            if lines.last().is_some_and(|line| line.ends_with('…')) {
                // The name may be cut, the value may not.
                lines.push(value);
            }
            lines
        };
        let labels: Vec<Vec<String>> = metric.references.iter().map(label).collect();
        let beside = labels.iter().flatten().map(|line| width(line, TEXT));
        let beside = beside.chain(metric.rows.iter().map(|row| width(row.label, TEXT).min(room)));
        let widest = beside.fold(0.0, f64::max);
        let right = sheet.width - if widest > 0.0 { widest + 12.0 } else { 4.0 };

        let logarithmic = values.is_logarithmic.then_some(metric.logarithmic);
        let unit: Vec<&str> = metric.unit.into_iter().chain(logarithmic).collect();
        let unit = wrapped(&unit.join(", "), TEXT, sheet.width * 0.6, 1).pop().unwrap_or_default();
        Some(Self {
            width: sheet.width,
            height: bottom
                + DEPTH
                + ROW * metric.rows.len() as f64
                + if metric.rows.is_empty() { 0.0 } else { 6.0 },
            left,
            right,
            top,
            bottom,
            days: DayScale::new(first, last, left + INSET, right - INSET),
            values,
            ticks,
            period,
            unit_end: width(&unit, TEXT),
            unit,
            labels,
            rows: metric.rows.len(),
        })
    }

    /// The middles of the rows of events.
    pub(super) fn row_places(&self) -> impl Iterator<Item = f64> {
        let first = self.bottom + DEPTH + LINE - 4.0;
        (0..self.rows).map(move |row| first + ROW * row as f64)
    }
}

/// The first and the last day of the picture, and the days that count in it.
fn span(metric: &Metric) -> Option<(Date, Date, Days)> {
    let mut first = metric.points.iter().map(|point| point.day).min()?;
    let mut last = metric.points.iter().map(|point| point.day).max()?;
    let events = metric.rows.iter().flat_map(|row| row.events).map(|event| event.day);
    let mut period = None;
    if let Some((starts, ends)) = metric.period {
        let ends = ends.or(metric.today.map(|(today, _)| today)).unwrap_or(last).max(starts);
        (first, last) = (first.min(starts), last.max(ends));
        period = Some((starts, ends));
    }
    for day in events {
        (first, last) = (first.min(day), last.max(day));
    }
    Some((first, last, period))
}
