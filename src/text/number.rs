//! Figures: finite decimal numbers that print as they were meant.

use std::fmt;

use super::Scalar;
use super::scalar::scalar_serde;

/// A finite decimal number.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Number(f64);

impl Number {
    /// The number as a float; never infinite, never not-a-number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Scalar for Number {
    const FORMAT: &'static str = "number";
    const EXPECTED: &'static str = "a number";

    /// Accepts `-?digits[.digits]` without redundant zeros in front; `012`, `1_000`, `1e3` and `12:30` are
    /// faults, because readers of YAML disagree on what they mean.
    fn parse(text: &str) -> Result<Self, String> {
        let fault = || format!("`{text}` is not a number such as `3`, `-2` or `1.5`");
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) || (whole.len() > 1 && whole.starts_with('0')) {
            return Err(fault());
        }
        // Fifteen digits are what a float carries without changing them.
        if whole.len() + fraction.len() > 16 {
            return Err(format!("`{text}` has more digits than can be kept exactly"));
        }
        text.parse().map(Self).map_err(|_| fault())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // Minus zero is zero to a reader.
        write!(f, "{}", if self.0 == 0.0 { 0.0 } else { self.0 })
    }
}

impl serde::Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < 1e15 {
            // `3`, not `3.0`: the figure as a person wrote it.
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 1e15")]
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

scalar_serde!(Number, "number");

/// A number of things: whole, and not below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(u32);

impl Count {
    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl Scalar for Count {
    const FORMAT: &'static str = "count";
    const EXPECTED: &'static str = "a whole number";

    fn parse(text: &str) -> Result<Self, String> {
        let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text.len() == 1 || !text.starts_with('0'));
        text.parse()
            .ok()
            .filter(|_| plain)
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not a whole number such as `0` or `12`"))
    }
}

impl serde::Serialize for Count {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

scalar_serde!(Count, "integer");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written_or_not_at_all() {
        for (text, shown) in [("3", "3"), ("-2", "-2"), ("1.10", "1.1"), ("0.5", "0.5"), ("-0", "0")] {
            assert_eq!(Number::parse(text).unwrap().to_string(), shown);
        }
        for text in [
            "",
            "012",
            "1_000",
            "1e3",
            "12:30",
            ".5",
            "5.",
            "+3",
            "nan",
            ".inf",
            "0x10",
            "3 days",
            "12345678901234567",
        ] {
            assert!(Number::parse(text).is_err(), "{text}");
        }
    }
}
