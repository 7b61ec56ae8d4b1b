//! How levels went up and down over time: a row for every area, all on the same days.

use super::axis::{DEPTH, DayAxis};
use super::ladder::LEVELS;
use super::measure::wrapped;
use super::scale::DayScale;
use super::sheet::Sheet;
use super::svg::{Anchor, LINE, Path, Shape, Svg, TEXT, look};
use crate::text::Date;

/// The levels of some areas over time.
#[derive(Clone, Copy, Debug)]
pub struct Latitude<'a> {
    /// What the picture is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The names of the levels, from the first to the last.
    pub levels: [&'a str; LEVELS],
    /// The level from which on the last word is mine, from 1, and what that is called.
    pub upper: (usize, &'a str),
    /// The areas.
    pub areas: &'a [Area<'a>],
    /// The day on which the picture is made.
    pub today: Date,
}

/// An area, and how its level changed.
#[derive(Clone, Copy, Debug)]
pub struct Area<'a> {
    /// What is decided.
    pub name: &'a str,
    /// The changes, by day.
    pub steps: &'a [LevelStep<'a>],
    /// The level today, if it is known.
    pub now: Option<usize>,
    /// Whether the level between the last change and today is known.
    pub is_known_since: bool,
}

/// A change of a level.
#[derive(Clone, Copy, Debug)]
pub struct LevelStep<'a> {
    /// The day.
    pub day: Date,
    /// The level before, from 1 to 7, if it is known.
    pub from: Option<usize>,
    /// The level afterwards; `None` if it is not known.
    pub to: Option<usize>,
    /// What it says when it is pointed at.
    pub tip: &'a str,
}

/// How far apart levels are.
const STEP: f64 = 6.5;
/// The height of all seven.
const BAND: f64 = STEP * (LEVELS as f64 - 1.0);
/// Between one row and the next.
const AIR: f64 = 18.0;

impl Latitude<'_> {
    /// Draws it; `None` if no level ever changed.
    pub fn svg(&self, sheet: &Sheet) -> Option<String> {
        let areas: Vec<&Area> = self.areas.iter().filter(|area| !area.steps.is_empty()).collect();
        let first = areas.iter().flat_map(|area| area.steps).map(|step| step.day).min()?;
        let last = areas.iter().flat_map(|area| area.steps).map(|step| step.day).max()?.max(self.today);
        // Before the first change there is something to see, too.
        let before = (first.days_until(last) / 12).max(5);
        let narrow = sheet.is_narrow();
        let text = if narrow { sheet.width } else { (sheet.width * 0.3).min(200.0) };
        let left = if narrow { 4.0 } else { text + 16.0 };
        let widest = self.levels.iter().map(|level| super::measure::width(level, TEXT)).fold(0.0, f64::max);
        let right = sheet.width - widest - 14.0;
        let days = DayScale::new(first.plus_days(-before), last, left, right);

        let names: Vec<Vec<String>> = areas.iter().map(|area| wrapped(area.name, TEXT, text, 3)).collect();
        let above = |lines: usize| if narrow { LINE * lines as f64 } else { 0.0 };
        let heights: Vec<f64> = names
            .iter()
            .map(|lines| {
                above(lines.len()) + BAND.max(if narrow { 0.0 } else { LINE * lines.len() as f64 }) + AIR
            })
            .collect();
        let bottom = 20.0 + heights.iter().sum::<f64>();
        let mut svg = Svg::new(sheet, "latitude", bottom + DEPTH, self.title, self.description);
        let axis = DayAxis::new(&days, sheet);
        axis.grid(&mut svg, 20.0, bottom);

        let mut top = 20.0;
        for ((area, lines), height) in areas.iter().zip(&names).zip(&heights) {
            if narrow {
                svg.lines(look::INK, (0.0, top + above(lines.len()) / 2.0), Anchor::Start, lines);
            } else {
                svg.lines(look::INK, (0.0, top + BAND / 2.0 + 2.0), Anchor::Start, lines);
            }
            let low = top + above(lines.len()) + BAND + 4.0;
            self.area(area, &days, low, &mut svg);
            top += height;
        }
        let border = super::measure::shortened(self.upper.1, TEXT, sheet.width - left);
        svg.rectangle(look::OWN, (left, 2.0), (14.0, 10.0), 2.0);
        svg.text(look::SOFT, (left + 20.0, 11.0), Anchor::Start, &border);
        axis.draw(&mut svg, left, right, bottom, sheet);
        Some(svg.finish())
    }

    /// The row of an area, whose lowest level lies at `low`.
    fn area(&self, area: &Area, days: &DayScale, low: f64, svg: &mut Svg) {
        let height = |level: usize| low - STEP * (level as f64 - 1.0);
        let (from, to) = (days.at(days.first), days.at(days.last));
        let (above, below) = (height(LEVELS) - STEP / 2.0, height(self.upper.0) + STEP / 2.0);
        svg.rectangle(look::OWN, (from, above), (to - from, below - above), 0.0);
        svg.line(look::GRID, (from, height(1) + STEP / 2.0), (to, height(1) + STEP / 2.0));

        let mut line = Path::new();
        // The level that the line is at, as far as it is known.
        let mut level = area.steps.first().and_then(|step| step.from);
        if let Some(level) = level {
            line = line.jump((from, height(level)));
        }
        for step in area.steps {
            let x = days.at(step.day);
            if let Some(level) = level {
                line = line.to((x, height(level)));
            }
            if let Some(to) = step.to {
                let before = step.from.or(level);
                line = match (level.is_some(), before) {
                    (true, _) => line,
                    (false, Some(before)) => line.jump((x, height(before))),
                    (false, None) => line.jump((x, height(to))),
                };
                line = line.to((x, height(to)));
            }
            level = step.to;
        }
        let last = area.steps.last().map_or(from, |step| days.at(step.day));
        let today = days.at(self.today);
        let mut dotted = None;
        match (level, area.now) {
            (Some(level), Some(now)) if area.is_known_since && level == now => {
                line = line.to((today, height(now)));
            }
            (level, Some(now)) => {
                dotted = Some((level.unwrap_or(now), now));
            }
            (Some(_) | None, None) => {}
        }
        svg.path(look::SERIES, &line);
        if let Some((level, now)) = dotted {
            svg.path(
                look::GAP,
                &Path::new().to((last, height(level))).to((today, height(level))).to((today, height(now))),
            );
        }
        for step in area.steps {
            let at = |level| (days.at(step.day), height(level));
            match (step.to, step.from) {
                (Some(to), _) => svg.mark(look::DOT, Shape::Circle, at(to), 3.5, step.tip),
                (None, Some(from)) => svg.mark(look::HOLLOW, Shape::Circle, at(from), 3.5, step.tip),
                (None, None) => {}
            }
        }
        let shown = area.now.or(level);
        if let Some(level) = shown {
            let x = if area.now.is_some() { today } else { last };
            if area.now.is_some() {
                svg.mark(look::DOT, Shape::Circle, (x, height(level)), 4.5, "");
            }
            let name = self.levels.get(level - 1).copied().unwrap_or_default();
            svg.text(look::INK, (x + 9.0, height(level) + 4.0), Anchor::Start, name);
        }
    }
}
