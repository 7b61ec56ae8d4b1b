//! YAML, behind one door: typed for the fast way, as a tree with positions for the slow one.
//!
//! The profile is strict: one document, no anchors, aliases, merges or tags, twelve levels, and nothing
//! that would make reading slower than the text is long.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Error, MergeKeyPolicy, NonFiniteFloatPolicy, Options, Spanned};

fn profile(duplicate_keys: DuplicateKeyPolicy) -> Options {
    serde_yaml::options! {
        strict_booleans: true,
        strict_indentation: true,
        reject_unsupported_tags: true,
        reject_tagged_field_names: true,
        merge_keys: MergeKeyPolicy::Error,
        duplicate_keys: duplicate_keys,
        // As a string, `1e400` would come out as the text `.inf`; passed on as a number, it is refused.
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
        budget: serde_yaml::budget! {
            max_aliases: 0,
            max_anchors: 0,
            max_merge_keys: 0,
            max_documents: 1,
            max_depth: 12,
            max_nodes: 20_000,
            max_total_scalar_bytes: 2 * 1024 * 1024,
            max_inclusion_depth: 0,
        },
    }
}

/// Reads a value, quickly; `None` if anything at all is wrong with it.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    // The library knows the standard tags and would decode `!!binary`; the tree tells tags from words.
    if text.contains("!!") && tree(text).is_err() || end_mark(text).is_some() {
        return None;
    }
    serde_yaml::from_str_with_options(text, profile(DuplicateKeyPolicy::Error)).ok()
}

/// Why a text is not the plain YAML that is read here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// One lowercase phrase.
    pub message: String,
    /// Byte offset into the text.
    pub offset: usize,
    /// What usually mends it.
    pub fix: &'static str,
}

/// A value with its place in the text, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// For a scalar exactly its letters, quotes included; for a collection from its first to its last item.
    pub range: Range<usize>,
}

/// An untyped value. Scalars keep their letters.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// Text, a number, a date, a boolean.
    Scalar {
        /// What it says, quotes taken off.
        text: String,
        /// Whether YAML itself takes it for text.
        is_text: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping; keys may occur twice.
    Map(Vec<(Key, Node)>),
}

/// The key of a mapping with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its letters.
    pub name: String,
    /// Where it stands.
    pub range: Range<usize>,
}

impl Node {
    /// The value of the first key of that name.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(fields) => fields.iter().find(|(k, _)| k.name == key).map(|(_, node)| node),
            _ => None,
        }
    }
}

/// Reads a text as a tree with positions.
///
/// # Errors
/// The first place at which it stops being plain YAML.
pub fn tree(text: &str) -> Result<Node, Fault> {
    if let Some(offset) = end_mark(text) {
        return Err(Fault { message: "`...` is not read here".into(), offset, fix: PLAIN });
    }
    let raw: Spanned<Raw> = serde_yaml::from_str_with_options(text, profile(DuplicateKeyPolicy::PassThrough))
        .map_err(|error| fault(text, &error))?;
    let tree = node(text, raw);
    match first_tag(text, &tree) {
        Some(offset) => Err(Fault { message: "tags are not read here".into(), offset, fix: PLAIN }),
        None => Ok(tree),
    }
}

/// Where a line says that the document ends, behind which anything could stand.
fn end_mark(text: &str) -> Option<usize> {
    let is_mark = |at: usize| text[at + 3..].chars().next().is_none_or(char::is_whitespace);
    let starts = text.starts_with("...").then_some(0);
    let later = text.match_indices("\n...").map(|(at, _)| at + 1);
    starts.into_iter().chain(later).find(|at| is_mark(*at))
}

const PLAIN: &str = "write plain YAML: no `&`, `*`, `<<`, `!` and one document";

/// Where the first tag stands, standard ones included.
fn first_tag(text: &str, node: &Node) -> Option<usize> {
    match &node.value {
        Value::Null | Value::Scalar { .. } => {
            let before = text[..node.range.start].trim_end();
            let word = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
            before[word..].starts_with('!').then_some(word)
        }
        Value::List(items) => items.iter().find_map(|item| first_tag(text, item)),
        Value::Map(fields) => fields.iter().find_map(|(_, value)| first_tag(text, value)),
    }
}

/// What serde hands over; spans are added around it.
enum Raw {
    Null,
    Text(String),
    Other,
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    // What YAML takes for a number or a boolean is read from its letters again.
    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(field) = fields.next_entry()? {
            map.push(field);
        }
        Ok(Raw::Map(map))
    }
}

