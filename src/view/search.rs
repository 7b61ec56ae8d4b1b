//! What the search of the site knows: a line for every page, made from what the reader may see.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::RangeInclusive;

use foldhash::fast::RandomState;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value};

use super::site::Site;
use super::vocabulary::{self, Packed};
use crate::model::{Header, Kind};
use crate::text::{Date, push_blank, push_plain, push_words};

/// How many letters of text the lines of all entries hold together, about: with two thousand entries the index
/// stays below a megabyte, compressed, and knows every word of each that is not very long.
const SHOWN_IN_ALL: usize = 640_000;

/// How many letters the words that follow hold in all entries together, before they are told as numbers.
const FOUND_IN_ALL: usize = 4_000_000;

/// What these words may weigh in up to two thousand entries when all is compressed, and for each further one, about:
/// where every entry has words of its own, fewer of them are found.
const FOUND_BYTES: usize = 520_000;
const FOUND_BYTES_EACH: usize = FOUND_BYTES / 2_000;

/// How many letters of one entry are shown at least and at most, and how many its other words hold.
const SHOWN: RangeInclusive<usize> = 160..=6_000;
const FOUND: RangeInclusive<usize> = 400..=12_000;

/// How many letters are read for each letter of the words that follow: most words of a text come again.
const READ: usize = 5;

/// Fields of an entry that its line tells elsewhere.
const ELSEWHERE: [&str; 6] = ["title", "summary", "tags", "body", "readers", "aliases"];

/// Fields that are no text wherever they stand: they are worked out, or point somewhere.
const NO_TEXT: [&str; 5] = ["computed", "id", "url", "link", "file"];

/// Every entry, as the search knows it.
#[derive(Debug, Serialize)]
pub struct SearchLines<'a> {
    /// The words that `more` of an entry counts, separated by blanks.
    pub vocabulary: String,
    /// By kind, and the latest first.
    pub entries: Vec<SearchLine<'a>>,
}

/// An entry, as the search knows it.
#[derive(Debug, Serialize)]
pub struct SearchLine<'a> {
    /// Its kind.
    pub kind: Kind,
    /// What it is called.
    pub title: &'a str,
    /// The file behind its address, seen from the root of the site.
    pub href: String,
    /// The day it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// That day as the language writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// Its tags, separated by blanks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tags: String,
    /// How its text begins: summary, fields, Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The words of what follows, each once and none that `text` holds: they are found and not shown. Numbers of
    /// the vocabulary, as [`vocabulary::packed`] writes them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub more: String,
}

impl<'a> Site<'a> {
    /// A line for every entry.
    pub fn search_lines(&self) -> SearchLines<'a> {
        let headers: Vec<&'a Header> = Kind::ALL.iter().flat_map(|kind| self.list(*kind)).copied().collect();
        let share = |of: usize, within: RangeInclusive<usize>| {
            (of / headers.len().max(1)).clamp(*within.start(), *within.end())
        };
        let allowed = FOUND_BYTES.max(FOUND_BYTES_EACH * headers.len());
        let (shown, mut found) = (share(SHOWN_IN_ALL, SHOWN), share(FOUND_IN_ALL, FOUND));
        let (mut entries, mut more): (Vec<SearchLine>, Vec<String>) =
            headers.into_par_iter().map(|header| self.search_line(header, shown, found)).unzip();
        let mut packed = vocabulary::packed(&more);
        while packed.weight() > allowed {
            found /= 2;
            more.iter_mut().for_each(|words| words.truncate(end_of_word(words, found)));
            packed = vocabulary::packed(&more);
        }
        let Packed { vocabulary, lists } = packed;
        for (entry, more) in entries.iter_mut().zip(lists) {
            entry.more = more;
        }
        SearchLines { vocabulary, entries }
    }

    /// The line of an entry, and the words that it does not tell yet.
    fn search_line(&self, header: &'a Header, shown: usize, found: usize) -> (SearchLine<'a>, String) {
        let card = self.card(header);
        let mut text = self.text(header, shown + found * READ);
        let begin = end_of_word(&text, shown);
        let more = other_words(&text, begin, found);
        text.truncate(begin);
        let tags: Vec<&str> = card.tags.iter().map(crate::text::Tag::as_str).collect();
        let tags = tags.join(" ");
        let day = card.date.map(|date| self.words().date(date));
        let (kind, title, href, date) = (card.kind, card.title, card.href, card.date);
        (SearchLine { kind, title, href, date, day, tags, text, more: String::new() }, more)
    }

    /// What an entry says, as one line: its summary, its fields in the order of their names, its Markdown. Of what
    /// is longer than so many letters, only the beginning.
    fn text(&self, header: &Header, letters: usize) -> String {
        let mut text = String::with_capacity(header.body.text.len().min(letters) + 512);
        push_words(header.common.summary.as_deref().unwrap_or_default(), &mut text);
        push_blank(&mut text);
        if let Ok(Value::Object(fields)) = serde_json::to_value(self.entry_view(header)) {
            push_fields(fields.iter().filter(|(name, _)| !ELSEWHERE.contains(&name.as_str())), &mut text);
        }
        let title = |target: &str| {
            let id = target.split('#').next().unwrap_or_default();
            self.portfolio().header(id).map(|header| header.title().to_owned())
        };
        if !text.is_empty() && !header.body.text.is_empty() {
            text.push_str("· ");
        }
        push_plain(&header.body, &title, letters, &mut text);
        text.truncate(text.trim_end_matches(['·', ' ']).len());
        text
    }
}

