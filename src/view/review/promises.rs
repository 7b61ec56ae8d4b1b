//! What was promised for a period, and what comes after it.

use super::writer::{Writer, cell};
use super::{Block, Cell, Line, Part, Span};
use crate::evaluate::track_record::{Keeping, Promise};
use crate::words::phrase;

/// How much of what comes next is told.
const MOST_NEXT: usize = 12;

impl<'a> Writer<'_, 'a> {
    pub(super) fn promises(&self) -> Option<Part> {
        let promises = &self.facts.promises;
        if promises.is_empty() {
            return None;
        }
        let columns = ["column.what", "column.scope", "column.due", "column.what_came_of_it"];
        let rows = promises.iter().map(|promise| self.promise(promise)).collect();
        let table = Block::Table { columns: self.columns(&columns), rows };
        self.part("commitments", "part.commitments", vec![table])
    }

    fn promise(&self, promise: &Promise<'a>) -> Vec<Cell> {
        let commitment = promise.commitment;
        vec![
            cell(Span::written(&commitment.what)),
            cell(self.entry(&promise.scope.header)),
            cell(self.day(commitment.due)),
            vec![self.keeping(promise)],
        ]
    }

    fn keeping(&self, promise: &Promise<'a>) -> Line {
        let named = |word: &'static str, tone: &'static str| Span {
            status: Some(tone),
            ..Span::said(self.words.of("keeping", word))
        };
        let kept = promise.commitment.kept.map(|kept| self.words.short_date(kept)).unwrap_or_default();
        match promise.keeping {
            Keeping::InTime => vec![named("in-time", "kept"), Span::said(format!(" {kept}"))],
            Keeping::Late(days) => {
                let by = self.say(&phrase!("track.late_by", date = kept, count = days));
                vec![named("late", "late"), Span::said(format!(" {by}"))]
            }
            Keeping::Missed => {
                let why = promise.commitment.missed.as_ref().map(|why| Span::written(why));
                let why = why.into_iter().flat_map(|why| [Span::space(), why]);
                std::iter::once(named("missed", "missed")).chain(why).collect()
            }
            Keeping::Overdue(days) => {
                let since = self.say(&phrase!("track.overdue_for", count = days));
                vec![named("overdue", "overdue"), Span::said(format!(" {since}"))]
            }
            Keeping::Open => vec![named("open", "open")],
        }
    }

    /// What has a day after the period.
    pub(super) fn next(&self) -> Option<Part> {
        if let Some(pause) = self.facts.pause {
            let rests = self.said(&phrase!("footer.rests", date = pause.since));
            return self.part("next", "review.part_next", vec![Block::Paragraph { line: vec![rests] }]);
        }
        let (told, more) = self.facts.next.split_at(self.facts.next.len().min(MOST_NEXT));
        if told.is_empty() {
            return None;
        }
        let rows = told
            .iter()
            .map(|item| vec![cell(self.day(item.due)), cell(Span::said(self.words.say(&item.text)))]);
        let columns = self.columns(&["column.due", "column.what"]);
        let mut blocks = vec![Block::Table { columns, rows: rows.collect() }];
        if !more.is_empty() {
            let line = vec![self.said(&phrase!("due.later", count = more.len()))];
            blocks.push(Block::Paragraph { line });
        }
        self.part("next", "review.part_next", blocks)
    }
}
