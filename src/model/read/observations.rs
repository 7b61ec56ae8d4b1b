//! Figures in CSV files beside an entry: `date,value,note`.

use std::ops::Range;

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

/// What the first row is for.
const NAME_THE_COLUMNS: &str = "begin the file with `date,value,note`";

/// Reads the rows of a CSV file. What is no observation is reported and left out.
pub fn rows(path: &SourcePath, text: &str, report: &mut Report) -> Vec<Observation> {
    if text.trim().is_empty() {
        report.add(&rules::BAD_ROW, Place::file(path), "the file is empty").fix(NAME_THE_COLUMNS);
        return Vec::new();
    }
    // The parser takes every text, and makes of faulty quotes what nobody wrote.
    let mut misquoted = misquoted(text);
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
        let row_start = row_range(text, at).start;
        let faults: Vec<_> = misquoted.extract_if(.., |fault| fault.row == row_start).collect();
        if !faults.is_empty() {
            for Misquoted { range, why, fix, .. } in faults {
                report.add(&rules::BAD_ROW, Place::bytes(path, range, ""), why).fix(fix);
            }
            continue;
        }
        if index == 0 {
            if !record.iter().eq(HEADER) && !record.iter().eq(HEADER[..2].iter().copied()) {
                report
                    .add(&rules::BAD_ROW, row(path, text, at), "the first row does not name the columns")
                    .fix(NAME_THE_COLUMNS);
                break;
            }
            continue;
        }
        match observation(&record) {
            Ok(observation) => observations.push(observation),
            Err(faults) => {
                let row = row_range(text, at);
                for Fault { cell, why, fix } in faults {
                    let place = cell.and_then(|number| cell_range(text, row.start, number));
                    let place = Place::bytes(path, place.unwrap_or(row.clone()), "");
                    let found = report.add(&rules::BAD_ROW, place, why);
                    if let Some(fix) = fix {
                        found.fix(fix);
                    }
                }
            }
        }
    }
    observations
}

/// Quotes that do not enclose a cell.
struct Misquoted {
    /// Where the row begins.
    row: usize,
    range: Range<usize>,
    why: &'static str,
    fix: &'static str,
}

/// Finds the cells that begin with a quote and do not end with one. Elsewhere a quote is a character like others.
fn misquoted(text: &str) -> Vec<Misquoted> {
    let mut found = Vec::new();
    let (mut at, mut row) = (0, row_range(text, 0).start);
    while at < text.len() {
        if text[at..].starts_with('"') {
            let Some(close) = closing_quote(text, at + 1) else {
                let why = "this quote is not closed";
                let fix = "close it, or write `\"\"` for a quote within a quoted note";
                found.push(Misquoted { row, range: at..at + 1, why, fix });
                break;
            };
            at = close + 1;
            let behind = &text[at..cell_end(text, at)];
            if !behind.trim().is_empty() {
                let start = at + behind.len() - behind.trim_start().len();
                let range = start..start + behind.trim().len();
                let why = "text stands behind the closing quote of this cell";
                let fix = "put all of the cell between quotes, and write `\"\"` for a quote within it";
                found.push(Misquoted { row, range, why, fix });
            }
        }
        at = cell_end(text, at) + 1;
        if text.as_bytes().get(at - 1) == Some(&b'\n') {
            row = row_range(text, at).start;
        }
    }
    found
}

/// Where the quotes are closed that were opened just before `at`. Two quotes stand for one.
fn closing_quote(text: &str, mut at: usize) -> Option<usize> {
    loop {
        at += text[at..].find('"')?;
        if !text[at + 1..].starts_with('"') {
            return Some(at);
        }
        at += 2;
    }
}

/// Where a cell without quotes ends, seen from a place in it.
fn cell_end(text: &str, at: usize) -> usize {
    text[at..].find([',', '\n']).map_or(text.len(), |length| at + length)
}

/// What is wrong with a row.
struct Fault {
    /// The number of the cell, from 0; `None` if it is the row as a whole.
    cell: Option<usize>,
    why: String,
    fix: Option<&'static str>,
}

fn observation(record: &csv::StringRecord) -> Result<Observation, Vec<Fault>> {
    let of_row = |why: String| vec![Fault { cell: None, why, fix: None }];
    match record.len() {
        1 => return Err(of_row("this row has one value, and not two or three".into())),
        2 | 3 => {}
        count => {
            let why = format!("this row has {count} values, and not two or three");
            let fix = "put a note with commas between quotes: `\"first, second\"`";
            return Err(vec![Fault { cell: None, why, fix: Some(fix) }]);
        }
    }
    let cell = |number: usize| record.get(number).unwrap_or("");
    let of_cell = |cell, fix| move |why| Fault { cell: Some(cell), why, fix: Some(fix) };
    let date = Date::parse(cell(0)).map_err(of_cell(0, "write a day of the calendar as `2026-03-02`"));
    let value = Number::parse(cell(1)).map_err(of_cell(1, "write a plain number as `1.5`"));
    match (date, value) {
        (Ok(date), Ok(value)) => Ok(Observation { date, value, note: Text::parse(cell(2)).ok() }),
        (date, value) => Err(date.err().into_iter().chain(value.err()).collect()),
    }
}

/// The row that begins at or behind `at`.
fn row(path: &SourcePath, text: &str, at: usize) -> Place {
    Place::bytes(path, row_range(text, at), "")
}

fn row_range(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = at + text[at..].len() - text[at..].trim_start().len();
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    start..start + length
}

/// A cell of the row that begins at `start`, its number counted from 0, in a row whose quotes are in order; `None` if it
/// is empty.
fn cell_range(text: &str, start: usize, number: usize) -> Option<Range<usize>> {
    let mut begin = start;
    for current in 0.. {
        let inside = if text[begin..].starts_with('"') { closing_quote(text, begin + 1)? } else { begin };
        let end = cell_end(text, inside);
        if current == number {
            let cell = &text[begin..end];
            let begin = begin + (cell.len() - cell.trim_start().len());
            return Some(begin..begin + cell.trim().len()).filter(|cell| !cell.is_empty());
        }
        if !text[end..].starts_with(',') {
            return None;
        }
        begin = end + 1;
    }
    None
}
