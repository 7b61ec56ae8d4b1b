//! Footnotes of a text.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, html};

use super::attribute;
use crate::words::Words;

/// Footnotes in the order in which the text refers to them, written at its end.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    numbers: HashMap<CowStr<'a>, usize>,
    texts: HashMap<CowStr<'a>, Vec<Event<'a>>>,
    /// The notes that are being read, each with the events around it.
    open: Vec<(CowStr<'a>, Vec<Event<'a>>)>,
}

impl<'a> Footnotes<'a> {
    /// The number of a note, and whether it was given just now.
    pub(super) fn refer(&mut self, label: CowStr<'a>) -> (usize, bool) {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(label).or_insert(next);
        (number, number == next)
    }

    pub(super) fn begin(&mut self, label: CowStr<'a>, around: Vec<Event<'a>>) {
        self.open.push((label, around));
    }

    pub(super) fn end(&mut self, note: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let (label, around) = self.open.pop().expect("a footnote ends after it began");
        // Two notes of one label are a slip; both are read out rather than one of them lost.
        self.texts.entry(label).or_default().extend(note);
        around
    }

    pub(super) fn write(mut self, words: &Words, out: &mut String) {
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
        let label = attribute(words.text("prose.footnotes"));
        out.push_str(&format!("<section class=\"footnotes\" aria-label=\"{label}\"><ol>\n"));
        for (label, number) in notes {
            let Some(events) = self.texts.remove(&label) else { continue };
            out.push_str(&format!("<li id=\"fn-{number}\">"));
            html::push_html(out, events.into_iter());
            if number <= referred {
                let way_back = attribute(words.text("prose.back"));
                out.push_str(&format!("<a href=\"#fnref-{number}\" aria-label=\"{way_back}\">↩</a>"));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol></section>\n");
    }
}
