//! Steps from value to value through YAML, over what stands between them: white space, comments, indicators.
//!
//! Works on text that was read as plain YAML before; so what lies between two values is known to be nothing
//! else.

use std::ops::Range;

use super::line;
use crate::source::yaml::{Node, Value};

/// A value and the byte at which it begins: at its bracket or brace, if it has one.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) node: &'a Node,
    pub(super) start: usize,
}

impl<'a> Found<'a> {
    /// The value of the whole text.
    pub(super) fn root(yaml: &str, node: &'a Node) -> Self {
        Self { node, start: skip(yaml, 0, "") }
    }

    /// The value of a field.
    pub(super) fn field(self, yaml: &str, key: &str) -> Option<Self> {
        let Value::Map(fields) = &self.node.value else { return None };
        let (key, node) = fields.iter().find(|(k, _)| k.name == key)?;
        Some(Self { node, start: skip(yaml, key.range.end, INDICATORS) })
    }

    /// The item of a list; of a single item in its place, the first is itself.
    pub(super) fn item(self, yaml: &str, index: usize) -> Option<Self> {
        match &self.node.value {
            Value::List(_) => self.items(yaml).into_iter().nth(index),
            _ => (index == 0).then_some(self),
        }
    }

    /// The items of a list.
    pub(super) fn items(self, yaml: &str) -> Vec<Self> {
        let Value::List(nodes) = &self.node.value else { return Vec::new() };
        let mut from = if self.is_flow(yaml) { self.start + 1 } else { self.start };
        let mut items = Vec::new();
        for node in nodes {
            let item = Self { node, start: skip(yaml, from, INDICATORS) };
            from = item.end(yaml);
            items.push(item);
        }
        items
    }

    /// The ranges of the items of a list, or of the fields of a mapping from key to value, brackets included.
    pub(super) fn parts(self, yaml: &str) -> Vec<Range<usize>> {
        match &self.node.value {
            Value::Map(fields) => fields
                .iter()
                .map(|(key, node)| {
                    let value = Self { node, start: skip(yaml, key.range.end, INDICATORS) };
                    key.range.start..value.end(yaml)
                })
                .collect(),
            _ => self.items(yaml).into_iter().map(|item| item.start..item.end(yaml)).collect(),
        }
    }

    /// Whether it is written in brackets or braces.
    pub(super) fn is_flow(self, yaml: &str) -> bool {
        match self.node.value {
            Value::List(_) => yaml[self.start..].starts_with('['),
            Value::Map(_) => yaml[self.start..].starts_with('{'),
            Value::Null | Value::Scalar { .. } => false,
        }
    }

    /// The byte behind it, its closing bracket included; trailing blank lines of a text do not count.
    pub(super) fn end(self, yaml: &str) -> usize {
        if !self.is_flow(yaml) {
            let range = self.node.range.clone();
            return range.start + yaml[range].trim_end().len();
        }
        let last = self.parts(yaml).last().map_or(self.start + 1, |part| part.end);
        (skip(yaml, last, ",") + 1).min(yaml.len())
    }
}

/// What can stand between a key or an item and the next value.
const INDICATORS: &str = ":,-?";

/// The first byte from `from` on that is neither white space nor in a comment nor one of `indicators`.
pub(super) fn skip(yaml: &str, from: usize, indicators: &str) -> usize {
    let mut at = from;
    while let Some(c) = yaml[at..].chars().next() {
        if c == '#' {
            at = line(yaml, at).end;
        } else if c.is_whitespace() || indicators.contains(c) {
            at += c.len_utf8();
        } else {
            break;
        }
    }
    at
}

/// Whether only white space stands before that byte in its line.
pub(super) fn is_first_in_line(yaml: &str, at: usize) -> bool {
    yaml[line(yaml, at).start..at].trim().is_empty()
}

/// The white space that the line of that byte begins with.
pub(super) fn indent(yaml: &str, at: usize) -> &str {
    let line = &yaml[line(yaml, at)];
    &line[..line.len() - line.trim_start().len()]
}

/// The beginning of the line of `at`, or of the comment lines right above it, down to `from`: what is said
/// above an item is said about it.
pub(super) fn with_comments_above(yaml: &str, at: usize, from: usize) -> usize {
    let mut start = line(yaml, at).start;
    while start > from {
        let above = line(yaml, start - 1);
        if above.start < from || !yaml[above.clone()].trim_start().starts_with('#') {
            break;
        }
        start = above.start;
    }
    start
}

/// Whether a comment follows in the same line.
pub(super) fn is_followed_by_comment(yaml: &str, at: usize) -> bool {
    yaml[at..line(yaml, at).end].trim_start().starts_with('#')
}

/// Whether nothing but a comment follows in the same line.
pub(super) fn is_last_in_line(yaml: &str, at: usize) -> bool {
    yaml[at..line(yaml, at).end].trim().is_empty() || is_followed_by_comment(yaml, at)
}
