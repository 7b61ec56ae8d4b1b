//! What the parts of a packet are put together with.

use super::{Block, Cell, Fact, Line, Part, Span};
use crate::evaluate::period::PeriodFacts;
use crate::model::{Header, Kind};
use crate::text::{Date, Id, RightRef, Text, with_unit};
use crate::view::address;
use crate::view::site::Site;
use crate::words::{Phrase, Words, phrase};

/// Writes the parts of one packet.
pub(super) struct Writer<'s, 'a> {
    pub(super) site: &'s Site<'a>,
    pub(super) facts: &'s PeriodFacts<'a>,
    pub(super) words: &'s Words,
}

impl<'a> Writer<'_, 'a> {
    /// Whose packet it is, for whom, and as of which day.
    pub(super) fn head(&self) -> Vec<String> {
        let config = &self.site.portfolio().config;
        let owner = &config.owner;
        let who = [Some(&owner.name), owner.role.as_ref(), owner.team.as_ref()];
        let who: Vec<&str> = who.into_iter().flatten().map(Text::as_str).collect();
        let mut head = vec![who.join(" · ")];
        let reader = self.site.redacted().reader().name();
        let title = config.readers.as_ref().and_then(|readers| readers.get(reader)?.title.as_ref());
        head.extend(title.map(ToString::to_string));
        head.push(self.say(&phrase!("footer.as_of", date = self.site.today())));
        head
    }

    /// What the packet is made from, and what it therefore does not say.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = vec![self.words.text("review.note").to_owned()];
        if !self.site.redacted().is_for_me() {
            notes.push(self.words.text("note.counted_from_what_this_copy_holds_entrie").to_owned());
        }
        notes
    }

    /// A part; `None` if there is nothing in it.
    pub(super) fn part(&self, name: &'static str, title: &str, blocks: Vec<Block>) -> Option<Part> {
        (!blocks.is_empty()).then(|| Part { name, title: self.words.text(title).to_owned(), blocks })
    }

    pub(super) fn say(&self, phrase: &Phrase) -> String {
        self.words.say(phrase)
    }

    /// A phrase as a piece of text.
    pub(super) fn said(&self, phrase: &Phrase) -> Span {
        Span::said(self.say(phrase))
    }

    /// A word of the format, as a theme colours it.
    pub(super) fn status(&self, word: &'static str) -> Span {
        Span { status: Some(word), ..Span::said(self.words.of("status", word)) }
    }

    pub(super) fn day(&self, date: Date) -> Span {
        Span::said(self.words.short_date(date))
    }

    /// The title of an entry, which leads to its page where the site is published.
    pub(super) fn entry(&self, header: &Header) -> Span {
        Span { href: self.published(header.kind, &header.id), ..Span::written(header.title()) }
    }

    pub(super) fn entry_of(&self, id: &Id) -> Option<Span> {
        self.site.portfolio().header(id.as_str()).map(|header| self.entry(header))
    }

    /// The area of a decision right; its name where its scope no longer says it.
    pub(super) fn right(&self, right: &RightRef) -> Span {
        match self.site.portfolio().right(right) {
            Some((_, found)) => Span::written(&found.area),
            None => Span::written(right.right.as_str()),
        }
    }

    fn published(&self, kind: Kind, id: &Id) -> Option<String> {
        let base = self.site.portfolio().config.base_url.as_deref()?;
        Some(format!("{}/{}", base.trim_end_matches('/'), address(kind, id)))
    }

    /// A figure in the digits of the language, with its unit.
    pub(super) fn figure(&self, digits: &str, unit: Option<&Text>) -> String {
        // What is one is told by its digits, which a language may write otherwise.
        with_unit(digits, unit.map(Text::as_str)).replacen(digits, &self.words.number(digits), 1)
    }

    /// A name with what somebody wrote, if they did.
    pub(super) fn told(&self, label: &str, text: Option<&Text>) -> Option<Line> {
        let text = text?;
        Some(vec![
            Span::strong(format!("{} ", self.say(&phrase!("review.named", name = self.words.text(label))))),
            Span::written(text),
        ])
    }

    pub(super) fn fact(&self, label: &str, line: Line) -> Fact {
        Fact { label: self.words.text(label).to_owned(), line }
    }

    pub(super) fn columns(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.words.text(key).to_owned()).collect()
    }

    /// Spans with a comma between them.
    pub(super) fn listed(&self, spans: impl IntoIterator<Item = Span>) -> Line {
        let mut line = Line::new();
        for span in spans {
            if !line.is_empty() {
                line.push(Span::said(self.words.text("list.comma")));
            }
            line.push(span);
        }
        line
    }
}

impl Span {
    /// What the program says.
    pub(super) fn said(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// What somebody wrote. Line breaks in it say nothing: they come from how a file is wrapped.
    pub(super) fn written(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { text, is_written: true, ..Self::default() }
    }

    /// What the program says, and what stands out.
    pub(super) fn strong(text: impl Into<String>) -> Self {
        Self { is_strong: true, ..Self::said(text) }
    }

    /// The space between two pieces.
    pub(super) fn space() -> Self {
        Self::said(" ")
    }
}

/// A cell of one piece.
pub(super) fn cell(span: Span) -> Cell {
    vec![vec![span]]
}

/// A cell of what somebody wrote, if they did.
pub(super) fn written(text: Option<&Text>) -> Cell {
    text.map(|text| cell(Span::written(text))).unwrap_or_default()
}
