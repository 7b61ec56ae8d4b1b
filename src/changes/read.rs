//! Tells the history of every entry from the versions that the reader may see.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{CommitFacts, EntryLog, Log, Moment, Snapshot, Version};
use crate::history::{Commit, History};
use crate::model::{Header, Kind};
use crate::past::{Past, Version as PastVersion};
use crate::redact::Redacted;
use crate::text::Id;

impl Log {
    /// The history of all that the reader sees today, and of what is gone.
    ///
    /// `today` and `past` are for the same reader.
    pub fn new(past: &Past, today: &Redacted) -> Self {
        let history = past.history();
        if history.is_empty() {
            return Self::default();
        }
        let removed = past.removed().into_iter().map(|versions| {
            let is_cut_off = versions.last().is_some_and(|oldest| oldest.is_cut_off);
            EntryLog::new(told_versions(past, versions), is_cut_off)
        });
        let entries = entries(past, today, &today.portfolio().headers().collect::<Vec<_>>());
        Self { entries, removed: removed.filter(|log| !log.steps.is_empty()).collect() }
    }

    /// The history of pilots alone.
    pub fn of_pilots(past: &Past, today: &Redacted) -> Self {
        let pilots: Vec<&Header> = today.portfolio().of_kind(Kind::Pilot).collect();
        Self { entries: entries(past, today, &pilots), removed: Vec::new() }
    }
}

fn entries(past: &Past, today: &Redacted, headers: &[&Header]) -> BTreeMap<Id, EntryLog> {
    if past.history().is_empty() {
        return BTreeMap::new();
    }
    let told = headers.par_iter().map(|header| (header.id.clone(), entry_log(past, today, header)));
    told.collect::<Vec<_>>().into_iter().filter(|(_, log)| !log.steps.is_empty()).collect()
}

fn entry_log(past: &Past, today: &Redacted, header: &Header) -> EntryLog {
    let versions = past.versions_of(header);
    let is_cut_off = versions.last().is_some_and(|oldest| oldest.is_cut_off);
    let mut versions = told_versions(past, versions);
    if is_uncommitted(past.history(), header) {
        let before = versions.last().and_then(|newest| newest.after.clone());
        let moment = Moment { order: past.history().commits().len() + 1, ..Moment::default() };
        versions.push(Version { moment, before: vec![before], after: Snapshot::of(today, &header.id) });
    }
    EntryLog::new(versions, is_cut_off)
}

/// Whether the file of an entry, or a file beside it, differs from what was committed last.
fn is_uncommitted(history: &History, header: &Header) -> bool {
    let is_beside = |path: &crate::source::SourcePath| {
        header.file.stem() == "index" && path.folder() == header.file.folder() && path.extension() == "csv"
    };
    history.uncommitted.iter().any(|path| *path == header.file || is_beside(path))
}

/// Oldest first.
fn told_versions(past: &Past, versions: Vec<PastVersion>) -> Vec<Version> {
    let snapshot = |state: &Redacted| Snapshot::sole(state);
    let told = versions.into_iter().rev().map(|version| Version {
        moment: moment(past, &version),
        before: version.before.iter().map(|before| before.as_ref().and_then(snapshot)).collect(),
        after: version.state.as_ref().and_then(snapshot),
    });
    told.collect()
}

fn moment(past: &Past, version: &PastVersion) -> Moment {
    let (history, reader) = (past.history(), past.reader());
    let commit: &Commit = &history.commits()[version.commit];
    let facts = commit.author(reader).zip(commit.subject(reader)).map(|(author, subject)| CommitFacts {
        id: commit.id.to_string(),
        author: author.name.clone(),
        subject: subject.to_owned(),
    });
    Moment {
        date: Some(version.date),
        order: history.commits().len() - version.commit,
        is_signed: version.is_signed || history.tags_of(&commit.id).any(|tag| tag.is_signed),
        is_tagged: history.tags_of(&commit.id).next().is_some(),
        commit: facts,
    }
}
