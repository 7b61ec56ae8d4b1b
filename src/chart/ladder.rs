//! Who decides what: areas as rows, the seven levels as steps, from the level now to the one wanted.

use super::measure::{width, wrapped};
use super::sheet::Sheet;
use super::svg::{Anchor, LINE, Shape, Svg, TEXT, look};

/// How many levels there are.
pub const LEVELS: usize = 7;

/// The levels of some areas.
#[derive(Clone, Copy, Debug)]
pub struct Ladder<'a> {
    /// What the picture is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The names of the levels, from the first to the last.
    pub levels: [&'a str; LEVELS],
    /// Who has the last word on the lower and on the upper levels.
    pub sides: [&'a str; 2],
    /// Where the upper ones begin, from 1.
    pub upper: usize,
    /// The areas, in groups.
    pub groups: &'a [LadderGroup<'a>],
    /// What the two marks mean: the level now, the level wanted.
    pub key: [&'a str; 2],
}

/// Areas that belong together.
#[derive(Clone, Copy, Debug)]
pub struct LadderGroup<'a> {
    /// What they are called; nothing if there is but one group.
    pub name: &'a str,
    /// The areas.
    pub rungs: &'a [Rung<'a>],
}

/// An area, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Rung<'a> {
    /// What is decided.
    pub area: &'a str,
    /// The level now, from 1 to 7.
    pub now: usize,
    /// The level wanted, from 1 to 7.
    pub wanted: Option<usize>,
}

/// The least height of a row.
const ROW: f64 = 26.0;
/// The height of the head: whose word it is, the levels, and a little air.
const HEAD: f64 = 44.0;
/// The height of the key.
const KEY: f64 = 26.0;

/// The places of a row: its lines of text, where it begins, and the middle of its marks.
struct Row<'a> {
    rung: &'a Rung<'a>,
    lines: Vec<String>,
    top: f64,
    middle: f64,
}

/// The places of everything.
struct Places<'a> {
    left: f64,
    step: f64,
    rows: Vec<Row<'a>>,
    /// The names of groups, with the line that their letters stand on.
    names: Vec<(f64, Vec<String>)>,
    bottom: f64,
}

