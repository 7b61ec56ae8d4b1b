//! Markdown as a text with headings and links in it; how it looks on a page is `render`'s business.

mod anchor;
mod shadowed;
mod stray_readers;
mod torn;
mod unreferenced;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use anchor::Anchors;
pub use anchor::anchor;
pub use stray_readers::without_comments;
use stray_readers::{looks_like_readers, readers_in_tag};

/// The dialect: CommonMark with what the format promises, and nothing that reads metadata.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_WIKILINKS
}

/// A Markdown text and what can be found in it. All ranges are in bytes of `text`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The Markdown, with line feeds as line ends.
    pub text: String,
    /// All headings, in order.
    pub headings: Vec<Heading>,
    /// All links and images, in order.
    pub links: Vec<Link>,
    /// Where link definitions stand (`[label]: address`), with what they point at.
    pub definitions: Vec<(Range<usize>, String)>,
    /// Where raw HTML stands.
    pub html: Vec<Range<usize>>,
    /// Words that look as if they named the readers of a section, and stand where they limit nothing.
    pub stray_readers: Vec<Range<usize>>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its words without markup.
    pub text: String,
    /// The name by which links point at it, unique within the text.
    pub anchor: String,
    /// The readers named by its `readers` attribute, which limit the whole section.
    pub readers: Option<Vec<String>>,
    /// Attributes that are not known, or known ones without a value, as written.
    pub unknown_attributes: Vec<String>,
    /// Whether it stands by itself, rather than inside a quote, a list or a footnote.
    pub top_level: bool,
    /// Where it stands.
    pub range: Range<usize>,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it points at, as written.
    pub target: String,
    /// Which notation.
    pub kind: LinkKind,
    /// Where it stands.
    pub range: Range<usize>,
    /// Where its text stands; empty if it has none, as in `![[address]]`.
    pub inner: Range<usize>,
}

/// The notation of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[[id]]`: its text is the title of what it points at.
    Titled,
    /// `[[id|text]]`.
    Wiki,
    /// `[text](address)`, `<address>` and their kin.
    Address,
    /// `![text](address)`, or `![[address]]`.
    Image,
}

