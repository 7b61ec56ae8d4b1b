//! Reads the sources into a portfolio. Never stops at the first fault: what can be read is read, and the
//! report tells the rest.

mod again;
mod assemble;
mod classify;
mod faults;
mod file;
mod observations;
pub mod rules;
mod suspicious;

use rayon::prelude::*;

pub use again::Reading;
pub use assemble::assemble;
pub use classify::{Role, role};
pub use file::{Content, Parsed, parse};
pub use observations::rows as observations;

use super::Portfolio;
use crate::report::Report;
use crate::source::SourceMap;

/// Reads all sources.
///
/// The portfolio is `None` only without a readable `portfolio.yaml`. What is in it when the report has errors
/// is good enough to look for more faults, and never published.
pub fn read(sources: &SourceMap) -> (Option<Portfolio>, Report) {
    assemble(&parse_all(sources), sources)
}

/// The same for whoever looks for faults: where there is no portfolio, the second is what can be made with the settings
/// that can be read.
pub fn read_to_check(sources: &SourceMap) -> (Option<Portfolio>, Option<Portfolio>, Report) {
    let parsed = parse_all(sources);
    let (portfolio, report) = assemble(&parsed, sources);
    let settings = parsed.iter().find_map(|parsed| match &parsed.content {
        Content::ConfigSketch(config) => Some(&**config),
        _ => None,
    });
    match settings.filter(|_| portfolio.is_none()) {
        Some(settings) => {
            let (sketch, report) = assemble::assemble_with(&parsed, sources, Some(settings));
            (None, sketch, report)
        }
        None => (portfolio, None, report),
    }
}

fn parse_all(sources: &SourceMap) -> Vec<Parsed> {
    let files: Vec<_> = sources.iter().collect();
    files.par_iter().map(|(path, file)| parse(path, file)).collect()
}
