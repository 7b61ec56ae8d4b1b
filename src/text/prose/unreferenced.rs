//! What a text defines and does not use: whoever reads a part of it must not find what only the rest refers to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{Prose, options};

/// What stands in a footnote, or in the text itself.
#[derive(Default)]
struct Part {
    ranges: Vec<Range<usize>>,
    notes: BTreeSet<String>,
    definitions: BTreeSet<String>,
}

impl Prose {
    /// Where footnotes and link definitions stand to which nothing in the text refers, not even through other notes.
    pub fn unreferenced(&self) -> Vec<Range<usize>> {
        if !self.text.contains("]:") {
            return Vec::new();
        }
        let mut parts: BTreeMap<Option<String>, Part> = BTreeMap::new();
        let mut open: Vec<String> = Vec::new();
        let mut events = Parser::new_ext(&self.text, options()).into_offset_iter();
        for (event, range) in events.by_ref() {
            let part = parts.entry(open.last().cloned()).or_default();
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push(folded(&label));
                    parts.entry(open.last().cloned()).or_default().ranges.push(range);
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    open.pop();
                }
                Event::FootnoteReference(label) => {
                    part.notes.insert(folded(&label));
                }
                Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => {
                    part.definitions.insert(folded(&id));
                }
                _ => {}
            }
        }
        let (mut notes, mut definitions) = (BTreeSet::new(), BTreeSet::new());
        let mut next = vec![None];
        while let Some(part) = next.pop().and_then(|label| parts.get(&label)) {
            definitions.extend(&part.definitions);
            next.extend(part.notes.iter().filter(|label| notes.insert(*label)).cloned().map(Some));
        }
        let is_unused = |label: &Option<String>| label.as_ref().is_some_and(|label| !notes.contains(label));
        let unused =
            parts.iter().filter(|(label, _)| is_unused(label)).flat_map(|(_, part)| part.ranges.clone());
        let idle =
            events.reference_definitions().iter().filter(|(label, _)| !definitions.contains(&folded(label)));
        unused.chain(idle.map(|(_, definition)| definition.span.clone())).collect()
    }
}

/// A label as it is compared: letters of either case are the same, and so is any white space.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unreferenced(text: &str) -> Vec<String> {
        let prose = Prose::new(text);
        let mut found: Vec<String> =
            prose.unreferenced().into_iter().map(|range| prose.text[range].trim_end().to_owned()).collect();
        found.sort();
        found
    }

    #[test]
    fn what_is_used_stays() {
        let text = "A[^one] [b][Two  words] [c][] [d] ![e][f]\n\n[^one]: see[^two]\n\n[^two]: more [g]\n\n\
                    [two words]: x\n[c]: x\n[D]: x\n[f]: x\n[g]: x\n";
        assert_eq!(unreferenced(text), Vec::<String>::new());
    }

    #[test]
    fn what_nothing_refers_to_goes_with_all_that_only_it_refers_to() {
        let text = "A\n\n[^one]: see[^two] and [l]\n\n[^two]: more\n\n[^self]: round[^self]\n\n[l]: x \"title\"\n\n\
                    [comment]: <> (secret)\n";
        assert_eq!(
            unreferenced(text),
            [
                "[^one]: see[^two] and [l]",
                "[^self]: round[^self]",
                "[^two]: more",
                "[comment]: <> (secret)",
                "[l]: x \"title\""
            ]
        );
    }
}
