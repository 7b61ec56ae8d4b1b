//! What changed in meaning: every kind of change, every field, and what holds for any two states.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "tests explain themselves by their names, and write only into folders of their own"
)]

mod cases;
mod displaced;
mod drift;
mod every_field;
mod feed;
mod generator;
mod hidden;
mod memory;
mod moved_commits;
mod over_time;
mod pages;
mod portfolios;
mod properties;
mod remembered;
mod repository;
mod story;
