//! Reviews that did not take place.

use super::add_all;
use crate::evaluate::findings::review_missed;
use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "review-missed",
    severity: Severity::Warning,
    finds: "a review whose day has passed without `held`, of a pilot that is not concluded or of an accepted proposal without a pilot",
    why: "the reviews are what made it safe to say yes",
    instead: "hold it and write `{date: …, held: …}`, or agree on another day",
};

pub(super) fn check(portfolio: &Portfolio, today: Date, report: &mut Report) {
    add_all(&RULE, review_missed(portfolio, today), report);
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::reminders;

    #[test]
    fn a_review_is_held() {
        let pilot = "title: P\nstarts: 2026-05-25\nprimary: {name: N, direction: decrease, target: 1}\n\
                     reviews: [{date: 2026-05-29, held: 2026-05-29}, 2026-05-31, 2026-06-01]\n";
        let expected = ["pilots/p.yaml:4:49: the review of `p` on 2026-05-31 was not held"];
        assert_eq!(reminders(check, &[("pilots/p.yaml", pilot)]), expected);
    }
}
