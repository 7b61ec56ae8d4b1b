//! Work whose effect nobody has measured.

use super::{add_all, if_all_was_read};
use crate::evaluate::findings::activity_without_outcome;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "activity-without-outcome",
    severity: Severity::Warning,
    finds: "an active scope in which something has been going on for thirty days and no outcome was measured once",
    why: "activity shows that you were busy; only a figure shows that it was worth more room to decide",
    instead: "name one outcome under `outcomes:` and write down its first observation, however rough",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, if_all_was_read(activity_without_outcome, portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_month_of_work_shows_in_a_figure() {
        let decisions = [
            ("decisions/d.yaml", "title: D\nscope: s\ndate: 2026-05-02\n"),
            ("decisions/e.yaml", "title: E\nscope: s\ndate: 2026-05-20\n"),
        ];
        let check = |scope: &str| reminders(check, &[decisions[0], decisions[1], ("scopes/s.yaml", scope)]);
        let expected =
            ["scopes/s.yaml:2:11: scope `s` has 2 entries of activity and no outcome that was measured"];
        assert_eq!(check("title: S\noutcomes: [{name: N}]\n"), expected);
        let measured = "title: S\noutcomes: [{name: N, observations: {date: 2026-05-30, value: 1}}]\n";
        assert_eq!(check(measured), [""; 0]);
    }
}
