//! What is counted at the head of a packet.

use super::Tally;
use super::writer::Writer;
use crate::evaluate::track_record::Keeping;
use crate::model::decision::OutcomeVerdict;
use crate::view::cycle::Move;

impl Writer<'_, '_> {
    /// The counts. Where there is one of a group, its bad news are counted even if there are none: a zero there
    /// says something.
    pub(super) fn tallies(&self) -> Vec<Tally> {
        let facts = self.facts;
        let mut tallies = Vec::new();
        let mut add = |key: &str, tone, number| {
            tallies.push(Tally { label: self.words.text(key).to_owned(), number, tone });
        };
        let moves: Vec<Move> = self.moves().collect();
        for (key, tone, kind) in [
            ("review.levels_gained", None, Move::Gained),
            ("review.levels_agreed", None, Move::Agreed),
            ("review.levels_pulled_back", Some("setback"), Move::PulledBack),
        ] {
            let number = moves.iter().filter(|found| **found == kind).count();
            // That none was pulled back says something to who sees all agreements, and to nobody else.
            let is_told = kind == Move::PulledBack && !moves.is_empty() && self.site.redacted().is_for_me();
            if number > 0 || is_told {
                add(key, tone, number);
            }
        }
        let taken = facts.decisions.iter().filter(|decision| decision.was_taken).count();
        if taken > 0 {
            add("review.decisions_taken", None, taken);
        }
        let results = || facts.decisions.iter().filter(|it| it.result_is_new).filter_map(|it| it.result);
        if results().next().is_some() {
            let count = |verdict| results().filter(|result| result.verdict == verdict).count();
            add("review.as_expected", Some("as-expected"), count(OutcomeVerdict::AsExpected));
            add("review.mixed", Some("mixed"), count(OutcomeVerdict::Mixed));
            add("review.setbacks", Some("setback"), count(OutcomeVerdict::Setback));
        }
        let concluded = facts.pilots.iter().filter(|pilot| pilot.declared.is_some()).count();
        if !facts.pilots.is_empty() {
            add("review.pilots_concluded", None, concluded);
            if facts.pilots.len() > concluded {
                add("review.pilots_open", None, facts.pilots.len() - concluded);
            }
        }
        if !facts.promises.is_empty() {
            let count = |is: fn(Keeping) -> bool| facts.promises.iter().filter(|it| is(it.keeping)).count();
            add("review.kept_in_time", Some("kept"), count(|it| it == Keeping::InTime));
            add("review.kept_late", Some("late"), count(|it| matches!(it, Keeping::Late(_))));
            let not_kept = |it| matches!(it, Keeping::Missed | Keeping::Overdue(_));
            add("review.not_kept", Some("missed"), count(not_kept));
        }
        if !facts.check_ins.is_empty() {
            add("review.check_ins", None, facts.check_ins.len());
        }
        tallies
    }

    /// The levels that moved, as far as the reader can know that they did.
    fn moves(&self) -> impl Iterator<Item = Move> {
        let changes = self.facts.scopes.iter().flat_map(|scope| &scope.changes);
        changes.map(|change| self.site.change(change).0)
    }
}
