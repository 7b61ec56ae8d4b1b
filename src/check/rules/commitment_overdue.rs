//! Promises of which nothing is said.

use super::add_all;
use crate::evaluate::findings::commitment_overdue;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "commitment-overdue",
    severity: Severity::Warning,
    finds: "a commitment whose day has passed and that is neither kept nor missed",
    why: "kept promises are what credibility is counted in, and an open one is read as a missed one",
    instead: "write `kept:` with the day, or `missed:` with the reason",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, commitment_overdue(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_promise_is_kept_or_given_up() {
        let promises = "title: S\ncommitments:\n  - {what: A, due: 2026-05-31, kept: 2026-05-30}\n  \
                        - {what: B, due: 2026-05-30}\n  - {what: C, due: 2026-06-01}\n";
        let expected = [
            "scopes/s.yaml:4:20: what `s` promises for 2026-05-30, 2 days ago, is neither kept nor missed",
        ];
        assert_eq!(reminders(check, &[("scopes/s.yaml", promises)]), expected);
    }
}
