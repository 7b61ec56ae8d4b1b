//! The site as a whole: what its pages have in common, and what connects them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::arranged::{Arranged, TagGroup};
use super::backlinks::Backlinks;
use super::card::Card;
use super::changes::MonthLine;
use super::due;
use super::fields::{AnyView, View};
use super::marks::CardMarks;
use super::proposal::ProposalPage;
use crate::changes::Log;
use crate::evaluate::agenda::Item;
use crate::evaluate::belonging::Belonging;
use crate::evaluate::levels::{LevelChange, level_changes};
use crate::evaluate::rhythm::pause;
use crate::evaluate::scope_record::ScopeRecords;
use crate::evaluate::track_record::TrackRecord;
use crate::evaluate::verdict::{Assessment, assessment};
use crate::model::config::Pause;
use crate::model::{Config, Entry, Header, Kind, Pilot, Portfolio, Proposal};
use crate::redact::Redacted;
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
