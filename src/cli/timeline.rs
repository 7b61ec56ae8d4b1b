//! The repository of a project, and what is remembered of its history.

use std::path::Path;

use super::project::Project;
use super::{Failure, Terminal};
use crate::changes::{Committed, Memory, News};
use crate::history::{CommitId, History, Repository, cache};
use crate::text::{Date, Scalar};
use crate::write;

/// The name under which a history is remembered beside an output.
const MEMORY: &str = "history";

/// The name under which the versions of entries are remembered beside an output, as its reader sees them.
const VERSIONS: &str = "versions";

/// The same for what came later than those.
const LATER: &str = "versions-later";

/// A project's repository, if it has one.
pub(super) struct Timeline {
    repository: Option<Repository>,
}

/// A history, and what to remember of it once the output is there.
pub(super) struct Told {
    pub(super) history: History,
    news: Option<Vec<u8>>,
}

impl Timeline {
    /// Finds the repository. What hinders that is said, and is no reason not to build.
    pub(super) fn open(project: &Project, terminal: &mut Terminal) -> Self {
        let found = Repository::open(&project.content()).and_then(|found| match found {
            // A form of references that is not known shows when the first of them is read.
            Some(repository) => repository.head().map(|_| Some(repository)),
            None => Ok(None),
        });
        let repository = found.unwrap_or_else(|trouble| {
            terminal.message(&format!("note: the history is left out: {trouble}"));
            None
        });
        Self { repository }
    }

    /// The repository, if there is one.
    pub(super) fn repository(&self) -> Option<&Repository> {
        self.repository.as_ref()
    }

    /// The repository, for what cannot be done without one.
    pub(super) fn needed(&self, project: &Project) -> Result<&Repository, Failure> {
        self.repository.as_ref().ok_or_else(|| {
            Failure::World(format!(
                "`{}` is in no git repository, so nothing is known of its past",
                project.shown
            ))
        })
    }

    /// The history, from what is remembered beside the output as far as that goes; empty outside git.
    pub(super) fn history(&self, out: &Path) -> Result<Told, Failure> {
        let Some(repository) = &self.repository else {
            return Ok(Told { history: History::default(), news: None });
        };
        let world = |trouble| Failure::World(format!("the history cannot be read: {trouble}"));
        let place = repository.place().map_err(world)?;
        let known = recalled(out, &place);
        let history = repository.history(known.as_ref()).map_err(world)?;
        let is_news = known.is_none_or(|known| known.head != history.head);
        let news = if is_news { cache::print(&history, &place) } else { None };
        Ok(Told { history, news })
    }

    /// The commit that a revision or a day names, and the day of which its portfolio tells.
    pub(super) fn moment(&self, project: &Project, name: &str) -> Result<(CommitId, Date), Failure> {
        let repository = self.needed(project)?;
        if let Ok(day) = Date::parse(name) {
            let found = repository.as_of(day).map_err(|trouble| Failure::World(trouble.to_string()))?;
            return match found {
                Some(commit) => Ok((commit, day)),
                None => Err(Failure::Usage(format!("nothing was committed by {day}"))),
            };
        }
        let no_commit = |trouble| Failure::Usage(format!("`{name}` names no commit: {trouble}"));
        let commit = repository.revision(name).map_err(no_commit)?;
        let day = repository.day(commit).map_err(|trouble| Failure::World(trouble.to_string()))?;
        Ok((commit, day))
    }
}

/// The history that is remembered beside an output, if it is one of this place.
pub(super) fn recalled(out: &Path, place: &[u8]) -> Option<History> {
    write::recall(out, MEMORY).and_then(|bytes| cache::parse(&bytes, place))
}

/// What is remembered beside an output of the versions of entries.
pub(super) fn memory(out: &Path) -> Memory {
    let memory = write::recall(out, VERSIONS).and_then(Memory::parse).unwrap_or_default();
    match write::recall(out, LATER) {
        Some(later) => memory.and_later(later),
        None => memory,
    }
}

/// Remembers what is new of the versions of entries beside an output that was published.
pub(super) fn remember(out: &Path, committed: &Committed) {
    if committed.news > 0 {
        // Without it the next build reads all versions again.
        let _ = match committed.memory().news() {
            News::Later(later) => write::remember(out, LATER, &later),
            News::Stock(stock) => {
                write::remember(out, VERSIONS, &stock).and_then(|()| write::remember(out, LATER, &[]))
            }
        };
    }
}

impl Told {
    /// Remembers what is new beside an output that was published.
    pub(super) fn remember(&self, out: &Path) {
        if let Some(news) = &self.news {
            // Without it the next build walks over all commits again.
            let _ = write::remember(out, MEMORY, news);
        }
    }
}