/// Gives the raw value its byte ranges. Never deeper than the profile's twelve levels.
fn node(text: &str, raw: Spanned<Raw>) -> Node {
    let range = range(text, &raw.referenced);
    match raw.value {
        Raw::Null => Node { value: Value::Null, range },
        Raw::Text(words) => Node { value: Value::Scalar { text: words, is_text: true }, range },
        Raw::Other => {
            let letters = text[range.clone()].trim_end().to_owned();
            Node { value: Value::Scalar { text: letters, is_text: false }, range }
        }
        Raw::List(items) => {
            let items: Vec<Node> = items.into_iter().map(|item| node(text, item)).collect();
            let range = items.first().map_or(range.start, |n| n.range.start.min(range.start))
                ..items.last().map_or(range.end, |n| n.range.end);
            Node { value: Value::List(items), range }
        }
        Raw::Map(fields) => {
            let fields: Vec<(Key, Node)> = fields
                .into_iter()
                .map(|(key, value)| {
                    let key = Key { range: self::range(text, &key.referenced), name: key.value };
                    (key, node(text, value))
                })
                .collect();
            let start = fields.first().map_or(range.start, |(key, _)| key.range.start);
            let end = fields.last().map_or(range.end, |(_, value)| value.range.end.max(start));
            Node { value: Value::Map(fields), range: start..end }
        }
    }
}

fn range(text: &str, location: &serde_yaml::Location) -> Range<usize> {
    let span = location.span();
    let start = usize::try_from(span.byte_offset().unwrap_or(0)).unwrap_or(0).min(text.len());
    let length = usize::try_from(span.byte_len().unwrap_or(0)).unwrap_or(0);
    let mut end = (start + length).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}

fn fault(text: &str, error: &Error) -> Fault {
    use serde_yaml::budget::BudgetBreach;
    let offset = error.location().map_or(0, |location| offset(text, location.line(), location.column()));
    let at = &text[offset..];
    let line = text[..offset].rsplit('\n').next().unwrap_or("").to_owned() + at.lines().next().unwrap_or("");
    let (message, fix) = match error.without_snippet() {
        Error::Budget { breach, .. } => match breach {
            BudgetBreach::Anchors { .. } | BudgetBreach::Aliases { .. } => {
                let message = "anchors and aliases are not read here".to_owned();
                return Fault { message, offset: sign(text, offset), fix: PLAIN };
            }
            BudgetBreach::Documents { .. } => ("a second YAML document begins here".to_owned(), PLAIN),
            BudgetBreach::Depth { .. } => ("nested more than twelve levels deep".to_owned(), "flatten it"),
            _ => ("larger than any entry needs to be".to_owned(), "split the entry"),
        },
        Error::MultipleDocuments { .. } => ("a second YAML document begins here".to_owned(), PLAIN),
        Error::MergeKeyNotAllowed { .. } => ("merge keys (`<<`) are not read here".to_owned(), PLAIN),
        Error::UnsupportedTag { tag, .. } | Error::TaggedStructFieldName { tag, .. } => {
            (format!("the tag `{tag}` is not read here"), PLAIN)
        }
        other => {
            let phrase = first_phrase(&other.to_string());
            // The library notices an open quote only where the next line cannot be part of it.
            if phrase.contains("multiline quoted scalar")
                && let Some(offset) = open_quote(text, offset)
            {
                let message = "the quote that begins here does not end".to_owned();
                return Fault { message, offset, fix: "close the quotes" };
            }
            let fix = fix_for(&phrase, at, &line);
            (phrase, fix)
        }
    };
    Fault { message, offset, fix }
}

/// Where the `&` or `*` stands, behind which the library noticed it.
fn sign(text: &str, offset: usize) -> usize {
    let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    match text[offset..].starts_with(['&', '*']) {
        true => offset,
        false => text[line..offset].rfind(['&', '*']).map_or(offset, |at| line + at),
    }
}

/// The last quote before a place that stands where a value begins.
fn open_quote(text: &str, offset: usize) -> Option<usize> {
    text[..offset].rmatch_indices(['"', '\'']).map(|(at, _)| at).find(|at| {
        let before = text[..*at].trim_end_matches(' ');
        before.is_empty() || before.ends_with([':', ',', '[', '{', '-', '\n'])
    })
}

/// The library's own words, without the place that it adds.
fn first_phrase(message: &str) -> String {
    let phrase = message.split(" at line ").next().unwrap_or(message).lines().next().unwrap_or(message);
    phrase.trim_end_matches('.').replace('`', "'")
}

