//! Promises that nobody could hold against today.

use super::{add_all, if_all_was_read};
use crate::evaluate::findings::promise_without_baseline;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "promise-without-baseline",
    severity: Severity::Warning,
    finds: "a proposal, drafted or sent, with a measure of which it does not say where it stands today",
    why: "whoever reads a target asks first how far it is away",
    instead: "add `baseline:` to the measure, or to the `primary:` of the pilot that it comes from",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, if_all_was_read(promise_without_baseline, portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_measure_says_where_it_stands() {
        let check = |metric: &str| {
            let proposal = format!("title: Q\nask: A\nsuccess_metrics: [{{name: N{metric}}}]\n");
            reminders(check, &[("proposals/q.yaml", &proposal)])
        };
        let expected = ["proposals/q.yaml:3:20: proposal `q` does not say where `N` stands today"];
        assert_eq!(check(""), expected);
        assert_eq!(check(", baseline: 1"), [""; 0]);
    }
}
