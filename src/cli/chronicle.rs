//! What git tells of the content, for the commands that show it.

use std::path::PathBuf;

use super::project::{self, Loaded, Project};
use super::timeline::{self, Timeline};
use super::{Failure, Terminal};
use crate::changes::{Committed, moved};
use crate::check::over_time;
use crate::history::{History, Trouble};
use crate::model::Kind;
use crate::model::readers::Reader;
use crate::past::Past;
use crate::redact::redact;
use crate::source::SourceMap;

/// The history of the content, with what is not committed yet; from what a build remembered, as far as that goes.
pub(super) fn history(
    project: &Project,
    timeline: &Timeline,
    sources: &SourceMap,
) -> Result<History, Failure> {
    let mut history = timeline.history(&output(project))?.history;
    complete(timeline, &mut history, sources)?;
    Ok(history)
}

/// Where a build puts the writer's own site, and remembers the history beside it.
fn output(project: &Project) -> PathBuf {
    project.root.join("site").join(project::ME)
}

/// Adds what changes without a commit: the names of commits, and what is not committed yet.
pub(super) fn complete(
    timeline: &Timeline,
    history: &mut History,
    sources: &SourceMap,
) -> Result<(), Failure> {
    let Some(repository) = timeline.repository() else { return Ok(()) };
    let world = |trouble: Trouble| Failure::World(format!("the history cannot be read: {trouble}"));
    history.tags = repository.tags().map_err(world)?;
    history.uncommitted = repository.uncommitted(history.head, sources).map_err(world)?;
    Ok(())
}

/// Adds what only the history can tell to a report, if there is a repository. One that cannot be read is no
/// reason not to check the rest.
pub(super) fn check(project: &Project, loaded: &mut Loaded, terminal: &mut Terminal) {
    let Some(portfolio) = loaded.portfolio.as_ref().filter(|portfolio| !portfolio.pilots.is_empty()) else {
        return;
    };
    let timeline = Timeline::open(project, terminal);
    let Some(repository) = timeline.repository() else { return };
    match history(project, &timeline, &loaded.sources) {
        Ok(history) => {
            let past = Past::new(&history, repository, portfolio, &Reader::Me);
            let today = redact(portfolio, &Reader::Me);
            let memory = timeline::memory(&output(project));
            let committed = Committed::of_kind(&past, &today, Kind::Pilot, &memory);
            let log = committed.log(&past, &today, &history.uncommitted);
            over_time::add_all(moved(portfolio, &log, project.today), &mut loaded.report);
        }
        Err(failure) => terminal.message(&format!("note: {failure}")),
    }
}
