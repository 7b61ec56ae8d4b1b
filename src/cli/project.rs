//! The portfolio that a command is about: where it is, and what is in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Failure, Global, Terminal};
use crate::check;
use crate::model::readers::Reader;
use crate::model::{Config, Portfolio};
use crate::redact::{Redacted, redact};
use crate::render::{self, DEFAULT_THEME, Layer, Theme};
use crate::report::{self, Format, Report, Severity};
use crate::source::SourceMap;
use crate::source::discover::{Folder, Unreadable};
use crate::text::{Date, Scalar};

/// The name of the folder that holds the entries.
pub(super) const CONTENT: &str = "content";

/// The name of the reader who is the writer.
pub(super) const ME: &str = "me";

/// A folder with a portfolio in it.
pub(super) struct Project {
    /// The folder that holds `content/`.
    pub(super) root: PathBuf,
    /// The content folder, open for reading.
    pub(super) folder: Folder,
    /// The content folder as messages name it.
    pub(super) shown: String,
    /// The day for which everything is worked out.
    pub(super) today: Date,
}

/// What is in a project.
pub(super) struct Loaded {
    pub(super) sources: SourceMap,
    pub(super) portfolio: Option<Portfolio>,
    pub(super) report: Report,
    /// The theme that the portfolio asks for, if there is one that can be used, with its folders.
    pub(super) theme: Option<(Theme, Vec<Layer>)>,
}

impl Project {
    /// Finds the project that the arguments or the working folder name.
    pub(super) fn find(global: &Global) -> Result<Self, Failure> {
        let root = root(global)?;
        let content = root.join(CONTENT);
        let folder = Folder::open(&content).map_err(|unreadable| world(&unreadable))?;
        let shown = shown(&content);
        Ok(Self { root, folder, shown, today: today(global)? })
    }

    /// Reads and checks everything, and cuts it down for the reader of that name; `None` if there are errors, which
    /// are printed.
    pub(super) fn for_reader(
        &self,
        name: &str,
        terminal: &mut Terminal,
    ) -> Result<Option<(Loaded, Redacted)>, Failure> {
        let loaded = self.load()?;
        let Some(portfolio) = loaded.sound(self, name, terminal) else { return Ok(None) };
        let redacted = redact(portfolio, &reader(name, portfolio)?);
        Ok(Some((loaded, redacted)))
    }

    pub(super) fn content(&self) -> PathBuf {
        self.root.join(CONTENT)
    }

    /// Reads the files as they are.
    pub(super) fn sources(&self) -> Result<SourceMap, Failure> {
        self.folder.read().map_err(|unreadable| world(&unreadable))
    }

    /// Reads and checks everything.
    pub(super) fn load(&self) -> Result<Loaded, Failure> {
        let mut sources = self.sources()?;
        let (portfolio, mut report) = crate::read(&sources, self.today);
        let mut theme = None;
        if let Some(portfolio) = &portfolio {
            check::theme::check(portfolio, &self.themes(), &mut report);
            theme = self.theme(&portfolio.config, &mut sources, &mut report)?;
        }
        Ok(Loaded { sources, portfolio, report, theme })
    }

    /// The theme that the portfolio asks for; `None` if there is none of that name, or it cannot be used. The
    /// texts that something can be wrong with join the sources.
    pub(super) fn theme(
        &self,
        config: &Config,
        sources: &mut SourceMap,
        report: &mut Report,
    ) -> Result<Option<(Theme, Vec<Layer>)>, Failure> {
        let name = config.theme.as_deref().unwrap_or(DEFAULT_THEME);
        let Some(layers) = self.theme_layers(name, report)? else { return Ok(None) };
        for (path, text) in layers.iter().flat_map(Layer::texts) {
            sources.insert(path, text);
        }
        Ok(render::load(config, &layers, report).map(|theme| (theme, layers)))
    }

