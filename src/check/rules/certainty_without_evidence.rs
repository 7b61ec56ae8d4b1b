//! Certainty that rests on nothing.

use super::add_all;
use crate::evaluate::findings::certainty_without_evidence;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "certainty-without-evidence",
    severity: Severity::Warning,
    finds: "a decision with a confidence of 0.9 or more that names neither a second option nor any evidence",
    why: "near-certainty is easy to state and hard to earn; when it turns out wrong, the next statement counts for less",
    instead: "name the option that you did not take under `options:`, add `evidence:`, or state less confidence",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, certainty_without_evidence(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn certainty_is_founded() {
        let check = |fields: &str| {
            reminders(check, &[("decisions/d.yaml", &format!("title: D\nconfidence: 0.9\n{fields}"))])
        };
        let expected = [
            "decisions/d.yaml:2:13: decision `d` is stated with a confidence of 0.9, without alternatives and without \
             evidence",
        ];
        assert_eq!(check(""), expected);
        assert_eq!(check("options: [One, Two]\n"), [""; 0]);
    }
}
