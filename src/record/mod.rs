//! Adds one observation to a file as it stands on the disk, and leaves every other byte as it was.
//!
//! Comments, line ends, a byte order mark, the order of keys, quotes and a missing last newline all stay,
//! because text is only ever inserted, in one place. Afterwards the file is read again by type: if anything
//! differs but that one observation, nothing is changed and the writer is told what to paste. Never writes.

mod csv;
mod flow;
mod raw;
mod request;
mod scan;
mod yaml;

use std::ops::Range;

use crate::model::common::{Observation, Observations};
use crate::model::entry::{AnyEntry, Entry};
use crate::model::read::{Content, parse};
use crate::model::{Pilot, read};
use crate::report::Report;
use crate::source::{SourceFile, SourcePath, front_matter};
use crate::text::Date;
use raw::Raw;
pub use request::{Addition, NewObservation, Request, addition};

/// Why an observation was not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cannot {
    /// One lowercase phrase.
    pub reason: String,
    /// What the writer can do about it.
    pub fix: String,
    /// What to paste, and nothing if the request itself is at fault: a day to come, a value that is no number.
    pub paste: Option<String>,
}

impl Cannot {
    fn refused(reason: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { reason: reason.into(), fix: fix.into(), paste: None }
    }

    /// The file is in no form in which the place can be found for certain.
    fn by_hand(reason: impl Into<String>, metric: &str, new: &NewObservation) -> Self {
        Self {
            reason: reason.into(),
            fix: format!("write it by hand, into the list `{metric}.observations`"),
            paste: Some(format!("- {}", yaml::flow_map(new))),
        }
    }

    fn by_hand_in_csv(reason: impl Into<String>, file: &str, new: &NewObservation) -> Self {
        Self {
            reason: reason.into(),
            fix: format!("write it by hand, into `{file}`"),
            paste: Some(csv::row(new, 3)),
        }
    }
}

/// The text of a pilot's file with one observation more under the metric at `metric`: `primary` or
/// `guardrails[1]`.
///
/// `raw` is the file as it stands on the disk. If the observations are in the order of their days, up or
/// down, they stay so; else the new one comes last.
///
/// # Errors
/// When that day has an observation already, or when the place cannot be found for certain.
pub fn add_to_entry(
    raw: &str,
    path: &SourcePath,
    metric: &str,
    new: &NewObservation,
) -> Result<String, Cannot> {
    let by_hand = |reason: &str| Cannot::by_hand(reason, metric, new);
    let raw = Raw::new(raw).map_err(|reason| by_hand(&reason))?;
    let mut expected = pilot(path, raw.text())
        .ok_or_else(|| by_hand(&format!("`{path}` has faults of its own; `bailiwick check` lists them")))?;
    let there = series(&mut expected, metric).ok_or_else(|| by_hand(&format!("there is no `{metric}`")))?;
    let there = there.get_or_insert_default();
    if let Some(file) = &there.file {
        return Err(Cannot::by_hand_in_csv(
            format!("the figures of `{metric}` stand in `{file}`"),
            file,
            new,
        ));
    }
    let index = index_of(&there.items, new, &format!("`{path}`"))?;
    there.items.insert(index, new.observation().clone());

    let parts = front_matter::split(path, raw.text()).expect("a file that was read has whole front matter");
    let insertion = yaml::insertion(&raw.text()[parts.yaml.clone()], metric, index, new).map_err(by_hand)?;
    let (after, inserted) = raw.with(parts.yaml.start + insertion.at, &insertion.text);

    let found = Raw::new(&after).ok().and_then(|after| pilot(path, after.text()));
    if found.as_ref() == Some(&expected) && raw.is_rest_of(&after, inserted) {
        Ok(after)
    } else {
        Err(by_hand("read again, the file would say something else"))
    }
}

/// The text of a CSV file with one row more. Keeps the order of days like [`add_to_entry`].
///
/// # Errors
/// When that day has an observation already, when the file has faults, or no column for a note.
pub fn add_to_csv(raw: &str, path: &SourcePath, new: &NewObservation) -> Result<String, Cannot> {
    let by_hand = |reason: &str| Cannot::by_hand_in_csv(reason, path, new);
    let raw = Raw::new(raw).map_err(|reason| by_hand(&reason))?;
    let mut expected = rows(path, raw.text())
        .ok_or_else(|| by_hand(&format!("`{path}` has faults of its own; `bailiwick check` lists them")))?;
    let index = index_of(&expected, new, &format!("`{path}`"))?;
    expected.insert(index, new.observation().clone());

    let insertion = csv::insertion(raw.text(), index, new).map_err(by_hand)?;
    let (after, inserted) = raw.with(insertion.at, &insertion.text);

    let found = Raw::new(&after).ok().and_then(|after| rows(path, after.text()));
    if found.as_ref() == Some(&expected) && raw.is_rest_of(&after, inserted) {
        Ok(after)
    } else {
        Err(by_hand("read again, the file would say something else"))
    }
}

/// What is put where, in a text with line feeds as line ends.
struct Insertion {
    at: usize,
    text: String,
}

/// Where the new observation belongs among those that are there.
fn index_of(there: &[Observation], new: &NewObservation, file: &str) -> Result<usize, Cannot> {
    let date = new.observation().date;
    if let Some(same) = there.iter().find(|observation| observation.date == date) {
        return Err(Cannot::refused(
            format!("{file} has the value {} for {date} already", same.value),
            "correct that value in the file, or name another day with `--date`",
        ));
    }
    let dates: Vec<Date> = there.iter().map(|observation| observation.date).collect();
    Ok(if dates.is_sorted() {
        dates.partition_point(|day| *day < date)
    } else if dates.is_sorted_by(|a, b| a >= b) {
        dates.partition_point(|day| *day > date)
    } else {
        dates.len()
    })
}

/// The pilot that a file says; `None` if anything at all is wrong with it.
fn pilot(path: &SourcePath, text: &str) -> Option<Entry<Pilot>> {
    let parsed = parse(path, &SourceFile::Text(text.into()));
    match parsed.content {
        Content::Entry(AnyEntry::Pilot(pilot)) if !parsed.report.has_errors() => Some(pilot),
        _ => None,
    }
}

/// The observations that a CSV file says; `None` if anything at all is wrong with it.
fn rows(path: &SourcePath, text: &str) -> Option<Vec<Observation>> {
    // An empty file has no columns yet: they come with the first row.
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let mut report = Report::default();
    let rows = read::observations(path, text, &mut report);
    (!report.has_errors()).then_some(rows)
}

/// The observations of the metric at that path.
fn series<'a>(pilot: &'a mut Entry<Pilot>, metric: &str) -> Option<&'a mut Option<Observations>> {
    match guardrail_index(metric) {
        None if metric == "primary" => Some(&mut pilot.primary.observations),
        None => None,
        Some(index) => Some(&mut pilot.guardrails.get_mut(index)?.observations),
    }
}

/// The index in `guardrails[1]`.
fn guardrail_index(metric: &str) -> Option<usize> {
    metric.strip_prefix("guardrails[")?.strip_suffix(']')?.parse().ok()
}

/// The line that holds the byte at `at`, without its line feed.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    start..end
}

#[cfg(test)]
mod tests;
