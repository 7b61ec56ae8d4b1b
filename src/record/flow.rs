//! Where a part belongs in a collection in brackets or braces.

use std::ops::Range;

use super::scan::{
    indent, is_first_in_line, is_followed_by_comment, is_last_in_line, skip, with_comments_above,
};
use super::{Insertion, line};

/// A collection in brackets or braces.
pub(super) struct Flow<'a> {
    pub(super) yaml: &'a str,
    /// The byte of the opening bracket.
    pub(super) start: usize,
    /// Where its parts stand.
    pub(super) parts: &'a [Range<usize>],
}

impl Flow<'_> {
    /// Puts a part before the one at `index`; last if there is none.
    pub(super) fn insertion(&self, index: usize, part: &str) -> Insertion {
        match (self.parts.get(index), self.parts.last()) {
            (Some(next), _) => self.before(index, next, part),
            (None, Some(last)) => self.behind(last, part),
            (None, None) => Insertion { at: self.start + 1, text: part.to_owned() },
        }
    }

    fn before(&self, index: usize, next: &Range<usize>, part: &str) -> Insertion {
        if !is_first_in_line(self.yaml, next.start) {
            return Insertion { at: next.start, text: format!("{part}, ") };
        }
        let from = if index == 0 { self.start } else { self.parts[index - 1].end };
        let at = with_comments_above(self.yaml, next.start, from);
        Insertion { at, text: format!("{}{part},\n", indent(self.yaml, next.start)) }
    }

    fn behind(&self, last: &Range<usize>, part: &str) -> Insertion {
        let has_lines = self.yaml[self.start..last.start].contains('\n');
        let next_line = format!("\n{}", indent(self.yaml, last.start));
        let gap = if has_lines { next_line.as_str() } else { " " };
        let next = skip(self.yaml, last.end, "");
        if self.yaml[next..].starts_with(',') {
            let at = if has_lines && is_last_in_line(self.yaml, next + 1) {
                line(self.yaml, next).end
            } else {
                next + 1
            };
            return Insertion { at, text: format!("{gap}{part},") };
        }
        if is_followed_by_comment(self.yaml, last.end) {
            // The comma goes to the next line: before the comment it would take the comment to the new part.
            let column = last.start - line(self.yaml, last.start).start;
            let gap = if has_lines { next_line } else { format!("\n{}", " ".repeat(column)) };
            return Insertion { at: line(self.yaml, last.end).end, text: format!("{gap}, {part}") };
        }
        Insertion { at: last.end, text: format!(",{gap}{part}") }
    }
}
