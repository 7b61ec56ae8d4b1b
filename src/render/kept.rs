//! What a file of the site rests on, so that one that would come out the same need not be made.
//!
//! A page is what its template says of what it is given, so it rests on both. What changed over time takes the most
//! time to tell; it is known by what it rests on itself ([`Site::history_mark`](crate::view::Site::history_mark) and its
//! like).

use blake3::Hash;
use tera::Context;

use super::given::Fingerprint;
use super::page::{Cause, Fault, Rendered, Renderer};
use crate::view::{Page, Route};

impl Renderer<'_> {
    /// All that the file at a route rests on, as one hash; `None` if that takes as long as to make it.
    pub fn fingerprint(&self, route: &Route) -> Option<Hash> {
        let mut fingerprint = self.begun();
        match &route.page {
            Page::Paper(id) => return self.papers().fingerprint(id),
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
        if !is_templated(&route.page) {
            return Ok((self.render(route)?, self.fingerprint(route)));
        }
        let mut given = (Context::new(), self.begun());
        let template = self.page(route, &mut given);
        let (context, mut fingerprint) = given;
        fingerprint.add(template.as_bytes());
        let text = self.theme().render(&template, &context);
        let text = text.map_err(|fault| Fault { path: route.path.clone(), cause: Cause::Template(fault) })?;
        Ok((Rendered::Bytes(text.into_bytes()), Some(fingerprint.hash())))
    }

    fn begun(&self) -> Fingerprint {
        Fingerprint::new(self.theme().fingerprint())
    }
}

/// Whether a template makes the file.
fn is_templated(page: &Page) -> bool {
    !matches!(
        page,
        Page::Paper(_)
            | Page::SearchIndex
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
