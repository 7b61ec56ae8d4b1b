//! Tells the history of every entry from the versions that the reader may see.
//!
//! What was committed stays as it is until there is another commit, so it is told once ([`Committed`]), taken over
//! from what is remembered as far as that still holds ([`Memory`]), and joined with what is not committed yet whenever
//! that has changed.

mod joined;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use joined::Joined;

use super::held::Held;
use super::log::{Deed, deeds, in_order};
use super::memory::{Kept, Memory, Read, Remembered};
use super::{CommitFacts, EntryLog, Log, Moment, Snapshot, Step, Version};
use crate::history::{Commit, File};
use crate::model::{Header, Kind};
use crate::past::{Openings, Past, Versions};
use crate::redact::Redacted;
use crate::source::SourcePath;

/// What was committed of every entry, as one reader may see it.
#[derive(Debug, Default)]
pub struct Committed {
    /// The files of the entries that the reader sees today.
    entries: BTreeMap<SourcePath, Told>,
    /// The entries that are gone.
    removed: Vec<Told>,
    /// Those that are gone and were not seen to the last: remembered, so that nobody looks at them again, not told.
    unseen: Vec<Told>,
    /// All steps of all of them, newest first.
    steps: Arc<Vec<Arc<Step>>>,
    /// The kind of which alone it tells; `None` if it tells of all.
    kind: Option<Kind>,
    /// Since when the entries have been open that others were asked about.
    openings: Arc<Openings>,
    /// What was remembered as bytes.
    read: Read,
    /// How many of the histories were not remembered.
    pub news: usize,
}

/// The history of one file.
#[derive(Clone, Debug)]
struct Told {
    /// What it rests on: [`Past::name_of`].
    name: [u8; 32],
    remembered: Arc<Remembered>,
    log: Arc<EntryLog>,
    is_news: bool,
}

impl Committed {
    /// Tells of all that the reader sees today, and of what is gone.
    ///
    /// `today` and `past` are for the same reader.
    pub fn new(past: &Past, today: &Redacted, memory: &Memory) -> Self {
        let mut committed = Self::of(past, today.portfolio().headers(), memory);
        let gone = past.history().removed().par_iter().map(|file| Told::new(past, file, memory));
        let seen_to_the_last =
            |told: &Told| told.remembered.versions.last().is_some_and(|it| it.after.is_none());
        let gone: Vec<Told> = gone.collect();
        committed.news += gone.iter().filter(|told| told.is_news).count();
        (committed.removed, committed.unseen) =
            gone.into_iter().partition(|told| seen_to_the_last(told) && !told.log.steps.is_empty());
        committed.arrange(past);
        committed
    }

    /// Tells of the entries of one kind alone.
    pub fn of_kind(past: &Past, today: &Redacted, kind: Kind, memory: &Memory) -> Self {
        let mut committed = Self::of(past, today.portfolio().of_kind(kind), memory);
        committed.kind = Some(kind);
        committed.arrange(past);
        committed
    }

    fn of<'h>(past: &Past, headers: impl Iterator<Item = &'h Header>, memory: &Memory) -> Self {
        past.recall(memory.openings());
        let files: Vec<_> =
            headers.filter_map(|header| Some((&header.file, past.history().file(&header.file)?))).collect();
        let told = files.into_par_iter().map(|(path, file)| (path.clone(), Told::new(past, file, memory)));
        let entries: BTreeMap<_, _> = told.collect::<Vec<_>>().into_iter().collect();
        let news = entries.values().filter(|told| told.is_news).count();
        Self { entries, news, read: memory.read().clone(), ..Self::default() }
    }

    fn arrange(&mut self, past: &Past) {
        self.openings = Arc::new(past.openings());
        let all = self.entries.values().chain(&self.removed);
        self.steps = Arc::new(in_order(all.map(|told| &told.log)));
    }

    /// All that the next telling can take over.
    pub fn memory(&self) -> Memory {
        let all = self.entries.values().chain(&self.removed).chain(&self.unseen);
        let told = all.map(|told| (told.name, Arc::clone(&told.remembered))).collect();
        Memory::new(told, self.read.clone(), Arc::clone(&self.openings))
    }

    /// The history of the entries of today, with what is not committed yet.
    ///
    /// `uncommitted` are the files that differ from the newest commit.
    pub fn log(&self, past: &Past, today: &Redacted, uncommitted: &BTreeSet<SourcePath>) -> Log {
        if past.history().is_empty() {
            return Log::none();
        }
        let mut joined = Joined::new(self, past);
        joined.tell_of_today(today, uncommitted);
        joined.log()
    }
}

