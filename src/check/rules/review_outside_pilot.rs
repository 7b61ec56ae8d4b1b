//! Reviews that the pilot they belong to does not reach.

use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "review-outside-pilot",
    severity: Severity::Error,
    finds: "a review before its pilot starts, or more than a week after it ends",
    why: "a review that looks at nothing yet, or at something long over, steers nothing",
    instead: "move the review, or move `starts:` or `ends:` and say why under `amendments:`",
};

/// How long after the end the last review may be.
const GRACE_DAYS: i32 = 7;

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for pilot in &portfolio.pilots {
        for (index, review) in pilot.reviews.iter().enumerate() {
            let place = pilot.at(format!("reviews[{index}].date"));
            let day = review.date();
            if day < pilot.starts {
                let message = format!("the review of {day} lies before the pilot starts on {}", pilot.starts);
                report.add(&RULE, place, message);
            } else if let Some(ends) = pilot.ends
                && ends.plus_days(GRACE_DAYS) < day
            {
                let message = format!("the review of {day} lies more than a week after the pilot ends on {ends}");
                report.add(&RULE, place, message);
            }
            if let Some(held) = review.held().filter(|held| *held < pilot.starts) {
                let message = format!("a review was held on {held}, before the pilot starts on {}", pilot.starts);
                report.add(&RULE, pilot.at(format!("reviews[{index}].held")), message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn reviews_lie_within_the_pilot_or_a_week_after() {
        let pilot = "title: A\nstarts: 2026-03-02\nends: 2026-03-29\nprimary: {name: P, direction: increase, target: 1}\n\
                     reviews: [2026-03-01, 2026-03-02, 2026-04-05, {date: 2026-04-06, held: 2026-02-01}]\n";
        let expected = [
            "pilots/a.yaml:5:11: the review of 2026-03-01 lies before the pilot starts on 2026-03-02",
            "pilots/a.yaml:5:54: the review of 2026-04-06 lies more than a week after the pilot ends on 2026-03-29",
            "pilots/a.yaml:5:72: a review was held on 2026-02-01, before the pilot starts on 2026-03-02",
        ];
        assert_eq!(findings(check, &[("pilots/a.yaml", pilot)]), expected);
    }
}
