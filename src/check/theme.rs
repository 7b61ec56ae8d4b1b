//! The theme that the portfolio asks for.

use crate::model::Portfolio;
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
use crate::text::{Id, Scalar, nearest, one_of};

pub(super) static RULE: Rule = Rule {
    code: "unknown-theme",
    severity: Severity::Error,
    finds: "a theme that is neither built in nor a folder in `themes/`",
    why: "the site would not look as it was meant to",
    instead: "name a folder in `themes/`, or leave `theme:` out for the default one",
};

/// Reports a theme that is not among those there are, by their names.
pub fn check(portfolio: &Portfolio, themes: &[String], report: &mut Report) {
    let Some(name) = &portfolio.config.theme else { return };
    // A name that is none at all is `bad-setting`.
    if Id::parse(name).is_err() || themes.iter().any(|theme| theme == name.as_str()) {
        return;
    }
    let place = Place::field(&SourcePath::new("portfolio.yaml"), "theme");
    let found = report.add(&RULE, place, format!("there is no theme `{name}`"));
    let known = || themes.iter().map(String::as_str);
    match nearest(name, known()) {
        Some(meant) => found.did_you_mean(Some(meant)),
        None => found.fix(format!("use one of {}", one_of(known()))),
    };
}
