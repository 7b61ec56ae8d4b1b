//! What the server asks of the command that started it: where things are, what day it is, and whom to tell.

use std::path::PathBuf;

use serde::Serialize;

use crate::changes::Memory;
use crate::history::History;
use crate::model::Portfolio;
use crate::render::Layer;
use crate::report::Report;
use crate::text::Date;

/// The project around the content, and the world around the project.
pub trait Surroundings: Send + Sync {
    /// The folder of the project, from the root of the file system.
    fn root(&self) -> PathBuf;

    /// The content folder, from the root of the file system.
    fn content(&self) -> PathBuf;

    /// The folder in which the themes are.
    fn themes(&self) -> PathBuf;

    /// The folders that a theme is made from, the lowest first; `None` if there is no such theme. What is wrong with
    /// how they build on each other goes into the report.
    fn theme_layers(&self, name: &str, report: &mut Report) -> Option<Vec<Layer>>;

    /// Adds to a report what is wrong with the project around the content.
    fn check(&self, portfolio: &Portfolio, report: &mut Report);

    /// The day for which the site is made, now.
    fn today(&self) -> Date;

    /// The history that a build remembered, if it is one of this place.
    fn recalled(&self, _place: &[u8]) -> Option<History> {
        None
    }

    /// The versions of entries that a build for a reader remembered.
    fn versions(&self, _reader: &str) -> Memory {
        Memory::default()
    }
}

/// What the server has to say.
#[derive(Debug)]
pub enum Notice {
    /// So many of so many files are read.
    Reading {
        /// How many are done.
        done: usize,
        /// How many there are.
        all: usize,
    },
    /// The site can be looked at.
    Ready {
        /// Where, for each reader, the one who was asked for first.
        addresses: Vec<ReaderAddress>,
        /// The names of tags that ask for editions, which are built and not served.
        editions: Option<String>,
        /// How many files were read.
        files: usize,
    },
    /// The site for another reader can be looked at.
    ReaderAdded(ReaderAddress),
    /// Something was saved, and the pages are right again.
    Rebuilt {
        /// What was saved, as messages name it.
        files: Vec<String>,
        /// From the last event to the pages, in milliseconds.
        milliseconds: f64,
        /// Where the entry that was saved is shown, if it is one.
        address: Option<String>,
    },
    /// Everything was checked: how many errors and warnings there are, and the errors and what else is wrong with the
    /// theme as a terminal shows them, if they are others than before.
    Checked {
        /// How many.
        errors: usize,
        /// How many.
        warnings: usize,
        /// For a person, in plain text.
        printed: Option<String>,
    },
    /// There is a history, and it cannot be read.
    NoHistory {
        /// Why.
        reason: String,
    },
    /// The system does not tell of changes, so the server looks from time to time.
    Unwatched {
        /// Why.
        reason: String,
    },
}

/// Where the site for a reader is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReaderAddress {
    /// The name of the reader.
    pub reader: String,
    /// The address of the start page.
    pub address: String,
}
