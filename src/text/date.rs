//! Calendar days, written `YYYY-MM-DD`.

use std::fmt;

use jiff::civil;

use super::Scalar;
use super::scalar::{scalar_serde, scalar_shown};

/// One day of the calendar, from 1900 to 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The day in the given year, month and day of the month; `None` if the calendar has no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The calendar's own type, for arithmetic.
    pub fn civil(self) -> civil::Date {
        self.0
    }

    /// Days from `self` to `other`; negative when `other` is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        self.0.until(other.0).expect("both days lie between 1900 and 2199").get_days()
    }

    /// The day `days` later (earlier if negative), held within the calendar's range.
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// The day `months` later, on the last day of a shorter month.
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().months(months)))
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }
}

impl Scalar for Date {
    const FORMAT: &'static str = "date";
    const EXPECTED: &'static str = "a date as YYYY-MM-DD";

    fn parse(text: &str) -> Result<Self, String> {
        let parts: Option<(i16, i8, i8)> = match text.as_bytes() {
            [y @ .., b'-', m1, m2, b'-', d1, d2]
                if y.len() == 4 && [m1, m2, d1, d2].into_iter().chain(y).all(u8::is_ascii_digit) =>
            {
                text[..4]
                    .parse()
                    .ok()
                    .zip(text[5..7].parse().ok())
                    .zip(text[8..].parse().ok())
                    .map(|((y, m), d)| (y, m, d))
            }
            _ => None,
        };
        let Some((year, month, day)) = parts else {
            return Err(format!("`{text}` is not a date as YYYY-MM-DD"));
        };
        if !(1900..=2199).contains(&year) {
            return Err(format!("the year {year} lies outside 1900 to 2199"));
        }
        Self::new(year, month, day).ok_or_else(|| format!("there is no day `{text}` in the calendar"))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

scalar_serde!(Date, "string");
scalar_shown!(Date);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_parse() {
        let faults = [
            "2026-02-30",
            "2026-13-01",
            "2026-2-3",
            "2026",
            "0000-01-01",
            "9999-01-01",
            "2026-03-01T10:00",
            "+026-03-01",
            "",
        ];
        for text in faults {
            assert!(Date::parse(text).is_err(), "{text}");
        }
        assert_eq!(Date::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn arithmetic_keeps_to_the_calendar() {
        let day = Date::parse("2026-01-31").unwrap();
        assert_eq!(day.plus_months(1).to_string(), "2026-02-28");
        assert_eq!(day.plus_days(1).to_string(), "2026-02-01");
        assert_eq!(day.days_until(day.plus_days(-400)), -400);
    }
}
