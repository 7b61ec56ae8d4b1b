//! Every finding at its exact place: fixtures that carry their own expectations.
//!
//! Each folder in `tests/diagnostics/` is a case with a `content` folder. Below a faulty line stands what is
//! expected there, with carets under the exact columns, whatever kind of file it is:
//!
//! ```text
//! starts: 2026-02-30
//! #       ^^^^^^^^^^ error[bad-value] there is no day
//! ```
//!
//! Behind the code may stand a part of the message. These lines are taken out before the file is read, so that
//! they can stand anywhere and change nothing. What is found in a file as a whole stands in `expected.txt`:
//! `path error[code] part of the message`. `UPDATE=1 cargo test --test diagnostics` writes what is found; look at
//! the difference before you commit it.
#![expect(clippy::disallowed_methods, reason = "fixtures are read and renewed by the tests themselves")]

#[path = "diagnostics/fixes.rs"]
mod fixes;
#[path = "diagnostics/hostile.rs"]
mod hostile;
#[path = "diagnostics/printed.rs"]
mod printed;
#[path = "diagnostics/spellings.rs"]
mod spellings;
#[path = "diagnostics/supersession.rs"]
mod supersession;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use bailiwick::check;
use bailiwick::render::{self, Layer};
use bailiwick::report::{Located, Report, Spot};
use bailiwick::source::{SourceFile, SourceMap, SourcePath, decode};
use bailiwick::text::Date;

/// The day on which all cases are checked.
fn today() -> Date {
    Date::new(2026, 6, 1).expect("a day of the calendar")
}

/// Everything that reading and checking find.
fn report(sources: &SourceMap) -> Report {
    let content = sources.iter().filter(|(path, _)| !path.starts_with("../"));
    let content = content.map(|(path, file)| (path.clone(), file.clone())).collect();
    let (portfolio, mut report) = bailiwick::read(&content, today());
    if let Some(portfolio) = portfolio {
        let known = themes(sources);
        check::theme::check(&portfolio, &known, &mut report);
        let name = portfolio.config.theme.as_deref().unwrap_or("default");
        if known.iter().any(|theme| theme == name) {
            let read = |name: &str| Ok::<_, std::convert::Infallible>(layer(sources, name));
            let Ok(layers) = render::layers(name, &known, &mut report, read);
            render::load(&portfolio.config, &layers, &mut report);
        }
    }
    report
}

/// The names of the themes beside a content folder, the built-in one included.
fn themes(sources: &SourceMap) -> Vec<String> {
    let beside = sources.iter().filter_map(|(path, _)| path.strip_prefix("../themes/"));
    let named = beside.filter_map(|path| path.split('/').next()).map(str::to_owned);
    named.chain(["default".to_owned()]).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The files of a theme.
fn layer(sources: &SourceMap, name: &str) -> Layer {
    let folder = format!("../themes/{name}");
    let inside = |(path, _): (&SourcePath, &SourceFile)| {
        let file = path.strip_prefix(&format!("{folder}/"))?;
        Some((file.to_owned(), sources.text(path)?.as_bytes().to_vec()))
    };
    Layer { files: sources.iter().filter_map(inside).collect(), folder }
}

#[test]
fn every_case_finds_what_it_says() {
    let mut failures = String::new();
    for case in folders(&root()) {
        let fixture = Fixture::read(&case);
        let found = fixture.found();
        if is_update() {
            fixture.renew(&found);
        } else if let Some(difference) = difference(&fixture.expected, &found) {
            writeln!(failures, "{}:\n{difference}", fixture.name()).unwrap();
        }
    }
    assert!(failures.is_empty(), "findings differ from those that the fixtures say:\n\n{failures}");
}

/// The harness itself: a finding too many, one too few, and one at another column all fail.
#[test]
fn a_difference_is_noticed() {
    let (text, expected) = take_out_expectations("a: b\n#  ^ error[x] part\n^^ note[y]\nc\n");
    assert_eq!(text, "a: b\nc\n");
    let finding = |shown: &str, message: &str| (shown.to_owned(), message.to_owned());
    assert_eq!(expected, [(1, finding("   ^ error[x]", "part")), (1, finding("^^ note[y]", ""))]);

    let at = |findings: &[Finding]| Findings::from([(("a.md".to_owned(), 1), findings.to_vec())]);
    let expected = at(&[finding("   ^ error[x]", "part")]);
    let sound = finding("   ^ error[x]", "a part of it");
    assert_eq!(difference(&expected, &at(std::slice::from_ref(&sound))), None);
    assert!(difference(&expected, &at(&[finding("  ^ error[x]", "a part of it")])).is_some());
    assert!(difference(&expected, &at(&[finding("   ^ warning[x]", "a part of it")])).is_some());
    assert!(difference(&expected, &at(&[sound.clone(), sound])).is_some());
    assert!(difference(&expected, &at(&[])).is_some());
}

#[test]
fn every_rule_has_a_case() {
    // While the cases are renewed, their files are not to be relied upon.
    if is_update() {
        return;
    }
    let covered: String = folders(&root())
        .iter()
        .flat_map(|case| Fixture::read(case).expected.into_values().flatten())
        .map(|(text, _)| text)
        .collect();
    let missing: Vec<&str> = check::catalogue()
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !covered.contains(&format!("[{code}]")) && !ONLY_ON_DISK.contains(code))
        .collect();
    assert!(missing.is_empty(), "no case in tests/diagnostics finds: {}", missing.join(", "));
}

