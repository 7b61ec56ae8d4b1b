//! One JSON object a line, for scripts and editors.

use serde::Serialize;

use super::{Located, shown_path};

#[derive(Serialize)]
struct Line<'a> {
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    file: String,
    line: usize,
    column: usize,
    path: &'a str,
    why: &'a str,
    fix: &'a str,
}

pub(super) fn printed(located: &[Located], prefix: &str) -> String {
    let mut text = String::new();
    for Located { diagnostic, location } in located {
        let line = Line {
            severity: diagnostic.severity.word(),
            code: diagnostic.rule.code,
            message: &diagnostic.message,
            file: shown_path(prefix, &diagnostic.place.file),
            line: location.line,
            column: location.column,
            path: diagnostic.place.path(),
            why: diagnostic.shown_why(),
            fix: diagnostic.shown_fix(),
        };
        text += &serde_json::to_string(&line).expect("strings and numbers always serialise");
        text.push('\n');
    }
    text
}