fn push_fields<'f>(fields: impl Iterator<Item = (&'f String, &'f Value)>, out: &mut String) {
    for (_, value) in fields.filter(|(name, _)| !NO_TEXT.contains(&name.as_str())) {
        push_texts(value, out);
    }
}

fn push_texts(value: &Value, out: &mut String) {
    match value {
        Value::String(text) if is_text(text) => {
            if !out.is_empty() {
                out.push_str("· ");
            }
            push_words(text, out);
            push_blank(out);
        }
        Value::Array(items) => items.iter().for_each(|item| push_texts(item, out)),
        Value::Object(fields) => push_object(fields, out),
        _ => {}
    }
}

fn push_object(fields: &Map<String, Value>, out: &mut String) {
    push_fields(fields.iter(), out);
}

/// Whether a string says something rather than stands for something: an id, a date, a word of the format.
fn is_text(text: &str) -> bool {
    !text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'/' | b'.' | b':'))
}

/// Where to end a text after about so many letters, in bytes: at the end of a word, or of a letter where words
/// are not separated.
fn end_of_word(text: &str, letters: usize) -> usize {
    let Some((end, _)) = text.char_indices().nth(letters) else { return text.len() };
    let blank = text[..end].rfind(' ').filter(|blank| end - blank < 40);
    blank.unwrap_or(end)
}

/// The words of a text from a place on, each once and none that stands before that place.
fn other_words(text: &str, from: usize, letters: usize) -> String {
    let mut out = String::new();
    if from == text.len() {
        return out;
    }
    let mut known: HashSet<Cow<str>, RandomState> = words(&text[..from]).map(lower_case).collect();
    for word in words(&text[from..]).map(lower_case) {
        if known.contains(&word) {
            continue;
        }
        push_blank(&mut out);
        out.push_str(&word);
        if out.len() > letters {
            break;
        }
        known.insert(word);
    }
    out
}

fn lower_case(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) { word.into() } else { word.to_lowercase().into() }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_what_stands_for_something() {
        for text in ["Sending the report", "毎週の報告", "No", "e.g. two"] {
            assert!(is_text(text), "{text}");
        }
        for word in ["2026-03-02", "two-way-door", "client-reporting/sending", "0.8", ""] {
            assert!(!is_text(word), "{word}");
        }
    }

    #[test]
    fn a_long_text_ends_with_a_word_and_the_rest_is_found_by_its_words() {
        let text = "one two three two four one five";
        let end = end_of_word(text, 10);
        assert_eq!(&text[..end], "one two");
        assert_eq!(other_words(text, end, 100), "three four five");
        assert_eq!(other_words(text, end, 8), "three four");
        assert_eq!(end_of_word(text, 100), text.len());
        assert_eq!(other_words(text, text.len(), 100), "");
    }

    #[test]
    fn a_text_without_blanks_ends_with_a_letter() {
        let text = "報告".repeat(50);
        assert_eq!(end_of_word(&text, 10), 30);
    }
}
