//! The versions of one entry that a reader may see.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::named::{Asked, Moment, Named};
use super::{Past, parsed};
use crate::history::{BlobId, Change, CommitId, File, Revision, State};
use crate::model::read::{Content, Parsed, assemble};
use crate::model::readers::Reader;
use crate::model::{Header, Kind};
use crate::redact::{Redacted, redact_version};
use crate::source::{SourceMap, SourcePath, decode};
use crate::text::{Date, Id};

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
    pub state: Option<Arc<Redacted>>,
    /// What it was before: in each parent of a merge, else once. `None` where the reader saw no such entry.
    /// What a merge changed is what differs from all of them.
    pub before: Vec<Option<Arc<Redacted>>>,
    /// Whether it may be older than its date: what was before lies beyond the end of a shallow clone.
    pub is_cut_off: bool,
    /// Whether the commit carries a signature, which is not verified.
    pub is_signed: bool,
}

/// All versions of one entry that the reader may see.
#[derive(Debug, Default)]
pub struct Versions {
    /// The versions, newest first.
    pub versions: Vec<Version>,
    /// The files in which the entry ever kept its figures: their revisions are its own.
    pub series: BTreeSet<SourcePath>,
    /// Which other entries they were allowed to name.
    pub named: Named,
}

impl Past<'_> {
    /// The versions of an entry of today that the reader may see, newest first.
    ///
    /// Commits that changed nothing which the reader sees are left out. The figures that an entry leaves to files
    /// are part of it.
    pub fn versions_of(&self, header: &Header) -> Vec<Version> {
        self.history.file(&header.file).map_or_else(Vec::new, |file| self.versions(file).versions)
    }

    /// The versions of a file: those of an entry that is gone, with its removal, are seen only to the last.
    pub fn versions(&self, file: &File) -> Versions {
        let mut telling = Telling {
            past: self,
            texts: HashMap::new(),
            states: HashMap::new(),
            asked: RefCell::new(Asked::default()),
        };
        let (touched, series) = telling.touched(file);
        let versions: Vec<Version> =
            touched.into_iter().filter_map(|(commit, deed)| telling.version(commit, &deed)).collect();
        let named = self.named(telling.asked.into_inner());
        Versions { versions, series, named }
    }

    /// What the versions of a file rest on: the same as long as they are. The files with its figures are told of
    /// by [`Past::name_of_series`], the other entries that it may name by [`Past::still_answers`].
    pub fn name_of(&self, file: &File) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        hash.update(&self.history.fingerprint(&file.revisions));
        hash.update(&self.turns().name);
        hash.update(&self.later().rules_of(file));
        *hash.finalize().as_bytes()
    }

    /// What the versions of an entry rest on besides its own file.
    pub fn name_of_series<'s>(&self, series: impl IntoIterator<Item = &'s SourcePath>) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        for path in series {
            hash.update(&self.history.fingerprint(self.history.of(path)));
            hash.update(&[u8::from(self.later().hides_file(path))]);
        }
        *hash.finalize().as_bytes()
    }
}

