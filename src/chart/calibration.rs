//! How sure somebody was, against what happened: one mark for every case, so that few cases look like few.

use super::measure::{width, wrapped};
use super::sheet::Sheet;
use super::svg::{Anchor, LINE, Look, Path, Shape, Svg, TEXT, look};

/// Stated confidence against what happened.
#[derive(Clone, Copy, Debug)]
pub struct Calibration<'a> {
    /// What the picture is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// What the first column holds.
    pub head: &'a str,
    /// The cases by stated confidence, from low to high.
    pub bins: &'a [Cases<'a>],
    /// What the three marks mean: as expected, mixed, a setback.
    pub outcomes: [&'a str; 3],
    /// What the bracket means: where the marks of what came as expected would end, had the confidence been right.
    pub bracket: &'a str,
}

/// The cases that were stated with about the same confidence.
#[derive(Clone, Copy, Debug)]
pub struct Cases<'a> {
    /// The confidence, in words.
    pub name: &'a str,
    /// The lowest and the highest confidence, from 0 to 1.
    pub confidence: (f64, f64),
    /// How many cases came as expected, were mixed, and were setbacks.
    pub counts: [usize; 3],
    /// The counts in words.
    pub total: &'a str,
}

const LOOKS: [(Look, Shape); 3] =
    [(look::DOT, Shape::Circle), (look::HALF, Shape::Diamond), (look::BAD, Shape::Cross)];

/// The height of a row.
const ROW: f64 = 34.0;
/// The widest place of one mark.
const UNIT: f64 = 18.0;
/// The narrowest at which marks can be told apart; below, bars stand for them.
const LEAST: f64 = 9.0;

impl Calibration<'_> {
    /// Draws it; `None` of no cases.
    pub fn svg(&self, sheet: &Sheet) -> Option<String> {
        let count = |bin: &Cases| bin.counts.iter().sum::<usize>();
        let most = self.bins.iter().map(count).max().filter(|most| *most > 0)?;
        let narrow = sheet.is_narrow();
        let names = self.bins.iter().map(|bin| width(bin.name, TEXT)).fold(width(self.head, TEXT), f64::max);
        let left = names.min(sheet.width * 0.36) + 14.0;
        let totals = self.bins.iter().map(|bin| width(bin.total, TEXT)).fold(0.0, f64::max);
        // On a phone the totals stand in the table alone.
        let room = sheet.width - left - if narrow { 4.0 } else { totals.min(180.0) + 16.0 };
        let unit = (room / most as f64).min(UNIT);
        let rows: Vec<&Cases> = self.bins.iter().filter(|bin| count(bin) > 0).collect();
        let bottom = 24.0 + ROW * rows.len() as f64;
        let key = self.key(sheet);
        let mut svg = Svg::new(
            sheet,
            "calibration",
            bottom + 12.0 + (LINE + 3.0) * key.len() as f64,
            self.title,
            self.description,
        );
        svg.text(
            look::SOFT,
            (0.0, 12.0),
            Anchor::Start,
            &super::measure::shortened(self.head, TEXT, left - 8.0),
        );
        for (place, bin) in rows.iter().enumerate() {
            let y = 24.0 + ROW * (place as f64 + 0.5);
            svg.line(look::GRID, (0.0, y - ROW / 2.0), (sheet.width, y - ROW / 2.0));
            svg.lines(look::INK, (0.0, y), Anchor::Start, &wrapped(bin.name, TEXT, left - 8.0, 2));
            cases(bin, (left, y), unit, &mut svg);
            bracket(bin, (left, y), unit, &mut svg);
            if !narrow {
                let total = super::measure::shortened(bin.total, TEXT, 180.0);
                svg.text(look::SOFT, (sheet.width, y + 4.0), Anchor::End, &total);
            }
        }
        svg.line(look::AXIS, (0.0, bottom), (sheet.width, bottom));
        for (place, parts) in key.iter().enumerate() {
            let y = bottom + 16.0 + (LINE + 3.0) * place as f64;
            for KeyPart { x, sign, text } in parts {
                match sign {
                    Sign::Mark((look, shape)) => svg.mark(*look, *shape, (x + 6.0, y), 5.0, ""),
                    Sign::Bracket => svg.path(look::TODAY, &arms((*x, y - 2.0), 14.0)),
                    Sign::None => {}
                }
                svg.text(look::SOFT, (x + 20.0, y + 4.0), Anchor::Start, text);
            }
        }
        Some(svg.finish())
    }

    /// What the marks mean, on as many lines as it takes: where each begins, its sign, and its words.
    fn key(&self, sheet: &Sheet) -> Vec<Vec<KeyPart>> {
        let signs =
            LOOKS.into_iter().map(Sign::Mark).zip(self.outcomes).chain([(Sign::Bracket, self.bracket)]);
        let mut lines = vec![Vec::new()];
        let mut x = 0.0;
        for (sign, text) in signs {
            let parts = wrapped(text, TEXT, sheet.width - 24.0, 3);
            let broad = parts.iter().map(|part| width(part, TEXT)).fold(0.0, f64::max);
            if x > 0.0 && x + broad + 20.0 > sheet.width {
                lines.push(Vec::new());
                x = 0.0;
            }
            for (place, text) in parts.into_iter().enumerate() {
                if place > 0 {
                    lines.push(Vec::new());
                }
                let sign = if place == 0 { sign } else { Sign::None };
                lines.last_mut().expect("there is a line").push(KeyPart { x, sign, text });
            }
            x += broad + 44.0;
        }
        lines
    }
}

/// Part of what the marks mean.
struct KeyPart {
    x: f64,
    sign: Sign,
    text: String,
}

#[derive(Clone, Copy)]
enum Sign {
    Mark((Look, Shape)),
    Bracket,
    /// The words go on from the line before.
    None,
}

fn cases(bin: &Cases, at: (f64, f64), unit: f64, svg: &mut Svg) {
    let mut x = at.0;
    for (count, (look, shape)) in bin.counts.iter().zip(LOOKS) {
        if unit >= LEAST {
            for place in 0..*count {
                svg.mark(look, shape, (x + unit * (place as f64 + 0.5), at.1), (unit * 0.36).min(5.5), "");
            }
        } else {
            svg.rectangle(look, (x, at.1 - 6.0), (unit * *count as f64, 12.0), 0.0);
        }
        x += unit * *count as f64;
    }
}

/// Where the marks of what came as expected would end, had the confidence been right.
fn bracket(bin: &Cases, at: (f64, f64), unit: f64, svg: &mut Svg) {
    let all = bin.counts.iter().sum::<usize>() as f64 * unit;
    let (from, to) = (at.0 + all * bin.confidence.0, at.0 + all * bin.confidence.1);
    svg.path(look::TODAY, &arms((from, at.1 - 10.0), (to - from).max(1.0)));
}

/// A line with two arms downwards.
fn arms(at: (f64, f64), breadth: f64) -> Path {
    let (x, y) = at;
    Path::new().to((x, y + 4.0)).to((x, y)).to((x + breadth, y)).to((x + breadth, y + 4.0))
}