impl Log {
    /// The history of all that the reader sees today, and of what is gone.
    ///
    /// `today` and `past` are for the same reader.
    pub fn new(past: &Past, today: &Redacted) -> Self {
        let committed = Committed::new(past, today, &Memory::default());
        committed.log(past, today, &past.history().uncommitted)
    }
}

impl Told {
    fn new(past: &Past, file: &File, memory: &Memory) -> Self {
        let name = past.name_of(file);
        let known = memory.get(&name).filter(|known| {
            let is_known = |kept: &Kept| past.history().find(&kept.commit).is_some();
            known.series_name == past.name_of_series(&known.series)
                && known.versions.iter().all(is_known)
                && past.still_answers(&known.named)
        });
        let is_news = known.is_none();
        let remembered = known.unwrap_or_else(|| Arc::new(remembered(past, past.versions(file))));
        let log = log(past, &remembered);
        let rests_on = Some(rests_on(&name, &remembered, &log));
        let log = Arc::new(EntryLog { rests_on, ..log });
        Self { name, is_news, remembered, log }
    }

    /// What the entry was last, if it was there to be seen.
    fn newest(&self) -> Option<&Snapshot> {
        self.remembered.versions.last()?.after.as_ref()?.get()
    }
}

/// The history that versions tell.
fn log(past: &Past, remembered: &Remembered) -> EntryLog {
    let Remembered { versions, deeds, begins_later, .. } = remembered;
    let steps = deeds.iter().filter_map(|Deed { version, changes, name, mark }| {
        let kept = versions.get(*version)?;
        let (moment, changes) = (moment(past, kept)?, Arc::clone(changes));
        Some(Arc::new(Step { moment, changes, then: kept.after.clone(), name: name.clone(), mark: *mark }))
    });
    let is_cut_off = versions.first().is_some_and(|oldest| oldest.is_cut_off) && !begins_later;
    EntryLog { steps: steps.collect(), is_cut_off, rests_on: None }
}

/// All that a log rests on: what its versions do, and what is said of their commits later.
fn rests_on(name: &[u8; 32], remembered: &Remembered, log: &EntryLog) -> blake3::Hash {
    let mut hash = blake3::Hasher::new();
    hash.update(name);
    hash.update(&remembered.series_name);
    hash.update(&remembered.named.fingerprint());
    for Moment { is_signed, is_tagged, commit, .. } in log.steps.iter().map(|step| &step.moment) {
        hash.update(&[u8::from(*is_signed), u8::from(*is_tagged), u8::from(commit.is_some())]);
    }
    hash.finalize()
}

fn remembered(past: &Past, told: Versions) -> Remembered {
    let mut known: HashMap<*const Redacted, Held> = HashMap::new();
    let mut snapshot = |state: &Arc<Redacted>| {
        if let Some(known) = known.get(&Arc::as_ptr(state)) {
            return Some(known.clone());
        }
        let made = Held::new(Snapshot::sole(state)?);
        known.insert(Arc::as_ptr(state), made.clone());
        Some(made)
    };
    // Oldest first.
    let versions = told.versions.iter().rev().map(|version| Kept {
        commit: past.history().commits()[version.commit].id,
        is_cut_off: version.is_cut_off,
        before: version.before.iter().map(|before| before.as_ref().and_then(&mut snapshot)).collect(),
        after: version.state.as_ref().and_then(&mut snapshot),
    });
    let versions: Vec<Kept> = versions.collect();
    let dated = versions.iter().map(|kept| {
        let moment = moment(past, kept).unwrap_or_default();
        Version { moment, before: kept.before.clone(), after: kept.after.clone() }
    });
    let (deeds, begin) = deeds(&dated.collect::<Vec<_>>());
    let series_name = past.name_of_series(&told.series);
    let begins_later = begin > 0;
    Remembered {
        versions,
        deeds,
        begins_later,
        series_name,
        series: told.series,
        named: told.named,
        is_in_stock: false,
    }
}

fn moment(past: &Past, kept: &Kept) -> Option<Moment> {
    let (history, reader) = (past.history(), past.reader());
    let place = history.place(&kept.commit)?;
    let commit: &Commit = &history.commits()[place];
    let facts = commit.author(reader).zip(commit.subject(reader)).map(|(author, subject)| CommitFacts {
        id: commit.id,
        author: Arc::clone(&author.name),
        subject: subject.to_owned(),
    });
    let mut tags = history.tags_of(&commit.id).peekable();
    Some(Moment {
        date: Some(commit.date),
        order: history.commits().len() - place,
        is_tagged: tags.peek().is_some(),
        is_signed: commit.is_signed || tags.any(|tag| tag.is_signed),
        commit: facts,
    })
}
