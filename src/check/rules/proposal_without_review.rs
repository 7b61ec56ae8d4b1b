//! Proposals that would go on for ever.

use super::{add_all, if_all_was_read};
use crate::evaluate::findings::proposal_without_review;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "proposal-without-review",
    severity: Severity::Warning,
    finds: "a proposal, drafted or sent, that offers no pilot and names no day on which to look at it",
    why: "it is easier to say yes to what can be ended than to what cannot",
    instead: "offer a `pilot:`, or name `reviews:`, the days on which you look at it together",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, if_all_was_read(proposal_without_review, portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_proposal_can_be_looked_at() {
        let check = |more: &str| {
            let proposal = format!("title: Q\nask: A\n{more}");
            reminders(check, &[("proposals/q.yaml", &proposal)])
        };
        let expected =
            ["proposals/q.yaml:2:6: proposal `q` offers no pilot and no day on which to look at it"];
        assert_eq!(check(""), expected);
        assert_eq!(check("reviews: [2026-07-01]\n"), [""; 0]);
    }
}
