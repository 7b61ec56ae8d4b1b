//! What each page shows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::arranged::{latest_first, tag_keys};
use super::card::{Card, text};
use super::changes::SinceReview;
use super::due::Due;
use super::fields::AnyView;
use super::figure::Figure;
use super::filters::{Filter, Row};
use super::goalposts::{PinView, PreregistrationView};
use super::history::HistoryView;
use super::metrics::MetricFigures;
use super::program::ProgramProgress;
use super::proposal::ProposalPage;
use super::revision::RevisionView;
use super::site::Site;
use super::verdict::RunningPilot;
use super::words::SafetyWords;
use crate::model::common::Delegation;
use crate::model::record::Either;
use crate::model::references::{Referent, references_of};
use crate::model::scope::ScopeStatus;
use crate::model::{Header, Kind};
use crate::source::SourcePath;
use crate::text::RightRef;

/// The start page.
#[derive(Serialize)]
pub struct HomePage<'s, 'a> {
    /// What is due; `None` if nothing is, now or later.
    pub due: Option<Due<'s>>,
    /// The areas of ownership that are active, with their rights.
    pub scopes: Vec<AnyView<'s, 'a>>,
    /// Pilots that run.
    pub running: Vec<RunningPilot<'a>>,
    /// The latest entries.
    pub latest: Vec<Card<'a>>,
    /// What changed since the reader and the writer last looked at it together.
    pub since: Option<SinceReview<'s>>,
    /// Pages that explain the rest.
    pub pages: Vec<Card<'a>>,
}

/// All entries of a kind.
#[derive(Serialize)]
pub struct IndexPage<'a> {
    /// The kind.
    pub kind: Kind,
    /// What the list is called.
    pub label: &'a str,
    /// By what it can be cut down.
    pub filters: Vec<Filter>,
    /// The entries, the latest first.
    pub entries: Vec<Row<'a>>,
}

/// One entry, with all that its page needs besides its past.
#[derive(Serialize)]
pub struct EntryPage<'s, 'a> {
    /// What a list shows of it.
    pub card: Card<'a>,
    /// Every entry that it names, by id.
    pub links: BTreeMap<&'a str, Card<'a>>,
    /// Every decision right that it names, as `scope-id/right-id`.
    pub rights: BTreeMap<String, RightView<'a>>,
    /// The published names of the files that its fields name.
    pub files: BTreeMap<String, String>,
    /// Its tags.
    pub tags: Vec<TagLine<'a>>,
    /// The entries that point at it.
    pub referring: Vec<Card<'a>>,
    /// The entry of the same kind before it in time.
    pub previous: Option<Card<'a>>,
    /// The entry of the same kind after it in time.
    pub next: Option<Card<'a>>,
    /// Pictures of the figures of a pilot or a scope.
    pub figures: MetricFigures,
    /// Of a scope: who decides, now and as it should be.
    pub rights_figure: Option<Figure>,
    /// Of a scope: how that came to be.
    pub latitude: Option<Figure>,
    /// Of a proposal: all that it says and stands on.
    pub proposal: Option<&'s ProposalPage<'a>>,
    /// Of a proposal: where it is as PDF, seen from the root of the site; `None` if it cannot be made.
    pub pdf: Option<String>,
    /// Of a proposal: whether its PDF has no room for the pictures of its figures.
    pub pdf_lacks_pictures: bool,
    /// Of the program: how far it has come.
    pub program: Option<ProgramProgress<'a>>,
    /// What is to be said for the safety of who writes, where it has its place: with the program, and with a
    /// constraint that is out of reason.
    pub safety: Option<SafetyWords<'a>>,
}

/// What the page of an entry tells of its past.
#[derive(Serialize)]
pub struct EntryPast<'s> {
    /// What changed in it over time.
    pub history: Option<HistoryView<'s>>,
    /// Of a pilot: whether its goalposts stood still.
    pub preregistration: Option<PreregistrationView>,
    /// Of an agreement: what stood on its day, and what has moved since.
    pub pins: Vec<PinView>,
    /// Of an agreement: which version of it this is.
    pub revision: Option<RevisionView>,
}

/// A decision right as other pages name it.
#[derive(Serialize)]
pub struct RightView<'a> {
    /// What is decided.
    pub area: &'a str,
    /// The level now.
    pub delegation: Delegation,
    /// 1 to 7.
    pub level: u8,
    /// What the scope is called.
    pub scope: &'a str,
    /// Where it is shown, seen from the root of the site.
    pub href: String,
}

/// All tags.
#[derive(Serialize)]
pub struct TagsPage<'a> {
    /// The tags in the order of their letters.
    pub tags: Vec<TagLine<'a>>,
}

/// One tag in the list of all.
#[derive(Serialize)]
pub struct TagLine<'a> {
    /// The tag.
    pub name: &'a str,
    /// The file of its page, seen from the root of the site.
    pub href: String,
    /// How many entries have it.
    pub count: usize,
}

/// All entries with one tag.
#[derive(Serialize)]
pub struct TagPage<'a> {
    /// The tag.
    pub name: &'a str,
    /// The entries, the latest first.
    pub entries: Vec<Card<'a>>,
}

/// How many of the latest entries the start page shows.
const LATEST: usize = 8;

