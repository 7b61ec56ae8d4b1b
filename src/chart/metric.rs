//! A figure over time, held against where it stood, where it should be and where it must not be.

mod layout;
mod points;

use super::axis::DayAxis;
use super::label::{Wanted, spread};
use super::sheet::Sheet;
use super::svg::{Anchor, LINE, Look, Path, Shape, Svg, TEXT, look};
use crate::text::Date;
use layout::Layout;
use points::{Run, runs};

/// A figure over time.
#[derive(Clone, Copy, Debug)]
pub struct Metric<'a> {
    /// What the picture is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// What the figure is counted in.
    pub unit: Option<&'a str>,
    /// What was seen, by day.
    pub points: &'a [Point<'a>],
    /// The values that it is held against.
    pub references: &'a [Reference<'a>],
    /// The days that count, both included; without an end they last until today.
    pub period: Option<(Date, Option<Date>)>,
    /// The day on which the picture is made and what it is called; drawn where it lies in the picture.
    pub today: Option<(Date, &'a str)>,
    /// What happened besides, each kind in a row of its own.
    pub rows: &'a [EventRow<'a>],
    /// What is said of a scale on which each step multiplies: `logarithmic`.
    pub logarithmic: &'a str,
    /// Whether it is one of several small pictures.
    pub is_small: bool,
}

/// A figure on a day.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a> {
    /// The day.
    pub day: Date,
    /// The figure.
    pub value: f64,
    /// How it counts.
    pub reading: Reading,
    /// What it says when it is pointed at.
    pub tip: &'a str,
}

/// How a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It counts.
    Counted,
    /// It counts, and it is out of bounds.
    Breach,
    /// It does not count.
    LeftOut,
}

/// A value that figures are held against.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// What it is called.
    pub label: &'a str,
    /// The value.
    pub value: f64,
    /// What it means.
    pub role: Role,
}

/// What a value means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Where it stood before.
    Baseline,
    /// Where it should be.
    Target,
    /// What the figures come to.
    Judged,
    /// Figures must not lie above it.
    Ceiling,
    /// Figures must not lie below it.
    Floor,
}

/// Events of one kind.
#[derive(Clone, Copy, Debug)]
pub struct EventRow<'a> {
    /// What they are called.
    pub label: &'a str,
    /// How they are marked.
    pub shape: Shape,
    /// The events.
    pub events: &'a [Happened<'a>],
}

/// An event.
#[derive(Clone, Copy, Debug)]
pub struct Happened<'a> {
    /// Its day.
    pub day: Date,
    /// Whether it took place; else it was planned.
    pub is_done: bool,
    /// What it says when it is pointed at.
    pub tip: &'a str,
}

/// Up to how many points have a mark each; more would be a caterpillar.
const MARKED: usize = 60;
/// From how many points on the line is thin.
const FINE: usize = 120;

