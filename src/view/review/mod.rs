//! The packet for a performance review: what falls into a period, as parts of headings, tables and lists.
//!
//! One packet, said in one language, serves all three forms: Markdown, a page, and paper. So they cannot tell
//! different things, and what is hidden from one form is in none. Counts and dates, no score; parts for which
//! there is nothing are not there.

mod decisions;
mod lessons;
mod pictures;
mod pilots;
mod promises;
mod scopes;
mod tallies;
mod voices;
mod writer;

use serde::Serialize;

use super::site::Site;
use crate::evaluate::period::PeriodFacts;
use crate::model::config::Paper;
use crate::words::{Words, phrase};
use writer::Writer;

/// The packet.
#[derive(Debug, Serialize)]
pub struct ReviewPacket<'a> {
    /// The language it is said in.
    pub language: Language,
    /// What it is called, with the period.
    pub title: String,
    /// Whose review it is.
    pub owner: &'a str,
    /// Who they are, for whom it is, and as of which day; a line each.
    pub head: Vec<String>,
    /// What was counted.
    pub tallies: Vec<Tally>,
    /// The parts that have something in them.
    pub parts: Vec<Part>,
    /// How the packet came to be, and what it does not claim.
    pub notes: Vec<String>,
    /// The paper it is printed on.
    pub paper: &'static str,
}

/// A language.
#[derive(Debug, Serialize)]
pub struct Language {
    /// Its whole name, as pages take it: `de-AT`, `zh-Hans`.
    pub tag: String,
    /// The language alone: `de`.
    pub code: String,
    /// The country, if it is named: `AT`.
    pub region: Option<String>,
}

/// A number, and what was counted.
#[derive(Debug, Serialize)]
pub struct Tally {
    /// What was counted.
    pub label: String,
    /// How many.
    pub number: usize,
    /// The word that a theme colours it by, where it is good or bad news.
    pub tone: Option<&'static str>,
}

/// A part of the packet.
#[derive(Debug, Serialize)]
pub struct Part {
    /// Its name, for addresses within the page and for themes.
    pub name: &'static str,
    /// Its heading.
    pub title: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a part.
#[derive(Debug, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A heading within the part.
    Heading {
        /// Its words.
        line: Line,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        line: Line,
    },
    /// Names with what they say.
    Facts {
        /// One after the other.
        items: Vec<Fact>,
    },
    /// A table.
    Table {
        /// What each column holds.
        columns: Vec<String>,
        /// The rows, with a cell for every column.
        rows: Vec<Vec<Cell>>,
    },
    /// A list.
    List {
        /// Its items.
        items: Vec<Cell>,
    },
    /// What somebody said.
    Quote {
        /// In their words.
        text: String,
        /// Who said it, when, and about what.
        by: Line,
    },
    /// Pictures that belong together, in the same file.
    Pictures {
        /// One beside or below the other.
        items: Vec<Picture>,
        /// Whether they are small, so that two have room beside each other.
        are_small: bool,
    },
}

/// A picture of figures, drawn from nothing but what the packet is made from.
#[derive(Clone, Debug, Serialize)]
pub struct Picture {
    /// What it is called.
    pub title: String,
    /// What it shows, for who does not see it.
    pub words: String,
    /// SVG.
    pub svg: String,
    /// The same for a narrow screen, if it is not small anyway.
    pub narrow: Option<String>,
}

/// A name with what it says.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// The name.
    pub label: String,
    /// What it says.
    pub line: Line,
}

/// Lines one below the other: a cell of a table, an item of a list.
pub type Cell = Vec<Line>;

/// Pieces of text one behind the other, with nothing between them.
pub type Line = Vec<Span>;

/// A piece of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Plain text, which no form may take for markup.
    pub text: String,
    /// Whether somebody wrote it, rather than the program; then it may run in a direction of its own.
    pub is_written: bool,
    /// Whether it stands out.
    pub is_strong: bool,
    /// The word of the format that it says, for a theme to colour it by.
    pub status: Option<&'static str>,
    /// Where it leads, as a full address.
    pub href: Option<String>,
}

impl Language {
    fn new(tag: &str) -> Self {
        let mut parts = tag.split('-');
        let code = parts.next().unwrap_or(tag).to_owned();
        let is_region = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        Self { tag: tag.to_owned(), code, region: parts.find(is_region).map(str::to_owned) }
    }
}

impl<'a> Site<'a> {
    /// The packet of a period.
    pub fn review_packet(&self, facts: &PeriodFacts<'a>, words: &Words) -> ReviewPacket<'a> {
        let config = &self.portfolio().config;
        let writer = Writer { site: self, facts, words };
        let parts = [
            writer.scopes(),
            writer.decisions(),
            writer.pilots(),
            writer.promises(),
            writer.lessons(),
            writer.answers(),
            writer.quotes(),
            writer.next(),
        ];
        let from = facts.period.from.unwrap_or(facts.period.to);
        ReviewPacket {
            language: Language::new(words.language()),
            title: words.say(&phrase!("review.title", from = from, to = facts.period.to)),
            owner: &config.owner.name,
            head: writer.head(),
            tallies: writer.tallies(),
            parts: parts.into_iter().flatten().collect(),
            notes: writer.notes(),
            paper: config.paper.unwrap_or(Paper::A4).word(),
        }
    }
}
