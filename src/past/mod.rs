//! What was, as far as one reader may see it: the only way from a history to old texts.
//!
//! A version of an entry is cut twice, under the rules of its own day and under those of today, before anything
//! is compared or shown. So what a commit changed in hidden places alone has not happened for the reader, and an
//! entry that was opened last month has a history that begins last month.

mod displaced;
mod named;
mod opened;
mod version;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

pub use displaced::Displaced;
pub use named::{Answers, Named};
pub use opened::Openings;
pub use version::{Version, Versions};

use crate::history::{BlobId, CommitId, File, History, Revision, Store};
use crate::model::entry::AnyEntry;
use crate::model::read::{Content, Parsed, parse, read};
use crate::model::readers::{Reader, may_read_by};
use crate::model::{Config, Header, Portfolio};
use crate::redact::{Later, Redacted, Rules, redact_past};
use crate::report::Report;
use crate::source::{SourceFile, SourcePath, decode};

/// The file with the settings.
const CONFIG: &str = "portfolio.yaml";

/// The history of a portfolio for one reader. To make one costs nothing; what it knows is worked out when it is
/// asked.
pub struct Past<'a> {
    history: &'a History,
    store: &'a dyn Store,
    today: &'a Portfolio,
    reader: &'a Reader,
    rules: OnceLock<Rules>,
    later: OnceLock<Later<'a>>,
    /// The settings of today, which serve the writer for every day: whatever they say, the writer sees all.
    own: OnceLock<Arc<Parsed>>,
    /// The settings that were read, by what their file held; `None` if they cannot be read.
    configs: Mutex<HashMap<BlobId, Option<Arc<Parsed>>>>,
    /// What the file with the settings held at a commit.
    settings: Mutex<HashMap<CommitId, Option<BlobId>>>,
    /// Since which commit each entry has been open without a break, by its path today.
    opened: Mutex<HashMap<SourcePath, Option<usize>>>,
    turns: OnceLock<Turns>,
    displaced: OnceLock<Displaced<'a>>,
    /// The same as it was found earlier, and all of it that was asked for.
    recalled: Mutex<Openings>,
    found: Mutex<Openings>,
}

/// The revisions of the settings that changed by default who may read what: they open and close entries without
/// touching them.
struct Turns {
    revisions: Vec<Revision>,
    /// A hash of all of them.
    name: [u8; 32],
}

impl<'a> Past<'a> {
    /// Prepares to look back from `today`, which is not cut down.
    pub fn new(history: &'a History, store: &'a dyn Store, today: &'a Portfolio, reader: &'a Reader) -> Self {
        Self {
            history,
            store,
            today,
            reader,
            rules: OnceLock::new(),
            later: OnceLock::new(),
            own: OnceLock::new(),
            configs: Mutex::default(),
            settings: Mutex::default(),
            opened: Mutex::default(),
            turns: OnceLock::new(),
            displaced: OnceLock::new(),
            recalled: Mutex::default(),
            found: Mutex::default(),
        }
    }

