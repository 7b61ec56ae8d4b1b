//! The project in memory, and what has changed on the disk since.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::burst::Burst;
use super::surroundings::Surroundings;
use super::theme::{self, CurrentTheme};
use crate::model::Config;
use crate::model::read::{Reading, parse};
use crate::render::{DEFAULT_THEME, Theme};
use crate::report::Report;
use crate::source::discover::{Folder, Unreadable};
use crate::source::{SourceFile, SourceMap, SourcePath};

/// How many changed paths are looked at one by one; more are found faster by reading everything.
const MOST_SINGLY: usize = 400;

/// The files of a project as they were last read, and what was made of them.
pub(super) struct Workspace {
    surroundings: Arc<dyn Surroundings>,
    content: PathBuf,
    folder: Arc<Folder>,
    sources: SourceMap,
    reading: Reading,
    theme: CurrentTheme,
    /// Grows with every change of a file that is published as it is.
    copies: u64,
}

/// What was found to have changed, and is not taken over yet.
#[derive(Default)]
pub(super) struct Changes {
    files: BTreeMap<SourcePath, Option<SourceFile>>,
    /// Files that are published as they are, whose bytes may have changed.
    copied: BTreeSet<SourcePath>,
    theme: Option<theme::Read>,
    /// Whether any file that is published as it is may have changed without a word.
    are_unsure: bool,
    /// Whether the content folder is another than before.
    folder: Option<Arc<Folder>>,
}

/// What has changed, by the names that the writer knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// Files of the content folder.
    pub(super) files: Vec<SourcePath>,
    /// Whether the theme has changed.
    pub(super) theme: bool,
}

impl Workspace {
    /// Reads everything; tells how many files there are, and then how many are read.
    pub(super) fn open(
        surroundings: Arc<dyn Surroundings>,
        mut progress: impl FnMut(usize, usize),
    ) -> Result<Self, Unreadable> {
        let content = surroundings.content();
        let folder = Folder::open(&content)?;
        let sources = folder.read()?;
        let count = sources.len();
        progress(0, count);
        let reading = Reading::new(&sources, |done| progress(done, count));
        let (folder, theme) = (Arc::new(folder), CurrentTheme::default());
        let mut workspace = Self { surroundings, content, folder, sources, reading, theme, copies: 0 };
        if let Some(read) = workspace.read_theme() {
            workspace.take_theme(read);
        }
        Ok(workspace)
    }

    pub(super) fn reading(&self) -> &Reading {
        &self.reading
    }

    pub(super) fn sources(&self) -> &SourceMap {
        &self.sources
    }

    pub(super) fn folder(&self) -> &Arc<Folder> {
        &self.folder
    }

    pub(super) fn theme(&self) -> &Arc<Theme> {
        self.theme.sound()
    }

    /// What is wrong with the theme.
    pub(super) fn theme_findings(&self) -> &Arc<theme::Findings> {
        self.theme.findings()
    }

    pub(super) fn copies(&self) -> u64 {
        self.copies
    }

    /// Looks at the disk where something may have changed.
    pub(super) fn look(&self, burst: &Burst) -> Changes {
        let mut changes = Changes::default();
        let touches_theme = self.look_at_content(burst, &mut changes);
        let takes_config = changes.files.contains_key("portfolio.yaml");
        if touches_theme && !takes_config {
            changes.theme = self.read_theme().filter(|read| !self.theme.is(&read.layers));
        }
        changes
    }

    /// Adds what has changed in the content folder; whether themes may have changed as well.
    fn look_at_content(&self, burst: &Burst, changes: &mut Changes) -> bool {
        let folder = match (self.folder.is_in_place(), Folder::open(&self.content)) {
            (true, _) => &self.folder,
            (false, Ok(folder)) => changes.folder.insert(Arc::new(folder)),
            // It is gone: what was in it is kept until another one is there.
            (false, Err(_)) => return true,
        };
        let folder = Arc::clone(folder);
        if burst.is_anything || changes.folder.is_some() || burst.paths.len() > MOST_SINGLY {
            self.compare("", &folder, changes);
            let within = burst.paths.iter().filter_map(|path| self.within(path));
            changes.note_copies(within.map(SourcePath::new), &self.sources);
            changes.are_unsure = true;
            return true;
        }
        let themes = self.surroundings.themes();
        let mut touches_themes = false;
        for path in &burst.paths {
            match self.within(path) {
                Some(at) => {
                    self.compare(&at, &folder, changes);
                    changes.note_copies([SourcePath::new(at)], &self.sources);
                }
                None => touches_themes |= path.starts_with(&themes),
            }
        }
        touches_themes
    }

