//! From a name and folders of files to a theme that can render, with everything that is wrong on the way.

use super::{DEFAULT_THEME, Layer, Theme, languages, lint, nearest_language, settings};
use crate::check::theme::{BAD_THEME, report_language};
use crate::model::Config;
use crate::report::{Place, Report};
use crate::text::nearest;
use crate::words::ENGLISH;

/// The folders that a theme is made from, the lowest first; `read` reads the one of a name, and `known` are all
/// names that there are.
///
/// # Errors
/// When a folder cannot be read.
pub fn layers<E>(
    name: &str,
    known: &[String],
    report: &mut Report,
    mut read: impl FnMut(&str) -> Result<Layer, E>,
) -> Result<Vec<Layer>, E> {
    let mut names = vec![name.to_owned()];
    let mut layers = vec![read(name)?];
    while let Some((below, range)) = layers.last().and_then(settings::extended) {
        let top = layers.last().expect("there is the one that extends another");
        let place = Place::bytes(&top.path(settings::FILE), range, "extends");
        if names.contains(&below) {
            let message = format!("the theme extends `{below}`, which in the end extends this theme");
            report.add(&BAD_THEME, place, message).fix("extend `default`, or a theme that extends it");
            break;
        }
        if below == DEFAULT_THEME && !known.contains(&below) {
            break;
        }
        if !known.contains(&below) {
            let found = report.add(&BAD_THEME, place, format!("there is no theme `{below}` to extend"));
            found.did_you_mean(nearest(&below, known.iter().map(String::as_str)));
            break;
        }
        layers.push(read(&below)?);
        names.push(below);
    }
    layers.reverse();
    Ok(layers)
}

/// The theme in these layers, in the language of the portfolio; `None` if it cannot render anything, which then
/// stands in the report.
pub fn load(config: &Config, layers: &[Layer], report: &mut Report) -> Option<Theme> {
    let known = languages(layers);
    let language = config.language.as_deref().unwrap_or(ENGLISH);
    if nearest_language(language, &known).is_none() {
        report_language(language, &known, report);
    }
    lint::lint(layers, report);
    match Theme::in_layers(layers, language, report) {
        Ok(theme) => Some(theme),
        Err(fault) => {
            fault.report(layers, report);
            None
        }
    }
}
