//! Reads the files of words, and holds each against the English one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Category, Message, Words};
use crate::report::{Place, Report, Rule, Severity};
use crate::source::SourcePath;
use crate::source::yaml::{Fault, Node, Value, tree};
use crate::text::nearest;

/// How many missing messages a finding names.
const NAMED: usize = 5;

/// A file of words, ready to be read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Where it is in the theme.
    pub file: &'a SourcePath,
    /// Its text.
    pub text: &'a str,
    /// The keys that the theme adds for its own templates.
    pub own: &'a BTreeSet<String>,
}

/// The messages that say how a day is written, and the parts that it has.
const DATES: [&str; 5] =
    ["format.date", "format.date_short", "format.month", "format.day_short", "format.month_short"];
const DATE_PARTS: [&str; 6] = ["day", "day_digits", "month", "month_digits", "month_number", "year"];

static BAD: Rule = Rule {
    code: "bad-words",
    severity: Severity::Error,
    finds: "a file of words that is no list of messages, or a message that cannot be read",
    why: "pages would speak English in the middle of another language, or not at all",
    instead: "write one message a line, `key: text`, with `{name}` where an argument goes; or `key: {one: …, other: …}`",
};

static UNKNOWN: Rule = Rule {
    code: "unknown-words",
    severity: Severity::Warning,
    finds: "a message in a theme that no page uses",
    why: "a misspelt key changes nothing, and the page goes on as before",
    instead: "use a key of `themes/default/words/en.yaml`, or add your own to the theme's `words/en.yaml`",
};

static SLOT: Rule = Rule {
    code: "unknown-argument",
    severity: Severity::Error,
    finds: "a message that asks for an argument which it is not given",
    why: "the page would show the name of the argument in its place",
    instead: "use the arguments of the English message; they may stand in any order",
};

static MISSING: Rule = Rule {
    code: "missing-words",
    severity: Severity::Note,
    finds: "a language that lacks some of the messages",
    why: "what is missing is said in English",
    instead: "add the messages; `themes/default/words/en.yaml` has them all",
};

/// The rules for files of words.
pub static RULES: [&Rule; 4] = [&BAD, &UNKNOWN, &SLOT, &MISSING];

impl Source<'_> {
    /// The messages of the file; what is wrong with any goes into the report.
    pub fn read(&self, report: &mut Report) -> BTreeMap<String, Message> {
        let mut messages = BTreeMap::new();
        let fields = match tree(self.text) {
            Ok(Node { value: Value::Map(fields), .. }) => fields,
            Ok(Node { value: Value::Null, .. }) => return messages,
            Ok(Node { range, .. }) => {
                report.add(
                    &BAD,
                    Place::bytes(self.file, range, ""),
                    "a file of words is a list of `key: text`",
                );
                return messages;
            }
            Err(Fault { message, offset, fix }) => {
                let place = Place::bytes(self.file, offset..offset, "");
                report.add(&BAD, place, message).fix(fix.to_owned());
                return messages;
            }
        };
        for (key, node) in fields {
            match message(&node) {
                Ok(message) => {
                    self.hold(&key.name, &key.range, &message, report);
                    messages.insert(key.name, message);
                }
                Err(why) => {
                    report.add(&BAD, Place::bytes(self.file, node.range, &*key.name), why);
                }
            }
        }
        messages
    }

    /// Holds a message against the English one.
    fn hold(&self, key: &str, range: &std::ops::Range<usize>, message: &Message, report: &mut Report) {
        let place = || Place::bytes(self.file, range.clone(), key);
        let Some(english) = Words::english().message(key) else {
            if !self.own.contains(key) {
                let known = Words::english().messages().keys().map(String::as_str);
                let found = report.add(&UNKNOWN, place(), format!("no page says `{key}`"));
                found.did_you_mean(nearest(key, known));
            }
            return;
        };
        let known = if DATES.contains(&key) { DATE_PARTS.to_vec() } else { english.slots() };
        for slot in message.slots().into_iter().filter(|slot| !known.contains(slot)) {
            let found = report.add(&SLOT, place(), format!("`{key}` is not given `{{{slot}}}`"));
            match known.as_slice() {
                [] => found.fix("it takes no arguments".to_owned()),
                known => {
                    let list: Vec<String> = known.iter().map(|slot| format!("`{{{slot}}}`")).collect();
                    found.fix(format!("it is given {}", list.join(", ")))
                }
            };
        }
    }

    /// Notes what the language lacks, over all the files that it has.
    pub fn note_missing(&self, language: &str, messages: &BTreeMap<String, Message>, report: &mut Report) {
        let all = Words::english().messages();
        let missing: Vec<&str> =
            all.keys().filter(|key| !messages.contains_key(*key)).map(String::as_str).collect();
        if missing.is_empty() {
            return;
        }
        let first: Vec<String> = missing.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
        let more = if missing.len() > NAMED { ", …" } else { "" };
        let message = format!("`{language}` lacks {} of {} messages", missing.len(), all.len());
        report.add(&MISSING, Place::file(self.file), message).fix(format!("add {}{more}", first.join(", ")));
    }
}

/// The messages that are part of the program.
pub(super) fn built_in(text: &str) -> BTreeMap<String, Message> {
    let tree = tree(text).expect("the words in the program are YAML: tests read them");
    let Value::Map(fields) = tree.value else { return BTreeMap::new() };
    let read = |node: &Node| message(node).expect("the words in the program are sound: tests read them");
    fields.iter().map(|(key, node)| (key.name.clone(), read(node))).collect()
}

fn message(node: &Node) -> Result<Message, String> {
    match &node.value {
        Value::Scalar { text, .. } => Message::parse(text),
        Value::Map(fields) => {
            let forms: Result<Vec<(Category, &str)>, String> = fields
                .iter()
                .map(|(form, node)| match (Category::parse(&form.name), &node.value) {
                    (Some(category), Value::Scalar { text, .. }) => Ok((category, text.as_str())),
                    (Some(_), _) => Err(format!("the form `{}` is no text", form.name)),
                    (None, _) => {
                        let known = Category::ALL.map(Category::word);
                        Err(format!("`{}` is no form: use {}", form.name, crate::text::one_of(known)))
                    }
                })
                .collect();
            Message::parse_forms(forms?)
        }
        Value::Null | Value::List(_) => Err("a message is text, or a mapping of its forms".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_a_file_of_words_are_found_together() {
        let file = SourcePath::new("words/de.yaml");
        let text = "nav.home: Anfang\nnav.hom: Anfang\nown: Eigenes\ncount.entries: {one: '{count} Eintrag', other: '{n}'}\n\
                    nav.main: [a]\nnav.before: '{'\nnav.after: {some: x, other: y}\nnav.crumbs: {one: x}\n";
        let own = BTreeSet::from(["own".to_owned()]);
        let mut report = Report::default();
        let messages = Source { file: &file, text, own: &own }.read(&mut report);
        assert_eq!(messages.len(), 4);
        let found: Vec<(&str, &str)> =
            report.diagnostics().iter().map(|found| (found.rule.code, found.message.as_str())).collect();
        let expected = [
            ("unknown-words", "no page says `nav.hom`"),
            ("unknown-argument", "`count.entries` is not given `{n}`"),
            ("bad-words", "a message is text, or a mapping of its forms"),
            ("bad-words", "a `{` has no `}` after it"),
            ("bad-words", "`some` is no form: use `zero`, `one`, `two`, `few`, `many` or `other`"),
            ("bad-words", "the form `other` is missing"),
        ];
        assert_eq!(found, expected);
    }
}
