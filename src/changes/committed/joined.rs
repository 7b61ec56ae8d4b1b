//! Joins what was committed with what is not committed yet.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Committed, Told};
use crate::changes::held::Held;
use crate::changes::log::{in_order, subject};
use crate::changes::{EntryLog, Log, Memory, Moment, Snapshot, Version};
use crate::model::{Header, Kind, Portfolio};
use crate::past::{Displaced, Past};
use crate::redact::Redacted;
use crate::source::SourcePath;
use crate::text::Id;

/// What was committed, while it is joined with what is not.
pub(super) struct Joined<'c, 'a> {
    committed: &'c Committed,
    past: &'c Past<'a>,
    log: Log,
    /// How many of the histories of today's entries have been taken over.
    taken: usize,
    /// Whether nothing else was told, and nothing was left out of what was taken over.
    is_all: bool,
}

impl<'c, 'a> Joined<'c, 'a> {
    pub(super) fn new(committed: &'c Committed, past: &'c Past<'a>) -> Self {
        let removed = committed.removed.iter().map(|told| Arc::clone(&told.log)).collect();
        Self { committed, past, log: Log { removed, ..Log::none() }, taken: 0, is_all: true }
    }

    /// Tells of all entries that the reader sees today, and of those that are gone since the newest commit.
    pub(super) fn tell_of_today(&mut self, today: &Redacted, uncommitted: &BTreeSet<SourcePath>) {
        let edited = edited(today.portfolio(), uncommitted);
        let nothing = Displaced::default();
        let displaced = if uncommitted.is_empty() { &nothing } else { self.past.displaced() };
        let kind = self.committed.kind;
        for header in today.portfolio().headers().filter(|header| kind.is_none_or(|kind| header.kind == kind))
        {
            let path = displaced.moved.get(&header.file).copied().unwrap_or(&header.file);
            let now = edited.contains(&header.id).then(|| Snapshot::of(today, &header.id)).flatten();
            self.tell(path, &header.id, now);
        }
        if kind.is_none() {
            displaced.removed.iter().for_each(|path| self.tell_of_removal(path));
        }
    }

    /// Tells of an entry of today by the file in which it was committed; `now` if it is not as it was there.
    fn tell(&mut self, path: &SourcePath, id: &Id, now: Option<Snapshot>) {
        let told = self.told_of(path);
        let mut entry = told.as_ref().map(|told| Arc::clone(&told.log)).filter(|log| !log.steps.is_empty());
        if let Some(now) = now.map(Held::new) {
            let moment = self.moment();
            // What was closed last is opened by what is not committed, and its history begins with that.
            let file = self.past.history().file(path);
            let was_open = file.is_some_and(|file| self.past.was_open_last(file));
            let newest = told.as_ref().and_then(|told| told.newest()).filter(|_| was_open);
            let with = match (&entry, newest) {
                (Some(log), Some(newest)) => log.with_uncommitted(newest, moment, Some(now)),
                _ => {
                    self.is_all &= entry.is_none();
                    Some(EntryLog::new(&[Version { moment, before: vec![None], after: Some(now) }], false))
                }
            };
            if let Some(with) = with {
                self.log.uncommitted.extend(with.steps.first().cloned());
                entry = Some(Arc::new(with));
            }
        }
        self.log.entries.extend(entry.map(|entry| (id.clone(), entry)));
    }

    /// Tells of an entry that was committed and is gone.
    fn tell_of_removal(&mut self, path: &SourcePath) {
        let Some(told) = self.told_of(path) else { return };
        let Some(newest) = told.newest() else { return };
        if let Some(gone) = told.log.with_uncommitted(newest, self.moment(), None) {
            self.log.uncommitted.extend(gone.steps.first().cloned());
            self.log.removed.push(Arc::new(gone));
        }
    }

    /// What was told of a committed file, or is told now.
    fn told_of(&mut self, path: &SourcePath) -> Option<Cow<'c, Told>> {
        if let Some(known) = self.committed.entries.get(path) {
            self.taken += 1;
            return Some(Cow::Borrowed(known));
        }
        let file = self.past.history().file(path)?;
        self.is_all = false;
        Some(Cow::Owned(Told::new(self.past, file, &Memory::default())))
    }

    /// The moment of all that is not committed yet.
    fn moment(&self) -> Moment {
        Moment { order: self.past.history().commits().len() + 1, ..Moment::default() }
    }

    pub(super) fn log(self) -> Log {
        let Self { committed, mut log, taken, is_all, .. } = self;
        if is_all && taken == committed.entries.len() {
            log.uncommitted.sort_by_cached_key(|step| subject(step));
            log.committed = Some(Arc::clone(&committed.steps));
        } else {
            log.uncommitted.clear();
            log.committed = Some(Arc::new(in_order(log.entries.values().chain(&log.removed))));
        }
        log
    }
}

/// The ids of entries whose file, or whose figures, differ from what was committed last.
fn edited<'p>(portfolio: &'p Portfolio, uncommitted: &BTreeSet<SourcePath>) -> BTreeSet<&'p Id> {
    if uncommitted.is_empty() {
        return BTreeSet::new();
    }
    let is_series = |path: &SourcePath| path.extension().eq_ignore_ascii_case("csv");
    let mut edited: BTreeSet<&Id> = BTreeSet::new();
    if uncommitted.iter().any(is_series) {
        let kinds = [Kind::Scope, Kind::Pilot, Kind::Proposal];
        let rests_on_one = |header: &&Header| {
            let files = portfolio.series_of(&header.id).filter_map(|(_, series)| series.file.as_ref());
            let paths = files.filter_map(|name| header.file.resolve(name));
            paths.into_iter().any(|path| uncommitted.contains(path.as_str()))
        };
        let headers = kinds.into_iter().flat_map(|kind| portfolio.of_kind(kind));
        edited.extend(headers.filter(rests_on_one).map(|header| &header.id));
    }
    edited.extend(
        portfolio.headers().filter(|header| uncommitted.contains(&header.file)).map(|header| &header.id),
    );
    edited
}
