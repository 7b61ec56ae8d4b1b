//! Trials without a way back.

use super::add_all;
use crate::evaluate::findings::pilot_without_fallback;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "pilot-without-fallback",
    severity: Severity::Warning,
    finds: "a pilot without `fallback` that is not concluded",
    why: "it is easier to say yes to a trial that says beforehand how it stops",
    instead: "say in one sentence under `fallback:` what happens from which moment on if it fails",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, pilot_without_fallback(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_pilot_has_a_way_back() {
        let check = |fields: &str| {
            let pilot = "title: P\nstarts: 2026-05-25\nprimary: {name: N, direction: decrease, target: 1}\n";
            reminders(check, &[("pilots/p.yaml", &format!("{pilot}{fields}"))])
        };
        assert_eq!(check(""), ["pilots/p.yaml:1:1: pilot `p` does not say what happens if it fails"]);
        assert_eq!(check("fallback: Sign-off returns\n"), [""; 0]);
    }
}
