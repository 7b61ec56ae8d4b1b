//! The portfolio as a whole: all entries, found by kind and by id.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::entry::{AnyEntry, Entry, Header};
use super::scope::DecisionRight;
use super::{
    Agreement, CheckIn, Config, Constraint, Decision, Feedback, Kind, Page, Pilot, Program, Proposal, Scope,
};
use crate::source::{Asset, SourcePath};
use crate::text::{Id, RightRef};

/// Everything that was written down, read and joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Portfolio {
    /// `portfolio.yaml`.
    pub config: Config,
    /// `program.yaml`.
    pub program: Option<Entry<Program>>,
    /// Areas of ownership, like all lists here in the order of ids.
    pub scopes: Vec<Entry<Scope>>,
    /// What was decided.
    pub decisions: Vec<Entry<Decision>>,
    /// Time-boxed trials.
    pub pilots: Vec<Entry<Pilot>>,
    /// One-page asks.
    pub proposals: Vec<Entry<Proposal>>,
    /// What was agreed in writing.
    pub agreements: Vec<Entry<Agreement>>,
    /// Status reports.
    pub check_ins: Vec<Entry<CheckIn>>,
    /// What others said.
    pub feedback: Vec<Entry<Feedback>>,
    /// What stands in the way.
    pub constraints: Vec<Entry<Constraint>>,
    /// Anything else.
    pub pages: Vec<Entry<Page>>,
    /// Files that entries may show or link to, by path.
    pub assets: BTreeMap<SourcePath, Asset>,
    /// Ids of entries that are there and could not be read: references to them are no faults of their own.
    pub broken: BTreeSet<Id>,
    /// What could be read of those: for whoever looks for more faults, and for nobody else.
    pub sketches: Vec<AnyEntry>,
    /// Where each id is. Shared among copies, for most changes of an entry leave it as it is.
    index: Arc<HashMap<Id, (Kind, usize), RandomState>>,
    /// The ids that entries had before.
    aliases: Arc<BTreeMap<Id, Id>>,
}

