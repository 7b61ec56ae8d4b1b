//! What `agenda`, `status` and `record` print and write, as whole transcripts.
//!
//! Each test copies `tests/evaluation/portfolio` to a folder of its own, runs the program there as of one day, and
//! holds what it says against a file in `tests/evaluation/`. `UPDATE=1 cargo test --test evaluation` writes what
//! it says now; look at the difference before you commit it.
#![expect(
    clippy::disallowed_methods,
    reason = "fixtures are read, copied and renewed by the tests themselves"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use icalendar::parser::{Component, read_calendar, unfold};

/// The day on which all is done.
const TODAY: &str = "2026-03-20";

/// A portfolio of its own, and what was done in it.
struct Session {
    root: tempfile::TempDir,
    transcript: String,
}

impl Session {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        copy(&folder().join("portfolio"), root.path());
        Self { root, transcript: String::new() }
    }

    /// The same, at rest.
    fn resting() -> Self {
        let session = Self::new();
        session.append("portfolio.yaml", "pause: {since: 2026-03-16, reason: Two months of leave.}\n");
        session
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn append(&self, path: &str, text: &str) {
        let path = self.path("content").join(path);
        fs::write(&path, fs::read_to_string(&path).unwrap() + text).unwrap();
    }

    /// Runs the program in 80 columns.
    fn run(&mut self, arguments: &[&str]) -> Output {
        self.run_in(80, arguments)
    }

    fn run_in(&mut self, columns: usize, arguments: &[&str]) -> Output {
        let today = if arguments.contains(&"--today") { &[][..] } else { &["--today", TODAY] };
        let output = Command::new(env!("CARGO_BIN_EXE_bailiwick"))
            .args(today)
            .args(arguments)
            .current_dir(self.root.path())
            .env("COLUMNS", columns.to_string())
            .env_remove("CLICOLOR_FORCE")
            .env_remove("NO_COLOR")
            .output()
            .unwrap();
        let quoted = |argument: &&str| {
            if argument.contains(' ') { format!("'{argument}'") } else { (*argument).into() }
        };
        let shown: Vec<String> = arguments.iter().map(quoted).collect();
        let columns = if columns == 80 { String::new() } else { format!("COLUMNS={columns} ") };
        self.tell(&format!("$ {columns}bailiwick {}", shown.join(" ")));
        self.tell(&String::from_utf8(output.stdout.clone()).unwrap());
        for line in String::from_utf8(output.stderr.clone()).unwrap().lines() {
            self.tell(&format!("stderr: {line}"));
        }
        if !output.status.success() {
            self.tell(&format!("exit {}", output.status.code().unwrap()));
        }
        self.transcript.push('\n');
        output
    }

    /// Shows a file as it stands, with whatever is no plain letter spelt out.
    fn cat(&mut self, path: &str) {
        self.tell(&format!("$ cat {path}"));
        let text = fs::read_to_string(self.path(path)).unwrap();
        let ends = if text.ends_with('\n') { "" } else { "(no line end)\n" };
        self.tell(&format!("{}{ends}", text.replace('\u{FEFF}', "(mark)").replace('\r', "(CR)")));
        self.transcript.push('\n');
    }

    fn tell(&mut self, text: &str) {
        self.transcript += text;
        if !text.is_empty() && !text.ends_with('\n') {
            self.transcript.push('\n');
        }
    }

    /// Holds the transcript against the file of that name.
    fn is(self, name: &str) {
        let path = folder().join(name);
        let transcript = self.transcript.replace("\r\n", "\n");
        if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
            fs::write(path, transcript).unwrap();
            return;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            transcript == expected,
            "{name} differs; `UPDATE=1 cargo test --test evaluation` renews it. Now:\n{transcript}"
        );
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evaluation")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// What another program reads of a calendar: name and day of each event.
fn events(calendar: &str) -> Vec<String> {
    let unfolded = unfold(calendar);
    let calendar = read_calendar(&unfolded).expect("another program reads the calendar");
    let events = calendar.components.iter().filter(|component| component.name == "VEVENT");
    let value = |event: &Component, name| event.find_prop(name).unwrap().val.as_str().to_owned();
    events.map(|event| format!("{} {}", value(event, "DTSTART"), value(event, "UID"))).collect()
}

#[test]
fn agenda() {
    let mut session = Session::new();
    session.run(&["agenda"]);
    session.run(&["agenda", "--until", "2026-03-20"]);
    session.run_in(44, &["agenda", "--until", "2026-03-24"]);
    session.run(&["agenda", "--until", "2026-03-24", "--color", "always"]);
    session.run(&["agenda", "--until", "2026-03-27", "--for", "manager", "--quiet"]);
    session.run(&["agenda", "--until", "2026-03-20", "--for", "everyone", "--quiet"]);
    session.run(&["agenda", "--until", "2026-03-24", "--format", "json", "--quiet"]);
    session.run(&["agenda", "--for", "everyone", "--format", "json", "--quiet"]);
    session.run(&["agenda", "--for", "managr"]);
    session.run(&["agenda", "--until", "2026-02-30"]);
    session.is("agenda.txt");
}

#[test]
fn calendars() {
    let mut session = Session::new();
    let printed = String::from_utf8(session.run(&["agenda", "--ics", "-", "--quiet"]).stdout).unwrap();
    let expected = [
        "20260317 client-reporting/commitments/a-reading-guide@robin-vale.bailiwick",
        "20260323 2026-03-09-check-in/next-check-in@robin-vale.bailiwick",
        "20260324 2026-02-03-one-template/revisit_by@robin-vale.bailiwick",
        "20260327 client-reporting/commitments/a-second-reader@robin-vale.bailiwick",
        "20260329 weekly-report/ends@robin-vale.bailiwick",
        "20260330 weekly-report/reviews/2026-03-30@robin-vale.bailiwick",
        "20260412 reader-survey/ends@robin-vale.bailiwick",
        "20260630 2026-02-20-layout/expires@robin-vale.bailiwick",
    ];
    assert_eq!(events(&printed), expected);

    session.run(&["agenda", "--ics", "due.ics"]);
    assert_eq!(fs::read_to_string(session.path("due.ics")).unwrap(), printed);
    session.run(&["agenda", "--ics", "due.ics", "--until", "2026-03-24", "--for", "manager", "--quiet"]);
    let replaced = fs::read_to_string(session.path("due.ics")).unwrap();
    assert_eq!(events(&replaced), expected[..2], "what is for me alone is in no calendar for others");

    session.run(&["agenda", "--ics", "content/portfolio.yaml", "--quiet"]);
    session.run(&["agenda", "--ics", "nowhere/due.ics", "--quiet"]);
    session.run(&["agenda", "--ics", "content", "--quiet"]);
    session.run(&["agenda", "--ics", "-", "--format", "json"]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("due.ics", session.path("link.ics")).unwrap();
        session.run(&["agenda", "--ics", "link.ics", "--quiet"]);
        assert_eq!(fs::read_to_string(session.path("due.ics")).unwrap(), replaced);
    }
    session.is("calendars.txt");
}

#[test]
fn status() {
    let mut session = Session::new();
    session.run(&["status"]);
    session.run_in(46, &["status", "--quiet"]);
    session.run(&["status", "--color", "always", "--quiet"]);
    // One observation, and a trial that has ended.
    session.run(&["record", "reader-survey", "4", "--quiet"]);
    session.append("pilots/reader-survey/index.yaml", "scope: client-reporting\n");
    session.run(&["--today", "2026-03-30", "status", "--quiet"]);
    session.is("status.txt");
}

#[test]
fn record() {
    let mut session = Session::new();
    session.run(&["record", "weekly-report", "1.50", "--quiet"]);
    let guardrail =
        ["--metric", "errors found by clients", "--date", "2026-03-13", "--note", "A typing error: “teh”"];
    session.run(&[&["record", "weekly-report", "1"][..], &guardrail].concat());
    session.cat("content/pilots/weekly-report.yaml");
    session.run(&["record", "early-loads", "-3", "--date", "2026-03-11"]);
    session.run(&["record", "early-loads", "--metric", "guardrails[0]", "0"]);
    session.cat("content/pilots/early-loads.md");
    session.run(&["record", "reader-survey", "12", "--note", "mostly \"yes\", some no"]);
    session.cat("content/pilots/reader-survey/answers.csv");
    session.run(&["record", "reader-survey", "0", "--metric", "Complaints", "--date", "2026-03-18"]);
    session.cat("content/pilots/reader-survey/complaints.csv");
    session.is("record.txt");
}

/// Line ends of another system, a mark at the beginning, and permissions.
#[test]
fn record_in_a_file_from_elsewhere() {
    let mut session = Session::new();
    let path = session.path("content/pilots/weekly-report.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("\u{FEFF}{}", text.replace('\n', "\r\n"))).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    session.run(&["record", "weekly-report", "1.5"]);
    session.cat("content/pilots/weekly-report.yaml");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let beside = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(beside, 4, "nothing is left beside the file");
    session.is("record-elsewhere.txt");
}

#[test]
fn record_refuses() {
    let mut session = Session::new();
    let before = fs::read(session.path("content/pilots/weekly-report.yaml")).unwrap();
    session.run(&["record", "weekly-report", "1", "--date", "2026-03-01"]);
    session.run(&["record", "weekly-report", "1", "--date", "2026-03-21"]);
    session.run(&["record", "weekly-report", "1", "--date", "2026-03-13"]);
    session.run(&["record", "weekly-report", "about 2"]);
    session.run(&["record", "weekly-report", "1", "--metric", "days from data"]);
    session.run(&["record", "weekly-reprot", "1"]);
    session.run(&["record", "client-reporting", "1"]);
    session.run(&["record", "weekly-report"]);
    // No column for a note.
    session.run(&["record", "reader-survey", "1", "--metric", "Complaints", "--note", "Too long"]);
    // A fault in the file itself, and one elsewhere.
    session.append("pilots/reader-survey/answers.csv", "2026-03-18,many,\n");
    session.run(&["record", "reader-survey", "3"]);
    session.append("pilots/early-loads.md", "\n[[nowhere]]\n");
    session.append("pilots/done.yaml", "unknown: 1\n");
    session.run(&["record", "done", "2", "--date", "2026-02-12"]);
    assert_eq!(fs::read(session.path("content/pilots/weekly-report.yaml")).unwrap(), before);
    session.run(&["record", "weekly-report", "1"]);
    session.is("record-refused.txt");
}

#[test]
fn at_rest() {
    let mut session = Session::resting();
    session.run(&["check"]);
    session.run(&["agenda"]);
    session.run_in(44, &["agenda", "--for", "manager"]);
    session.run(&["agenda", "--format", "json"]);
    let calendar = String::from_utf8(session.run(&["agenda", "--ics", "-"]).stdout).unwrap();
    assert_eq!(events(&calendar), [""; 0]);
    session.run(&["status"]);
    // A figure can be kept all the same.
    session.run(&["record", "weekly-report", "2"]);
    session.is("rest.txt");
}
