//! Ownership of nothing that could be seen.

use super::add_all;
use crate::evaluate::findings::scope_without_outcome;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "scope-without-outcome",
    severity: Severity::Warning,
    finds: "an active scope without `outcomes`",
    why: "without an outcome nobody can tell whether more room to decide did any good, you included",
    instead: "name the one figure that would show it under `outcomes:`; observations can follow",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, scope_without_outcome(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_scope_is_for_something() {
        let expected = ["scopes/s.yaml:1:1: scope `s` names no outcome"];
        assert_eq!(reminders(check, &[("scopes/s.yaml", "title: S\n")]), expected);
        assert_eq!(reminders(check, &[("scopes/s.yaml", "title: S\noutcomes: {name: N}\n")]), [""; 0]);
        assert_eq!(reminders(check, &[("scopes/s.yaml", "title: S\nstatus: retired\n")]), [""; 0]);
    }
}
