//! Writes SVG: straight into one string, with every text escaped.

use std::fmt::Write;

use super::sheet::Sheet;

/// A picture that is being written.
pub(super) struct Svg {
    text: String,
}

/// How something looks: the class by which a theme colours it, and the attributes by which it draws without
/// one. Attributes give way to any style sheet, and need no leave of a content security policy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    class: &'static str,
    attributes: &'static str,
}

impl Look {
    pub(super) const fn new(class: &'static str, attributes: &'static str) -> Self {
        Self { class, attributes }
    }
}

/// Where a text stands, seen from its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The shape of a mark: what it means must not hang on its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A circle.
    Circle,
    /// A square on its side.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle on its side.
    Triangle,
    /// A triangle on its corner.
    Wedge,
    /// Two crossing lines.
    Cross,
}

/// The size of the letters of a picture.
pub(super) const TEXT: f64 = 12.0;
/// The height of a line of them.
pub(super) const LINE: f64 = 15.0;
/// How far below the middle of a line its letters stand.
pub(super) const BASE: f64 = 4.0;

/// The colours on paper. They are those of the default theme in light, so that both copies look alike.
pub(super) mod look {
    use super::Look;

    /// Lines to hold values against.
    pub(in super::super) const GRID: Look = Look::new("c-grid", r##"fill="none" stroke="#dcdad2""##);
    /// Lines where something begins.
    pub(in super::super) const AXIS: Look = Look::new("c-axis", r##"fill="none" stroke="#6d7275""##);
    /// A quiet ground.
    pub(in super::super) const BAND: Look = Look::new("c-band", r##"fill="#f2f1ec""##);
    /// Where such a ground ends.
    pub(in super::super) const EDGE: Look =
        Look::new("c-edge", r##"fill="none" stroke="#6d7275" stroke-dasharray="1 3""##);
    /// The ground that is out of bounds.
    pub(in super::super) const ZONE: Look = Look::new("c-zone", r##"fill="#fae3e0""##);
    /// The line of what is shown.
    pub(in super::super) const SERIES: Look = Look::new(
        "c-series",
        r##"fill="none" stroke="#1f5f8b" stroke-width="1.75" stroke-linejoin="round" stroke-linecap="round""##,
    );
    /// The same through very many points.
    pub(in super::super) const FINE: Look =
        Look::new("c-series", r##"fill="none" stroke="#1f5f8b" stroke-linejoin="round""##);
    /// The same where nothing was seen in between.
    pub(in super::super) const GAP: Look = Look::new(
        "c-gap",
        r##"fill="none" stroke="#1f5f8b" stroke-dasharray="1 4" stroke-width="1.5" stroke-linecap="round""##,
    );
    /// A mark of what is shown.
    pub(in super::super) const DOT: Look =
        Look::new("c-dot", r##"fill="#1f5f8b" stroke="#ffffff" stroke-width="1""##);
    /// A mark that is there and does not count, or has not happened yet.
    pub(in super::super) const HOLLOW: Look =
        Look::new("c-hollow", r##"fill="#ffffff" stroke="#1f5f8b" stroke-width="1.5""##);
    /// A mark of what went wrong.
    pub(in super::super) const BAD: Look =
        Look::new("c-bad", r##"fill="#9b2c23" stroke="#ffffff" stroke-width="1""##);
    /// Where it stood before.
    pub(in super::super) const BASELINE: Look = Look::new(
        "c-baseline",
        r##"fill="none" stroke="#5a5f62" stroke-width="1.25" stroke-dasharray="2 3""##,
    );
    /// Where it should be.
    pub(in super::super) const TARGET: Look =
        Look::new("c-target", r##"fill="none" stroke="#23633f" stroke-width="1.75" stroke-dasharray="7 3""##);
    /// Where it must not be.
    pub(in super::super) const LIMIT: Look =
        Look::new("c-limit", r##"fill="none" stroke="#9b2c23" stroke-width="1.75""##);
    /// What it comes to.
    pub(in super::super) const JUDGED: Look = Look::new(
        "c-judged",
        r##"fill="none" stroke="#1f5f8b" stroke-width="1.25" stroke-dasharray="8 3 2 3""##,
    );
    /// The day on which the picture was made.
    pub(in super::super) const TODAY: Look = Look::new("c-today", r##"fill="none" stroke="#1d2021""##);
    /// A mark that stands for an event.
    pub(in super::super) const EVENT: Look = Look::new("c-event", r##"fill="#5a5f62" stroke="#5a5f62""##);
    /// The same, planned.
    pub(in super::super) const PLANNED: Look =
        Look::new("c-planned", r##"fill="#ffffff" stroke="#5a5f62" stroke-width="1.25""##);

    /// A mark between good and bad.
    pub(in super::super) const HALF: Look =
        Look::new("c-half", r##"fill="#7a4d00" stroke="#ffffff" stroke-width="1""##);
    /// A place that holds something.
    pub(in super::super) const STATION: Look =
        Look::new("c-station", r##"fill="#e3eef6" stroke="#1f5f8b" stroke-width="1.25""##);
    /// A place that holds nothing.
    pub(in super::super) const EMPTY: Look = Look::new(
        "c-empty",
        r##"fill="#ffffff" stroke="#9b2c23" stroke-width="1.25" stroke-dasharray="4 3""##,
    );
    /// A way that is whole.
    pub(in super::super) const AXIS_BOLD: Look =
        Look::new("c-way", r##"fill="none" stroke="#5a5f62" stroke-width="1.75" stroke-linejoin="round""##);
    /// A way that is broken.
    pub(in super::super) const BROKEN: Look =
        Look::new("c-broken", r##"fill="none" stroke="#9b2c23" stroke-width="1.75" stroke-dasharray="5 4""##);
    /// Words on what is broken.
    pub(in super::super) const BAD_STRONG: Look =
        Look::new("c-bad-word", r##"fill="#9b2c23" font-weight="600""##);
    /// What goes on.
    pub(in super::super) const RUNNING: Look =
        Look::new("c-running", r##"fill="#e3eef6" stroke="#1f5f8b" stroke-width="1.25""##);
    /// What succeeded.
    pub(in super::super) const SUCCESS: Look = Look::new("c-success", r##"fill="#23633f""##);
    /// What failed.
    pub(in super::super) const FAILURE: Look =
        Look::new("c-failure", r##"fill="#fae3e0" stroke="#9b2c23" stroke-width="1.25""##);
    /// What ended some other way.
    pub(in super::super) const OTHER: Look =
        Look::new("c-other", r##"fill="#f2f1ec" stroke="#5a5f62" stroke-width="1.25""##);
    /// The ground on which the last word is mine.
    pub(in super::super) const OWN: Look = Look::new("c-own", r##"fill="#e3eef6""##);
    /// The way from one mark to another.
    pub(in super::super) const MOVE: Look =
        Look::new("c-move", r##"fill="none" stroke="#1f5f8b" stroke-width="1.75""##);
    /// A ring around a mark.
    pub(in super::super) const RING: Look =
        Look::new("c-ring", r##"fill="none" stroke="#1f5f8b" stroke-width="1.5""##);

    /// Words that stand above others.
    pub(in super::super) const STRONG: Look = Look::new("c-ink", r##"fill="#1d2021" font-weight="600""##);
    /// Words that matter.
    pub(in super::super) const INK: Look = Look::new("c-ink", r##"fill="#1d2021""##);
    /// Words that explain.
    pub(in super::super) const SOFT: Look = Look::new("c-soft", r##"fill="#5a5f62""##);
    /// Words on a mark, or a figure, over what else is drawn there.
    pub(in super::super) const FIGURE: Look = Look::new(
        "c-figure",
        r##"fill="#1d2021" font-weight="600" stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke""##,
    );
    /// Words over what else is drawn there.
    pub(in super::super) const HALO: Look = Look::new(
        "c-halo",
        r##"fill="#1d2021" stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke""##,
    );
    /// Words in the colour of the target.
    pub(in super::super) const GOOD_WORD: Look = Look::new("c-good-word", r##"fill="#23633f""##);
    /// Words in the colour of the limit.
    pub(in super::super) const BAD_WORD: Look = Look::new("c-bad-word", r##"fill="#9b2c23""##);
    /// Words in the colour of what is shown.
    pub(in super::super) const SERIES_WORD: Look = Look::new("c-series-word", r##"fill="#1f5f8b""##);
}

impl Svg {
    /// Begins a picture. `title` is its name, and `description` says in words what it shows.
    pub(super) fn new(sheet: &Sheet, kind: &str, height: f64, title: &str, description: &str) -> Self {
        let mut svg = Self { text: String::with_capacity(4096) };
        let Sheet { id, width, font, .. } = sheet;
        svg.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart chart-").escaped(kind);
        svg.raw(if sheet.is_narrow() { " narrow" } else { " wide" });
        svg.raw("\" role=\"img\" aria-labelledby=\"").raw(id).raw("-title ").raw(id).raw("-about\"");
        svg.raw(" viewBox=\"0 0 ").number(*width).raw(" ").number(height).raw("\" width=\"").number(*width);
        svg.raw("\" height=\"").number(height).raw("\" font-family=\"").escaped(font);
        // Time and levels run from left to right in every script.
        svg.raw("\" font-size=\"12\" direction=\"ltr\">\n<title id=\"")
            .raw(id)
            .raw("-title\">")
            .escaped(title);
        svg.raw("</title><desc id=\"").raw(id).raw("-about\">").escaped(description).raw("</desc>\n");
        svg
    }

    /// Ends the picture.
    pub(super) fn finish(mut self) -> String {
        self.raw("</svg>");
        self.text
    }

    /// A straight line.
    pub(super) fn line(&mut self, look: Look, from: (f64, f64), to: (f64, f64)) {
        self.path(look, &Path::new().to(from).to(to));
    }

    /// A line through many points.
    pub(super) fn path(&mut self, look: Look, path: &Path) {
        if !path.is_empty() {
            self.raw("<path").look(look).raw(" d=\"").raw(&path.0).raw("\"/>\n");
        }
    }

    /// A rectangle; nothing if it has no size.
    pub(super) fn rectangle(&mut self, look: Look, at: (f64, f64), size: (f64, f64), radius: f64) {
        if size.0 <= 0.0 || size.1 <= 0.0 {
            return;
        }
        self.raw("<rect").look(look).raw(" x=\"").number(at.0).raw("\" y=\"").number(at.1);
        self.raw("\" width=\"").number(size.0).raw("\" height=\"").number(size.1);
        if radius > 0.0 {
            self.raw("\" rx=\"").number(radius);
        }
        self.raw("\"/>\n");
    }

    /// A mark around a place; `tip` is what it says when it is pointed at.
    pub(super) fn mark(&mut self, look: Look, shape: Shape, at: (f64, f64), radius: f64, tip: &str) {
        let (x, y) = at;
        let outline = |points: &[(f64, f64)]| {
            let points = points.iter().map(|(dx, dy)| (x + dx * radius, y + dy * radius));
            points.fold(Path::new(), Path::to)
        };
        if shape == Shape::Circle {
            self.raw("<circle").look(look).raw(" cx=\"").number(x).raw("\" cy=\"").number(y).raw("\" r=\"");
            self.number(radius).raw("\"");
        } else {
            let path = match shape {
                Shape::Circle | Shape::Square => {
                    outline(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]).closed()
                }
                Shape::Diamond => outline(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]).closed(),
                Shape::Triangle => outline(&[(0.0, -1.15), (1.1, 0.85), (-1.1, 0.85)]).closed(),
                Shape::Wedge => outline(&[(0.0, 1.15), (1.1, -0.85), (-1.1, -0.85)]).closed(),
                Shape::Cross => {
                    // An outline, so that it is filled like the others.
                    let (a, b) = (0.35, 1.1);
                    let arm = [(0.0, -a), (b - a, -b), (b, -b + a), (a, 0.0), (b, b - a), (b - a, b)];
                    let rest = [(0.0, a), (a - b, b), (-b, b - a), (-a, 0.0), (-b, a - b), (a - b, -b)];
                    outline(&[&arm[..], &rest[..]].concat()).closed()
                }
            };
            self.raw("<path").look(look).raw(" d=\"").raw(&path.0).raw("\"");
        }
        if tip.is_empty() {
            self.raw("/>\n");
        } else {
            self.raw("><title>").escaped(tip).raw("</title>");
            self.raw(if shape == Shape::Circle { "</circle>\n" } else { "</path>\n" });
        }
    }

    /// A head of an arrow that ends at a place; `way` is a vector of length one.
    pub(super) fn arrow(&mut self, look: Look, tip: (f64, f64), way: (f64, f64), size: f64) {
        let back = (tip.0 - way.0 * size * 1.4, tip.1 - way.1 * size * 1.4);
        let side = (-way.1 * size * 0.8, way.0 * size * 0.8);
        let path = Path::new()
            .to(tip)
            .to((back.0 + side.0, back.1 + side.1))
            .to((back.0 - side.0, back.1 - side.1))
            .closed();
        self.path(look, &path);
    }

    /// One line of text whose letters stand at `at`. The caller has seen to it that there is room.
    pub(super) fn text(&mut self, look: Look, at: (f64, f64), anchor: Anchor, text: &str) {
        if text.is_empty() {
            return;
        }
        self.raw("<text").look(look).raw(" x=\"").number(at.0).raw("\" y=\"").number(at.1);
        self.raw(match anchor {
            Anchor::Start => "\"",
            Anchor::Middle => "\" text-anchor=\"middle\"",
            Anchor::End => "\" text-anchor=\"end\"",
        });
        self.raw(">").escaped(text).raw("</text>\n");
    }

    /// Lines of text one below the other, centred around `at.1`.
    pub(super) fn lines(&mut self, look: Look, at: (f64, f64), anchor: Anchor, lines: &[String]) {
        let top = at.1 - LINE * (lines.len() as f64 - 1.0) / 2.0 + BASE;
        for (place, line) in lines.iter().enumerate() {
            self.text(look, (at.0, top + LINE * place as f64), anchor, line);
        }
    }

    fn look(&mut self, look: Look) -> &mut Self {
        self.raw(" class=\"").raw(look.class).raw("\" ").raw(look.attributes)
    }

    fn raw(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    fn number(&mut self, number: f64) -> &mut Self {
        push_tenths(&mut self.text, number);
        self
    }

    /// Text that the markup cannot take for its own, without what XML forbids.
    fn escaped(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                // Not in XML; and what turns letters round would turn round those that follow, too.
                '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                character if character.is_control() => self.text.push(' '),
                character => self.text.push(character),
            }
        }
        self
    }
}

/// A line through points.
#[derive(Default)]
pub(super) struct Path(String);

impl Path {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Draws on to a point; the first one is where it begins.
    pub(super) fn to(self, point: (f64, f64)) -> Self {
        let command = if self.0.is_empty() { 'M' } else { 'L' };
        self.command(command, point)
    }

    /// Goes to a point without drawing.
    pub(super) fn jump(self, point: (f64, f64)) -> Self {
        self.command('M', point)
    }

    /// Draws back to where it began.
    pub(super) fn closed(mut self) -> Self {
        self.0.push('Z');
        self
    }

    fn command(mut self, command: char, point: (f64, f64)) -> Self {
        self.0.push(command);
        push_tenths(&mut self.0, point.0);
        self.0.push(' ');
        push_tenths(&mut self.0, point.1);
        self
    }
}

/// A number to the tenth, without a zero that says nothing.
fn push_tenths(text: &mut String, number: f64) {
    let tenths = (number * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    let written =
        if rest == 0 { write!(text, "{sign}{whole}") } else { write!(text, "{sign}{whole}.{rest}") };
    written.expect("a string takes all");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_tenths() {
        let written = |number| {
            let mut text = String::new();
            push_tenths(&mut text, number);
            text
        };
        let expected = [(0.0, "0"), (-0.04, "0"), (12.34, "12.3"), (-7.06, "-7.1"), (100.0, "100")];
        for (number, text) in expected {
            assert_eq!(written(number), text);
        }
    }
}
