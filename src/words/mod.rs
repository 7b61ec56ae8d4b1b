//! The words of the interface in one language: a catalogue of messages, and the phrases that fill them.
//!
//! Stages that work something out name a message and its arguments ([`Phrase`]); what they say in which
//! language is decided where a page is made. English is part of the program, and stands in for whatever
//! another language lacks.

mod catalogue;
mod format;
mod message;
mod phrase;
mod plural;

pub use catalogue::{RULES, Source};
pub use message::{Message, Piece};
pub(crate) use phrase::phrase;
pub use phrase::{Argument, Phrase};
pub use plural::Category;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use plural::category;

/// The language that the program itself speaks.
pub const ENGLISH: &str = "en";

/// The messages of one language.
#[derive(Clone, Debug)]
pub struct Words {
    language: String,
    messages: BTreeMap<String, Message>,
}

static BUILT_IN: LazyLock<Words> = LazyLock::new(|| {
    let text = include_str!("../../themes/default/words/en.yaml");
    Words { language: ENGLISH.to_owned(), messages: catalogue::built_in(text) }
});

static PLAIN: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::english().clone();
    let iso = Message::parse("{year}-{month_digits}-{day_digits}").expect("the braces are balanced");
    words.messages.insert("format.date".to_owned(), iso);
    for (key, sign) in [("format.group", ""), ("format.minus", "-")] {
        words.messages.insert(key.to_owned(), Message::parse(sign).expect("there are no braces"));
    }
    words
});

impl Words {
    /// English with days and numbers as machines write them: for terminals and for JSON.
    pub fn plain() -> &'static Self {
        &PLAIN
    }

    /// English as the program speaks it.
    pub fn english() -> &'static Self {
        &BUILT_IN
    }

    /// The messages of a language over those in English: what the language lacks is said in English.
    pub fn new(language: &str, messages: BTreeMap<String, Message>) -> Self {
        let mut all = Self::english().messages.clone();
        all.extend(messages);
        Self { language: language.to_owned(), messages: all }
    }

    /// The language, as pages name it: `en`, `zh-Hans`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// All messages, by their keys.
    pub fn messages(&self) -> &BTreeMap<String, Message> {
        &self.messages
    }

    /// The message of a key.
    pub fn message(&self, key: &str) -> Option<&Message> {
        self.messages.get(key)
    }

    /// A message without arguments. The key itself where there is no such message: a test sees to it that every
    /// key in the program has one.
    pub fn text<'w>(&'w self, key: &'w str) -> &'w str {
        self.message(key).and_then(Message::plain).unwrap_or(key)
    }

    /// The word that a language has for a word of the format: `of("status", "on-track")` is `on track`.
    pub fn of<'w>(&'w self, group: &str, word: &'w str) -> &'w str {
        let message = self.messages.get(&format!("{group}.{word}"));
        message.and_then(Message::plain).unwrap_or(word)
    }

    /// Which form of a message goes with a number of things.
    pub fn category(&self, count: u64) -> Category {
        category(&self.language, count)
    }

    /// A phrase, said in this language.
    pub fn say(&self, phrase: &Phrase) -> String {
        let Some(message) = self.message(phrase.key()) else { return phrase.key().to_owned() };
        let count = phrase.count().map_or(Category::Other, |count| self.category(count));
        let mut said = String::new();
        for piece in message.pieces(count) {
            match piece {
                Piece::Text(text) => said += text,
                Piece::Slot(name) => match phrase.argument(name) {
                    Some(argument) => said += &self.argument(argument),
                    None => said += name,
                },
            }
        }
        said
    }

    fn argument(&self, argument: &Argument) -> String {
        match argument {
            Argument::Text(text) | Argument::Name(text) => text.clone(),
            Argument::Count(count) => self.number(&count.to_string()),
            Argument::Figure(digits) => self.number(digits),
            Argument::Date(date) => self.date(*date),
            Argument::Word(group, word) => self.of(group, word).to_owned(),
            Argument::Phrase(phrase) => self.say(phrase),
            Argument::List(phrases) => {
                let said: Vec<String> = phrases.iter().map(|phrase| self.say(phrase)).collect();
                said.join(self.text("list.comma"))
            }
        }
    }
}
