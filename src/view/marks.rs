//! What pages that tell of the past rest on, as hashes: whoever holds them against those of the last build need not tell
//! anything, which takes long.
//!
//! A version stays what it was, so one hash stands for all that it says ([`EntryLog::rests_on`], [`Step::mark`]). What is
//! added here is what is said with the words of today: what entries are called, and where they are.

use std::sync::OnceLock;

use blake3::Hash;

use super::parts;
use super::site::Site;
use crate::changes::{EntryLog, Step};
use crate::model::{Header, Kind};
use crate::text::{Date, Id};

/// The hashes of entries in one line, by their places in the portfolio, as far as somebody asked for them.
pub(super) type CardMarks = Vec<OnceLock<Hash>>;

impl Site<'_> {
    /// All that the pages with the versions of an entry rest on; `None` if not all of it is committed.
    pub fn history_mark(&self, header: &Header) -> Option<Hash> {
        let mut mark = Mark::new(self);
        mark.log(self.log().entries.get(&header.id)?)?;
        Some(mark.hash())
    }

    /// All that the page of an entry tells of its past, the entry itself aside; `None` if not all of it is committed.
    pub fn past_mark(&self, header: &Header) -> Option<Hash> {
        let mut mark = Mark::new(self);
        mark.log(self.log().entries.get(&header.id)?)?;
        if let Some(agreement) =
            self.portfolio().agreement(&header.id).filter(|_| header.kind == Kind::Agreement)
        {
            // What it grants stands in these, then and now.
            for scope in agreement.grants.iter().map(|shift| &shift.right.scope) {
                mark.entry(scope);
                let log = self.log().entries.get(scope);
                mark.add(&[u8::from(log.is_some())]);
                log.map_or(Some(()), |log| mark.log(log))?;
            }
        }
        Some(mark.hash())
    }

    /// All that the page of a month of changes rests on.
    pub fn month_mark(&self, month: &str) -> Option<Hash> {
        let line = self.months_of_changes().iter().find(|line| line.month == month)?;
        let mut mark = Mark::new(self);
        mark.add(line.label.as_bytes());
        mark.add(&[u8::from(self.is_cut_off())]);
        for line in self.paged_months() {
            mark.add(line.month.as_bytes());
        }
        for step in &line.steps {
            mark.step(step);
        }
        Some(mark.hash())
    }

    fn card_mark(&self, id: &Id) -> Option<Hash> {
        let place = self.portfolio().place(id)?;
        let known = self.card_marks.get(place)?;
        if let Some(known) = known.get() {
            return Some(*known);
        }
        let card = self.card(self.portfolio().header_at(place)?);
        let letters = serde_json::to_vec(&card).expect("views always serialise");
        Some(*known.get_or_init(|| blake3::hash(&letters)))
    }
}

/// A hash under way.
struct Mark<'s, 'a> {
    site: &'s Site<'a>,
    /// All that is to be hashed: at once that is much faster than piece by piece.
    bytes: Vec<u8>,
}

impl<'s, 'a> Mark<'s, 'a> {
    fn new(site: &'s Site<'a>) -> Self {
        Self { site, bytes: Vec::new() }
    }

    fn hash(&self) -> Hash {
        blake3::hash(&self.bytes)
    }

    fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend((bytes.len() as u64).to_le_bytes());
        self.bytes.extend(bytes);
    }

    /// What is told of an entry in one line.
    fn entry(&mut self, id: &Id) {
        match self.site.card_mark(id) {
            Some(card) => self.add(card.as_bytes()),
            None => self.add(&[]),
        }
    }

    /// All that is told of the history of an entry; `None` if not all of it is committed.
    fn log(&mut self, log: &'a EntryLog) -> Option<()> {
        self.add(log.rests_on?.as_bytes());
        let mut last = None;
        for step in &log.steps {
            let entry = self.site.entry_of(step);
            if entry != last {
                last = entry;
                entry.into_iter().for_each(|id| self.entry(id));
            }
            self.names(step);
        }
        Some(())
    }

    /// What a list tells of one version.
    fn step(&mut self, step: &'a Step) {
        let site = self.site;
        let Step { moment, name, mark, .. } = step;
        self.add(mark);
        self.add(name.as_deref().unwrap_or_default().as_bytes());
        let day = moment.date.map(Date::civil);
        let (year, day) = day.map_or((0, 0), |day| (day.year(), day.day_of_year()));
        self.add(&[year.to_le_bytes(), day.to_le_bytes()].concat());
        self.add(&[u8::from(moment.is_signed), u8::from(moment.is_tagged)]);
        self.add(moment.commit.as_ref().map_or(&[][..], |facts| &facts.id.0));
        if let Some(entry) = site.entry_of(step) {
            self.entry(entry);
            // With the card and the name this is where its text stands.
            let part =
                site.told(entry).map_or(usize::MAX, |log| parts::part_of(log, step).unwrap_or_default());
            self.add(&part.to_le_bytes());
            match site.belonging().of(entry).first() {
                Some(scope) => self.entry(scope),
                None => self.add(&[]),
            }
        }
        self.names(step);
    }

    /// What the entries and rights are called that a version names.
    fn names(&mut self, step: &Step) {
        let site = self.site;
        for change in step.changes.iter() {
            change.meaning.each_name(&mut |name| {
                self.add(name.as_bytes());
                self.add(site.called(name).unwrap_or_default().as_bytes());
            });
        }
    }
}
