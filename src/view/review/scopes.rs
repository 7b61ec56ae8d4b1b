//! The areas of ownership in a period, how their latitude moved, and what their figures did.

use super::writer::{Writer, cell};
use super::{Block, Cell, Line, Part, Span};
use crate::evaluate::levels::{Cause, LevelChange};
use crate::evaluate::outcomes::OutcomeReading;
use crate::evaluate::period::{OutcomeInPeriod, ScopeInPeriod};
use crate::evaluate::series::Standing;
use crate::model::common::{Delegation, Direction, Judge};
use crate::text::Number;
use crate::words::phrase;

impl<'a> Writer<'_, 'a> {
    pub(super) fn scopes(&self) -> Option<Part> {
        let blocks = self.facts.scopes.iter().flat_map(|scope| self.scope(scope)).collect();
        self.part("scopes", "review.part_scopes", blocks)
    }

    fn scope(&self, it: &ScopeInPeriod<'a>) -> Vec<Block> {
        let mut heading = vec![self.entry(&it.scope.header)];
        if let Some(since) = it.scope.since.filter(|_| it.is_new) {
            heading.extend([Span::space(), self.said(&phrase!("review.new_since", date = since))]);
        }
        let mut blocks = vec![Block::Heading { line: heading }];
        if let Some(summary) = &it.scope.header.common.summary {
            blocks.push(Block::Paragraph { line: vec![Span::written(summary)] });
        }
        if !it.changes.is_empty() {
            let columns = ["column.date", "review.right", "review.moved", "review.by"];
            let rows = it.changes.iter().map(|change| self.moved(change)).collect();
            blocks.push(Block::Table { columns: self.columns(&columns), rows });
        } else if self.site.redacted().is_for_me() {
            // Others may lack the agreement that moved one.
            blocks.push(Block::Paragraph { line: vec![Span::said(self.words.text("review.nothing_moved"))] });
        }
        if !it.outcomes.is_empty() {
            let columns = ["review.outcome", "review.observed", "label.target", "review.stands"];
            let rows = it.outcomes.iter().map(|outcome| self.outcome(outcome)).collect();
            blocks.push(Block::Table { columns: self.columns(&columns), rows });
        }
        blocks
    }

    fn moved(&self, change: &LevelChange<'a>) -> Vec<Cell> {
        let (_, shown) = self.site.change(change);
        let how = match change.cause {
            Cause::Agreed => "review.agreed",
            Cause::Withdrawn => "review.withdrawn",
            Cause::Expired => "review.ran_out",
        };
        let entries = change.entries.iter().filter_map(|id| self.entry_of(id));
        let by = self.listed(entries);
        vec![
            change.date.map(|date| cell(self.day(date))).unwrap_or_default(),
            cell(self.right(change.right)),
            vec![self.step(shown.from, shown.to)],
            vec![vec![Span::said(self.words.text(how))], by],
        ]
    }

    /// From one level to another, as far as they are known.
    fn step(&self, from: Option<Delegation>, to: Option<Delegation>) -> Line {
        let level = |level: Delegation| {
            let name = self.words.of("delegation", level.word());
            self.say(&phrase!("review.level", level = name, step = level.level()))
        };
        match (from, to) {
            (Some(from), Some(to)) => {
                vec![Span::said(format!("{} → ", level(from))), Span::strong(level(to))]
            }
            (None, Some(to)) => vec![Span::strong(level(to))],
            (Some(from), None) => vec![Span::said(level(from))],
            (None, None) => Vec::new(),
        }
    }

    /// What was observed in the period, and where all that was observed so far stands.
    fn outcome(&self, outcome: &OutcomeInPeriod<'a>) -> Vec<Cell> {
        let OutcomeInPeriod { reading, seen } = outcome;
        let metric = reading.metric;
        let amount = |digits: &str| self.figure(digits, metric.unit.as_ref());
        let mut observed = Cell::new();
        if let (Some(first), Some(last)) = (seen.first(), seen.last()) {
            let one = |value: &Number| amount(&value.to_string());
            observed.push(vec![match seen.len() {
                1 => self.said(&phrase!(
                    "review.seen_once",
                    value = one(&first.value),
                    date = self.words.short_date(first.date)
                )),
                _ => self.said(&phrase!(
                    "review.seen",
                    first = one(&first.value),
                    from = self.words.short_date(first.date),
                    last = one(&last.value),
                    to = self.words.short_date(last.date),
                )),
            }]);
            observed.push(vec![self.said(&phrase!("count.observations", count = seen.len()))]);
        }
        let target = metric.target.map(|target| {
            let limit = amount(&target.to_string());
            match metric.direction {
                Some(Direction::Increase) => self.said(&phrase!("pilot.at_least", limit = limit)),
                Some(Direction::Decrease) => self.said(&phrase!("pilot.at_most", limit = limit)),
                None => Span::said(limit),
            }
        });
        vec![
            cell(Span::written(&metric.name)),
            observed,
            target.map(cell).unwrap_or_default(),
            self.stands(reading),
        ]
    }

    /// What all that was observed comes to, and where that is.
    fn stands(&self, reading: &OutcomeReading<'a>) -> Cell {
        let (Some(standing), Some(value)) = (reading.standing, reading.value) else { return Cell::new() };
        let metric = reading.metric;
        let others: Vec<Number> = metric.target.into_iter().chain(metric.baseline).collect();
        let judge = self.words.of("judge", metric.judge.unwrap_or(Judge::Last).word());
        let value = self.figure(&value.shown_beside(&others), metric.unit.as_ref());
        let judged = self.said(&phrase!("review.judged", judge = judge, value = value));
        vec![vec![self.standing(standing)], vec![judged]]
    }

    fn standing(&self, standing: Standing) -> Span {
        let (key, tone) = match standing {
            Standing::Reached => ("review.reached", "on-track"),
            Standing::Improved => ("review.improved", "improving"),
            Standing::NotBetter => ("review.not_better", "off-track"),
            Standing::NoBaseline => ("review.not_reached", "at-risk"),
        };
        Span { status: Some(tone), ..Span::said(self.words.text(key)) }
    }
}
