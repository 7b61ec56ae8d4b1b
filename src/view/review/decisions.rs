//! What was decided in a period, and how it turned out.

use super::writer::{Writer, cell, written};
use super::{Block, Cell, Part, Span};
use crate::evaluate::period::DecisionInPeriod;
use crate::words::phrase;

impl<'a> Writer<'_, 'a> {
    pub(super) fn decisions(&self) -> Option<Part> {
        let decisions = &self.facts.decisions;
        if decisions.is_empty() {
            return None;
        }
        let columns = ["column.date", "column.decision", "review.decided", "review.result"];
        let rows = decisions.iter().map(|decision| self.decision(decision)).collect();
        let table = Block::Table { columns: self.columns(&columns), rows };
        self.part("decisions", "part.decisions_and_their_results", vec![table])
    }

    fn decision(&self, it: &DecisionInPeriod<'a>) -> Vec<Cell> {
        let mut title = vec![self.entry(&it.decision.header)];
        if let Some(standing) = it.standing {
            title.extend([Span::space(), self.status(standing.word())]);
        }
        let mut title = vec![title];
        if !it.is_mine {
            title.push(vec![Span::said(self.words.text("track.by_others"))]);
        }
        let date = it.date.map(|date| cell(self.day(date))).unwrap_or_default();
        vec![date, title, written(it.decision.outcome.as_ref()), self.result(it)]
    }

    /// How it turned out; else what was expected of it, which is not yet known to have come.
    fn result(&self, it: &DecisionInPeriod<'a>) -> Cell {
        let Some(result) = it.result else {
            let revisit = it.decision.revisit_by.filter(|day| *day > self.facts.period.to);
            let open = Span::said(self.words.text("review.not_known"));
            let looked_at = revisit.map(|day| vec![self.said(&phrase!("review.revisit", date = day))]);
            return std::iter::once(vec![open]).chain(looked_at).collect();
        };
        let verdict = vec![self.status(result.verdict.word()), Span::space(), self.day(result.date)];
        let changed = result.changed.as_ref().map(|text| vec![Span::written(text)]);
        std::iter::once(verdict).chain(changed).collect()
    }
}
