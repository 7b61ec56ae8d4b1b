//! The proposals of a site on paper, each made ready once, when it is first asked for.

use std::collections::HashMap;
use std::sync::OnceLock;

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

    /// The character that keeps a proposal from being put on paper, with the words around it.
    pub fn lacking(&self, id: &Id) -> Option<Fault> {
        let (draft, typesetter) = (self.draft(id)?, self.theme.typesetter().ok()?);
        self.drafts.get(id)?.lacking.get_or_init(|| draft.lacking(typesetter)).clone()
    }

    /// All that a proposal's PDF depends on, as one hash; `None` in a build that makes no PDF.
    pub fn fingerprint(&self, id: &Id) -> Option<[u8; 32]> {
        let hash = self.draft(id)?.fingerprint(self.theme.typesetter().ok()?);
        Some(*hash.as_bytes())
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
