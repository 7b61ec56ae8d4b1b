//! Bailiwick keeps an autonomy portfolio in git: what I own, what I may decide, how it turned out.
//!
//! The way through is one way: sources → model → check → cut for one reader → views → render → files. All but
//! the two ends is a function of its arguments.

pub mod asset;
pub mod changes;
pub mod chart;
pub mod check;
pub mod cli;
pub mod confine;
pub mod evaluate;
pub mod history;
pub mod model;
pub mod paper;
pub mod past;
pub mod record;
pub mod redact;
pub mod render;
pub mod report;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
pub mod text;
pub mod view;
pub mod words;
pub mod write;

use model::Portfolio;
use report::Report;
use source::SourceMap;
use text::Date;

/// Reads the sources and finds everything that is wrong with them.
///
/// There is no portfolio without a readable `portfolio.yaml`; what there is must not be built from while the
/// report has errors.
pub fn read(sources: &SourceMap, today: Date) -> (Option<Portfolio>, Report) {
    let (portfolio, sketch, mut report) = model::read::read_to_check(sources);
    if let Some(portfolio) = portfolio.as_ref().or(sketch.as_ref()) {
        check::run(portfolio, today, &mut report);
    }
    (portfolio, report)
}
