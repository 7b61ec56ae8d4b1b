//! Retreat into silence after a setback.

use super::{add_all, if_all_was_read};
use crate::evaluate::findings::silence_after_setback;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "silence-after-setback",
    severity: Severity::Warning,
    finds: "a setback, a decision that turned out as one or a pilot that was reverted, after which nothing was reported for one and a half rhythms of check-ins",
    why: "a setback that you report yourself costs little; one that others find costs the trust that latitude rests on",
    instead: "write a check-in that says what failed, what was learned and what you do about it",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, if_all_was_read(silence_after_setback, portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_setback_is_followed_by_a_report() {
        let setback = ("decisions/d.yaml", "title: D\nresult: {date: 2026-05-10, verdict: setback}\n");
        let expected =
            ["decisions/d.yaml:2:10: nothing was reported since the setback of `d` on 2026-05-10"];
        assert_eq!(reminders(check, &[setback]), expected);
        let told = ("check-ins/c.yaml", "title: C\ndate: 2026-05-10\n");
        assert_eq!(reminders(check, &[setback, told]), [""; 0]);
    }
}
