//! What a difference in a figure means: an observation, or what a metric is held against.

use super::{Said, plain, shortened};
use crate::model::tree::{Record, Tree};
use crate::words::{Argument, Phrase, phrase};

impl Said<'_> {
    /// A figure on a day: `observations[]` and its `value`.
    pub(super) fn observation(&self) -> Option<Phrase> {
        let is_value = self.path.last_field() == Some("value");
        // The last record on the way is the metric, or, of a value, the observation before it.
        let metric = self.within.iter().rev().nth(usize::from(is_value))?;
        let name = shortened(&plain(metric.field("name")));
        let amount = |value: &Tree| self.amount(value, metric);
        if is_value {
            let (from, to, date) = (amount(self.from?), amount(self.to?), self.within.last()?.field("date"));
            return Some(phrase!(
                "change.observation_altered",
                name = name,
                date = self.value(date),
                from = from,
                to = to
            ));
        }
        let of = |it: &Tree| (amount(it.field("value")), self.value(it.field("date")));
        match (self.from, self.to) {
            (None, Some(to)) => {
                let (value, date) = of(to);
                Some(phrase!("change.observed", name = name, value = value, date = date))
            }
            (from, _) => {
                let (value, date) = of(from?);
                Some(phrase!("change.observation_withdrawn", name = name, value = value, date = date))
            }
        }
    }

    /// What a metric is held against.
    pub(super) fn figure(&self) -> Option<Phrase> {
        let metric = self.within.last().filter(|it| matches!(it.of, "Primary" | "Guardrail" | "Metric"))?;
        let name = shortened(&plain(metric.field("name")));
        let amount = |value: &Tree| self.amount(value, metric);
        let (from, to) = (self.from.map(amount), self.to.map(amount));
        Some(match (self.path.last_field()?, from, to) {
            ("target", Some(from), Some(to)) => {
                phrase!("change.target_moved", name = name, from = from, to = to)
            }
            ("target", None, Some(to)) => phrase!("change.target_set", name = name, to = to),
            ("target", Some(from), None) => phrase!("change.target_unset", name = name, from = from),
            ("baseline", Some(from), Some(to)) => {
                phrase!("change.baseline_moved", name = name, from = from, to = to)
            }
            ("baseline", None, Some(to)) => phrase!("change.baseline_set", name = name, to = to),
            ("baseline", Some(from), None) => phrase!("change.baseline_unset", name = name, from = from),
            ("limit", Some(from), Some(to)) => {
                phrase!("change.limit_moved", name = name, from = from, to = to)
            }
            _ => return None,
        })
    }

    fn amount(&self, value: &Tree, metric: &Record) -> Argument {
        match metric.field("unit").leaf() {
            Some(unit) => phrase!("change.amount", value = self.value(value), unit = unit.to_string()).into(),
            None => self.value(value),
        }
    }
}
