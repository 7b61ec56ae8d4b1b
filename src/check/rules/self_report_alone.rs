//! Claims for which only their writer speaks.

use super::add_all;
use crate::evaluate::findings::self_report_alone;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "self-report-alone",
    severity: Severity::Warning,
    finds: "an entry whose evidence is nothing but self-reports, check-ins and pages",
    why: "what you say of your own work is where a claim begins; a figure, a product or somebody else's words carry it",
    instead: "add one piece of evidence of the kind `metric`, `artefact` or `testimonial`, or the id of some feedback",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, self_report_alone(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn somebody_else_bears_it_out() {
        let check = |evidence: &str| {
            let page = format!("title: Q\nevidence: [{{kind: self-report, title: T}}{evidence}]\n");
            reminders(check, &[("pages/q.yaml", &page)])
        };
        assert_eq!(check(""), ["pages/q.yaml:2:11: all evidence of `q` is what its writer says"]);
        assert_eq!(check(", {kind: metric, title: T}"), [""; 0]);
    }
}
