//! What is asked for, held against the pilot: which metric, which day, which figure.

use super::{Cannot, add_to_csv, add_to_entry};
use crate::model::Pilot;
use crate::model::common::{Observation, Observations};
use crate::model::entry::Entry;
use crate::source::{SourcePath, decode};
use crate::text::{Date, Number, Scalar, Text, nearest, one_of, slug};

/// An observation to be added, in letters that can be read again.
#[derive(Clone, Debug, PartialEq)]
pub struct NewObservation {
    observation: Observation,
    value: String,
}

impl NewObservation {
    /// Reads the figure and the note as somebody typed them.
    ///
    /// # Errors
    /// When the value is no number, or the note is empty or holds characters that no file may hold.
    pub fn new(date: Date, value: &str, note: Option<&str>) -> Result<Self, Cannot> {
        let number = Number::parse(value)
            .map_err(|reason| Cannot::refused(reason, "give a plain number; units stand in `unit`"))?;
        let note = note
            .map(|note| {
                let note = decode::text(note.as_bytes().to_vec()).map_err(|fault| fault.reason)?;
                Text::parse(&note)
            })
            .transpose()
            .map_err(|reason| {
                Cannot::refused(format!("the note cannot be kept: {reason}"), "give another note, or none")
            })?;
        Ok(Self { observation: Observation { date, value: number, note }, value: value.to_owned() })
    }

    /// What it will be read as.
    pub fn observation(&self) -> &Observation {
        &self.observation
    }

    /// The figure as it was typed: `1.50` stays `1.50`.
    pub fn value(&self) -> &str {
        &self.value
    }
}

/// What the command line asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// The figure.
    pub value: &'a str,
    /// The name of the metric, `primary`, or `guardrails[1]`; the primary one unless said otherwise.
    pub metric: Option<&'a str>,
    /// The day; today unless said otherwise.
    pub date: Option<Date>,
    /// What explains it.
    pub note: Option<&'a str>,
}

/// An observation and the file that it belongs into.
#[derive(Clone, Debug, PartialEq)]
pub struct Addition {
    /// The file that changes: the entry's own, or a CSV file beside it.
    pub file: SourcePath,
    /// The path of the metric: `primary` or `guardrails[1]`.
    pub metric: String,
    /// What is added.
    pub new: NewObservation,
    entry: SourcePath,
}

/// Works out what a request means for a pilot.
///
/// # Errors
/// When no metric has that name, the day lies before the pilot's first or after `today`, or the value is no
/// number.
pub fn addition(pilot: &Entry<Pilot>, request: &Request, today: Date) -> Result<Addition, Cannot> {
    let metric = metric(pilot, request.metric)?;
    let date = request.date.unwrap_or(today);
    if date > today {
        return Err(Cannot::refused(
            format!("{date} lies after today, {today}"),
            "record what was seen, on the day or later",
        ));
    }
    if date < pilot.starts {
        return Err(Cannot::refused(
            format!("{date} lies before the first day of `{}`, {}", pilot.id(), pilot.starts),
            "what was seen before a pilot belongs into `baseline`",
        ));
    }
    let new = NewObservation::new(date, request.value, request.note)?;
    let entry = &pilot.header.file;
    let file = match metric.observations.and_then(|observations| observations.file.as_ref()) {
        None => entry.clone(),
        Some(name) => entry.resolve(name).map(SourcePath::new).ok_or_else(|| {
            Cannot::by_hand(format!("`{name}` leads out of the content folder"), &metric.path, &new)
        })?,
    };
    Ok(Addition { file, metric: metric.path, new, entry: entry.clone() })
}

impl Addition {
    /// The text of [`Addition::file`] with the observation in it; `raw` is the file as it stands on the disk.
    ///
    /// # Errors
    /// See [`add_to_entry`] and [`add_to_csv`].
    pub fn apply(&self, raw: &str) -> Result<String, Cannot> {
        if self.file == self.entry {
            add_to_entry(raw, &self.file, &self.metric, &self.new)
        } else {
            add_to_csv(raw, &self.file, &self.new)
        }
    }
}

/// A metric of a pilot, and where it stands.
struct Found<'a> {
    path: String,
    name: &'a str,
    observations: Option<&'a Observations>,
}

/// The metric that `wanted` means: by its path, or by its name, in which case and punctuation do not count.
fn metric<'a>(pilot: &'a Entry<Pilot>, wanted: Option<&str>) -> Result<Found<'a>, Cannot> {
    let wanted = wanted.unwrap_or("primary");
    let primary = &pilot.primary;
    let mut all = vec![Found {
        path: "primary".into(),
        name: &primary.name,
        observations: primary.observations.as_ref(),
    }];
    all.extend(pilot.guardrails.iter().enumerate().map(|(index, guardrail)| Found {
        path: format!("guardrails[{index}]"),
        name: &guardrail.name,
        observations: guardrail.observations.as_ref(),
    }));
    if let Some(at) = all.iter().position(|metric| metric.path == wanted) {
        return Ok(all.swap_remove(at));
    }
    let is_meant = |name: &str| name == wanted || (!slug(wanted).is_empty() && slug(name) == slug(wanted));
    let names: Vec<&str> = all.iter().map(|metric| metric.name).collect();
    match names.iter().filter(|name| is_meant(name)).count() {
        1 => {
            let at = names.iter().position(|name| is_meant(name)).expect("one was just counted");
            Ok(all.swap_remove(at))
        }
        0 => {
            let reason = format!("`{}` has no metric `{wanted}`", pilot.id());
            let fix = match nearest(wanted, names.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("name one of {}", one_of(names)),
            };
            Err(Cannot::refused(reason, fix))
        }
        _ => Err(Cannot::refused(
            format!("`{}` has more than one metric `{wanted}`", pilot.id()),
            "name it by its place: `primary`, `guardrails[0]`, `guardrails[1]`",
        )),
    }
}
