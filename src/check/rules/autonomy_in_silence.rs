//! Latitude that is used without a word.

use super::{add_all, if_all_was_read};
use crate::evaluate::findings::autonomy_in_silence;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "autonomy-in-silence",
    severity: Severity::Warning,
    finds: "a running pilot of which nothing was reported for one and a half rhythms of check-ins, or a last check-in that says off track with nothing after it for as long",
    why: "who hears nothing expects the worst, and latitude that is used in silence is taken back without a word",
    instead: "write a check-in now, two lines are enough: what changed, what failed, what comes next",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, if_all_was_read(autonomy_in_silence, portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_running_pilot_is_spoken_of() {
        let pilot = "title: P\nstarts: 2026-05-01\nprimary: {name: N, direction: decrease, target: 1}\n";
        let check = |date: &str| {
            let check_in = format!("title: C\ndate: {date}\nconfidence: off-track\n");
            reminders(check, &[("pilots/p.yaml", pilot), ("check-ins/c.yaml", &check_in)])
        };
        assert_eq!(check("2026-05-11"), [""; 0]);
        let expected = [
            "check-ins/c.yaml:3:13: check-in `c` says off track, and no report has followed",
            "pilots/p.yaml:2:9: pilot `p` runs, and nothing was reported of it since 2026-05-10",
        ];
        assert_eq!(check("2026-05-10"), expected);
    }
}