impl Prose {
    /// Reads a Markdown text.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let mut prose = Self::default();
        let mut anchors = Anchors::default();
        let mut depth = 0usize;
        let mut heading: Option<Heading> = None;
        let mut in_code = false;
        // The links that are open, and whether what stands in them are words rather than the address itself.
        let mut open: Vec<(usize, bool)> = Vec::new();
        let mut events = Parser::new_ext(&text, options()).into_offset_iter();
        for (event, range) in events.by_ref() {
            if let Some((index, true)) = open.last()
                && let Some(link) = prose.links.get_mut(*index)
                && !matches!(event, Event::End(TagEnd::Link | TagEnd::Image))
            {
                let inner = &mut link.inner;
                let start = if inner.start == inner.end { range.start } else { inner.start };
                *inner = start..inner.end.max(range.end);
            }
            match event {
                Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                    let mut started = start_of_heading(level, id.as_deref(), &attrs, depth == 0, range);
                    // A dot that slipped in makes a class of it, and limits nothing.
                    let meant = classes.iter().filter(|class| class.to_lowercase().starts_with("reader"));
                    started.unknown_attributes.extend(meant.map(|class| format!(".{class}")));
                    // And a hash an id, but `{#readers}` may well be one.
                    let meant =
                        id.filter(|id| id.to_lowercase().starts_with("reader") && id.contains(['=', ':']));
                    started.unknown_attributes.extend(meant.map(|id| format!("#{id}")));
                    heading = Some(started);
                }
                Event::End(TagEnd::Heading(_)) => {
                    let mut heading = heading.take().expect("a heading ends after it began");
                    heading.anchor = anchors.claim(&heading.anchor, &heading.text);
                    prose.headings.push(heading);
                }
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    open.push((prose.links.len(), true));
                    prose.links.push(link(link_type, &dest_url, range));
                }
                Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                    open.push((prose.links.len(), link_type != LinkType::WikiLink { has_pothole: false }));
                    prose.links.push(Link { kind: LinkKind::Image, ..link(link_type, &dest_url, range) });
                }
                Event::End(TagEnd::Link | TagEnd::Image) => {
                    open.pop();
                }
                Event::Start(tag) if is_container(&tag) => depth += 1,
                Event::End(tag) if is_container_end(&tag) => depth -= 1,
                // A block is taken as a whole: a comment in it may span many lines.
                Event::Start(Tag::HtmlBlock) => {
                    // A heading in it is no heading, and what it means to limit is shown to all.
                    let block = without_comments(&text[range.clone()]);
                    let named = looks_like_readers(&block, false).map(|at| {
                        let end = block[at..].find('\n').map_or(block.len(), |end| at + end);
                        at..end
                    });
                    let named = named.or_else(|| readers_in_tag(&block));
                    prose.stray_readers.extend(named.map(|named| moved(named, range.start)));
                    prose.html.push(range);
                }
                Event::InlineHtml(_) => {
                    let named = readers_in_tag(&without_comments(&text[range.clone()]));
                    prose.stray_readers.extend(named.map(|named| moved(named, range.start)));
                    prose.html.push(range);
                }
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Text(words) => {
                    if !in_code && let Some(at) = looks_like_readers(&text[range.clone()], heading.is_some())
                    {
                        prose.stray_readers.push(range.start + at..range.end);
                    }
                    if let Some(heading) = &mut heading {
                        heading.text.push_str(&words);
                    }
                }
                Event::Code(words) => {
                    if let Some(heading) = &mut heading {
                        heading.text.push_str(&words);
                    }
                }
                Event::SoftBreak | Event::HardBreak => {
                    if let Some(heading) = &mut heading {
                        heading.text.push(' ');
                    }
                }
                _ => {}
            }
        }
        let definitions = events.reference_definitions().iter();
        prose.definitions = definitions.map(|(_, def)| (def.span.clone(), def.dest.to_string())).collect();
        prose.definitions.sort_by_key(|(range, _)| range.start);
        prose.text = text;
        prose
    }

    /// The text with each of the given parts replaced. Parts do not overlap.
    ///
    /// Where they do all the same, the part that begins later, or else is named later, is passed over.
    pub fn with_replacements(&self, mut parts: Vec<(Range<usize>, &str)>) -> Self {
        parts.sort_by_key(|(range, _)| range.start);
        let mut text = String::with_capacity(self.text.len());
        let mut from = 0;
        for (range, replacement) in parts.into_iter().filter(|(range, _)| range.start <= range.end) {
            if range.start < from {
                continue;
            }
            text.push_str(&self.text[from..range.start]);
            text.push_str(replacement);
            from = range.end;
        }
        text.push_str(&self.text[from..]);
        // A text without blank space at its ends, as every text in YAML is, stays one.
        let is_trimmed = self.text.trim().len() == self.text.len();
        Self::new(if is_trimmed { text.trim().to_owned() } else { text })
    }

    /// The first heading of level 1, if the text begins with it: the title of an entry that has no `title:`.
    pub fn title_heading(&self) -> Option<&Heading> {
        let heading = self.headings.first().filter(|heading| heading.level == 1 && heading.top_level)?;
        self.text[..heading.range.start].trim().is_empty().then_some(heading)
    }

    /// The readers named by every heading in whose limited section a byte of the text stands, outermost first.
    pub fn limits_at(&self, at: usize) -> impl Iterator<Item = &[String]> {
        self.headings.iter().enumerate().filter_map(move |(index, heading)| {
            let names = heading.readers.as_deref().filter(|_| heading.top_level)?;
            (heading.range.start..self.section_end(index)).contains(&at).then_some(names)
        })
    }

    /// Where a part of the attributes of a heading stands; the whole heading if it is not found.
    pub fn attribute(&self, heading: &Heading, part: &str) -> Range<usize> {
        let line = &self.text[heading.range.clone()];
        let found = line.rfind('{').and_then(|brace| line[brace..].find(part).map(|at| brace + at));
        match found {
            Some(at) => heading.range.start + at..heading.range.start + at + part.len(),
            None => heading.range.start..heading.range.start + line.trim_end().len(),
        }
    }

    /// The text of each section that `heading` opens: to the next heading of the same or a higher level.
    fn section_end(&self, index: usize) -> usize {
        let level = self.headings[index].level;
        self.headings[index + 1..]
            .iter()
            .find(|next| next.top_level && next.level <= level)
            .map_or(self.text.len(), |next| self.line_start(next))
    }

    /// Where the line of a heading begins: it may be set in by a few spaces, which go with it.
    fn line_start(&self, heading: &Heading) -> usize {
        self.text[..heading.range.start].trim_end_matches(' ').len()
    }

    /// The text without the sections whose heading `hides` says yes to; `None` when nothing is hidden.
    ///
    /// The cut is made in the Markdown itself, so that what is left reads exactly as if the section had never
    /// been written: its footnotes, link definitions and anchors go with it.
    pub fn without_sections(&self, hides: impl Fn(&Heading) -> bool) -> Option<Self> {
        let mut kept = String::new();
        let mut from = 0;
        let mut is_cut = false;
        for (index, heading) in self.headings.iter().enumerate() {
            let start = self.line_start(heading);
            if start >= from && heading.top_level && hides(heading) {
                kept.push_str(&self.text[from..start]);
                // A blank line keeps what stands before and behind the cut two paragraphs.
                end_with(&mut kept, "\n\n");
                from = self.section_end(index);
                is_cut = true;
            }
        }
        if from < self.text.len() {
            kept.push_str(&self.text[from..]);
        } else {
            end_with(&mut kept, if self.text.ends_with('\n') { "\n" } else { "" });
        }
        is_cut.then(|| Self::new(kept))
    }
}

