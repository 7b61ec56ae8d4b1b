//! Themes: the default one, which is part of the program, and what a portfolio puts in its place.
//!
//! A theme is a set of files: `templates/*.html`, what is published under `assets/` from `static/`, the words of
//! its languages in `words/`, and for paper `paper/*.typ` with the fonts in `fonts/`. Themes lie in layers: a file takes the place of the one of the same name below
//! it, a message that of the same key.

mod fault;
mod files;
mod languages;
mod lint;
mod load;
mod settings;
mod speak;
mod tokens;
mod unclosed;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tera::Tera;

use super::given::{Fingerprint, hash_of_shown};
use crate::paper::proposal::Known;
use crate::paper::{self, Typesetter};
use crate::report::Report;
use crate::source::{SourceFile, SourcePath};
use crate::words::{ENGLISH, Words};

pub use fault::ThemeFault;
pub use files::{DEFAULT_FILES, PAPER_FILES};
pub use languages::{languages, nearest_language};
pub use load::{layers, load};

/// The name of the theme that is part of the program.
pub const DEFAULT_THEME: &str = "default";

/// The files of one folder of themes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// The folder, as the content folder sees it: `../themes/plain`.
    pub folder: String,
    /// The files by their names in the folder.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    words: Arc<Words>,
    statics: BTreeMap<String, Cow<'static, [u8]>>,
    paper: BTreeMap<String, Cow<'static, [u8]>>,
    // Made when the first document is asked for: most commands make none, and fonts take time to read.
    typesetter: OnceLock<Result<Typesetter, paper::Fault>>,
    known: Known,
    /// The texts of its templates.
    templates: blake3::Hash,
    fingerprint: OnceLock<blake3::Hash>,
}

impl Theme {
    /// The default theme with the given files, by their names in the theme's folder, in place of its own; in
    /// English.
    ///
    /// # Errors
    /// When a template is no text, or is no template.
    pub fn new(files: BTreeMap<String, Vec<u8>>) -> Result<Self, ThemeFault> {
        let layer = Layer { folder: String::new(), files };
        Self::in_layers(&[layer], ENGLISH, &mut Report::default())
    }

    /// The default theme with these layers over it, the highest last, in a language. What is wrong with their
    /// words and tokens goes into the report.
    ///
    /// # Errors
    /// When a template is no text, or is no template.
    pub fn in_layers(layers: &[Layer], language: &str, report: &mut Report) -> Result<Self, ThemeFault> {
        let default = [DEFAULT_FILES, PAPER_FILES].into_iter().flatten();
        let default = default.map(|(name, bytes)| ((*name).to_owned(), Cow::Borrowed(*bytes)));
        let mut all: BTreeMap<String, Cow<'static, [u8]>> = default.collect();
        let mut below = DEFAULT_THEME;
        for layer in layers {
            for (name, bytes) in &layer.files {
                match all.insert(name.clone(), Cow::Owned(bytes.clone())) {
                    Some(covered) if covered != *bytes => keep_for_extending(&mut all, below, name, covered),
                    _ => {}
                }
            }
            below = layer.name();
        }

        let words = languages::words(layers, language, report);
        let (mut templates, mut statics, mut paper) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for (name, bytes) in all {
            if let Some(template) = name.strip_prefix("templates/") {
                let text = String::from_utf8(bytes.into_owned())
                    .map_err(|_| ThemeFault::new(format!("the template `{template}` is not UTF-8")))?;
                templates.push((template.to_owned(), text));
            } else if let Some(name) = name.strip_prefix("static/") {
                statics.insert(name.to_owned(), bytes);
            } else if name.starts_with("paper/") || name.starts_with("fonts/") {
                paper.insert(name, bytes);
            }
        }
        add_tokens(layers, &mut statics, report);
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        // Before the templates, which are held against the filters that there are.
        let words = Arc::new(words);
        speak::register(&mut tera, &words);
        let texts = hash_of_shown(&templates);
        tera.add_raw_templates(templates).map_err(|error| ThemeFault::from(&error))?;
        Ok(Self {
            tera,
            words,
            statics,
            paper,
            typesetter: OnceLock::new(),
            known: Known::default(),
            templates: texts,
            fingerprint: OnceLock::new(),
        })
    }