impl Portfolio {
    /// A portfolio without entries.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            program: None,
            scopes: Vec::new(),
            decisions: Vec::new(),
            pilots: Vec::new(),
            proposals: Vec::new(),
            agreements: Vec::new(),
            check_ins: Vec::new(),
            feedback: Vec::new(),
            sketches: Vec::new(),
            constraints: Vec::new(),
            pages: Vec::new(),
            assets: BTreeMap::new(),
            broken: BTreeSet::new(),
            index: Arc::default(),
            aliases: Arc::default(),
        }
    }

    /// Takes an entry in. Call [`Portfolio::arrange`] when all are in.
    pub(super) fn push(&mut self, entry: AnyEntry) {
        match entry {
            AnyEntry::Scope(entry) => self.scopes.push(entry),
            AnyEntry::Decision(entry) => self.decisions.push(entry),
            AnyEntry::Pilot(entry) => self.pilots.push(entry),
            AnyEntry::Proposal(entry) => self.proposals.push(entry),
            AnyEntry::Agreement(entry) => self.agreements.push(entry),
            AnyEntry::CheckIn(entry) => self.check_ins.push(entry),
            AnyEntry::Feedback(entry) => self.feedback.push(entry),
            AnyEntry::Constraint(entry) => self.constraints.push(entry),
            AnyEntry::Page(entry) => self.pages.push(entry),
            AnyEntry::Program(entry) => self.program = Some(entry),
        }
    }

    /// The same with what could be read of broken entries; `None` if there is nothing of the kind.
    pub fn with_sketches(&self) -> Option<Self> {
        if self.sketches.is_empty() {
            return None;
        }
        let mut whole = Self { sketches: Vec::new(), ..self.clone() };
        self.sketches.iter().filter(|entry| self.header(entry.header().id.as_str()).is_none()).for_each(
            |entry| {
                whole.push(entry.clone());
            },
        );
        whole.arrange();
        Some(whole)
    }

    /// Puts all lists in the order of ids and notes where each id is. To be called after every change of
    /// which entries there are.
    pub fn arrange(&mut self) {
        fn sort<T>(entries: &mut [Entry<T>]) {
            entries.sort_by(|a, b| a.header.id.cmp(&b.header.id));
        }
        sort(&mut self.scopes);
        sort(&mut self.decisions);
        sort(&mut self.pilots);
        sort(&mut self.proposals);
        sort(&mut self.agreements);
        sort(&mut self.check_ins);
        sort(&mut self.feedback);
        sort(&mut self.constraints);
        sort(&mut self.pages);
        let mut index = HashMap::default();
        for kind in Kind::ALL {
            for (at, header) in self.of_kind(*kind).enumerate() {
                index.insert(header.id.clone(), (*kind, at));
            }
        }
        let aliases = self
            .headers()
            .flat_map(|header| header.common.aliases.iter().map(|alias| (alias.clone(), header.id.clone())));
        self.aliases = Arc::new(aliases.collect());
        self.index = Arc::new(index);
    }

    /// Puts an entry in the place of the one that was read from the same file before; `false` if the portfolio
    /// has no such entry, or if more changes than the entry itself.
    pub(super) fn replace(&mut self, entry: &AnyEntry) -> bool {
        let new = entry.header();
        let is_same = |old: &Header| {
            old.file == new.file && old.kind == new.kind && old.common.aliases == new.common.aliases
        };
        let Some(at) = self.index.get(&new.id).map(|(_, at)| *at) else { return false };
        if !self.header(new.id.as_str()).is_some_and(is_same) {
            return false;
        }
        match entry.clone() {
            AnyEntry::Scope(entry) => self.scopes[at] = entry,
            AnyEntry::Decision(entry) => self.decisions[at] = entry,
            AnyEntry::Pilot(entry) => self.pilots[at] = entry,
            AnyEntry::Proposal(entry) => self.proposals[at] = entry,
            AnyEntry::Agreement(entry) => self.agreements[at] = entry,
            AnyEntry::CheckIn(entry) => self.check_ins[at] = entry,
            AnyEntry::Feedback(entry) => self.feedback[at] = entry,
            AnyEntry::Constraint(entry) => self.constraints[at] = entry,
            AnyEntry::Page(entry) => self.pages[at] = entry,
            AnyEntry::Program(entry) => self.program = Some(entry),
        }
        true
    }

    /// The headers of all entries of a kind, in the order of ids.
    pub fn of_kind(&self, kind: Kind) -> Box<dyn Iterator<Item = &Header> + '_> {
        fn headers<T>(entries: &[Entry<T>]) -> Box<dyn Iterator<Item = &Header> + '_> {
            Box::new(entries.iter().map(|entry| &*entry.header))
        }
        match kind {
            Kind::Scope => headers(&self.scopes),
            Kind::Decision => headers(&self.decisions),
            Kind::Pilot => headers(&self.pilots),
            Kind::Proposal => headers(&self.proposals),
            Kind::Agreement => headers(&self.agreements),
            Kind::CheckIn => headers(&self.check_ins),
            Kind::Feedback => headers(&self.feedback),
            Kind::Constraint => headers(&self.constraints),
            Kind::Page => headers(&self.pages),
            Kind::Program => headers(self.program.as_slice()),
        }
    }

    /// The headers of all entries, kind by kind, in the order of ids.
    pub fn headers(&self) -> impl Iterator<Item = &Header> {
        Kind::ALL.iter().flat_map(|kind| self.of_kind(*kind))
    }

    /// Where the entry of that id stands among all of [`Portfolio::headers`].
    pub fn place(&self, id: &Id) -> Option<usize> {
        let (kind, at) = *self.index.get(id)?;
        let before = Kind::ALL.iter().take_while(|other| **other != kind);
        Some(before.map(|kind| self.count(*kind)).sum::<usize>() + at)
    }

    /// How many entries of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Scope => self.scopes.len(),
            Kind::Decision => self.decisions.len(),
            Kind::Pilot => self.pilots.len(),
            Kind::Proposal => self.proposals.len(),
            Kind::Agreement => self.agreements.len(),
            Kind::CheckIn => self.check_ins.len(),
            Kind::Feedback => self.feedback.len(),
            Kind::Constraint => self.constraints.len(),
            Kind::Page => self.pages.len(),
            Kind::Program => usize::from(self.program.is_some()),
        }
    }

    /// The entries that are no longer what they were in an earlier state of this portfolio, with their places; `None`
    /// if more has changed than single entries: which there are, or what they are called.
    pub fn changed_since<'a>(&'a self, earlier: &Self) -> Option<Vec<(usize, &'a Header)>> {
        fn is_shared<T>((now, earlier): (&Entry<T>, &Entry<T>)) -> bool {
            Arc::ptr_eq(&now.header, &earlier.header) && Arc::ptr_eq(&now.fields, &earlier.fields)
        }
        fn shared<'a, T>(now: &'a [Entry<T>], earlier: &'a [Entry<T>]) -> impl Iterator<Item = bool> + 'a {
            now.iter().zip(earlier).map(is_shared)
        }
        if !Arc::ptr_eq(&self.index, &earlier.index) || !Arc::ptr_eq(&self.aliases, &earlier.aliases) {
            return None;
        }
        // In the order of the kinds.
        let is_shared = shared(&self.scopes, &earlier.scopes)
            .chain(shared(&self.decisions, &earlier.decisions))
            .chain(shared(&self.pilots, &earlier.pilots))
            .chain(shared(&self.proposals, &earlier.proposals))
            .chain(shared(&self.agreements, &earlier.agreements))
            .chain(shared(&self.check_ins, &earlier.check_ins))
            .chain(shared(&self.feedback, &earlier.feedback))
            .chain(shared(&self.constraints, &earlier.constraints))
            .chain(shared(&self.pages, &earlier.pages))
            .chain(shared(self.program.as_slice(), earlier.program.as_slice()));
        let all = self.headers().enumerate().zip(is_shared);
        Some(all.filter_map(|(entry, is_shared)| (!is_shared).then_some(entry)).collect())
    }

    /// The header of the entry of that id, to be changed. Its id and aliases stay as they are.
    pub(crate) fn header_mut(&mut self, id: &Id) -> Option<&mut Header> {
        let (kind, at) = *self.index.get(id)?;
        let header = match kind {
            Kind::Scope => &mut self.scopes.get_mut(at)?.header,
            Kind::Decision => &mut self.decisions.get_mut(at)?.header,
            Kind::Pilot => &mut self.pilots.get_mut(at)?.header,
            Kind::Proposal => &mut self.proposals.get_mut(at)?.header,
            Kind::Agreement => &mut self.agreements.get_mut(at)?.header,
            Kind::CheckIn => &mut self.check_ins.get_mut(at)?.header,
            Kind::Feedback => &mut self.feedback.get_mut(at)?.header,
            Kind::Constraint => &mut self.constraints.get_mut(at)?.header,
            Kind::Page => &mut self.pages.get_mut(at)?.header,
            Kind::Program => &mut self.program.as_mut()?.header,
        };
        Some(Arc::make_mut(header))
    }

    /// The header of the entry of that id.
    pub fn header(&self, id: &str) -> Option<&Header> {
        let (kind, at) = *self.index.get(id)?;
        self.header_of(kind, at)
    }

    fn header_of(&self, kind: Kind, at: usize) -> Option<&Header> {
        Some(match kind {
            Kind::Scope => &self.scopes.get(at)?.header,
            Kind::Decision => &self.decisions.get(at)?.header,
            Kind::Pilot => &self.pilots.get(at)?.header,
            Kind::Proposal => &self.proposals.get(at)?.header,
            Kind::Agreement => &self.agreements.get(at)?.header,
            Kind::CheckIn => &self.check_ins.get(at)?.header,
            Kind::Feedback => &self.feedback.get(at)?.header,
            Kind::Constraint => &self.constraints.get(at)?.header,
            Kind::Page => &self.pages.get(at)?.header,
            Kind::Program => &self.program.as_ref()?.header,
        })
    }

    /// The header of the entry that stands at that place among all ([`Portfolio::place`]).
    pub fn header_at(&self, place: usize) -> Option<&Header> {
        let mut at = place;
        for kind in Kind::ALL {
            match at.checked_sub(self.count(*kind)) {
                Some(rest) => at = rest,
                None => return self.header_of(*kind, at),
            }
        }
        None
    }

    /// The header of the entry that has that id, or had it before.
    pub fn header_or_alias(&self, id: &str) -> Option<&Header> {
        self.header(id).or_else(|| self.header(self.aliases.get(id)?.as_str()))
    }

    /// The ids that entries had before, with those that they have now.
    pub fn aliases(&self) -> &BTreeMap<Id, Id> {
        &self.aliases
    }

    /// The scope of that id.
    pub fn scope(&self, id: &Id) -> Option<&Entry<Scope>> {
        find(&self.scopes, self.index.get(id), Kind::Scope)
    }

    /// The decision of that id.
    pub fn decision(&self, id: &Id) -> Option<&Entry<Decision>> {
        find(&self.decisions, self.index.get(id), Kind::Decision)
    }

    /// The pilot of that id.
    pub fn pilot(&self, id: &Id) -> Option<&Entry<Pilot>> {
        find(&self.pilots, self.index.get(id), Kind::Pilot)
    }

    /// The proposal of that id.
    pub fn proposal(&self, id: &Id) -> Option<&Entry<Proposal>> {
        find(&self.proposals, self.index.get(id), Kind::Proposal)
    }

    /// The agreement of that id.
    pub fn agreement(&self, id: &Id) -> Option<&Entry<Agreement>> {
        find(&self.agreements, self.index.get(id), Kind::Agreement)
    }

    /// The check-in of that id.
    pub fn check_in(&self, id: &Id) -> Option<&Entry<CheckIn>> {
        find(&self.check_ins, self.index.get(id), Kind::CheckIn)
    }

    /// The feedback of that id.
    pub fn feedback_entry(&self, id: &Id) -> Option<&Entry<Feedback>> {
        find(&self.feedback, self.index.get(id), Kind::Feedback)
    }

    /// The page of that id.
    pub fn page(&self, id: &Id) -> Option<&Entry<Page>> {
        find(&self.pages, self.index.get(id), Kind::Page)
    }

    /// The constraint of that id.
    pub fn constraint(&self, id: &Id) -> Option<&Entry<Constraint>> {
        find(&self.constraints, self.index.get(id), Kind::Constraint)
    }

    /// The decision right of that name, with the scope that grants it.
    pub fn right(&self, right: &RightRef) -> Option<(&Entry<Scope>, &DecisionRight)> {
        let scope = self.scope(&right.scope)?;
        let found =
            scope.decision_rights.iter().find(|granted| granted.id().as_ref() == Some(&right.right))?;
        Some((scope, found))
    }
}

fn find<'a, T>(entries: &'a [Entry<T>], at: Option<&(Kind, usize)>, wanted: Kind) -> Option<&'a Entry<T>> {
    let (kind, at) = at?;
    if *kind == wanted { entries.get(*at) } else { None }
}