impl Metric<'_> {
    /// Draws it; `None` of no points, where there is nothing to look at.
    pub fn svg(&self, sheet: &Sheet) -> Option<String> {
        let layout = Layout::new(self, sheet)?;
        let kind = if self.is_small { "metric small" } else { "metric" };
        let mut svg = Svg::new(sheet, kind, layout.height, self.title, self.description);
        self.ground(&layout, &mut svg);
        let axis = DayAxis::new(&layout.days, sheet);
        for tick in &layout.ticks {
            let y = layout.values.at(tick.value);
            svg.line(look::GRID, (layout.left, y), (layout.right, y));
            svg.text(look::SOFT, (layout.left - 6.0, y + 4.0), Anchor::End, &tick.label);
        }
        svg.text(look::SOFT, (0.0, 11.0), Anchor::Start, &layout.unit);
        axis.draw(&mut svg, layout.left, layout.right, layout.bottom, sheet);
        self.zero(&layout, &mut svg);
        self.today(&layout, &mut svg);
        self.references(&layout, &mut svg);
        self.series(&layout, &mut svg, sheet);
        self.rows(&layout, &mut svg);
        Some(svg.finish())
    }

    /// The days that count, and the values that must not be.
    fn ground(&self, layout: &Layout, svg: &mut Svg) {
        if let Some((first, last)) = layout.period {
            let (from, to) = (layout.days.at(first).max(layout.left), layout.days.at(last).min(layout.right));
            svg.rectangle(look::BAND, (from, layout.top), (to - from, layout.bottom - layout.top), 0.0);
            for x in [from, to] {
                svg.line(look::EDGE, (x, layout.top), (x, layout.bottom));
            }
        }
        for reference in self.references {
            let y = layout.values.at(reference.value);
            let (from, to) = match reference.role {
                Role::Ceiling => (layout.top, y),
                Role::Floor => (y, layout.bottom),
                Role::Baseline | Role::Target | Role::Judged => continue,
            };
            svg.rectangle(look::ZONE, (layout.left, from), (layout.right - layout.left, to - from), 0.0);
        }
    }

    fn zero(&self, layout: &Layout, svg: &mut Svg) {
        if layout.values.low < 0.0 && layout.values.high > 0.0 {
            let y = layout.values.at(0.0);
            svg.line(look::AXIS, (layout.left, y), (layout.right, y));
        }
    }

    fn today(&self, layout: &Layout, svg: &mut Svg) {
        let Some((day, label)) = self.today.filter(|(day, _)| layout.days.holds(*day)) else { return };
        let x = layout.days.at(day);
        svg.line(look::TODAY, (x, layout.top - 5.0), (x, layout.bottom));
        let half = super::measure::width(label, TEXT) / 2.0;
        let at =
            x.clamp(layout.unit_end + half + 8.0, (layout.width - half).max(layout.unit_end + half + 8.0));
        svg.text(look::INK, (at, 11.0), Anchor::Middle, label);
    }

    fn references(&self, layout: &Layout, svg: &mut Svg) {
        let wanted: Vec<Wanted> = self
            .references
            .iter()
            .zip(&layout.labels)
            .map(|(reference, lines)| Wanted {
                at: layout.values.at(reference.value),
                size: LINE * lines.len() as f64 + 1.0,
            })
            .collect();
        let places = spread(&wanted, layout.top - 8.0, layout.bottom + 8.0);
        for ((reference, lines), place) in self.references.iter().zip(&layout.labels).zip(places) {
            let y = layout.values.at(reference.value);
            let (line, word) = looks(reference.role);
            svg.line(line, (layout.left, y), (layout.right, y));
            // From the line to its label, which may have had to move.
            svg.line(look::AXIS, (layout.right + 1.0, y), (layout.right + 7.0, place));
            svg.lines(word, (layout.right + 10.0, place), Anchor::Start, lines);
        }
    }

    fn series(&self, layout: &Layout, svg: &mut Svg, sheet: &Sheet) {
        let place = |point: &Point| (layout.days.at(point.day), layout.values.at(point.value));
        let counted: Vec<&Point> =
            self.points.iter().filter(|point| point.reading != Reading::LeftOut).collect();
        for run in runs(&counted, layout.right - layout.left) {
            let (look, points) = match &run {
                Run::Line(points) if points.len() > FINE => (look::FINE, points),
                Run::Line(points) => (look::SERIES, points),
                Run::Gap(points) => (look::GAP, points),
            };
            let path = points.iter().fold(Path::new(), |path, point| path.to(place(point)));
            if points.len() > 1 {
                svg.path(look, &path);
            }
        }
        let is_marked = self.points.len() <= MARKED;
        let radius = if self.points.len() > MARKED / 2 || self.is_small { 2.75 } else { 3.75 };
        let last = counted.last().copied();
        for point in self.points {
            let is_last = last.is_some_and(|last| std::ptr::eq(last, point));
            let (look, shape, radius) = match point.reading {
                Reading::Counted => (look::DOT, Shape::Circle, radius),
                Reading::Breach => (look::BAD, Shape::Diamond, radius + 1.25),
                Reading::LeftOut => (look::HOLLOW, Shape::Circle, radius),
            };
            if is_marked || is_last || point.reading == Reading::Breach {
                svg.mark(look, shape, place(point), radius, if is_marked { point.tip } else { "" });
            }
        }
        if let Some(last) = last {
            self.last(last, layout, svg, sheet);
        }
    }

    /// The latest figure, where it covers neither lines nor other points.
    fn last(&self, last: &Point, layout: &Layout, svg: &mut Svg, sheet: &Sheet) {
        let label = super::locale::short(sheet.locale, last.value);
        let (x, y) = (layout.days.at(last.day), layout.values.at(last.value));
        let half = super::measure::width(&label, TEXT) / 2.0;
        let earlier = self.points.iter().rfind(|point| point.day < last.day);
        let comes_from_above =
            earlier.filter(|point| point.value != last.value).map(|point| point.value > last.value);
        let taken = |at: f64| {
            let middle = at - 4.0;
            let over_lines =
                self.references.iter().any(|it| (layout.values.at(it.value) - middle).abs() < 8.0);
            let over_points = self.points.iter().any(|point| {
                let (px, py) = (layout.days.at(point.day), layout.values.at(point.value));
                (px - x).abs() < half + 4.0 && (py - middle).abs() < 9.0
            });
            let outside = middle - 6.0 < layout.top - 6.0 || middle + 6.0 > layout.bottom;
            let over_series = comes_from_above.is_some_and(|from_above| from_above == (at < y));
            i32::from(outside) * 8
                + i32::from(over_points) * 4
                + i32::from(over_series) * 2
                + i32::from(over_lines)
        };
        let places = [y - 9.0, y + 17.0];
        let at = if taken(places[1]) < taken(places[0]) { places[1] } else { places[0] };
        let x = x.clamp(layout.left + half, (layout.right - half).max(layout.left + half));
        svg.text(look::FIGURE, (x, at), Anchor::Middle, &label);
    }

    fn rows(&self, layout: &Layout, svg: &mut Svg) {
        for (row, y) in self.rows.iter().zip(layout.row_places()) {
            svg.line(look::GRID, (layout.left, y), (layout.right, y));
            for event in row.events {
                let look = if event.is_done { look::EVENT } else { look::PLANNED };
                svg.mark(look, row.shape, (layout.days.at(event.day), y), 4.5, event.tip);
            }
            let label = super::measure::shortened(row.label, TEXT, layout.width - layout.right - 10.0);
            svg.text(look::SOFT, (layout.right + 10.0, y + 4.0), Anchor::Start, &label);
        }
    }
}

/// How a value is drawn, and its label.
fn looks(role: Role) -> (Look, Look) {
    match role {
        Role::Baseline => (look::BASELINE, look::SOFT),
        Role::Target => (look::TARGET, look::GOOD_WORD),
        Role::Judged => (look::JUDGED, look::SERIES_WORD),
        Role::Ceiling | Role::Floor => (look::LIMIT, look::BAD_WORD),
    }
}
