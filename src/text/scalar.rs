//! What a single YAML value may say, and why it may not.
//!
//! Every scalar type of the model is read from the very letters in the file, so that `1.10` stays `1.10`
//! and `012` is never silently 12. The same [`Scalar::parse`] serves the fast reading through serde and
//! the slow one that lists every fault.

use std::fmt;
use std::ops::Deref;

/// A type whose values are written as one YAML scalar.
pub trait Scalar: Sized {
    /// The name under which the JSON Schema refers to this type, as its `format`.
    const FORMAT: &'static str;
    /// What is expected, for `expected …` in messages: a noun phrase.
    const EXPECTED: &'static str;

    /// Reads the value from its letters.
    ///
    /// # Errors
    /// The reason, as one lowercase phrase, when `text` is no such value.
    fn parse(text: &str) -> Result<Self, String>;
}

/// Implements `Deserialize` and `JsonSchema` through [`Scalar`].
macro_rules! scalar_serde {
    ($type:ty, $json_type:literal) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::text::scalar::deserialize(deserializer)
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": $json_type,
                    "format": <$type as $crate::text::Scalar>::FORMAT,
                })
            }
        }
    };
}
pub(crate) use scalar_serde;

/// Implements `Serialize` as the text that a person would write.
macro_rules! scalar_shown {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}
pub(crate) use scalar_shown;

/// Reads a scalar through serde, from its letters whatever YAML would take them for.
pub fn deserialize<'de, T: Scalar, D: serde::Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Visitor<T>(std::marker::PhantomData<T>);

    impl<T: Scalar> serde::de::Visitor<'_> for Visitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str(T::EXPECTED)
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            T::parse(text).map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Visitor(std::marker::PhantomData))
}

/// Text that says something: at least one character that is not white space.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

impl Text {
    /// The text without white space at either end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Scalar for Text {
    const FORMAT: &'static str = "text";
    const EXPECTED: &'static str = "a text";

    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() { Err("the text is empty".into()) } else { Ok(Self(text.to_owned())) }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

scalar_serde!(Text, "string");

impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Scalar for bool {
    const FORMAT: &'static str = "boolean";
    const EXPECTED: &'static str = "`true` or `false`";

    /// The spellings of YAML 1.2; `yes` and `on` are faults.
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "true" | "True" | "TRUE" => Ok(true),
            "false" | "False" | "FALSE" => Ok(false),
            _ => Err(format!("`{text}` is neither `true` nor `false`")),
        }
    }
}
