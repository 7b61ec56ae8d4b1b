//! The proposals of a site on paper, each made ready once, when it is first asked for.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

use super::theme::Theme;
use crate::model::config::Paper;
use crate::paper::Fault;
use crate::paper::proposal::{Draft, Printed, Setting};
use crate::text::Id;
use crate::view::Site;

/// The proposals of a site on paper.
pub struct Papers<'a> {
    site: &'a Site<'a>,
    theme: &'a Theme,
    paper: Option<Paper>,
    may_overflow: bool,
    drafts: HashMap<&'a Id, Place<'a>>,
}

/// What is known of one of them, once it was asked for.
#[derive(Default)]
struct Place<'a> {
    draft: OnceLock<Draft<'a>>,
    lacking: OnceLock<Option<Fault>>,
    /// Its PDF, if it had to be made before anybody asked for it.
    document: Mutex<Option<Vec<u8>>>,
}

impl<'a> Papers<'a> {
    /// Prepares nothing but the places for them.
    pub fn new(site: &'a Site<'a>, theme: &'a Theme) -> Self {
        let proposals = site.portfolio().proposals.iter();
        let drafts = proposals.map(|proposal| (proposal.id(), Place::default())).collect();
        Self { site, theme, paper: None, may_overflow: false, drafts }
    }

    /// The same on paper of that size, whatever the portfolio says.
    #[must_use]
    pub fn on(self, paper: Option<Paper>) -> Self {
        Self { paper, ..self }
    }

    /// The same with proposals that may be longer than one page.
    #[must_use]
    pub fn allowing_overflow(self, may_overflow: bool) -> Self {
        Self { may_overflow, ..self }
    }

    /// A proposal on one page; `None` if the reader sees no such proposal.
    ///
    /// # Errors
    /// When it does not fit, when no font has a character, and when the theme fails.
    pub fn print(&self, id: &Id) -> Option<Result<Printed, Fault>> {
        let draft = self.draft(id)?;
        Some(self.theme.typesetter().and_then(|typesetter| draft.print(typesetter)))
    }

    /// A proposal as PDF; `None` if the reader sees no such proposal.
    ///
    /// # Errors
    /// Those of [`Papers::print`], and when the theme leaves out what the standard asks for.
    pub fn document(&self, id: &Id) -> Option<Result<Vec<u8>, Fault>> {
        let made = self.drafts.get(id)?.document.lock().expect("nobody panics with it").take();
        if let Some(made) = made {
            return Some(Ok(made));
        }
        let document = self.print(id)?.and_then(|printed| {
            if let Some(fingerprint) = self.fingerprint(id) {
                self.theme.known_proposals().tell(fingerprint, printed.lacks_pictures);
            }
            printed.fitted.sheets.pdf()
        });
        Some(document)
    }

    /// Whether a proposal's PDF has no room for the pictures of its figures. It is laid out to know that, unless it
    /// was before.
    pub fn lacks_pictures(&self, id: &Id) -> bool {
        let is_known = |fingerprint| self.theme.known_proposals().lacks_pictures(fingerprint);
        let Some(fingerprint) = self.draft(id).filter(|draft| draft.has_pictures()).and(self.fingerprint(id))
        else {
            return false;
        };
        if is_known(fingerprint).is_none()
            && let (Some(Ok(document)), Some(place)) = (self.document(id), self.drafts.get(id))
        {
            *place.document.lock().expect("nobody panics with it") = Some(document);
        }
        is_known(fingerprint).unwrap_or(false)
    }

    /// The character that keeps a proposal from being put on paper, with the words around it.
    pub fn lacking(&self, id: &Id) -> Option<Fault> {
        let (draft, typesetter) = (self.draft(id)?, self.theme.typesetter().ok()?);
        self.drafts.get(id)?.lacking.get_or_init(|| draft.lacking(typesetter)).clone()
    }

    /// All that a proposal's PDF depends on, as one hash; `None` in a build that makes no PDF.
    pub fn fingerprint(&self, id: &Id) -> Option<blake3::Hash> {
        Some(self.draft(id)?.fingerprint(self.theme.typesetter().ok()?))
    }

    fn draft(&self, id: &Id) -> Option<&Draft<'a>> {
        let place = self.drafts.get(id)?;
        if let Some(draft) = place.draft.get() {
            return Some(draft);
        }
        let page = self.site.proposal_page(id)?;
        Some(place.draft.get_or_init(|| Draft::new(page, &self.setting())))
    }

    fn setting(&self) -> Setting<'a> {
        Setting {
            config: &self.site.portfolio().config,
            words: self.theme.words(),
            is_for_me: self.site.redacted().is_for_me(),
            paper: self.paper,
            may_overflow: self.may_overflow,
        }
    }
}
