//! The theme while it is written: the last that could be used, and what is wrong with it as it is now.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::model::Config;
use crate::render::{self, Layer, Theme, ThemeFault};
use crate::report::{Report, Severity};
use crate::source::SourceMap;
use crate::words::ENGLISH;

/// The theme in use.
pub(super) struct CurrentTheme {
    layers: Vec<Layer>,
    language: String,
    sound: Arc<Theme>,
    findings: Arc<Findings>,
}

/// What is wrong with the files of a theme, as they are now.
#[derive(Default)]
pub(super) struct Findings {
    /// The same that `check` finds in them.
    pub(super) report: Report,
    /// The texts in which it stands.
    pub(super) texts: SourceMap,
    layers: Vec<Layer>,
}

/// The folders of a theme as they were read.
pub(super) struct Read {
    pub(super) layers: Vec<Layer>,
    /// What is wrong with how they build on each other.
    report: Report,
    made: OnceCell<Made>,
}

/// What came of the folders of a theme.
struct Made {
    /// `None` if no page can be made from them.
    theme: Option<Theme>,
    /// What is wrong with them.
    report: Report,
}

impl Read {
    pub(super) fn new(layers: Vec<Layer>, report: Report) -> Self {
        Self { layers, report, made: OnceCell::new() }
    }

    /// Whether pages can be made from these folders.
    pub(super) fn is_sound(&self, config: &Config) -> bool {
        self.made.get_or_init(|| self.make(config)).theme.is_some()
    }

    fn make(&self, config: &Config) -> Made {
        let mut report = self.report.clone();
        Made { theme: render::load(config, &self.layers, &mut report), report }
    }
}

impl Default for CurrentTheme {
    /// The theme that is part of the program.
    fn default() -> Self {
        let built_in = Theme::new(std::collections::BTreeMap::new()).expect("the default theme is sound");
        Self {
            layers: Vec::new(),
            language: String::new(),
            sound: Arc::new(built_in),
            findings: Arc::default(),
        }
    }
}

impl CurrentTheme {
    /// The last that could be used.
    pub(super) fn sound(&self) -> &Arc<Theme> {
        &self.sound
    }

    pub(super) fn findings(&self) -> &Arc<Findings> {
        &self.findings
    }

    pub(super) fn is(&self, layers: &[Layer]) -> bool {
        self.layers == layers
    }

    /// Whether a file is empty now that was not before: it may be half a save, and would make an empty page.
    pub(super) fn is_emptied(&self, layers: &[Layer]) -> bool {
        let before = |layer: &Layer, name: &str| {
            let old = self.layers.iter().find(|old| old.folder == layer.folder);
            old.is_some_and(|old| old.files.get(name).is_some_and(Vec::is_empty))
        };
        let mut files = layers.iter().flat_map(|layer| layer.files.iter().map(move |file| (layer, file)));
        files.any(|(layer, (name, bytes))| bytes.is_empty() && !before(layer, name))
    }

    /// Takes the folders of a theme over; whether it is another than before. `config` is the one with which
    /// somebody may have asked whether they are sound.
    pub(super) fn take(&mut self, mut read: Read, config: &Config) -> bool {
        let language = config.language.as_deref().unwrap_or(ENGLISH);
        if self.is(&read.layers) && language == self.language {
            return false;
        }
        let Made { theme, report } = read.made.take().unwrap_or_else(|| read.make(config));
        if let Some(theme) = theme {
            self.sound = Arc::new(theme);
        }
        let layers = read.layers;
        let texts = layers.iter().flat_map(Layer::texts).collect();
        self.findings = Arc::new(Findings { report, texts, layers: layers.clone() });
        language.clone_into(&mut self.language);
        self.layers = layers;
        true
    }
}

impl Findings {
    /// What a page that a template cannot make adds to what is wrong.
    pub(super) fn of_page(&self, fault: &ThemeFault) -> Report {
        let mut report = Report::default();
        fault.report(&self.layers, &mut report);
        report
    }

    /// What a terminal shows of it: all but notes.
    pub(super) fn told(&self) -> Report {
        let mut told = Report::default();
        let grave = self.report.diagnostics().iter().filter(|found| found.severity < Severity::Note);
        grave.for_each(|found| told.take(found.clone()));
        told
    }
}
