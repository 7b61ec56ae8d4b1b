//! What the tests of the rules start from: one rule, a few files, and what it finds in them.

use crate::model::Portfolio;
use crate::model::read::read;
use crate::report::{Report, Spot};
use crate::source::SourceMap;
use crate::text::{Date, Scalar};

const CONFIG: (&str, &str) = (
    "portfolio.yaml",
    "title: T\nowner: {name: N}\nreaders: {manager: {}, mentor: {}}\ndefaults: {readers: {decision: manager}}\n",
);

/// How a rule is checked.
type Look = fn(&Portfolio, Date, &mut Report);

/// What `check` finds in the files on 2026-06-01, as `file:line:column: message`; with its severity where that
/// is not the rule's own. The files must be readable; `portfolio.yaml` is added if it is not among them.
pub(super) fn findings(check: Look, files: &[(&str, &str)]) -> Vec<String> {
    let has_config = files.iter().any(|(path, _)| *path == CONFIG.0);
    let config = (!has_config).then_some(CONFIG);
    let sources: SourceMap = files.iter().copied().chain(config).collect();
    let (portfolio, read) = read(&sources);
    assert!(!read.has_errors(), "{read:?}");
    let mut report = Report::default();
    let today = Date::parse("2026-06-01").expect("a day of the calendar");
    check(&portfolio.expect("the configuration is sound"), today, &mut report);
    let shown = |found: &crate::report::Located| {
        let (diagnostic, at) = (found.diagnostic, &found.location);
        let place = match diagnostic.place.spot {
            Spot::File => diagnostic.place.file.to_string(),
            _ => format!("{}:{}:{}", diagnostic.place.file, at.line, at.column),
        };
        let severity = if diagnostic.severity == diagnostic.rule.severity {
            String::new()
        } else {
            format!(" {}", diagnostic.severity.word())
        };
        format!("{place}:{severity} {}", diagnostic.message)
    };
    report.located(&sources).iter().map(shown).collect()
}

/// The same for a rule that reminds of something, which must not happen while the portfolio rests.
pub(super) fn reminders(check: Look, files: &[(&str, &str)]) -> Vec<String> {
    let config = files.iter().find(|(path, _)| *path == CONFIG.0).unwrap_or(&CONFIG).1;
    let resting = format!("{config}pause: {{since: 2026-05-31}}\n");
    let others = files.iter().filter(|(path, _)| *path != CONFIG.0);
    let at_rest: Vec<_> = others.copied().chain([(CONFIG.0, resting.as_str())]).collect();
    assert_eq!(findings(check, &at_rest), [""; 0], "while the portfolio rests");
    findings(check, files)
}
