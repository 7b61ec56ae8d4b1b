//! What happened on days, counted week by week.

use super::Span;
use super::bars::lasts;
use crate::chart::scale::DayScale;
use crate::chart::svg::{Anchor, Shape, Svg, look};
use crate::text::Date;

/// How many there were in each week of a year.
pub(super) struct Counts(Vec<(Date, usize)>);

/// Up to how many marks stand one above the other; more become a column.
const STACKED: usize = 3;
/// How much room the number of the highest column takes.
pub(super) const PEAK: f64 = 30.0;
/// The height of the highest column.
const COLUMN: f64 = 19.0;

impl Counts {
    /// Counts days, which are in order.
    pub(super) fn new(days: &[Date], scale: &DayScale) -> Self {
        let mut counts: Vec<(Date, usize)> = Vec::new();
        for day in days.iter().filter(|day| scale.holds(**day)) {
            let week = start_of_week(*day, scale);
            match counts.last_mut().filter(|(last, _)| *last == week) {
                Some((_, count)) => *count += 1,
                None => counts.push((week, 1)),
            }
        }
        Self(counts)
    }

    /// Counts what goes on in each week.
    pub(super) fn lasting(spans: &[Span], scale: &DayScale) -> Self {
        let mut counts = Vec::new();
        let mut week = scale.first;
        while week <= scale.last {
            let count = spans.iter().filter(|span| lasts(span, week, week.plus_days(6))).count();
            if count > 0 {
                counts.push((week, count));
            }
            week = week.plus_days(7);
        }
        Self(counts)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Draws them upwards from `low`: as marks where there are few, else as columns with the highest count.
    pub(super) fn draw(&self, shape: Shape, low: f64, scale: &DayScale, svg: &mut Svg) {
        let most = self.most();
        let breadth = (scale.at(scale.first.plus_days(7)) - scale.at(scale.first)).max(3.0);
        for (week, count) in &self.0 {
            let x = scale.at(*week) + breadth / 2.0;
            if most <= STACKED {
                // On a phone a week is narrow, so marks are small.
                let radius = (breadth * 0.45).clamp(2.5, 3.5);
                for place in 0..*count {
                    svg.mark(
                        look::EVENT,
                        shape,
                        (x, low - radius - place as f64 * (radius * 2.0 + 0.5)),
                        radius,
                        "",
                    );
                }
            } else {
                let height = (COLUMN * *count as f64 / most as f64).max(1.5);
                svg.rectangle(look::EVENT, (x - breadth * 0.4, low - height), (breadth * 0.8, height), 0.0);
            }
        }
        if let Some(most) = self.peak() {
            let y = low - COLUMN;
            let (from, to) = (scale.at(scale.first), scale.at(scale.last));
            svg.line(look::EDGE, (from, y), (to, y));
            // Before the ground where there is room, else above its end.
            let (x, y) = if from > PEAK { (from - 5.0, y + 6.0) } else { (to, y - 3.0) };
            svg.text(look::SOFT, (x, y), Anchor::End, &most.to_string());
        }
    }

    fn most(&self) -> usize {
        self.0.iter().map(|(_, count)| *count).max().unwrap_or(0)
    }

    /// How high the highest column is, if there are columns.
    pub(super) fn peak(&self) -> Option<usize> {
        Some(self.most()).filter(|most| *most > STACKED)
    }
}

/// The first day of the week that a day lies in; weeks begin with the year, so that none lies in two years.
fn start_of_week(day: Date, scale: &DayScale) -> Date {
    day.plus_days(-(scale.first.days_until(day) % 7))
}
