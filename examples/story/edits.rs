//! What happens on which day. The sample is the end of the story; from there each edit is undone.

use std::io::{Error, Result};

use super::Files;

/// The days on which something was committed, and the message.
pub const DAYS: &[(&str, &str)] = &[
    ("2026-01-14", "Begin the record"),
    ("2026-01-28", "Checklist and chart style"),
    ("2026-02-09", "Ask for the weekly report without sign-off"),
    ("2026-02-14", "Sketch the trial"),
    ("2026-02-20", "Register the trial of the weekly report"),
    ("2026-03-02", "Cedar joins in the second week"),
    ("2026-03-16", "Half-way review"),
    ("2026-03-30", "Verdict of the weekly report"),
    ("2026-04-02", "The weekly report leaves without sign-off"),
    ("2026-04-17", "Register quiet mornings"),
    ("2026-04-20", "Register the trial of night loads"),
    ("2026-04-30", "The trial of corrections"),
    ("2026-05-04", "Allow one delayed report"),
    ("2026-05-26", "Stop the trial of corrections"),
    ("2026-06-04", "Release timing is agreed"),
    ("2026-06-12", "Register the trial of the request queue"),
    ("2026-06-26", "Half of the year"),
    ("2026-07-13", "The queue after four weeks"),
    ("2026-08-31", "August"),
    ("2026-09-18", "Register the trial of method questions"),
    ("2026-10-06", "Method questions after two weeks"),
    ("2026-10-12", "Before the autumn review"),
];

/// Names of commits that editions are made from, and their days.
pub const TAGS: &[(&str, &str)] = &[("review-2026-04", "2026-04-02"), ("review-2026-06", "2026-06-26")];

/// Files that were begun on another day than the one they are about.
const BEGUN: &[(&str, &str)] = &[
    ("portfolio.yaml", "2026-01-14"),
    ("program.yaml", "2026-01-14"),
    ("pilots/weekly-report/index.md", "2026-02-14"),
];

/// Observations that were written down later than they were made: file, day, and when it was written down.
const LATE: &[(&str, &str, &str)] = &[
    ("pilots/weekly-report/observations.csv", "2026-03-27", "2026-04-02"),
    ("pilots/request-triage/longest-wait.csv", "2026-07-10", "2026-08-31"),
];

/// One edit: the file, the day, what stands there since, and what stood there before.
const EDITS: &[(&str, &str, &str, &str)] = &[
    ("pilots/weekly-report/index.md", "2026-02-20", "readers: [manager, mentor]", "readers: [me]"),
    ("pilots/weekly-report/index.md", "2026-02-20", "  target: 2\n", "  target: 1.5\n"),
    (
        "pilots/weekly-report/index.md",
        "2026-03-30",
        "summary: For four weeks the weekly report left with a two-person checklist instead of Kim's signature, a day earlier and with one error instead of two or three a month.",
        "summary: For four weeks the weekly report leaves with a two-person checklist instead of Kim's signature.",
    ),
    (
        "pilots/overnight-loads/index.yaml",
        "2026-05-04",
        "    allowed_breaches: 1\n",
        "    allowed_breaches: 0\n",
    ),
    (
        "pilots/overnight-loads/index.yaml",
        "2026-05-26",
        "summary: Thirty-one loads moved from Wednesday by hand to every night, and reloading by hand fell from sixteen hours in four weeks to five and a half.",
        "summary: Thirty-one loads move from Wednesday by hand to every night.",
    ),
    ("pilots/faster-corrections/index.md", "2026-05-26", "ends: 2026-05-26", "ends: 2026-05-29"),
    (
        "pilots/faster-corrections/index.md",
        "2026-05-26",
        "summary: Corrections went from twenty-six hours to five, and two of them had to be corrected again, so we stopped three days early.",
        "summary: For four weeks I correct an error as soon as I find it.",
    ),
    (
        "pilots/request-triage/index.md",
        "2026-07-13",
        "{date: 2026-06-26, value: 4, note",
        "{date: 2026-06-26, value: 3, note",
    ),
    (
        "scopes/client-reporting/index.md",
        "2026-04-02",
        "  - area: Sending the weekly report\n    delegation: inquire\n",
        "  - area: Sending the weekly report\n    delegation: consult\n",
    ),
    (
        "scopes/client-reporting/index.md",
        "2026-04-02",
        "    limits: Five clients, no contract terms, checklist signed by two people\n",
        "    limits: Kim signs every report\n",
    ),
    (
        "scopes/client-reporting/index.md",
        "2026-02-20",
        "  - I do not send a report that only one person has looked at\n",
        "",
    ),
    (
        "scopes/reporting-pipeline.md",
        "2026-06-04",
        "  - area: Release timing\n    delegation: advise\n",
        "  - area: Release timing\n    delegation: consult\n",
    ),
    (
        "agreements/2026-02-20-trial-terms-weekly-report.yaml",
        "2026-04-02",
        "status: expired",
        "status: agreed",
    ),
    ("agreements/2026-04-30-trial-terms-corrections.md", "2026-05-26", "status: withdrawn", "status: agreed"),
];

/// The last of the days, on which the sample stands as it is.
pub fn last_day() -> &'static str {
    DAYS.last().expect("there are days").0
}

/// The day on which a file was begun, if that is another than the one it is about.
pub fn begun(path: &str) -> Option<&'static str> {
    BEGUN.iter().find(|(file, _)| *file == path).map(|(_, day)| *day)
}

/// Whether a row or an item of that day stood in a file on another day.
pub fn is_seen(path: &str, of: &str, day: &str) -> bool {
    let late = LATE.iter().find(|(file, own, _)| *file == path && *own == of);
    late.map_or(of, |(.., written)| written) <= day
}

/// A text without the edits that were made later.
pub fn undone(path: &str, text: &str, day: &str) -> String {
    let later = EDITS.iter().filter(|(file, on, ..)| *file == path && *on > day);
    later.fold(text.to_owned(), |text, (_, _, now, before)| text.replacen(now, before, 1))
}

/// Holds the edits against the sample: each must stand there, once.
pub fn check(files: &Files) -> Result<()> {
    for (path, day, now, _) in EDITS {
        let text = files.get(*path).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        if text.matches(now).count() != 1 {
            return Err(Error::other(format!("`{now}` of {day} does not stand once in `{path}`")));
        }
    }
    Ok(())
}
