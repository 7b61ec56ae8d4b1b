//! Portfolios from a few lines of text, for the tests of this module.

use std::path::Path;

use crate::model::read::read;
use crate::model::{Entry, Pilot, Portfolio};
use crate::source::discover::Folder;
use crate::source::{SourceMap, SourcePath, decode};
use crate::text::{Date, Scalar};

/// `portfolio.yaml` where a test brings none of its own.
const CONFIG: &str = "title: T\nowner: {name: Robin Vale}\nmanager: {name: Kim Osei}\nstarted: 2026-01-12\n\
                      check_ins: {every: 2w, with: manager}\n";

/// The portfolio of these files: path and text. An entry in YAML that has no title gets its path for one.
pub fn portfolio(files: &[(&str, &str)]) -> Portfolio {
    let mut sources: SourceMap = files
        .iter()
        .map(|(path, text)| {
            let is_titled = !path.ends_with(".yaml") || text.lines().any(|line| line.starts_with("title:"));
            let text = if is_titled { (*text).to_owned() } else { format!("title: {path}\n{text}") };
            (SourcePath::new(*path), decode::source_file(path, text.into_bytes()))
        })
        .collect();
    if sources.get("portfolio.yaml").is_none() {
        let config = decode::source_file("portfolio.yaml", CONFIG.as_bytes().to_vec());
        sources.insert(SourcePath::new("portfolio.yaml"), config);
    }
    let (portfolio, report) = read(&sources);
    assert!(!report.has_errors(), "{:#?}", report.diagnostics());
    portfolio.expect("a portfolio without errors is there")
}

/// The portfolio of the repository's own sample.
pub fn sample() -> Portfolio {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let sources = Folder::open(&content).and_then(|folder| folder.read()).expect("the sample can be read");
    read(&sources).0.expect("the sample is a portfolio")
}

/// The one pilot of these fields.
pub fn pilot(fields: &str) -> Entry<Pilot> {
    let mut portfolio = portfolio(&[("pilots/p.yaml", fields)]);
    portfolio.pilots.remove(0)
}

/// A day, as it is written.
pub fn day(text: &str) -> Date {
    Date::parse(text).expect("the test names a day")
}
