//! Agreements that no longer hold.

use super::{add_all, if_all_was_read};
use crate::evaluate::findings::agreement_expired;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "agreement-expired",
    severity: Severity::Warning,
    finds: "an agreement whose last day has passed while its status still says `agreed` and no other took its place",
    why: "who acts on an agreement that has run out acts without one",
    instead: "agree on what follows and write it down, or set `status: expired`",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, if_all_was_read(agreement_expired, portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn an_agreement_that_ran_out_says_so() {
        let check = |status: &str| {
            let text = format!("title: A\ndate: 2026-03-01\nstatus: {status}\nexpires: 2026-05-31\n");
            reminders(check, &[("agreements/a.yaml", &text)])
        };
        let expected = ["agreements/a.yaml:4:10: agreement `a` held until 2026-05-31 and still says `agreed`"];
        assert_eq!(check("agreed"), expected);
        assert_eq!(check("expired"), [""; 0]);
    }
}
