//! What the writer would want to know: failure modes, things left lying, faults of a trial, and the collapse
//! of what must stay stable. Each function serves one rule of `check`.

mod collapse;
mod failure_modes;
mod faults;
mod proposals;
mod upkeep;

pub use collapse::{REPAIR_FIRST, collapse};
pub use failure_modes::{
    activity_without_outcome, autonomy_in_silence, certainty_without_evidence, silence_after_setback,
};
pub use faults::{baseline_is_target, drift, escalation_not_told, target_cannot_fail, verdict_differs};
pub use proposals::{promise_without_baseline, proposal_without_review, proposal_without_safeguard};
pub use upkeep::{
    agreement_expired, commitment_overdue, decision_past_revisit, pilot_past_end, pilot_without_fallback,
    pilot_without_guardrail, proposal_against_pilot, review_missed, scope_without_boundary,
    scope_without_outcome, self_report_alone,
};

use super::rhythm;
use crate::model::{Entry, Header, Portfolio};
use crate::report::Place;
use crate::source::SourcePath;
use crate::text::{Date, Id};

/// Something that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'a> {
    /// The entry that it is about; `None` for the portfolio as a whole.
    pub entry: Option<&'a Header>,
    /// The path of the field, as `primary.target`.
    pub field: String,
    /// What was found: one lowercase phrase, names in backticks.
    pub message: String,
    /// Why in this very case, if that says more than the rule does.
    pub why: Option<String>,
    /// The entries that it rests on besides.
    pub rests_on: Vec<&'a Id>,
}

impl<'a> Finding<'a> {
    /// A finding about a field of an entry.
    fn at<T>(entry: &'a Entry<T>, field: impl Into<String>, message: String) -> Self {
        Self::in_header(&entry.header, field, message)
    }

    fn in_header(header: &'a Header, field: impl Into<String>, message: String) -> Self {
        Self { entry: Some(header), field: field.into(), message, why: None, rests_on: Vec::new() }
    }

    fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    fn resting_on(mut self, entries: impl IntoIterator<Item = &'a Id>) -> Self {
        self.rests_on.extend(entries);
        self
    }

    /// Where to point at.
    pub fn place(&self) -> Place {
        match self.entry {
            Some(entry) => entry.at(&*self.field),
            None => Place::field(&SourcePath::new("portfolio.yaml"), &*self.field),
        }
    }
}

/// One of the functions of this module: what a rule asks.
pub type Find = for<'a> fn(&'a Portfolio, Date) -> Vec<Finding<'a>>;

/// What is found, unless the portfolio rests: then nobody is reminded of anything.
fn unless_resting<'a, I: IntoIterator<Item = Finding<'a>>>(
    portfolio: &'a Portfolio,
    today: Date,
    find: impl FnOnce() -> I,
) -> Vec<Finding<'a>> {
    match rhythm::pause(&portfolio.config, today) {
        Some(_) => Vec::new(),
        None => find().into_iter().collect(),
    }
}

#[cfg(test)]
mod testing {
    use super::Find;
    use crate::evaluate::testing::{day, portfolio};
    use crate::model::Portfolio;

    /// What a function finds in these files: `id field`, one a line; and that it finds nothing during a rest
    /// if it is to be silent then.
    pub fn found(find: Find, is_silent_in_a_rest: bool, today: &str, files: &[(&str, &str)]) -> Vec<String> {
        let mut rested = portfolio(files);
        let shown = |portfolio: &Portfolio| -> Vec<String> {
            find(portfolio, day(today))
                .iter()
                .map(|it| format!("{} {}", it.entry.map_or("portfolio", |entry| entry.id.as_str()), it.field))
                .collect()
        };
        let awake = shown(&rested);
        rested.config.pause = Some(crate::model::config::Pause { since: day(today), reason: None });
        let expected = if is_silent_in_a_rest { Vec::new() } else { awake.clone() };
        assert_eq!(shown(&rested), expected, "during a rest");
        awake
    }
}
