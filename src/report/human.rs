//! For a person at a terminal: the line of the file, a caret under the very word, why, and how to mend it.

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Located, Location, Severity, Spot, shown_path};
use crate::source::SourceMap;

/// How many notes of one code a person is shown. They ask for nothing to be done, and a large portfolio has
/// thousands of them; errors and warnings are all shown.
const NOTES_OF_A_CODE: usize = 5;

/// How a report looks in a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour it.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

pub(super) fn printed(located: &[Located], sources: &SourceMap, prefix: &str, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(style.width);
    let mut text = String::new();
    let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
    for found in located {
        if found.diagnostic.severity == Severity::Note {
            let count = notes.entry(found.diagnostic.rule.code).or_default();
            *count += 1;
            if *count > NOTES_OF_A_CODE {
                continue;
            }
        }
        text += &renderer.render(&[group(found, sources, prefix)]);
        text.push_str("\n\n");
    }
    let rest =
        notes.into_iter().filter_map(|(code, count)| Some((code, count.checked_sub(NOTES_OF_A_CODE)?)));
    for (code, more) in rest.filter(|(_, more)| *more > 0) {
        let (more, notes) = (in_thousands(more), if more == 1 { "note" } else { "notes" });
        text += &format!("and {more} more `{code}` {notes}; --format json lists all\n\n");
    }
    text
}

/// A number with a comma between the thousands.
fn in_thousands(number: usize) -> String {
    let digits = number.to_string();
    let commas_before = |at: usize| at > 0 && (digits.len() - at).is_multiple_of(3);
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if commas_before(at) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn group<'a>(found: &'a Located<'a>, sources: &'a SourceMap, prefix: &str) -> Group<'a> {
    let Located { diagnostic, location } = found;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.code);
    let path = shown_path(prefix, &diagnostic.place.file);
    let group = match snippet(found, sources) {
        Some(snippet) => title.element(snippet.path(path)),
        None => {
            let origin = Origin::path(path);
            title.element(match diagnostic.place.spot {
                Spot::Character { line, column } => origin.line(line).char_column(column),
                _ => origin,
            })
        }
    };
    let note = |name: &'static str, text: &'a str| Level::NOTE.with_name(name).message(text);
    debug_assert!(location.line > 0);
    group.element(note("why", diagnostic.shown_why())).element(note("fix", diagnostic.shown_fix()))
}

/// The first line of the place, with a caret under it; `None` for a file as a whole.
fn snippet<'a>(
    found: &'a Located<'a>,
    sources: &'a SourceMap,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let Located { diagnostic, location: Location { line, bytes, .. } } = found;
    if bytes.is_empty() {
        return None;
    }
    let text: &'a str = sources.text(&diagnostic.place.file)?;
    let start = text[..bytes.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[bytes.start..].find('\n').map_or(text.len(), |at| bytes.start + at);
    let span = bytes.start - start..bytes.end.min(end) - start;
    let annotation = AnnotationKind::Primary.span(span).label(diagnostic.label.as_deref());
    Some(Snippet::source(&text[start..end]).line_start(*line).annotation(annotation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, Place, Report, Rule, printed};
    use crate::source::SourcePath;

    static NOTE: Rule = Rule { code: "a-note", severity: Severity::Note, finds: "F", why: "W", instead: "I" };
    static WARNING: Rule = Rule { code: "a-warning", severity: Severity::Warning, ..NOTE };

    #[test]
    fn of_many_notes_the_first_few_are_shown_and_the_rest_are_counted() {
        let printed = |notes: usize| {
            let mut report = Report::default();
            for number in 0..notes {
                let place = || Place::file(&SourcePath::new(format!("pages/{number:04}.md")));
                report.add(&NOTE, place(), "m");
                report.add(&WARNING, place(), "m");
            }
            let style = Style { color: false, width: 80 };
            let text = printed(&report, &SourceMap::default(), "", Format::Human(style));
            let last = text.trim_end().lines().last().unwrap_or_default().to_owned();
            (text.matches("note[a-note]").count(), text.matches("warning[a-warning]").count(), last)
        };
        assert_eq!(printed(5), (5, 5, " = fix: I".to_owned()));
        let last = |more| format!("and {more} `a-note` notes; --format json lists all");
        assert_eq!(printed(6), (5, 6, last("1 more").replace("notes", "note")));
        assert_eq!(printed(1239), (5, 1239, last("1,234 more")));
    }

    #[test]
    fn thousands_are_told_apart() {
        let shown: Vec<String> = [0, 999, 1000, 12_345, 1_234_567].map(in_thousands).to_vec();
        assert_eq!(shown, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }
}
