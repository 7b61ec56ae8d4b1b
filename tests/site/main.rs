//! What a site shows, to whom, and that it comes out the same: on whole sites, in memory and through the real
//! program.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "tests explain themselves by their names, and write only into folders of their own"
)]

mod aid;
#[cfg(unix)]
mod bounds;
mod canary;
mod charts;
mod feed;
mod fixtures;
mod injection;
mod noninterference;
mod redaction;
#[cfg(unix)]
mod repeatable;
mod review;
