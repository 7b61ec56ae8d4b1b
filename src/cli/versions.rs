//! The versions of a portfolio that one build publishes: today's or an earlier one, and the editions.

use std::collections::BTreeSet;

use super::timeline::Timeline;
use super::{Failure, Terminal};
use crate::changes::Log;
use crate::history::{CommitId, Repository, Tree};
use crate::model::Portfolio;
use crate::past::Past;
use crate::redact::Redacted;
use crate::report::Report;
use crate::source::SourceMap;
use crate::source::discover::Folder;
use crate::text::Date;
use crate::view::{Edition, fits};

/// One version, cut down for the reader.
pub(super) struct Version<'a> {
    pub(super) redacted: Redacted,
    /// The day of which it tells.
    pub(super) day: Date,
    pub(super) files: Files<'a>,
    /// What it is called, and the name of its folder; `None` of the main version.
    pub(super) name: Option<(String, String)>,
    /// What it tells of changes: an edition is a state, and tells nothing.
    pub(super) log: Log,
}

/// Where the bytes of pictures and documents are.
pub(super) enum Files<'a> {
    Disk(&'a Folder),
    Commit(&'a Repository, Tree),
}

/// A portfolio as it was read from a commit.
pub(super) struct Then {
    pub(super) tree: Tree,
    pub(super) sources: SourceMap,
    pub(super) portfolio: Option<Portfolio>,
    pub(super) report: Report,
}

/// Reads and checks the portfolio as it stood at a commit, on that day.
pub(super) fn then(repository: &Repository, commit: CommitId, day: Date) -> Result<Then, Failure> {
    let tree = repository.tree(commit).map_err(|trouble| Failure::World(trouble.to_string()))?;
    let sources = repository.sources(&tree);
    let (portfolio, report) = crate::read(&sources, day);
    Ok(Then { tree, sources, portfolio, report })
}

/// The editions that the settings of today ask for, the latest first. What is wrong with one leaves that one out.
pub(super) fn editions<'a>(
    timeline: &'a Timeline,
    today: &Portfolio,
    past: &Past,
    terminal: &mut Terminal,
) -> Result<Vec<Version<'a>>, Failure> {
    let Some(pattern) = &today.config.editions else { return Ok(Vec::new()) };
    let Some(repository) = timeline.repository() else {
        terminal.message("note: there are no editions: there is no history to take them from");
        return Ok(Vec::new());
    };
    let tags = repository.tags().map_err(|trouble| Failure::World(trouble.to_string()))?;
    let mut found = Vec::new();
    let mut folders = BTreeSet::new();
    let tags: Vec<_> = tags.into_iter().filter(|tag| fits(&tag.name, pattern)).collect();
    if tags.is_empty() {
        terminal.message(&format!("note: there are no editions: no tag is called `{pattern}`"));
    }
    for tag in tags {
        let folder = Edition::folder_for(&tag.name);
        if folder.is_empty() || !folders.insert(folder.clone()) {
            terminal.complain(&format!("warning: the edition `{}` is left out: its name is no name for a folder, or that of another one", tag.name));
            continue;
        }
        let day = repository.day(tag.commit).map_err(|trouble| Failure::World(trouble.to_string()))?;
        let then = then(repository, tag.commit, day)?;
        let Some(portfolio) = then.portfolio.filter(|_| !then.report.has_errors()) else {
            terminal.complain(&format!(
                "warning: the edition `{}` is left out: {}; `bailiwick build --at {}` shows more",
                tag.name,
                super::project::summary(&then.report),
                tag.name
            ));
            continue;
        };
        let files = Files::Commit(repository, then.tree);
        found.push(Version {
            redacted: past.cut(&portfolio),
            day,
            files,
            name: Some((tag.name, folder)),
            log: Log::default(),
        });
    }
    found.sort_by(|a, b| (b.day, &a.name).cmp(&(a.day, &b.name)));
    Ok(found)
}
