//! Portfolios from generated entries.

use bailiwick::changes::{Change, changes};
use bailiwick::model::read::read;
use bailiwick::model::readers::Reader;
use bailiwick::model::{Kind, Portfolio};
use bailiwick::redact::redact;
use bailiwick::source::{SourceMap, SourcePath, decode};
use serde_json::Value;

const CONFIG: &str = "title: T\nowner: {name: N}\n";

/// An entry: its kind, its id and its fields.
pub type Entry<'e> = (Kind, &'e str, &'e Value);

/// The portfolio of these entries. Only what stands in each file has to be sound.
pub fn portfolio(entries: &[Entry]) -> Portfolio {
    let mut sources: SourceMap = [("portfolio.yaml", CONFIG)].into_iter().collect();
    for (kind, id, fields) in entries {
        let path = match kind {
            Kind::Program => "program.yaml".to_owned(),
            kind => format!("{}/{id}.yaml", kind.folder()),
        };
        let text = fields.to_string().into_bytes();
        sources.insert(SourcePath::new(path.clone()), decode::source_file(&path, text));
    }
    let (portfolio, report) = read(&sources);
    assert!(!report.has_errors(), "{:#?}\n{entries:#?}", report.diagnostics());
    portfolio.expect("there is a configuration")
}

/// What changed for the writer.
pub fn changes_between(before: &[Entry], after: &[Entry]) -> Vec<Change> {
    let cut = |entries| redact(&portfolio(entries), &Reader::Me);
    changes(&cut(before), &cut(after))
}