    /// What lays out the theme's documents for paper.
    ///
    /// # Errors
    /// When a font of the theme cannot be read, and in a build that makes no PDF.
    pub fn typesetter(&self) -> Result<&Typesetter, paper::Fault> {
        self.typesetter.get_or_init(|| Typesetter::new(self.paper.clone())).as_ref().map_err(Clone::clone)
    }

    /// What is known of the proposals that were put on paper with it.
    pub fn known_proposals(&self) -> &Known {
        &self.known
    }

    /// The default theme in words of any kind.
    pub fn speaking(words: Words) -> Self {
        let mut theme = Self::new(BTreeMap::new()).expect("the default theme is sound: tests render it");
        theme.words = Arc::new(words);
        speak::register(&mut theme.tera, &theme.words);
        theme
    }

    /// The words of the interface.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// What its pages rest on besides what they are given, as one hash: the templates, the words and the code.
    pub(super) fn fingerprint(&self) -> blake3::Hash {
        *self.fingerprint.get_or_init(|| {
            let mut fingerprint = Fingerprint::default();
            fingerprint.add(env!("BAILIWICK_CODE").as_bytes());
            fingerprint.add(self.templates.as_bytes());
            fingerprint.add(hash_of_shown(&self.words).as_bytes());
            fingerprint.hash()
        })
    }

    /// The names of the files that are published as they are.
    pub fn statics(&self) -> impl Iterator<Item = &str> {
        self.statics.keys().map(String::as_str)
    }

    /// The bytes of a file that is published as it is.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.statics.get(name).map(|bytes| &**bytes)
    }

    pub(super) fn render(&self, template: &str, context: &tera::Context) -> Result<String, ThemeFault> {
        self.tera.render(template, context).map_err(|error| ThemeFault::from(&error))
    }
}

/// The sheet that takes the values of the tokens: it stands in every theme.
const SHEET: &str = "style.css";

/// Adds the values that the layers give to tokens to the end of the style sheet, where they win.
fn add_tokens(layers: &[Layer], statics: &mut BTreeMap<String, Cow<'static, [u8]>>, report: &mut Report) {
    let sheets: Vec<&str> = statics
        .iter()
        .filter(|(name, _)| name.ends_with(".css"))
        .filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok())
        .collect();
    let known = tokens::defined(sheets);
    let mut added = String::new();
    for layer in layers {
        let settings = settings::read(layer, report);
        added += &tokens::sheet(layer, &settings.tokens, &known, report);
    }
    if let Some(sheet) = statics.get_mut(SHEET).filter(|_| !added.is_empty()) {
        sheet.to_mut().extend(added.into_bytes());
    }
}

/// Keeps a template that another takes the place of under the name of its theme, `default/base.html`, so that the
/// other can extend it. One without blocks there is nothing to extend in, and no
/// component may be there twice.
fn keep_for_extending(
    all: &mut BTreeMap<String, Cow<'static, [u8]>>,
    theme: &str,
    name: &str,
    covered: Cow<'static, [u8]>,
) {
    let holds = |word: &str| String::from_utf8_lossy(&covered).contains(word);
    let can_be_extended = holds("{% block") && !holds("endcomponent");
    if let (Some(template), true) = (name.strip_prefix("templates/"), can_be_extended) {
        all.insert(format!("templates/{theme}/{template}"), covered);
    }
}

impl Layer {
    /// The name of the theme.
    fn name(&self) -> &str {
        self.folder.rsplit('/').next().unwrap_or(&self.folder)
    }

    /// The texts that something can be wrong with, by where they are.
    pub fn texts(&self) -> impl Iterator<Item = (SourcePath, SourceFile)> {
        let texts = self.files.iter().filter(|(file, _)| file.ends_with(".yaml") || file.ends_with(".html"));
        texts.map(|(file, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            (self.path(file), SourceFile::Text(Arc::from(&*text)))
        })
    }

    /// Where a file of the layer is.
    fn path(&self, name: &str) -> SourcePath {
        SourcePath::new(format!("{}/{name}", self.folder))
    }
}
