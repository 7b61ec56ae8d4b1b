//! Trials that nobody ends.

use super::add_all;
use crate::evaluate::findings::pilot_past_end;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "pilot-past-end",
    severity: Severity::Warning,
    finds: "a pilot whose last day has passed without a verdict",
    why: "a trial that nobody ends becomes a habit that nobody chose",
    instead: "add `verdict:`, or move `ends:` and say why under `amendments:`",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, pilot_past_end(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_pilot_ends_with_a_verdict() {
        let check = |fields: &str| {
            let pilot = "title: P\nstarts: 2026-05-25\nprimary: {name: N, direction: decrease, target: 1}\n";
            reminders(check, &[("pilots/p.yaml", &format!("{pilot}{fields}"))])
        };
        assert_eq!(check("ends: 2026-05-31\n"), ["pilots/p.yaml:4:7: pilot `p` ended without a verdict"]);
        assert_eq!(check("ends: 2026-06-01\n"), [""; 0]);
        assert_eq!(check("ends: 2026-05-31\nverdict: {date: 2026-06-01, decision: revert}\n"), [""; 0]);
    }
}
