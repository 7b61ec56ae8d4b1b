//! The server that shows the site while it is written: over real sockets, with a real watcher and a real browser.

#![cfg(all(unix, feature = "serve"))]
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "tests explain themselves by their names, and write only into folders of their own"
)]

#[path = "../browser/mod.rs"]
mod browser;

mod aid;
mod attacks;
mod harness;
mod history;
mod limits;
mod manners;
mod pages;
mod readers;
mod same;
mod saves;
