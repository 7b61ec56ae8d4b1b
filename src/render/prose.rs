//! Markdown to HTML that is safe to show: every address is checked, raw HTML is cleaned, ids are our own.

use std::collections::HashMap;
use std::sync::OnceLock;

use ammonia::Builder;
use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::model::links::is_safe;
use crate::text::prose::{Link, Prose, options};

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
pub fn html(prose: &Prose, target: &dyn Fn(&Link) -> Target) -> String {
    let body = Writer::new(prose, target).written();
    if prose.html.is_empty() {
        body
    } else if depth(&body) > DEEPEST {
        Writer { html_is_text: true, ..Writer::new(prose, target) }.written()
    } else {
        with_sorted_attributes(&cleaner().clean(&body).to_string())
    }
}

/// Puts the attributes of every element in the order of their names: the cleaner writes them in an order that
/// differs from run to run. Takes what the cleaner writes: `<` begins nothing but tags, values are in quotes.
fn with_sorted_attributes(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let name = rest[start + 1..].find([' ', '>']).map_or(rest.len(), |length| start + 1 + length);
        out.push_str(&rest[..name]);
        rest = &rest[name..];
        let mut attributes = Vec::new();
        while let Some((attribute, after)) = first_attribute(rest) {
            attributes.push(attribute);
            rest = after;
        }
        attributes.sort_unstable();
        out.extend(attributes);
    }
    out + rest
}

/// The attribute that a text begins with, and what follows it: ` name="value"`.
fn first_attribute(text: &str) -> Option<(&str, &str)> {
    let equals = text.strip_prefix(' ')?.find("=\"")? + 1;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
    if !text[1..equals].chars().all(is_name) {
        return None;
    }
    let value = equals + 2;
    let end = value + text[value..].find('"')? + 1;
    Some(text.split_at(end))
}

/// How deep elements may be nested for raw HTML to be cleaned: for every element, the parser looks through all
/// that are open. Below that, raw HTML is shown as the text that it is.
const DEEPEST: usize = 500;