impl Telling<'_, '_> {
    /// Whether a file beside an entry did not lie in the folder of another one that the reader could not see.
    fn is_seen_file(&self, commit: &CommitId, at: Moment, from: &SourcePath, path: &SourcePath) -> bool {
        if *self.past.reader() == Reader::Me {
            return true;
        }
        let mut folder = path.folder();
        while !folder.is_empty() && folder != from.folder() {
            let owns = |name: &str| self.past.store.blob_at(commit, &format!("{folder}/{name}")).is_some();
            if owns("index.md") || owns("index.yaml") {
                let id = folder.rsplit_once('/').map_or(folder, |(_, name)| name);
                return self.may_be_named(id, at);
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        true
    }

    fn may_be_named(&self, id: &str, at: Moment) -> bool {
        let answer = self.past.may_be_named(id, at);
        if *self.past.reader() != Reader::Me {
            self.asked.borrow_mut().note(id, at, answer);
        }
        answer
    }
}

/// The texts of one entry while its versions are told: each stands in two of them, before and after.
struct Telling<'p, 'a> {
    past: &'p Past<'a>,
    texts: HashMap<State, Option<Rc<Parsed>>>,
    /// For the writer, for whom a state depends on what files held, and not on the commit.
    states: HashMap<(State, Figures), Option<Arc<Redacted>>>,
    /// Which other entries they were allowed to name.
    asked: RefCell<Asked>,
}

/// The files with the figures of an entry, and what they held.
type Figures = Vec<(SourcePath, BlobId)>;

impl Telling<'_, '_> {
    fn version(&mut self, at: usize, deed: &Deed) -> Option<Version> {
        let commit = &self.past.history.commits()[at];
        let (then, just_before) =
            (Moment { commit: at, is_before: false }, Moment { commit: at, is_before: true });
        let state = deed.after.as_ref().and_then(|state| self.state(&commit.id, then, state));
        if deed.after.is_some() && state.is_none() {
            return None;
        }
        let before = deed.before.iter().enumerate();
        let before: Vec<Option<Arc<Redacted>>> = before
            .map(|(parent, before)| self.state(commit.parents.get(parent)?, just_before, before.as_ref()?))
            .collect();
        let was_seen = before.iter().any(Option::is_some);
        if state.is_none() && !was_seen || is_unchanged(state.as_deref(), &before) {
            return None;
        }
        let change = match deed.change {
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
            is_cut_off: deed.is_cut_off,
            is_signed: commit.is_signed,
            state,
            before,
        })
    }

    /// The commits that touched an entry, the files with its figures or who may read it by default, and these files.
    fn touched(&mut self, file: &File) -> (BTreeMap<usize, Deed>, BTreeSet<SourcePath>) {
        let past = self.past;
        let revisions = file.revisions.iter().enumerate();
        let own = revisions.map(|(at, revision)| {
            let before =
                revision.before.iter().map(|state| self.readable(state.as_ref()?, &file.revisions[at + 1..]));
            (revision.commit, Deed { before: before.collect(), ..Deed::of(revision) })
        });
        let mut touched: BTreeMap<usize, Deed> = own.collect();
        let mut series = BTreeSet::new();
        for state in file.revisions.iter().filter_map(after) {
            series.extend(self.entry(&state).iter().flat_map(|parsed| series_of(parsed)));
        }
        let figures = series.iter().flat_map(|path| past.history.of(path));
        for revision in figures.chain(&past.turns().revisions) {
            let commit = &past.history.commits()[revision.commit];
            let Some(state) = past.in_force(file, &commit.id, revision.commit) else { continue };
            let before = commit.parents.iter().map(|parent| past.in_force(file, parent, revision.commit + 1));
            touched.entry(revision.commit).or_insert_with(|| Deed {
                change: Change::Changed,
                before: before.collect(),
                after: Some(state),
                is_cut_off: revision.is_cut_off,
            });
        }
        (touched, series)
    }

    /// What an entry was before, or what it was last before nobody could read it: a slip in its file is no end of it.
    fn readable(&mut self, before: &State, older: &[Revision]) -> Option<State> {
        let states = std::iter::once(before.clone()).chain(older.iter().filter_map(after));
        states.into_iter().find(|state| self.entry(state).is_some())
    }

    fn entry(&mut self, state: &State) -> Option<Rc<Parsed>> {
        if let Some(known) = self.texts.get(state) {
            return known.clone();
        }
        let read = || parsed(&state.path, &self.past.store.read(&state.blob)?).map(Rc::new);
        let entry = read();
        self.texts.insert(state.clone(), entry.clone());
        entry
    }

    /// An entry as it stood at a commit, cut down; `None` if the reader may not see it.
    fn state(&mut self, commit: &CommitId, at: Moment, state: &State) -> Option<Arc<Redacted>> {
        let entry = self.entry(state)?;
        let past = self.past;
        let figures = series_of(&entry).into_iter().filter_map(|path| {
            let is_seen = self.is_seen_file(commit, at, &state.path, &path);
            let blob = is_seen.then(|| past.store.blob_at(commit, &path))??;
            Some((path, blob))
        });
        let key = (state.clone(), figures.collect::<Figures>());
        if *past.reader() != Reader::Me {
            return past.state(commit, &entry, &key.1, &|id| self.may_be_named(id, at));
        }
        if let Some(known) = self.states.get(&key) {
            return known.clone();
        }
        let cut = past.state(commit, &entry, &key.1, &|_| true);
        self.states.insert(key, cut.clone());
        cut
    }
}

impl Past<'_> {
    /// What an entry said at a commit which need not have touched it.
    fn in_force(&self, file: &File, commit: &CommitId, at: usize) -> Option<State> {
        let newest = file.revisions.iter().find(|revision| revision.commit >= at)?;
        let blob = self.store.blob_at(commit, &newest.path)?;
        Some(State { path: newest.path.clone(), blob })
    }

    fn state(
        &self,
        commit: &CommitId,
        entry: &Parsed,
        figures: &Figures,
        may_be_named: &dyn Fn(&str) -> bool,
    ) -> Option<Arc<Redacted>> {
        let settings = self.settings_at(commit)?;
        let mut sources = SourceMap::default();
        for (path, blob) in figures {
            if let Some(bytes) = self.store.read(blob) {
                sources.insert(path.clone(), decode::source_file(path, bytes));
            }
        }
        let (portfolio, _) = assemble([&*settings, entry], &sources);
        let portfolio = portfolio?;
        let id = portfolio.headers().next()?.id.clone();
        // Whether the entry itself is seen is told by its text of then, not by what it has become.
        let may_be_named = |other: &str| other != id.as_str() && may_be_named(other);
        redact_version(&portfolio, self.later(), &may_be_named).map(Arc::new)
    }
}

/// What a commit did to an entry.
struct Deed {
    change: Change,
    after: Option<State>,
    before: Vec<Option<State>>,
    is_cut_off: bool,
}

impl Deed {
    fn of(revision: &Revision) -> Self {
        let Revision { change, before, is_cut_off, .. } = revision;
        Self { change: *change, after: after(revision), before: before.clone(), is_cut_off: *is_cut_off }
    }
}

fn after(revision: &Revision) -> Option<State> {
    Some(State { path: revision.path.clone(), blob: revision.blob? })
}

/// Whether the reader sees the very same as in one of the parents.
fn is_unchanged(state: Option<&Redacted>, before: &[Option<Arc<Redacted>>]) -> bool {
    let Some(state) = state else { return false };
    before.iter().flatten().any(|before| before.has_same_entries(state))
}

/// The files in which an entry keeps its figures.
fn series_of(parsed: &Parsed) -> Vec<SourcePath> {
    let Content::Entry(entry) = &parsed.content else { return Vec::new() };
    let file = &entry.header().file;
    let names = entry.series().filter_map(|(_, series)| series.file.as_ref());
    names.filter_map(|name| file.resolve(name)).map(SourcePath::new).collect()
}