/// The cases full of reminders, put to rest.
#[test]
fn nobody_is_reminded_of_anything_during_a_rest() {
    for case in ["collapse", "failure-modes", "left-lying"] {
        let mut fixture = Fixture::read(&root().join(case));
        assert!(!fixture.found().is_empty(), "{case}");
        let config = fixture.sources.text("portfolio.yaml").expect("every case has a portfolio.yaml");
        let resting = format!("{config}pause: {{since: {}}}\n", today());
        let file = decode::source_file("portfolio.yaml", resting.into_bytes());
        fixture.sources.insert(SourcePath::new("portfolio.yaml"), file);
        assert_eq!(fixture.found(), Findings::new(), "{case}");
    }
}

/// What git cannot keep as a fixture (see `hostile.rs`), what only a history tells (see `tests/changes`), and what only the
/// bytes of a file tell (see `tests/cli`).
const ONLY_ON_DISK: [&str; 8] = [
    "character-without-font",
    "goalposts-moved",
    "link-not-followed",
    "observation-rewritten",
    "page-overflow",
    "pictures-left-out",
    "unreadable-file",
    "unfit-picture",
];

#[test]
fn page_of_findings_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md");
    let page = check::page();
    if is_update() {
        fs::write(&path, page).unwrap();
    } else if fs::read_to_string(&path).unwrap_or_default() != page {
        panic!("docs/findings.md is stale; renew it with `UPDATE=1 cargo test --test diagnostics page`");
    }
}

#[test]
fn sample_portfolio_has_no_errors() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let sources = bailiwick::source::discover::Folder::open(&content).unwrap().read().unwrap();
    let report = report(&sources);
    let style = bailiwick::report::Style { color: false, width: 120 };
    let format = bailiwick::report::Format::Human(style);
    assert!(!report.has_errors(), "{}", bailiwick::report::printed(&report, &sources, "content", format));
}

