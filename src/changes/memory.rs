//! The versions of entries as bytes, so that the next build reads only what is new.
//!
//! Every entry is found by a name that covers what its versions rest on: its revisions, the reader, and for others than
//! the writer the rules of today. Beside it stands which other entries they were allowed to name, which is asked
//! again. What rests on anything else is not found, so it cannot be believed by mistake, nor by another reader. The
//! bytes belong beside the output, in the folder that is the writer's own and never published.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex};

use super::Snapshot;
use crate::history::CommitId;
use crate::history::packed::{self, Reader, Writer};
use crate::model::Kind;
use crate::model::tree::{Leaf, Record, Tree};
use crate::past::{Answers, Named, Openings};
use crate::source::SourcePath;
use crate::text::{Duration, Id, Number, Scalar};

/// What the bytes begin with. To be changed with the form, or with what is told.
const HEAD: &str = concat!("bailiwick changes 2 of ", env!("CARGO_PKG_VERSION"), "\n");

/// Versions of entries by what they rest on. Those that were read from bytes stay bytes until they are asked for.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    told: HashMap<[u8; 32], Arc<Remembered>>,
    read: Option<Arc<Pages>>,
    openings: Arc<Openings>,
}

/// What was read from bytes.
#[derive(Debug)]
struct Pages {
    bytes: Vec<u8>,
    /// Where the versions of an entry stand, by what they rest on.
    places: HashMap<[u8; 32], Range<usize>>,
    words: Vec<&'static str>,
}

/// The versions of one entry.
#[derive(Debug, PartialEq)]
pub(super) struct Remembered {
    /// Oldest first.
    pub(super) versions: Vec<Kept>,
    /// The files with its figures.
    pub(super) series: BTreeSet<SourcePath>,
    /// What their revisions were.
    pub(super) series_name: [u8; 32],
    /// Which other entries they were allowed to name.
    pub(super) named: Named,
}

/// One version, as far as it stays the same whatever is committed later.
#[derive(Debug, PartialEq)]
pub(super) struct Kept {
    pub(super) commit: CommitId,
    pub(super) is_cut_off: bool,
    pub(super) before: Vec<Option<Arc<Snapshot>>>,
    pub(super) after: Option<Arc<Snapshot>>,
}

impl Memory {
    pub(super) fn new(told: HashMap<[u8; 32], Arc<Remembered>>, openings: Arc<Openings>) -> Self {
        Self { told, read: None, openings }
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
        let Pages { bytes, places, words } = &**self.read.as_ref()?;
        let mut from = Reader::of(bytes.get(places.get(name)?.clone())?);
        let remembered = remembered(&mut from, words)?;
        from.is_at_end().then(|| Arc::new(remembered))
    }

    /// Writes down what was told.
    pub fn print(&self) -> Vec<u8> {
        let mut names: Vec<&[u8; 32]> = self.told.keys().collect();
        names.sort();
        let mut words = Words::default();
        let parts: Vec<Vec<u8>> = names.iter().map(|name| part(&self.told[*name], &mut words)).collect();
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
        let read = Some(Arc::new(Pages { bytes, places, words }));
        (at == end).then(|| Self { told: HashMap::new(), read, openings: Arc::new(openings) })
    }
}

/// Words of the program itself, each written once.
#[derive(Default)]
struct Words {
    all: Vec<&'static str>,
    places: HashMap<&'static str, usize>,
}

