//! What only the history can tell: goalposts that were moved, and figures that were rewritten.
//!
//! The history is read elsewhere; here are the rules, and how what was found is said.

use crate::report::{Place, Report, Rule, Severity};
use crate::text::Date;

/// Goalposts that were moved without a word.
pub static GOALPOSTS_MOVED: Rule = Rule {
    code: "goalposts-moved",
    severity: Severity::Warning,
    finds: "a target, limit, review or end of a pilot that was changed after its start, with no amendment within a week",
    why: "a trial proves something only if what it was held against stood still, or was moved openly",
    instead: "add an entry under `amendments:` with the day of the change, what was changed and why",
};

/// Observations that were altered or taken back.
pub static OBSERVATION_REWRITTEN: Rule = Rule {
    code: "observation-rewritten",
    severity: Severity::Warning,
    finds: "an observation that was altered or withdrawn after the day on which it was written down, with no amendment within a week",
    why: "a figure that changes afterwards makes a reader doubt the others",
    instead: "add an entry under `amendments:` with the day of the correction, what was corrected and why",
};

/// The rules that need a history.
pub static RULES: [&Rule; 2] = [&GOALPOSTS_MOVED, &OBSERVATION_REWRITTEN];

/// Something that was changed, as the history tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Which of the rules found it.
    pub rule: &'static Rule,
    /// The field.
    pub place: Place,
    /// The pilot.
    pub pilot: String,
    /// What was changed, in a sentence.
    pub text: String,
    /// The day; `None` if it is not committed yet.
    pub date: Option<Date>,
    /// The first digits of the commit.
    pub commit: Option<String>,
}

/// Reports what was found.
pub fn add_all(found: Vec<Moved>, report: &mut Report) {
    for Moved { rule, place, pilot, text, date, commit } in found {
        let when = date.map_or("since the last commit".to_owned(), |date| format!("on {date}"));
        let what = text.trim_end_matches('.');
        let added =
            report.add(rule, place, format!("pilot `{pilot}` was changed {when} with no amendment: {what}"));
        if let Some(commit) = commit {
            added.label(format!("changed in commit {commit}"));
        }
        if let Some(date) = date {
            added.fix(format!(
                "add `{{date: {date}, change: …, why: …}}` under `amendments:`, in the words of that day"
            ));
        }
    }
}
