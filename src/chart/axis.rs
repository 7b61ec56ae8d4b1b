//! The axis of days below a picture.

use super::measure::width;
use super::scale::DayScale;
use super::sheet::Sheet;
use super::svg::{Anchor, Svg, TEXT, look};
use super::ticks::Calendar;
use crate::text::Date;

/// How much room the labels of days need below the line.
pub(super) const DEPTH: f64 = 34.0;

/// What stands below an axis: days as fine as there is room for, and the year where one begins.
pub(super) struct DayAxis {
    /// Places, labels, and the year if it is to be said there.
    marks: Vec<(f64, String, Option<String>)>,
}

impl DayAxis {
    /// Chooses the marks for a scale.
    pub(super) fn new(scale: &DayScale, sheet: &Sheet) -> Self {
        let span = scale.first.days_until(scale.last);
        let fits = |marks: &[(f64, String, Option<String>)]| {
            marks.windows(2).all(|pair| {
                let room = pair[1].0 - pair[0].0;
                room >= (width(&pair[0].1, TEXT) + width(&pair[1].1, TEXT)) / 2.0 + 8.0
            })
        };
        let fine_enough = Calendar::ALL.into_iter().filter(|calendar| span / calendar.days() <= 60);
        let mut chosen = fine_enough
            .map(|calendar| marked(&calendar.between(scale.first, scale.last), calendar, scale, sheet))
            .find(|marks| fits(marks))
            .unwrap_or_default();
        if chosen.len() < 2 {
            let mut ends = vec![scale.first, scale.last];
            ends.dedup();
            chosen = marked(&ends, Calendar::Days(1), scale, sheet);
            if !fits(&chosen) {
                chosen.pop();
            }
        }
        Self { marks: chosen }
    }

    /// Faint lines upwards from the marks.
    pub(super) fn grid(&self, svg: &mut Svg, top: f64, bottom: f64) {
        for (at, ..) in &self.marks {
            svg.line(look::GRID, (*at, top), (*at, bottom));
        }
    }

    /// The line and what stands below it.
    pub(super) fn draw(&self, svg: &mut Svg, from: f64, to: f64, top: f64, sheet: &Sheet) {
        svg.line(look::AXIS, (from, top), (to, top));
        for (at, label, year) in &self.marks {
            svg.line(look::AXIS, (*at, top), (*at, top + 4.0));
            let place = |text: &str| {
                let half = width(text, TEXT) / 2.0;
                at.clamp(half, (sheet.width - half).max(half))
            };
            svg.text(look::SOFT, (place(label), top + 16.0), Anchor::Middle, label);
            if let Some(year) = year {
                svg.text(look::SOFT, (place(year), top + 30.0), Anchor::Middle, year);
            }
        }
    }
}

fn marked(
    days: &[Date],
    calendar: Calendar,
    scale: &DayScale,
    sheet: &Sheet,
) -> Vec<(f64, String, Option<String>)> {
    let mut said = None;
    days.iter()
        .map(|day| {
            let is_new = said.replace(day.year()) != Some(day.year());
            let year = (is_new && !matches!(calendar, Calendar::Years(_))).then(|| sheet.locale.year(*day));
            (scale.at(*day), calendar.label(*day, sheet.locale), year)
        })
        .collect()
}
