//! A year from left to right: what lasted as bars, what happened on a day as marks.
//!
//! It stays small however much happened: marks of one kind are counted week by week, and so are bars when there
//! would be more of them than can be told apart.

mod bars;
mod lanes;

use super::measure::width;
use super::scale::DayScale;
use super::sheet::Sheet;
use super::svg::{Anchor, Shape, Svg, TEXT, look};
use super::ticks::Calendar;
use crate::text::Date;
use bars::Bars;
use lanes::{Counts, PEAK};

/// A year.
#[derive(Clone, Copy, Debug)]
pub struct Year<'a> {
    /// What the picture is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// Which year.
    pub year: i16,
    /// What lasted, by its first day.
    pub spans: &'a [Span<'a>],
    /// What these are called together.
    pub spans_label: &'a str,
    /// What happened on a day, kind by kind.
    pub lanes: &'a [Lane<'a>],
    /// The day on which the picture is made and what it is called; drawn if it lies in the year.
    pub today: Option<(Date, &'a str)>,
}

/// Something that lasted.
#[derive(Clone, Copy, Debug)]
pub struct Span<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its first day.
    pub first: Date,
    /// Its last day, if it is known.
    pub last: Option<Date>,
    /// How it ended, or stands.
    pub fate: Fate,
    /// What it says when it is pointed at.
    pub tip: &'a str,
}

/// How something that lasted ended, or stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes on, or its end is not told.
    Open,
    /// It succeeded.
    Success,
    /// It failed.
    Failure,
    /// It ended some other way.
    Other,
}

/// What happened on days, of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Lane<'a> {
    /// What the events are called.
    pub label: &'a str,
    /// How they are marked.
    pub shape: Shape,
    /// Their days, in order.
    pub days: &'a [Date],
}

/// The top of the ground, below the name of today.
const TOP: f64 = 22.0;
/// The height of a lane of marks.
const LANE: f64 = 30.0;
/// The height of the names of the months.
const FOOT: f64 = 24.0;

impl Year<'_> {
    /// Draws it; `None` if the calendar has no such year.
    pub fn svg(&self, sheet: &Sheet) -> Option<String> {
        let (first, last) = (Date::new(self.year, 1, 1)?, Date::new(self.year, 12, 31)?);
        let narrow = sheet.is_narrow();
        let labels = self.lanes.iter().map(|lane| lane.label).chain([self.spans_label]);
        let widest = labels.map(|label| width(label, TEXT)).fold(0.0, f64::max);
        // On a phone the names stand above their lanes.
        let left = if narrow { 0.0 } else { widest.min(140.0) + PEAK };
        let days = DayScale::new(first, last, left, sheet.width);
        let bars = Bars::new(self.spans, &days, sheet);
        let lane = if narrow { LANE + 14.0 } else { LANE };
        let from_bars = if narrow && !self.spans.is_empty() { TOP + 16.0 } else { TOP };
        let lanes: Vec<(&Lane, Counts)> = self
            .lanes
            .iter()
            .map(|lane| (lane, Counts::new(lane.days, &days)))
            .filter(|(_, counts)| !counts.is_empty())
            .collect();
        let from_lanes = from_bars + bars.height();
        let bottom = from_lanes + lane * lanes.len() as f64;
        let mut svg = Svg::new(sheet, "year", bottom + FOOT, self.title, self.description);

        months(&days, bottom, sheet, &mut svg);
        if !self.spans.is_empty() {
            let at = if narrow { (0.0, TOP + 8.0) } else { (0.0, from_bars + 15.0) };
            svg.text(
                look::SOFT,
                at,
                Anchor::Start,
                &super::measure::shortened(self.spans_label, TEXT, 200.0),
            );
        }
        if let Some((day, label)) = self.today.filter(|(day, _)| days.holds(*day)) {
            let x = days.at(day);
            svg.line(look::TODAY, (x, TOP - 5.0), (x, bottom));
            let half = width(label, TEXT) / 2.0;
            svg.text(look::INK, (x.clamp(half, sheet.width - half), 12.0), Anchor::Middle, label);
        }
        bars.draw(from_bars, &mut svg);
        for (place, (shown, counts)) in lanes.iter().enumerate() {
            let top = from_lanes + lane * place as f64;
            svg.line(look::GRID, (0.0, top), (sheet.width, top));
            let label = super::measure::shortened(shown.label, TEXT, if narrow { 200.0 } else { 140.0 });
            let low = top + lane - 6.0;
            svg.text(look::SOFT, (0.0, if narrow { top + 13.0 } else { low - 5.0 }), Anchor::Start, &label);
            counts.draw(shown.shape, low, &days, &mut svg);
        }
        svg.line(look::AXIS, (left, bottom), (sheet.width, bottom));
        Some(svg.finish())
    }
}

/// Faint lines where months begin, and their names, as many as fit.
fn months(days: &DayScale, bottom: f64, sheet: &Sheet, svg: &mut Svg) {
    let starts = Calendar::Months(1).between(days.first, days.last);
    let names: Vec<String> = starts.iter().map(|start| sheet.locale.month(*start)).collect();
    let room = (days.at(days.last) - days.at(days.first)) / 12.0;
    let widest = names.iter().map(|name| width(name, TEXT)).fold(0.0, f64::max);
    let every = [1, 2, 3, 6].into_iter().find(|every| widest + 4.0 <= room * f64::from(*every)).unwrap_or(12);
    for (place, (start, name)) in starts.iter().zip(&names).enumerate() {
        let x = days.at(*start);
        svg.line(look::GRID, (x, TOP), (x, bottom));
        if place.is_multiple_of(every as usize) {
            svg.text(look::SOFT, (x + 1.0, bottom + 16.0), Anchor::Start, name);
        }
    }
}
