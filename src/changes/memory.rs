//! The versions of entries as bytes, so that the next build reads only what is new.
//!
//! Every entry is found by a name that covers what its versions rest on: its revisions, the reader, and for others than
//! the writer the rules of today. Beside it stands which other entries they were allowed to name, which is asked
//! again. What rests on anything else is not found, so it cannot be believed by mistake, nor by another reader. The
//! bytes belong beside the output, in the folder that is the writer's own and never published.

mod deeds;
mod snapshots;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use super::Snapshot;
use super::held::{Held, Told};
use super::log::Deed;
use crate::history::CommitId;
use crate::history::packed::{self, Reader, Writer};
use crate::past::{Answers, Named, Openings};
use crate::source::SourcePath;

/// What the bytes begin with. To be changed with the form, or with what is told.
const HEAD: &str = concat!("bailiwick changes 3 of ", env!("BAILIWICK_CODE"), "\n");

/// Versions of entries by what they rest on. Those that were read from bytes stay bytes until they are asked for.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    told: HashMap<[u8; 32], Arc<Remembered>>,
    read: Read,
    openings: Arc<Openings>,
}

/// What was read from bytes: a stock, and beside it what came later, so that a commit costs what it touched.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    stock: Option<Arc<Pages>>,
    later: Option<Arc<Pages>>,
}

/// What came later is written into the stock once it is longer than this, in bytes, and than such a part of the stock.
const LATER_AT_MOST: usize = 64 * 1024;
const LATER_PART: usize = 4;

/// What is to be written down.
#[derive(Debug, PartialEq, Eq)]
pub enum News {
    /// Everything anew: the stock, beside which there is nothing.
    Stock(Vec<u8>),
    /// What is not in the stock.
    Later(Vec<u8>),
}

/// What was read from bytes.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) bytes: Vec<u8>,
    /// Where the versions of an entry stand, by what they rest on.
    places: HashMap<[u8; 32], Range<usize>>,
    words: Vec<&'static str>,
}

/// The versions of one entry.
#[derive(Debug, PartialEq)]
pub(super) struct Remembered {
    /// Oldest first.
    pub(super) versions: Vec<Kept>,
    /// Those that changed something, newest first.
    pub(super) deeds: Vec<Deed>,
    /// Whether its history begins later than with the oldest version.
    pub(super) begins_later: bool,
    /// The files with its figures.
    pub(super) series: BTreeSet<SourcePath>,
    /// What their revisions were.
    pub(super) series_name: [u8; 32],
    /// Which other entries they were allowed to name.
    pub(super) named: Named,
    /// Whether the same stands in the stock, where it was read.
    pub(super) is_in_stock: bool,
}

/// One version, as far as it stays the same whatever is committed later.
#[derive(Debug, PartialEq)]
pub(super) struct Kept {
    pub(super) commit: CommitId,
    pub(super) is_cut_off: bool,
    pub(super) before: Vec<Option<Held>>,
    pub(super) after: Option<Held>,
}

impl Memory {
    pub(super) fn new(told: HashMap<[u8; 32], Arc<Remembered>>, read: Read, openings: Arc<Openings>) -> Self {
        Self { told, read, openings }
    }

    /// What was read from bytes.
    pub(super) fn read(&self) -> &Read {
        &self.read
    }

    /// Since when entries have been open.
    pub(super) fn openings(&self) -> &Openings {
        &self.openings
    }

    /// The versions that rest on what has that name.
    pub(super) fn get(&self, name: &[u8; 32]) -> Option<Arc<Remembered>> {
        if let Some(told) = self.told.get(name) {
            return Some(Arc::clone(told));
        }
        let Read { stock, later } = &self.read;
        // What came later was told anew: under the same name the stock holds what no longer held.
        let read = |pages: &Option<Arc<Pages>>| {
            let pages = pages.as_ref()?;
            remembered(pages, pages.places.get(name)?)
        };
        let found = read(later).or_else(|| Some(Remembered { is_in_stock: true, ..read(stock)? }));
        found.map(Arc::new)
    }