    /// The folders that a theme is made from, the lowest first; `None` if there is none of that name.
    pub(super) fn theme_layers(
        &self,
        name: &str,
        report: &mut Report,
    ) -> Result<Option<Vec<Layer>>, Failure> {
        let known = self.themes();
        if !known.iter().any(|theme| theme == name) {
            return Ok(None);
        }
        render::layers(name, &known, report, |name| self.layer(name)).map(Some)
    }

    fn layer(&self, name: &str) -> Result<Layer, Failure> {
        Ok(Layer { folder: format!("../themes/{name}"), files: self.theme_files(name)? })
    }

    /// The files of a theme, as far as the project has any of its own.
    fn theme_files(&self, name: &str) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        let folder = self.theme_folder(name);
        if name == DEFAULT_THEME && !folder.is_dir() {
            return Ok(BTreeMap::new());
        }
        Folder::open(&folder).and_then(|folder| folder.read_bytes()).map_err(|unreadable| world(&unreadable))
    }

    /// The names of all themes there are.
    pub(super) fn themes(&self) -> Vec<String> {
        let folders = std::fs::read_dir(self.root.join("themes")).into_iter().flatten().flatten();
        let named = folders.filter(|entry| entry.path().is_dir());
        let mut names: Vec<String> = named.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.push(DEFAULT_THEME.to_owned());
        names.sort();
        names.dedup();
        names
    }

    fn theme_folder(&self, name: &str) -> PathBuf {
        self.root.join("themes").join(name)
    }
}

impl Loaded {
    /// The portfolio, if nothing is wrong with it; prints what is, when it is to be built for `reader`.
    pub(super) fn sound(
        &self,
        project: &Project,
        reader: &str,
        terminal: &mut Terminal,
    ) -> Option<&Portfolio> {
        if self.report.has_errors() {
            self.print(&self.report.errors(), project, reader, terminal);
            let hint = if reader == ME { "" } else { "; `bailiwick check` shows more" };
            terminal.complain(&format!("{}{hint}", summary(&self.report)));
            return None;
        }
        if !self.report.diagnostics().is_empty() {
            let hint = format!("{}; `bailiwick check` shows more", summary(&self.report));
            terminal.message(&hint);
        }
        self.portfolio.as_ref()
    }

    /// The theme that the portfolio asks for, with its folders.
    pub(super) fn theme(&self) -> Result<(&Theme, &[Layer]), Failure> {
        self.theme.as_ref().map(|(theme, layers)| (theme, &layers[..])).ok_or_else(no_theme)
    }

    /// Prints findings that keep something from being made for `reader`, or from being whole; nothing if there are
    /// none.
    pub(super) fn print(&self, report: &Report, project: &Project, reader: &str, terminal: &mut Terminal) {
        if let Some(printed) = self.printed(report, project, reader, terminal) {
            terminal.complain(&printed);
        }
    }

    /// The same for findings that only tell something.
    pub(super) fn print_notes(
        &self,
        report: &Report,
        project: &Project,
        reader: &str,
        terminal: &mut Terminal,
    ) {
        if let Some(printed) = self.printed(report, project, reader, terminal) {
            terminal.message(&printed);
        }
    }

    fn printed(
        &self,
        report: &Report,
        project: &Project,
        reader: &str,
        terminal: &Terminal,
    ) -> Option<String> {
        // What is made for others is often made by a machine whose log others read: no line of the
        // content may stand in it.
        let format = if reader == ME { Format::Human(terminal.message_style()) } else { Format::Places };
        let is_any = !report.diagnostics().is_empty();
        is_any.then(|| report::printed(report, &self.sources, &project.shown, format))
    }
}

/// What keeps a command from going on whose portfolio asks for a theme that is not there, or cannot be used.
pub(super) fn no_theme() -> Failure {
    Failure::Usage("there is no theme of the name that `theme:` gives".to_owned())
}

/// The counts of a report in words.
pub(super) fn summary(report: &Report) -> String {
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (report.count(severity), severity.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word, &format!("{word}s")))
        .collect();
    if parts.is_empty() { "nothing to report".to_owned() } else { parts.join(", ") }
}

