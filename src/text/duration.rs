//! Spans of calendar time, written `10d`, `2w` or `3mo`.

use std::fmt;

use super::scalar::{scalar_serde, scalar_shown};
use super::{Date, Scalar};

/// A whole number of days, weeks or months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Duration {
    /// Calendar days.
    Days(u16),
    /// Weeks of seven days.
    Weeks(u16),
    /// Calendar months.
    Months(u16),
}

impl Duration {
    /// The day that lies this long after `day`.
    pub fn after(self, day: Date) -> Date {
        match self {
            Self::Days(n) => day.plus_days(i32::from(n)),
            Self::Weeks(n) => day.plus_days(7 * i32::from(n)),
            Self::Months(n) => day.plus_months(i32::from(n)),
        }
    }
}

impl Scalar for Duration {
    const FORMAT: &'static str = "duration";
    const EXPECTED: &'static str = "a duration such as `10d`, `2w` or `3mo`";

    fn parse(text: &str) -> Result<Self, String> {
        let fault = || format!("`{text}` is not a duration such as `10d`, `2w` or `3mo`");
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = text.split_at(digits);
        let count: u16 = count.parse().map_err(|_| fault())?;
        let duration = match unit {
            "d" => Self::Days(count),
            "w" => Self::Weeks(count),
            "mo" => Self::Months(count),
            _ => return Err(fault()),
        };
        // Ten years bound every rhythm and keep date arithmetic within the calendar.
        let days = u32::from(count)
            * match unit {
                "d" => 1,
                "w" => 7,
                _ => 31,
            };
        if !(1..=3660).contains(&days) {
            return Err(format!("`{text}` is not between one day and ten years"));
        }
        Ok(duration)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Days(n) => write!(f, "{n}d"),
            Self::Weeks(n) => write!(f, "{n}w"),
            Self::Months(n) => write!(f, "{n}mo"),
        }
    }
}

scalar_serde!(Duration, "string");
scalar_shown!(Duration);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_a_count_and_a_unit() {
        for text in ["10d", "2w", "3mo"] {
            assert_eq!(Duration::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "d", "2", "2 w", "-1d", "0d", "2m", "1.5w", "99999d", "200mo"] {
            assert!(Duration::parse(text).is_err(), "{text}");
        }
    }
}
