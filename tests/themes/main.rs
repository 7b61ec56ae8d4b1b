//! What the interface says, in which language, and how themes change it.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "tests explain themselves by their names, and read what ships beside them"
)]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../site/aid.rs"]
mod aid;
mod layers;
mod words;
