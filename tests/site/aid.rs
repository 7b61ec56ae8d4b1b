//! What all tests here share: portfolios in memory and on the disk, and the sites made from them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output};

use bailiwick::model::Portfolio;
use bailiwick::model::readers::Reader;
use bailiwick::redact::{Redacted, redact};
use bailiwick::render::{Rendered, Renderer, Theme};
use bailiwick::source::{SourceMap, SourcePath, decode};
use bailiwick::text::{Date, Scalar};
use bailiwick::view::{Page, Site};

/// Bytes by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The day on which all tests take place.
pub const TODAY: &str = "2026-06-01";

pub fn today() -> Date {
    Date::parse(TODAY).expect("a date")
}

/// Files from their paths and texts.
pub fn files<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Files {
    texts.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

/// The content folder that these files make.
pub fn sources(content: &Files) -> SourceMap {
    let file = |(path, bytes): (&String, &Vec<u8>)| {
        (SourcePath::new(path.as_str()), decode::source_file(path, bytes.clone()))
    };
    content.iter().map(file).collect()
}

/// The portfolio in these files, which must be sound.
#[track_caller]
pub fn sound(content: &Files) -> Portfolio {
    let (portfolio, report) = bailiwick::read(&sources(content), today());
    assert!(!report.has_errors(), "{report:#?}\n{}", shown(content));
    portfolio.expect("a portfolio without errors is there")
}

/// The portfolio in these files, whatever is wrong with it: a text from which something was cut may have links
/// that lead nowhere.
pub fn unchecked(content: &Files) -> Portfolio {
    let (portfolio, _) = bailiwick::model::read::read(&sources(content));
    portfolio.unwrap_or_else(|| panic!("there is no portfolio.yaml that can be read in\n{}", shown(content)))
}

/// What is left of a portfolio for one reader.
pub fn cut(portfolio: &Portfolio, reader: &str) -> Redacted {
    redact(portfolio, &Reader::parse(reader, &portfolio.config).expect("the reader is declared"))
}

/// All files of the site for one reader, made in memory. Files of the content folder come out as they are.
pub fn site(portfolio: &Portfolio, content: &Files, reader: &str) -> Files {
    let redacted = cut(portfolio, reader);
    let site = Site::new(&redacted, today());
    let theme = Theme::new(BTreeMap::new()).expect("the default theme is sound");
    let renderer = Renderer::new(&site, &theme);
    let mut routes = site.routes(theme.statics().map(str::to_owned));
    // Paper is slower than all the rest together; `tests/paper` looks at it.
    routes.retain(|route| !matches!(route.page, Page::Paper(_)));
    let file = |route: &bailiwick::view::Route| {
        let bytes = match renderer.render(route) {
            Ok(Rendered::Bytes(bytes)) => bytes,
            Ok(Rendered::Asset(path)) => content[&*path].clone(),
            Err(fault) => panic!("{fault}\n{}", shown(content)),
        };
        (route.path.clone(), bytes)
    };
    let made: Files = routes.iter().map(file).collect();
    assert_eq!(made.len(), routes.len(), "two routes have one path");
    made
}

/// What differs between two sets of files; empty if nothing does.
pub fn difference(expected: &Files, found: &Files) -> String {
    let mut text = String::new();
    for path in expected.keys().filter(|path| !found.contains_key(*path)) {
        writeln!(text, "missing: {path}").unwrap();
    }
    for path in found.keys().filter(|path| !expected.contains_key(*path)) {
        writeln!(text, "not expected: {path}").unwrap();
    }
    for (path, expected) in expected {
        match found.get(path) {
            Some(found) if found != expected => {
                writeln!(text, "different: {path}\n{}", lines_that_differ(expected, found)).unwrap();
            }
            _ => {}
        }
    }
    text
}

/// The lines between the first and the last that differ, some of them.
fn lines_that_differ(expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let (expected, found): (Vec<&str>, Vec<&str>) =
        (expected.split('\n').collect(), found.split('\n').collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let start = expected.iter().zip(&found).take_while(same).count();
    let shorter = expected.len().min(found.len()) - start;
    let end = expected.iter().rev().zip(found.iter().rev()).take_while(same).count().min(shorter);
    let part = |sign: &str, lines: &[&str]| {
        let lines = &lines[start..lines.len() - end];
        let shown = lines.iter().take(12).map(|line| format!("  {sign} {}", line.escape_debug()));
        let more = (lines.len() > 12).then(|| format!("  {sign} and {} more lines", lines.len() - 12));
        shown.chain(more).collect::<Vec<_>>().join("\n")
    };
    format!("  from line {}\n{}\n{}", start + 1, part("-", &expected), part("+", &found))
}

/// Text files as one text, to be printed when something goes wrong.
pub fn shown(content: &Files) -> String {
    content.iter().map(|(path, bytes)| format!("==> {path}\n{}\n", String::from_utf8_lossy(bytes))).collect()
}

/// Writes a portfolio into a folder.
pub fn write(root: &Path, content: &Files) {
    for (path, bytes) in content {
        let path = root.join("content").join(path);
        std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

/// All files under a folder, by their paths within it. Fails on anything that is neither file nor folder.
pub fn tree(folder: &Path) -> Files {
    fn add(root: &Path, folder: &Path, files: &mut Files) {
        for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
            let entry = entry.expect("the folder can be listed");
            let kind = entry.file_type().expect("it has a type");
            assert!(kind.is_dir() || kind.is_file(), "{} is neither file nor folder", entry.path().display());
            if kind.is_dir() {
                add(root, &entry.path(), files);
            } else {
                let path = entry.path();
                let name = path.strip_prefix(root).expect("it is in the folder");
                let name = name.to_str().expect("names are text").to_owned();
                files.insert(name, std::fs::read(&path).expect("the file can be read"));
            }
        }
    }
    let mut files = Files::new();
    add(folder, folder, &mut files);
    files
}

/// The real program, to be run on the portfolio in a folder.
pub fn program(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
    command.args(arguments).arg("--root").arg(root).args(["--today", TODAY]);
    command
}

/// What the program printed as complaints and messages.
pub fn messages(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Builds with the real program into `site/READER`, and returns what is there then.
#[track_caller]
pub fn built(root: &Path, reader: &str) -> Files {
    let output = program(root, &["build", "--for", reader]).output().expect("the program runs");
    assert!(output.status.success(), "{}", messages(&output));
    tree(&root.join("site").join(reader))
}
