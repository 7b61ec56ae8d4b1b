//! Looks at the portfolio as a whole for what reading alone cannot find. One rule, one file.

pub mod over_time;
mod page;
pub mod paper;
#[cfg(test)]
mod probe;
mod rules;
pub mod theme;

use rayon::prelude::*;

use crate::model::{Portfolio, read};
use crate::report::{Report, Rule};
use crate::source::SourcePath;
use crate::text::Date;
use crate::words;

pub use page::page;

/// A rule, and how it is checked.
type Check = (&'static Rule, fn(&Portfolio, Date, &mut Report));

/// Adds everything that is wrong with the portfolio to the report.
pub fn run(portfolio: &Portfolio, today: Date, report: &mut Report) {
    for found in run_all(portfolio, today) {
        report.extend(found);
    }
    // Of an entry in which fields are missing that cannot be read, only what is wrong with the rest can be said.
    let Some(whole) = portfolio.with_sketches() else { return };
    let is_sketched = |file: &SourcePath| portfolio.sketches.iter().any(|it| it.header().file == *file);
    for found in run_all(&whole, today) {
        let errors = found.errors();
        let of_sketches = errors.diagnostics().iter().filter(|fault| is_sketched(&fault.place.file));
        of_sketches.for_each(|fault| report.take(fault.clone()));
    }
}

fn run_all(portfolio: &Portfolio, today: Date) -> Vec<Report> {
    let found = rules::ALL.par_iter().map(|(_, check)| {
        let mut report = Report::default();
        check(portfolio, today, &mut report);
        report
    });
    found.collect()
}

/// All rules, those of the format included, in the order of their codes.
pub fn catalogue() -> Vec<&'static Rule> {
    let themes = theme::RULES.into_iter().chain(words::RULES);
    let found = rules::ALL.iter().map(|(rule, _)| *rule);
    let own = found.chain(themes).chain(paper::ALL).chain(over_time::RULES);
    let mut rules: Vec<&Rule> = read::rules::ALL.iter().copied().chain(own).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_code_of_its_own_and_says_why_and_what_instead() {
        let rules = catalogue();
        for pair in rules.windows(2) {
            assert_ne!(pair[0].code, pair[1].code);
        }
        for rule in rules {
            let is_code = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(rule.code.chars().all(is_code), "{}", rule.code);
            for text in [rule.finds, rule.why, rule.instead] {
                assert!(!text.is_empty() && !text.ends_with('.'), "{}: {text}", rule.code);
                assert!(!text.starts_with(char::is_uppercase), "{}: {text}", rule.code);
            }
        }
    }
}
