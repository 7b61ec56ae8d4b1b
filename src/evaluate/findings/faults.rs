//! Faults of a trial and of the record, which a rest does not excuse: a target that says nothing, an
//! escalation that reached nobody, words and figures that contradict each other.

use super::Finding;
use crate::evaluate::rights::{self, rights};
use crate::evaluate::series::{Standing, standing};
use crate::evaluate::track_record::{Telling, escalations};
use crate::evaluate::verdict::assessment;
use crate::model::pilot::Primary;
use crate::model::{Entry, Pilot, Portfolio};
use crate::text::{Date, Number};

/// Finds pilots whose baseline is their target: nothing would have to change. At `primary.baseline`.
pub fn baseline_is_target(portfolio: &Portfolio, _: Date) -> Vec<Finding<'_>> {
    let is_target = |primary: &Primary, baseline| baseline == primary.target;
    reached_before(portfolio, is_target)
        .map(|(pilot, baseline)| {
            let message = format!("the baseline of pilot `{}` is its target, {baseline}", pilot.id());
            Finding::at(pilot, "primary.baseline", message)
        })
        .collect()
}

/// Finds pilots whose target lies behind the baseline, so that even getting worse would reach it. At
/// `primary.target`.
pub fn target_cannot_fail(portfolio: &Portfolio, _: Date) -> Vec<Finding<'_>> {
    let is_behind = |primary: &Primary, baseline| baseline != primary.target;
    reached_before(portfolio, is_behind)
        .map(|(pilot, baseline)| {
            let (id, target) = (pilot.id(), pilot.primary.target);
            let message = format!(
                "the target of pilot `{id}` cannot fail: the baseline of {baseline} is past {target} already"
            );
            Finding::at(pilot, "primary.target", message)
        })
        .collect()
}

/// Pilots whose baseline reaches the target already, in the way that is asked for.
fn reached_before(
    portfolio: &Portfolio,
    is_asked_for: impl Fn(&Primary, Number) -> bool,
) -> impl Iterator<Item = (&Entry<Pilot>, Number)> {
    portfolio.pilots.iter().filter_map(move |pilot| {
        let primary = &pilot.primary;
        let baseline = primary.baseline.filter(|baseline| is_asked_for(primary, *baseline))?;
        let stands = standing(primary.direction, None, primary.target, baseline.into());
        (stands == Standing::Reached).then_some((pilot, baseline))
    })
}

/// Finds pilots whose declared verdict is not the one that their figures give. At `verdict.decision`; the
/// reason is the one that decided.
pub fn verdict_differs(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    portfolio
        .pilots
        .iter()
        .filter_map(|pilot| {
            let assessment = assessment(pilot, today);
            let (computed, declared) = (assessment.verdict?, assessment.declared?);
            assessment.differs().then(|| {
                let (id, says, is) = (pilot.id(), declared.decision.word(), computed.word());
                let message = format!("pilot `{id}` is declared `{says}`, and its figures say `{is}`");
                let finding = Finding::at(pilot, "verdict.decision", message);
                match assessment.reasons.first() {
                    Some(reason) => finding.because(reason.to_string()),
                    None => finding,
                }
            })
        })
        .collect()
}

/// Finds escalations that were set off and reached nobody, although the promised time has passed. At
/// `escalations[n].fired[m]`.
pub fn escalation_not_told(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    escalations(portfolio, today)
        .into_iter()
        .filter(|firing| firing.telling == Telling::Never)
        .map(|firing| {
            let (to, date) = (&firing.escalation.to, firing.fired.date);
            let message =
                format!("`{}` set off an escalation on {date}, and {to} was not told", firing.entry.id);
            Finding::in_header(firing.entry, firing.field, message)
        })
        .collect()
}

/// Finds decision rights whose level is not the one of their newest agreement in force. At
/// `decision_rights[n].delegation`; rests on the agreement.
pub fn drift(portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    rights(portfolio, today)
        .into_iter()
        .filter_map(|status| {
            let rights::Drift { agreement, agreed, now } = status.drift()?;
            let right = status.reference.as_ref()?;
            let (says, grants) = (now.word(), agreed.word());
            let message =
                format!("`{right}` is at `{says}`, and the agreement `{agreement}` grants `{grants}`");
            let field = format!("decision_rights[{}].delegation", status.index);
            Some(Finding::at(status.scope, field, message).resting_on([agreement]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::Find;
    use super::super::testing::found;
    use super::*;

    fn pilot(primary: &str, rest: &str) -> String {
        format!("starts: 2026-03-02\nprimary: {{name: N, {primary}}}\n{rest}\n")
    }

    #[test]
    fn a_target_can_be_missed() {
        for (primary, same, behind) in [
            ("direction: decrease, baseline: 3, target: 3", true, false),
            ("direction: decrease, baseline: 3, target: 2", false, false),
            ("direction: decrease, baseline: 3, target: 4", false, true),
            ("direction: increase, baseline: 3, target: 2", false, true),
            ("direction: increase, baseline: 3, target: 4", false, false),
            ("direction: increase, target: 4", false, false),
        ] {
            let text = pilot(primary, "");
            let files = [("pilots/p.yaml", &*text)];
            let count = |find: Find| found(find, false, "2026-03-10", &files).len();
            assert_eq!(count(baseline_is_target), usize::from(same), "{primary}");
            assert_eq!(count(target_cannot_fail), usize::from(behind), "{primary}");
        }
    }

    #[test]
    fn words_and_figures_are_held_against_each_other() {
        let observed =
            "direction: decrease, baseline: 3, target: 2, observations: {date: 2026-03-06, value: 1}";
        let declared = |word| pilot(observed, &format!("verdict: {{date: 2026-03-20, decision: {word}}}"));
        let check =
            |word| found(verdict_differs, false, "2026-03-20", &[("pilots/p.yaml", &*declared(word))]);
        assert_eq!(check("adopt"), [""; 0]);
        assert_eq!(check("extend"), ["p verdict.decision"]);
    }

    #[test]
    fn who_was_promised_to_be_told_is_told() {
        let fired = "escalations: [{trigger: T, to: K, within: 1d, fired: [{date: 2026-03-06, escalated: 2026-03-09}, {date: 2026-03-10}]}]";
        let text = pilot("direction: decrease, target: 2", fired);
        let check = |today| found(escalation_not_told, false, today, &[("pilots/p.yaml", &*text)]);
        assert_eq!(check("2026-03-11"), [""; 0]);
        assert_eq!(check("2026-03-12"), ["p escalations[0].fired[1]"]);
    }

    #[test]
    fn scope_and_agreement_say_the_same() {
        let files = [
            (
                "scopes/s.yaml",
                "decision_rights: [{area: A, delegation: tell}, {area: B, delegation: tell}]\n",
            ),
            (
                "agreements/a.yaml",
                "date: 2026-03-01\nstatus: agreed\ngrants: [{right: s/a, to: tell}, {right: s/b, to: sell}]\n",
            ),
        ];
        assert_eq!(found(drift, false, "2026-03-10", &files), ["s decision_rights[1].delegation"]);
    }
}