/// How deep elements are nested in a piece of HTML, roughly: those that end by themselves do not count.
fn depth(html: &str) -> usize {
    const END_BY_THEMSELVES: [&str; 14] =
        ["p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "br", "hr", "img", "input", "wbr"];
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let (ends, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if name == 0 || END_BY_THEMSELVES.iter().any(|known| known.eq_ignore_ascii_case(&rest[..name])) {
            continue;
        }
        depth = if ends { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// A page has one heading of level 1, its title; further ones in the text come a level lower, with all below.
fn level_shift(prose: &Prose) -> u8 {
    let title = prose.title_heading().map(|heading| heading.range.start);
    let has_more = prose.headings.iter().any(|h| h.level == 1 && Some(h.range.start) != title);
    u8::from(has_more)
}

struct Writer<'a> {
    prose: &'a Prose,
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
    fn new(prose: &'a Prose, target: &'a dyn Fn(&Link) -> Target) -> Self {
        Self {
            prose,
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
        self.notes.write(&mut out);
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
                let (checked, label) = if done { (" checked", "done") } else { ("", "open") };
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

/// A table, whose columns are aligned by classes: pages allow no styles of their own.
#[derive(Default)]
struct Table {
    columns: Vec<Alignment>,
    next: usize,
    in_head: bool,
}

impl Table {
    fn start(&mut self, tag: Tag) -> String {
        match tag {
            Tag::Table(columns) => {
                self.columns = columns;
                "<div class=\"table\" tabindex=\"0\"><table>".to_owned()
            }
            Tag::TableHead => {
                (self.next, self.in_head) = (0, true);
                "<thead><tr>".to_owned()
            }
            Tag::TableRow => {
                self.next = 0;
                "<tr>".to_owned()
            }
            _ => {
                let class = match self.columns.get(self.next) {
                    Some(Alignment::Left) => " class=\"align-left\"",
                    Some(Alignment::Center) => " class=\"align-center\"",
                    Some(Alignment::Right) => " class=\"align-right\"",
                    Some(Alignment::None) | None => "",
                };
                self.next += 1;
                format!("<{}{class}>", self.cell())
            }
        }
    }

    fn end(&mut self, tag: TagEnd) -> String {
        match tag {
            TagEnd::Table => "</tbody></table>\n</div>\n".to_owned(),
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead><tbody>\n".to_owned()
            }
            TagEnd::TableRow => "</tr>\n".to_owned(),
            _ => format!("</{}>", self.cell()),
        }
    }

    fn cell(&self) -> &'static str {
        if self.in_head { "th" } else { "td" }
    }
}

/// Footnotes in the order in which the text refers to them, written at its end.
#[derive(Default)]
struct Footnotes<'a> {
    numbers: HashMap<CowStr<'a>, usize>,
    texts: HashMap<CowStr<'a>, Vec<Event<'a>>>,
    /// The notes that are being read, each with the events around it.
    open: Vec<(CowStr<'a>, Vec<Event<'a>>)>,
}

impl<'a> Footnotes<'a> {
    /// The number of a note, and whether it was given just now.
    fn refer(&mut self, label: CowStr<'a>) -> (usize, bool) {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(label).or_insert(next);
        (number, number == next)
    }

    fn begin(&mut self, label: CowStr<'a>, around: Vec<Event<'a>>) {
        self.open.push((label, around));
    }

    fn end(&mut self, note: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let (label, around) = self.open.pop().expect("a footnote ends after it began");
        // Two notes of one label are a slip; both are read out rather than one of them lost.
        self.texts.entry(label).or_default().extend(note);
        around
    }

    fn write(mut self, out: &mut String) {
        if self.texts.is_empty() {
            return;
        }
        // A note that nothing refers to is still part of the text.
        let mut unused: Vec<_> =
            self.texts.keys().filter(|label| !self.numbers.contains_key(*label)).cloned().collect();
        unused.sort_by(|a, b| a.as_ref().cmp(b.as_ref()));
        let referred = self.numbers.len();
        for label in unused {
            self.refer(label);
        }
        let mut notes: Vec<_> = self.numbers.into_iter().collect();
        notes.sort_by_key(|(_, number)| *number);
        out.push_str("<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n");
        for (label, number) in notes {
            let Some(events) = self.texts.remove(&label) else { continue };
            out.push_str(&format!("<li id=\"fn-{number}\">"));
            html::push_html(out, events.into_iter());
            if number <= referred {
                let way_back = format!("<a href=\"#fnref-{number}\" aria-label=\"Back to the text\">↩</a>");
                out.push_str(&way_back);
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol></section>\n");
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

/// Lets through what [`html`] writes itself, and of raw HTML what is harmless.
fn cleaner() -> &'static Builder<'static> {
    static CLEANER: OnceLock<Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(|| {
        let mut cleaner = Builder::default();
        cleaner
            .add_tags(["input", "section"])
            .add_generic_attributes(["id", "class", "aria-label", "tabindex"])
            // The only input is the box of a task, which nobody can tick.
            .add_tag_attributes("input", ["checked"])
            .set_tag_attribute_value("input", "type", "checkbox")
            .set_tag_attribute_value("input", "disabled", "")
            .add_tag_attributes("img", ["loading", "decoding"])
            .add_tag_attributes("a", ["rel"])
            .link_rel(None)
            .url_schemes(["http", "https", "mailto", "tel"].into())
            .attribute_filter(|_, attribute, value| match attribute {
                // A page asks for nothing from elsewhere, and leads elsewhere only by a full address.
                "src" => is_relative(value).then(|| value.into()),
                "href" => (is_relative(value) || is_safe(value)).then(|| value.into()),
                "cite" | "headers" | "longdesc" => None,
                "id" => is_our_id(value).then(|| value.into()),
                "class" => is_our_class(value).then(|| value.into()),
                "tabindex" => (value == "0").then(|| value.into()),
                _ => Some(value.into()),
            });
        cleaner
    })
}

fn is_relative(address: &str) -> bool {
    !address.contains([':', '\\']) && !address.starts_with('/') && !address.chars().any(char::is_control)
}

fn is_our_id(id: &str) -> bool {
    [ID_PREFIX, "fn-", "fnref-"].iter().any(|prefix| id.starts_with(prefix))
}

fn is_our_class(class: &str) -> bool {
    matches!(class, "table" | "align-left" | "align-center" | "align-right" | "footnote" | "footnotes")
        || class.strip_prefix("language-").is_some_and(|language| !language.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::with_sorted_attributes;

    #[test]
    fn attributes_come_in_the_order_of_their_names() {
        let html = r#"<p>a &lt; b</p><input type="checkbox" disabled="" aria-label="x > y"><img src="a b" alt=""> c="d"<br>"#;
        let sorted = r#"<p>a &lt; b</p><input aria-label="x > y" disabled="" type="checkbox"><img alt="" src="a b"> c="d"<br>"#;
        assert_eq!(with_sorted_attributes(html), sorted);
        assert_eq!(with_sorted_attributes("no tag"), "no tag");
    }
}
