//! Themes: the default one, which is part of the program, and what a portfolio puts in its place.
//!
//! A theme is a set of files: `templates/*.html`, what is published under `assets/` from `static/`, and for paper
//! `paper/*.typ` with the fonts in `fonts/`. A file of the same name in `themes/NAME` takes the place of the
//! default one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use tera::Tera;

use super::speak;
use crate::paper::{self, Typesetter};
use crate::words::Words;

/// Declares files of the default theme, by their names in its folder.
macro_rules! default_files {
    ($(#[$about:meta])+ $list:ident: $($name:literal,)+) => {
        $(#[$about])+
        pub static $list: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../themes/default/", $name)))),+];
    };
}

default_files! {
    /// The files of the default theme for the site.
    DEFAULT_FILES:
    "static/chart.css",
    "static/icon.svg",
    "static/paper.css",
    "static/search.js",
    "static/site.js",
    "static/style.css",
    "static/vendor/minisearch-LICENSE.txt",
    "static/vendor/minisearch.js",
    "templates/404.html",
    "templates/agreement.html",
    "templates/base.html",
    "templates/check-in.html",
    "templates/components.html",
    "templates/constraint.html",
    "templates/cycle.html",
    "templates/decision.html",
    "templates/entry.html",
    "templates/feedback.html",
    "templates/figures.html",
    "templates/home.html",
    "templates/index.html",
    "templates/moved.html",
    "templates/page.html",
    "templates/pilot.html",
    "templates/program.html",
    "templates/proposal.html",
    "templates/review.html",
    "templates/rights.html",
    "templates/scope.html",
    "templates/search.html",
    "templates/tag.html",
    "templates/tags.html",
    "templates/timeline.html",
    "templates/track-record.html",
    "words/en.yaml",
}

default_files! {
    /// The files of the default theme for paper.
    #[cfg(feature = "pdf")]
    PAPER_FILES:
    "fonts/noto-emoji-regular.ttf",
    "fonts/noto-sans-hebrew-regular.ttf",
    "fonts/noto-sans-hebrew-semibold.ttf",
    "fonts/noto-sans-symbols-2-subset.ttf",
    "fonts/source-sans-3-italic.ttf",
    "fonts/source-sans-3-regular.ttf",
    "fonts/source-sans-3-semibold.ttf",
    "fonts/vazirmatn-regular.ttf",
    "fonts/vazirmatn-semibold.ttf",
    "paper/base.typ",
    "paper/proposal.typ",
    "paper/review.typ",
}

/// There is no paper in this build.
#[cfg(not(feature = "pdf"))]
pub static PAPER_FILES: &[(&str, &[u8])] = &[];

/// The name of the theme that is part of the program.
pub const DEFAULT_THEME: &str = "default";

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    words: Arc<Words>,
    statics: BTreeMap<String, Cow<'static, [u8]>>,
    paper: BTreeMap<String, Cow<'static, [u8]>>,
    // Made when the first document is asked for: most commands make none, and fonts take time to read.
    typesetter: OnceLock<Result<Typesetter, paper::Fault>>,
}

/// What is wrong with a template, with the place that the template engine names.
#[derive(Debug)]
pub struct ThemeFault(String);

impl fmt::Display for ThemeFault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ThemeFault {}

impl Theme {
    /// The default theme with the given files, by their names in the theme's folder, in place of its own.
    ///
    /// # Errors
    /// When a template is no text, or is no template.
    pub fn new(files: BTreeMap<String, Vec<u8>>) -> Result<Self, ThemeFault> {
        let mut all: BTreeMap<String, Cow<'static, [u8]>> = [DEFAULT_FILES, PAPER_FILES]
            .into_iter()
            .flatten()
            .map(|(name, bytes)| ((*name).to_owned(), Cow::Borrowed(*bytes)))
            .collect();
        all.extend(files.into_iter().map(|(name, bytes)| (name, Cow::Owned(bytes))));

        let mut templates = Vec::new();
        let mut statics = BTreeMap::new();
        let mut paper = BTreeMap::new();
        for (name, bytes) in all {
            if let Some(template) = name.strip_prefix("templates/") {
                let text = String::from_utf8(bytes.into_owned())
                    .map_err(|_| ThemeFault(format!("the template `{template}` is not UTF-8")))?;
                templates.push((template.to_owned(), text));
            } else if let Some(name) = name.strip_prefix("static/") {
                statics.insert(name.to_owned(), bytes);
            } else if name.starts_with("paper/") || name.starts_with("fonts/") {
                paper.insert(name, bytes);
            }
        }
        let words = Arc::new(Words::english().clone());
        let mut tera = Tera::new();
        speak::register(&mut tera, &words);
        tera.autoescape_on(vec![".html"]);
        tera.add_raw_templates(templates).map_err(|error| fault(&error))?;
        Ok(Self { tera, words, statics, paper, typesetter: OnceLock::new() })
    }

    /// The words of the interface.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// What lays out the theme's documents for paper.
    ///
    /// # Errors
    /// When a font of the theme cannot be read, and in a build that makes no PDF.
    pub fn typesetter(&self) -> Result<&Typesetter, paper::Fault> {
        self.typesetter.get_or_init(|| Typesetter::new(self.paper.clone())).as_ref().map_err(Clone::clone)
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
        self.tera.render(template, context).map_err(|error| fault(&error))
    }
}

/// The message with all its causes: the innermost names the line.
fn fault(error: &tera::Error) -> ThemeFault {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}\n{inner}");
        cause = inner.source();
    }
    ThemeFault(text)
}