/// Where code stands that is shown as it is written.
pub fn code_blocks(text: &str) -> Vec<Range<usize>> {
    let blocks = Parser::new_ext(text, options()).into_offset_iter();
    blocks
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect()
}

/// Puts an end in the place of the line feeds at the end of a text, unless there is nothing else in it: nobody
/// shall be able to tell from the blank lines of a text that something stood there.
fn end_with(text: &mut String, end: &str) {
    let length = text.trim_end_matches('\n').len();
    if length > 0 {
        text.truncate(length);
        text.push_str(end);
    }
}

fn moved(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn start_of_heading(
    level: HeadingLevel,
    id: Option<&str>,
    attributes: &[(pulldown_cmark::CowStr<'_>, Option<pulldown_cmark::CowStr<'_>>)],
    top_level: bool,
    range: Range<usize>,
) -> Heading {
    let mut readers: Option<Vec<String>> = None;
    let mut unknown_attributes = Vec::new();
    for (name, value) in attributes {
        match value {
            Some(value) if &**name == "readers" => {
                let names = value.split(',').filter(|name| !name.is_empty()).map(str::to_owned);
                readers.get_or_insert_default().extend(names);
            }
            Some(value) => unknown_attributes.push(format!("{name}={value}")),
            None => unknown_attributes.push(name.to_string()),
        }
    }
    Heading {
        level: level as u8,
        text: String::new(),
        anchor: id.unwrap_or_default().to_owned(),
        readers,
        unknown_attributes,
        top_level,
        range,
    }
}

/// The target of `[[id\|text]]`. In a table a bare `|` would end the cell, so that it has to be escaped, and the
/// parser leaves the sign of the escape with the target.
fn without_escape(target: &str) -> &str {
    target.strip_suffix('\\').unwrap_or(target)
}

fn link(link_type: LinkType, target: &str, range: Range<usize>) -> Link {
    let kind = match link_type {
        LinkType::WikiLink { has_pothole: false } => LinkKind::Titled,
        LinkType::WikiLink { has_pothole: true } => LinkKind::Wiki,
        _ => LinkKind::Address,
    };
    let target = match link_type {
        // `<a@b.org>` stands for its mail address.
        LinkType::Email => format!("mailto:{target}"),
        LinkType::WikiLink { .. } => without_escape(target).to_owned(),
        _ => target.to_owned(),
    };
    let inner = range.start..range.start;
    Link { target, kind, range, inner }
}

fn is_container(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList | Tag::Table(_)
    )
}

