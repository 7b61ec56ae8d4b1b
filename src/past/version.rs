//! The versions of one entry that a reader may see.

use std::collections::{BTreeMap, BTreeSet};

use super::{CONFIG, Past, entry};
use crate::history::{BlobId, Change, Commit, CommitId, File, Revision, State};
use crate::model::common::{Metric, Observations};
use crate::model::entry::AnyEntry;
use crate::model::read::{Role, read, role};
use crate::model::{Header, Kind};
use crate::redact::{Redacted, redact_version};
use crate::source::{SourceFile, SourceMap, SourcePath, decode};
use crate::text::{Date, Id, Scalar};

/// One version of an entry, as a reader may see it.
#[derive(Debug)]
pub struct Version {
    /// The commit, as a place among those of the history. Nothing of it but [`Version::date`] is for others than
    /// the writer.
    pub commit: usize,
    /// The day on which its author made it.
    pub date: Date,
    /// What happened, as the reader sees it: what was opened to them was added.
    pub change: Change,
    /// What the entry was called then; of one that was removed, before.
    pub id: Id,
    /// Its kind then.
    pub kind: Kind,
    /// The entry, alone in its portfolio; `None` when it was removed.
    pub state: Option<Redacted>,
    /// What it was before: in each parent of a merge, else once. `None` where the reader saw no such entry.
    /// What a merge changed is what differs from all of them.
    pub before: Vec<Option<Redacted>>,
    /// Whether it may be older than its date: what was before lies beyond the end of a shallow clone.
    pub is_cut_off: bool,
    /// Whether the commit carries a signature, which is not verified.
    pub is_signed: bool,
}

