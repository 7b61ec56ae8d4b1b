//! Words to find entries by.

use std::fmt;

use super::Scalar;
use super::prose::anchor;
use super::scalar::{scalar_serde, scalar_shown};

/// A word or a few, in any script. Two spellings that differ in case or punctuation only are one tag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

impl Tag {
    /// The tag as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes it the same tag as another: its letters and digits in lower case, joined by hyphens.
    pub fn key(&self) -> String {
        anchor(&self.0)
    }
}

impl Scalar for Tag {
    const FORMAT: &'static str = "tag";
    const EXPECTED: &'static str = "a tag";

    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if anchor(text).is_empty() {
            return Err(format!("the tag `{text}` has neither a letter nor a digit"));
        }
        if text.len() > 80 {
            return Err("a tag has at most 80 bytes".into());
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

scalar_serde!(Tag, "string");
scalar_shown!(Tag);
