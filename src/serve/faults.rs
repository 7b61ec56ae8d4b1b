//! What is wrong, as pages show it: at the page that is written in a faulty file in full, elsewhere as a number.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::theme::Findings;
use crate::model::read::{Role, role};
use crate::render::Cause;
use crate::report::{Diagnostic, Located, Report, Severity, Spot, shown_path};
use crate::source::{SourceFile, SourceMap, SourcePath};
use crate::text::{Id, Scalar, editor_address};
use crate::view::address;

/// How many faults of other files a page lists.
const MOST_ELSEWHERE: usize = 20;

/// How many faults of its own a page lists.
const MOST_OWN: usize = 40;

/// Everything that is wrong, with the texts in which it stands.
#[derive(Clone, Default)]
pub(super) struct Faults {
    /// What the last check has found, and in which texts.
    checked: Arc<Report>,
    sources: Arc<SourceMap>,
    /// The files that have changed since: as they are now, and what is wrong with each by itself.
    newer: BTreeMap<SourcePath, Newer>,
    /// What is wrong with the theme, which makes every page.
    pub(super) theme: Arc<Findings>,
    /// The content folder as messages name it, and where it is.
    pub(super) shown: String,
    pub(super) content: PathBuf,
    /// The pattern of addresses that open a file in the editor; `None` where these would be told to others.
    pub(super) editor: Option<String>,
}

/// What a page shows of what is wrong.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(super) struct Shown {
    /// What is wrong with the page that is shown.
    pub(super) own: Vec<Fault>,
    /// What is wrong elsewhere, some of it.
    pub(super) elsewhere: Vec<Fault>,
    /// How many errors there are in all.
    pub(super) errors: usize,
    /// How many warnings there are in all.
    pub(super) warnings: usize,
}

/// One fault. A reader who is not the writer is shown where it is and nothing of what stands there.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Fault {
    severity: &'static str,
    code: String,
    message: String,
    /// `content/pilots/a.md:7:16`
    place: String,
    /// The line of the file.
    line: Option<String>,
    /// Which part of the line is meant, in UTF-16 units, as scripts count.
    mark: Option<(usize, usize)>,
    label: Option<String>,
    why: Option<String>,
    fix: Option<String>,
    /// The address that opens the place in the editor.
    editor: Option<String>,
}

/// A file that has changed since the last check.
#[derive(Clone)]
struct Newer {
    file: Option<SourceFile>,
    report: Report,
}

impl Faults {
    /// What a check has found in these texts.
    pub(super) fn checked(&mut self, report: Report, sources: Arc<SourceMap>) {
        self.checked = Arc::new(report);
        self.sources = sources;
        self.newer.clear();
    }

    /// Notes that a file has changed, and what is wrong with it by itself: what the last check found there stands
    /// in another text.
    pub(super) fn change(&mut self, path: &SourcePath, file: Option<&SourceFile>, report: Report) {
        self.newer.insert(path.clone(), Newer { file: file.cloned(), report });
    }

    /// What is wrong with the content.
    fn of_content(&self) -> impl Iterator<Item = &Diagnostic> {
        let is_old = |found: &&Diagnostic| !self.newer.contains_key(&found.place.file);
        let newer = self.newer.values().flat_map(|newer| newer.report.diagnostics());
        self.checked.diagnostics().iter().filter(is_old).chain(newer)
    }

    fn count(&self, severity: Severity) -> usize {
        let of_content = self.of_content().filter(|found| found.severity == severity);
        of_content.count() + self.theme.report.count(severity)
    }

    /// The texts in which these findings stand.
    fn texts(&self, report: &Report) -> SourceMap {
        let files = report.diagnostics().iter().map(|found| &found.place.file);
        let now = |path: &SourcePath| match self.newer.get(path) {
            Some(newer) => newer.file.clone(),
            None => self.sources.get(path).or_else(|| self.theme.texts.get(path)).cloned(),
        };
        files.filter_map(|path| Some((path.clone(), now(path)?))).collect()
    }

