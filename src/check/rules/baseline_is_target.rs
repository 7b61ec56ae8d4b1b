//! Targets that ask for no change.

use super::add_all;
use crate::evaluate::findings::baseline_is_target;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "baseline-is-target",
    severity: Severity::Error,
    finds: "a pilot whose `baseline` is its `target`",
    why: "nothing would have to change for it to succeed, so its verdict would say nothing",
    instead: "set the target where it would make a difference, or watch the figure as a guardrail instead",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, baseline_is_target(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn a_target_asks_for_a_change() {
        let check = |baseline: &str| {
            let pilot = format!(
                "title: P\nstarts: 2026-05-01\nprimary: {{name: N, direction: decrease, baseline: {baseline}, target: 3}}\n"
            );
            findings(check, &[("pilots/p.yaml", &pilot)])
        };
        assert_eq!(check("3.0"), ["pilots/p.yaml:3:51: the baseline of pilot `p` is its target, 3"]);
        assert_eq!(check("4"), [""; 0]);
    }
}
