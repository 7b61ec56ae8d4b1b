//! Escalations that reached nobody.

use super::add_all;
use crate::evaluate::findings::escalation_not_told;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "escalation-not-told",
    severity: Severity::Error,
    finds: "an escalation that was set off and has no `escalated`, although the time promised for it has passed",
    why: "it is the one promise on which a trial was allowed; who does not hear of a fault cannot trust the next trial",
    instead: "tell them today and write the day under `escalated:`, late as it is",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, escalation_not_told(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn who_was_to_be_told_is_told() {
        let check = |fired: &str| {
            let pilot = format!(
                "title: P\nstarts: 2026-05-01\nprimary: {{name: N, direction: decrease, target: 1}}\n\
                 escalations:\n  - {{trigger: T, to: Kim, within: 1d, fired: [{{{fired}}}]}}\n"
            );
            findings(check, &[("pilots/p.yaml", &pilot)])
        };
        let expected =
            ["pilots/p.yaml:5:48: `p` set off an escalation on 2026-05-30, and Kim was not told"];
        assert_eq!(check("date: 2026-05-30"), expected);
        assert_eq!(check("date: 2026-05-31"), [""; 0]);
        assert_eq!(check("date: 2026-05-20, escalated: 2026-05-30"), [""; 0]);
    }
}
