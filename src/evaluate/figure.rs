//! Sums and means without rounding.
//!
//! A verdict may not hang on a float: 0.1 and 0.2 must reach a target of 0.3, and the same figures in another
//! order must have the same mean.

use std::cmp::Ordering;

use crate::text::Number;

/// How many of the units that figures are counted in make one: all the decimals that a [`Number`] can have.
const ONE: i128 = 10_i128.pow(DECIMALS);
const DECIMALS: u32 = 15;

/// An exact decimal number, or such a number divided by a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    units: i128,
    over: u32,
}

impl Figure {
    /// All numbers together; `None` of none, because no figure is not the figure zero.
    pub fn sum(numbers: &[Number]) -> Option<Self> {
        if numbers.is_empty() {
            return None;
        }
        Some(Self { units: numbers.iter().map(|number| units(*number)).sum(), over: 1 })
    }

    /// The arithmetic mean; `None` of none.
    pub fn mean(numbers: &[Number]) -> Option<Self> {
        let over = u32::try_from(numbers.len()).ok()?;
        Self::sum(numbers).map(|sum| Self { over, ..sum })
    }

    /// How it compares with a number, exactly.
    pub fn compared_with(self, number: Number) -> Ordering {
        self.units.cmp(&(units(number) * i128::from(self.over)))
    }

    /// The nearest float, for charts.
    #[expect(clippy::cast_precision_loss, reason = "for drawing, not for judging")]
    pub fn get(self) -> f64 {
        self.units as f64 / (f64::from(self.over) * ONE as f64)
    }

    /// The figure in digits: as exact as it was written, or, if it comes from a division, to two decimals; to
    /// more if it would otherwise look equal to one of `others` that it is not equal to.
    pub fn shown_beside(self, others: &[Number]) -> String {
        if self.over == 1 {
            return shown(self.units, DECIMALS);
        }
        let looks_other = |decimals: u32| {
            let rounded = self.rounded(decimals);
            (rounded != 0 || self.units == 0)
                && others.iter().all(|other| {
                    self.compared_with(*other).is_eq()
                        || rounded * 10_i128.pow(DECIMALS - decimals) != units(*other)
                })
        };
        let decimals = (2..DECIMALS).find(|decimals| looks_other(*decimals)).unwrap_or(DECIMALS);
        shown(self.rounded(decimals), decimals)
    }

    /// The figure in units of so many decimals, halves away from zero.
    fn rounded(self, decimals: u32) -> i128 {
        let divisor = i128::from(self.over) * 10_i128.pow(DECIMALS - decimals);
        (2 * self.units + self.units.signum() * divisor) / (2 * divisor)
    }
}

impl From<Number> for Figure {
    fn from(number: Number) -> Self {
        Self { units: units(number), over: 1 }
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.shown_beside(&[]))
    }
}

/// The number in units. Its shortest digits are never longer than those it was read from, and those have at
/// most fifteen decimals.
fn units(number: Number) -> i128 {
    let text = number.get().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{fraction:0<15}");
    digits.parse().expect("a finite number prints as digits, and has at most fifteen decimals")
}

/// Units of so many decimals as a decimal number without idle zeros.
fn shown(units: i128, decimals: u32) -> String {
    let one = 10_i128.pow(decimals);
    let sign = if units < 0 { "-" } else { "" };
    let (whole, fraction) = (units.abs() / one, units.abs() % one);
    let fraction = format!("{fraction:0width$}", width = decimals as usize);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Scalar;

    fn numbers(texts: &[&str]) -> Vec<Number> {
        texts.iter().map(|text| Number::parse(text).unwrap()).collect()
    }

    #[test]
    fn sums_and_means_are_exact() {
        let three_tenths = numbers(&["0.3"])[0];
        assert!(Figure::sum(&numbers(&["0.1", "0.2"])).unwrap().compared_with(three_tenths).is_eq());
        assert!(Figure::mean(&numbers(&["0.1", "0.2", "0.6"])).unwrap().compared_with(three_tenths).is_eq());
        let large = numbers(&["123456789012345", "0.000000000000001", "-123456789012345"]);
        assert_eq!(Figure::sum(&large).unwrap().to_string(), "0.000000000000001");
        assert_eq!(Figure::sum(&[]), None);
        assert_eq!(Figure::mean(&[]), None);
    }

    #[test]
    fn figures_print_as_people_write_them() {
        for (texts, expected) in [
            (&["3", "2"][..], "2.5"),
            (&["1", "1", "2"], "1.33"),
            (&["1", "2", "2"], "1.67"),
            (&["-1", "-2", "-2"], "-1.67"),
            (&["2", "2"], "2"),
            (&["0", "0.0001"], "0.0001"),
            (&["0.5", "-0.5"], "0"),
        ] {
            assert_eq!(Figure::mean(&numbers(texts)).unwrap().to_string(), expected, "{texts:?}");
        }
        assert_eq!(Figure::from(numbers(&["1.125"])[0]).to_string(), "1.125");
    }

    #[test]
    fn a_near_miss_does_not_look_like_a_hit() {
        let mean = Figure::mean(&numbers(&["2", "2.003"])).unwrap();
        assert_eq!(mean.to_string(), "2");
        assert_eq!(mean.shown_beside(&numbers(&["2", "3"])), "2.002");
    }
}
