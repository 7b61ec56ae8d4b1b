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
    let files: Vec<_> = sources.iter().collect();
    let parsed: Vec<Parsed> = files.par_iter().map(|(path, file)| parse(path, file)).collect();
    assemble(&parsed, sources)
}
