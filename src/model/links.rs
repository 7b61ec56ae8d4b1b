//! Where the links of a text lead.

use std::borrow::Cow;

use super::read::{Role, role};
use super::{Header, Portfolio};
use crate::source::SourcePath;
use crate::text::prose::{Link, LinkKind};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Destination<'a> {
    /// To an entry, and perhaps to a heading of it.
    Entry {
        /// The entry.
        header: &'a Header,
        /// The anchor of the heading.
        anchor: Option<String>,
    },
    /// To a heading of the same text.
    Anchor(String),
    /// To a file in the content folder.
    Asset(SourcePath),
    /// To somewhere else, by an address that is safe to follow.
    Outside(String),
    /// To nothing.
    Nothing(Broken),
}

/// Why a link leads to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// There is no entry of that id.
    Entry(String),
    /// The entry is there and cannot be read, which is reported elsewhere.
    Unread,
    /// The entry has no such heading.
    Anchor(String),
    /// There is no such file.
    File(String),
    /// Not an address that may be followed: `javascript:` and its kin.
    Scheme,
    /// Leads out of the content folder.
    Escapes,
}

/// Every link of every text, with the entry it stands in: in the order of kinds, of ids and of the text.
pub fn links(portfolio: &Portfolio) -> impl Iterator<Item = (&Header, &Link)> {
    portfolio.headers().flat_map(|header| header.body.links.iter().map(move |link| (header, link)))
}

/// Where a link in the text of `from` leads.
pub fn destination<'a>(portfolio: &'a Portfolio, from: &Header, link: &Link) -> Destination<'a> {
    let target = link.target.trim();
    match link.kind {
        LinkKind::Titled | LinkKind::Wiki => {
            let (id, anchor) = split_anchor(target);
            if id.is_empty() {
                return same_text(from, anchor.unwrap_or_default());
            }
            match portfolio.header_or_alias(id) {
                Some(header) => to_entry(header, anchor),
                None if portfolio.broken.contains(id) => Destination::Nothing(Broken::Unread),
                None => Destination::Nothing(Broken::Entry(id.to_owned())),
            }
        }
        LinkKind::Address | LinkKind::Image => address(portfolio, from, target),
    }
}

/// The entry that a link leads to, whether or not that has the heading.
pub fn entry_of<'a>(portfolio: &'a Portfolio, from: &Header, link: &Link) -> Option<&'a Header> {
    let target = link.target.trim();
    let (path, _) = split_anchor(target);
    match link.kind {
        LinkKind::Titled | LinkKind::Wiki => portfolio.header_or_alias(path),
        LinkKind::Address | LinkKind::Image if leads_outside(target) => None,
        LinkKind::Address | LinkKind::Image => {
            entry_at(portfolio, &from.file.resolve(&percent_decoded(path))?)
        }
    }
}

/// The entry that is written in the file of that path.
fn entry_at<'a>(portfolio: &'a Portfolio, path: &str) -> Option<&'a Header> {
    let Role::Entry { id, .. } = role(path) else { return None };
    portfolio.header(id).filter(|header| *header.file == *path)
}

fn address<'a>(portfolio: &'a Portfolio, from: &Header, target: &str) -> Destination<'a> {
    if let Some(anchor) = target.strip_prefix('#') {
        return same_text(from, anchor);
    }
    if leads_outside(target) {
        return if is_safe(target) {
            Destination::Outside(target.to_owned())
        } else {
            Destination::Nothing(Broken::Scheme)
        };
    }
    let (path, anchor) = split_anchor(target);
    let Some(path) = from.file.resolve(&percent_decoded(path)) else {
        return Destination::Nothing(Broken::Escapes);
    };
    if let Some(header) = entry_at(portfolio, &path) {
        return to_entry(header, anchor);
    }
    if let Some((path, _)) = portfolio.assets.get_key_value(path.as_str()) {
        return Destination::Asset(path.clone());
    }
    match role(&path) {
        Role::Entry { id, .. } if portfolio.broken.contains(id) => Destination::Nothing(Broken::Unread),
        _ => Destination::Nothing(Broken::File(target.to_owned())),
    }
}

/// The id of the entry that a link names, whether or not there is one; `None` if it names something else.
pub fn named_entry(from: &Header, link: &Link) -> Option<String> {
    let (target, _) = split_anchor(link.target.trim());
    match link.kind {
        LinkKind::Titled | LinkKind::Wiki => Some(target.to_owned()),
        LinkKind::Address | LinkKind::Image if leads_outside(target) => None,
        LinkKind::Address | LinkKind::Image => {
            let path = SourcePath::new(from.file.resolve(&percent_decoded(target))?);
            match role(&path) {
                Role::Entry { id, .. } => Some(id.to_owned()),
                _ => None,
            }
        }
    }
}

