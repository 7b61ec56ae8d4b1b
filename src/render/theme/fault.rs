//! A template that cannot be read or rendered.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use tera::{ErrorKind, ReportError};

use super::Layer;
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
    /// From 1.
    line: usize,
    /// From 1.
    column: usize,
    /// In characters.
    width: usize,
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
            let range = spot.range(std::str::from_utf8(&layer.files[&name]).ok()?);
            Some(Place::bytes(&layer.path(&name), range, ""))
        });
        let elsewhere = || Place::field(&SourcePath::new("portfolio.yaml"), "theme");
        let message = match (&own, &self.place) {
            (None, Some(spot)) => {
                let Spot { template, line, column, .. } = &**spot;
                format!("{} in `{template}` of the default theme, at {line}:{column}", self.message)
            }
            _ => self.message.clone(),
        };
        let found = report.add(&TEMPLATE, own.unwrap_or_else(elsewhere), message);
        if !self.stack.is_empty() {
            found.label = Some(self.stack.join(", "));
        }
    }
}

impl Spot {
    /// Its bytes in the text of the template.
    fn range(&self, text: &str) -> Range<usize> {
        let lines = text.split_inclusive('\n');
        let start: usize = lines.clone().take(self.line - 1).map(str::len).sum();
        let line = lines.clone().nth(self.line - 1).unwrap_or_default();
        let byte = |characters: usize| line.char_indices().nth(characters).map_or(line.len(), |(at, _)| at);
        start + byte(self.column - 1)..start + byte(self.column - 1 + self.width).max(byte(self.column - 1))
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
        line: span.start_line.max(1),
        column: span.start_col + 1,
        width: width.max(1),
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
    Some(Spot { template: parts.next()?.to_owned(), line, column, width: carets })
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
