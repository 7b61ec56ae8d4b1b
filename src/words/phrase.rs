//! What is to be said, before it is said in any language.

use std::fmt;

use super::Words;
use crate::text::{Date, Number};

/// The key of a message with its arguments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrase {
    key: &'static str,
    arguments: Vec<(&'static str, Argument)>,
}

/// What goes into a slot of a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Argument {
    /// Text of the writer, or a name: the same in every language.
    Text(String),
    /// What the file calls something else of the writer's: the id of an entry, say.
    Name(String),
    /// A number of things.
    Count(u64),
    /// A decimal number in digits, with a point: `-1.5`.
    Figure(String),
    /// A day.
    Date(Date),
    /// A word of the file format, with the group of messages that it stands in: `status`, `on-track`.
    Word(&'static str, String),
    /// Another phrase.
    Phrase(Phrase),
    /// Several, one after the other.
    List(Vec<Phrase>),
}

impl Phrase {
    /// A message with its arguments; [`phrase!`] is the shorter way.
    pub fn new(key: &'static str, arguments: Vec<(&'static str, Argument)>) -> Self {
        Self { key, arguments }
    }

    /// The key of the message.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// What goes into its slots, by their names.
    pub fn arguments(&self) -> &[(&'static str, Argument)] {
        &self.arguments
    }

    /// The argument of that name.
    pub fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments.iter().find(|(known, _)| *known == name).map(|(_, argument)| argument)
    }

    /// The same with what names stand for, where `named` knows it.
    #[must_use]
    pub fn with_names(&self, named: &dyn Fn(&str) -> Option<String>) -> Self {
        let arguments = self.arguments.iter().map(|(slot, argument)| {
            let argument = match argument {
                Argument::Name(name) => named(name).map_or_else(|| argument.clone(), Argument::Text),
                Argument::Phrase(phrase) => Argument::Phrase(phrase.with_names(named)),
                Argument::List(phrases) => {
                    Argument::List(phrases.iter().map(|phrase| phrase.with_names(named)).collect())
                }
                other => other.clone(),
            };
            (*slot, argument)
        });
        Self { key: self.key, arguments: arguments.collect() }
    }

    /// Shows every name among its arguments, the inner ones included.
    pub fn each_name(&self, show: &mut dyn FnMut(&str)) {
        for (_, argument) in &self.arguments {
            match argument {
                Argument::Name(name) => show(name),
                Argument::Phrase(phrase) => phrase.each_name(show),
                Argument::List(phrases) => phrases.iter().for_each(|phrase| phrase.each_name(show)),
                _ => {}
            }
        }
    }

    /// The number that decides which form of the message is meant: its argument `count`.
    pub fn count(&self) -> Option<u64> {
        match self.argument("count") {
            Some(Argument::Count(count)) => Some(*count),
            _ => None,
        }
    }
}

/// In plain English, for terminals and for JSON.
impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&Words::plain().say(self))
    }
}

/// A phrase: `phrase!("agenda.review", title = header.title())`.
macro_rules! phrase {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::Phrase::new($key, vec![$((stringify!($name), $crate::words::Argument::from($value))),*])
    };
}
pub(crate) use phrase;

macro_rules! counts {
    ($($type:ty),+) => {
        $(impl From<$type> for Argument {
            fn from(count: $type) -> Self {
                Self::Count(u64::try_from(count).unwrap_or_default())
            }
        })+
    };
}

counts!(usize, u32, i32, u8);

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Number> for Argument {
    fn from(number: Number) -> Self {
        Self::Figure(number.to_string())
    }
}

impl From<Date> for Argument {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Phrase> for Argument {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

impl From<Vec<Phrase>> for Argument {
    fn from(phrases: Vec<Phrase>) -> Self {
        Self::List(phrases)
    }
}
