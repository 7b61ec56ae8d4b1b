//! What a proposal rests on: its evidence, and what became of earlier decisions and pilots in the same area.
//!
//! Told as of a day: what came after the answer was not what it rested on.

use serde::Serialize;

use crate::evaluate::proposals::day_after_answer;
use crate::evaluate::scope_record::Ending;
use crate::evaluate::verdict::assessment;
use crate::model::common::{Evidence, EvidenceKind};
use crate::model::decision::OutcomeVerdict;
use crate::model::links::is_safe;
use crate::model::pilot::Verdict;
use crate::model::record::Either;
use crate::model::{Entry, Kind, Proposal};
use crate::text::{Date, Id};
use crate::view::card::{Card, pilot_status, text};
use crate::view::site::Site;

/// Something that the proposal rests on.
#[derive(Serialize)]
pub struct EvidenceLine<'a> {
    /// What it is called.
    pub title: &'a str,
    /// The kind of entry, if it is one.
    pub kind: Option<Kind>,
    /// The kind of evidence, if it is none.
    pub evidence: Option<EvidenceKind>,
    /// Where an entry stands, in a word of the format.
    pub status: Option<&'static str>,
    /// The day it is from.
    pub date: Option<Date>,
    /// What it shows.
    pub note: Option<&'a str>,
    /// Where it is on the site, seen from its root.
    pub href: Option<String>,
    /// Where it is elsewhere.
    pub link: Option<&'a str>,
    /// The file that it is, as the entry names it.
    pub file: Option<&'a str>,
    /// Whether it went wrong.
    pub is_setback: bool,
}

/// What became of earlier decisions and pilots in one area.
#[derive(Serialize)]
pub struct RecordLine<'a> {
    /// Decisions that turned out as expected.
    pub as_expected: usize,
    /// Decisions with mixed results.
    pub mixed: usize,
    /// Decisions that turned out as setbacks.
    pub setbacks: usize,
    /// Pilots that were adopted.
    pub adopted: usize,
    /// Pilots that were extended, or from which nothing could be concluded.
    pub undecided: usize,
    /// Pilots that were taken back.
    pub reverted: usize,
    /// The latest of what went wrong, unless the evidence names it already.
    pub latest_setback: Option<Card<'a>>,
}

impl<'a> Site<'a> {
    /// What it rests on, as it stood on a day; nothing that is younger than the answer.
    pub(super) fn evidence(&self, proposal: &'a Entry<Proposal>, day: Date) -> Vec<EvidenceLine<'a>> {
        let lines = self.rested_on(proposal).filter_map(|evidence| match evidence {
            Either::Short(id) => self.card_of(id).map(|card| self.entry_evidence(id, card, day)),
            Either::Long(evidence) => Some(own_evidence(evidence)),
        });
        lines.collect()
    }

    fn rested_on<'p>(&self, proposal: &'p Entry<Proposal>) -> impl Iterator<Item = &'p Either<Id, Evidence>> {
        let all = proposal.header.common.evidence.iter();
        all.filter(|evidence| day_after_answer(self.portfolio(), proposal, evidence).is_none())
    }

    fn entry_evidence(&self, id: &Id, card: Card<'a>, day: Date) -> EvidenceLine<'a> {
        let result = self.portfolio().decision(id).and_then(|decision| decision.result.as_ref());
        let result = result.filter(|result| result.date <= day).map(|result| result.verdict);
        let status = match card.kind {
            Kind::Decision => result.map(OutcomeVerdict::word),
            Kind::Pilot => self.portfolio().pilot(id).map(|pilot| pilot_status(&assessment(pilot, day))),
            _ => None,
        };
        let is_reverted = card.kind == Kind::Pilot && status == Some(Verdict::Revert.word());
        EvidenceLine {
            title: card.title,
            kind: Some(card.kind),
            evidence: None,
            status,
            date: card.date,
            note: None,
            href: Some(card.href),
            link: None,
            file: None,
            is_setback: result == Some(OutcomeVerdict::Setback) || is_reverted,
        }
    }

    /// What had become of the decisions and pilots in an area by a day; not of the proposal's own pilot, which is to come.
    pub(super) fn record_in(
        &self,
        scope: &Id,
        proposal: &Entry<Proposal>,
        day: Date,
    ) -> Option<RecordLine<'a>> {
        let mut record = RecordLine {
            as_expected: 0,
            mixed: 0,
            setbacks: 0,
            adopted: 0,
            undecided: 0,
            reverted: 0,
            latest_setback: None,
        };
        let all = self.scope_records().of(scope).iter().filter(|it| it.date <= day);
        let mut latest = None;
        let mut count = 0;
        for concluded in all.filter(|it| proposal.pilot.as_ref() != Some(it.entry)) {
            *match concluded.how {
                Ending::Decision(OutcomeVerdict::AsExpected) => &mut record.as_expected,
                Ending::Decision(OutcomeVerdict::Mixed) => &mut record.mixed,
                Ending::Decision(OutcomeVerdict::Setback) => &mut record.setbacks,
                Ending::Pilot(Verdict::Adopt) => &mut record.adopted,
                Ending::Pilot(Verdict::Extend | Verdict::Inconclusive) => &mut record.undecided,
                Ending::Pilot(Verdict::Revert) => &mut record.reverted,
            } += 1;
            count += 1;
            if concluded.how.is_setback() {
                latest = Some(concluded.entry);
            }
        }
        let is_named =
            |id: &Id| self.rested_on(proposal).any(|it| matches!(it, Either::Short(named) if named == id));
        record.latest_setback = latest.filter(|id| !is_named(id)).and_then(|id| self.card_of(id));
        (count > 0).then_some(record)
    }
}

fn own_evidence(evidence: &Evidence) -> EvidenceLine<'_> {
    EvidenceLine {
        title: &evidence.title,
        kind: None,
        evidence: Some(evidence.kind),
        status: None,
        date: evidence.date,
        note: text(evidence.note.as_ref()),
        href: None,
        link: text(evidence.link.as_ref()).filter(|link| is_safe(link)),
        file: text(evidence.file.as_ref()),
        is_setback: false,
    }
}