impl Words {
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

fn part(remembered: &Remembered, words: &mut Words) -> Vec<u8> {
    let mut out = Writer::part();
    let Remembered { versions, series, series_name, named } = remembered;
    out.number(series.len());
    for path in series {
        out.bytes(path.as_bytes());
    }
    out.plain(series_name);
    print_named(&mut out, named);
    // What a version was before is mostly what the one before it was.
    let mut snapshots: Vec<&Arc<Snapshot>> = Vec::new();
    let mut places: HashMap<*const Snapshot, usize> = HashMap::new();
    for snapshot in versions.iter().flat_map(|kept| kept.before.iter().chain([&kept.after])).flatten() {
        places.entry(Arc::as_ptr(snapshot)).or_insert_with(|| {
            snapshots.push(snapshot);
            snapshots.len() - 1
        });
    }
    out.number(snapshots.len());
    for snapshot in &snapshots {
        print_snapshot(&mut out, snapshot, words);
    }
    let place = |out: &mut Writer, snapshot: &Option<Arc<Snapshot>>| {
        out.number(snapshot.as_ref().map_or(0, |snapshot| places[&Arc::as_ptr(snapshot)] + 1));
    };
    out.number(versions.len());
    for Kept { commit, is_cut_off, before, after } in versions {
        out.plain(&commit.0);
        out.truth(*is_cut_off);
        out.number(before.len());
        before.iter().for_each(|snapshot| place(&mut out, snapshot));
        place(&mut out, after);
    }
    out.into_part()
}

fn remembered(from: &mut Reader, words: &[&'static str]) -> Option<Remembered> {
    let series = from.list(|from| from.text().map(SourcePath::new))?;
    let series_name = from.array()?;
    let named = from.list(answers)?;
    let snapshots: Vec<Arc<Snapshot>> = from.list(|from| snapshot(from, words).map(Arc::new))?;
    let place = |from: &mut Reader| match from.number()? {
        0 => Some(None),
        place => Some(Some(Arc::clone(snapshots.get(place - 1)?))),
    };
    let versions = from.list(|from| {
        let (commit, is_cut_off) = (CommitId(from.array()?), from.truth()?);
        Some(Kept { commit, is_cut_off, before: from.list(place)?, after: place(from)? })
    })?;
    Some(Remembered { versions, series, series_name, named })
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

fn print_snapshot(out: &mut Writer, snapshot: &Snapshot, words: &mut Words) {
    let Snapshot { id, kind, title, aliases, fields } = snapshot;
    out.bytes(id.as_ref().map_or("", Id::as_str).as_bytes());
    out.bytes(kind.map_or("", Kind::word).as_bytes());
    out.bytes(title.as_bytes());
    out.number(aliases.len());
    aliases.iter().for_each(|alias| out.bytes(alias.as_str().as_bytes()));
    print_record(out, fields, words);
}

fn snapshot(from: &mut Reader, words: &[&'static str]) -> Option<Snapshot> {
    let text = |from: &mut Reader| from.text().map(str::to_owned);
    let optional = |text: &str| if text.is_empty() { Some(None) } else { Id::parse(text).ok().map(Some) };
    let id = optional(from.text()?)?;
    let kind = match from.text()? {
        "" => None,
        word => Some(Kind::parse(word).ok()?),
    };
    let title = text(from)?;
    let aliases = from.list(|from| Id::parse(from.text()?).ok())?;
    Some(Snapshot { id, kind, title, aliases, fields: record(from, words, 0)? })
}

fn print_record(out: &mut Writer, record: &Record, words: &mut Words) {
    out.number(words.place(record.of));
    out.number(record.fields.len());
    for (name, value) in &record.fields {
        match name {
            Cow::Borrowed(name) => out.number(words.place(name) + 1),
            Cow::Owned(name) => {
                out.number(0);
                out.bytes(name.as_bytes());
            }
        }
        print_tree(out, value, words);
    }
}

/// How deep trees are read: deeper than any that is written.
const DEEPEST: usize = 32;

fn record(from: &mut Reader, words: &[&'static str], depth: usize) -> Option<Record> {
    let of = *words.get(from.number()?)?;
    let fields = from.list(|from| {
        let name = match from.number()? {
            0 => Cow::Owned(from.text()?.to_owned()),
            place => Cow::Borrowed(*words.get(place - 1)?),
        };
        Some((name, tree(from, words, depth + 1)?))
    })?;
    Some(Record { of, fields })
}

fn print_tree(out: &mut Writer, tree: &Tree, words: &mut Words) {
    match tree {
        Tree::Nothing => out.byte(0),
        Tree::List(items) => {
            out.byte(1);
            out.number(items.len());
            items.iter().for_each(|item| print_tree(out, item, words));
        }
        Tree::Record(record) => {
            out.byte(2);
            print_record(out, record, words);
        }
        Tree::Leaf(leaf) => print_leaf(out, leaf, words),
    }
}

fn tree(from: &mut Reader, words: &[&'static str], depth: usize) -> Option<Tree> {
    if depth > DEEPEST {
        return None;
    }
    Some(match from.byte()? {
        0 => Tree::Nothing,
        1 => Tree::List(from.list(|from| tree(from, words, depth + 1))?),
        2 => Tree::Record(record(from, words, depth)?),
        mark => Tree::Leaf(leaf(mark, from, words)?),
    })
}

fn print_leaf(out: &mut Writer, leaf: &Leaf, words: &mut Words) {
    let mut text = |mark: u8, text: &str| {
        out.byte(mark);
        out.bytes(text.as_bytes());
    };
    match leaf {
        Leaf::Text(written) => text(3, written),
        Leaf::Name(name) => text(4, name),
        Leaf::Duration(duration) => text(5, &duration.to_string()),
        Leaf::Number(number) => text(6, &number.to_string()),
        Leaf::Word(word) => {
            out.byte(7);
            out.number(words.place(word));
        }
        Leaf::Date(date) => {
            out.byte(8);
            out.date(*date);
        }
        Leaf::Count(count) => {
            out.byte(9);
            out.plain(&count.to_le_bytes());
        }
        Leaf::Flag(flag) => {
            out.byte(10);
            out.truth(*flag);
        }
    }
}

fn leaf(mark: u8, from: &mut Reader, words: &[&'static str]) -> Option<Leaf> {
    Some(match mark {
        3 => Leaf::Text(from.text()?.to_owned()),
        4 => Leaf::Name(from.text()?.to_owned()),
        5 => Leaf::Duration(Duration::parse(from.text()?).ok()?),
        6 => Leaf::Number(Number::parse(from.text()?).ok()?),
        7 => Leaf::Word(words.get(from.number()?)?),
        8 => Leaf::Date(from.date()?),
        9 => Leaf::Count(u32::from_le_bytes(from.array()?)),
        10 => Leaf::Flag(from.truth()?),
        _ => return None,
    })
}
