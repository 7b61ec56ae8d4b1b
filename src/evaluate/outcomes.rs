//! Where the outcomes of a scope stand: the figures that show whether the work goes well.

use super::figure::Figure;
use super::series::{Period, Standing, counted, judged, standing};
use crate::model::Scope;
use crate::model::common::{Direction, Judge, Metric};
use crate::text::Date;

/// One outcome of a scope, and what its observations have come to.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeReading<'a> {
    /// Its place among the outcomes, from 0: the path of its fields is `outcomes[index]`.
    pub index: usize,
    /// What is measured.
    pub metric: &'a Metric,
    /// What the observations up to today come to; `None` of none.
    pub value: Option<Figure>,
    /// How many observations there are.
    pub observations: usize,
    /// Where that stands; `None` while there are fewer observations than the metric asks for, or nothing to
    /// hold them against.
    pub standing: Option<Standing>,
}

/// All outcomes of a scope, in the order of the file.
pub fn outcomes(scope: &Scope, today: Date) -> Vec<OutcomeReading<'_>> {
    scope.outcomes.iter().enumerate().map(|(index, metric)| reading(index, metric, today)).collect()
}

/// What the observations of a metric come to on a day; `index` is its place among several.
pub fn reading(index: usize, metric: &Metric, today: Date) -> OutcomeReading<'_> {
    let seen = counted(metric.observations.as_ref(), Period { from: None, to: today }).inside;
    // Without a direction only `worst` could not be told, and then the last value says as much as any.
    let judge = match (metric.judge.unwrap_or(Judge::Last), metric.direction) {
        (Judge::Worst, None) => Judge::Last,
        (judge, _) => judge,
    };
    let value = judged(judge, metric.direction.unwrap_or(Direction::Increase), &seen);
    let needed = metric.minimum_observations.map_or(1, |minimum| minimum.get() as usize);
    let standing = match (metric.direction, metric.target, value) {
        (Some(direction), Some(target), Some(value)) if seen.len() >= needed => {
            Some(standing(direction, metric.baseline, target, value))
        }
        _ => None,
    };
    OutcomeReading { index, metric, value, observations: seen.len(), standing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    #[test]
    fn outcomes_stand_where_their_observations_put_them() {
        let portfolio = portfolio(&[(
            "scopes/s.yaml",
            "outcomes:\n  - {name: a}\n  - {name: b, direction: increase, baseline: 1, target: 5, judge: mean, \
             minimum_observations: 2, observations: [{date: 2026-03-01, value: 2}, {date: 2026-04-01, value: 9}]}\n",
        )]);
        let at = |today: &str| {
            let all = outcomes(&portfolio.scopes[0], day(today));
            assert_eq!((all[0].value, all[0].standing), (None, None));
            (all[1].observations, all[1].value.map(|value| value.to_string()), all[1].standing)
        };
        assert_eq!(at("2026-02-01"), (0, None, None));
        assert_eq!(at("2026-03-01"), (1, Some("2".into()), None));
        assert_eq!(at("2026-04-01"), (2, Some("5.5".into()), Some(Standing::Reached)));
    }
}
