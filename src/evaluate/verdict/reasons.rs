//! The reasons of a verdict in words, with the numbers that it rests on.

use super::{Evidence, GuardrailReading, Judgement, Phase, PrimaryReading, minimum};
use crate::evaluate::series::Standing;
use crate::model::common::Judge;
use crate::model::pilot::Primary;
use crate::text::with_unit;

/// All reasons, the deciding one first.
pub(super) fn reasons(evidence: &Evidence, judgement: Option<Judgement>, phase: Phase) -> Vec<String> {
    let primary = evidence.primary.as_ref().map(|(primary, _)| *primary);
    let figure = primary.zip(evidence.reading).map(|(primary, reading)| stand(primary, &reading));
    let mut reasons = Vec::new();
    match judgement {
        None => reasons.push("what it is judged by is not to be seen here".to_owned()),
        Some(Judgement::Breached) => {
            reasons.extend(breaches(evidence, true));
            reasons.extend(figure.map(|figure| format!("beside that, {figure}")));
        }
        Some(Judgement::TooFew) => {
            reasons.extend(primary.map(|primary| too_few(primary, evidence)));
            let far = if phase == Phase::Running { "so far" } else { "as far as it goes" };
            reasons.extend(figure.map(|figure| format!("{far}, {figure}")));
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
fn stand(primary: &Primary, reading: &PrimaryReading) -> String {
    let unit = primary.unit.as_deref();
    let value = reading
        .value
        .shown_beside(&[Some(primary.target), primary.baseline].into_iter().flatten().collect::<Vec<_>>());
    let value = with_unit(&value, unit);
    let target = with_unit(&primary.target.to_string(), unit);
    let baseline = primary.baseline.map(|baseline| with_unit(&baseline.to_string(), unit));
    let baseline = baseline.as_deref().unwrap_or_default();
    let stands = match reading.standing {
        Standing::Reached => format!("reaches the target of {target}"),
        Standing::Improved => {
            format!("is better than the baseline of {baseline} and misses the target of {target}")
        }
        Standing::NotBetter => {
            format!("misses the target of {target} and is no better than the baseline of {baseline}")
        }
        Standing::NoBaseline => {
            format!("misses the target of {target}; without a baseline nothing shows that it is better")
        }
    };
    let over = count(reading.observations, "observation");
    format!("{} {value} over {over} {stands}", noun(reading.judge))
}

fn too_few(primary: &Primary, evidence: &Evidence) -> String {
    let needed = minimum(primary);
    match evidence.reading.map_or(0, |reading| reading.observations) {
        0 => format!("no observation lies in the period, and {needed} {} needed", is_or_are(needed)),
        seen => format!("{seen} of the {needed} observations needed {} in the period", lies(seen)),
    }
}

/// The guardrails that were breached more often than allowed, or those that were breached and not more often.
fn breaches(evidence: &Evidence, broken: bool) -> impl Iterator<Item = String> {
    evidence
        .guardrails
        .iter()
        .map(|(reading, _)| reading)
        .filter(move |reading| !reading.breaches.is_empty() && reading.is_broken() == broken)
        .map(breach)
}

fn breach(reading: &GuardrailReading) -> String {
    let GuardrailReading { guardrail, breaches, allowed, .. } = reading;
    let seen: Vec<String> = breaches.iter().map(|seen| format!("{} on {}", seen.value, seen.date)).collect();
    let limit = with_unit(&guardrail.limit.to_string(), guardrail.unit.as_deref());
    let times = match breaches.len() {
        1 => "once".to_owned(),
        times => format!("{times} times"),
    };
    let promise = match &guardrail.on_breach {
        Some(promise) if reading.is_broken() => format!("; promised for that case: {promise}"),
        _ => String::new(),
    };
    format!(
        "guardrail “{}” was breached {times}, with {allowed} allowed ({}; limit {limit}){promise}",
        guardrail.name,
        seen.join(", "),
    )
}

/// Guardrails that nobody looked at.
fn unwatched(evidence: &Evidence) -> impl Iterator<Item = String> {
    evidence.guardrails.iter().filter(|(reading, _)| reading.observations == 0).map(|(reading, _)| {
        let name = &reading.guardrail.name;
        format!("guardrail “{name}” has no observation in the period, so nothing shows that it held")
    })
}

/// Observations that do not count.
fn left_out(evidence: &Evidence, phase: Phase) -> impl Iterator<Item = String> {
    let period = evidence.period;
    let from = period.from.map_or_else(String::new, |from| format!(" from {from}"));
    let to = if phase == Phase::Running { "today".to_owned() } else { period.to.to_string() };
    let primary = evidence.primary.as_ref().map(|(primary, counted)| (&primary.name, counted.left_out));
    let guardrails = evidence.guardrails.iter().map(|(reading, left)| (&reading.guardrail.name, *left));
    primary.into_iter().chain(guardrails).filter(|(_, left)| *left > 0).map(move |(name, left)| {
        let (lies, is) = (lies(left), is_or_are(left));
        format!(
            "{} of “{name}” {lies} outside the period{from} to {to} and {is} left out",
            count(left, "observation")
        )
    })
}

fn noun(judge: Judge) -> &'static str {
    match judge {
        Judge::Last => "last value",
        Judge::Mean => "mean",
        Judge::Median => "median",
        Judge::Worst => "worst value",
        Judge::Sum => "sum",
    }
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn lies(number: usize) -> &'static str {
    if number == 1 { "lies" } else { "lie" }
}

fn is_or_are(number: usize) -> &'static str {
    if number == 1 { "is" } else { "are" }
}
