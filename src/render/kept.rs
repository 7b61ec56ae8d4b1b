//! What a file of the site rests on, so that one that would come out the same need not be made.
//!
//! A page is what its template says of what it is given, so it rests on both. The texts of versions, and the words by
//! which they differ, take the most time to tell; they are known by what the history of their entry rests on.

use blake3::Hash;
use tera::Context;

use super::given::{Fingerprint, Given};
use super::page::{Cause, Fault, Rendered, Renderer};
use crate::text::Id;
use crate::view::{Page, Route};

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
                let header = self.header(id);
                self.frame(route, "history", &mut fingerprint);
                fingerprint.give("page", &self.site().history_outline(header));
                fingerprint.give("card", &self.site().card(header));
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{Renderer, Theme};
    use crate::evaluate::testing::{day, sample};
    use crate::model::readers::Reader;
    use crate::redact::redact;
    use crate::view::Site;

    /// Else it would be right all the same, and nothing would ever be kept.
    #[test]
    fn a_page_rests_on_the_same_before_and_after_it_is_made() {
        let redacted = redact(&sample(), &Reader::Me);
        let site = Site::new(&redacted, day("2026-10-12"));
        let theme = Theme::new(BTreeMap::new()).unwrap();
        let renderer = Renderer::new(&site, &theme);
        let mut count = 0;
        for route in site.routes([]).iter().filter(|route| route.path.ends_with(".html")) {
            let before = renderer.fingerprint(route);
            let (_, after) = renderer.render_known(route).unwrap();
            assert!(before.is_some() && before == after, "{}", route.path);
            count += 1;
        }
        assert!(count > 100);
    }
}
