//! Proposals that their own pilot speaks against.

use super::add_all;
use crate::evaluate::findings::proposal_against_pilot;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "proposal-against-pilot",
    severity: Severity::Warning,
    finds: "a proposal, drafted or sent, whose pilot did not come to be adopted",
    why: "who reads the proposal will look at the pilot next",
    instead: "ask for what the pilot has shown, or rest the proposal on another one",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, proposal_against_pilot(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_proposal_rests_on_a_pilot_that_held() {
        let check = |decision: &str| {
            let pilot = format!(
                "title: P\nstarts: 2026-05-01\nprimary: {{name: N, direction: decrease, target: 1}}\n\
                 verdict: {{date: 2026-05-20, decision: {decision}}}\n"
            );
            reminders(check, &[("pilots/p.yaml", &pilot), ("proposals/q.yaml", "title: Q\nask: A\npilot: p\n")])
        };
        let expected = ["proposals/q.yaml:3:8: proposal `q` rests on the pilot `p`, whose verdict is extend"];
        assert_eq!(check("extend"), expected);
        assert_eq!(check("adopt"), [""; 0]);
    }
}
