//! Trials that watch only what they hope for.

use super::add_all;
use crate::evaluate::findings::pilot_without_guardrail;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "pilot-without-guardrail",
    severity: Severity::Warning,
    finds: "a pilot without `guardrails` that is not concluded",
    why: "a target alone can be reached at the cost of something else; a guardrail shows early that it is",
    instead: "name one figure that must not get worse under `guardrails:`, with its limit",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, pilot_without_guardrail(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_pilot_is_guarded() {
        let check = |fields: &str| {
            let pilot = "title: P\nstarts: 2026-05-25\nprimary: {name: N, direction: decrease, target: 1}\n";
            reminders(check, &[("pilots/p.yaml", &format!("{pilot}{fields}"))])
        };
        assert_eq!(check(""), ["pilots/p.yaml:1:1: pilot `p` has no guardrail"]);
        assert_eq!(check("guardrails: {name: G, direction: decrease, limit: 2}\n"), [""; 0]);
        assert_eq!(check("verdict: {date: 2026-05-31, decision: revert}\n"), [""; 0]);
    }
}
