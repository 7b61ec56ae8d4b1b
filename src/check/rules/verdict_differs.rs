//! Verdicts that the figures do not bear out.

use super::add_all;
use crate::evaluate::findings::verdict_differs;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "verdict-differs",
    severity: Severity::Warning,
    finds: "a pilot whose declared verdict is not the one that its figures give",
    why: "both are shown side by side, and a reader will ask",
    instead: "say under `note:` of the verdict why you decided otherwise, or decide again",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, verdict_differs(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn words_and_figures_agree() {
        let check = |decision: &str| {
            let pilot = format!(
                "title: P\nstarts: 2026-05-01\nends: 2026-05-20\n\
                 primary: {{name: N, direction: decrease, target: 1, observations: {{date: 2026-05-02, value: 1}}}}\n\
                 verdict: {{date: 2026-05-20, decision: {decision}}}\n"
            );
            findings(check, &[("pilots/p.yaml", &pilot)])
        };
        let expected =
            ["pilots/p.yaml:5:39: pilot `p` is declared `revert`, and its figures say `adopt`"];
        assert_eq!(check("revert"), expected);
        assert_eq!(check("adopt"), [""; 0]);
    }
}
