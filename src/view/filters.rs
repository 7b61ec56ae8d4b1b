//! What a list can be cut down to: by scope, status, tag and period.

use std::collections::BTreeMap;

use serde::Serialize;

use super::arranged::tag_keys;
use super::card::Card;
use super::site::Site;
use crate::model::Header;
use crate::text::Date;

/// An entry in a list that can be filtered.
#[derive(Serialize)]
pub struct Row<'a> {
    /// What the list shows of it.
    #[serde(flatten)]
    pub card: Card<'a>,
    /// The ids of the scopes to which it belongs, separated by blanks.
    pub scopes: String,
    /// The keys of its tags, separated by blanks.
    pub tag_keys: String,
}

/// One way to cut a list down.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub struct Filter {
    /// `scope`, `status`, `tag` or `period`.
    pub name: &'static str,
    /// What can be chosen.
    pub choices: Vec<Choice>,
}

/// One thing that can be chosen.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Choice {
    /// What a row must have: the id of a scope, a word, the key of a tag, `2026` or `2026-Q3`.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// How many rows have it.
    pub count: usize,
}

impl<'a> Site<'a> {
    /// The rows of a list.
    pub(super) fn rows(&self, headers: &[&'a Header]) -> Vec<Row<'a>> {
        headers.iter().map(|header| self.row(header)).collect()
    }

    fn row(&self, header: &'a Header) -> Row<'a> {
        let scopes: Vec<&str> = self.belonging().of(&header.id).iter().map(|id| id.as_str()).collect();
        Row { card: self.card(header), scopes: scopes.join(" "), tag_keys: tag_keys(header).join(" ") }
    }

    /// By what a list can be cut down. One choice is none, so a filter has at least two.
    pub(super) fn filters(&self, rows: &[Row]) -> Vec<Filter> {
        let title = |id: &str| self.portfolio().header(id).map_or(id, Header::title).to_owned();
        let tag = |key: &str| self.tags().get(key).map_or(key, |group| group.name).to_owned();
        let filters = [
            ("scope", counted(rows.iter().flat_map(|row| row.scopes.split_whitespace()), title)),
            ("status", counted(rows.iter().filter_map(|row| row.card.status), str::to_owned)),
            ("tag", counted(rows.iter().flat_map(|row| row.tag_keys.split_whitespace()), tag)),
            ("period", periods(rows.iter().filter_map(|row| row.card.date))),
        ];
        let filters = filters.into_iter().map(|(name, choices)| Filter { name, choices });
        filters.filter(|filter| filter.choices.len() > 1).collect()
    }
}

/// The different values with how often they stand there, in the order of their labels.
fn counted<'v>(values: impl Iterator<Item = &'v str>, label: impl Fn(&str) -> String) -> Vec<Choice> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let choice =
        |(value, count): (&str, usize)| Choice { value: value.to_owned(), label: label(value), count };
    let mut choices: Vec<Choice> = counts.into_iter().map(choice).collect();
    choices.sort_by(|a, b| (a.label.to_lowercase(), &a.value).cmp(&(b.label.to_lowercase(), &b.value)));
    choices
}

/// The years of some days, the latest first, each followed by its quarters.
fn periods(days: impl Iterator<Item = Date>) -> Vec<Choice> {
    let mut years: BTreeMap<i16, BTreeMap<i8, usize>> = BTreeMap::new();
    for day in days {
        *years.entry(day.year()).or_default().entry((day.civil().month() - 1) / 3 + 1).or_default() += 1;
    }
    let mut choices = Vec::new();
    for (year, quarters) in years.iter().rev() {
        choices.push(Choice {
            value: year.to_string(),
            label: year.to_string(),
            count: quarters.values().sum(),
        });
        let quarter = |(quarter, count): (&i8, &usize)| Choice {
            value: format!("{year}-Q{quarter}"),
            label: format!("{year} Q{quarter}"),
            count: *count,
        };
        // One quarter is the whole year.
        choices.extend(quarters.iter().rev().map(quarter).filter(|_| quarters.len() > 1));
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(choices: &[Choice]) -> String {
        let lines: Vec<String> =
            choices.iter().map(|it| format!("{}={}:{}", it.value, it.label, it.count)).collect();
        lines.join(" ")
    }

    #[test]
    fn values_are_counted_and_stand_in_the_order_of_their_labels() {
        let label = |value: &str| if value == "b" { "Alpha".to_owned() } else { "beta".to_owned() };
        assert_eq!(shown(&counted(["a", "b", "a"].into_iter(), label)), "b=Alpha:1 a=beta:2");
    }

    #[test]
    fn periods_are_years_with_their_quarters() {
        let days = ["2025-05-01", "2026-01-12", "2026-03-31", "2026-10-01"];
        let days = days.iter().map(|day| crate::text::Scalar::parse(day).unwrap());
        assert_eq!(shown(&periods(days)), "2026=2026:3 2026-Q4=2026 Q4:1 2026-Q1=2026 Q1:2 2025=2025:1");
    }
}
