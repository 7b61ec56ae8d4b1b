//! The table of all rules. A new rule is a new file and one line here.

use super::Check;
use crate::evaluate::findings::{Find, Finding};
use crate::model::Portfolio;
use crate::report::{Report, Rule};
use crate::text::Date;

/// Declares the modules of the rules, and the table of them all.
macro_rules! rules {
    ($($module:ident,)+) => {
        $(mod $module;)+

        pub(super) static ALL: &[Check] = &[$((&$module::RULE, $module::check)),+];
    };
}

rules! {
    active_asset,
    activity_without_outcome,
    agreement_expired,
    alias_clash,
    autonomy_in_silence,
    bad_setting,
    baseline_is_target,
    broken_link,
    certainty_without_evidence,
    collapse,
    commitment_overdue,
    confidence_out_of_range,
    dangling_reference,
    dated_in_the_future,
    decision_past_revisit,
    drift,
    duplicate_right,
    end_before_start,
    escalation_not_told,
    evidence_after_answer,
    heading_attribute,
    hidden_link,
    html_address,
    impossible_date_in_id,
    missing_asset,
    missing_date,
    pilot_past_end,
    pilot_without_fallback,
    pilot_without_guardrail,
    promise_without_baseline,
    proposal_against_pilot,
    proposal_without_review,
    proposal_without_safeguard,
    quote_without_permission,
    remote_image,
    review_missed,
    review_outside_pilot,
    right_without_id,
    scope_without_boundary,
    scope_without_outcome,
    self_reference,
    self_report_alone,
    silence_after_setback,
    supersession_contradiction,
    supersession_cycle,
    target_cannot_fail,
    unknown_reader,
    unreasonable_constraint,
    unused_asset,
    verdict_differs,
    wrong_shift,
}

/// How many entries a caret names at most.
const MOST_NAMED: usize = 3;

/// Reports what `evaluate` has found. The entries that it rests on are named under the caret, unless the message
/// names them.
fn add_all(rule: &'static Rule, all: Vec<Finding>, report: &mut Report) {
    for found in all {
        let unnamed: Vec<String> = found
            .rests_on
            .iter()
            .map(|id| format!("`{id}`"))
            .filter(|shown| !found.message.contains(shown))
            .collect();
        let added = report.add(rule, found.place(), &*found.message);
        if !unnamed.is_empty() {
            let more = match unnamed.len().saturating_sub(MOST_NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let named = unnamed.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            added.label(format!("see {named}{more}"));
        }
        if let Some(why) = found.why {
            added.why(why);
        }
    }
}

/// What is found, unless a file could not be read. For what is found because something else is missing, which may
/// well stand in that file.
fn if_all_was_read(find: Find, portfolio: &Portfolio, today: Date) -> Vec<Finding<'_>> {
    if portfolio.broken.is_empty() { find(portfolio, today) } else { Vec::new() }
}