fn is_update() -> bool {
    std::env::var("UPDATE").is_ok_and(|value| value == "1")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// One finding: `^^^ error[code]` with its columns in front, and its message.
type Finding = (String, String);

/// What is found, by file and line (0 for the file as a whole).
type Findings = BTreeMap<(String, usize), Vec<Finding>>;

/// One case.
struct Fixture {
    folder: PathBuf,
    sources: SourceMap,
    /// The messages are the parts that the fixture names.
    expected: Findings,
}

impl Fixture {
    fn read(folder: &Path) -> Self {
        let mut fixture =
            Self { folder: folder.to_owned(), sources: SourceMap::default(), expected: Findings::new() };
        fixture.read_folder(&folder.join("content"));
        if folder.join("themes").is_dir() {
            fixture.read_folder(&folder.join("themes"));
        }
        let whole = fs::read_to_string(folder.join("expected.txt")).unwrap_or_default();
        for line in whole.lines() {
            let (file, finding) = line.split_once(' ').expect("`path error[code] message`");
            let (code, message) = finding.split_at(finding.find(']').expect("a code in brackets") + 1);
            let finding = (code.to_owned(), message.trim().to_owned());
            fixture.expected.entry((file.to_owned(), 0)).or_default().push(finding);
        }
        fixture
    }

    fn name(&self) -> String {
        self.folder.file_name().unwrap().to_string_lossy().into_owned()
    }

    fn read_folder(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.read_folder(&path);
                continue;
            }
            let relative = path.strip_prefix(&self.folder).unwrap();
            let relative = relative.to_str().unwrap().replace('\\', "/");
            // As the content folder sees it.
            let name = match relative.strip_prefix("content/") {
                Some(name) => name.to_owned(),
                None => format!("../{relative}"),
            };
            let file = if decode::is_text(&name) || name.starts_with("../") {
                let (text, expected) = take_out_expectations(&fs::read_to_string(&path).unwrap());
                for (line, finding) in expected {
                    self.expected.entry((name.clone(), line)).or_default().push(finding);
                }
                if name.starts_with("../") {
                    SourceFile::Text(text.into())
                } else {
                    decode::source_file(&name, text.into_bytes())
                }
            } else {
                decode::source_file(&name, fs::read(&path).unwrap())
            };
            self.sources.insert(SourcePath::new(name), file);
        }
    }

    fn found(&self) -> Findings {
        let report = report(&self.sources);
        let mut findings = Findings::new();
        for found in report.located(&self.sources) {
            let Located { diagnostic, location } = &found;
            let code = format!("{}[{}]", diagnostic.severity.word(), diagnostic.rule.code);
            let file = diagnostic.place.file.to_string();
            let is_whole = diagnostic.place.spot == Spot::File || location.bytes == (0..0);
            let (line, shown) = if is_whole {
                (0, code)
            } else {
                let end = if location.end_line == location.line {
                    location.end_column
                } else {
                    // Of several lines the first is shown to its end.
                    let text = self.sources.text(&file).unwrap();
                    text.lines().nth(location.line - 1).unwrap().chars().count() + 1
                };
                let carets = "^".repeat((end - location.column).max(1));
                (location.line, format!("{}{carets} {code}", " ".repeat(location.column - 1)))
            };
            findings.entry((file, line)).or_default().push((shown, diagnostic.message.clone()));
        }
        findings
    }

    /// Writes what was found into the files of the case.
    fn renew(&self, found: &Findings) {
        let mut whole = String::new();
        for ((file, _), findings) in found.iter().filter(|((_, line), _)| *line == 0) {
            for (code, message) in findings {
                writeln!(whole, "{file} {code} {message}").unwrap();
            }
        }
        let path = self.folder.join("expected.txt");
        if whole.is_empty() {
            let _ = fs::remove_file(path);
        } else {
            fs::write(path, whole).unwrap();
        }
        for (file, source) in self.sources.iter() {
            let SourceFile::Text(text) = source else { continue };
            let comment = if file.extension() == "csv" { "" } else { "#" };
            let mut renewed = String::new();
            for (index, line) in text.split_inclusive('\n').enumerate() {
                renewed += line;
                for (shown, message) in found.get(&(file.to_string(), index + 1)).into_iter().flatten() {
                    if !renewed.ends_with('\n') {
                        renewed.push('\n');
                    }
                    let rest = shown.strip_prefix(' ').filter(|_| !comment.is_empty());
                    let shown = rest.map_or(shown.clone(), |rest| format!("{comment}{rest}"));
                    writeln!(renewed, "{shown} {message}").unwrap();
                }
            }
            if renewed != **text || self.expected.keys().any(|(name, line)| name == &**file && *line > 0) {
                fs::write(self.folder.join("content").join(&**file), renewed).unwrap();
            }
        }
    }
}

/// The text without the lines of carets, and those with the number of the line that each stands below.
fn take_out_expectations(text: &str) -> (String, Vec<(usize, Finding)>) {
    let mut kept = String::new();
    let mut expected = Vec::new();
    let mut lines = 0;
    for line in text.split_inclusive('\n') {
        match expectation(line.trim_end()) {
            Some(finding) => expected.push((lines, finding)),
            None => {
                kept += line;
                lines += 1;
            }
        }
    }
    (kept, expected)
}

fn expectation(line: &str) -> Option<Finding> {
    let rest = line.strip_prefix('#').unwrap_or(line).trim_start().trim_start_matches('^');
    let start = line.len() - rest.len();
    if !line[..start].ends_with('^') || !rest.starts_with([' ']) {
        return None;
    }
    let end = start + rest.find(']')? + 1;
    let marked = line[..end].strip_prefix('#').map_or(line[..end].to_owned(), |rest| format!(" {rest}"));
    Some((marked, line[end..].trim().to_owned()))
}

/// What is missing and what is too much, in words; `None` if nothing is.
fn difference(expected: &Findings, found: &Findings) -> Option<String> {
    let mut text = String::new();
    let places: std::collections::BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    for place in places {
        let mut left = found.get(place).cloned().unwrap_or_default();
        let (file, line) = place;
        for (marked, part) in expected.get(place).into_iter().flatten() {
            match left.iter().position(|(shown, message)| shown == marked && message.contains(part)) {
                Some(at) => drop(left.remove(at)),
                None => writeln!(text, "  missing    {file}:{line}: {marked} {part}").unwrap(),
            }
        }
        for (shown, message) in left {
            writeln!(text, "  unexpected {file}:{line}: {shown} {message}").unwrap();
        }
    }
    (!text.is_empty()).then_some(text)
}
