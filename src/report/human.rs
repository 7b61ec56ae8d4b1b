//! For a person at a terminal: the line of the file, a caret under the very word, why, and how to mend it.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Located, Location, Severity, shown_path};
use crate::source::SourceMap;

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
    for found in located {
        text += &renderer.render(&[group(found, sources, prefix)]);
        text.push_str("\n\n");
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
        None => title.element(Origin::path(path)),
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
