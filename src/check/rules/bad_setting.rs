//! Settings that could not be used, or would lead out of the project.

use crate::model::Portfolio;
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
use crate::text::{Date, editor_address, one_of};

pub(super) static RULE: Rule = Rule {
    code: "bad-setting",
    severity: Severity::Error,
    finds: "a theme that is no plain name of a folder, a language that is no language tag, or an editor that is none",
    why: "a theme is looked for in `themes/` alone, programs that read aloud need to know the language, and a link to \
          an editor must not start anything else",
    instead: "name the theme's folder without a path, the language as `en` or `de-AT`, and the editor as \
              `vscode://file{file}:{line}:{column}`",
};

pub(super) fn check(portfolio: &Portfolio, _: Date, report: &mut Report) {
    let config = &portfolio.config;
    let place = |field: &str| Place::field(&SourcePath::new("portfolio.yaml"), field);
    if let Some(theme) = config.theme.as_ref().filter(|theme| !is_folder_name(theme)) {
        report
            .add(&RULE, place("theme"), format!("`{theme}` is not the name of a folder in `themes`"))
            .fix("name the folder alone: letters, digits, `-` and `_`");
    }
    if let Some(language) = config.language.as_ref().filter(|language| !is_language_tag(language)) {
        report
            .add(&RULE, place("language"), format!("`{language}` is not a language tag"))
            .fix("write it as `en` or `de-AT`");
    }
    if let Some(pattern) = config.editor_url.as_ref().filter(|pattern| !editor_address::is_sound(pattern)) {
        report
            .add(&RULE, place("editor_url"), format!("`{pattern}` does not open a file in an editor"))
            .fix(format!(
                "write `{}`, or the like with one of {}",
                editor_address::DEFAULT,
                one_of(editor_address::SCHEMES)
            ));
    }
}

fn is_folder_name(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Letters for the language, and perhaps more parts of letters and digits (BCP 47, without its registry).
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("");
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic()) && parts.all(is_part)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::probe::findings;

    #[test]
    fn a_theme_stays_in_its_folder() {
        for (theme, is_sound) in
            [("plain", true), ("my_theme-2", true), ("../x", false), ("/etc", false), ("a/b", false), ("..", false)]
        {
            let config = format!("title: T\nowner: {{name: N}}\ntheme: {theme}\n");
            assert_eq!(findings(check, &[("portfolio.yaml", &config)]).is_empty(), is_sound, "{theme}");
        }
    }

    #[test]
    fn an_editor_is_an_editor() {
        for (editor, is_sound) in
            [("vscode://file{file}:{line}", true), ("javascript:alert(1)//{file}", false), ("vscode://file", false)]
        {
            let config = format!("title: T\nowner: {{name: N}}\neditor_url: \"{editor}\"\n");
            let found = findings(check, &[("portfolio.yaml", &config)]);
            assert_eq!(found.is_empty(), is_sound, "{editor}: {found:?}");
        }
    }

    #[test]
    fn a_language_is_a_tag() {
        for (language, is_sound) in
            [("en", true), ("de-AT", true), ("zh-Hant-TW", true), ("English", false), ("en_GB", false), ("e", false)]
        {
            let config = format!("title: T\nowner: {{name: N}}\nlanguage: {language}\n");
            let found = findings(check, &[("portfolio.yaml", &config)]);
            assert_eq!(found.is_empty(), is_sound, "{language}: {found:?}");
        }
    }
}
