//! What git tells of the content, while it is served.
//!
//! What was committed is worked out beside the loop, once for each commit, and kept for each reader; pages are
//! shown without it until it is there. A save then asks only which of the changed files differ from the newest commit.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};

use super::events::Event;
use super::surroundings::Surroundings;
use crate::changes::{Committed, Log, Memory};
use crate::history::{History, Repository, Tree, Trouble};
use crate::model::readers::Reader;
use crate::model::{Kind, Portfolio};
use crate::past::Past;
use crate::redact::{Redacted, Rules, redact};
use crate::source::{SourceFile, SourceMap, SourcePath};

/// The past of the content up to one commit.
pub(super) struct Chronicle {
    repository: Repository,
    history: History,
    /// What the history depends on besides that commit: [`Repository::place`].
    place: Vec<u8>,
    /// The files of that commit.
    tree: Tree,
    /// What each reader was told, by name.
    told: Mutex<HashMap<String, Told>>,
    surroundings: Arc<dyn Surroundings>,
}

#[derive(Clone)]
struct Told {
    committed: Arc<Committed>,
    /// Under which rules; `None` if it was told of an older commit.
    rules: Option<Rules>,
}

/// The past with what is not committed yet: all that pages need of git.
#[derive(Clone)]
pub(super) struct Bygone {
    pub(super) chronicle: Arc<Chronicle>,
    /// The files that differ from the newest commit.
    pub(super) uncommitted: Arc<BTreeSet<SourcePath>>,
}

/// What is to be worked out.
pub(super) struct Order {
    pub(super) surroundings: Arc<dyn Surroundings>,
    pub(super) known: Option<Arc<Chronicle>>,
    pub(super) portfolio: Option<Arc<Portfolio>>,
    pub(super) sources: SourceMap,
    /// Who is told first.
    pub(super) reader: String,
}

/// What came of it.
pub(super) enum News {
    /// There is a newer past.
    Newer {
        bygone: Bygone,
        /// Where git writes when there is something new.
        watched: Vec<(PathBuf, bool)>,
    },
    /// All is as it was.
    Same,
    /// The content is in no repository.
    Nowhere,
    /// There is one that cannot be read.
    Unreadable(Trouble),
}

/// Starts to work out the past, which ends with an event.
pub(super) fn start(order: Order, events: Sender<Event>) {
    let work = move || {
        let news = news(order).unwrap_or_else(News::Unreadable);
        // The loop may have ended.
        let _ = events.send(Event::Told(Box::new(news)));
    };
    std::thread::Builder::new().name("history".to_owned()).spawn(work).expect("the system has a thread left");
}

fn news(order: Order) -> Result<News, Trouble> {
    let Order { surroundings, known, portfolio, sources, reader } = order;
    let Some(repository) = Repository::open(&surroundings.content())? else { return Ok(News::Nowhere) };
    let head = repository.head()?;
    let tags = repository.tags()?;
    let place = repository.place()?;
    let is_same =
        |known: &Chronicle| known.history.head == head && known.history.tags == tags && known.place == place;
    if known.as_deref().is_some_and(is_same) {
        return Ok(News::Same);
    }
    let recalled = if known.is_none() { surroundings.recalled(&place) } else { None };
    // A shallow clone that was completed has another history up to the same commit.
    let continued = known.as_ref().filter(|known| known.place == place).map(|known| &known.history);
    let mut history = repository.history(continued.or(recalled.as_ref()))?;
    history.tags = tags;
    let tree = history.head.map(|head| repository.tree(head)).transpose()?.unwrap_or_default();
    let told = known.map(|known| known.told.lock().expect("nothing panics while it is held").clone());
    let mut told = told.unwrap_or_default();
    told.values_mut().for_each(|told| told.rules = None);
    let uncommitted = Arc::new(repository.differing(&tree, &sources));
    let watched = repository.watched();
    let chronicle = Chronicle { repository, history, place, tree, told: Mutex::new(told), surroundings };
    // The first page does not have to wait for it then.
    if let Some(portfolio) = portfolio
        && let Ok(reader) = Reader::parse(&reader, &portfolio.config)
    {
        let past = chronicle.past(&portfolio, &reader);
        chronicle.committed(&past, &redact(&portfolio, &reader));
    }
    Ok(News::Newer { bygone: Bygone { chronicle: Arc::new(chronicle), uncommitted }, watched })
}

impl Chronicle {
    fn past<'a>(&'a self, portfolio: &'a Portfolio, reader: &'a Reader) -> Past<'a> {
        Past::new(&self.history, &self.repository, portfolio, reader)
    }

    /// What was committed, as a reader may see it under the rules of today.
    fn committed(&self, past: &Past, today: &Redacted) -> Arc<Committed> {
        let name = today.reader().name();
        let known = self.told.lock().expect("nothing panics while it is held").get(name).cloned();
        let memory = match known {
            Some(Told { committed, rules: Some(rules) }) if rules == *past.rules() => return committed,
            Some(Told { committed, .. }) => committed.memory(),
            None => self.surroundings.versions(name),
        };
        let committed = Arc::new(Committed::new(past, today, &memory));
        let told = Told { committed: Arc::clone(&committed), rules: Some(past.rules().clone()) };
        self.told.lock().expect("nothing panics while it is held").insert(name.to_owned(), told);
        committed
    }
}

impl Bygone {
    /// What a reader is told.
    pub(super) fn log(&self, portfolio: &Portfolio, today: &Redacted) -> Log {
        let past = self.chronicle.past(portfolio, today.reader());
        self.chronicle.committed(&past, today).log(&past, today, &self.uncommitted)
    }

    /// What the writer is told of pilots.
    pub(super) fn log_of_pilots(&self, portfolio: &Portfolio) -> Log {
        let today = redact(portfolio, &Reader::Me);
        let past = self.chronicle.past(portfolio, &Reader::Me);
        let known = self.chronicle.told.lock().expect("nothing panics while it is held").get("me").cloned();
        let committed = match known {
            // The rules of the writer are always the same.
            Some(Told { committed, rules: Some(_) }) => committed,
            Some(Told { committed, .. }) => {
                Arc::new(Committed::of_kind(&past, &today, Kind::Pilot, &committed.memory()))
            }
            None => Arc::new(Committed::of_kind(&past, &today, Kind::Pilot, &Memory::default())),
        };
        committed.log(&past, &today, &self.uncommitted)
    }

    /// Takes note of files that were read again.
    pub(super) fn note<'f>(
        &mut self,
        files: impl IntoIterator<Item = (&'f SourcePath, Option<&'f SourceFile>)>,
    ) {
        let Chronicle { repository, tree, .. } = &*self.chronicle;
        for (path, file) in files {
            let differs = repository.differs(tree, path, file);
            if differs != self.uncommitted.contains(path) {
                let uncommitted = Arc::make_mut(&mut self.uncommitted);
                if differs {
                    uncommitted.insert(path.clone());
                } else {
                    uncommitted.remove(path);
                }
            }
        }
    }
}