    /// Writes down what was told, as far as it is not in the stock.
    pub fn news(&self) -> News {
        let Some(stock) = &self.read.stock else { return News::Stock(self.print()) };
        let names = self.told.iter().filter(|(_, told)| !told.is_in_stock).map(|(name, _)| name).collect();
        let later = self.printed(names, self.read.later.as_deref());
        if later.len() > LATER_AT_MOST.max(stock.bytes.len() / LATER_PART) {
            return News::Stock(self.print());
        }
        News::Later(later)
    }

    /// Writes down all that was told.
    pub fn print(&self) -> Vec<u8> {
        self.printed(self.told.keys().collect(), self.read.stock.as_deref())
    }

    /// Writes down what was told under these names.
    fn printed(&self, mut names: Vec<&[u8; 32]>, read: Option<&Pages>) -> Vec<u8> {
        names.sort();
        // What was read stays as it is, and so do the words that it means.
        let mut words = Words::of(read);
        let parts: Vec<Vec<u8>> =
            names.iter().map(|name| part(&self.told[*name], read, &mut words)).collect();
        let mut out = Writer::new(HEAD);
        out.number(words.all.len());
        for word in &words.all {
            out.bytes(word.as_bytes());
        }
        out.number(self.openings.known().len());
        for (name, since) in self.openings.known() {
            out.plain(name);
            out.truth(since.is_some());
            since.iter().for_each(|commit| out.plain(&commit.0));
        }
        out.number(names.len());
        for (name, part) in names.iter().zip(&parts) {
            out.plain(*name);
            out.number(part.len());
        }
        parts.iter().for_each(|part| out.plain(part));
        out.sealed()
    }

    /// Reads what [`Memory::print`] wrote; `None` if a byte differs, or if it is of another version.
    pub fn parse(bytes: Vec<u8>) -> Option<Self> {
        let mut from = packed::opened(&bytes, HEAD)?;
        let words: Vec<&'static str> = from.list(|from| from.text().map(lasting))?;
        let openings: Openings = from.list(|from| {
            let name = from.array()?;
            Some((name, if from.truth()? { Some(CommitId(from.array()?)) } else { None }))
        })?;
        let lengths: Vec<([u8; 32], usize)> = from.list(|from| Some((from.array()?, from.number()?)))?;
        let mut places = HashMap::with_capacity(lengths.len());
        let mut at = packed::place(&bytes, &from)?;
        let end = at + from.left();
        for (name, length) in lengths {
            let next = at.checked_add(length).filter(|next| *next <= end)?;
            places.insert(name, at..next);
            at = next;
        }
        let read = Read { stock: Some(Arc::new(Pages { bytes, places, words })), later: None };
        (at == end).then(|| Self { told: HashMap::new(), read, openings: Arc::new(openings) })
    }

    /// The same with what was written down later, if that can be read.
    #[must_use]
    pub fn and_later(self, bytes: Vec<u8>) -> Self {
        match Self::parse(bytes) {
            Some(Self { read, openings, .. }) => {
                Self { read: Read { later: read.stock, ..self.read }, openings, ..self }
            }
            None => self,
        }
    }
}

/// Words of the program itself, each written once.
#[derive(Default)]
struct Words {
    all: Vec<&'static str>,
    places: HashMap<&'static str, usize>,
}

impl Words {
    /// Those that others were written with, in the same places.
    fn of(pages: Option<&Pages>) -> Self {
        let mut words = Self::default();
        for word in pages.into_iter().flat_map(|pages| &pages.words) {
            words.place(word);
        }
        words
    }

    fn place(&mut self, word: &'static str) -> usize {
        *self.places.entry(word).or_insert_with(|| {
            self.all.push(word);
            self.all.len() - 1
        })
    }
}

/// A word of the program that was read back. Names of fields and words of the file format are some hundreds, so what
/// is never given back does not grow.
fn lasting(word: &str) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().expect("nothing panics while it is held");
    if let Some(known) = known.get(word) {
        return known;
    }
    let word: &'static str = Box::leak(word.to_owned().into_boxed_str());
    known.insert(word);
    word
}

