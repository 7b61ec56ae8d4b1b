//! Text in columns: how wide it is, where its lines break, how it is coloured. Knows nothing of portfolios.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::report::Style;

/// Colours, or none.
#[derive(Clone, Copy)]
pub(super) struct Paint {
    color: bool,
}

/// How a piece of text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// Headings.
    Bold,
    /// What is read last.
    Faint,
    /// What should be seen first.
    Alert,
}

impl Paint {
    pub(super) fn new(style: Style) -> Self {
        Self { color: style.color }
    }

    pub(super) fn paint(self, tone: Tone, text: &str) -> String {
        let start = match tone {
            Tone::Bold => "\x1b[1m",
            Tone::Faint => "\x1b[2m",
            Tone::Alert => "\x1b[1;93m",
            Tone::Plain => "",
        };
        let is_plain = !self.color || tone == Tone::Plain || text.is_empty();
        if is_plain { text.to_owned() } else { format!("{start}{text}\x1b[0m") }
    }

    /// Pieces of text one behind the other, two spaces apart. One that does not fit goes to the next line, and
    /// every line but the first begins with `hang` spaces.
    pub(super) fn flowed(self, pieces: &[(Tone, &str)], columns: usize, hang: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut used = 0;
        for (tone, text) in pieces.iter().filter(|(_, text)| !text.is_empty()) {
            match lines.last_mut() {
                Some(last) if used + 2 + width(text) <= columns => {
                    *last += &format!("  {}", self.paint(*tone, text));
                    used += 2 + width(text);
                }
                _ => {
                    for part in wrapped(text, columns.saturating_sub(hang).max(1)) {
                        let hang = if lines.is_empty() { 0 } else { hang };
                        used = hang + width(&part);
                        lines.push(" ".repeat(hang) + &self.paint(*tone, &part));
                    }
                }
            }
        }
        lines
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// A text with spaces behind it, up to so many columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The lines of a text, none wider than `columns`: broken at spaces, and within a word only where it is wider
/// than a line. At least one line.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() || width(line) + 1 + width(word) <= columns {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
        while let Some(rest) = lines.last_mut().and_then(|line| split_at_width(line, columns)) {
            lines.push(rest);
        }
    }
    lines
}

/// Cuts a line that is too wide, and returns what stood behind.
fn split_at_width(line: &mut String, columns: usize) -> Option<String> {
    if width(line) <= columns {
        return None;
    }
    let mut taken = 0;
    let at = line.char_indices().skip(1).find(|(at, c)| {
        taken = width(&line[..*at]);
        taken + c.width().unwrap_or(0) > columns
    });
    at.map(|(at, _)| at).map(|at| line.split_off(at))
}

/// Lines behind so many spaces, each with its line feed.
pub(super) fn indented(lines: &[String], indent: usize) -> String {
    lines.iter().map(|line| format!("{}{line}\n", " ".repeat(indent))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrapped("a bc def", 4), ["a bc", "def"]);
        assert_eq!(wrapped("a bc\n def", 20), ["a bc def"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    #[test]
    fn a_word_that_is_too_wide_breaks() {
        assert_eq!(wrapped("a bcdefghij k", 4), ["a", "bcde", "fghi", "j k"]);
        assert_eq!(wrapped("約束約束", 5), ["約束", "約束"]);
        // Where not even one character fits, it stands alone.
        assert_eq!(wrapped("約束", 1), ["約", "束"]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(width("約束"), 4);
        assert_eq!(padded("約束", 6), "約束  ");
        assert_eq!(padded("too long", 3), "too long");
        assert_eq!(width("Größe"), width("Gro\u{308}ße"));
    }

    #[test]
    fn pieces_flow_to_the_next_line() {
        let paint = Paint::new(Style { color: false, width: 80 });
        let pieces = [(Tone::Bold, "a title"), (Tone::Plain, ""), (Tone::Faint, "an-id")];
        assert_eq!(paint.flowed(&pieces, 14, 2), ["a title  an-id"]);
        assert_eq!(paint.flowed(&pieces, 13, 2), ["a title", "  an-id"]);
        assert_eq!(paint.flowed(&pieces, 7, 0), ["a title", "an-id"]);
        assert_eq!(paint.flowed(&pieces, 5, 1), ["a", " titl", " e", " an-i", " d"]);
    }

    #[test]
    fn nothing_is_coloured_unasked() {
        let paint = |color| Paint::new(Style { color, width: 80 });
        assert_eq!(paint(false).paint(Tone::Alert, "x"), "x");
        assert_eq!(paint(true).paint(Tone::Faint, "x"), "\x1b[2mx\x1b[0m");
        assert_eq!(
            paint(true).flowed(&[(Tone::Plain, "x"), (Tone::Bold, "y")], 9, 0),
            ["x  \x1b[1my\x1b[0m"]
        );
    }
}
