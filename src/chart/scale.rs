//! From values and days to places on the sheet.

use crate::text::Date;

/// Maps days to places along a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayScale {
    pub(super) first: Date,
    pub(super) last: Date,
    from: f64,
    to: f64,
}

impl DayScale {
    /// A scale on which `first` lies at `from` and `last` at `to`. Of one day, both lie in the middle.
    pub(super) fn new(first: Date, last: Date, from: f64, to: f64) -> Self {
        Self { first, last: last.max(first), from, to }
    }

    /// Where a day lies; days outside lie outside.
    pub(super) fn at(&self, day: Date) -> f64 {
        let span = f64::from(self.first.days_until(self.last));
        if span == 0.0 {
            return f64::midpoint(self.from, self.to);
        }
        self.from + (self.to - self.from) * f64::from(self.first.days_until(day)) / span
    }

    /// Whether a day lies on it.
    pub(super) fn holds(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// Maps values to places along a line, from below to above.
#[derive(Clone, Copy, Debug)]
pub(super) struct ValueScale {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether each step multiplies instead of adding. Only for values above zero.
    pub(super) is_logarithmic: bool,
    bottom: f64,
    top: f64,
}

/// From how many times the smallest value on a scale multiplies: below, all values can be told apart.
const SPREAD: f64 = 1000.0;
/// Up to which part of the largest value the smallest is near to zero.
const NEAR: f64 = 0.75;

impl ValueScale {
    /// A scale that shows all values, with room around them where they are equal.
    ///
    /// `values` must not be empty.
    pub(super) fn around(values: impl Iterator<Item = f64>, bottom: f64, top: f64) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            (low, high) = (low.min(value), high.max(value));
        }
        let is_logarithmic = low > 0.0 && high / low >= SPREAD;
        if !is_logarithmic {
            (low, high) = with_room(low, high);
        }
        Self { low, high, is_logarithmic, bottom, top }
    }

    /// The same scale, widened to the given bounds.
    pub(super) fn widened(self, low: f64, high: f64) -> Self {
        Self { low: self.low.min(low), high: self.high.max(high), ..self }
    }

    /// Where a value lies.
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = if self.is_logarithmic {
            (log2(value) - log2(self.low)) / (log2(self.high) - log2(self.low))
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.bottom + (self.top - self.bottom) * share
    }
}

/// Bounds that are apart, and that reach to zero where it is near: a small change must not look like a large
/// one, nor a large one like a small one.
fn with_room(low: f64, high: f64) -> (f64, f64) {
    if low == high {
        return match low {
            0.0 => (0.0, 1.0),
            value => (value - value.abs() / 2.0, value + value.abs() / 2.0),
        };
    }
    // What lies on the edge of a picture looks like its frame.
    let room = (high - low) / 20.0;
    if low >= 0.0 && low <= high * NEAR {
        return (0.0, high + room);
    }
    if high <= 0.0 && high >= low * NEAR {
        return (low - room, 0.0);
    }
    (low - room, high + room)
}

/// The logarithm to the base of two, from operations that give the same on every machine.
fn log2(value: f64) -> f64 {
    let bits = value.to_bits();
    let exponent = f64::from(((bits >> 52) & 0x7ff) as i32 - 1023);
    let mantissa = f64::from_bits(bits & !(0x7ff << 52) | (1023 << 52));
    // ln m = 2 artanh((m − 1) / (m + 1)); with m from 1 to 2 eight terms are exact to a billionth.
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let series = (0..8).rev().fold(0.0, |sum, term| sum * square + 1.0 / f64::from(2 * term + 1));
    exponent + 2.0 * ratio * series / std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_exact_enough_to_draw() {
        for value in [1e-12, 0.3, 1.0, 1.999, 2.0, 1e9, 123_456.789] {
            assert!((log2(value) - value.log2()).abs() < 1e-8, "{value}");
        }
    }

    #[test]
    fn equal_values_have_room_and_near_zero_is_shown() {
        let bounds = |values: &[f64]| {
            let scale = ValueScale::around(values.iter().copied(), 100.0, 0.0);
            (scale.low, scale.high, scale.is_logarithmic)
        };
        assert_eq!(bounds(&[4.0, 4.0]), (2.0, 6.0, false));
        assert_eq!(bounds(&[0.0]), (0.0, 1.0, false));
        assert_eq!(bounds(&[1.0, 3.0]), (0.0, 3.1, false));
        assert_eq!(bounds(&[90.0, 100.0]), (89.5, 100.5, false));
        assert_eq!(bounds(&[-3.0, -1.0]), (-3.1, 0.0, false));
        assert_eq!(bounds(&[-3.0, 5.0]), (-3.4, 5.4, false));
        assert_eq!(bounds(&[1.0, 1e9]), (1.0, 1e9, true));
        assert_eq!(bounds(&[0.0, 100.0]), (0.0, 105.0, false));
    }
}
