//! What refers out of the rest of a text to a footnote or a link definition in one of its sections.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::{Prose, options};

impl Prose {
    /// The section that a heading opens, itself included.
    pub fn section(&self, index: usize) -> Range<usize> {
        self.headings[index].range.start..self.section_end(index)
    }

    /// Where something outside of a section refers to a footnote or a link definition in it.
    pub fn references_into(&self, section: &Range<usize>) -> Vec<Range<usize>> {
        if !self.text[section.clone()].contains("]:") {
            return Vec::new();
        }
        let is_inside = |at: usize| section.contains(&at);
        let mut events = Parser::new_ext(&self.text, options()).into_offset_iter();
        let (mut notes, mut references, mut links) = (Vec::new(), Vec::new(), Vec::new());
        for (event, range) in events.by_ref() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) if is_inside(range.start) => notes.push(label),
                Event::FootnoteReference(label) if !is_inside(range.start) => references.push((label, range)),
                Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                    if is_reference(link_type) && !is_inside(range.start) =>
                {
                    links.push((id, range));
                }
                _ => {}
            }
        }
        references.retain(|(label, _)| notes.contains(label));
        let definitions = events.reference_definitions();
        links.retain(|(id, _)| definitions.get(id).is_some_and(|it| is_inside(it.span.start)));
        references.into_iter().chain(links).map(|(_, range)| range).collect()
    }
}

fn is_reference(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_refers_to_a_note_or_a_definition_in_a_section_is_found() {
        let text = "One[^1] and[^2] [two][L] ![three][l] [l] [kept][k] `[^1]`\n\n[^2]: Kept.\n\n\
                    ## Section\n\n[^1]: A note.[^1]\n\n[l]: https://example.org\n\n[l]\n\n## Rest\n\n[k]: https://example.com\n";
        let prose = Prose::new(text);
        let found = prose.references_into(&prose.section(0)).into_iter().map(|range| &text[range]);
        assert_eq!(found.collect::<Vec<_>>(), ["[^1]", "[two][L]", "![three][l]", "[l]"]);
        assert!(prose.references_into(&prose.section(1)).into_iter().map(|it| &text[it]).eq(["[kept][k]"]));
    }
}
