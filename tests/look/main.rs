//! How the site looks and behaves, to eyes, keys, screen readers and printers: the sample portfolio and hostile
//! ones in a real browser, held against what is promised.
//!
//! Needs Chromium, and for some tests axe-core and the Nu checker, which `.ci/run` fetches into `target/tools`.
//! What is missing is told with `SKIPPED`; with `CI=true` it is required.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "tests explain themselves by their names, and write only into folders of their own"
)]

mod aid;
mod axe;
#[path = "../browser/mod.rs"]
mod browser;
mod filters;
mod frame;
mod gallery;
mod hostile;
mod html;
mod links;
mod one_document;
mod paper;
mod places;
mod search;
mod tokens;
mod weight;
