//! Figures in CSV files beside an entry: `date,value,note`.

use super::rules;
use crate::model::common::{Observation, Observations};
use crate::model::series::SeriesField;
use crate::report::{Place, Report};
use crate::source::{SourceMap, SourcePath};
use crate::text::{Date, Number, Scalar, Text};

/// The column names, in their order.
const HEADER: [&str; 3] = ["date", "value", "note"];

/// Reads the figures that `observations` leaves to a file.
pub(super) fn fill(
    observations: &mut Observations,
    entry: &SourcePath,
    field: SeriesField,
    sources: &SourceMap,
    report: &mut Report,
) {
    let Some(name) = &observations.file else { return };
    let found = entry.resolve(name).and_then(|path| sources.text(&path).map(|text| (path, text)));
    match found {
        Some((path, text)) if path.ends_with(".csv") => {
            observations.items = rows(&SourcePath::new(path), text, report);
        }
        _ => {
            let message = format!("there is no CSV file `{name}` beside the entry");
            report.add(&rules::MISSING_OBSERVATIONS, Place::field(entry, field.to_string()), message);
        }
    }
}

/// Reads the rows of a CSV file. What is no observation is reported and left out.
pub fn rows(path: &SourcePath, text: &str, report: &mut Report) -> Vec<Observation> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut observations = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
                report.add(&rules::BAD_ROW, row(path, text, at), "this row cannot be read");
                continue;
            }
        };
        let at = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        if index == 0 {
            if !record.iter().eq(HEADER) && !record.iter().eq(HEADER[..2].iter().copied()) {
                report
                    .add(&rules::BAD_ROW, row(path, text, at), "the first row does not name the columns")
                    .fix("begin the file with `date,value,note`");
                break;
            }
            continue;
        }
        match observation(&record) {
            Ok(observation) => observations.push(observation),
            Err(why) => {
                report.add(&rules::BAD_ROW, row(path, text, at), why);
            }
        }
    }
    observations
}

fn observation(record: &csv::StringRecord) -> Result<Observation, String> {
    match record.len() {
        1 => return Err("this row has one value, and not two or three".into()),
        2 | 3 => {}
        count => {
            return Err(format!(
                "this row has {count} values, and not two or three; a note with a comma needs quotes"
            ));
        }
    }
    Ok(Observation {
        date: Date::parse(record.get(0).unwrap_or(""))?,
        value: Number::parse(record.get(1).unwrap_or(""))?,
        note: record.get(2).and_then(|note| Text::parse(note).ok()),
    })
}

/// The row that begins at or behind `at`.
fn row(path: &SourcePath, text: &str, at: usize) -> Place {
    let at = at.min(text.len());
    let start = at + text[at..].len() - text[at..].trim_start().len();
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    Place::bytes(path, start..start + length, "")
}
