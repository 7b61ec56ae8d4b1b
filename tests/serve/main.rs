//! The server that shows the site while it is written: over real sockets, with a real watcher and a real browser.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "tests explain themselves by their names, and write only into folders of their own"
)]

#[path = "../browser/mod.rs"]
mod browser;

mod harness;
