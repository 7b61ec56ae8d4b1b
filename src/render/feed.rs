//! `feed.xml`: the latest entries and changes as an Atom feed (RFC 4287).
//!
//! Its names are `tag:` addresses (RFC 4151) made from whose portfolio it is and from the ids of entries, so that
//! they stay the same wherever the site is published. Its days are those of the record, never of the clock.

use std::fmt::Write;

use pulldown_cmark_escape::escape_html;

use crate::view::{Feed, Site};

/// The year in the names; any will do that never changes.
const YEAR: u16 = 2026;

/// The day of a feed of a portfolio that tells of no day at all.
const NO_DAY: &str = "1970-01-01";

/// The feed of a site.
pub(super) fn feed(site: &Site) -> String {
    let Feed { namespace, updated, entries } = site.feed();
    let (config, words) = (&site.portfolio().config, site.words());
    let language = config.language.as_deref().unwrap_or(words.language());
    // Every reader has a feed of their own, with its own name; an entry has one name in all of them.
    let reader = site.redacted().reader().name();
    let mut feed = Xml::default();
    feed.line(format_args!("<?xml version=\"1.0\" encoding=\"utf-8\"?>"));
    feed.line(format_args!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        escaped(language)
    ));
    feed.element("id", &name(&namespace, &format!("feed/{reader}")));
    feed.element("title", &config.title);
    feed.element("updated", &updated.map_or_else(|| instant(NO_DAY), |date| instant(&date.to_string())));
    feed.line(format_args!("<author><name>{}</name></author>", escaped(&config.owner.name)));
    feed.line(format_args!("<generator>Bailiwick</generator>"));
    if let Some(base) = &config.base_url {
        let base = format!("{}/", base.trim_end_matches('/'));
        feed.line(format_args!("<link rel=\"self\" href=\"{}feed.xml\"/>", escaped(&base)));
        feed.line(format_args!("<link href=\"{}\"/>", escaped(&base)));
    } else {
        // Seen from the feed itself, which lies at the root of the site.
        feed.line(format_args!("<link href=\"index.html\"/>"));
    }
    for news in &entries {
        feed.line(format_args!("<entry>"));
        feed.element("id", &name(&namespace, &news.name));
        feed.element("title", &news.title);
        feed.element("updated", &instant(&news.date.to_string()));
        let href = match &config.base_url {
            Some(base) => format!("{}/{}", base.trim_end_matches('/'), news.url),
            None => news.href.clone(),
        };
        feed.line(format_args!("<link href=\"{}\"/>", escaped(&href)));
        let kind = words.of("kind", news.kind.word());
        feed.line(format_args!("<category term=\"{}\" label=\"{}\"/>", news.kind.word(), escaped(kind)));
        for tag in news.tags {
            feed.line(format_args!("<category term=\"{}\"/>", escaped(tag.as_str())));
        }
        feed.element("summary", &news.summary);
        feed.line(format_args!("</entry>"));
    }
    feed.line(format_args!("</feed>"));
    feed.0
}

#[derive(Default)]
struct Xml(String);

impl Xml {
    fn line(&mut self, text: std::fmt::Arguments) {
        writeln!(self.0, "{text}").expect("writing to a string cannot fail");
    }

    fn element(&mut self, name: &str, text: &str) {
        self.line(format_args!("<{name}>{}</{name}>", escaped(text)));
    }
}

/// The name of something in a portfolio.
fn name(namespace: &str, what: &str) -> String {
    format!("tag:{namespace},{YEAR}:{what}")
}

/// The beginning of a day: a feed knows no days.
fn instant(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

/// Text as XML takes it: control characters have no place there, not even escaped.
fn escaped(text: &str) -> String {
    let is_letter = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let kept: String =
        text.chars().filter(is_letter).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    let mut escaped = String::with_capacity(kept.len());
    escape_html(&mut escaped, &kept).expect("writing to a string cannot fail");
    escaped
}
