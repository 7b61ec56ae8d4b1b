//! The two notations in which the model is written down: records and words.
//!
//! One declaration is at once the reader, the JSON Schema and the documentation of a kind, and the tree of its
//! fields.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::text::Id;

/// Declares a mapping of the file format: its required and optional fields, and its lists.
///
/// An optional field that is there must say something: `title:` with nothing behind it is a fault, not an
/// absent title. Where a list is meant, a single item will do.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            required { $($(#[$rmeta:meta])* $required:ident: $rtype:ty,)* }
            optional { $($(#[$ometa:meta])* $optional:ident: $otype:ty,)* }
            lists { $($(#[$lmeta:meta])* $list:ident: $ltype:ty,)* }
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$rmeta])* pub $required: $rtype,)*
            $(
                $(#[$ometa])*
                #[serde(default, deserialize_with = "crate::model::record::present")]
                pub $optional: Option<$otype>,
            )*
            $(
                $(#[$lmeta])*
                #[serde(default)]
                pub $list: crate::model::record::List<$ltype>,
            )*
        }

        crate::model::record::tree!($name { $($required)* $($optional)* $($list)* });
    };
}
pub(crate) use record;

/// Makes a record's tree of all its fields.
macro_rules! tree {
    ($name:ident { $($field:ident)* }) => {
        impl crate::model::tree::ToTree for $name {
            fn tree(&self) -> crate::model::tree::Tree {
                let fields = vec![$((
                    crate::model::tree::field_name(stringify!($field)),
                    crate::model::tree::ToTree::tree(&self.$field),
                ),)*];
                crate::model::tree::Tree::Record(crate::model::tree::Record { of: stringify!($name), fields })
            }
        }
    };
}
pub(crate) use tree;

/// Declares an entry: a record that also has the fields which every entry has.
///
/// What is read is one flat mapping; what comes out is split into [`Common`](super::common::Common), the body,
/// and the kind's own fields.
macro_rules! entry {
    (
        $(#[$meta:meta])*
        pub struct $name:ident as $raw:ident {
            required { $($(#[$rmeta:meta])* $required:ident: $rtype:ty,)* }
            optional { $($(#[$ometa:meta])* $optional:ident: $otype:ty,)* }
            lists { $($(#[$lmeta:meta])* $list:ident: $ltype:ty,)* }
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[$rmeta])* pub $required: $rtype,)*
            $($(#[$ometa])* pub $optional: Option<$otype>,)*
            $($(#[$lmeta])* pub $list: crate::model::record::List<$ltype>,)*
        }

        crate::model::record::record! {
            $(#[$meta])*
            pub struct $raw {
                required { $($(#[$rmeta])* $required: $rtype,)* }
                optional {
                    /// What it is called; else the first heading of the text.
                    title: crate::text::Text,
                    /// The gist in one sentence.
                    summary: crate::text::Text,
                    /// The day it is about; else the date that its id begins with.
                    date: crate::text::Date,
                    /// The Markdown of an entry that is written as YAML alone.
                    body: crate::text::Text,
                    /// Who may read it besides me; `[me]` for nobody.
                    readers: crate::model::record::List<crate::text::Text>,
                    $($(#[$ometa])* $optional: $otype,)*
                }
                lists {
                    /// Words to find it by.
                    tags: crate::text::Tag,
                    /// Ids that it had before, which go on leading here.
                    aliases: crate::text::Id,
                    /// Ids of entries that belong with it.
                    related: crate::text::Id,
                    /// What it rests on: evidence, or the ids of entries.
                    evidence: crate::model::record::Either<crate::text::Id, crate::model::common::Evidence>,
                    $($(#[$lmeta])* $list: $ltype,)*
                }
            }
        }

        crate::model::record::tree!($name { $($required)* $($optional)* $($list)* });

        impl crate::model::entry::Fields for $name {
            type Raw = $raw;

            fn split(raw: $raw) -> (crate::model::common::Common, Option<crate::text::Text>, Self) {
                let common = crate::model::common::Common {
                    title: raw.title,
                    summary: raw.summary,
                    date: raw.date,
                    tags: raw.tags,
                    readers: raw.readers,
                    aliases: raw.aliases,
                    related: raw.related,
                    evidence: raw.evidence,
                };
                let fields = Self {
                    $($required: raw.$required,)*
                    $($optional: raw.$optional,)*
                    $($list: raw.$list,)*
                };
                (common, raw.body, fields)
            }
        }
    };
}
pub(crate) use entry;

/// Declares words of which a field takes one.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it stands in the file.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl crate::text::Scalar for $name {
            const FORMAT: &'static str = "word";
            const EXPECTED: &'static str = "one of a few words";

            fn parse(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(format!("`{text}` is none of {}", crate::text::one_of([$($word),+]))),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl crate::model::tree::ToTree for $name {
            fn tree(&self) -> crate::model::tree::Tree {
                crate::model::tree::Tree::Leaf(crate::model::tree::Leaf::Word(self.word()))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::text::deserialize(deserializer)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "enum": [$($word),+]})
            }
        }
    };
}
pub(crate) use words;

/// Reads the value of an optional field that is there: it may not be empty.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

/// A list in the file, or a single item in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T>(Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T> Deref for List<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut List<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<T>();
        json_schema!({"anyOf": [{"type": "array", "items": item.clone()}, item]})
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("one item or a list")
    }

    // A number or a boolean in the place of a list is refused: by now its letters are gone, and `1.10` must
    // not become `1.1`.
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<List<T>, E> {
        Ok(List(vec![T::deserialize(StrDeserializer::new(text))?]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<List<T>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items)).map(List)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<List<T>, A::Error> {
        Ok(List(vec![T::deserialize(MapAccessDeserializer::new(fields))?]))
    }
}

/// Either a short form, one scalar, or the long form, a mapping or a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Either<S, L> {
    /// One scalar.
    Short(S),
    /// The mapping or list that says more.
    Long(L),
}

impl<S: JsonSchema, L: JsonSchema> JsonSchema for Either<S, L> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}Or{}", S::schema_name(), L::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (short, long) = (generator.subschema_for::<S>(), generator.subschema_for::<L>());
        json_schema!({"anyOf": [short, long]})
    }
}

impl<'de, S: Deserialize<'de>, L: Deserialize<'de>> Deserialize<'de> for Either<S, L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EitherVisitor(PhantomData))
    }
}

struct EitherVisitor<S, L>(PhantomData<(S, L)>);

impl<'de, S: Deserialize<'de>, L: Deserialize<'de>> Visitor<'de> for EitherVisitor<S, L> {
    type Value = Either<S, L>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the short form or the long one")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        S::deserialize(StrDeserializer::new(text)).map(Either::Short)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        L::deserialize(SeqAccessDeserializer::new(items)).map(Either::Long)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Self::Value, A::Error> {
        L::deserialize(MapAccessDeserializer::new(fields)).map(Either::Long)
    }
}

/// A mapping whose keys are ids that the writer chose.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Named<T>(BTreeMap<Id, T>);

impl<T> Deref for Named<T> {
    type Target = BTreeMap<Id, T>;

    fn deref(&self) -> &BTreeMap<Id, T> {
        &self.0
    }
}

impl<T> DerefMut for Named<T> {
    fn deref_mut(&mut self) -> &mut BTreeMap<Id, T> {
        &mut self.0
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (key, value) = (generator.subschema_for::<Id>(), generator.subschema_for::<T>());
        json_schema!({"type": "object", "propertyNames": key, "additionalProperties": value})
    }
}
