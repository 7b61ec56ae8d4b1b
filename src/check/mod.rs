//! Looks at the portfolio as a whole for what reading alone cannot find. One rule, one file.

mod rules;
pub mod theme;

use crate::model::{Portfolio, read};
use crate::report::{Report, Rule};
use crate::text::Date;

/// A rule, and how it is checked.
type Check = (&'static Rule, fn(&Portfolio, Date, &mut Report));

/// Adds everything that is wrong with the portfolio to the report.
pub fn run(portfolio: &Portfolio, today: Date, report: &mut Report) {
    for (_, check) in rules::ALL {
        check(portfolio, today, report);
    }
}

/// All rules, those of the format included, in the order of their codes.
pub fn catalogue() -> Vec<&'static Rule> {
    let own = rules::ALL.iter().map(|(rule, _)| *rule).chain([&theme::RULE]);
    let mut rules: Vec<&Rule> = read::rules::ALL.iter().copied().chain(own).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}