fn part(remembered: &Remembered, read: Option<&Pages>, words: &mut Words) -> Vec<u8> {
    let mut out = Writer::part();
    let Remembered { versions, deeds, begins_later, series, series_name, named, is_in_stock: _ } = remembered;
    out.number(series.len());
    for path in series {
        out.bytes(path.as_bytes());
    }
    out.plain(series_name);
    print_named(&mut out, named);
    // What a version was before is mostly what the one before it was.
    let mut snapshots: Vec<&Held> = Vec::new();
    let mut places: HashMap<*const (), usize> = HashMap::new();
    for held in versions.iter().flat_map(|kept| kept.before.iter().chain([&kept.after])).flatten() {
        places.entry(held.address()).or_insert_with(|| {
            snapshots.push(held);
            snapshots.len() - 1
        });
    }
    out.number(snapshots.len());
    for held in &snapshots {
        match read.and_then(|read| held.bytes_in(read)) {
            Some(bytes) => out.bytes(bytes),
            None => {
                let mut own = Writer::part();
                held.get().into_iter().for_each(|it| snapshots::print_snapshot(&mut own, it, words));
                out.bytes(&own.into_part());
            }
        }
    }
    let place = |out: &mut Writer, held: &Option<Held>| {
        out.number(held.as_ref().map_or(0, |held| places[&held.address()] + 1));
    };
    out.number(versions.len());
    for Kept { commit, is_cut_off, before, after } in versions {
        out.plain(&commit.0);
        out.truth(*is_cut_off);
        out.number(before.len());
        before.iter().for_each(|held| place(&mut out, held));
        place(&mut out, after);
    }
    out.truth(*begins_later);
    out.number(deeds.len());
    deeds.iter().for_each(|deed| deeds::print_deed(&mut out, deed, words));
    out.into_part()
}

fn remembered(pages: &Arc<Pages>, part: &Range<usize>) -> Option<Remembered> {
    let mut reader = Reader::of(pages.bytes.get(part.clone())?);
    let from = &mut reader;
    let series = from.list(|from| from.text().map(SourcePath::new))?;
    let series_name = from.array()?;
    let named = from.list(answers)?;
    let snapshots: Vec<Held> = from.list(|from| {
        let length = from.bytes()?.len();
        let end = part.end - from.left();
        Some(Held::unread(pages, end - length..end))
    })?;
    let place = |from: &mut Reader| match from.number()? {
        0 => Some(None),
        place => Some(Some(snapshots.get(place - 1)?.clone())),
    };
    let versions: Vec<Kept> = from.list(|from| {
        let (commit, is_cut_off) = (CommitId(from.array()?), from.truth()?);
        Some(Kept { commit, is_cut_off, before: from.list(place)?, after: place(from)? })
    })?;
    let begins_later = from.truth()?;
    let count = from.number()?;
    let mut deeds = Vec::new();
    for at in 0..count {
        let told = |version: usize| {
            let Kept { before, after, .. } = versions.get(version)?;
            let (before, after) = (before.clone(), after.clone());
            Some(Arc::new(Told { before, after, is_first: at + 1 == count, values: OnceLock::new() }))
        };
        deeds.push(deeds::deed(from, &pages.words, told)?);
    }
    let is_in_stock = false;
    let remembered = Remembered { versions, deeds, begins_later, series, series_name, named, is_in_stock };
    reader.is_at_end().then_some(remembered)
}

/// The snapshot that stands there.
pub(super) fn read_snapshot(pages: &Pages, place: &Range<usize>) -> Option<Snapshot> {
    let mut from = Reader::of(pages.bytes.get(place.clone())?);
    snapshots::snapshot(&mut from, &pages.words).filter(|_| from.is_at_end())
}

fn print_named(out: &mut Writer, named: &Named) {
    out.number(named.answers().len());
    for (id, Answers { yes, no }) in named.answers() {
        out.bytes(id.as_bytes());
        for moment in [yes, no] {
            out.truth(moment.is_some());
            if let Some((commit, is_before)) = moment {
                out.plain(&commit.0);
                out.truth(*is_before);
            }
        }
    }
}

fn answers(from: &mut Reader) -> Option<(String, Answers<(CommitId, bool)>)> {
    let id = from.text()?.to_owned();
    let mut moment = || match from.truth()? {
        true => Some(Some((CommitId(from.array()?), from.truth()?))),
        false => Some(None),
    };
    Some((id, Answers { yes: moment()?, no: moment()? }))
}
