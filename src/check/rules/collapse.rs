//! The collapse of what must stay stable while latitude is used.

use super::{add_all, if_all_was_read};
use crate::evaluate::findings::{REPAIR_FIRST, collapse};
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "collapse",
    severity: Severity::Warning,
    finds: "clear ownership, visible contribution or accountable communication that is gone while a pilot runs or an agreement is in force",
    why: "more room to decide stands on these three; without one of them the next step breaks what was reached",
    instead: REPAIR_FIRST,
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, if_all_was_read(collapse, portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn ownership_stays_clear() {
        let agreement = "title: A\ndate: 2026-05-20\nstatus: agreed\ngrants: {right: s/doors, to: advise}\n";
        let check = |scope: &str| {
            let scope = format!("title: S\ndecision_rights: {{area: Doors, delegation: advise}}\n{scope}");
            reminders(check, &[("scopes/s.yaml", &scope), ("agreements/a.yaml", agreement)])
        };
        let expected = [
            "scopes/s.yaml:3:9: ownership is no longer clear: `a` uses latitude in `s`, which is retired",
        ];
        assert_eq!(check("status: retired\n"), expected);
        assert_eq!(check("summary: All doors of the house.\n"), [""; 0]);
    }

    #[test]
    fn something_comes_of_it_and_somebody_hears_of_it() {
        let config = "title: T\nowner: {name: N}\nstarted: 2026-01-12\ncheck_ins: {every: 2w}\n";
        let pilot = "title: P\nstarts: 2026-05-25\nprimary: {name: N, direction: decrease, target: 1}\n";
        let expected = [
            "portfolio.yaml:3:10: nothing that came of the work is visible since 2026-01-12",
            "portfolio.yaml:4:13: nobody was told anything since the beginning on 2026-01-12",
        ];
        assert_eq!(reminders(check, &[("portfolio.yaml", config), ("pilots/p.yaml", pilot)]), expected);
    }
}
