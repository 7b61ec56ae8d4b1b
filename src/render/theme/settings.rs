//! `theme.yaml`: which theme this one is made from, and the tokens that it sets.

use std::ops::Range;

use super::Layer;
use crate::check::theme::BAD_THEME;
use crate::report::{Place, Report};
use crate::source::yaml::{Fault, Key, Node, Value, tree};
use crate::text::nearest;

/// The name of the file.
pub(super) const FILE: &str = "theme.yaml";

/// What may stand in it.
const FIELDS: [&str; 2] = ["extends", "tokens"];

/// What a `theme.yaml` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Settings {
    /// The theme below it, with the place of its name.
    pub(super) extends: Option<(String, Range<usize>)>,
    /// The tokens that it sets, as they stand there.
    pub(super) tokens: Vec<Setting>,
}

/// A token that a theme sets.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    pub(super) name: Key,
    pub(super) value: Node,
}

/// The name of the theme that a layer extends, with the place of that name.
pub(super) fn extended(layer: &Layer) -> Option<(String, Range<usize>)> {
    read(layer, &mut Report::default()).extends
}

/// Reads the file of a layer; what is wrong with it goes into the report.
pub(super) fn read(layer: &Layer, report: &mut Report) -> Settings {
    let mut settings = Settings::default();
    let Some(bytes) = layer.files.get(FILE) else { return settings };
    let file = layer.path(FILE);
    let text = String::from_utf8_lossy(bytes);
    let fields = match tree(&text) {
        Ok(Node { value: Value::Map(fields), .. }) => fields,
        Ok(Node { value: Value::Null, .. }) => return settings,
        Ok(Node { range, .. }) => {
            report.add(
                &BAD_THEME,
                Place::bytes(&file, range, ""),
                "a `theme.yaml` is a list of `key: value`",
            );
            return settings;
        }
        Err(Fault { message, offset, fix }) => {
            report.add(&BAD_THEME, Place::bytes(&file, offset..offset, ""), message).fix(fix);
            return settings;
        }
    };
    for (key, node) in fields {
        match (key.name.as_str(), node.value) {
            ("extends", Value::Scalar { text, .. }) => settings.extends = Some((text, node.range)),
            ("tokens", Value::Null) => {}
            ("tokens", Value::Map(tokens)) => {
                settings.tokens = tokens.into_iter().map(|(name, value)| Setting { name, value }).collect();
            }
            (known, _) if FIELDS.contains(&known) => {
                let place = Place::bytes(&file, node.range, known);
                let message = format!("`{known}` does not take this kind of value");
                report.add(&BAD_THEME, place, message);
            }
            (unknown, _) => {
                let place = Place::bytes(&file, key.range, unknown);
                let found = report.add(&BAD_THEME, place, format!("a theme has no field `{unknown}`"));
                match nearest(unknown, FIELDS) {
                    Some(meant) => found.did_you_mean(Some(meant)),
                    None => found.fix("use `extends` and `tokens`"),
                };
            }
        }
    }
    settings
}
