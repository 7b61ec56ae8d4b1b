//! Scopes that say something else than was agreed.

use super::{add_all, if_all_was_read};
use crate::evaluate::findings::drift;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "drift",
    severity: Severity::Warning,
    finds: "a decision right whose level in the scope is not the one that its newest agreement in force grants",
    why: "two papers that differ leave it to the next argument which of them holds",
    instead: "set the level to what was agreed, or agree anew and write that down",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, if_all_was_read(drift, portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn scope_and_agreement_say_the_same() {
        let check = |level: &str| {
            let scope = format!("title: S\ndecision_rights:\n  - {{area: Doors, delegation: {level}}}\n");
            let agreement =
                "title: A\ndate: 2026-03-01\nstatus: agreed\ngrants: {right: s/doors, to: advise}\n";
            findings(check, &[("scopes/s.yaml", &scope), ("agreements/a.yaml", agreement)])
        };
        let expected =
            ["scopes/s.yaml:3:31: `s/doors` is at `consult`, and the agreement `a` grants `advise`"];
        assert_eq!(check("consult"), expected);
        assert_eq!(check("advise"), [""; 0]);
    }
}
