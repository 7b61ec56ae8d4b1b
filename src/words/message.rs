//! One message: text with named slots, in as many forms as its language counts in.

use super::Category;

/// A message of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The form for every number that has none of its own.
    other: Pattern,
    /// The forms for some numbers.
    special: Vec<(Category, Pattern)>,
}

/// A piece of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as it stands.
    Text(&'a str),
    /// Where an argument goes, by its name.
    Slot(&'a str),
}

/// Text and slots in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Slot(String),
}

impl Message {
    /// Reads a message with one form: `{name}` is a slot.
    ///
    /// # Errors
    /// One lowercase phrase, when a brace has no other.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(Self { other: Pattern::parse(text)?, special: Vec::new() })
    }

    /// Reads a message with several forms, of which `other` has to be one.
    ///
    /// # Errors
    /// One lowercase phrase.
    pub fn parse_forms<'f>(forms: impl IntoIterator<Item = (Category, &'f str)>) -> Result<Self, String> {
        let (mut other, mut special) = (None, Vec::new());
        for (category, text) in forms {
            let pattern = Pattern::parse(text)?;
            match category {
                Category::Other => other = Some(pattern),
                category => special.push((category, pattern)),
            }
        }
        let other = other.ok_or("the form `other` is missing")?;
        Ok(Self { other, special })
    }

    /// The message in the form for a number, piece by piece.
    pub fn pieces(&self, category: Category) -> impl Iterator<Item = Piece<'_>> {
        let special = self.special.iter().find(|(known, _)| *known == category);
        let pattern = special.map_or(&self.other, |(_, pattern)| pattern);
        pattern.0.iter().map(|part| match part {
            Part::Text(text) => Piece::Text(text),
            Part::Slot(name) => Piece::Slot(name),
        })
    }

    /// The text of a message that takes no arguments.
    pub fn plain(&self) -> Option<&str> {
        match (self.other.0.as_slice(), self.special.is_empty()) {
            ([], true) => Some(""),
            ([Part::Text(text)], true) => Some(text),
            _ => None,
        }
    }

    /// The names of its arguments, in the order of letters.
    pub fn slots(&self) -> Vec<&str> {
        let patterns = std::iter::once(&self.other).chain(self.special.iter().map(|(_, pattern)| pattern));
        let parts = patterns.flat_map(|pattern| &pattern.0);
        let mut names: Vec<&str> = parts
            .filter_map(|part| match part {
                Part::Slot(name) => Some(name.as_str()),
                Part::Text(_) => None,
            })
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The same message with other text around its slots.
    pub fn map_text(&self, change: impl Fn(&str) -> String) -> Self {
        let pattern = |pattern: &Pattern| {
            let parts = pattern.0.iter().map(|part| match part {
                Part::Text(text) => Part::Text(change(text)),
                slot @ Part::Slot(_) => slot.clone(),
            });
            Pattern(parts.collect())
        };
        Self {
            other: pattern(&self.other),
            special: self.special.iter().map(|(category, form)| (*category, pattern(form))).collect(),
        }
    }
}

impl Pattern {
    fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            let inner = from.strip_prefix('{').ok_or("a `}` has no `{` before it")?;
            let (name, after) = inner.split_once('}').ok_or("a `{` has no `}` after it")?;
            let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
            if name.is_empty() || !name.chars().all(is_name) {
                return Err(format!("`{{{name}}}` does not name an argument"));
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Slot(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_slots_or_faults() {
        let message = Message::parse("Look at “{title}” by {day}").unwrap();
        let expected =
            [Piece::Text("Look at “"), Piece::Slot("title"), Piece::Text("” by "), Piece::Slot("day")];
        assert_eq!(message.pieces(Category::One).collect::<Vec<_>>(), expected);
        assert_eq!(message.slots(), ["day", "title"]);
        assert_eq!((message.plain(), Message::parse("plain").unwrap().plain()), (None, Some("plain")));
        for text in ["{", "}", "{a b}", "{}", "a {b", "{A}", "{{a}}"] {
            assert!(Message::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_form_without_text_of_its_own_is_the_other_one() {
        let forms = [(Category::One, "one day"), (Category::Other, "{count} days")];
        let message = Message::parse_forms(forms).unwrap();
        assert_eq!(message.pieces(Category::One).next(), Some(Piece::Text("one day")));
        assert_eq!(message.pieces(Category::Few).next(), Some(Piece::Slot("count")));
        assert!(Message::parse_forms([(Category::One, "one day")]).is_err());
    }
}