impl<'a> Site<'a> {
    /// What the start page shows.
    pub fn home(&self) -> HomePage<'_, 'a> {
        let portfolio = self.portfolio();
        let active =
            portfolio.scopes.iter().filter(|scope| scope.status.is_none_or(|s| s == ScopeStatus::Active));
        let dated =
            [Kind::Decision, Kind::Pilot, Kind::Proposal, Kind::Agreement, Kind::CheckIn, Kind::Feedback];
        let mut latest: Vec<Card> = dated
            .into_iter()
            .flat_map(|kind| self.list(kind).iter().take(LATEST))
            .map(|header| self.card(header))
            .filter(|card| card.date.is_some_and(|date| date <= self.today()))
            .collect();
        latest.sort_by(|a, b| (b.date, a.id).cmp(&(a.date, b.id)));
        latest.truncate(LATEST);
        HomePage {
            due: self.due(),
            scopes: active.map(|scope| self.entry_view(&scope.header)).collect(),
            running: self.running(),
            latest,
            since: self.since_review(),
            pages: self.cards(self.list(Kind::Page)),
        }
    }

    /// What the list of a kind shows.
    pub fn index(&self, kind: Kind) -> IndexPage<'a> {
        let entries = self.rows(self.list(kind));
        let label = self.words().of("kinds", kind.word());
        IndexPage { kind, label, filters: self.filters(&entries), entries }
    }

    /// What the list of all tags shows.
    pub fn tags_page(&self) -> TagsPage<'_> {
        TagsPage { tags: self.tags().keys().filter_map(|key| self.tag_line(key)).collect() }
    }

    fn tag_line(&self, key: &str) -> Option<TagLine<'a>> {
        let group = self.tags().get(key)?;
        let href = format!("tags/{key}/index.html");
        Some(TagLine { name: group.name, href, count: group.entries.len() })
    }

    /// What the page of a tag shows; `None` if nothing has it.
    pub fn tag_page(&self, key: &str) -> Option<TagPage<'_>> {
        let group = self.tags().get(key)?;
        Some(TagPage {
            name: group.name,
            entries: self.cards(&latest_first(self.portfolio(), group.entries.iter().copied())),
        })
    }

    /// What the page of an entry shows, besides its own fields and its text. `names` are those under which its
    /// files are published.
    pub fn entry_page(&self, header: &'a Header, names: &BTreeMap<SourcePath, String>) -> EntryPage<'_, 'a> {
        let portfolio = self.portfolio();
        let mut links: BTreeMap<&str, Card> = BTreeMap::new();
        let mut rights = BTreeMap::new();
        for reference in references_of(portfolio, header) {
            match reference.to {
                Referent::Entry(id, _) => {
                    links.extend(portfolio.header(id.as_str()).map(|to| (to.id.as_str(), self.card(to))));
                }
                Referent::Right(right) => {
                    rights.extend(self.right(right).map(|view| (right.to_string(), view)));
                }
            }
        }
        let scope = portfolio.scope(&header.id);
        let list = self.list(header.kind);
        let at = self.place(header);
        let beside = |step: isize| {
            let index = at?.checked_add_signed(step)?;
            list.get(index).map(|header| self.card(header))
        };
        EntryPage {
            card: self.card(header),
            links,
            rights,
            files: files(header, names),
            tags: tag_keys(header).iter().filter_map(|key| self.tag_line(key)).collect(),
            referring: self.cards(&self.referring(&header.id)),
            previous: beside(1),
            next: beside(-1),
            figures: self.metric_figures(header),
            rights_figure: scope.and_then(|scope| self.scope_rights_figure(scope)),
            latitude: scope.and_then(|scope| self.latitude_figure(scope)),
            proposal: self.proposal_page(&header.id),
            pdf: None,
            pdf_lacks_pictures: false,
            program: (header.kind == Kind::Program).then(|| self.program_progress()).flatten(),
            safety: self.needs_safety(header).then(|| SafetyWords::new(self.words())),
        }
    }

    /// What the page of an entry tells of its past.
    pub fn past(&self, header: &Header) -> EntryPast<'_> {
        EntryPast {
            history: self.history_beside(header),
            preregistration: self.preregistration(header),
            pins: self.pins(header),
            revision: self.revision(header),
        }
    }

    fn metric_figures(&self, header: &Header) -> MetricFigures {
        let portfolio = self.portfolio();
        if let Some(pilot) = portfolio.pilot(&header.id) {
            self.pilot_figures(pilot)
        } else if let Some(scope) = portfolio.scope(&header.id) {
            self.outcome_figures(&scope.outcomes)
        } else if let Some(proposal) = portfolio.proposal(&header.id) {
            self.measure_figures(proposal)
        } else {
            MetricFigures::default()
        }
    }

    fn needs_safety(&self, header: &Header) -> bool {
        let constraint = self.portfolio().constraint(&header.id);
        header.kind == Kind::Program || constraint.is_some_and(|it| it.reasonable == Some(false))
    }

    fn cards(&self, headers: &[&'a Header]) -> Vec<Card<'a>> {
        headers.iter().map(|header| self.card(header)).collect()
    }

    pub(super) fn right(&self, right: &RightRef) -> Option<RightView<'a>> {
        let (scope, granted) = self.portfolio().right(right)?;
        Some(RightView {
            area: &granted.area,
            delegation: granted.delegation,
            level: granted.delegation.level(),
            scope: scope.header.title(),
            href: format!("{}index.html#right-{}", super::address(Kind::Scope, scope.id()), right.right),
        })
    }
}

/// The names that an entry's fields use for files, with the names under which these are published.
fn files(header: &Header, names: &BTreeMap<SourcePath, String>) -> BTreeMap<String, String> {
    let evidence = header.common.evidence.iter().filter_map(|evidence| match evidence {
        Either::Long(evidence) => text(evidence.file.as_ref()),
        Either::Short(_) => None,
    });
    evidence
        .filter_map(|file| {
            let path = header.file.resolve(file)?;
            Some((file.to_owned(), names.get(path.as_str())?.clone()))
        })
        .collect()
}
