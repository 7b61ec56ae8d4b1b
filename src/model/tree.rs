//! Every kind and record as a tree of named fields, for whoever has to look at all of them alike.
//!
//! The notation in [`record`](super::record) makes the trees from the same declaration that reads the file, so
//! that no field can be forgotten. Trees do not serialise: what leaves the program is made of views.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::Kind;
use super::common::{Evidence, Observations, Review, ReviewDay};
use super::decision::{Alternative, WeighedOption};
use super::record::{Either, List, Named};
use crate::text::{Count, Date, Duration, Id, Number, RightRef, Tag, Text};

/// A value of the file format, whatever its type.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// No value: an optional field that is not there, or an empty list.
    Nothing,
    /// One scalar.
    Leaf(Leaf),
    /// A list that has items.
    List(Vec<Tree>),
    /// A mapping.
    Record(Record),
}

/// One scalar.
#[derive(Clone, Debug, PartialEq)]
pub enum Leaf {
    /// Text that somebody wrote.
    Text(String),
    /// One of a few words.
    Word(&'static str),
    /// An id, a decision right, a tag: a name within the portfolio.
    Name(String),
    /// A day.
    Date(Date),
    /// A span of time.
    Duration(Duration),
    /// A figure.
    Number(Number),
    /// A number of things.
    Count(u32),
    /// Yes or no.
    Flag(bool),
}

/// A mapping, with its fields in the order of their declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The name of its type, as `Guardrail`; empty for a mapping whose keys are the writer's own.
    pub of: &'static str,
    /// Its fields, those without a value included.
    pub fields: Vec<(Cow<'static, str>, Tree)>,
}

/// Something that can be looked at as a tree.
pub trait ToTree {
    /// All of it.
    fn tree(&self) -> Tree;
}

impl Tree {
    /// The scalar, if it is one.
    pub fn leaf(&self) -> Option<&Leaf> {
        match self {
            Self::Leaf(leaf) => Some(leaf),
            _ => None,
        }
    }

    /// The field of that name; nothing where there is none.
    pub fn field(&self, name: &str) -> &Tree {
        match self {
            Self::Record(record) => record.field(name),
            _ => &Self::Nothing,
        }
    }

    /// Whether there is no value.
    pub fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }
}

impl Record {
    /// The field of that name; nothing where there is none.
    pub fn field(&self, name: &str) -> &Tree {
        self.fields.iter().find(|(field, _)| field == name).map_or(&Tree::Nothing, |(_, value)| value)
    }
}

impl fmt::Display for Leaf {
    /// The value as it stands in a file.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Name(text) => f.write_str(text),
            Self::Word(word) => f.write_str(word),
            Self::Date(date) => date.fmt(f),
            Self::Duration(duration) => duration.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

/// A field's name without the mark that makes it a Rust identifier.
pub(crate) fn field_name(field: &'static str) -> Cow<'static, str> {
    Cow::Borrowed(field.strip_prefix("r#").unwrap_or(field))
}

impl<T: ToTree> ToTree for Option<T> {
    fn tree(&self) -> Tree {
        self.as_ref().map_or(Tree::Nothing, ToTree::tree)
    }
}

impl<T: ToTree> ToTree for [T] {
    fn tree(&self) -> Tree {
        if self.is_empty() { Tree::Nothing } else { Tree::List(self.iter().map(ToTree::tree).collect()) }
    }
}

impl<T: ToTree> ToTree for List<T> {
    fn tree(&self) -> Tree {
        self.as_slice().tree()
    }
}

impl<T: ToTree> ToTree for Named<T> {
    fn tree(&self) -> Tree {
        let fields = self.iter().map(|(name, value)| (Cow::Owned(name.to_string()), value.tree()));
        Tree::Record(Record { of: "", fields: fields.collect() })
    }
}

impl ToTree for BTreeMap<Kind, List<Text>> {
    fn tree(&self) -> Tree {
        let fields = self.iter().map(|(kind, readers)| (Cow::Borrowed(kind.word()), readers.tree()));
        Tree::Record(Record { of: "", fields: fields.collect() })
    }
}

impl ToTree for Either<Id, Evidence> {
    fn tree(&self) -> Tree {
        match self {
            Self::Short(entry) => entry.tree(),
            Self::Long(evidence) => evidence.tree(),
        }
    }
}

impl ToTree for Review {
    /// The long form, whichever was written.
    fn tree(&self) -> Tree {
        match self {
            Self::Short(date) => ReviewDay { date: *date, held: None, note: None }.tree(),
            Self::Long(review) => review.tree(),
        }
    }
}

impl ToTree for Alternative {
    /// The long form, whichever was written.
    fn tree(&self) -> Tree {
        match self {
            Self::Short(title) => {
                let title = title.clone();
                WeighedOption { title, pros: List::default(), cons: List::default() }.tree()
            }
            Self::Long(option) => option.tree(),
        }
    }
}

impl ToTree for Observations {
    /// The figures, wherever they are written down.
    fn tree(&self) -> Tree {
        self.items.as_slice().tree()
    }
}

/// Implements [`ToTree`] for scalars.
macro_rules! leaves {
    ($($type:ty: $it:ident => $leaf:expr,)+) => {
        $(impl ToTree for $type {
            fn tree(&self) -> Tree {
                let $it = self;
                Tree::Leaf($leaf)
            }
        })+
    };
}

leaves! {
    Text: it => Leaf::Text(it.as_str().to_owned()),
    Tag: it => Leaf::Name(it.as_str().to_owned()),
    Id: it => Leaf::Name(it.to_string()),
    RightRef: it => Leaf::Name(it.to_string()),
    Date: it => Leaf::Date(*it),
    Duration: it => Leaf::Duration(*it),
    Number: it => Leaf::Number(*it),
    Count: it => Leaf::Count(it.get()),
    bool: it => Leaf::Flag(*it),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Scalar;

    #[test]
    fn a_record_is_all_its_fields_in_their_order() {
        let date = Date::parse("2026-03-16").unwrap();
        let day = ReviewDay { date, held: None, note: Some(Text::parse("late").unwrap()) };
        let Tree::Record(record) = Review::Long(day).tree() else { panic!("a review day is a record") };
        let shown: Vec<_> = record.fields.iter().map(|(name, value)| (&**name, value.leaf())).collect();
        let note = Leaf::Text("late".to_owned());
        assert_eq!(record.of, "ReviewDay");
        assert_eq!(shown, [("date", Some(&Leaf::Date(date))), ("held", None), ("note", Some(&note))]);
        let short = Review::Short(date).tree();
        assert_eq!(short, ReviewDay { date, held: None, note: None }.tree());
    }
}
