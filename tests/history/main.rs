//! The history of real repositories: what `git log --follow` shows, in every layout, and what of it readers see.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "tests explain themselves by their names, and write only into folders of their own"
)]

mod again;
mod build;
mod cache;
mod follow;
mod hostile;
mod layouts;
mod past;
mod places;
mod random;
mod support;
