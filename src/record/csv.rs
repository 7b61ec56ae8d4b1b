//! Where a row belongs in a CSV file, and how it is written.

use super::{Insertion, NewObservation, line};

/// Finds the place of the row `index`, not counting the names of the columns.
///
/// # Errors
/// The reason why it cannot be found for certain.
pub(super) fn insertion(text: &str, index: usize, new: &NewObservation) -> Result<Insertion, &'static str> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    let Some(columns) = rows.first().map(csv::StringRecord::len) else {
        return Ok(Insertion { at: 0, text: format!("date,value,note\n{}\n", row(new, 3)) });
    };
    if columns < 3 && new.observation().note.is_some() {
        return Err("the first row names no column `note`");
    }
    // A neighbour that leaves out the comma before an empty note is followed in that.
    let neighbour = if index == 0 { rows.get(1) } else { rows.get(index) };
    let row = row(new, neighbour.map_or(columns, csv::StringRecord::len).min(columns));
    let place = rows.get(index + 1).and_then(csv::StringRecord::position);
    Ok(match place {
        Some(position) => {
            let at = usize::try_from(position.byte()).unwrap_or(0).min(text.len());
            // The reader counts blank lines to the row that follows them.
            let at = at + text[at..].len() - text[at..].trim_start_matches('\n').len();
            Insertion { at, text: row + "\n" }
        }
        None => match line(text, text.trim_end().len()).end {
            end if end < text.len() => Insertion { at: end + 1, text: row + "\n" },
            end => Insertion { at: end, text: format!("\n{row}") },
        },
    })
}

/// The row with that many columns; a third one stays even if the note is empty.
pub(super) fn row(new: &NewObservation, columns: usize) -> String {
    let date = new.observation().date;
    let value = new.value();
    match &new.observation().note {
        Some(note) => format!("{date},{value},{}", quoted(note)),
        None if columns < 3 => format!("{date},{value}"),
        None => format!("{date},{value},"),
    }
}

fn quoted(note: &str) -> String {
    if note.contains([',', '"', '\n']) {
        format!("\"{}\"", note.replace('"', "\"\""))
    } else {
        note.to_owned()
    }
}
