//! How days and numbers are written in a language.

use crate::text::Date;

/// How a picture writes days and numbers.
pub trait Locale {
    /// A number with this many digits behind the point.
    fn number(&self, value: f64, decimals: usize) -> String;

    /// What stands behind a number of thousands, millions, billions and trillions: `2M`.
    fn magnitudes(&self) -> [&str; 4];

    /// A day within a year: `9 Mar`.
    fn day(&self, day: Date) -> String;

    /// A month within a year: `Mar`.
    fn month(&self, day: Date) -> String;

    /// A year.
    fn year(&self, day: Date) -> String {
        day.year().to_string()
    }

    /// A whole day: `9 Mar 2026`.
    fn date(&self, day: Date) -> String {
        format!("{} {}", self.day(day), self.year(day))
    }
}

/// English, for what has no other language.
#[derive(Clone, Copy, Debug)]
pub struct English;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Locale for English {
    fn number(&self, value: f64, decimals: usize) -> String {
        grouped(value, decimals, ",", ".")
    }

    fn magnitudes(&self) -> [&str; 4] {
        ["k", "M", "bn", "tn"]
    }

    fn day(&self, day: Date) -> String {
        format!("{} {}", day.civil().day(), self.month(day))
    }

    fn month(&self, day: Date) -> String {
        MONTHS[usize::from(day.civil().month().unsigned_abs()) - 1].to_owned()
    }
}

/// A number with a sign between groups of three digits, from five digits on, and a true minus.
pub(super) fn grouped(value: f64, decimals: usize, group: &str, point: &str) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    // What rounds to zero is zero.
    if value < 0.0 && plain.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        text.push('\u{2212}');
    }
    for (place, digit) in whole.char_indices() {
        if place > 0 && whole.len() > 4 && (whole.len() - place).is_multiple_of(3) {
            text.push_str(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push_str(point);
        text.push_str(fraction);
    }
    text
}

/// A value in as few letters as it takes: whole up to four digits, at most three that count beyond.
pub fn short(locale: &dyn Locale, value: f64) -> String {
    let (unit, sign) = magnitude(locale, value.abs());
    let value = value / unit;
    let most = match value.abs() {
        size if sign.is_empty() && size >= 100.0 => 1,
        size if sign.is_empty() && size >= 1.0 => 2,
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        // As many as show the first digit that is not zero, and one more.
        size => (2..16).find(|places| size * ten_to(*places - 1) >= 1.0).unwrap_or(2),
    };
    let decimals = needed(value, most);
    format!("{}{sign}", locale.number(value, decimals))
}

/// How many digits behind the point a value needs, up to `most`.
pub(super) fn needed(value: f64, most: usize) -> usize {
    let shown = format!("{value:.most$}");
    let fraction = shown.split_once('.').map_or("", |(_, fraction)| fraction);
    fraction.trim_end_matches('0').len()
}

/// The unit in which a size is written, and its sign; sizes below ten thousand need none.
pub(super) fn magnitude(locale: &dyn Locale, size: f64) -> (f64, &str) {
    if size < 10_000.0 {
        return (1.0, "");
    }
    let signs = locale.magnitudes();
    let mut unit = 1e3;
    let mut place = 0;
    while place + 1 < signs.len() && size >= unit * 1e3 {
        unit *= 1e3;
        place += 1;
    }
    (unit, signs[place])
}

/// A power of ten, by multiplication: the same on every machine.
pub(super) fn ten_to(power: usize) -> f64 {
    (0..power).fold(1.0, |product, _| product * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_keep_what_counts() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (3.0, "3"),
            (1.75, "1.75"),
            (-2.5, "\u{2212}2.5"),
            (0.012, "0.012"),
            (0.000_12, "0.00012"),
            (1234.0, "1234"),
            (9999.5, "9999.5"),
            (12_345.0, "12.3k"),
            (1e9, "1bn"),
            (2_500_000.0, "2.5M"),
            (-1e15, "\u{2212}1000tn"),
        ] {
            assert_eq!(short(&English, value), expected);
        }
        assert_eq!(English.number(1_234_567.0, 1), "1,234,567.0");
        assert_eq!(English.number(-0.04, 1), "0.0");
    }
}
