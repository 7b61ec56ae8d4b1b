//! Markdown to HTML that is safe to show: every address is checked, raw HTML is cleaned, ids are our own.

mod clean;
mod footnotes;
mod table;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::text::prose::{Link, Prose, options};
use crate::words::Words;
use clean::cleaned;
use footnotes::Footnotes;
use table::Table;

/// What begins every id that comes from a text, so that none can stand for something of the page itself.
const ID_PREFIX: &str = "s-";

/// What a link becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A link to that address. Where the text gave no words of its own, `title` are the words.
    Href {
        /// The address as it stands in the page.
        href: String,
        /// What `[[id]]` is called.
        title: Option<String>,
        /// Whether it leaves the site.
        outside: bool,
    },
    /// A picture of the site, with its width and height where they are known.
    Image {
        /// Its address as it stands in the page.
        src: String,
        /// In pixels.
        dimensions: Option<(u32, u32)>,
    },
    /// Its words alone.
    Text,
}

/// A heading as a table of contents shows it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Contents {
    /// 2 to 6, as in the page.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Its id in the page.
    pub id: String,
}

/// The id of the heading with that anchor.
pub fn heading_id(anchor: &str) -> String {
    format!("{ID_PREFIX}{anchor}")
}

/// The headings of a text, without the one that is the title of the page.
pub fn contents(prose: &Prose) -> Vec<Contents> {
    let shift = level_shift(prose);
    let title = prose.title_heading().map(|heading| heading.range.start);
    let shown =
        prose.headings.iter().filter(|heading| heading.top_level && Some(heading.range.start) != title);
    shown
        .map(|heading| Contents {
            level: (heading.level + shift).min(6),
            text: heading.text.clone(),
            id: heading_id(&heading.anchor),
        })
        .collect()
}

/// The text as HTML, without the heading that is the title of the page.
pub fn html(prose: &Prose, words: &Words, target: &dyn Fn(&Link) -> Target) -> String {
    let body = Writer::new(prose, words, target).written();
    if prose.html.is_empty() {
        return body;
    }
    cleaned(&body)
        .unwrap_or_else(|| Writer { html_is_text: true, ..Writer::new(prose, words, target) }.written())
}

/// A page has one heading of level 1, its title; further ones in the text come a level lower, with all below.
fn level_shift(prose: &Prose) -> u8 {
    let title = prose.title_heading().map(|heading| heading.range.start);
    let has_more = prose.headings.iter().any(|h| h.level == 1 && Some(h.range.start) != title);
    u8::from(has_more)
}

struct Writer<'a> {
    prose: &'a Prose,
    said: &'a Words,
    target: &'a dyn Fn(&Link) -> Target,
    events: Vec<Event<'a>>,
    notes: Footnotes<'a>,
    /// How the open links end, innermost last.
    open_links: Vec<OpenLink>,
    next_link: usize,
    next_heading: usize,
    table: Table,
    /// Whether raw HTML is shown as text.
    html_is_text: bool,
    shift: u8,
}

