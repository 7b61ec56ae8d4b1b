//! What happened on a day, without the day.

use super::impossible_date_in_id::date_like;
use crate::model::agreement::AgreementStatus;
use crate::model::decision::DecisionStatus;
use crate::model::{Header, Kind, Portfolio};
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "missing-date",
    severity: Severity::Error,
    finds: "a decision that was taken, an agreement, a check-in or feedback without a date",
    why: "what is not dated cannot be put in order, and counts for no review",
    instead: "add `date:`, or begin the name of the file with the date",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for decision in &portfolio.decisions {
        let status = decision.status.unwrap_or(DecisionStatus::Proposed);
        if status != DecisionStatus::Proposed {
            check_dated(&decision.header, report);
        }
    }
    for agreement in &portfolio.agreements {
        if agreement.status.unwrap_or(AgreementStatus::Draft) != AgreementStatus::Draft {
            check_dated(&agreement.header, report);
        }
    }
    for header in portfolio.of_kind(Kind::CheckIn).chain(portfolio.of_kind(Kind::Feedback)) {
        check_dated(header, report);
    }
}

fn check_dated(header: &Header, report: &mut Report) {
    // A date that the calendar does not have is reported as such.
    if header.date().is_none() && date_like(header.id.as_str()).is_none() {
        report.add(&RULE, header.at("date"), format!("the {} `{}` has no date", header.kind.word(), header.id));
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn what_happened_has_its_day() {
        let files = [
            ("decisions/a.md", "---\nstatus: accepted\n---\n# A\n"),
            ("decisions/b.md", "---\nstatus: proposed\n---\n# B\n"),
            ("decisions/2026-01-01-c.md", "---\nstatus: accepted\n---\n# C\n"),
            ("agreements/d.md", "---\nstatus: agreed\n---\n# D\n"),
            ("agreements/e.md", "# E\n"),
            ("check-ins/f.md", "---\ntitle: F\n---\n"),
            ("feedback/g.md", "---\ntitle: G\ndate: 2026-01-01\n---\n"),
        ];
        let expected = [
            "agreements/d.md:2:1: the agreement `d` has no date",
            "check-ins/f.md:2:1: the check-in `f` has no date",
            "decisions/a.md:2:1: the decision `a` has no date",
        ];
        assert_eq!(findings(check, &files), expected);
    }
}
