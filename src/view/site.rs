//! The site as a whole: which pages there are, and what connects them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::arranged::{Arranged, TagGroup};
use super::backlinks::Backlinks;
use super::card::Card;
use super::changes::MonthLine;
use super::fields::{AnyView, View};
use super::marks::CardMarks;
use super::parts;
use super::proposal::ProposalPage;
use super::{address, due};
use crate::changes::Log;
use crate::evaluate::agenda::Item;
use crate::evaluate::belonging::Belonging;
use crate::evaluate::levels::{LevelChange, level_changes};
use crate::evaluate::rhythm::pause;
use crate::evaluate::scope_record::ScopeRecords;
use crate::evaluate::track_record::TrackRecord;
use crate::evaluate::verdict::{Assessment, assessment};
use crate::model::assets::asset_names;
use crate::model::config::Pause;
use crate::model::{Config, Entry, Header, Kind, Pilot, Portfolio, Proposal};
use crate::redact::Redacted;
use crate::source::SourcePath;
use crate::text::{Date, Id};
use crate::words::Words;

/// Everything that pages are made from.
pub struct Site<'a> {
    redacted: &'a Redacted,
    today: Date,
    words: &'a Words,
    backlinks: Arc<Backlinks>,
    // What only some pages need is worked out when it is first asked for: a build asks by the thousand, a preview
    // seldom at all.
    arranged: Arranged<'a>,
    belonging: OnceLock<Belonging<'a>>,
    assessments: HashMap<&'a Id, (&'a Entry<Pilot>, OnceLock<Assessment<'a>>)>,
    proposals: HashMap<&'a Id, (&'a Entry<Proposal>, OnceLock<ProposalPage<'a>>)>,
    agenda: OnceLock<Vec<Item<'a>>>,
    pub(super) months_of_changes: OnceLock<Vec<MonthLine<'a>>>,
    pub(super) months_have_pages: OnceLock<bool>,
    pub(super) card_marks: CardMarks,
    /// The entries of versions in which they had another id, by the versions; `None` of one that is gone.
    pub(super) moved_on: OnceLock<HashMap<usize, Option<&'a Id>>>,
    track_record: OnceLock<TrackRecord<'a>>,
    level_changes: OnceLock<HashMap<&'a Id, Vec<LevelChange<'a>>>>,
    scope_records: OnceLock<ScopeRecords<'a>>,
    log: &'a Log,
}

/// The history of a portfolio that is in no repository.
static NO_LOG: Log = Log::none();

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Its path, seen from the root of the site.
    pub path: String,
    /// What it shows.
    pub page: Page,
}

/// What a file of the site shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The start page.
    Home,
    /// All entries of a kind.
    Index(Kind),
    /// One entry.
    Entry(Id),
    /// A proposal as PDF.
    Paper(Id),
    /// All tags.
    Tags,
    /// All entries with a tag, by the tag's key.
    Tag(String),
    /// What a server shows for an address that leads nowhere.
    NotFound,
    /// Where an entry used to be, by the id that it has now.
    Moved(Id),
    /// A page that is worked out from all entries.
    Computed(Computed),
    /// The search, as a page of its own.
    Search,
    /// What the search knows.
    SearchIndex,
    /// What changed in a month, as `2026-03`.
    Month(String),
    /// Versions of an entry: the newest, or those on one of the full pages, which are numbered from 1.
    History(Id, Option<usize>),
    /// What is due, for calendars.
    Calendar,
    /// What is new, for programs that follow it.
    Feed,
    /// The whole portfolio as data.
    Json,
    /// A file of the theme, by its name there.
    Static(String),
    /// A file from the content folder.
    Asset(SourcePath),
}

/// A page that is worked out from all entries rather than written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Computed {
    /// The map of decision rights.
    Rights,
    /// How decisions turned out and promises were kept.
    TrackRecord,
    /// Ownership, credibility and autonomy.
    Cycle,
    /// Everything that has a day, year by year.
    Timeline,
    /// What changed over time.
    Changes,
}

