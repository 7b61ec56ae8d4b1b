//! Snapshots as bytes.

use std::borrow::Cow;

use super::Words;
use crate::changes::Snapshot;
use crate::history::packed::{Reader, Writer};
use crate::model::Kind;
use crate::model::tree::{Leaf, Record, Tree};
use crate::text::{Duration, Id, Number, Scalar};

pub(super) fn print_snapshot(out: &mut Writer, snapshot: &Snapshot, words: &mut Words) {
    let Snapshot { id, kind, title, aliases, fields } = snapshot;
    print_entry(out, id.as_ref(), *kind, title);
    out.number(aliases.len());
    aliases.iter().for_each(|alias| out.bytes(alias.as_str().as_bytes()));
    print_record(out, fields, words);
}

pub(super) fn snapshot(from: &mut Reader, words: &[&'static str]) -> Option<Snapshot> {
    let (id, kind, title) = entry(from)?;
    let aliases = from.list(|from| Id::parse(from.text()?).ok())?;
    Some(Snapshot { id, kind, title, aliases, fields: record(from, words, 0)? })
}

/// Writes which entry something is about: its id and kind, none of the portfolio itself, and its title.
pub(super) fn print_entry(out: &mut Writer, id: Option<&Id>, kind: Option<Kind>, title: &str) {
    out.bytes(id.map_or("", Id::as_str).as_bytes());
    out.bytes(kind.map_or("", Kind::word).as_bytes());
    out.bytes(title.as_bytes());
}

/// Reads what [`print_entry`] wrote.
pub(super) fn entry(from: &mut Reader) -> Option<(Option<Id>, Option<Kind>, String)> {
    let id = match from.text()? {
        "" => None,
        id => Some(Id::parse(id).ok()?),
    };
    let kind = match from.text()? {
        "" => None,
        word => Some(Kind::parse(word).ok()?),
    };
    Some((id, kind, from.text()?.to_owned()))
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