impl Past<'_> {
    /// The versions of an entry of today that the reader may see, newest first.
    ///
    /// Commits that changed nothing which the reader sees are left out. The figures that an entry leaves to files
    /// are part of it.
    pub fn versions_of(&self, header: &Header) -> Vec<Version> {
        self.history.file(&header.file).map_or_else(Vec::new, |file| self.versions(file))
    }

    /// The versions of each entry that is gone, the removal first. Those of which the reader saw nothing to the
    /// last are left out.
    pub fn removed(&self) -> Vec<Vec<Version>> {
        let gone = self.history.removed().iter().map(|file| self.versions(file));
        gone.filter(|versions| versions.first().is_some_and(|newest| newest.state.is_none())).collect()
    }

    fn versions(&self, file: &File) -> Vec<Version> {
        let touched = self.touched(file);
        touched.into_iter().filter_map(|(commit, moment)| self.version(commit, &moment)).collect()
    }

    fn version(&self, at: usize, moment: &Moment) -> Option<Version> {
        let commit = &self.history.commits()[at];
        let state = moment.after.as_ref().and_then(|state| self.state(&commit.id, at, state));
        if moment.after.is_some() && state.is_none() {
            return None;
        }
        let parents = parents(commit);
        let before: Vec<Option<Redacted>> = moment
            .before
            .iter()
            .enumerate()
            .map(|(parent, before)| self.state(parents.get(parent)?, at + 1, before.as_ref()?))
            .collect();
        let was_seen = before.iter().any(Option::is_some);
        if state.is_none() && !was_seen || is_unchanged(state.as_ref(), &before) {
            return None;
        }
        let change = match moment.change {
            Change::Changed | Change::Renamed if !was_seen => Change::Added,
            change => change,
        };
        let left = state.as_ref().or(before.iter().flatten().next())?;
        let header = left.portfolio().headers().next()?;
        Some(Version {
            commit: at,
            date: commit.date,
            change,
            id: header.id.clone(),
            kind: header.kind,
            is_cut_off: moment.is_cut_off,
            is_signed: commit.is_signed,
            state,
            before,
        })
    }

    /// The commits that touched an entry or the files with its figures.
    fn touched(&self, file: &File) -> BTreeMap<usize, Moment> {
        let own = file.revisions.iter().map(|revision| (revision.commit, Moment::of(revision)));
        let mut touched: BTreeMap<usize, Moment> = own.collect();
        let mut series = BTreeSet::new();
        for state in file.revisions.iter().filter_map(after) {
            series.extend(self.entry(&state).iter().flat_map(series_of));
        }
        for path in series {
            for revision in self.history.of(&path) {
                let commit = &self.history.commits()[revision.commit];
                let Some(state) = self.in_force(file, &commit.id, revision.commit) else { continue };
                let parents = parents(commit);
                let before = parents.iter().map(|parent| self.in_force(file, parent, revision.commit + 1));
                touched.entry(revision.commit).or_insert_with(|| Moment {
                    change: Change::Changed,
                    before: before.collect(),
                    after: Some(state),
                    is_cut_off: revision.is_cut_off,
                });
            }
        }
        touched
    }

    /// What an entry said at a commit which need not have touched it.
    fn in_force(&self, file: &File, commit: &CommitId, at: usize) -> Option<State> {
        let newest = file.revisions.iter().find(|revision| revision.commit >= at)?;
        let blob = self.store.blob_at(commit, &newest.path)?;
        Some(State { path: newest.path.clone(), blob })
    }

    fn entry(&self, state: &State) -> Option<AnyEntry> {
        entry(&state.path, &self.store.read(&state.blob)?)
    }

    /// An entry as it stood at a commit, cut down; `None` if the reader may not see it.
    fn state(&self, commit: &CommitId, at: usize, state: &State) -> Option<Redacted> {
        let Role::Entry { id, .. } = role(&state.path) else { return None };
        let id = Id::parse(id).ok()?;
        let mut sources = SourceMap::default();
        self.insert(&mut sources, &SourcePath::new(CONFIG), self.store.blob_at(commit, CONFIG)?);
        let text = self.insert(&mut sources, &state.path, state.blob)?;
        for path in entry(&state.path, &text).iter().flat_map(series_of) {
            if self.is_seen_file(commit, at, &state.path, &path)
                && let Some(blob) = self.store.blob_at(commit, &path)
            {
                self.insert(&mut sources, &path, blob);
            }
        }
        let (portfolio, _) = read(&sources);
        // Whether the entry itself is seen is told by its text of then, not by what it has become.
        let may_be_named = |other: &str| other != id.as_str() && self.may_be_named(other, at);
        redact_version(&portfolio?, &self.later, &may_be_named)
    }

    fn insert(&self, sources: &mut SourceMap, path: &SourcePath, blob: BlobId) -> Option<Vec<u8>> {
        let bytes = self.store.read(&blob)?;
        let file = decode::source_file(path, bytes.clone());
        let is_text = matches!(file, SourceFile::Text(_));
        sources.insert(path.clone(), file);
        is_text.then_some(bytes)
    }

    /// Whether a file beside an entry did not lie in the folder of another one that the reader could not see.
    fn is_seen_file(&self, commit: &CommitId, at: usize, from: &SourcePath, path: &SourcePath) -> bool {
        let mut folder = path.folder();
        while !folder.is_empty() && folder != from.folder() {
            let owns = |name: &str| self.store.blob_at(commit, &format!("{folder}/{name}")).is_some();
            if owns("index.md") || owns("index.yaml") {
                let id = folder.rsplit_once('/').map_or(folder, |(_, name)| name);
                return self.may_be_named(id, at);
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        true
    }
}

/// What a commit did to an entry.
struct Moment {
    change: Change,
    after: Option<State>,
    before: Vec<Option<State>>,
    is_cut_off: bool,
}

impl Moment {
    fn of(revision: &Revision) -> Self {
        let Revision { change, before, is_cut_off, .. } = revision;
        Self { change: *change, after: after(revision), before: before.clone(), is_cut_off: *is_cut_off }
    }
}

fn after(revision: &Revision) -> Option<State> {
    Some(State { path: revision.path.clone(), blob: revision.blob? })
}

fn parents(commit: &Commit) -> &[CommitId] {
    &commit.parents
}

/// Whether the reader sees the very same as in one of the parents.
fn is_unchanged(state: Option<&Redacted>, before: &[Option<Redacted>]) -> bool {
    let Some(state) = state else { return false };
    before.iter().flatten().any(|before| before.has_same_entries(state))
}

/// The files in which an entry keeps its figures.
fn series_of(entry: &AnyEntry) -> Vec<SourcePath> {
    let file = &entry.header().file;
    let of = |series: Option<&Observations>| {
        let name = series?.file.as_ref()?;
        file.resolve(name).map(SourcePath::new)
    };
    let metrics = |metrics: &[Metric]| -> Vec<SourcePath> {
        metrics.iter().filter_map(|metric| of(metric.observations.as_ref())).collect()
    };
    match entry {
        AnyEntry::Pilot(pilot) => {
            let guardrails = pilot.guardrails.iter().map(|guardrail| guardrail.observations.as_ref());
            guardrails.chain([pilot.primary.observations.as_ref()]).filter_map(of).collect()
        }
        AnyEntry::Scope(scope) => metrics(&scope.outcomes),
        AnyEntry::Proposal(proposal) => metrics(&proposal.success_metrics),
        _ => Vec::new(),
    }
}