impl Computed {
    /// All of them, in the order of the navigation.
    pub const ALL: [Self; 5] = [Self::Rights, Self::TrackRecord, Self::Cycle, Self::Timeline, Self::Changes];

    /// Its name, which is also that of its folder and of its template.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rights => "rights",
            Self::TrackRecord => "track-record",
            Self::Cycle => "cycle",
            Self::Timeline => "timeline",
            Self::Changes => "changes",
        }
    }
}

impl<'a> Site<'a> {
    /// Works out what connects the pages, and what they have in common; they are written in English.
    pub fn new(redacted: &'a Redacted, today: Date) -> Self {
        Self::in_words(redacted, today, Words::english())
    }

    /// The same, in the words of a language.
    pub fn in_words(redacted: &'a Redacted, today: Date, words: &'a Words) -> Self {
        let portfolio = redacted.portfolio();
        let work_out = || {
            let arranged = Arranged::new(portfolio);
            arranged.work_out();
            (arranged, TrackRecord::new(portfolio, today))
        };
        let (backlinks, (arranged, track_record)) = rayon::join(|| Backlinks::new(portfolio), work_out);
        let site = Self::for_some_pages(redacted, today, words, Arc::new(backlinks));
        Self { arranged, track_record: track_record.into(), ..site }
    }

    /// The same for whoever asks for a few pages and knows the links already: works out only what these need.
    pub fn for_some_pages(
        redacted: &'a Redacted,
        today: Date,
        words: &'a Words,
        backlinks: Arc<Backlinks>,
    ) -> Self {
        let portfolio = redacted.portfolio();
        let assessments = portfolio.pilots.iter().map(|pilot| (pilot.id(), (pilot, OnceLock::new())));
        let proposals =
            portfolio.proposals.iter().map(|proposal| (proposal.id(), (proposal, OnceLock::new())));
        Self {
            redacted,
            today,
            words,
            backlinks,
            arranged: Arranged::new(portfolio),
            belonging: OnceLock::new(),
            assessments: assessments.collect(),
            proposals: proposals.collect(),
            agenda: OnceLock::new(),
            months_of_changes: OnceLock::new(),
            months_have_pages: OnceLock::new(),
            moved_on: OnceLock::new(),
            card_marks: portfolio.headers().map(|_| OnceLock::new()).collect(),
            track_record: OnceLock::new(),
            level_changes: OnceLock::new(),
            scope_records: OnceLock::new(),
            log: &NO_LOG,
        }
    }

    /// The same with the history of its entries, which must have been cut down for the same reader.
    pub fn with_log(mut self, log: &'a Log) -> Self {
        self.log = log;
        self
    }

