//! Where the marks of an axis stand: round numbers, and days that people count by.

use super::locale::{Locale, magnitude, ten_to};
use super::scale::ValueScale;
use crate::text::Date;

/// A mark on an axis of values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) value: f64,
    pub(super) label: String,
}

/// Marks on a scale of values, about as many as asked for, and the scale widened to the outermost of them.
pub(super) fn of_values(scale: ValueScale, about: usize, locale: &dyn Locale) -> (Vec<Tick>, ValueScale) {
    let ticks = if scale.is_logarithmic { powers(scale, about, locale) } else { steps(scale, about, locale) };
    match (ticks.first(), ticks.last()) {
        (Some(first), Some(last)) => {
            let widened = scale.widened(first.value, last.value);
            (ticks, widened)
        }
        _ => (ticks, scale),
    }
}

/// Steps of 1, 2 or 5 times a power of ten.
fn steps(scale: ValueScale, about: usize, locale: &dyn Locale) -> Vec<Tick> {
    let step = Step::new((scale.high - scale.low) / about as f64);
    let first = (scale.low / step.size() + 1e-9).floor() as i64;
    let last = (scale.high / step.size() - 1e-9).ceil() as i64;
    let (unit, sign) = magnitude(locale, scale.low.abs().max(scale.high.abs()));
    let decimals = (0..16).find(|places| is_whole(step.size() / unit * ten_to(*places))).unwrap_or(0);
    (first..=last)
        .map(|count| {
            let value = step.times(count);
            let sign = if count == 0 { "" } else { sign };
            let decimals = if count == 0 { 0 } else { decimals };
            Tick { value, label: format!("{}{sign}", locale.number(value / unit, decimals)) }
        })
        .collect()
}

fn is_whole(value: f64) -> bool {
    value > 0.5 && (value - value.round()).abs() < 1e-6 * value
}

/// One, two or five times a power of ten, kept apart so that multiples stay exact.
struct Step {
    digit: i64,
    power: f64,
    /// Whether the power divides.
    is_fraction: bool,
}

impl Step {
    /// The smallest step that is not below `least`.
    fn new(least: f64) -> Self {
        let is_fraction = least < 1.0;
        let mut power = 1.0;
        if is_fraction {
            while 1.0 / power > least && power < 1e18 {
                power *= 10.0;
            }
        } else {
            while power * 10.0 <= least {
                power *= 10.0;
            }
        }
        let base = if is_fraction { 1.0 / power } else { power };
        let digit = [1, 2, 5, 10].into_iter().find(|digit| base * *digit as f64 >= least * (1.0 - 1e-9));
        Self { digit: digit.unwrap_or(10), power, is_fraction }
    }

    fn size(&self) -> f64 {
        self.times(1)
    }

    fn times(&self, count: i64) -> f64 {
        let digits = (self.digit * count) as f64;
        if self.is_fraction { digits / self.power } else { digits * self.power }
    }
}

/// Powers of ten around the values; every second, third … one where they would be too many.
fn powers(scale: ValueScale, about: usize, locale: &dyn Locale) -> Vec<Tick> {
    let mut all: Vec<f64> = (0..=18).rev().map(|power| 1.0 / ten_to(power)).collect();
    all.extend((1..=18).map(ten_to));
    let first = all.iter().rposition(|power| *power <= scale.low).unwrap_or(0);
    let last = all.iter().position(|power| *power >= scale.high).unwrap_or(all.len() - 1);
    let every = (last - first).div_ceil(about.max(1)).max(1);
    let tick = |value: &f64| {
        let (unit, sign) = if *value >= 1000.0 { of_a_thousand(*value, locale) } else { (1.0, "") };
        let decimals = (0..18).find(|places| is_whole(value * ten_to(*places))).unwrap_or(0);
        Tick { value: *value, label: format!("{}{sign}", locale.number(value / unit, decimals)) }
    };
    // The highest stands even if the steps do not reach it.
    let end = first + (last - first).div_ceil(every) * every;
    (first..=end).step_by(every).filter_map(|place| all.get(place)).map(tick).collect()
}

/// Like [`magnitude`], from one thousand on: powers are told apart by their signs.
fn of_a_thousand(value: f64, locale: &dyn Locale) -> (f64, &str) {
    if value < 10_000.0 { (1e3, locale.magnitudes()[0]) } else { magnitude(locale, value) }
}

/// By what the days of an axis are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    Days(i32),
    Weeks(i32),
    Months(i32),
    Years(i32),
}

