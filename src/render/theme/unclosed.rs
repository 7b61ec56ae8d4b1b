//! Which tag of a template is still open: the engine itself says only that something is missing at the end.

use std::ops::Range;

/// Tags that an `end…` closes. `set` does so only where it has no value.
const CLOSED: [&str; 6] = ["if", "for", "block", "component", "filter", "raw"];

/// The innermost tag that is open at a place: its word, and where that stands. `None` within an expression.
pub(super) fn open_tag(text: &str, end: usize) -> Option<(&str, Range<usize>)> {
    if text[..end].rfind("{{").is_some_and(|start| !text[start..end].contains("}}")) {
        return None;
    }
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..end].find("{%").map(|found| at + found) {
        // What is in a comment is no tag.
        if let Some(comment) = text[at..found].find("{#") {
            at = text[at + comment..end].find("#}").map_or(end, |close| at + comment + close);
            continue;
        }
        let start = found + 2 + text[found + 2..].find(|c: char| !matches!(c, '-' | ' ' | '\n')).unwrap_or(0);
        if start >= end {
            break;
        }
        let length = text[start..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len() - start);
        let word = &text[start..start + length];
        if CLOSED.contains(&word) {
            open.push(start..start + length);
        } else if word.strip_prefix("end").is_some_and(|rest| CLOSED.contains(&rest)) {
            open.pop();
        }
        at = (start + length).min(end).max(found + 2);
    }
    open.pop().map(|range| (&text[range.clone()], range))
}

#[cfg(test)]
mod tests {
    use super::open_tag;

    #[test]
    fn the_innermost_open_tag_is_found() {
        let text = "{% block a %}{%- if x %}{# {% for #}{% for y in z %}{% endfor %} ü";
        assert_eq!(open_tag(text, text.len()).map(|(word, range)| (word, range.start)), Some(("if", 17)));
        assert_eq!(open_tag(text, 14).map(|(word, _)| word), Some("block"));
        assert_eq!(open_tag("{% block a %}{% endblock a %}{% set b = 1 %}", 44), None);
        assert_eq!(open_tag("{%", 2), None);
        assert_eq!(open_tag("{% block a %}{{ x ", 17), None);
        let text = "{% block a %}{% for a in b %} {% endblock %}";
        assert_eq!(open_tag(text, text.find("endblock").expect("it is there")).map(|it| it.0), Some("for"));
    }
}
