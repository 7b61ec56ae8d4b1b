//! The trials of a period: what was tried, what the figures say, and what was declared.

use super::writer::{Writer, cell};
use super::{Block, Cell, Fact, Line, Part, Span};
use crate::evaluate::period::PilotInPeriod;
use crate::evaluate::verdict::{GuardrailReading, State};
use crate::model::common::{Delegation, Direction};
use crate::model::pilot::DeclaredVerdict;
use crate::text::Number;
use crate::words::{Phrase, phrase};

impl<'a> Writer<'_, 'a> {
    pub(super) fn pilots(&self) -> Option<Part> {
        let blocks =
            (1..).zip(&self.facts.pilots).flat_map(|(number, pilot)| self.pilot(number, pilot)).collect();
        self.part("pilots", "kinds.pilot", blocks)
    }

    /// `number` tells the pictures of one pilot from those of the others.
    fn pilot(&self, number: usize, it: &PilotInPeriod<'a>) -> Vec<Block> {
        let state = match (it.assessment.state, it.declared) {
            (State::Concluded, Some(declared)) => self.status(declared.decision.word()),
            (state, _) => self.status(state.word()),
        };
        let heading = vec![self.entry(&it.pilot.header), Span::space(), state];
        let mut blocks = vec![Block::Heading { line: heading }];
        if let Some(hypothesis) = &it.pilot.hypothesis {
            let label = Span::strong(format!("{} ", self.words.text("pilot.hypothesis")));
            blocks.push(Block::Paragraph { line: vec![label, Span::written(hypothesis)] });
        }
        blocks.push(Block::Facts { items: self.facts_of(it) });
        blocks.extend(self.picture(number, it));
        blocks.extend(self.guardrails(it));
        blocks.extend(self.small_pictures(number, it));
        blocks.extend(self.changed_on_the_way(it));
        blocks
    }

    fn facts_of(&self, it: &PilotInPeriod<'a>) -> Vec<Fact> {
        let pilot = it.pilot;
        let from = self.words.date(pilot.starts);
        let runs = match pilot.ends {
            Some(ends) => phrase!("pilot.from_to", from = from, to = self.words.date(ends)),
            None => phrase!("pilot.from_on", from = from),
        };
        let mut facts = vec![self.fact("label.runs", vec![self.said(&runs)])];
        if let Some(tests) = &pilot.tests {
            let level = |level: Delegation| self.words.of("delegation", level.word());
            let from = tests.from.map(|from| format!("{} → ", level(from))).unwrap_or_default();
            let step = Span::said(format!(": {from}{}", level(tests.to)));
            facts.push(self.fact("label.tries_out", vec![self.right(&tests.right), step]));
        }
        facts.push(self.fact("part.what_decides", self.what_decides(it)));
        facts.push(self.fact("pilot.by_the_figures", self.by_the_figures(it)));
        if let Some(declared) = it.declared {
            facts.push(self.fact("pilot.declared", self.declared(declared)));
        }
        if !it.reviews_held.is_empty() {
            let held = it.reviews_held.iter().map(|held| self.day(*held));
            facts.push(self.fact("review.reviews_held", self.listed(held)));
        }
        facts
    }

    /// The figure with where it was and where it should be.
    fn what_decides(&self, it: &PilotInPeriod<'a>) -> Line {
        let primary = &it.pilot.primary;
        let amount = |number: Number| self.figure(&number.to_string(), primary.unit.as_ref());
        let name = Span::written(&primary.name);
        let target = amount(primary.target);
        let rest = match primary.baseline {
            Some(baseline) => phrase!("review.baseline_target", baseline = amount(baseline), target = target),
            None => phrase!("review.target", target = target),
        };
        vec![name, self.said(&rest)]
    }

    /// What the arithmetic gives, and why.
    fn by_the_figures(&self, it: &PilotInPeriod<'a>) -> Line {
        let assessment = &it.assessment;
        let verdict = assessment.verdict.map(|verdict| self.status(verdict.word()));
        let mut line: Line = verdict.into_iter().flat_map(|verdict| [verdict, Span::said(": ")]).collect();
        let reasons: Vec<String> = assessment.reasons.iter().map(|reason| self.reason(reason)).collect();
        line.push(Span::said(reasons.join("; ")));
        line
    }

    fn reason(&self, reason: &Phrase) -> String {
        self.words.say(reason)
    }

    fn declared(&self, declared: &DeclaredVerdict) -> Line {
        let mut line = vec![self.status(declared.decision.word()), Span::space(), self.day(declared.date)];
        if let Some(by) = &declared.by {
            line.extend([Span::space(), self.said(&phrase!("pilot.declared_by", name = by.as_str()))]);
        }
        if let Some(note) = &declared.note {
            line.extend([Span::said(": "), Span::written(note)]);
        }
        line
    }

    fn guardrails(&self, it: &PilotInPeriod<'a>) -> Option<Block> {
        let columns = ["part.what_must_not_get_worse", "label.limit", "review.out_of_bounds"];
        let rows: Vec<Vec<Cell>> =
            it.assessment.guardrails.iter().map(|reading| self.guardrail(reading)).collect();
        (!rows.is_empty()).then(|| Block::Table { columns: self.columns(&columns), rows })
    }

    fn guardrail(&self, reading: &GuardrailReading<'a>) -> Vec<Cell> {
        let guardrail = reading.guardrail;
        let limit = self.figure(&guardrail.limit.to_string(), guardrail.unit.as_ref());
        let limit = match guardrail.direction {
            Direction::Increase => phrase!("pilot.at_least", limit = limit),
            Direction::Decrease => phrase!("pilot.at_most", limit = limit),
        };
        let seen = phrase!(
            "review.breaches",
            breaches = reading.breaches.len(),
            count = reading.observations,
            allowed = reading.allowed,
        );
        vec![cell(Span::written(&guardrail.name)), cell(self.said(&limit)), cell(self.said(&seen))]
    }

    fn changed_on_the_way(&self, it: &PilotInPeriod<'a>) -> Vec<Block> {
        if it.amendments.is_empty() {
            return Vec::new();
        }
        let title = Span::strong(self.words.text("part.changed_on_the_way"));
        let items = it.amendments.iter().map(|amendment| {
            let change = vec![self.day(amendment.date), Span::said(": "), Span::written(&amendment.change)];
            let why = amendment.why.as_ref().map(|why| vec![Span::written(why)]);
            std::iter::once(change).chain(why).collect()
        });
        vec![Block::Paragraph { line: vec![title] }, Block::List { items: items.collect() }]
    }
}