impl Calendar {
    /// From fine to coarse.
    pub(super) const ALL: [Self; 13] = [
        Self::Days(1),
        Self::Days(2),
        Self::Weeks(1),
        Self::Weeks(2),
        Self::Months(1),
        Self::Months(2),
        Self::Months(3),
        Self::Months(6),
        Self::Years(1),
        Self::Years(2),
        Self::Years(5),
        Self::Years(10),
        Self::Years(50),
    ];

    /// About how many days lie between two marks.
    pub(super) fn days(self) -> i32 {
        match self {
            Self::Days(count) => count,
            Self::Weeks(count) => 7 * count,
            Self::Months(count) => 30 * count,
            Self::Years(count) => 365 * count,
        }
    }

    /// The marks from `first` to `last`, both included.
    pub(super) fn between(self, first: Date, last: Date) -> Vec<Date> {
        let mut marks = Vec::new();
        let mut mark = self.at_or_before(first);
        while mark <= last {
            if mark >= first {
                marks.push(mark);
            }
            let next = self.after(mark);
            if next <= mark {
                break;
            }
            mark = next;
        }
        marks
    }

    fn at_or_before(self, day: Date) -> Date {
        let start_of = |year, month| Date::new(year, month, 1).unwrap_or(day);
        match self {
            // Both are counted from one Monday, so that the same days are marked on every picture.
            Self::Days(count) | Self::Weeks(count) => {
                let unit = if matches!(self, Self::Weeks(_)) { 7 * count } else { count };
                let monday = Date::new(1900, 1, 1).unwrap_or(day);
                day.plus_days(-(monday.days_until(day).rem_euclid(unit)))
            }
            Self::Months(count) => {
                let month = i32::from(day.civil().month()) - 1;
                let month = month - month % count + 1;
                start_of(day.year(), i8::try_from(month).unwrap_or(1))
            }
            Self::Years(count) => {
                let year = i32::from(day.year());
                start_of(i16::try_from(year - year % count).unwrap_or(day.year()), 1)
            }
        }
    }

    fn after(self, day: Date) -> Date {
        match self {
            Self::Days(count) => day.plus_days(count),
            Self::Weeks(count) => day.plus_days(7 * count),
            Self::Months(count) => day.plus_months(count),
            Self::Years(count) => day.plus_months(12 * count),
        }
    }

    /// What stands at a mark.
    pub(super) fn label(self, day: Date, locale: &dyn Locale) -> String {
        match self {
            Self::Days(_) | Self::Weeks(_) => locale.day(day),
            Self::Months(_) => locale.month(day),
            Self::Years(_) => locale.year(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::locale::English;
    use crate::text::Scalar;

    fn labels(values: &[f64], about: usize) -> String {
        let scale = ValueScale::around(values.iter().copied(), 100.0, 0.0);
        let (ticks, _) = of_values(scale, about, &English);
        ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn values_are_marked_by_round_numbers() {
        for (values, expected) in [
            (&[0.0, 2.8][..], "0 1 2 3"),
            (&[90.0, 98.0], "85 90 95 100"),
            (&[-1.0, 1.0], "\u{2212}2 \u{2212}1 0 1 2"),
            (&[-1200.0, 3900.0], "\u{2212}2000 0 2000 4000 6000"),
            (&[0.01, 0.034], "0 0.01 0.02 0.03 0.04"),
            (&[0.0, 123_456.0], "0 50k 100k 150k"),
            (&[0.0, 11_000.0], "0 5k 10k 15k"),
            (&[0.0, 980_000.0], "0 0.5M 1.0M 1.5M"),
            (&[0.0, 1e9], "0 0.5bn 1.0bn 1.5bn"),
            (&[1.0, 1e9], "1 1k 1M 1bn"),
            (&[0.5, 900.0], "0.1 1 10 100 1k"),
            (&[1e15, 1e15], "500tn 1000tn 1500tn"),
        ] {
            assert_eq!(labels(values, 4), expected, "{values:?}");
        }
    }

    #[test]
    fn days_are_marked_as_people_count_them() {
        let day = |text: &str| Date::parse(text).unwrap();
        let marks = |calendar: Calendar, first, last| {
            let marks = calendar.between(day(first), day(last));
            marks.iter().map(|mark| calendar.label(*mark, &English)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(marks(Calendar::Weeks(1), "2026-03-03", "2026-03-24"), "9 Mar 16 Mar 23 Mar");
        assert_eq!(marks(Calendar::Months(3), "2025-12-02", "2026-07-01"), "Jan Apr Jul");
        assert_eq!(marks(Calendar::Years(10), "1900-01-01", "1925-07-01"), "1900 1910 1920");
        assert_eq!(marks(Calendar::Days(1), "2199-12-30", "2199-12-31"), "30 Dec 31 Dec");
        assert_eq!(marks(Calendar::Months(1), "2026-01-31", "2026-03-01"), "Feb Mar");
    }
}
