//! Stated confidence that is no share.

use crate::model::Portfolio;
use crate::report::{Report, Rule, Severity};
use crate::text::Date;

pub(super) static RULE: Rule = Rule {
    code: "confidence-out-of-range",
    severity: Severity::Error,
    finds: "the `confidence` of a decision below 0 or above 1",
    why: "it is held against what happened, as a share of 1",
    instead: "write seventy percent as `0.7`",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    for decision in &portfolio.decisions {
        let Some(confidence) = decision.confidence else { continue };
        if (0.0..=1.0).contains(&confidence.get()) {
            continue;
        }
        let found = report.add(
            &RULE,
            decision.at("confidence"),
            format!("the confidence {confidence} does not lie between 0 and 1"),
        );
        if (1.0..=100.0).contains(&confidence.get()) {
            found.fix(format!("for {confidence} percent write `{}`", confidence.get() / 100.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn confidence_is_a_share_of_one() {
        for (confidence, is_sound) in [("0", true), ("0.7", true), ("1", true), ("-0.1", false), ("70", false)] {
            let text = format!("---\ntitle: A\nconfidence: {confidence}\n---\n");
            let found = findings(check, &[("decisions/a.md", &text)]);
            assert_eq!(found.is_empty(), is_sound, "{confidence}: {found:?}");
        }
    }
}
