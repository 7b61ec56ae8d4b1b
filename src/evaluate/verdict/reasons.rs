//! The reasons of a verdict, with the numbers that it rests on.

use super::{Evidence, GuardrailReading, Judgement, Phase, PrimaryReading, minimum};
use crate::evaluate::series::Standing;
use crate::model::common::Judge;
use crate::model::pilot::Primary;
use crate::text::with_unit;
use crate::words::{Argument, Phrase, phrase};

/// All reasons, the deciding one first.
pub(super) fn reasons(evidence: &Evidence, judgement: Option<Judgement>, phase: Phase) -> Vec<Phrase> {
    let primary = evidence.primary.as_ref().map(|(primary, _)| *primary);
    let figure = primary.zip(evidence.reading).map(|(primary, reading)| stand(primary, &reading));
    let mut reasons = Vec::new();
    match judgement {
        None => reasons.push(phrase!("reason.hidden")),
        Some(Judgement::Breached) => {
            reasons.extend(breaches(evidence, true));
            reasons.extend(figure.map(|figure| phrase!("reason.beside_that", reason = figure)));
        }
        Some(Judgement::TooFew) => {
            reasons.extend(primary.map(|primary| too_few(primary, evidence)));
            reasons.extend(figure.map(|figure| match phase {
                Phase::Running => phrase!("reason.so_far", reason = figure),
                _ => phrase!("reason.as_far_as_it_goes", reason = figure),
            }));
        }
        Some(Judgement::Stands(_)) => reasons.extend(figure),
    }
    reasons.extend(breaches(evidence, false));
    if phase != Phase::Running {
        reasons.extend(unwatched(evidence));
    }
    reasons.extend(left_out(evidence, phase));
    reasons
}

/// What the primary figure came to, and where that stands.
fn stand(primary: &Primary, reading: &PrimaryReading) -> Phrase {
    let unit = primary.unit.as_deref();
    let value = reading
        .value
        .shown_beside(&[Some(primary.target), primary.baseline].into_iter().flatten().collect::<Vec<_>>());
    let key = match reading.standing {
        Standing::Reached => "reason.reached",
        Standing::Improved => "reason.improved",
        Standing::NotBetter => "reason.not_better",
        Standing::NoBaseline => "reason.no_baseline",
    };
    let judge = match reading.judge {
        Judge::Last => phrase!("reason_judge.last"),
        Judge::Mean => phrase!("reason_judge.mean"),
        Judge::Median => phrase!("reason_judge.median"),
        Judge::Worst => phrase!("reason_judge.worst"),
        Judge::Sum => phrase!("reason_judge.sum"),
    };
    let mut arguments = vec![
        ("judge", judge.into()),
        ("value", amount(value, unit)),
        ("count", reading.observations.into()),
        ("target", amount(primary.target.to_string(), unit)),
    ];
    arguments.extend(primary.baseline.map(|baseline| ("baseline", amount(baseline.to_string(), unit))));
    Phrase::new(key, arguments)
}

fn too_few(primary: &Primary, evidence: &Evidence) -> Phrase {
    let needed = minimum(primary);
    match evidence.reading.map_or(0, |reading| reading.observations) {
        0 => phrase!("reason.none_in_period", count = needed),
        seen => phrase!("reason.too_few", count = seen, needed = needed),
    }
}

/// The guardrails that were breached more often than allowed, or those that were breached and not more often.
fn breaches(evidence: &Evidence, broken: bool) -> impl Iterator<Item = Phrase> {
    evidence
        .guardrails
        .iter()
        .map(|(reading, _)| reading)
        .filter(move |reading| !reading.breaches.is_empty() && reading.is_broken() == broken)
        .map(breach)
}

fn breach(reading: &GuardrailReading) -> Phrase {
    let GuardrailReading { guardrail, breaches, allowed, .. } = reading;
    let seen = breaches.iter().map(|seen| phrase!("reason.seen", value = seen.value, date = seen.date));
    let breach = phrase!(
        "reason.breached",
        name = &*guardrail.name,
        count = breaches.len(),
        allowed = *allowed,
        seen = seen.collect::<Vec<_>>(),
        limit = amount(guardrail.limit.to_string(), guardrail.unit.as_deref()),
    );
    match &guardrail.on_breach {
        Some(promise) if reading.is_broken() => {
            phrase!("reason.breached_promise", breach = breach, promise = promise.as_str())
        }
        _ => breach,
    }
}

/// Guardrails that nobody looked at.
fn unwatched(evidence: &Evidence) -> impl Iterator<Item = Phrase> {
    evidence
        .guardrails
        .iter()
        .filter(|(reading, _)| reading.observations == 0)
        .map(|(reading, _)| phrase!("reason.unwatched", name = &*reading.guardrail.name))
}

/// Observations that do not count.
fn left_out(evidence: &Evidence, phase: Phase) -> impl Iterator<Item = Phrase> {
    let period = evidence.period;
    let to: Argument =
        if phase == Phase::Running { phrase!("reason.today").into() } else { period.to.into() };
    let primary = evidence.primary.as_ref().map(|(primary, counted)| (&primary.name, counted.left_out));
    let guardrails = evidence.guardrails.iter().map(|(reading, left)| (&reading.guardrail.name, *left));
    let left = primary.into_iter().chain(guardrails).filter(|(_, left)| *left > 0);
    left.map(move |(name, left)| match period.from {
        Some(from) => {
            phrase!("reason.left_out", count = left, name = name.as_str(), from = from, to = to.clone())
        }
        None => phrase!("reason.left_out_until", count = left, name = name.as_str(), to = to.clone()),
    })
}

/// A figure with its unit.
fn amount(figure: String, unit: Option<&str>) -> Argument {
    match unit {
        Some(unit) => {
            // The unit of one is a word of its own: `1 day`.
            let said = with_unit(&figure, Some(unit));
            let unit = said[figure.len()..].trim_start();
            phrase!("amount", value = Argument::Figure(figure), unit = unit).into()
        }
        None => Argument::Figure(figure),
    }
}
