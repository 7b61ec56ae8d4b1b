//! Words to find entries by.

use std::borrow::Cow;
use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

use super::Scalar;
use super::id::is_device;
use super::prose::anchor;
use super::scalar::{scalar_serde, scalar_shown};

/// A word or a few, in any script. Two spellings that differ in case or punctuation only are one
/// tag, but for the signs in `C++` and `C#`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

impl Tag {
    /// The tag as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes it the same tag as another: its letters and digits in lower case, joined by hyphens. Names a folder.
    pub fn key(&self) -> String {
        let key = match self.0.is_ascii() {
            true => anchor(&with_signs_in_words(&self.0)),
            // One keyboard writes `é` as one character, another as two.
            false => anchor(&with_signs_in_words(&self.0.nfc().collect::<String>())),
        };
        // No other tag ends in a hyphen.
        if is_device(&key) { key + "-" } else { key }
    }
}

/// The text with the signs that tell `C`, `C++` and `C#` apart spelt out.
fn with_signs_in_words(text: &str) -> Cow<'_, str> {
    if !text.contains(['+', '#']) {
        return text.into();
    }
    let mut words = String::new();
    let mut follows_word = false;
    for c in text.chars() {
        match c {
            '+' if follows_word => words.push_str("-plus-"),
            '#' if follows_word => words.push_str("-sharp-"),
            c => {
                words.push(c);
                follows_word = c.is_alphanumeric();
            }
        }
    }
    words.into()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tag_has_one_key_that_can_be_a_folder_anywhere() {
        let key = |text: &str| Tag::parse(text).expect("a tag").key();
        assert_eq!(key("Café au lait!"), "café-au-lait");
        assert_eq!(key("Cafe\u{301} au lait"), "caf\u{e9}-au-lait");
        assert_eq!(key("決定"), "決定");
        let of_languages =
            [key("C"), key("c++"), key("C++ 20"), key("C#"), key("F#/.NET"), key("C plus plus")];
        assert_eq!(
            of_languages,
            ["c", "c-plus-plus", "c-plus-plus-20", "c-sharp", "f-sharp-net", "c-plus-plus"]
        );
        assert_eq!([key("# c"), key("+ c"), key("c - # d")], ["c", "c", "c-d"]);
        assert_eq!([key("Con"), key("con 1"), key("LPT9")], ["con-", "con-1", "lpt9-"]);
    }
}