/// A number and what it counts.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The reader of that name, or a complaint about the name.
pub(super) fn reader(name: &str, portfolio: &Portfolio) -> Result<Reader, Failure> {
    Reader::parse(name, &portfolio.config).map_err(|unknown| Failure::Usage(unknown.to_string()))
}

fn world(unreadable: &Unreadable) -> Failure {
    Failure::World(unreadable.to_string())
}

fn root(global: &Global) -> Result<PathBuf, Failure> {
    if let Some(root) = &global.root {
        return if root.join(CONTENT).is_dir() {
            Ok(root.clone())
        } else {
            Err(Failure::Usage(format!("there is no `{CONTENT}/` folder in `{}`", root.display())))
        };
    }
    let here = std::env::current_dir().map_err(|error| Failure::path("find", ".", &error))?;
    let is_root = |folder: &&Path| folder.join(CONTENT).join("portfolio.yaml").is_file();
    match here.ancestors().find(is_root) {
        Some(root) => Ok(root.to_owned()),
        // A portfolio whose `portfolio.yaml` is missing is still worth checking.
        None if here.join(CONTENT).is_dir() => Ok(here),
        None => Err(Failure::Usage(format!(
            "there is no `{CONTENT}/portfolio.yaml` here or further up; `bailiwick init` makes a new portfolio"
        ))),
    }
}

/// A path seen from the working folder, where that is simple.
pub(super) fn shown(path: &Path) -> String {
    seen_from(&std::env::current_dir().unwrap_or_default(), path).display().to_string()
}

/// A path seen from a folder: as it is, unless it lies below the folder, or below one not far above.
fn seen_from(folder: &Path, path: &Path) -> PathBuf {
    let up = folder.ancestors().zip(0..=3).find_map(|(above, steps)| {
        let below = path.strip_prefix(above).ok()?;
        Some(std::iter::repeat_n(Path::new(".."), steps).chain(below.iter().map(Path::new)).collect())
    });
    up.unwrap_or_else(|| path.to_owned())
}

/// The day that was asked for, else that of `SOURCE_DATE_EPOCH`, else today.
pub(super) fn today(global: &Global) -> Result<Date, Failure> {
    if let Some(day) = global.today {
        return Ok(day);
    }
    match std::env::var_os("SOURCE_DATE_EPOCH") {
        Some(seconds) => {
            let seconds = seconds.to_string_lossy();
            epoch_day(&seconds).ok_or_else(|| {
                let meant = "a number of seconds from 1970 to a day before 2200";
                Failure::Usage(format!("SOURCE_DATE_EPOCH is `{seconds}`, and not {meant}"))
            })
        }
        None => clock_day()
            .map_err(|why| Failure::Usage(format!("the clock is wrong: {why}; name a day with `--today`"))),
    }
}

/// The day on the clock.
pub(super) fn clock_day() -> Result<Date, String> {
    day(jiff::Zoned::now().date())
}

/// The day of so many seconds after 1970, in universal time.
fn epoch_day(seconds: &str) -> Option<Date> {
    let timestamp = jiff::Timestamp::from_second(seconds.trim().parse().ok()?).ok()?;
    day(timestamp.to_zoned(jiff::tz::TimeZone::UTC).date()).ok()
}

fn day(day: jiff::civil::Date) -> Result<Date, String> {
    Date::parse(&day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_short_where_that_is_simple() {
        let shown = |folder: &str, path: &str| {
            seen_from(Path::new(folder), Path::new(path)).to_str().unwrap().to_owned()
        };
        assert_eq!(shown("/a/b", "/a/b/content"), "content");
        assert_eq!(shown("/a/b/content", "/a/b/content"), "");
        assert_eq!(shown("/a/b/content/pages", "/a/b/content"), "..");
        assert_eq!(shown("/a/b/docs", "/a/b/content"), "../content");
        assert_eq!(shown("/a/b/c/d/e/f", "/a/content"), "/a/content");
        assert_eq!(shown("/a", "content"), "content");
    }
}