impl Ladder<'_> {
    /// Draws it; `None` of no areas.
    pub fn svg(&self, sheet: &Sheet) -> Option<String> {
        let places = self.places(sheet)?;
        let numbers = if self.are_named(&places) { Vec::new() } else { self.numbers(sheet) };
        let height = places.bottom + KEY + LINE * numbers.len() as f64;
        let mut svg = Svg::new(sheet, "ladder", height, self.title, self.description);
        self.head(&places, sheet, &mut svg);
        for (y, lines) in &places.names {
            for (place, line) in lines.iter().enumerate() {
                svg.text(look::STRONG, (0.0, y + LINE * place as f64), Anchor::Start, line);
            }
        }
        for row in &places.rows {
            self.row(row, &places, sheet, &mut svg);
        }
        self.key(&places, sheet, &mut svg);
        for (place, line) in numbers.iter().enumerate() {
            let y = places.bottom + KEY + LINE * place as f64 + 10.0;
            svg.text(look::SOFT, (0.0, y), Anchor::Start, line);
        }
        Some(svg.finish())
    }

    /// Whether there is room for the names of the levels above their columns.
    fn are_named(&self, places: &Places) -> bool {
        self.levels.iter().all(|level| width(level, TEXT) + 6.0 <= places.step)
    }

    /// What the numbers mean that stand for the names.
    fn numbers(&self, sheet: &Sheet) -> Vec<String> {
        // A number must not stand at the end of a line, away from its name.
        let named = self.levels.iter().zip(1..).map(|(level, number)| format!("{number}\u{a0}{level}"));
        let named: Vec<String> = named.collect();
        let mut lines: Vec<String> = Vec::new();
        for level in named {
            match lines.last_mut() {
                Some(line) if width(line, TEXT) + width(&level, TEXT) + 12.0 <= sheet.width => {
                    line.push('\u{2002}');
                    line.push_str(&level);
                }
                _ => lines.push(level),
            }
        }
        lines
    }

    fn places(&self, sheet: &Sheet) -> Option<Places<'_>> {
        let narrow = sheet.is_narrow();
        let text = if narrow { sheet.width } else { (sheet.width * 0.4).min(260.0) };
        let left = if narrow { 0.0 } else { text + 16.0 };
        let mut places = Places {
            left,
            step: (sheet.width - left) / LEVELS as f64,
            rows: Vec::new(),
            names: Vec::new(),
            bottom: HEAD,
        };
        for group in self.groups.iter().filter(|group| !group.rungs.is_empty()) {
            if !group.name.is_empty() {
                let lines = wrapped(group.name, TEXT, sheet.width * 0.9, 2);
                let height = LINE * lines.len() as f64;
                places.names.push((places.bottom + 22.0, lines));
                places.bottom += height + 13.0;
            }
            for rung in group.rungs {
                let lines = wrapped(rung.area, TEXT, text, 2);
                let height = LINE * lines.len() as f64;
                let top = places.bottom;
                // On a phone the area stands above its steps, else beside them.
                let (middle, height) = if narrow {
                    (top + 4.0 + height + ROW / 2.0, height + ROW + 6.0)
                } else {
                    let height = (height + 8.0).max(ROW);
                    (top + height / 2.0, height)
                };
                places.rows.push(Row { rung, lines, top, middle });
                places.bottom += height;
            }
        }
        (!places.rows.is_empty()).then_some(places)
    }

    /// The levels, and on which of them whose word is the last.
    fn head(&self, places: &Places, sheet: &Sheet, svg: &mut Svg) {
        let border = places.left + places.step * (self.upper as f64 - 1.0);
        let sides = [(places.left, border, self.sides[0]), (border, sheet.width, self.sides[1])];
        for (from, to, side) in sides {
            let side = super::measure::shortened(side, TEXT, to - from - 4.0);
            svg.text(look::SOFT, (f64::midpoint(from, to), 11.0), Anchor::Middle, &side);
        }
        svg.rectangle(look::OWN, (border, 18.0), (sheet.width - border, places.bottom - 18.0), 4.0);
        let are_named = self.are_named(places);
        for (level, number) in self.levels.iter().zip(1..) {
            let x = places.at(number);
            if !sheet.is_narrow() {
                svg.line(look::GRID, (x, HEAD - 6.0), (x, places.bottom));
            }
            let number = number.to_string();
            svg.text(look::INK, (x, 32.0), Anchor::Middle, if are_named { level } else { &number });
        }
    }

    fn row(&self, row: &Row, places: &Places, sheet: &Sheet, svg: &mut Svg) {
        let Row { rung, lines, top, middle } = row;
        svg.line(look::GRID, (0.0, *top), (sheet.width, *top));
        if sheet.is_narrow() {
            let first = top + 4.0 + LINE * lines.len() as f64 / 2.0;
            svg.lines(look::INK, (0.0, first), Anchor::Start, lines);
            for level in 1..=LEVELS {
                let x = places.at(level);
                svg.line(look::GRID, (x, middle - 8.0), (x, middle + 8.0));
            }
        } else {
            svg.lines(look::INK, (0.0, *middle), Anchor::Start, lines);
        }
        let name = |level: usize| self.levels.get(level.wrapping_sub(1)).copied().unwrap_or_default();
        let now = places.at(rung.now);
        if let Some(level) = rung.wanted.filter(|wanted| *wanted != rung.now) {
            let wanted = places.at(level);
            let sign = if wanted > now { 1.0 } else { -1.0 };
            svg.line(look::MOVE, (now + 6.0 * sign, *middle), (wanted - 9.0 * sign, *middle));
            svg.arrow(look::DOT, (wanted - 7.0 * sign, *middle), (sign, 0.0), 5.0);
            svg.mark(look::HOLLOW, Shape::Circle, (wanted, *middle), 6.0, name(level));
        }
        svg.mark(look::DOT, Shape::Circle, (now, *middle), 6.5, name(rung.now));
        if rung.wanted == Some(rung.now) {
            // Where it should be: a ring around it.
            svg.mark(look::RING, Shape::Circle, (now, *middle), 9.5, "");
        }
    }

    /// What the marks mean; and on a phone, where levels are numbers, what these mean.
    fn key(&self, places: &Places, sheet: &Sheet, svg: &mut Svg) {
        let y = places.bottom + 16.0;
        svg.line(look::AXIS, (0.0, places.bottom), (sheet.width, places.bottom));
        let mut x = places.left + 7.0;
        for (look, text) in [(look::DOT, self.key[0]), (look::HOLLOW, self.key[1])] {
            svg.mark(look, Shape::Circle, (x, y), 6.0, "");
            svg.text(look::SOFT, (x + 12.0, y + 4.0), Anchor::Start, text);
            x += width(text, TEXT) + 36.0;
        }
    }
}

impl Places<'_> {
    /// The middle of a level's column.
    fn at(&self, level: usize) -> f64 {
        self.left + self.step * (level as f64 - 0.5)
    }
}
