//! The sample as it may have stood on a day: without what is dated later.

use super::Files;
use super::{edits, links};

/// The files of a day, as `2026-03-16`; days in this form are in the order of their letters.
pub fn files(sample: &Files, day: &str) -> Files {
    let mut files = Files::new();
    for (path, bytes) in sample {
        let Ok(text) = std::str::from_utf8(bytes) else {
            files.insert(path.clone(), bytes.clone());
            continue;
        };
        if path.ends_with(".csv") {
            let kept = |line: &&str| first_day(line).is_none_or(|of| edits::is_seen(path, of, day));
            let text: String = text.lines().filter(kept).map(|line| format!("{line}\n")).collect();
            files.insert(path.clone(), text.into_bytes());
        } else if is_written(path, text, day) {
            files.insert(path.clone(), entry(path, text, day).into_bytes());
        }
    }
    // Files beside an entry that is not written yet come with it.
    let entries: Vec<String> = files.keys().filter(|path| path.contains("/index.")).cloned().collect();
    let has_entry = |path: &str| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_folder_of_entry = sample.keys().any(|other| other.starts_with(&format!("{folder}/index.")));
        !is_folder_of_entry || entries.iter().any(|entry| entry.starts_with(&format!("{folder}/index.")))
    };
    files.retain(|path, _| has_entry(path));
    links::cut(&mut files, sample);
    files
}

/// Whether an entry was begun by then: by its `date`, else by the date in its name.
fn is_written(path: &str, text: &str, day: &str) -> bool {
    let own = text.lines().find_map(|line| line.strip_prefix("date: "));
    let begun = own.or_else(|| first_day(path)).unwrap_or("");
    edits::begun(path).unwrap_or(begun) <= day
}

fn entry(path: &str, text: &str, day: &str) -> String {
    let text = edits::undone(path, text, day);
    let (front, body) = match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((front, body)) => (front.to_owned(), Some(body.to_owned())),
        None => (text, None),
    };
    let fields = without_empty(&without_later(&front, path, day));
    match body {
        // What is told at the end is not written at the beginning.
        Some(body) if fields.trim_end() != front.trim_end() => {
            format!("---\n{fields}---\n{}", beginning(&body))
        }
        Some(body) => format!("---\n{fields}---\n{body}"),
        None => fields,
    }
}

/// The first section of a text; without sections, its first paragraph.
fn beginning(body: &str) -> String {
    let cut = match body.match_indices("\n## ").nth(1) {
        Some((at, _)) => at,
        None => {
            body.trim_start().find("\n\n").map_or(body.len(), |at| at + body.len() - body.trim_start().len())
        }
    };
    format!("{}\n", body[..cut].trim_end())
}

/// The fields without the items and blocks that are dated later.
fn without_later(front: &str, path: &str, day: &str) -> String {
    let mut kept = String::new();
    let mut lines = front.lines().peekable();
    let mut is_review = false;
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        let key = line.trim_start().split(':').next().unwrap_or_default();
        if indent == 0 && !line.starts_with('-') {
            is_review = key == "reviews";
        }
        // A block such as `verdict:` or an item of several lines goes as a whole.
        let mut block = vec![line];
        let opens_block = matches!(key, "verdict" | "result" | "- what") && indent <= 2;
        while opens_block && lines.peek().is_some_and(|next| next.starts_with(&" ".repeat(indent + 2))) {
            block.extend(lines.next());
        }
        let is_later = |of: &str| !edits::is_seen(path, of, day);
        match (key, dated(&block)) {
            ("verdict" | "result" | "answer", Some(of)) if is_later(of) => {}
            ("- what", _) => kept += &block.iter().map(|line| format!("{line}\n")).collect::<String>(),
            ("answered_on" | "answer", _) if answered(front).is_some_and(is_later) => {}
            ("superseded_by", _) if first_day(line).is_some_and(is_later) => {}
            ("status", _) => kept += &format!("{}\n", status(line, front, day)),
            _ if line.trim_start().starts_with("- {") => {
                kept.extend(later_item(line, is_review, &is_later).map(|item| format!("{item}\n")));
            }
            _ => kept += &block.iter().map(|line| format!("{line}\n")).collect::<String>(),
        }
    }
    kept
}

/// An item in one line as it stood: a review that was not held yet, a promise that was not kept yet; `None` for
/// what was not there at all.
fn later_item(line: &str, is_review: bool, is_later: &dyn Fn(&str) -> bool) -> Option<String> {
    let day_of = |name: &str| line.find(&format!("{name}: ")).and_then(|at| first_day(&line[at..]));
    if is_review {
        return Some(match (day_of("date"), day_of("held")) {
            (Some(date), Some(held)) if is_later(held) => format!("  - {date}"),
            _ => line.to_owned(),
        });
    }
    if let Some(kept) = day_of("kept").filter(|kept| is_later(kept)) {
        return Some(line.replace(&format!(", kept: {kept}"), ""));
    }
    if line.contains("{what:") {
        return Some(line.to_owned());
    }
    (!day_of("date").is_some_and(is_later)).then(|| line.to_owned())
}

/// Where an entry stood before the answer, the result or the successor that its status tells of.
fn status(line: &str, front: &str, day: &str) -> String {
    let answer = front.lines().find(|line| line.starts_with("answer: {")).and_then(first_day);
    let is_asked = front.contains("\nask: ") && answer.is_some_and(|of| of > day);
    let is_asking = front.contains("\nasked_on: ") && answered(front).is_some_and(|of| of > day);
    let successor = front.lines().find(|line| line.starts_with("superseded_by: ")).and_then(first_day);
    match () {
        () if is_asked => "status: sent".to_owned(),
        () if is_asking => "status: asked".to_owned(),
        () if successor.is_some_and(|of| of > day) => "status: accepted".to_owned(),
        () => line.to_owned(),
    }
}

fn answered(front: &str) -> Option<&str> {
    front.lines().find(|line| line.starts_with("answered_on: ")).and_then(first_day)
}

/// Without fields of which no item is left.
fn without_empty(fields: &str) -> String {
    let lines: Vec<&str> = fields.lines().collect();
    let mut kept = String::new();
    for (at, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let next = lines.get(at + 1).copied().unwrap_or_default();
        let inner = next.len() - next.trim_start().len();
        let goes_on = inner > indent || next.trim_start().starts_with("- ") && inner >= indent;
        if !line.trim_end().ends_with(':') || line.contains('#') || goes_on {
            kept += &format!("{line}\n");
        }
    }
    kept
}

/// The day of a block: that behind its first `date:`.
fn dated<'a>(block: &[&'a str]) -> Option<&'a str> {
    block.iter().find_map(|line| line.find("date: ").and_then(|at| first_day(&line[at..])))
}

/// The first `2026-03-16` in a text.
fn first_day(text: &str) -> Option<&str> {
    let is_day = |part: &str| {
        part.bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
    };
    (0..text.len().saturating_sub(9)).filter_map(|at| text.get(at..at + 10)).find(|part| is_day(part))
}
