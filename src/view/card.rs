//! An entry in one line: for lists, and wherever another page points at it.

use serde::Serialize;

use super::address;
use super::site::Site;
use crate::evaluate::verdict::{Assessment, State};
use crate::model::agreement::AgreementStatus;
use crate::model::check_in::Confidence;
use crate::model::constraint::ConstraintStatus;
use crate::model::decision::DecisionStatus;
use crate::model::feedback::FeedbackRole;
use crate::model::proposal::ProposalStatus;
use crate::model::scope::ScopeStatus;
use crate::model::{Header, Kind, Portfolio};
use crate::text::{Date, Tag, Text};

/// What a list shows of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct Card<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its kind.
    pub kind: Kind,
    /// What it is called.
    pub title: &'a str,
    /// The gist.
    pub summary: Option<&'a str>,
    /// The day it is about.
    pub date: Option<Date>,
    /// Its address, seen from the root of the site.
    pub url: String,
    /// The file behind that address.
    pub href: String,
    /// Where it stands, in a word.
    pub status: Option<&'static str>,
    /// Its tags.
    pub tags: &'a [Tag],
}

impl<'a> Card<'a> {
    pub(super) fn new(site: &Site<'a>, header: &'a Header) -> Self {
        let portfolio = site.portfolio();
        let url = address(header.kind, &header.id);
        Self {
            id: header.id.as_str(),
            kind: header.kind,
            title: header.title(),
            summary: header.common.summary.as_deref(),
            date: day(portfolio, header),
            href: [url.as_str(), "index.html"].concat(),
            url,
            status: status(site, header),
            tags: &header.common.tags,
        }
    }
}

/// The day under which an entry is listed.
pub(super) fn day(portfolio: &Portfolio, header: &Header) -> Option<Date> {
    let own = match header.kind {
        Kind::Scope => portfolio.scope(&header.id).and_then(|scope| scope.since),
        Kind::Pilot => portfolio.pilot(&header.id).map(|pilot| pilot.starts),
        Kind::Constraint => portfolio.constraint(&header.id).and_then(|constraint| constraint.since),
        Kind::Program => portfolio.program.as_ref().map(|program| program.starts),
        _ => None,
    };
    own.or(header.date())
}

fn status(site: &Site, header: &Header) -> Option<&'static str> {
    let (portfolio, id) = (site.portfolio(), &header.id);
    match header.kind {
        Kind::Scope => portfolio.scope(id).map(|it| it.status.unwrap_or(ScopeStatus::Active).word()),
        Kind::Decision => {
            portfolio.decision(id).map(|it| it.status.unwrap_or(DecisionStatus::Proposed).word())
        }
        Kind::Pilot => site.assessment(id).map(pilot_status),
        Kind::Proposal => portfolio.proposal(id).map(|it| it.status.unwrap_or(ProposalStatus::Draft).word()),
        Kind::Agreement => {
            portfolio.agreement(id).map(|it| it.status.unwrap_or(AgreementStatus::Draft).word())
        }
        Kind::CheckIn => portfolio.check_in(id).and_then(|it| it.confidence).map(Confidence::word),
        Kind::Feedback => portfolio.feedback_entry(id).and_then(|it| it.role).map(FeedbackRole::word),
        Kind::Constraint => {
            portfolio.constraint(id).map(|it| it.status.unwrap_or(ConstraintStatus::Open).word())
        }
        Kind::Page | Kind::Program => None,
    }
}

/// Where a pilot stands; the declared verdict once there is one.
pub(super) fn pilot_status(assessment: &Assessment) -> &'static str {
    match (assessment.state, assessment.declared) {
        (State::Concluded, Some(declared)) => declared.decision.word(),
        (state, _) => state.word(),
    }
}

/// Optional text as a template takes it.
pub(super) fn text(text: Option<&Text>) -> Option<&str> {
    text.map(Text::as_str)
}
