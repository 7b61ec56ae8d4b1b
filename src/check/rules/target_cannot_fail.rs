//! Targets that cannot be missed.

use super::add_all;
use crate::evaluate::findings::target_cannot_fail;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "target-cannot-fail",
    severity: Severity::Error,
    finds: "a pilot whose `target` lies behind its `baseline`, so that even getting worse would reach it",
    why: "a trial that cannot fail shows nothing",
    instead: "check `direction:`, or set a target that the figure does not reach today",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, target_cannot_fail(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn a_target_can_be_missed() {
        let check = |direction: &str| {
            let pilot = format!(
                "title: P\nstarts: 2026-05-01\nprimary: {{name: N, direction: {direction}, baseline: 4, target: 3}}\n"
            );
            findings(check, &[("pilots/p.yaml", &pilot)])
        };
        let expected = [
            "pilots/p.yaml:3:62: the target of pilot `p` cannot fail: the baseline of 4 is past 3 already",
        ];
        assert_eq!(check("increase"), expected);
        assert_eq!(check("decrease"), [""; 0]);
    }
}
