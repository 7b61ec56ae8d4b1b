//! Link definitions that stand in the shadow of others.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{Prose, is_container, is_container_end, options};

impl Prose {
    /// Where link definitions stand that count for nothing, because another of the same label stands before
    /// them. No page shows them, and the parser passes over them without a word.
    pub fn shadowed_definitions(&self) -> Vec<Range<usize>> {
        if !self.text.contains("]:") {
            return Vec::new();
        }
        // Between the blocks stand only blank lines, the marks of lists, quotes and notes, and definitions.
        let events = Parser::new_ext(&self.text, options()).into_offset_iter();
        let shown = events.filter(|(event, _)| !is_wrapper(event)).map(|(_, range)| range);
        let mut covered: Vec<Range<usize>> =
            shown.chain(self.definitions.iter().map(|(range, _)| range.clone())).collect();
        covered.sort_by_key(|range| range.start);
        covered.push(self.text.len()..self.text.len());
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut from = 0;
        for range in covered {
            if from < range.start {
                found.extend(definitions_between(&self.text, from..range.start));
            }
            from = from.max(range.end);
        }
        found
    }
}

/// Whether an event only says that a block with other blocks in it begins or ends.
fn is_wrapper(event: &Event) -> bool {
    match event {
        Event::Start(Tag::Table(_)) | Event::End(TagEnd::Table) => false,
        Event::Start(tag) => is_container(tag) || matches!(tag, Tag::Item | Tag::DefinitionListDefinition),
        Event::End(tag) => {
            is_container_end(tag) || matches!(tag, TagEnd::Item | TagEnd::DefinitionListDefinition)
        }
        _ => false,
    }
}

/// The definitions in a part of a text that no block covers. Each begins behind the marks of its line, and goes
/// on to a blank line or the next one.
fn definitions_between(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    let mut at = part.start;
    for line in text[part].split_inclusive('\n') {
        let words = line.trim_start_matches(|c: char| c.is_whitespace() || ">-*+:.)0123456789".contains(c));
        let start = at + line.len() - words.len();
        let end = start + words.trim_end().len();
        at += line.len();
        if words.starts_with('[') && !words.starts_with("[^") {
            found.push(start..end);
            goes_on = true;
        } else if words.is_empty() {
            goes_on = false;
        } else if let (true, Some(last)) = (goes_on, found.last_mut()) {
            last.end = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_that_another_one_hides_are_found() {
        let text = "[a]: one.md\n[a]: two.md\n[b]: three.md\n\n> [A]: four.md\n> more [a]: five\n\n\
                    1. [a]:\n   six.md\n   'seven'\n- [x] [a]: eight\n- [a](nine.md)\n\n    [a]: ten\n\n\
                    [^n]: [a]: eleven\n\n[c]\n[b]: twelve\n\n[b]: thirteen\n";
        let prose = Prose::new(text);
        let found: Vec<&str> =
            prose.shadowed_definitions().into_iter().map(|range| &prose.text[range]).collect();
        assert_eq!(
            found,
            ["[a]: two.md", "[A]: four.md", "[a]:\n   six.md\n   'seven'", "[a]: ten", "[b]: thirteen"]
        );
    }
}
