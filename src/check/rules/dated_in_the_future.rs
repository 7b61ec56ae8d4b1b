//! Things said to have happened on a day that is still to come.

use crate::model::common::{Escalation, Observations, Review};
use crate::model::decision::DecisionStatus;
use crate::model::series::SeriesField;
use crate::model::{Header, Kind, Portfolio};
use crate::report::{Place, Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "dated-in-the-future",
    severity: Severity::Warning,
    finds: "something that has happened, dated after today: a figure, a result, a review that was held, a promise kept",
    why: "the record shows what was, and such a day is most often a slip of the keyboard",
    instead: "correct the day, or wait with the entry until then",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    for header in portfolio.headers() {
        let mut facts = Facts { header, today, report };
        for (index, evidence) in header.written_evidence() {
            facts.fact(format!("evidence[{index}].date"), evidence.date);
        }
        if matches!(header.kind, Kind::CheckIn | Kind::Feedback) {
            facts.own_date();
        }
    }
    scopes(portfolio, today, report);
    decisions(portfolio, today, report);
    pilots(portfolio, today, report);
    for proposal in &portfolio.proposals {
        let mut facts = Facts { header: &proposal.header, today, report };
        facts.fact("answer.date", proposal.answer.as_ref().map(|answer| answer.date));
        facts.reviews(&proposal.reviews);
        facts.escalations(&proposal.escalations);
        facts.series(proposal.series());
    }
    for constraint in &portfolio.constraints {
        let mut facts = Facts { header: &constraint.header, today, report };
        facts.fact("asked_on", constraint.asked_on);
        facts.fact("answered_on", constraint.answered_on);
    }
}

fn scopes(portfolio: &Portfolio, today: Date, report: &mut Report) {
    for scope in &portfolio.scopes {
        let mut facts = Facts { header: &scope.header, today, report };
        for (index, commitment) in scope.commitments.iter().enumerate() {
            facts.fact(format!("commitments[{index}].kept"), commitment.kept);
        }
        facts.series(scope.series());
    }
}

fn decisions(portfolio: &Portfolio, today: Date, report: &mut Report) {
    for decision in &portfolio.decisions {
        let mut facts = Facts { header: &decision.header, today, report };
        if decision.status.is_some_and(|status| status != DecisionStatus::Proposed) {
            facts.own_date();
        }
        facts.fact("reported", decision.reported);
        facts.fact("result.date", decision.result.as_ref().map(|result| result.date));
    }
}

fn pilots(portfolio: &Portfolio, today: Date, report: &mut Report) {
    for pilot in &portfolio.pilots {
        let mut facts = Facts { header: &pilot.header, today, report };
        facts.reviews(&pilot.reviews);
        facts.series(pilot.series());
        facts.escalations(&pilot.escalations);
        for (index, amendment) in pilot.amendments.iter().enumerate() {
            facts.fact(format!("amendments[{index}].date"), Some(amendment.date));
        }
        facts.fact("verdict.date", pilot.verdict.as_ref().map(|verdict| verdict.date));
    }
}

/// What one entry says has happened.
struct Facts<'a> {
    header: &'a Header,
    today: Date,
    report: &'a mut Report,
}

impl Facts<'_> {
    fn fact(&mut self, field: impl Into<String>, day: Option<Date>) {
        let Some(day) = day.filter(|day| *day > self.today) else { return };
        let field = field.into();
        let name = field.rsplit("].").next().unwrap_or(&field);
        let message = format!("`{name}` ({day}) lies after today, {}", self.today);
        self.report.add(&RULE, self.header.at(field), message);
    }

    /// The date that the entry says, or that its id begins with: then the file itself is what to look at.
    fn own_date(&mut self) {
        match self.header.common.date {
            Some(day) => self.fact("date", Some(day)),
            None => {
                let Some(day) = self.header.date().filter(|day| *day > self.today) else { return };
                let message = format!("the date {day} of `{}` lies after today, {}", self.header.id, self.today);
                self.report.add(&RULE, Place::file(&self.header.file), message);
            }
        }
    }

    fn reviews(&mut self, reviews: &[Review]) {
        for (index, review) in reviews.iter().enumerate() {
            self.fact(format!("reviews[{index}].held"), review.held());
        }
    }

    fn escalations(&mut self, escalations: &[Escalation]) {
        for (index, escalation) in escalations.iter().enumerate() {
            for (time, fired) in escalation.fired.iter().enumerate() {
                let field = format!("escalations[{index}].fired[{time}]");
                self.fact(format!("{field}.date"), Some(fired.date));
                self.fact(format!("{field}.escalated"), fired.escalated);
            }
        }
    }

    fn series<'s>(&mut self, all: impl Iterator<Item = (SeriesField, &'s Observations)>) {
        for (field, series) in all {
            self.observations(field, series);
        }
    }

    /// Figures in a CSV file have no field of their own: the name of the file stands for them all.
    fn observations(&mut self, field: SeriesField, series: &Observations) {
        let Some(file) = &series.file else {
            for (index, observation) in series.items.iter().enumerate() {
                self.fact(format!("{field}[{index}].date"), Some(observation.date));
            }
            return;
        };
        let latest = series.items.iter().map(|observation| observation.date).max();
        if let Some(latest) = latest.filter(|day| *day > self.today) {
            let message = format!("`{file}` has a figure of {latest}, after today, {}", self.today);
            self.report.add(&RULE, self.header.at(field.to_string()), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn what_has_happened_lies_behind_us() {
        let pilot = "title: A\nstarts: 2026-05-01\nends: 2026-07-01\n\
                     reviews: [2026-06-15, {date: 2026-06-15, held: 2026-06-02}]\n\
                     primary: {name: P, direction: increase, target: 1, observations: [{date: 2026-06-01, value: 1}, {date: 2026-06-02, value: 1}]}\n\
                     guardrails: {name: G, direction: increase, limit: 1, observations: g.csv}\n";
        let files = [
            ("pilots/a/index.yaml", pilot),
            ("pilots/a/g.csv", "date,value\n2026-06-01,1\n2026-06-03,2\n"),
            ("decisions/2026-06-02-b.md", "---\nstatus: accepted\n---\n# B\n"),
            ("decisions/2026-06-02-c.md", "---\nrevisit_by: 2027-01-01\n---\n# Only proposed\n"),
            ("scopes/d.yaml", "title: D\ncommitments: {what: W, due: 2026-07-01, kept: 2026-06-30}\n"),
            ("check-ins/2026-06-02.md", "# E\n"),
        ];
        let expected = [
            "check-ins/2026-06-02.md: the date 2026-06-02 of `2026-06-02` lies after today, 2026-06-01",
            "decisions/2026-06-02-b.md: the date 2026-06-02 of `2026-06-02-b` lies after today, 2026-06-01",
            "pilots/a/index.yaml:4:48: `held` (2026-06-02) lies after today, 2026-06-01",
            "pilots/a/index.yaml:5:104: `date` (2026-06-02) lies after today, 2026-06-01",
            "pilots/a/index.yaml:6:68: `g.csv` has a figure of 2026-06-03, after today, 2026-06-01",
            "scopes/d.yaml:2:47: `kept` (2026-06-30) lies after today, 2026-06-01",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
