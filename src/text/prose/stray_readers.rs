//! What the writer of a text may have meant as `{readers=…}`, and what limits nothing.

use std::ops::Range;

/// Where in a piece of text something begins that its writer may have meant as `{readers=…}`.
pub(super) fn looks_like_readers(words: &str, in_heading: bool) -> Option<usize> {
    let is_brace = |c: char| matches!(c, '{' | '\u{FF5B}');
    if !in_heading && !words.contains(is_brace) {
        return None;
    }
    let lower = words.to_ascii_lowercase();
    let in_braces = lower
        .match_indices(is_brace)
        .find(|(at, brace)| lower[at + brace.len()..].trim_start().starts_with("reader"))
        .map(|(at, _)| at);
    let bare = || {
        ["readers", "reader"].iter().find_map(|name| {
            let found = |(at, _): &(usize, &str)| lower[at + name.len()..].trim_start().starts_with('=');
            lower.match_indices(name).find(found).map(|(at, _)| at)
        })
    };
    in_braces.or_else(|| if in_heading { bare() } else { None })
}

/// Raw HTML with blanks in the place of its comments, byte for byte.
pub fn without_comments(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<!--") {
        // `<!-->` is a whole comment, and `--!>` ends one as well.
        let inner = &rest[at + 2..];
        let ends = ["-->", "--!>"].map(|end| inner.find(end).map(|found| at + 2 + found + end.len()));
        let end = ends.into_iter().flatten().min().unwrap_or(rest.len());
        kept.push_str(&rest[..at]);
        kept.extend(std::iter::repeat_n(' ', end - at));
        rest = &rest[end..];
    }
    kept + rest
}

/// The first attribute of a tag in raw HTML that its writer may have meant as `{readers=…}`.
pub(super) fn readers_in_tag(html: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        at += found + 1;
        if !html[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        at = end_of(html, at, |c| is_between(c) || c == '>');
        loop {
            at = end_of(html, at, |c| !is_between(c));
            if at == html.len() || html[at..].starts_with('>') {
                break;
            }
            let name = at;
            // A name has at least one character, even if that is `=`.
            let first = html[at..].chars().next().map_or(0, char::len_utf8);
            at = end_of(html, at + first, |c| is_between(c) || matches!(c, '=' | '>'));
            let is_meant =
                html[name..at].to_ascii_lowercase().trim_start_matches("data-").starts_with("reader");
            at = end_of_value(html, at);
            if is_meant {
                return Some(name..at);
            }
        }
    }
    None
}

/// Whether a character stands between the attributes of a tag.
fn is_between(c: char) -> bool {
    c.is_ascii_whitespace() || c == '/'
}

/// Where the value ends of an attribute whose name ends at `at`; `at` if it has none.
fn end_of_value(html: &str, at: usize) -> usize {
    let equals = end_of(html, at, |c| !c.is_ascii_whitespace());
    if !html[equals..].starts_with('=') {
        return at;
    }
    let value = end_of(html, equals + 1, |c| !c.is_ascii_whitespace());
    match html[value..].chars().next() {
        Some(quote @ ('"' | '\'')) => (end_of(html, value + 1, |c| c == quote) + 1).min(html.len()),
        _ => end_of(html, value, |c| c.is_ascii_whitespace() || c == '>'),
    }
}

/// The first place from `at` on at which a character is found.
fn end_of(text: &str, at: usize, is_end: impl Fn(char) -> bool) -> usize {
    text[at..].find(is_end).map_or(text.len(), |length| at + length)
}
