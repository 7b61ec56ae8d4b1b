//! The figures of a trial as pictures, as they stood on the last day of the period.

use super::writer::Writer;
use super::{Block, Picture};
use crate::chart::Sheet;
use crate::evaluate::period::PilotInPeriod;
use crate::view::metrics::{Known, MetricPicture};

impl<'a> Writer<'_, 'a> {
    /// What decides the pilot, with what happened on the way.
    pub(super) fn picture(&self, number: usize, it: &PilotInPeriod<'a>) -> Option<Block> {
        let known = Known::as_of(self.facts.period.to);
        let picture = self.site.primary_picture(it.pilot, it.assessment.primary, known)?;
        let name = format!("pilot-{number}");
        let svg = picture.svg(&Sheet::wide(&name, self.words))?;
        let narrow = picture.svg(&Sheet::narrow(&format!("{name}-narrow"), self.words));
        Some(Block::Pictures { items: vec![Picture { narrow, ..drawn(&picture, svg) }], are_small: false })
    }

    /// What must not get worse.
    pub(super) fn small_pictures(&self, number: usize, it: &PilotInPeriod<'a>) -> Option<Block> {
        let guardrails = (1..).zip(&it.pilot.guardrails);
        let items: Vec<Picture> = guardrails
            .filter_map(|(place, guardrail)| {
                let known = Known::as_of(self.facts.period.to);
                let picture = self.site.guardrail_picture(it.pilot, guardrail, known)?;
                let name = format!("pilot-{number}-guardrail-{place}");
                let svg = picture.svg(&Sheet::narrow(&name, self.words))?;
                Some(drawn(&picture, svg))
            })
            .collect();
        (!items.is_empty()).then_some(Block::Pictures { items, are_small: true })
    }
}

fn drawn(picture: &MetricPicture, svg: String) -> Picture {
    Picture { title: picture.title(), words: picture.description(), svg, narrow: None }
}
