//! What was, as far as one reader may see it: the only way from a history to old texts.
//!
//! A version of an entry is cut twice, under the rules of its own day and under those of today, before anything
//! is compared or shown. So what a commit changed in hidden places alone has not happened for the reader, and an
//! entry that was opened last month has a history that begins last month.

mod opened;
mod version;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

pub use version::Version;

use crate::history::{BlobId, CommitId, File, History, Store};
use crate::model::entry::AnyEntry;
use crate::model::read::{Content, parse, read};
use crate::model::readers::Reader;
use crate::model::{Config, Header, Portfolio};
use crate::redact::{Later, Redacted, redact_past};
use crate::report::Report;
use crate::source::{SourceFile, SourcePath, decode};

/// The file with the settings.
const CONFIG: &str = "portfolio.yaml";

/// The history of a portfolio for one reader.
pub struct Past<'a> {
    history: &'a History,
    store: &'a dyn Store,
    later: Later<'a>,
    /// The settings that were read, by what their file held; `None` if they cannot be read.
    configs: Mutex<HashMap<BlobId, Option<Arc<Config>>>>,
    /// Since which commit each entry has been open without a break, by its path today.
    opened: Mutex<HashMap<SourcePath, Option<usize>>>,
}

impl<'a> Past<'a> {
    /// Prepares to look back from `today`, which is not cut down.
    pub fn new(history: &'a History, store: &'a dyn Store, today: &'a Portfolio, reader: &'a Reader) -> Self {
        let last_word = |file: &File| {
            let before = file.revisions.first()?.before.iter().flatten().next()?;
            header(&before.path, &store.read(&before.blob)?)
        };
        let later = Later::new(today, history, reader, last_word);
        Self { history, store, later, configs: Mutex::default(), opened: Mutex::default() }
    }

    /// The history, which is not cut for anybody: dates of versions are to be taken from [`Version`].
    pub fn history(&self) -> &'a History {
        self.history
    }

    /// For whom.
    pub fn reader(&self) -> &'a Reader {
        self.later.reader()
    }

    /// The portfolio as it stood at a commit, cut down; `None` if there was none or if it cannot be read today.
    ///
    /// The report tells of what could not be read, and is for the writer alone.
    pub fn state_at(&self, commit: &CommitId) -> (Option<Redacted>, Report) {
        let Some(sources) = self.store.sources_at(commit) else { return (None, Report::default()) };
        let (portfolio, report) = read(&sources);
        (portfolio.map(|portfolio| self.cut(&portfolio)), report)
    }

    /// Cuts a portfolio down that was read from a commit.
    pub fn cut(&self, then: &Portfolio) -> Redacted {
        redact_past(then, &self.later)
    }

    /// The settings that a file held.
    fn config(&self, blob: BlobId) -> Option<Arc<Config>> {
        if let Some(known) = self.configs.lock().ok()?.get(&blob) {
            return known.clone();
        }
        let path = SourcePath::new(CONFIG);
        let config = self.store.read(&blob).and_then(|bytes| {
            match parse(&path, &decode::source_file(&path, bytes)).content {
                Content::Config(config) => Some(Arc::new(*config)),
                _ => None,
            }
        });
        self.configs.lock().ok()?.insert(blob, config.clone());
        config
    }
}

/// The header of the entry that a file held.
fn header(path: &SourcePath, bytes: &[u8]) -> Option<Header> {
    entry(path, bytes).map(|entry| entry.header().clone())
}

/// The entry that a file held, if it can be read today.
fn entry(path: &SourcePath, bytes: &[u8]) -> Option<AnyEntry> {
    let file = decode::source_file(path, bytes.to_vec());
    match (parse(path, &file).content, &file) {
        (Content::Entry(entry), SourceFile::Text(_)) => Some(entry),
        _ => None,
    }
}