enum OpenLink {
    /// Ends with this.
    Element(&'static str),
    /// Its words were replaced; those in the text are passed over.
    Replaced(&'static str),
    /// A picture: its words become the description.
    Picture { src: String, dimensions: Option<(u32, u32)>, words: String },
    /// A picture that is not shown: its words stand for it.
    Words,
}

impl<'a> Writer<'a> {
    fn new(prose: &'a Prose, said: &'a Words, target: &'a dyn Fn(&Link) -> Target) -> Self {
        Self {
            prose,
            said,
            target,
            events: Vec::new(),
            notes: Footnotes::default(),
            open_links: Vec::new(),
            next_link: 0,
            next_heading: 0,
            table: Table::default(),
            html_is_text: false,
            shift: level_shift(prose),
        }
    }

    fn written(mut self) -> String {
        let title = self.prose.title_heading().map(|heading| heading.range.clone());
        for (event, range) in Parser::new_ext(&self.prose.text, options()).into_offset_iter() {
            let in_title = title.as_ref().is_some_and(|title| range.start < title.end);
            self.event(event, in_title);
        }
        let mut out = String::with_capacity(self.prose.text.len() * 3 / 2);
        html::push_html(&mut out, self.events.into_iter());
        self.notes.write(self.said, &mut out);
        out
    }

    fn event(&mut self, event: Event<'a>, in_title: bool) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.start_link(in_title),
            Event::End(TagEnd::Link | TagEnd::Image) => self.end_link(in_title),
            Event::Start(Tag::Heading { level, .. }) => self.start_heading(level, in_title),
            Event::End(TagEnd::Heading(level)) if !in_title => {
                self.raw(format!("</h{}>\n", (level as u8 + self.shift).min(6)));
            }
            _ if in_title => {}
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.notes.begin(label, std::mem::take(&mut self.events));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                let note = std::mem::take(&mut self.events);
                self.events = self.notes.end(note);
            }
            Event::FootnoteReference(label) => {
                let (number, is_first) = self.notes.refer(label);
                // The way back leads to the first place that refers to a note.
                let id = if is_first { format!(" id=\"fnref-{number}\"") } else { String::new() };
                self.raw(format!("<sup class=\"footnote\"><a href=\"#fn-{number}\"{id}>{number}</a></sup>"));
            }
            Event::TaskListMarker(done) => {
                let (checked, key) = if done { (" checked", "prose.done") } else { ("", "prose.open") };
                let label = attribute(self.said.text(key));
                self.raw(format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
            }
            Event::Start(tag @ (Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)) => {
                let html = self.table.start(tag);
                self.raw(html);
            }
            Event::End(tag @ (TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell)) => {
                let html = self.table.end(tag);
                self.raw(html);
            }
            Event::Html(html) | Event::InlineHtml(html) if self.html_is_text => {
                self.words(Event::Text(html));
            }
            Event::Start(Tag::CodeBlock(kind)) => self.start_code(&kind),
            Event::End(TagEnd::CodeBlock) => self.raw("</code></pre>\n".to_owned()),
            event => self.words(event),
        }
    }

    /// Words, which a picture takes as its description.
    fn words(&mut self, event: Event<'a>) {
        match self.open_links.iter_mut().rev().find(|open| !matches!(open, OpenLink::Element(_))) {
            Some(OpenLink::Picture { words, .. }) => match &event {
                Event::Text(text) | Event::Code(text) => words.push_str(text),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            },
            Some(OpenLink::Replaced(_)) => {}
            _ => self.events.push(event),
        }
    }

    fn raw(&mut self, html: String) {
        self.words(Event::InlineHtml(html.into()));
    }

    fn start_heading(&mut self, level: HeadingLevel, in_title: bool) {
        let heading = &self.prose.headings[self.next_heading];
        self.next_heading += 1;
        if !in_title {
            let id = attribute(&heading_id(&heading.anchor));
            self.raw(format!("<h{} id=\"{id}\">", (level as u8 + self.shift).min(6)));
        }
    }

    /// Only the language of a block of code is kept, as one word.
    fn start_code(&mut self, kind: &CodeBlockKind) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        if language.is_empty() {
            self.raw("<pre tabindex=\"0\"><code>".to_owned());
        } else {
            self.raw(format!("<pre tabindex=\"0\"><code class=\"language-{}\">", attribute(language)));
        }
    }

    fn start_link(&mut self, in_title: bool) {
        let link = &self.prose.links[self.next_link];
        self.next_link += 1;
        if in_title {
            return;
        }
        let open = match (self.target)(link) {
            Target::Href { href, title, outside } => {
                let rel = if outside { " rel=\"noopener noreferrer\"" } else { "" };
                self.raw(format!("<a href=\"{}\"{rel}>", address(&href)));
                match title {
                    Some(title) => {
                        self.raw(body_text(&title));
                        OpenLink::Replaced("</a>")
                    }
                    None => OpenLink::Element("</a>"),
                }
            }
            Target::Image { src, dimensions } => OpenLink::Picture { src, dimensions, words: String::new() },
            Target::Text => OpenLink::Words,
        };
        self.open_links.push(open);
    }

    fn end_link(&mut self, in_title: bool) {
        if in_title {
            return;
        }
        match self.open_links.pop().expect("a link ends after it began") {
            OpenLink::Element(end) | OpenLink::Replaced(end) => self.raw(end.to_owned()),
            OpenLink::Words => {}
            OpenLink::Picture { src, dimensions, words } => {
                let size = dimensions
                    .map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""))
                    .unwrap_or_default();
                let (src, alt) = (address(&src), attribute(&words));
                self.raw(format!(
                    "<img src=\"{src}\" alt=\"{alt}\"{size} loading=\"lazy\" decoding=\"async\">"
                ));
            }
        }
    }
}

fn attribute(text: &str) -> String {
    let mut escaped = String::new();
    escape_html(&mut escaped, text).expect("a string takes all that is written to it");
    escaped
}

fn body_text(text: &str) -> String {
    let mut escaped = String::new();
    escape_html_body_text(&mut escaped, text).expect("a string takes all that is written to it");
    escaped
}

fn address(href: &str) -> String {
    let mut escaped = String::new();
    escape_href(&mut escaped, href).expect("a string takes all that is written to it");
    escaped
}
