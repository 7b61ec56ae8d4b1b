//! Days and numbers as a language writes them. The catalogue says how: there is nothing here to translate.

use std::fmt::Write;

use super::{Category, Piece, Words, phrase};
use crate::text::{Date, Duration};

/// The keys of the names of the months.
const MONTHS: [&str; 12] = [
    "month.1", "month.2", "month.3", "month.4", "month.5", "month.6", "month.7", "month.8", "month.9",
    "month.10", "month.11", "month.12",
];

/// The keys of their short names.
const SHORT_MONTHS: [&str; 12] = [
    "month_short.1",
    "month_short.2",
    "month_short.3",
    "month_short.4",
    "month_short.5",
    "month_short.6",
    "month_short.7",
    "month_short.8",
    "month_short.9",
    "month_short.10",
    "month_short.11",
    "month_short.12",
];

impl Words {
    /// A day in full: `2 March 2026`.
    pub fn date(&self, date: Date) -> String {
        self.dated("format.date", &MONTHS, date)
    }

    /// A day in few letters, for figures and narrow columns: `2 Mar 2026`.
    pub fn short_date(&self, date: Date) -> String {
        self.dated("format.date_short", &SHORT_MONTHS, date)
    }

    /// A day within a year, in few letters: `2 Mar`.
    pub fn short_day(&self, date: Date) -> String {
        self.dated("format.day_short", &SHORT_MONTHS, date)
    }

    /// The month of a day within a year, in few letters: `Mar`.
    pub fn short_month(&self, date: Date) -> String {
        self.dated("format.month_short", &SHORT_MONTHS, date)
    }

    /// The month of a day: `March 2026`.
    pub fn month(&self, date: Date) -> String {
        self.dated("format.month", &MONTHS, date)
    }

    /// A span of time: `2 weeks`.
    pub fn duration(&self, duration: Duration) -> String {
        self.say(&match duration {
            Duration::Days(count) => phrase!("duration.days", count = u32::from(count)),
            Duration::Weeks(count) => phrase!("duration.weeks", count = u32::from(count)),
            Duration::Months(count) => phrase!("duration.months", count = u32::from(count)),
        })
    }

    /// A decimal number, given in digits with a point, with the separators of the language.
    pub fn number(&self, digits: &str) -> String {
        let (sign, digits) =
            digits.strip_prefix('-').map_or(("", digits), |rest| (self.text("format.minus"), rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut said = sign.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            let left = whole.len() - at;
            // Four digits read well without.
            if at > 0 && left % 3 == 0 && whole.len() > 4 {
                said += self.text("format.group");
            }
            said.push(digit);
        }
        if !fraction.is_empty() {
            said += self.text("format.decimal");
            said += fraction;
        }
        said
    }

    fn dated(&self, key: &str, months: &[&'static str; 12], date: Date) -> String {
        let Some(message) = self.message(key) else { return date.to_string() };
        let date = date.civil();
        let month = usize::from(date.month().unsigned_abs());
        let mut said = String::with_capacity(24);
        for piece in message.pieces(Category::Other) {
            let written = match piece {
                Piece::Text(text) => said.write_str(text),
                Piece::Slot("day") => write!(said, "{}", date.day()),
                Piece::Slot("month") => said.write_str(self.text(months[month - 1])),
                Piece::Slot("month_number") => write!(said, "{month}"),
                Piece::Slot("month_digits") => write!(said, "{month:02}"),
                Piece::Slot("day_digits") => write!(said, "{:02}", date.day()),
                Piece::Slot("year") => write!(said, "{}", date.year()),
                Piece::Slot(other) => said.write_str(other),
            };
            written.expect("a string takes everything");
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Scalar;

    #[test]
    fn english_days_and_numbers() {
        let (words, day) = (Words::english(), Date::parse("2026-03-02").unwrap());
        assert_eq!(words.date(day), "2 March 2026");
        assert_eq!(words.short_date(day), "2 Mar 2026");
        assert_eq!(words.month(day), "March 2026");
        assert_eq!((words.short_day(day), words.short_month(day)), ("2 Mar".to_owned(), "Mar".to_owned()));
        for (digits, said) in [("0", "0"), ("-1.5", "−1.5"), ("1234", "1234"), ("1234567.25", "1,234,567.25")]
        {
            assert_eq!(words.number(digits), said);
        }
    }
}
