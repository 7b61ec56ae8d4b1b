//! What others answered and said in a period.

use super::writer::{Writer, cell, written};
use super::{Block, Part, Span};
use crate::model::{Entry, Feedback};

impl<'a> Writer<'_, 'a> {
    pub(super) fn answers(&self) -> Option<Part> {
        let answers = &self.facts.answers;
        if answers.is_empty() {
            return None;
        }
        let columns = ["column.date", "review.asked", "label.answer", "column.note"];
        let rows = answers.iter().map(|it| {
            let ask = vec![Span::written(&it.proposal.ask)];
            vec![
                cell(self.day(it.answer.date)),
                vec![vec![self.entry(&it.proposal.header)], ask],
                cell(self.status(it.answer.decision.word())),
                written(it.answer.note.as_ref()),
            ]
        });
        let table = Block::Table { columns: self.columns(&columns), rows: rows.collect() };
        self.part("answers", "review.part_answers", vec![table])
    }

    pub(super) fn quotes(&self) -> Option<Part> {
        let quotes = self.facts.quotes.iter().map(|feedback| self.quote(feedback));
        self.part("feedback", "kinds.feedback", quotes.collect())
    }

    fn quote(&self, feedback: &Entry<Feedback>) -> Block {
        let from = feedback.from.as_ref().map(|from| Span::written(from));
        let role = feedback.role.map(|role| Span::said(self.words.of("status", role.word())));
        let date = feedback.header.date().map(|date| self.day(date));
        let about = feedback.about.iter().filter_map(|id| self.entry_of(id));
        Block::Quote {
            text: feedback.quote.as_ref().map(ToString::to_string).unwrap_or_default(),
            by: self.listed(from.into_iter().chain(role).chain(date).chain(about)),
        }
    }
}
