//! Why there is no PDF.

use std::fmt;

use crate::check;
use crate::model::Header;
use crate::report::Report;

/// What went wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The program was built without the feature `pdf`.
    NotInThisBuild,
    /// A Typst file of the theme failed, or what it asks for is not there.
    Theme {
        /// The file and the place in it, as `paper/proposal.typ:12:5`; the name of the theme's folder where no
        /// place is known.
        place: String,
        /// What Typst says, with its hints.
        message: String,
    },
    /// No font of the theme has a character.
    Character {
        /// The character.
        character: char,
        /// The words around it.
        within: String,
    },
    /// The text is longer than its page.
    Overflow(Overflow),
}

/// By how much a text is too long, measured in the layout at the tightest density.
#[derive(Clone, Debug, PartialEq)]
pub struct Overflow {
    /// How many pages it would fill: 1.2.
    pub pages: f64,
    /// How many lines of text are too many, rounded up.
    pub lines: usize,
    /// Its sections, the longest first.
    pub sections: Vec<Section>,
}

/// A section of a text, as the theme names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Its height in lines of text.
    pub lines: usize,
}

/// How many sections a message names.
const LONGEST: usize = 3;

impl fmt::Display for Overflow {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // Never "1.0 pages": what is too long by a hair is still too long.
        let pages = (self.pages * 10.0).ceil() / 10.0;
        let lines = if self.lines == 1 { "line" } else { "lines" };
        write!(f, "{pages:.1} pages: about {} {lines} too many", self.lines)?;
        for (at, section) in self.sections.iter().take(LONGEST).enumerate() {
            let Section { name, lines } = section;
            match at {
                0 => write!(f, "; longest: {name} {lines} {}", if *lines == 1 { "line" } else { "lines" })?,
                _ => write!(f, ", {name} {lines}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NotInThisBuild => {
                f.write_str("this build of bailiwick makes no PDF: it was built without the feature `pdf`")
            }
            Self::Theme { place, message } => write!(f, "{place}: {message}"),
            Self::Character { character, within } => {
                let code = u32::from(*character);
                write!(
                    f,
                    "no font has the character `{character}` (U+{code:04X}), which stands in `{within}`"
                )
            }
            Self::Overflow(overflow) => write!(f, "{overflow}"),
        }
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// Reports what its writer can mend in an entry; says whether it is of that kind.
    pub fn report(&self, entry: &Header, report: &mut Report) -> bool {
        match self {
            Self::Overflow(overflow) => check::paper::overflow(entry, &overflow.to_string(), report),
            Self::Character { character, within } => {
                check::paper::no_font(entry, *character, within, report);
            }
            Self::NotInThisBuild | Self::Theme { .. } => return false,
        }
        true
    }
}

/// Some characters around a place in a text.
pub(super) fn excerpt(text: &str, at: usize) -> String {
    const AROUND: usize = 20;
    let before: Vec<char> = text[..at].chars().rev().take(AROUND).collect();
    let after = text[at..].chars().take(AROUND);
    before.into_iter().rev().chain(after).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(name: &str, lines: usize) -> Section {
        Section { name: name.into(), lines }
    }

    #[test]
    fn an_overflow_says_what_to_cut() {
        let mut overflow = Overflow {
            pages: 1.21,
            lines: 11,
            sections: vec![
                section("safeguards", 14),
                section("evidence", 9),
                section("why", 4),
                section("pilot", 3),
            ],
        };
        assert_eq!(
            overflow.to_string(),
            "1.3 pages: about 11 lines too many; longest: safeguards 14 lines, evidence 9, why 4"
        );
        overflow = Overflow { pages: 1.0001, lines: 1, sections: Vec::new() };
        assert_eq!(overflow.to_string(), "1.1 pages: about 1 line too many");
    }
}
