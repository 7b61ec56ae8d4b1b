//! What versions changed, as bytes: all but the values, which stand in the snapshots.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Words, snapshots};
use crate::changes::held::{Told, Values};
use crate::changes::log::Deed;
use crate::changes::{Change, Nature, Path, PathStep};
use crate::history::packed::{Reader, Writer};
use crate::words::{Argument, Phrase};

/// How deep phrases are read: deeper than any that is written.
const DEEPEST: usize = 8;

const NATURES: [Nature; 4] = [Nature::Added, Nature::Removed, Nature::Renamed, Nature::Changed];

pub(super) fn print_deed(out: &mut Writer, deed: &Deed, words: &mut Words) {
    let Deed { version, changes, name, mark } = deed;
    out.number(*version);
    out.plain(mark);
    out.bytes(name.as_deref().unwrap_or_default().as_bytes());
    out.number(changes.len());
    changes.iter().for_each(|change| print_change(out, change, words));
}

/// Reads what [`print_deed`] wrote. `told` knows the values, by the version.
pub(super) fn deed(
    from: &mut Reader,
    words: &[&'static str],
    told: impl Fn(usize) -> Option<Arc<Told>>,
) -> Option<Deed> {
    let version = from.number()?;
    let mark = from.array()?;
    let told = told(version)?;
    let name = Some(from.text()?).filter(|name| !name.is_empty()).map(str::to_owned);
    let count = from.number()?;
    let changes =
        (0..count).map(|at| change(from, words, Values::later(&told, at))).collect::<Option<_>>()?;
    Some(Deed { version, changes, name, mark })
}

fn print_change(out: &mut Writer, change: &Change, words: &mut Words) {
    let Change { entry, kind, title, path, nature, values: _, meaning } = change;
    snapshots::print_entry(out, entry.as_ref(), *kind, title);
    out.number(path.steps().len());
    for step in path.steps() {
        match step {
            PathStep::Field(Cow::Borrowed(name)) => out.number(words.place(name) + 2),
            PathStep::Field(Cow::Owned(name)) => {
                out.number(1);
                out.bytes(name.as_bytes());
            }
            PathStep::Item(key) => {
                out.number(0);
                out.bytes(key.as_bytes());
            }
        }
    }
    out.byte(NATURES.iter().position(|it| it == nature).unwrap_or_default() as u8);
    print_phrase(out, meaning, words);
}

fn change(from: &mut Reader, words: &[&'static str], values: Values) -> Option<Change> {
    let (entry, kind, title) = snapshots::entry(from)?;
    let mut path = Path::default();
    for _ in 0..from.number()? {
        path = path.then(match from.number()? {
            0 => PathStep::Item(from.text()?.to_owned()),
            1 => PathStep::Field(Cow::Owned(from.text()?.to_owned())),
            place => PathStep::Field(Cow::Borrowed(*words.get(place - 2)?)),
        });
    }
    let nature = *NATURES.get(usize::from(from.byte()?))?;
    Some(Change { entry, kind, title, path, nature, values, meaning: phrase(from, words, 0)? })
}

fn print_phrase(out: &mut Writer, phrase: &Phrase, words: &mut Words) {
    out.number(words.place(phrase.key()));
    out.number(phrase.arguments().len());
    for (name, argument) in phrase.arguments() {
        out.number(words.place(name));
        print_argument(out, argument, words);
    }
}

fn phrase(from: &mut Reader, words: &[&'static str], depth: usize) -> Option<Phrase> {
    if depth > DEEPEST {
        return None;
    }
    let key = *words.get(from.number()?)?;
    let arguments = from.list(|from| Some((*words.get(from.number()?)?, argument(from, words, depth)?)))?;
    Some(Phrase::new(key, arguments))
}

fn print_argument(out: &mut Writer, argument: &Argument, words: &mut Words) {
    let mut text = |mark: u8, text: &str| {
        out.byte(mark);
        out.bytes(text.as_bytes());
    };
    match argument {
        Argument::Text(written) => text(0, written),
        Argument::Figure(figure) => text(1, figure),
        Argument::Name(name) => text(7, name),
        Argument::Count(count) => {
            out.byte(2);
            out.plain(&count.to_le_bytes());
        }
        Argument::Date(date) => {
            out.byte(3);
            out.date(*date);
        }
        Argument::Word(group, word) => {
            out.byte(4);
            out.number(words.place(group));
            out.bytes(word.as_bytes());
        }
        Argument::Phrase(phrase) => {
            out.byte(5);
            print_phrase(out, phrase, words);
        }
        Argument::List(phrases) => {
            out.byte(6);
            out.number(phrases.len());
            phrases.iter().for_each(|phrase| print_phrase(out, phrase, words));
        }
    }
}

fn argument(from: &mut Reader, words: &[&'static str], depth: usize) -> Option<Argument> {
    Some(match from.byte()? {
        0 => Argument::Text(from.text()?.to_owned()),
        1 => Argument::Figure(from.text()?.to_owned()),
        2 => Argument::Count(u64::from_le_bytes(from.array()?)),
        3 => Argument::Date(from.date()?),
        4 => Argument::Word(words.get(from.number()?)?, from.text()?.to_owned()),
        5 => Argument::Phrase(phrase(from, words, depth + 1)?),
        6 => Argument::List(from.list(|from| phrase(from, words, depth + 1))?),
        7 => Argument::Name(from.text()?.to_owned()),
        _ => return None,
    })
}
