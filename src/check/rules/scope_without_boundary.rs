//! Ownership without an end.

use super::add_all;
use crate::evaluate::findings::scope_without_boundary;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "scope-without-boundary",
    severity: Severity::Warning,
    finds: "an active scope without `boundaries`",
    why: "a decision right is easier to grant when it says where it ends",
    instead: "name one decision that you will not take without input under `boundaries:`",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, scope_without_boundary(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_scope_says_where_it_ends() {
        let expected = ["scopes/s.yaml:1:1: scope `s` names no boundary"];
        assert_eq!(reminders(check, &[("scopes/s.yaml", "title: S\n")]), expected);
        assert_eq!(reminders(check, &[("scopes/s.yaml", "title: S\nboundaries: Contract terms\n")]), [""; 0]);
    }
}
