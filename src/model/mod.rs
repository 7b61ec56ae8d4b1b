//! What a portfolio is, in the words of those who keep one; and how it is read.
//!
//! Knows no disk, no clock and no templates, and never serialises: what leaves the program goes through
//! `view`.

pub mod agreement;
pub mod assets;
pub mod check_in;
pub mod common;
pub mod config;
pub mod constraint;
pub mod decision;
pub mod entry;
pub mod feedback;
mod kind;
pub mod links;
pub mod pilot;
mod portfolio;
pub mod program;
pub mod proposal;
pub mod read;
pub mod readers;
pub mod record;
pub mod references;
pub mod schema;
pub mod scope;
pub mod series;
pub mod tree;

pub use agreement::Agreement;
pub use check_in::CheckIn;
pub use config::Config;
pub use constraint::Constraint;
pub use decision::Decision;
pub use entry::{Entry, Header};
pub use feedback::Feedback;
pub use kind::Kind;
pub use pilot::Pilot;
pub use portfolio::Portfolio;
pub use program::{Page, Program};
pub use proposal::Proposal;
pub use scope::Scope;
