//! Themes: the default one, which is part of the program, and what a portfolio puts in its place.
//!
//! A theme is a set of files: `templates/*.html`, and what is published under `assets/` from `static/`. A file
//! of the same name in `themes/NAME` takes the place of the default one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use tera::Tera;

use super::speak;
use crate::words::Words;

/// Declares the files of the default theme, by their names in its folder.
macro_rules! default_files {
    ($($name:literal,)+) => {
        /// All files of the default theme.
        pub static DEFAULT_FILES: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../themes/default/", $name)))),+];
    };
}

default_files! {
    "static/chart.css",
    "static/style.css",
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
    "templates/tag.html",
    "templates/tags.html",
    "templates/timeline.html",
    "templates/track-record.html",
    "words/en.yaml",
}

/// The name of the theme that is part of the program.
pub const DEFAULT_THEME: &str = "default";

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    words: Arc<Words>,
    statics: BTreeMap<String, Cow<'static, [u8]>>,
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
        let mut all: BTreeMap<String, Cow<'static, [u8]>> =
            DEFAULT_FILES.iter().map(|(name, bytes)| ((*name).to_owned(), Cow::Borrowed(*bytes))).collect();
        all.extend(files.into_iter().map(|(name, bytes)| (name, Cow::Owned(bytes))));

        let mut templates = Vec::new();
        let mut statics = BTreeMap::new();
        for (name, bytes) in all {
            if let Some(template) = name.strip_prefix("templates/") {
                let text = String::from_utf8(bytes.into_owned())
                    .map_err(|_| ThemeFault(format!("the template `{template}` is not UTF-8")))?;
                templates.push((template.to_owned(), text));
            } else if let Some(name) = name.strip_prefix("static/") {
                statics.insert(name.to_owned(), bytes);
            }
        }
        let words = Arc::new(Words::english().clone());
        let mut tera = Tera::new();
        speak::register(&mut tera, &words);
        tera.autoescape_on(vec![".html"]);
        tera.add_raw_templates(templates).map_err(|error| fault(&error))?;
        Ok(Self { tera, words, statics })
    }

    /// The words of the interface.
    pub fn words(&self) -> &Words {
        &self.words
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
