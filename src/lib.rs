//! Bailiwick keeps an autonomy portfolio in git: what I own, what I may decide, how it turned out.

pub mod asset;
pub mod check;
pub mod confine;
pub mod model;
pub mod redact;
pub mod report;
pub mod source;
pub mod text;
pub mod view;
