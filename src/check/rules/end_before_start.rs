//! Days in an order that cannot be.

use crate::model::common::Escalation;
use crate::model::{Header, Portfolio};
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "end-before-start",
    severity: Severity::Error,
    finds: "a day that lies before the day it must follow: an end before its start, an answer before its question",
    why: "nothing can be counted or judged over a time that runs backwards",
    instead: "correct one of the two days",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    let config = &portfolio.config;
    let pause = config.pause.as_ref().map(|pause| pause.since);
    let place = Place::field(&SourcePath::new("portfolio.yaml"), "pause.since");
    add(("started", config.started), ("pause.since", pause), place, report);

    for decision in &portfolio.decisions {
        let mut days = Days { header: &decision.header, report };
        let date = ("date", decision.header.date());
        days.follow(date, "revisit_by", decision.revisit_by);
        days.follow(date, "result.date", decision.result.as_ref().map(|result| result.date));
    }
    for pilot in &portfolio.pilots {
        let mut days = Days { header: &pilot.header, report };
        let starts = ("starts", Some(pilot.starts));
        days.follow(starts, "ends", pilot.ends);
        days.follow(starts, "verdict.date", pilot.verdict.as_ref().map(|verdict| verdict.date));
        days.escalations(&pilot.escalations);
    }
    for proposal in &portfolio.proposals {
        let mut days = Days { header: &proposal.header, report };
        let date = ("date", proposal.header.date());
        days.follow(date, "decision_needed_by", proposal.decision_needed_by);
        days.follow(date, "answer.date", proposal.answer.as_ref().map(|answer| answer.date));
        days.escalations(&proposal.escalations);
    }
    for agreement in &portfolio.agreements {
        let mut days = Days { header: &agreement.header, report };
        let date = ("date", agreement.header.date());
        days.follow(date, "revisit_by", agreement.revisit_by);
        days.follow(date, "expires", agreement.expires);
    }
    for constraint in &portfolio.constraints {
        let mut days = Days { header: &constraint.header, report };
        let since = ("since", constraint.since);
        days.follow(since, "asked_on", constraint.asked_on);
        let asked = constraint.asked_on.map_or(since, |day| ("asked_on", Some(day)));
        days.follow(asked, "answered_on", constraint.answered_on);
    }
}

/// The days of one entry.
struct Days<'a> {
    header: &'a Header,
    report: &'a mut Report,
}

impl Days<'_> {
    /// Reports the day of `field` if it lies before the earlier one. A day that is not there breaks no order.
    fn follow(&mut self, earlier: (&str, Option<Date>), field: &str, day: Option<Date>) {
        add(earlier, (field, day), self.header.at(field), self.report);
    }

    fn escalations(&mut self, escalations: &[Escalation]) {
        for (index, escalation) in escalations.iter().enumerate() {
            for (time, fired) in escalation.fired.iter().enumerate() {
                let field = format!("escalations[{index}].fired[{time}].escalated");
                self.follow(("date", Some(fired.date)), &field, fired.escalated);
            }
        }
    }
}

fn add(earlier: (&str, Option<Date>), later: (&str, Option<Date>), place: Place, report: &mut Report) {
    let ((first, Some(before)), (second, Some(after))) = (earlier, later) else { return };
    if after < before {
        let name = second.rsplit("].").next().unwrap_or(second);
        report.add(&RULE, place, format!("`{name}` ({after}) lies before `{first}` ({before})"));
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    fn of(path: &str, fields: &str) -> Vec<String> {
        findings(check, &[(path, &format!("title: A\n{fields}\n"))])
    }

    #[test]
    fn a_pilot_ends_after_it_starts() {
        let primary = "primary: {name: P, direction: increase, target: 1}";
        assert!(of("pilots/a.yaml", &format!("{primary}\nstarts: 2026-03-02\nends: 2026-03-02")).is_empty());
        let found = of(
            "pilots/a.yaml",
            &format!(
                "{primary}\nstarts: 2026-03-02\nends: 2026-03-01\nverdict: {{date: 2026-01-01, decision: adopt}}\n\
                 escalations: {{trigger: T, to: B, fired: {{date: 2026-03-03, escalated: 2026-03-02}}}}"
            ),
        );
        let expected = [
            "pilots/a.yaml:4:7: `ends` (2026-03-01) lies before `starts` (2026-03-02)",
            "pilots/a.yaml:5:17: `verdict.date` (2026-01-01) lies before `starts` (2026-03-02)",
            "pilots/a.yaml:6:71: `escalated` (2026-03-02) lies before `date` (2026-03-03)",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn other_days_keep_their_order_too() {
        let cases = [
            ("decisions/2026-05-01-a.yaml", "revisit_by: 2026-04-01", "`revisit_by` (2026-04-01) lies before `date`"),
            ("decisions/a.yaml", "date: 2026-05-01\nresult: {date: 2026-04-01, verdict: mixed}", "`result.date`"),
            ("agreements/a.yaml", "date: 2026-05-01\nexpires: 2026-04-01", "`expires`"),
            ("proposals/a.yaml", "ask: B\ndate: 2026-05-01\ndecision_needed_by: 2026-04-01", "`decision_needed_by`"),
            ("constraints/a.yaml", "type: noise\nsince: 2026-05-01\nasked_on: 2026-04-01", "`asked_on`"),
            ("constraints/a.yaml", "type: noise\nsince: 2026-05-01\nanswered_on: 2026-04-01", "`answered_on`"),
            (
                "constraints/a.yaml",
                "type: noise\nsince: 2026-04-01\nasked_on: 2026-05-01\nanswered_on: 2026-04-30",
                "`answered_on` (2026-04-30) lies before `asked_on`",
            ),
        ];
        for (path, fields, message) in cases {
            let found = of(path, fields);
            assert!(found.len() == 1 && found[0].contains(message), "{found:?}");
        }
        assert!(of("decisions/a.yaml", "revisit_by: 2026-04-01").is_empty());
        let config = "title: T\nowner: {name: N}\nstarted: 2026-05-01\npause: {since: 2026-04-01}\n";
        assert_eq!(findings(check, &[("portfolio.yaml", config)]).len(), 1);
    }
}
