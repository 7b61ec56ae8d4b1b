//! What lasted, as bars in as few rows as it takes.

use super::lanes::Counts;
use super::{Fate, Span};
use crate::chart::measure::{shortened, width};
use crate::chart::scale::DayScale;
use crate::chart::sheet::Sheet;
use crate::chart::svg::{Anchor, Look, Shape, Svg, TEXT, look};
use crate::text::Date;

/// Bars with their places.
pub(super) struct Bars<'a> {
    bars: Vec<Bar<'a>>,
    rows: usize,
    row: f64,
    /// Instead of bars: how many went on in each week.
    counted: Option<(Counts, DayScale)>,
}

struct Bar<'a> {
    span: &'a Span<'a>,
    row: usize,
    from: f64,
    to: f64,
    /// Where its name begins, and the name as far as there is room.
    label: (f64, String),
}

/// Up to how many bars can be told apart.
const MOST: usize = 40;
/// The height of a row where names stand beside their bars, and where they stand above them.
const ROW: f64 = 22.0;
const TALL_ROW: f64 = 32.0;
/// The height of a bar.
const THICK: f64 = 10.0;

impl<'a> Bars<'a> {
    pub(super) fn new(spans: &'a [Span<'a>], days: &DayScale, sheet: &Sheet) -> Self {
        if spans.len() > MOST {
            let counted = Some((Counts::lasting(spans, days), *days));
            return Self { bars: Vec::new(), rows: 0, row: ROW, counted };
        }
        let narrow = sheet.is_narrow();
        let mut ends: Vec<f64> = Vec::new();
        let mut bars = Vec::new();
        for span in spans {
            let from = days.at(span.first.clamp(days.first, days.last));
            let to = days.at(span.last.unwrap_or(days.last).clamp(days.first, days.last)).max(from + 3.0);
            let label = label(span, from, to, days, sheet);
            let end = to.max(label.0 + width(&label.1, TEXT)) + 12.0;
            let begin = from.min(label.0);
            let row = ends.iter().position(|taken| *taken <= begin).unwrap_or(ends.len());
            if row == ends.len() {
                ends.push(end);
            } else {
                ends[row] = end;
            }
            bars.push(Bar { span, row, from, to, label });
        }
        Self { bars, rows: ends.len(), row: if narrow { TALL_ROW } else { ROW }, counted: None }
    }

    pub(super) fn height(&self) -> f64 {
        match (&self.counted, self.rows) {
            (Some(_), _) => 40.0,
            (None, 0) => 0.0,
            (None, rows) => rows as f64 * self.row + 8.0,
        }
    }

    pub(super) fn draw(&self, top: f64, svg: &mut Svg) {
        if let Some((counts, days)) = &self.counted {
            counts.draw(Shape::Square, top + 34.0, days, svg);
        }
        for bar in &self.bars {
            let low = top + self.row * (bar.row as f64 + 1.0) - 2.0;
            let middle = low - THICK / 2.0;
            let (look, sign) = looks(bar.span.fate);
            svg.rectangle(look, (bar.from, low - THICK), (bar.to - bar.from, THICK), 2.0);
            if let Some((look, shape)) = sign {
                svg.mark(look, shape, (bar.to, middle), 4.5, bar.span.tip);
            }
            let (x, name) = &bar.label;
            let y = if self.row > ROW { low - THICK - 4.0 } else { middle + 4.0 };
            svg.text(look::HALO, (*x, y), Anchor::Start, name);
        }
    }
}

/// Where the name of a bar goes: behind it, before it, or above it on a phone; shortened where it must be.
fn label(span: &Span, from: f64, to: f64, days: &DayScale, sheet: &Sheet) -> (f64, String) {
    let (left, right) = (days.at(days.first), days.at(days.last));
    let whole = width(span.name, TEXT);
    if sheet.is_narrow() {
        let room = (right - left).min(whole);
        let x = from.min(right - room).max(left);
        return (x, shortened(span.name, TEXT, right - x + 0.5));
    }
    let (behind, before) = (right - to - 10.0, from - left - 8.0);
    if whole <= behind || behind >= before {
        (to + 10.0, shortened(span.name, TEXT, behind.max(60.0)))
    } else {
        let name = shortened(span.name, TEXT, before);
        (from - 8.0 - width(&name, TEXT), name)
    }
}

fn looks(fate: Fate) -> (Look, Option<(Look, Shape)>) {
    match fate {
        Fate::Open => (look::RUNNING, None),
        Fate::Success => (look::SUCCESS, Some((look::SUCCESS, Shape::Circle))),
        Fate::Failure => (look::FAILURE, Some((look::BAD, Shape::Cross))),
        Fate::Other => (look::OTHER, Some((look::EVENT, Shape::Diamond))),
    }
}

/// Whether something goes on in a week.
pub(super) fn lasts(span: &Span, from: Date, to: Date) -> bool {
    span.first <= to && span.last.is_none_or(|last| last >= from)
}
