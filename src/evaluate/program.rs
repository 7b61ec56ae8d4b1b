//! The 30-day program: which of its items the entries satisfy. Nothing is ticked by hand.

mod ticks;

use super::rhythm;
use crate::model::config::Pause;
use crate::model::{Entry, Portfolio, Program};
use crate::text::{Date, Id};

/// How many days the program has, and each of its three phases.
pub const DAYS: i32 = 30;
const DAYS_OF_A_PHASE: i32 = 10;

/// How the program stands on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramStatus<'a> {
    /// The program.
    pub program: &'a Entry<Program>,
    /// Where in the thirty days today is.
    pub stage: Stage<'a>,
    /// All items, phase by phase.
    pub items: Vec<Item<'a>>,
}

/// Where in the thirty days a day is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stage<'a> {
    /// The portfolio rests, and nobody is reminded of anything.
    Paused(&'a Pause),
    /// It begins in so many days.
    Ahead(i32),
    /// It runs.
    Running {
        /// The day, from 1 to 30.
        day: i32,
        /// The phase of that day.
        phase: Phase,
    },
    /// The thirty days have passed.
    Over,
}

/// Ten days of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Days 1 to 10.
    Clarity,
    /// Days 11 to 20.
    Responsibility,
    /// Days 21 to 30.
    Influence,
}

impl Phase {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Clarity, Self::Responsibility, Self::Influence];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Clarity => "clarity",
            Self::Responsibility => "responsibility",
            Self::Influence => "influence",
        }
    }

    /// Its first and last day, from 1.
    pub fn days(self) -> (i32, i32) {
        let before = self as i32 * DAYS_OF_A_PHASE;
        (before + 1, before + DAYS_OF_A_PHASE)
    }
}

/// One item of the program.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'a> {
    /// What it asks for.
    pub task: Task,
    /// The entries that satisfy it, the earliest first; none while it is open.
    pub ticks: Vec<Tick<'a>>,
}

/// An entry that satisfies an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick<'a> {
    /// The entry.
    pub entry: &'a Id,
    /// The day it did, if the entry tells; before the program it may well be.
    pub date: Option<Date>,
}

impl Item<'_> {
    /// Whether any entry satisfies it.
    pub fn is_done(&self) -> bool {
        !self.ticks.is_empty()
    }
}

/// What an item asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// The scope says in one sentence what it is.
    Sentence,
    /// What blocks the work again and again is written down.
    Blockers,
    /// So is avoidable noise.
    Noise,
    /// One constraint was asked to be lifted.
    Asked,
    /// A decision was taken in an area in which I have the last word.
    OwnedArea,
    /// A scope names a figure that shows how well it goes.
    OutcomeMetric,
    /// A report tells what changed, what failed and what was escalated.
    Report,
    /// An improvement was proposed.
    Proposed,
    /// An effect was measured.
    MeasuredEffect,
    /// A peer said something.
    PeerFeedback,
    /// The manager said something.
    ManagerFeedback,
}

impl Task {
    /// All of them, phase by phase.
    pub const ALL: [Self; 11] = [
        Self::Sentence,
        Self::Blockers,
        Self::Noise,
        Self::Asked,
        Self::OwnedArea,
        Self::OutcomeMetric,
        Self::Report,
        Self::Proposed,
        Self::MeasuredEffect,
        Self::PeerFeedback,
        Self::ManagerFeedback,
    ];

    /// The phase that it belongs to.
    pub fn phase(self) -> Phase {
        match self {
            Self::Sentence | Self::Blockers | Self::Noise | Self::Asked => Phase::Clarity,
            Self::OwnedArea | Self::OutcomeMetric | Self::Report => Phase::Responsibility,
            Self::Proposed | Self::MeasuredEffect | Self::PeerFeedback | Self::ManagerFeedback => {
                Phase::Influence
            }
        }
    }

    /// The message that says what it asks for.
    pub fn key(self) -> &'static str {
        match self {
            Self::Sentence => "task.sentence",
            Self::Blockers => "task.blockers",
            Self::Noise => "task.noise",
            Self::Asked => "task.asked",
            Self::OwnedArea => "task.owned_area",
            Self::OutcomeMetric => "task.outcome_metric",
            Self::Report => "task.report",
            Self::Proposed => "task.proposed",
            Self::MeasuredEffect => "task.measured_effect",
            Self::PeerFeedback => "task.peer_feedback",
            Self::ManagerFeedback => "task.manager_feedback",
        }
    }
}

/// How the program stands; `None` if there is none.
pub fn program(portfolio: &Portfolio, today: Date) -> Option<ProgramStatus<'_>> {
    let program = portfolio.program.as_ref()?;
    let items = Task::ALL
        .into_iter()
        .map(|task| Item { task, ticks: ticks::ticks(task, portfolio, program, today) })
        .collect();
    let stage = match rhythm::pause(&portfolio.config, today) {
        Some(pause) => Stage::Paused(pause),
        None => stage(program.starts, today),
    };
    Some(ProgramStatus { program, stage, items })
}

fn stage(starts: Date, today: Date) -> Stage<'static> {
    match starts.days_until(today) + 1 {
        day if day < 1 => Stage::Ahead(1 - day),
        day if day > DAYS => Stage::Over,
        day => {
            let phase = Phase::ALL.into_iter().rfind(|phase| phase.days().0 <= day);
            Stage::Running { day, phase: phase.expect("the first phase begins on day 1") }
        }
    }
}