    /// The path seen from the content folder; `None` outside of it, and for names that are no text.
    fn within(&self, path: &Path) -> Option<String> {
        Some(path.strip_prefix(&self.content).ok()?.to_str()?.replace('\\', "/"))
    }

    /// Adds what differs between disk and memory at a path and below it.
    fn compare(&self, at: &str, folder: &Folder, changes: &mut Changes) {
        // What cannot be listed at all is kept, like a folder that is gone.
        let Ok(there) = folder.read_at(at) else { return };
        for (path, _) in self.sources.below(at).filter(|(path, _)| there.get(path).is_none()) {
            changes.files.insert(path.clone(), None);
        }
        for (path, file) in there.iter().filter(|(path, file)| self.sources.get(path) != Some(*file)) {
            changes.files.insert(path.clone(), Some(file.clone()));
        }
    }

    /// Whether the changes look like half a save: a file is gone, empty or broken that was not.
    pub(super) fn is_half(&self, changes: &Changes) -> bool {
        let is_broken =
            |(path, file): (&SourcePath, &Option<SourceFile>)| match (self.sources.get(path), file) {
                (Some(_), None) => true,
                (_, Some(SourceFile::Text(text))) if text.trim().is_empty() => true,
                (_, Some(file)) => parse(path, file).report.has_errors(),
                (None, None) => false,
            };
        let is_theme_broken = || {
            let both = changes.theme.as_ref().zip(self.config());
            both.is_some_and(|(read, config)| self.theme.is_emptied(&read.layers) || !read.is_sound(config))
        };
        changes.folder.is_some() || changes.files.iter().any(is_broken) || is_theme_broken()
    }

    /// Takes the changes over.
    pub(super) fn take(&mut self, changes: Changes) -> Changed {
        let Changes { files, copied, theme, are_unsure, folder } = changes;
        self.copies += u64::from(are_unsure);
        if let Some(folder) = folder {
            self.folder = folder;
        }
        let mut changed = Changed::default();
        for (path, file) in files {
            match file {
                Some(file) => self.sources.insert(path.clone(), file),
                None => drop(self.sources.remove(&path)),
            }
            changed.files.push(path);
        }
        if !changed.files.is_empty() {
            self.reading.update(&changed.files, &self.sources);
        }
        for path in copied {
            self.copies += 1;
            if !changed.files.contains(&path) {
                changed.files.push(path);
            }
        }
        // Another theme may be asked for now.
        let takes_config = changed.files.iter().any(|path| &**path == "portfolio.yaml");
        if let Some(read) = theme.or_else(|| takes_config.then(|| self.read_theme()).flatten()) {
            changed.theme = self.take_theme(read);
        }
        changed
    }

    /// The folders of the theme that the portfolio asks for, as they are now.
    fn read_theme(&self) -> Option<theme::Read> {
        let name = self.config()?.theme.as_deref().unwrap_or(DEFAULT_THEME);
        let mut report = Report::default();
        // A name that leads elsewhere, or to nothing, is reported by the check; the last theme stays.
        let layers = self.surroundings.theme_layers(name, &mut report)?;
        Some(theme::Read::new(layers, report))
    }

    /// Takes a theme over; whether it is another than before.
    fn take_theme(&mut self, read: theme::Read) -> bool {
        let config = self.reading.portfolio().map(|portfolio| &portfolio.config);
        config.is_some_and(|config| self.theme.take(read, config))
    }

    fn config(&self) -> Option<&Config> {
        self.reading.portfolio().map(|portfolio| &portfolio.config)
    }
}

impl Changes {
    pub(super) fn are_none(&self) -> bool {
        self.files.is_empty() && self.copied.is_empty() && self.theme.is_none() && !self.are_unsure
    }

    /// Files that are published as they are can change without their size: whatever touches one counts.
    fn note_copies(&mut self, touched: impl IntoIterator<Item = SourcePath>, sources: &SourceMap) {
        let is_copied = |path: &SourcePath| matches!(sources.get(path), Some(SourceFile::Asset(_)));
        self.copied.extend(touched.into_iter().filter(is_copied));
    }
}