/// What most often leads to a fault at such a place.
fn fix_for(phrase: &str, at: &str, line: &str) -> &'static str {
    let value = line.split_once(": ").map_or("", |(_, value)| value.trim());
    if line.contains('\t') {
        "indent with spaces; YAML allows no tabs there"
    } else if phrase.contains("unclosed bracket") {
        "close the bracket, or put the whole value in quotes if it is part of a text"
    } else if phrase.contains("unknown escape") {
        "write `\\\\` for a backslash, or use single quotes"
    } else if phrase.contains("trailing content after") {
        "put the whole value in one pair of quotes, of the kind that does not occur in it"
    } else if value.starts_with(['@', '`', '%', '&', '*', '!', '|', '>', '{', '[', ',', '#', '?', '-']) {
        "put the value in quotes: that first character has a meaning of its own in YAML"
    } else if value.contains(": ") || value.ends_with(':') {
        "put the value in quotes: a colon followed by a space begins a new field"
    } else if line.matches('"').count() % 2 == 1 || line.matches('\'').count() % 2 == 1 {
        "close the quotes, or put the whole value in the other kind of quotes"
    } else if at.starts_with([']', '}']) {
        "indent the closing bracket by at least one space more than the field"
    } else {
        "compare the indentation with the lines above, and put values with `: ` or ` #` in quotes"
    }
}

/// The byte at a line and column, both from 1; columns count characters.
fn offset(text: &str, line: u64, column: u64) -> usize {
    let line = usize::try_from(line).unwrap_or(1).saturating_sub(1);
    let column = usize::try_from(column).unwrap_or(1).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text[start..].split('\n').next().unwrap_or("");
    start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar<'a>(text: &'a str, tree: &Node, key: &str) -> (String, bool, &'a str) {
        let node = tree.get(key).unwrap();
        let Value::Scalar { text: words, is_text } = &node.value else { panic!("{node:?}") };
        (words.clone(), *is_text, &text[node.range.clone()])
    }

    #[test]
    fn scalars_keep_their_letters_and_places() {
        let text = "a: 1.10\nb: \"x y\"\nc: 012\nd: 2026-02-30 # why\ne: yes\nf: true\nü: ö\n";
        let tree = tree(text).unwrap();
        assert_eq!(scalar(text, &tree, "a"), ("1.10".into(), false, "1.10"));
        assert_eq!(scalar(text, &tree, "b"), ("x y".into(), true, "\"x y\""));
        assert_eq!(scalar(text, &tree, "c").0, "012");
        assert_eq!(scalar(text, &tree, "d"), ("2026-02-30".into(), true, "2026-02-30"));
        assert_eq!(scalar(text, &tree, "e"), ("yes".into(), true, "yes"));
        assert_eq!(scalar(text, &tree, "f"), ("true".into(), false, "true"));
        assert_eq!(scalar(text, &tree, "ü"), ("ö".into(), true, "ö"));
    }

    #[test]
    fn only_plain_yaml_is_read() {
        let faults = [
            ("a: &x 1\nb: *x\n", "anchors and aliases are not read here"),
            ("a: 1\n---\nb: 2\n", "a second YAML document begins here"),
            ("<<: {a: 1}\n", "merge keys (`<<`) are not read here"),
            ("a: !foo x\n", "the tag `!foo` is not read here"),
            ("a: !!binary aGVsbG8=\n", "tags are not read here"),
            ("a: b: c\n", "mapping values are not allowed in this context"),
            ("a: @x\n", "unexpected character: '@'"),
            ("a: \"x\nb: 1\n", "the quote that begins here does not end"),
        ];
        for (text, message) in faults {
            assert_eq!(tree(text).unwrap_err().message, message, "{text}");
            assert!(read::<std::collections::BTreeMap<String, String>>(text).is_none(), "{text}");
        }
        assert_eq!(tree("a: &x 1\n").unwrap_err().offset, 3);
        assert_eq!(tree("b: c\na: 'x\nd: 1\n").unwrap_err().offset, 8);
        let deep = "[".repeat(100_000);
        assert!(tree(&deep).is_err());
    }

    #[test]
    fn keys_may_come_twice_in_the_tree_but_not_in_a_value() {
        let text = "a: 1\nb: 2\na: 3\n";
        let Value::Map(fields) = tree(text).unwrap().value else { panic!() };
        assert_eq!(
            fields.iter().map(|(key, _)| (key.name.as_str(), key.range.start)).collect::<Vec<_>>(),
            [("a", 0), ("b", 5), ("a", 10)]
        );
        assert!(read::<std::collections::BTreeMap<String, u32>>(text).is_none());
    }
}
