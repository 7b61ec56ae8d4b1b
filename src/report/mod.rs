//! What is wrong with the content: diagnostics, each with place, reason and fix, and the forms they print in.

mod github;
mod human;
mod json;
mod locate;
mod places;
mod rule;
mod sarif;

use std::ops::Range;

use crate::source::{SourceMap, SourcePath};

pub use human::Style;
pub use locate::Location;
pub use rule::{Rule, Severity};

/// All that was found in one run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How grave it is: the rule's own severity unless said otherwise.
    pub severity: Severity,
    /// One lowercase phrase without a final period; names stand in backticks.
    pub message: String,
    /// What it is about.
    pub place: Place,
    /// A few words under the caret.
    pub label: Option<String>,
    /// Why it matters; the rule's own words unless this case has better ones.
    pub why: Option<String>,
    /// How to mend it; the rule's own words unless this case has better ones.
    pub fix: Option<String>,
}

/// What a diagnostic is about. Line and column are worked out when it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: SourcePath,
    /// The part of it.
    pub spot: Spot,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// A character of a file that is no text.
    Character {
        /// Its line, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
    },
    /// The value of a field, by its path: `primary.target`, `reviews[1].held`. Falls back to the nearest
    /// field above it that is there.
    Field(String),
    /// Bytes of the Markdown body.
    Body(Range<usize>),
    /// Bytes of the file.
    Bytes {
        /// Where.
        range: Range<usize>,
        /// The path of the field there, if it is one.
        path: String,
    },
}

impl Place {
    /// The file as a whole.
    pub fn file(file: &SourcePath) -> Self {
        Self { file: file.clone(), spot: Spot::File }
    }

    /// The value of a field.
    pub fn field(file: &SourcePath, path: impl Into<String>) -> Self {
        Self { file: file.clone(), spot: Spot::Field(path.into()) }
    }

    /// A part of the Markdown body.
    pub fn body(file: &SourcePath, range: Range<usize>) -> Self {
        Self { file: file.clone(), spot: Spot::Body(range) }
    }

    /// Bytes of the file.
    pub fn bytes(file: &SourcePath, range: Range<usize>, path: impl Into<String>) -> Self {
        Self { file: file.clone(), spot: Spot::Bytes { range, path: path.into() } }
    }
}

impl Report {
    /// Adds a finding of `rule`; the diagnostic that comes back takes label, why and fix.
    pub fn add(&mut self, rule: &'static Rule, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic {
            rule,
            severity: rule.severity,
            message: message.into(),
            place,
            label: None,
            why: None,
            fix: None,
        });
        self.diagnostics.last_mut().expect("one was just pushed")
    }

    /// Takes over one finding of another report.
    pub fn take(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes over the findings of another report.
    pub fn extend(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// All findings.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The errors alone.
    pub fn errors(&self) -> Self {
        let errors = self.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        Self { diagnostics: errors.cloned().collect() }
    }

    /// Whether nothing may be built from this content.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many findings are of that severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Treats every warning as an error.
    pub fn deny_warnings(&mut self) {
        for diagnostic in &mut self.diagnostics {
            if diagnostic.severity == Severity::Warning {
                diagnostic.severity = Severity::Error;
            }
        }
    }

    /// Treats every error as a warning, where something can go on without what it keeps from being made.
    pub fn soften(&mut self) {
        for diagnostic in &mut self.diagnostics {
            diagnostic.severity = diagnostic.severity.max(Severity::Warning);
        }
    }

    /// The findings with their places worked out, in the order of files, lines and columns.
    pub fn located<'a>(&'a self, sources: &'a SourceMap) -> Vec<Located<'a>> {
        let mut locator = locate::Locator::new(sources);
        let mut located: Vec<Located> = self
            .diagnostics
            .iter()
            .map(|diagnostic| Located { diagnostic, location: locator.location(&diagnostic.place) })
            .collect();
        located.sort_by(|a, b| {
            let key = |l: &Located<'a>| {
                let Location { line, column, .. } = l.location;
                (l.diagnostic.place.file.clone(), line, column, l.diagnostic.rule.code)
            };
            key(a).cmp(&key(b)).then_with(|| a.diagnostic.message.cmp(&b.diagnostic.message))
        });
        located
    }
}

impl Diagnostic {
    /// Sets the words under the caret.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = Some(label.into());
        self
    }

    /// Says why this case matters.
    pub fn why(&mut self, why: impl Into<String>) -> &mut Self {
        self.why = Some(why.into());
        self
    }

    /// Says how to mend this case.
    pub fn fix(&mut self, fix: impl Into<String>) -> &mut Self {
        self.fix = Some(fix.into());
        self
    }

    /// Offers the name that was probably meant, if there is one.
    pub fn did_you_mean(&mut self, name: Option<&str>) -> &mut Self {
        if let Some(name) = name {
            self.fix = Some(format!("did you mean `{name}`?"));
        }
        self
    }

    /// Sets another severity than the rule's.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Why it matters, in this case or in general.
    pub fn shown_why(&self) -> &str {
        self.why.as_deref().unwrap_or(self.rule.why)
    }

    /// How to mend it, in this case or in general.
    pub fn shown_fix(&self) -> &str {
        self.fix.as_deref().unwrap_or(self.rule.instead)
    }
}

/// A diagnostic with its line and column.
#[derive(Debug)]
pub struct Located<'a> {
    /// The finding.
    pub diagnostic: &'a Diagnostic,
    /// Where it stands.
    pub location: Location,
}

/// The forms in which a report can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a person, with the line of the file and a caret.
    Human(Style),
    /// One JSON object a line.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code-scanning services.
    Sarif,
    /// File, line, column and code, and no word of the content.
    Places,
}

/// Prints the report. `prefix` is the path of the content folder as the reader of the report knows it.
pub fn printed(report: &Report, sources: &SourceMap, prefix: &str, format: Format) -> String {
    let located = report.located(sources);
    match format {
        Format::Human(style) => human::printed(&located, sources, prefix, style),
        Format::Json => json::printed(&located, prefix),
        Format::Github => github::printed(&located, prefix),
        Format::Sarif => sarif::printed(&located, prefix),
        Format::Places => places::printed(&located, prefix),
    }
}

/// The path of a file as the reader of the report knows it, who knows the content folder as `prefix`.
pub fn shown_path(prefix: &str, file: &SourcePath) -> String {
    // Themes stand beside the content folder.
    if let Some(beside) = file.strip_prefix("../") {
        return match prefix.rsplit_once('/') {
            Some((above, last)) if last != ".." => format!("{above}/{beside}"),
            None if !matches!(prefix, "" | "..") => beside.to_owned(),
            _ if prefix.is_empty() => file.to_string(),
            _ => format!("{prefix}/{file}"),
        };
    }
    if prefix.is_empty() { file.to_string() } else { format!("{prefix}/{file}") }
}
