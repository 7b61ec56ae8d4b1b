//! Decisions that were to be looked at again.

use super::add_all;
use crate::evaluate::findings::decision_past_revisit;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "decision-past-revisit",
    severity: Severity::Warning,
    finds: "a decision, proposed or in force, whose `revisit_by` has passed and whose result is not known",
    why: "a decision that is never looked at again teaches nothing, and the promise to do so was part of it",
    instead: "look at it and write down `result:`, or move `revisit_by:` and say why in the text",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, decision_past_revisit(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_promised_second_look_is_taken() {
        let check = |fields: &str| reminders(check, &[("decisions/d.yaml", &format!("title: D\n{fields}"))]);
        let expected = ["decisions/d.yaml:2:13: decision `d` was to be looked at again by 2026-05-31"];
        assert_eq!(check("revisit_by: 2026-05-31\n"), expected);
        assert_eq!(check("revisit_by: 2026-06-01\n"), [""; 0]);
        assert_eq!(check("revisit_by: 2026-05-31\nresult: {date: 2026-05-31, verdict: mixed}\n"), [""; 0]);
    }
}
