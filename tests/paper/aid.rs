//! Portfolios in memory, their proposals as PDF, and other programs that read these.

use std::collections::BTreeMap;
use std::io::{Write, stderr};
use std::path::Path;
use std::process::Command;

use bailiwick::model::Portfolio;
use bailiwick::model::config::Paper;
use bailiwick::model::readers::Reader;
use bailiwick::paper::proposal::Printed;
use bailiwick::paper::{Fault, Fitted};
use bailiwick::redact::redact;
use bailiwick::render::{Papers, Theme};
use bailiwick::source::discover::Folder;
use bailiwick::source::{SourceMap, SourcePath, decode};
use bailiwick::text::{Date, Id, Scalar};
use bailiwick::view::Site;

pub const CONFIG: &str = "title: T\nowner: {name: Robin Vale, role: Lead}\nmanager: {name: Kim Osei}\n\
                          readers: {manager: {}}\nlanguage: en\n\
                          defaults: {readers: {proposal: manager, scope: manager, pilot: manager}}\n";

/// The portfolio of these files; `portfolio.yaml` is added if it is not among them.
#[track_caller]
pub fn portfolio(files: &[(&str, &str)]) -> Portfolio {
    let config =
        (!files.iter().any(|(path, _)| *path == "portfolio.yaml")).then_some(("portfolio.yaml", CONFIG));
    let sources: SourceMap = files
        .iter()
        .copied()
        .chain(config)
        .map(|(path, text)| (SourcePath::new(path), decode::source_file(path, text.as_bytes().to_vec())))
        .collect();
    read(&sources)
}

/// The sample portfolio.
pub fn sample() -> Portfolio {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    read(&Folder::open(&content).and_then(|folder| folder.read()).expect("the sample can be read"))
}

#[track_caller]
fn read(sources: &SourceMap) -> Portfolio {
    let (portfolio, report) = bailiwick::read(sources, today());
    assert!(!report.has_errors(), "{report:#?}");
    portfolio.expect("a portfolio without errors is there")
}

pub fn today() -> Date {
    Date::parse("2026-10-12").expect("a date")
}

/// How a proposal is printed.
#[derive(Clone, Copy)]
pub struct Printing<'a> {
    pub reader: &'a str,
    pub paper: Option<Paper>,
    pub may_overflow: bool,
}

pub const FOR_ME: Printing = Printing { reader: "me", paper: None, may_overflow: false };

/// Puts a proposal on paper, with the default theme.
pub fn printed(portfolio: &Portfolio, id: &str, printing: Printing) -> Result<Fitted, Fault> {
    printed_whole(portfolio, id, printing).map(|printed| printed.fitted)
}

/// The same, with what became of its pictures.
pub fn printed_whole(portfolio: &Portfolio, id: &str, printing: Printing) -> Result<Printed, Fault> {
    let theme = Theme::new(BTreeMap::new()).expect("the default theme is sound");
    printed_with(&theme, portfolio, id, printing)
}

/// Puts a proposal on paper, with that theme.
pub fn printed_with(
    theme: &Theme,
    portfolio: &Portfolio,
    id: &str,
    printing: Printing,
) -> Result<Printed, Fault> {
    let reader = Reader::parse(printing.reader, &portfolio.config).expect("the reader is declared");
    let redacted = redact(portfolio, &reader);
    let site = Site::new(&redacted, today());
    let papers = Papers::new(&site, theme).on(printing.paper).allowing_overflow(printing.may_overflow);
    papers.print(&Id::parse(id).expect("an id")).expect("the reader sees the proposal")
}

/// The PDF of a proposal that fits.
#[track_caller]
pub fn pdf(portfolio: &Portfolio, id: &str, printing: Printing) -> Vec<u8> {
    let fitted = printed(portfolio, id, printing).unwrap_or_else(|fault| panic!("`{id}`: {fault}"));
    fitted.sheets.pdf().unwrap_or_else(|fault| panic!("`{id}`: {fault}"))
}

/// What a program prints of a PDF; `None` where the program is missing. `FILE` among the arguments stands for
/// the PDF.
pub fn read_back(program: &str, arguments: &[&str], pdf: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let file = folder.path().join("it.pdf");
    std::fs::write(&file, pdf).expect("the PDF can be written");
    let path = file.to_str().expect("a plain path");
    let arguments = arguments.iter().map(|argument| if *argument == "FILE" { path } else { argument });
    match Command::new(program).args(arguments).output() {
        Ok(output) => {
            // qpdf answers 3 when it only warns.
            let fine = output.status.success() || output.status.code() == Some(3);
            assert!(fine, "{program}: {}", String::from_utf8_lossy(&output.stderr));
            Some(output.stdout)
        }
        Err(error) => {
            skipped(&format!("{program} ({error})"));
            None
        }
    }
}

/// Says that a test cannot run because something is missing on this machine.
///
/// # Panics
/// Where nothing may be missing.
pub fn skipped(needs: &str) {
    assert!(std::env::var_os("CI").is_none(), "needs {needs}");
    let thread = std::thread::current();
    let told = format!("SKIPPED {}: needs {needs}\n", thread.name().unwrap_or("a test"));
    let _ = stderr().write_all(told.as_bytes());
}

/// The text of a PDF in reading order, with every white space as one blank.
pub fn text(pdf: &[u8]) -> Option<String> {
    let text = read_back("pdftotext", &["-raw", "FILE", "-"], pdf)?;
    let text = String::from_utf8(text).expect("pdftotext writes UTF-8");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// How many pages the written file has.
pub fn pages(pdf: &[u8]) -> Option<usize> {
    let told = String::from_utf8_lossy(&read_back("pdfinfo", &["FILE"], pdf)?).into_owned();
    let line = told.lines().find_map(|line| line.strip_prefix("Pages:")).expect("pdfinfo counts the pages");
    Some(line.trim().parse().expect("a number"))
}