    /// The history, which is not cut for anybody: dates of versions are to be taken from [`Version`].
    pub fn history(&self) -> &'a History {
        self.history
    }

    /// For whom.
    pub fn reader(&self) -> &'a Reader {
        self.reader
    }

    /// What of today decides on what is seen.
    pub fn rules(&self) -> &Rules {
        self.rules.get_or_init(|| Rules::new(self.today, self.reader))
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
        redact_past(then, self.later())
    }

    fn later(&self) -> &Later<'a> {
        self.later
            .get_or_init(|| Later::new(self.today, self.history, self.reader, |file| self.last_word(file)))
    }

    /// The header of an entry as it was committed last; of one that is gone, before it went.
    fn last_word(&self, file: &File) -> Option<Header> {
        let newest = file.revisions.first()?;
        let (path, blob) = match newest.blob {
            Some(blob) => (&newest.path, blob),
            None => newest.before.iter().flatten().next().map(|last| (&last.path, last.blob))?,
        };
        header(path, &self.store.read(&blob)?)
    }

    /// The settings at a commit.
    fn settings_at(&self, commit: &CommitId) -> Option<Arc<Parsed>> {
        if *self.reader == Reader::Me {
            let own = || {
                let content = Content::Config(Box::new(self.today.config.clone()));
                Arc::new(Parsed { content, report: Report::default() })
            };
            return Some(Arc::clone(self.own.get_or_init(own)));
        }
        let known = self.settings.lock().ok()?.get(commit).copied();
        let blob = match known {
            Some(blob) => blob,
            None => {
                let blob = self.store.blob_at(commit, CONFIG);
                self.settings.lock().ok()?.insert(*commit, blob);
                blob
            }
        };
        self.config(blob?)
    }

    /// The changes of who may read what by default; none for the writer, who sees all.
    fn turns(&self) -> &Turns {
        self.turns.get_or_init(|| {
            let settings = if *self.reader == Reader::Me { &[] } else { self.history.of(CONFIG) };
            let defaults = |blob: BlobId| Some(format!("{:?}", config_of(&*self.config(blob)?)?.defaults));
            let is_turn = |revision: &&Revision| {
                let now = revision.blob.and_then(defaults);
                revision.before.iter().any(|state| state.as_ref().and_then(|it| defaults(it.blob)) != now)
            };
            let revisions: Vec<Revision> = settings.iter().filter(is_turn).cloned().collect();
            Turns { name: self.history.fingerprint(&revisions), revisions }
        })
    }

    /// Where an entry of today lies in the newest commit, also if it was moved since.
    fn committed_path<'p>(&'p self, path: &'p SourcePath) -> &'p SourcePath {
        match self.history.file(path) {
            Some(_) => path,
            None => self.displaced().moved.get(path).copied().unwrap_or(path),
        }
    }

    /// Whether the reader could see an entry as it was committed last.
    pub fn was_open_last(&self, file: &File) -> bool {
        if *self.reader == Reader::Me {
            return true;
        }
        let settings = self.history.commits().first().and_then(|head| self.settings_at(&head.id));
        let config = settings.as_deref().and_then(config_of);
        let header = self.last_word(file);
        config.zip(header).is_some_and(|(config, header)| may_read_by(config, &header, self.reader))
    }

    /// The settings that a file held.
    fn config(&self, blob: BlobId) -> Option<Arc<Parsed>> {
        if let Some(known) = self.configs.lock().ok()?.get(&blob) {
            return known.clone();
        }
        let path = SourcePath::new(CONFIG);
        let parsed = self.store.read(&blob).map(|bytes| parse(&path, &decode::source_file(&path, bytes)));
        let config = parsed.filter(|parsed| config_of(parsed).is_some()).map(Arc::new);
        self.configs.lock().ok()?.insert(blob, config.clone());
        config
    }
}

fn config_of(parsed: &Parsed) -> Option<&Config> {
    match &parsed.content {
        Content::Config(config) => Some(config),
        _ => None,
    }
}

/// The header of the entry that a file held.
fn header(path: &SourcePath, bytes: &[u8]) -> Option<Header> {
    entry(path, bytes).map(|entry| entry.header().clone())
}

/// The entry that a file held, if it can be read today.
fn entry(path: &SourcePath, bytes: &[u8]) -> Option<AnyEntry> {
    match parsed(path, bytes)?.content {
        Content::Entry(entry) => Some(entry),
        _ => None,
    }
}

/// What a file held, if that is the text of an entry that can be read today.
fn parsed(path: &SourcePath, bytes: &[u8]) -> Option<Parsed> {
    let file = decode::source_file(path, bytes.to_vec());
    let is_text = matches!(file, SourceFile::Text(_));
    let parsed = parse(path, &file);
    (is_text && matches!(parsed.content, Content::Entry(_))).then_some(parsed)
}