    /// What the page at `path` shows, which is written in these files; or which cannot be made, and why.
    pub(super) fn shown(
        &self,
        path: &str,
        written_in: &[SourcePath],
        cause: Option<&Cause>,
        is_for_me: bool,
    ) -> Shown {
        let is_own = |file: &SourcePath| written_in.contains(file) || page_of(file).as_deref() == Some(path);
        let mut own = match cause {
            Some(Cause::Template(fault)) => self.theme.of_page(fault),
            Some(Cause::Paper(..)) | None => Report::default(),
        };
        let of_page = own.diagnostics().len();
        // The theme makes every page.
        let of_theme = self.theme.report.diagnostics().iter().take(MOST_OWN);
        of_theme.for_each(|found| own.take(found.clone()));
        let mut elsewhere = Report::default();
        for found in self.of_content() {
            match is_own(&found.place.file) {
                true if own.diagnostics().len() < MOST_OWN => own.take(found.clone()),
                false
                    if found.severity == Severity::Error
                        && elsewhere.diagnostics().len() < MOST_ELSEWHERE =>
                {
                    elsewhere.take(found.clone());
                }
                _ => {}
            }
        }
        let listed = |report: &Report| -> Vec<Fault> {
            let texts = self.texts(report);
            report.located(&texts).iter().map(|found| self.fault(found, &texts, is_for_me)).collect()
        };
        Shown {
            own: listed(&own),
            elsewhere: listed(&elsewhere),
            errors: self.count(Severity::Error) + of_page,
            warnings: self.count(Severity::Warning),
        }
    }

    fn fault(&self, found: &Located, texts: &SourceMap, is_for_me: bool) -> Fault {
        let Located { diagnostic, location } = found;
        let file = &diagnostic.place.file;
        let is_whole = matches!(diagnostic.place.spot, Spot::File);
        let mut place = shown_path(&self.shown, file);
        if !is_whole {
            place += &format!(":{}:{}", location.line, location.column);
        }
        let mut fault = Fault::at(place, diagnostic.severity, diagnostic.rule.code);
        if !is_for_me {
            return fault;
        }
        fault.message.clone_from(&diagnostic.message);
        fault.label.clone_from(&diagnostic.label);
        fault.why = Some(diagnostic.shown_why().to_owned());
        fault.fix = Some(diagnostic.shown_fix().to_owned());
        if let Some(text) = texts.text(file).filter(|_| !location.bytes.is_empty()) {
            let start = text[..location.bytes.start].rfind('\n').map_or(0, |at| at + 1);
            let end =
                text[location.bytes.start..].find('\n').map_or(text.len(), |at| location.bytes.start + at);
            let units = |from: usize, to: usize| text[from..to].encode_utf16().count();
            let to = location.bytes.end.min(end);
            fault.line = Some(text[start..end].to_owned());
            fault.mark = Some((units(start, location.bytes.start), units(start, to)));
        }
        fault.editor = self.editor.as_ref().map(|pattern| {
            let content = self.content.to_string_lossy().replace('\\', "/");
            editor_address::address(pattern, &shown_path(&content, file), location.line, location.column)
        });
        fault
    }
}

impl Fault {
    /// All that every reader may know of it.
    fn at(place: String, severity: Severity, code: &str) -> Self {
        Self {
            severity: severity.word(),
            code: code.to_owned(),
            message: String::new(),
            place,
            line: None,
            mark: None,
            label: None,
            why: None,
            fix: None,
            editor: None,
        }
    }
}

/// The path of the page that an entry's file is shown on, whether or not the file can be read.
pub(super) fn page_of(file: &SourcePath) -> Option<String> {
    let Role::Entry { kind, id } = role(file) else { return None };
    Some(format!("{}index.html", address(kind, &Id::parse(id).ok()?)))
}