fn is_container_end(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::Table
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_at_the_next_heading_of_its_level() {
        let prose = Prose::new(
            "# Title\n\nopen\n## Doubts {readers=mentor,me}\nsecret\n\n### Deeper\nsecret too\n## Next\nopen again\n",
        );
        assert_eq!(prose.title_heading().unwrap().text, "Title");
        assert_eq!(prose.headings[1].readers.as_deref(), Some(&["mentor".to_owned(), "me".to_owned()][..]));
        let cut = prose.without_sections(|heading| heading.readers.is_some()).unwrap();
        assert_eq!(cut.text, "# Title\n\nopen\n\n## Next\nopen again\n");
        assert!(prose.without_sections(|_| false).is_none());
    }

    #[test]
    fn what_follows_a_cut_keeps_its_shape() {
        let prose = Prose::new("para\n# Hidden {readers=x}\nsecret\n\nNext\n====\n\nend");
        let cut = prose.without_sections(|heading| heading.readers.is_some()).unwrap();
        assert_eq!(cut.text, "para\n\nNext\n====\n\nend");
        assert_eq!(cut.headings.len(), 1);
        for (text, left) in [("a\n\n# B {readers=x}\nc\n", "a\n"), ("a\n\n# B {readers=x}\nc", "a")] {
            let cut = Prose::new(text).without_sections(|heading| heading.readers.is_some()).unwrap();
            assert_eq!(cut.text, left);
        }
    }

    #[test]
    fn a_cut_takes_whole_lines() {
        let cases = [
            ("open\n\n   ## A {readers=x}\n\nsecret\n\n## B\n\nx\n", "open\n\n## B\n\nx\n"),
            ("open\n\n  ## A {readers=x}\n\nsecret\n\n   ## B\n\nx\n", "open\n\n   ## B\n\nx\n"),
            ("   ## A {readers=x}\n\nsecret\n\n  ## B\n\nx\n", "  ## B\n\nx\n"),
            ("\n   ## A {readers=x}\nsecret\n## B\n", "\n## B\n"),
            ("open\n\n   ## A {readers=x}\n\nsecret\n", "open\n"),
            ("open\n\n   A {readers=x}\n   ===\n\nsecret", "open"),
            ("   ## A {readers=x}\n\nsecret\n\n   ## B {readers=x}\n\nsecret\n", ""),
        ];
        for (text, left) in cases {
            let cut = Prose::new(text).without_sections(|heading| heading.readers.is_some()).unwrap();
            assert_eq!(cut, Prose::new(left), "{text}");
        }
    }

    #[test]
    fn attributes_that_are_not_understood_are_kept_for_the_check() {
        let prose = Prose::new(
            "# A {readers: mentor}\n# B {readers}\n# C {onclick=x .y #z readers=a}\n> # D {readers=a}\n",
        );
        assert_eq!(prose.headings[0].unknown_attributes, ["readers:", "mentor"]);
        assert_eq!(prose.headings[1].unknown_attributes, ["readers"]);
        assert_eq!(prose.headings[2].unknown_attributes, ["onclick=x"]);
        assert_eq!(prose.headings[2].anchor, "z");
        assert!(!prose.headings[3].top_level);
    }

    #[test]
    fn links_are_found_in_every_notation() {
        let prose = Prose::new(
            "[[a]] [[b|text]] [c](d.md) <https://e.org> <f@g.org> ![h](i.png)\n\n[j]\n\n[j]: k.md\n",
        );
        let links: Vec<_> = prose.links.iter().map(|link| (link.target.as_str(), link.kind)).collect();
        let texts: Vec<_> = prose.links.iter().map(|link| &prose.text[link.inner.clone()]).collect();
        assert_eq!(texts, ["a", "text", "c", "https://e.org", "f@g.org", "h", "j"]);
        assert_eq!(prose.definitions.len(), 1);
        assert_eq!(&prose.text[prose.definitions[0].0.clone()], "[j]: k.md");
        use LinkKind::{Address, Image, Titled, Wiki};
        let expected = [
            ("a", Titled),
            ("b", Wiki),
            ("d.md", Address),
            ("https://e.org", Address),
            ("mailto:f@g.org", Address),
            ("i.png", Image),
            ("k.md", Address),
        ];
        assert_eq!(links, expected);
    }

    #[test]
    fn links_stand_in_tables_with_the_bar_escaped() {
        let prose = Prose::new("| a | b |\n|---|---|\n| [[x\\|words]] | ![[i.png\\|more *words*]] [[y]] |\n");
        let links: Vec<_> = prose.links.iter().map(|link| (link.target.as_str(), link.kind)).collect();
        use LinkKind::{Image, Titled, Wiki};
        assert_eq!(links, [("x", Wiki), ("i.png", Image), ("y", Titled)]);
        let texts: Vec<_> = prose.links.iter().map(|link| &prose.text[link.inner.clone()]).collect();
        assert_eq!(texts, ["words", "more *words*", "y"]);
    }

    #[test]
    fn readers_named_within_raw_html_limit_nothing() {
        let stray = |text: &str| {
            let prose = Prose::new(text);
            let found = prose.stray_readers.iter().map(|range| prose.text[range.clone()].to_owned());
            found.collect::<Vec<String>>()
        };
        assert_eq!(stray("<div>\n## A {readers=mentor}\nhidden\n</div>\n"), ["{readers=mentor}"]);
        assert_eq!(stray("<!-- c --> ## A {readers=mentor}\n"), ["{readers=mentor}"]);
        assert_eq!(stray("<!--> ## A {readers=mentor} -->\n"), ["{readers=mentor} -->"]);
        assert_eq!(stray("<!-- a --!> <b readers=me> -->\n"), ["readers=me"]);
        assert_eq!(stray("<h2 readers=\"mentor\">A</h2>\nhidden\n"), ["readers=\"mentor\""]);
        assert_eq!(stray("<h2 id='a>' Reader = me>A</h2>\n"), ["Reader = me"]);
        assert_eq!(stray("<section\n  data-readers='a b'\n>\n"), ["data-readers='a b'"]);
        assert_eq!(stray("some <b readers>bold</b> words\n"), ["readers"]);
        for sound in [
            "<!-- ## A {readers=mentor} -->\n\n## B {readers=mentor}\n",
            "<!-- a\n<h2 readers=\"mentor\">\n{readers=mentor}\n--> b\n",
            "a <!-- <b readers=mentor> {readers=x} --> b\n",
            "<h2 class=\"readers\" title='a readers=b' / >readers=mentor</h2>\n",
            "<readers>a < readers=b</readers>\n",
            "<!-- never closed\n\n## A {readers=mentor}\n",
            "a <!-- b --!> c\n",
        ] {
            assert_eq!(stray(sound), [""; 0], "{sound}");
        }
    }

    #[test]
    fn what_stands_in_a_replaced_part_goes_with_it() {
        let replaced = Prose::new("abcdef").with_replacements(vec![(4..5, ""), (0..3, "x"), (1..2, "y")]);
        assert_eq!(replaced.text, "xdf");
    }
}
