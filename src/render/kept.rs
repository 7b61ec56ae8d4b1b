//! What a file of the site rests on, so that one that would come out the same need not be made.
//!
//! A page is what its template says of what it is given, so it rests on both. What git tells of an entry is found by
//! what its history rests on, because to tell it takes most of the time.

use std::collections::BTreeMap;

use blake3::Hash;
use tera::Context;

use super::given::{Fingerprint, Given};
use super::page::{Cause, Fault, Rendered, Renderer};
use crate::text::Id;
use crate::view::{Card, Page, Route};

impl Renderer<'_> {
    /// All that the file at a route rests on, as one hash; `None` if that takes as long as to make it.
    pub fn fingerprint(&self, route: &Route) -> Option<Hash> {
        let mut fingerprint = self.begun();
        match &route.page {
            Page::Paper(id) => return self.papers().fingerprint(id),
            Page::Version(id, at) => {
                fingerprint.add(self.history_of(id)?.as_bytes());
                fingerprint.add(&at.to_le_bytes());
            }
            Page::History(id) => {
                let history = self.history_of(id)?;
                fingerprint.add(b"history.html");
                self.frame(route, "history", &mut fingerprint);
                fingerprint.give("card", &self.site().card(self.header(id)));
                fingerprint.give("cards", &self.cards_in_history(id));
                fingerprint.add(history.as_bytes());
            }
            page if is_templated(page) => {
                let template = self.page(route, &mut fingerprint);
                fingerprint.add(template.as_bytes());
            }
            _ => return None,
        }
        Some(fingerprint.hash())
    }

    /// The content of the file at a route, with its fingerprint.
    ///
    /// # Errors
    /// Those of [`Renderer::render`].
    pub fn render_known(&self, route: &Route) -> Result<(Rendered, Option<Hash>), Fault> {
        match &route.page {
            Page::History(_) => {}
            page if is_templated(page) => {
                let mut given = (Context::new(), self.begun());
                let template = self.page(route, &mut given);
                let (context, mut fingerprint) = given;
                fingerprint.add(template.as_bytes());
                let text = self.theme().render(&template, &context);
                let text =
                    text.map_err(|fault| Fault { path: route.path.clone(), cause: Cause::Template(fault) })?;
                return Ok((Rendered::Bytes(text.into_bytes()), Some(fingerprint.hash())));
            }
            _ => {}
        }
        Ok((self.render(route)?, self.fingerprint(route)))
    }

    fn begun(&self) -> Fingerprint {
        Fingerprint::new(self.theme().fingerprint())
    }

    /// What the history of an entry rests on; `None` of one that is not all committed.
    fn history_of(&self, id: &Id) -> Option<Hash> {
        self.site().log().entries.get(id)?.rests_on
    }

    /// The entries that the history of an entry links to, by the ids that it had, and whether they have texts.
    fn cards_in_history(&self, id: &Id) -> BTreeMap<&Id, (Card<'_>, bool)> {
        let log = self.site().log();
        let steps = log.entries.get(id).into_iter().flat_map(|log| &log.steps);
        let ids = steps.filter_map(|step| step.changes.first()?.entry.as_ref());
        let mut cards = BTreeMap::new();
        for id in ids {
            if let Some(header) = self.site().portfolio().header(id.as_str()) {
                let has_texts = log.entries.get(id).is_some_and(|log| log.is_told());
                cards.entry(id).or_insert_with(|| (self.site().card(header), has_texts));
            }
        }
        cards
    }
}

/// Whether a template makes the file.
fn is_templated(page: &Page) -> bool {
    !matches!(
        page,
        Page::Paper(_)
            | Page::SearchIndex
            | Page::Version(..)
            | Page::Calendar
            | Page::Feed
            | Page::Json
            | Page::Static(_)
            | Page::Asset(_)
    )
}
