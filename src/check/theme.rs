//! The theme and the language that the portfolio asks for, and the rules for the files of themes, which are read
//! where pages are made.

use crate::model::Portfolio;
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
use crate::text::{Id, Scalar, nearest, one_of};

/// The rules for themes.
pub(super) static RULES: [&Rule; 7] =
    [&THEME, &LANGUAGE, &BAD_THEME, &UNKNOWN_TOKEN, &BAD_TOKEN, &TEMPLATE, &UNSAFE];

pub(super) static THEME: Rule = Rule {
    code: "unknown-theme",
    severity: Severity::Error,
    finds: "a theme that is neither built in nor a folder in `themes/`",
    why: "the site would not look as it was meant to",
    instead: "name a folder in `themes/`, or leave `theme:` out for the default one",
};

pub(super) static LANGUAGE: Rule = Rule {
    code: "unknown-language",
    severity: Severity::Warning,
    finds: "a language that the theme has no words of",
    why: "the pages say in English what is not the writer's own text",
    instead: "name a language that there is, or add `words/LANGUAGE.yaml` to a theme of your own",
};

pub(crate) static BAD_THEME: Rule = Rule {
    code: "bad-theme",
    severity: Severity::Error,
    finds: "a `theme.yaml` that cannot be read, or that extends a theme which there is not",
    why: "the site would not look as its theme says",
    instead: "write `extends: default`, and under `tokens:` one `name: value` a line",
};

pub(crate) static UNKNOWN_TOKEN: Rule = Rule {
    code: "unknown-token",
    severity: Severity::Error,
    finds: "a token in a `theme.yaml` that no style sheet of the theme has",
    why: "it would change nothing",
    instead: "use one of the custom properties at the top of the theme's `static/style.css`",
};

pub(crate) static BAD_TOKEN: Rule = Rule {
    code: "bad-token",
    severity: Severity::Error,
    finds: "a token whose value is not of its kind: one colour, one length, one number, or a list of fonts",
    why: "browsers pass over what they do not understand, and anything else has no place in a style sheet",
    instead: "write a colour as `\"#1f5f8b\"` or as `{light: …, dark: …}`, a length as `1.5rem`, fonts as a list",
};

pub(crate) static TEMPLATE: Rule = Rule {
    code: "template-error",
    severity: Severity::Error,
    finds: "a template that cannot be read, or that fails while a page is made",
    why: "a page that is half made is not published, and the last good site stays",
    instead: "mend the template; `bailiwick theme context ROUTE` prints what it is given",
};

pub(crate) static UNSAFE: Rule = Rule {
    code: "unsafe-template",
    severity: Severity::Warning,
    finds: "a template of a theme with an attribute without quotes, with `safe` on text of the content, or with a script or a style within the page",
    why: "text of the content could become script, or browsers refuse what the page holds",
    instead: "put attributes in quotes, leave `safe` to `content`, and keep scripts and styles in `static/`",
};

/// Reports that the theme has no words of the portfolio's language; `languages` are those that it has.
pub fn report_language(language: &str, languages: &[String], report: &mut Report) {
    let place = Place::field(&SourcePath::new("portfolio.yaml"), "language");
    let known = one_of(languages.iter().map(String::as_str));
    report
        .add(&LANGUAGE, place, format!("the theme has no words of the language `{language}`"))
        .fix(format!("use {known}, or add `words/{language}.yaml` to a theme of your own"));
}

/// Reports a theme that is not among those there are, by their names.
pub fn check(portfolio: &Portfolio, themes: &[String], report: &mut Report) {
    let Some(name) = &portfolio.config.theme else { return };
    // A name that is none at all is `bad-setting`.
    if Id::parse(name).is_err() || themes.iter().any(|theme| theme == name.as_str()) {
        return;
    }
    let place = Place::field(&SourcePath::new("portfolio.yaml"), "theme");
    let found = report.add(&THEME, place, format!("there is no theme `{name}`"));
    let known = || themes.iter().map(String::as_str);
    match nearest(name, known()) {
        Some(meant) => found.did_you_mean(Some(meant)),
        None => found.fix(format!("use one of {}", one_of(known()))),
    };
}
