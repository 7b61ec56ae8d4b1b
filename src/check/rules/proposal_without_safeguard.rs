//! Proposals that say of nothing what would be done about it.

use super::{add_all, if_all_was_read};
use crate::evaluate::findings::proposal_without_safeguard;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "proposal-without-safeguard",
    severity: Severity::Warning,
    finds: "a proposal, drafted or sent, that names no safeguard: neither under `safeguards`, nor in its pilot, nor as a risk with a mitigation",
    why: "what can go wrong is the second question of whoever has to answer for it",
    instead: "add `safeguards:` with what could go wrong and what is done about it",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, if_all_was_read(proposal_without_safeguard, portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn something_is_done_about_what_could_go_wrong() {
        let check = |more: &str| {
            let proposal = format!("title: Q\nask: A\n{more}");
            reminders(check, &[("proposals/q.yaml", &proposal)])
        };
        assert_eq!(check(""), ["proposals/q.yaml:2:6: proposal `q` names no safeguard"]);
        assert_eq!(check("safeguards: [{risk: R, mitigation: M}]\n"), [""; 0]);
    }
}
