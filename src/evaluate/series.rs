//! Observations: which of them lie in a period, and what they come to.

use super::figure::Figure;
use crate::model::common::{Direction, Judge, Observation, Observations};
use crate::text::{Date, Number};

/// The days that count, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day; `None` for any.
    pub from: Option<Date>,
    /// The last day; never after today, because no figure can be known in advance.
    pub to: Date,
}

impl Period {
    /// Whether a day lies in it.
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && day <= self.to
    }
}

/// The observations of one figure, parted by whether they count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted<'a> {
    /// Those within the period, by date and then by value, so that their order in the file means nothing.
    pub inside: Vec<&'a Observation>,
    /// How many lie outside it.
    pub left_out: usize,
}

/// Parts observations by whether they lie in the period.
pub fn counted(observations: Option<&Observations>, period: Period) -> Counted<'_> {
    let all = observations.map_or(&[][..], |observations| &observations.items);
    let mut inside: Vec<&Observation> = all.iter().filter(|seen| period.holds(seen.date)).collect();
    inside.sort_by(|a, b| a.date.cmp(&b.date).then(a.value.get().total_cmp(&b.value.get())));
    Counted { left_out: all.len() - inside.len(), inside }
}

/// What the observations come to; `None` of none.
///
/// Two observations on the last day are judged by the worse one: the record must not claim more than both
/// show.
pub fn judged(judge: Judge, direction: Direction, observations: &[&Observation]) -> Option<Figure> {
    let mut values: Vec<Number> = observations.iter().map(|seen| seen.value).collect();
    values.sort_by(|a, b| a.get().total_cmp(&b.get()));
    match judge {
        Judge::Last => {
            let last = observations.iter().map(|seen| seen.date).max()?;
            values = observations.iter().filter(|seen| seen.date == last).map(|seen| seen.value).collect();
            worst(direction, &values).map(Figure::from)
        }
        Judge::Mean => Figure::mean(&values),
        Judge::Median => match (values.len(), values.len() / 2) {
            (0, _) => None,
            (length, middle) if length % 2 == 1 => Some(values[middle].into()),
            (_, middle) => Figure::mean(&values[middle - 1..=middle]),
        },
        Judge::Worst => worst(direction, &values).map(Figure::from),
        Judge::Sum => Figure::sum(&values),
    }
}

/// The value furthest from what is wanted.
fn worst(direction: Direction, values: &[Number]) -> Option<Number> {
    let order = |a: &&Number, b: &&Number| a.get().total_cmp(&b.get());
    match direction {
        Direction::Increase => values.iter().min_by(order).copied(),
        Direction::Decrease => values.iter().max_by(order).copied(),
    }
}

/// Where a figure stands between where it was and where it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// At the target, or past it.
    Reached,
    /// Better than the baseline, not yet at the target.
    Improved,
    /// No better than the baseline.
    NotBetter,
    /// Short of the target, and nothing says where it stood before.
    NoBaseline,
}

/// Where a figure stands.
pub fn standing(direction: Direction, baseline: Option<Number>, target: Number, figure: Figure) -> Standing {
    let better = |than: Number| match direction {
        Direction::Increase => figure.compared_with(than),
        Direction::Decrease => figure.compared_with(than).reverse(),
    };
    if better(target).is_ge() {
        return Standing::Reached;
    }
    match baseline {
        Some(baseline) if better(baseline).is_gt() => Standing::Improved,
        Some(_) => Standing::NotBetter,
        None => Standing::NoBaseline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::day;
    use crate::text::Scalar;

    fn observations(items: &[(&str, &str)]) -> Observations {
        let items = items
            .iter()
            .map(|(date, value)| Observation {
                date: day(date),
                value: Number::parse(value).unwrap(),
                note: None,
            })
            .collect();
        Observations { items, ..Observations::default() }
    }

    #[test]
    fn every_way_of_judging() {
        let all = observations(&[
            ("2026-01-02", "4"),
            ("2026-01-03", "1"),
            ("2026-01-01", "2"),
            ("2026-01-04", "3"),
        ]);
        let one = observations(&[("2026-01-02", "4")]);
        let period = Period { from: None, to: day("2026-02-01") };
        for (judge, direction, expected, expected_of_one) in [
            (Judge::Last, Direction::Increase, "3", "4"),
            (Judge::Mean, Direction::Increase, "2.5", "4"),
            (Judge::Median, Direction::Increase, "2.5", "4"),
            (Judge::Worst, Direction::Increase, "1", "4"),
            (Judge::Worst, Direction::Decrease, "4", "4"),
            (Judge::Sum, Direction::Increase, "10", "4"),
        ] {
            let shown = |observations: &Observations| {
                judged(judge, direction, &counted(Some(observations), period).inside).unwrap().to_string()
            };
            assert_eq!(shown(&all), expected, "{judge:?} {direction:?}");
            assert_eq!(shown(&one), expected_of_one, "{judge:?} {direction:?}");
            assert_eq!(judged(judge, direction, &[]), None);
        }
    }

    #[test]
    fn of_two_on_the_last_day_the_worse_counts() {
        let all = observations(&[("2026-01-02", "4"), ("2026-01-02", "1")]);
        let all: Vec<&Observation> = all.items.iter().collect();
        assert_eq!(judged(Judge::Last, Direction::Increase, &all).unwrap().to_string(), "1");
        assert_eq!(judged(Judge::Last, Direction::Decrease, &all).unwrap().to_string(), "4");
    }

    #[test]
    fn both_ends_of_a_period_belong_to_it() {
        let all = observations(&[
            ("2026-01-01", "1"),
            ("2026-01-02", "2"),
            ("2026-01-03", "3"),
            ("2026-01-04", "4"),
        ]);
        let counted = counted(Some(&all), Period { from: Some(day("2026-01-02")), to: day("2026-01-03") });
        assert_eq!(counted.inside.iter().map(|seen| seen.value.get()).collect::<Vec<_>>(), [2.0, 3.0]);
        assert_eq!(counted.left_out, 2);
    }

    #[test]
    fn the_edges_of_a_standing() {
        let n = |text: &str| Number::parse(text).unwrap();
        for (direction, baseline, figure, expected) in [
            (Direction::Decrease, Some("9"), "4", Standing::Reached),
            (Direction::Decrease, Some("9"), "4.1", Standing::Improved),
            (Direction::Decrease, Some("9"), "9", Standing::NotBetter),
            (Direction::Decrease, Some("9"), "10", Standing::NotBetter),
            (Direction::Decrease, None, "5", Standing::NoBaseline),
            (Direction::Increase, Some("2"), "4", Standing::Reached),
            (Direction::Increase, Some("2"), "3.9", Standing::Improved),
            (Direction::Increase, Some("2"), "2", Standing::NotBetter),
        ] {
            let found = standing(direction, baseline.map(n), n("4"), n(figure).into());
            assert_eq!(found, expected, "{direction:?} {baseline:?} {figure}");
        }
    }
}
