//! For logs that others read: where something is wrong, and which rule says so, without a word of the content.

use super::{Located, shown_path};

pub(super) fn printed(located: &[Located], prefix: &str) -> String {
    let mut text = String::new();
    for Located { diagnostic, location } in located {
        let file = shown_path(prefix, &diagnostic.place.file);
        let (line, column) = (location.line, location.column);
        let (severity, code) = (diagnostic.severity.word(), diagnostic.rule.code);
        text += &format!("{file}:{line}:{column}: {severity}[{code}]\n");
    }
    text
}
