//! Workflow commands of GitHub Actions, which show each finding at its line of a pull request.

use super::{Located, Severity, shown_path};

pub(super) fn printed(located: &[Located], prefix: &str) -> String {
    let mut text = String::new();
    for Located { diagnostic, location } in located {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let file = property(&shown_path(prefix, &diagnostic.place.file));
        let (line, column) = (location.line, location.column);
        let title = property(diagnostic.rule.code);
        let message = message(&format!(
            "{}\nwhy: {}\nfix: {}",
            diagnostic.message,
            diagnostic.shown_why(),
            diagnostic.shown_fix()
        ));
        text += &format!("::{command} file={file},line={line},col={column},title={title}::{message}\n");
    }
    text
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