impl ProgramStatus<'_> {
    /// The day of the program that a date is, from 1; `None` outside the thirty days.
    pub fn day(&self, date: Date) -> Option<i32> {
        Some(self.program.starts.days_until(date) + 1).filter(|day| (1..=DAYS).contains(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    #[test]
    fn the_stage_follows_the_calendar() {
        let starts = day("2026-01-12");
        for (today, expected) in [
            ("2026-01-11", Stage::Ahead(1)),
            ("2026-01-12", Stage::Running { day: 1, phase: Phase::Clarity }),
            ("2026-01-21", Stage::Running { day: 10, phase: Phase::Clarity }),
            ("2026-01-22", Stage::Running { day: 11, phase: Phase::Responsibility }),
            ("2026-02-01", Stage::Running { day: 21, phase: Phase::Influence }),
            ("2026-02-10", Stage::Running { day: 30, phase: Phase::Influence }),
            ("2026-02-11", Stage::Over),
        ] {
            assert_eq!(stage(starts, day(today)), expected, "{today}");
        }
    }

    #[test]
    fn without_a_program_there_is_none_and_during_a_rest_it_is_silent() {
        assert_eq!(program(&portfolio(&[]), day("2026-01-20")), None);
        let config = "title: T\nowner: {name: N}\npause: {since: 2026-01-20}\n";
        let portfolio = portfolio(&[("portfolio.yaml", config), ("program.yaml", "starts: 2026-01-12\n")]);
        assert!(matches!(program(&portfolio, day("2026-01-19")).unwrap().stage, Stage::Running { .. }));
        assert!(matches!(program(&portfolio, day("2026-01-20")).unwrap().stage, Stage::Paused(_)));
    }

    #[test]
    fn every_item_is_ticked_by_what_satisfies_it_and_by_nothing_else() {
        let short_of_it = [
            ("program.yaml", "starts: 2026-01-12\nscope: s\n"),
            ("scopes/s.yaml", "decision_rights: [{area: Doors, delegation: agree}]\n"),
            ("scopes/t.yaml", "summary: Mine.\noutcomes: [{name: N}]\n"),
            ("constraints/c.yaml", "type: constraint\n"),
            ("constraints/d.yaml", "type: blocker\nreasonable: false\nasked_on: 2026-01-15\n"),
            ("decisions/e.yaml", "status: accepted\nright: s/doors\n"),
            ("check-ins/f.yaml", "changed: A\nfailed: B\n"),
            ("proposals/g.yaml", "ask: A\n"),
            (
                "pilots/h.yaml",
                "starts: 2026-01-20\nprimary: {name: N, direction: decrease, baseline: 3, target: 1, \
                 observations: {date: 2026-01-19, value: 2}}\n",
            ),
            ("feedback/i.yaml", "role: stakeholder\n"),
        ];
        let portfolio_short = portfolio(&short_of_it);
        let open = program(&portfolio_short, day("2026-02-10")).unwrap();
        assert_eq!(open.items.iter().filter(|item| item.is_done()).count(), 0, "{:#?}", open.items);

        let enough = [
            ("program.yaml", "starts: 2026-01-12\nscope: s\n"),
            (
                "scopes/s.yaml",
                "date: 2026-01-13\nsummary: Mine.\noutcomes: [{name: N}]\n\
                 decision_rights: [{area: Doors, delegation: advise}]\n",
            ),
            ("constraints/b.yaml", "type: blocker\ndate: 2026-01-14\n"),
            ("constraints/n.yaml", "type: noise\ndate: 2026-01-15\nasked_on: 2026-01-16\n"),
            ("constraints/o.yaml", "type: noise\ndate: 2026-03-15\nasked_on: 2026-03-16\n"),
            ("decisions/e.yaml", "status: accepted\nright: s/doors\ndate: 2026-01-24\n"),
            ("check-ins/f.yaml", "changed: A\nfailed: B\nescalated: Nothing\ndate: 2026-01-26\n"),
            ("proposals/g.yaml", "ask: A\nstatus: declined\ndate: 2026-02-02\n"),
            (
                "pilots/h.yaml",
                "starts: 2026-01-20\nprimary: {name: N, direction: decrease, baseline: 3, target: 1, \
                 observations: {date: 2026-02-03, value: 2}}\n",
            ),
            ("feedback/i.yaml", "role: peer\ndate: 2026-02-04\n"),
            ("feedback/j.yaml", "role: manager\ndate: 2026-02-05\n"),
        ];
        let portfolio_enough = portfolio(&enough);
        let status = program(&portfolio_enough, day("2026-02-10")).unwrap();
        let shown: Vec<String> = status
            .items
            .iter()
            .map(|item| {
                let ticks: Vec<String> = item
                    .ticks
                    .iter()
                    .map(|tick| format!("{}@{}", tick.entry, status.day(tick.date.unwrap()).unwrap()))
                    .collect();
                format!("{:?} {}", item.task, ticks.join(" "))
            })
            .collect();
        let expected = [
            "Sentence s@2",
            "Blockers b@3",
            "Noise n@4",
            "Asked n@5",
            "OwnedArea e@13",
            "OutcomeMetric s@2",
            "Report f@15",
            "Proposed g@22",
            "MeasuredEffect h@23",
            "PeerFeedback i@24",
            "ManagerFeedback j@25",
        ];
        assert_eq!(shown, expected);
    }
}