fn to_entry<'a>(header: &'a Header, anchor: Option<&str>) -> Destination<'a> {
    match anchor {
        Some(anchor) if !has_anchor(header, anchor) => {
            Destination::Nothing(Broken::Anchor(anchor.to_owned()))
        }
        anchor => Destination::Entry { header, anchor: anchor.map(str::to_owned) },
    }
}

fn same_text<'a>(from: &Header, anchor: &str) -> Destination<'a> {
    if has_anchor(from, anchor) {
        Destination::Anchor(anchor.to_owned())
    } else {
        Destination::Nothing(Broken::Anchor(anchor.to_owned()))
    }
}

fn has_anchor(header: &Header, anchor: &str) -> bool {
    header.body.headings.iter().any(|heading| heading.anchor == anchor)
}

fn split_anchor(target: &str) -> (&str, Option<&str>) {
    target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)))
}

/// Whether an address leads out of the site, or would if it were safe to follow.
fn leads_outside(target: &str) -> bool {
    has_scheme(target) || target.starts_with("//")
}

/// Whether an address begins with a scheme. Whatever a browser would strip or ignore counts as one, so that
/// `java&#9;script:` is not taken for a file name.
fn has_scheme(target: &str) -> bool {
    let first_mark = target.bytes().find(|byte| matches!(byte, b'/' | b'?' | b'#' | b':'));
    // Control characters beyond ASCII begin with this byte, as do others.
    let is_plain = target.bytes().all(|byte| byte >= b' ' && byte != 0x7f && byte != 0xc2);
    first_mark == Some(b':') || (!is_plain && target.chars().any(char::is_control))
}

/// Whether a link can lead to a file that is no entry, as far as its address alone tells.
pub(super) fn may_lead_to_asset(link: &Link) -> bool {
    let is_address = matches!(link.kind, LinkKind::Address | LinkKind::Image);
    let (path, _) = split_anchor(link.target.trim());
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    is_address && !["md", "yaml", "yml"].iter().any(|text| extension.eq_ignore_ascii_case(text))
}

/// Whether an address may be followed: http, https, mailto and tel, and nothing hidden in it.
pub fn is_safe(target: &str) -> bool {
    let Some((scheme, rest)) = target.split_once(':') else { return false };
    let is_known = match scheme.to_ascii_lowercase().as_str() {
        // Without the slashes, browsers take it for an address on the site itself.
        "http" | "https" => rest.starts_with("//"),
        "mailto" | "tel" => true,
        _ => false,
    };
    is_known && !target.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// Reads `%20` and its kin, once. What is no UTF-8 afterwards is left as it was.
fn percent_decoded(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return path.into();
    }
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| path.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).map_or(path.into(), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::read::read;
    use crate::source::SourceMap;

    #[test]
    fn every_notation_finds_its_destination() {
        let text = "# A\n\n## Why\n\n[[b]] [[b#how|x]] [[old]] [[gone]] [x](b.md) [x](b.md#how) [x](#why) [x](#no) \
                    [x](data%20x.csv) [x](https://e.org/a) [x](javascript:alert(1)) [x](JaVaScript:a) \
                    [x](//e.org) [x](../../x) [x](c.md) <tel:+1> [x](<java\tscript:a>) [x](vbscript&colon;a)\n";
        let sources: SourceMap = [
            ("portfolio.yaml", "title: T\nowner: {name: N}\n"),
            ("pages/a.md", text),
            ("pages/b.md", "---\naliases: old\n---\n# B\n\n## How\n"),
            ("pages/data x.csv", "date,value\n"),
        ]
        .into_iter()
        .collect();
        let (portfolio, report) = read(&sources);
        let portfolio = portfolio.expect("the portfolio is sound");
        assert!(!report.has_errors(), "{report:?}");
        let from = portfolio.header("a").unwrap();
        let shown: Vec<String> = from
            .body
            .links
            .iter()
            .map(|link| match destination(&portfolio, from, link) {
                Destination::Entry { header, anchor } => format!("{} {anchor:?}", header.id),
                other => format!("{other:?}"),
            })
            .collect();
        let expected = [
            "b None",
            "b Some(\"how\")",
            "b None",
            "Nothing(Entry(\"gone\"))",
            "b None",
            "b Some(\"how\")",
            "Anchor(\"why\")",
            "Nothing(Anchor(\"no\"))",
            "Asset(SourcePath(\"pages/data x.csv\"))",
            "Outside(\"https://e.org/a\")",
            "Nothing(Scheme)",
            "Nothing(Scheme)",
            "Nothing(Scheme)",
            "Nothing(Escapes)",
            "Nothing(File(\"c.md\"))",
            "Outside(\"tel:+1\")",
            "Nothing(Scheme)",
            "Nothing(Scheme)",
        ];
        assert_eq!(shown, expected);
    }
}
