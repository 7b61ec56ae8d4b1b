//! Steps from a level of delegation to the same one.

use crate::model::common::Shift;
use crate::model::{Header, Portfolio};
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "wrong-shift",
    severity: Severity::Warning,
    finds: "a decision right that is asked, tried or granted from one level to the same level",
    why: "it asks for nothing that is not there already",
    instead: "correct `from:` or `to:`, or take the step out",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for pilot in &portfolio.pilots {
        if let Some(shift) = &pilot.tests {
            check_shift(&pilot.header, "tests", shift, report);
        }
    }
    for proposal in &portfolio.proposals {
        check_all(&proposal.header, "wants", &proposal.wants, report);
    }
    for agreement in &portfolio.agreements {
        check_all(&agreement.header, "grants", &agreement.grants, report);
    }
}

fn check_all(header: &Header, field: &str, shifts: &[Shift], report: &mut Report) {
    for (index, shift) in shifts.iter().enumerate() {
        check_shift(header, &format!("{field}[{index}]"), shift, report);
    }
}

fn check_shift(header: &Header, field: &str, shift: &Shift, report: &mut Report) {
    if shift.from == Some(shift.to) {
        let message = format!("`{}` goes from `{to}` to `{to}`", shift.right, to = shift.to.word());
        report.add(&RULE, header.at(format!("{field}.to")), message);
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn a_step_leads_somewhere() {
        let wants = "title: A\nask: B\nwants: [{right: a/b, from: tell, to: tell}, {right: a/b, from: tell, to: sell}, {right: a/b, to: tell}]\n";
        let found = findings(check, &[("proposals/a.yaml", wants)]);
        assert_eq!(found, ["proposals/a.yaml:3:38: `a/b` goes from `tell` to `tell`"]);
    }
}
