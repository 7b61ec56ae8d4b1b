//! How far the thirty days have come.

use serde::Serialize;

use super::card::Card;
use super::site::Site;
use crate::evaluate::program::{DAYS, Item, Phase, ProgramStatus, Stage, program};
use crate::text::Date;

/// The program on its page.
#[derive(Serialize)]
pub struct ProgramProgress<'a> {
    /// `paused`, `ahead`, `running` or `over`.
    pub stage: &'static str,
    /// The day of the program while it runs, from 1.
    pub day: Option<i32>,
    /// How many days it has.
    pub days: i32,
    /// In how many days it begins.
    pub begins_in: Option<i32>,
    /// How many items are ticked.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// The three phases.
    pub phases: Vec<PhaseProgress<'a>>,
}

/// Ten days of it.
#[derive(Serialize)]
pub struct PhaseProgress<'a> {
    /// Its name.
    pub name: &'static str,
    /// Its first day, from 1.
    pub first: i32,
    /// Its last day.
    pub last: i32,
    /// Whether today is in it.
    pub is_now: bool,
    /// What it asks for.
    pub items: Vec<ItemProgress<'a>>,
}

/// One item of it.
#[derive(Serialize)]
pub struct ItemProgress<'a> {
    /// What it asks for.
    pub text: &'a str,
    /// Whether anything satisfies it.
    pub is_done: bool,
    /// What satisfies it, the earliest first.
    pub ticks: Vec<TickLine<'a>>,
}

/// An entry that satisfies an item.
#[derive(Serialize)]
pub struct TickLine<'a> {
    /// The entry.
    pub entry: Card<'a>,
    /// The day on which it did.
    pub date: Option<Date>,
    /// Which day of the program that was, if it was one of the thirty.
    pub day: Option<i32>,
}

impl<'a> Site<'a> {
    /// How far the program has come; `None` if there is none to see.
    pub(super) fn program_progress(&self) -> Option<ProgramProgress<'a>> {
        let status = program(self.portfolio(), self.today())?;
        let (stage, day, begins_in, now) = match status.stage {
            Stage::Paused(_) => ("paused", None, None, None),
            Stage::Ahead(days) => ("ahead", None, Some(days), None),
            Stage::Running { day, phase } => ("running", Some(day), None, Some(phase)),
            Stage::Over => ("over", None, None, None),
        };
        let phase = |phase: Phase| {
            let items = status.items.iter().filter(|item| item.task.phase() == phase);
            let (first, last) = phase.days();
            PhaseProgress {
                name: phase.word(),
                first,
                last,
                is_now: now == Some(phase),
                items: items.map(|item| self.item(&status, item)).collect(),
            }
        };
        Some(ProgramProgress {
            stage,
            day,
            days: DAYS,
            begins_in,
            done: status.items.iter().filter(|item| item.is_done()).count(),
            total: status.items.len(),
            phases: Phase::ALL.into_iter().map(phase).collect(),
        })
    }

    fn item(&self, status: &ProgramStatus<'a>, item: &Item<'a>) -> ItemProgress<'a> {
        let tick = |tick: &crate::evaluate::program::Tick<'a>| {
            let day = tick.date.and_then(|date| status.day(date));
            Some(TickLine { entry: self.card_of(tick.entry)?, date: tick.date, day })
        };
        ItemProgress {
            text: self.words().text(item.task.key()),
            is_done: item.is_done(),
            ticks: item.ticks.iter().filter_map(tick).collect(),
        }
    }
}
