//! A template that cannot be read or rendered.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use tera::{ErrorKind, ReportError};

use super::Layer;
use super::unclosed::open_tag;
use crate::check::theme::TEMPLATE;
use crate::report::{Place, Report};
use crate::source::SourcePath;

/// What is wrong with a template, and where.
#[derive(Clone, Debug)]
pub struct ThemeFault {
    /// One phrase.
    message: String,
    /// The template, if the fault has a place.
    place: Option<Box<Spot>>,
    /// The templates that led there, the nearest first: `called from base.html:12:4`.
    stack: Vec<String>,
    /// The fault as the template engine prints it.
    text: String,
}

/// A place in a template.
#[derive(Clone, Debug)]
struct Spot {
    template: String,
    at: At,
}

/// Where in a template.
#[derive(Clone, Debug)]
enum At {
    /// Line and column from 1, the width in characters.
    Column { line: usize, column: usize, width: usize },
    /// Where it names another template.
    Name(String),
}

impl ThemeFault {
    pub(super) fn new(message: String) -> Self {
        Self { text: message.clone(), message, place: None, stack: Vec::new() }
    }

    /// Adds the fault to a report: at its place where the template is a file of the writer's, else at the
    /// setting that chose the theme.
    pub fn report(&self, layers: &[Layer], report: &mut Report) {
        let own = self.place.as_ref().and_then(|spot| {
            let name = format!("templates/{}", spot.template);
            let layer = layers.iter().rfind(|layer| layer.files.contains_key(&name))?;
            let text = std::str::from_utf8(&layer.files[&name]).ok()?;
            let (range, message) = self.within(text, &spot.at);
            Some((Place::bytes(&layer.path(&name), range, ""), message))
        });
        let elsewhere = || Place::field(&SourcePath::new("portfolio.yaml"), "theme");
        let (place, message) = own.unwrap_or_else(|| (elsewhere(), self.message_from_elsewhere()));
        let found = report.add(&TEMPLATE, place, message);
        if !self.stack.is_empty() {
            found.label = Some(self.stack.join(", "));
        }
    }

    /// The bytes of the fault in the text of its template, and what is said of them.
    fn within(&self, text: &str, at: &At) -> (Range<usize>, String) {
        let range = at.range(text);
        let is_unclosed =
            self.message == END || self.message == UNKNOWN_TAG && text[range.start..].starts_with("end");
        match open_tag(text, range.start).filter(|_| is_unclosed) {
            Some((tag, range)) if self.message == END => {
                (range, format!("`{tag}` is not closed before the template ends"))
            }
            Some((tag, range)) => {
                let line = 1 + text[..range.start].matches('\n').count();
                (at.range(text), format!("`{tag}` in line {line} is to be closed first"))
            }
            None => (range, self.message.clone()),
        }
    }

    fn message_from_elsewhere(&self) -> String {
        match self.place.as_deref() {
            Some(Spot { template, at: At::Column { line, column, .. } }) => {
                format!("{} in `{template}` of the default theme, at {line}:{column}", self.message)
            }
            _ => self.message.clone(),
        }
    }
}

/// What the engine says where a tag is missing that closes another.
const END: &str = "unexpected end of input";
const UNKNOWN_TAG: &str = "unknown tag";

impl At {
    /// Its bytes in the text of the template. What the engine sees behind the end is the last letter.
    fn range(&self, text: &str) -> Range<usize> {
        match self {
            Self::Name(name) => {
                let start = text.find(name.as_str()).unwrap_or(0);
                start..start + name.len().min(text.len() - start)
            }
            Self::Column { line, .. } if *line > text.lines().count() => {
                let end = text.trim_end().len();
                text[..end].char_indices().next_back().map_or(0..0, |(start, _)| start..end)
            }
            Self::Column { line, column, width } => {
                let lines = text.split_inclusive('\n');
                let start: usize = lines.clone().take(line - 1).map(str::len).sum();
                let line = lines.clone().nth(line - 1).unwrap_or_default();
                let byte =
                    |characters: usize| line.char_indices().nth(characters).map_or(line.len(), |(at, _)| at);
                start + byte(column - 1)..start + byte(column - 1 + width)
            }
        }
    }
}

impl fmt::Display for ThemeFault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for ThemeFault {}

impl From<&tera::Error> for ThemeFault {
    fn from(error: &tera::Error) -> Self {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            text = format!("{text}\n{inner}");
            cause = inner.source();
        }
        match error.kind() {
            ErrorKind::SyntaxError(fault) | ErrorKind::RenderingError(fault) => Self {
                message: phrase(fault.message()),
                place: Some(Box::new(spot(fault))),
                stack: stack(&text),
                text,
            },
            ErrorKind::MissingParent { current, parent } => Self {
                message: format!("there is no template `{parent}` to extend"),
                place: Some(Box::new(Spot { template: current.clone(), at: At::Name(parent.clone()) })),
                stack: Vec::new(),
                text,
            },
            // Faults that are found when all templates are there come as text.
            _ if place_in(&text).is_some() => {
                let message = text.lines().next().unwrap_or_default();
                let message = phrase(message.strip_prefix("error: ").unwrap_or(message));
                Self { message, place: place_in(&text).map(Box::new), stack: stack(&text), text }
            }
            _ => Self {
                message: phrase(text.lines().next().unwrap_or_default()),
                text,
                place: None,
                stack: Vec::new(),
            },
        }
    }
}

fn spot(fault: &ReportError) -> Spot {
    let span = fault.span();
    let width =
        if span.end_line == span.start_line { span.end_col.saturating_sub(span.start_col) } else { 1 };
    Spot {
        template: fault.filename().to_owned(),
        at: At::Column { line: span.start_line.max(1), column: span.start_col + 1, width: width.max(1) },
    }
}

/// The place that a printed fault names, as `--> base.html:12:4` above a line with carets.
fn place_in(text: &str) -> Option<Spot> {
    let mut lines = text.lines();
    let arrow = lines.find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = arrow.rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let carets =
        lines.find(|line| line.trim_end().ends_with('^')).map_or(1, |line| line.matches('^').count());
    Some(Spot { template: parts.next()?.to_owned(), at: At::Column { line, column, width: carets } })
}

/// The notes below a fault name the templates that led to it; the engine gives them as text alone.
fn stack(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.strip_prefix("note: ")).map(str::to_owned).collect()
}

/// A message in the way of the others: lowercase, one line, without a final period.
fn phrase(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = line.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
