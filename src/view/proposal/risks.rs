//! What could go wrong with a proposal, what is done about it, and who is told.

use serde::Serialize;

use crate::model::Proposal;
use crate::model::common::Control;
use crate::text::{Duration, Text};

/// What could go wrong, and what is done about it.
#[derive(Serialize)]
pub struct SafeguardLine {
    /// What could go wrong.
    pub risk: Text,
    /// What is done about it.
    pub mitigation: Option<Text>,
    /// When it works.
    pub control: Option<Control>,
}

/// Who is told when.
#[derive(Serialize)]
pub struct EscalationLine {
    /// What sets it off.
    pub trigger: Text,
    /// Who is told.
    pub to: Text,
    /// How soon.
    pub within: Option<Duration>,
    /// What happens then.
    pub action: Option<Text>,
}

/// The safeguards, and behind them the risks with what is done about them. Where the safeguards are the pilot's,
/// what the proposal says of the same risk stands in their place.
pub(super) fn safeguards(proposal: &Proposal, whole: &Proposal) -> Vec<SafeguardLine> {
    let is_taken_over = proposal.safeguards.is_empty();
    let is_said = |risk: &Text| is_taken_over && proposal.risks.iter().any(|own| own.risk == *risk);
    let safeguards = whole.safeguards.iter().filter(|it| !is_said(&it.risk)).map(|it| SafeguardLine {
        risk: it.risk.clone(),
        mitigation: Some(it.mitigation.clone()),
        control: it.control,
    });
    let risks = proposal.risks.iter().map(|it| SafeguardLine {
        risk: it.risk.clone(),
        mitigation: it.mitigation.clone(),
        control: None,
    });
    safeguards.chain(risks).collect()
}

pub(super) fn escalations(whole: &Proposal) -> Vec<EscalationLine> {
    let lines = whole.escalations.iter().map(|it| EscalationLine {
        trigger: it.trigger.clone(),
        to: it.to.clone(),
        within: it.within,
        action: it.action.clone(),
    });
    lines.collect()
}