    /// The history of its entries; empty outside git.
    pub fn log(&self) -> &'a Log {
        self.log
    }

    /// What the reader may see.
    pub fn portfolio(&self) -> &'a Portfolio {
        self.redacted.portfolio()
    }

    /// The cut-down portfolio with its reader.
    pub fn redacted(&self) -> &'a Redacted {
        self.redacted
    }

    /// The day for which the site is made.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The words that its pages are written in.
    pub fn words(&self) -> &'a Words {
        self.words
    }

    /// All entries of a kind, the latest first.
    pub fn list(&self, kind: Kind) -> &[&'a Header] {
        self.arranged.entries(kind)
    }

    /// Where an entry stands in the list of its kind.
    pub(super) fn place(&self, header: &Header) -> Option<usize> {
        self.arranged.place(header)
    }

    /// The kinds of which there are entries.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.arranged.kinds()
    }

    /// Which scopes entries belong to.
    pub(super) fn belonging(&self) -> &Belonging<'a> {
        self.belonging.get_or_init(|| Belonging::new(self.portfolio()))
    }

    /// Whether any entry has a tag.
    pub fn has_tags(&self) -> bool {
        self.portfolio().headers().any(|header| !header.common.tags.is_empty())
    }

    /// All tags by their keys.
    pub fn tags(&self) -> &BTreeMap<String, TagGroup<'a>> {
        self.arranged.tags()
    }

    /// The entries that point at this one, in the order of ids.
    pub fn referring(&self, id: &Id) -> Vec<&'a Header> {
        let portfolio = self.portfolio();
        let pointing = portfolio.place(id).map_or(&[][..], |place| self.backlinks.of(place));
        let mut referring: Vec<&Header> =
            pointing.iter().filter_map(|place| portfolio.header_at(*place as usize)).collect();
        referring.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        referring
    }

    /// How a pilot stands; `None` if the reader sees no such pilot.
    pub fn assessment(&self, pilot: &Id) -> Option<&Assessment<'a>> {
        let (pilot, assessed) = self.assessments.get(pilot)?;
        Some(assessed.get_or_init(|| assessment(pilot, self.today)))
    }

    /// A proposal with everything that it stands on; `None` if the reader sees no such proposal.
    pub fn proposal_page(&self, id: &Id) -> Option<&ProposalPage<'a>> {
        let (proposal, page) = self.proposals.get(id)?;
        Some(page.get_or_init(|| self.new_proposal_page(proposal)))
    }

    /// Everything that has a day, and of what has passed only what can be known to be open.
    pub fn agenda(&self) -> &[Item<'a>] {
        self.agenda.get_or_init(|| due::agenda_of(self.redacted, self.today))
    }

    /// How decisions turned out and promises were kept.
    pub fn track_record(&self) -> &TrackRecord<'a> {
        self.track_record.get_or_init(|| TrackRecord::new(self.portfolio(), self.today))
    }

    /// The levels that were gained or pulled back in a scope, by right and then by date.
    pub(super) fn level_changes(&self, scope: &Id) -> &[LevelChange<'a>] {
        let all = self.level_changes.get_or_init(|| {
            let mut by_scope: HashMap<&Id, Vec<LevelChange>> = HashMap::new();
            for change in level_changes(self.portfolio(), self.today) {
                by_scope.entry(&change.right.scope).or_default().push(change);
            }
            by_scope
        });
        all.get(scope).map_or(&[], Vec::as_slice)
    }

    /// What became of the decisions and pilots of each scope.
    pub(super) fn scope_records(&self) -> &ScopeRecords<'a> {
        self.scope_records.get_or_init(|| ScopeRecords::new(self.portfolio(), self.belonging(), self.today))
    }

    /// The rest that the portfolio takes, if it does.
    pub fn rest(&self) -> Option<View<'a, Pause>> {
        pause(&self.portfolio().config, self.today).map(View)
    }

    /// The computed pages for which there is something.
    pub fn computed(&self) -> impl Iterator<Item = Computed> {
        Computed::ALL.into_iter().filter(|page| self.has(*page))
    }

    fn has(&self, page: Computed) -> bool {
        let portfolio = self.portfolio();
        let record = self.track_record();
        match page {
            Computed::Rights => portfolio.scopes.iter().any(|scope| !scope.decision_rights.is_empty()),
            Computed::TrackRecord => {
                let decided = !record.results.is_empty() || !record.reversed.is_empty();
                decided || !record.commitments.is_empty() || !record.escalations.is_empty()
            }
            Computed::Changes => !self.log.is_empty(),
            Computed::Cycle => !portfolio.scopes.is_empty() || !record.results.is_empty(),
            Computed::Timeline => self.has_timeline(),
        }
    }

    /// The entry of that id, in one line.
    pub(super) fn card_of(&self, id: &Id) -> Option<Card<'a>> {
        self.portfolio().header(id.as_str()).map(|header| self.card(header))
    }

    /// The entries of these ids, in one line each.
    pub(super) fn cards_of<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> Vec<Card<'a>> {
        ids.into_iter().filter_map(|id| self.card_of(id)).collect()
    }

    /// An entry in one line.
    pub fn card(&self, header: &'a Header) -> Card<'a> {
        Card::new(self, header)
    }

    /// All files of the site in the order of their paths, those of the theme included.
    pub fn routes(&self, statics: impl IntoIterator<Item = String>) -> Vec<Route> {
        let mut routes = self.overall();
        routes.extend(self.months_told());
        self.portfolio().headers().for_each(|header| self.push_entry(header, &mut routes));
        let tags = self.tags().keys();
        routes.extend(tags.map(|key| route(format!("tags/{key}/index.html"), Page::Tag(key.clone()))));
        let statics = statics.into_iter().map(|name| route(format!("assets/{name}"), Page::Static(name)));
        routes.extend(statics);
        routes.sort_by(|a, b| a.path.cmp(&b.path));
        routes
    }

    /// The files that are there once: all but those of entries, of tags and of the theme.
    pub(super) fn overall(&self) -> Vec<Route> {
        let mut routes = vec![
            route("index.html", Page::Home),
            route("404.html", Page::NotFound),
            route("portfolio.json", Page::Json),
            route("search/index.html", Page::Search),
            route("search/index.js", Page::SearchIndex),
            // Made even with nothing in it: who has subscribed must see old events vanish.
            route("calendar.ics", Page::Calendar),
            route("feed.xml", Page::Feed),
        ];
        routes.extend(
            self.computed().map(|page| route(format!("{}/index.html", page.word()), Page::Computed(page))),
        );
        let listed = self.kinds().filter(|kind| *kind != Kind::Program);
        routes.extend(listed.map(|kind| route(format!("{}/index.html", kind.folder()), Page::Index(kind))));
        if self.has_tags() {
            routes.push(route("tags/index.html", Page::Tags));
        }
        routes
    }

    /// The pages of months in which something changed, where one page does not hold all.
    pub(super) fn months_told(&self) -> impl Iterator<Item = Route> {
        self.paged_months().iter().map(|line| route(line.href.clone(), Page::Month(line.month.clone())))
    }

    pub(super) fn push_entry(&self, header: &Header, routes: &mut Vec<Route>) {
        let own = address(header.kind, &header.id);
        routes.push(route(format!("{own}index.html"), Page::Entry(header.id.clone())));
        if header.kind == Kind::Proposal {
            routes.extend(paper_address(&header.id).map(|path| route(path, Page::Paper(header.id.clone()))));
        }
        for alias in &header.common.aliases {
            let old = address(header.kind, alias);
            routes.push(route(format!("{old}index.html"), Page::Moved(header.id.clone())));
        }
        if let Some(log) = self.told(&header.id) {
            for part in std::iter::once(None).chain((1..=parts::full(log)).map(Some)) {
                let path = parts::href(header.kind, &header.id, part);
                routes.push(route(path, Page::History(header.id.clone(), part)));
            }
        }
        for (path, name) in asset_names(self.portfolio(), header) {
            routes.push(route(format!("{own}{name}"), Page::Asset(path)));
        }
    }

    /// The configuration, as far as the reader may see it.
    pub fn config(&self) -> View<'a, Config> {
        View(&self.portfolio().config)
    }

    /// The fields of an entry.
    pub fn entry_view<'s>(&'s self, header: &'s Header) -> AnyView<'s, 'a> {
        AnyView::new(self, header, self.words)
    }

    /// The fields of an entry as data: in plain English, whatever the language of the pages.
    pub fn entry_data<'s>(&'s self, header: &'s Header) -> AnyView<'s, 'a> {
        AnyView::new(self, header, Words::plain())
    }
}

/// Where a proposal is as PDF, seen from the root of the site; `None` in a build that makes none.
pub fn paper_address(proposal: &Id) -> Option<String> {
    cfg!(feature = "pdf").then(|| format!("{}/{proposal}.pdf", Kind::Proposal.folder()))
}

pub(super) fn route(path: impl Into<String>, page: Page) -> Route {
    Route { path: path.into(), page }
}
