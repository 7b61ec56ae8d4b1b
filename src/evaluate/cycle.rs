//! The cycle of ownership, credibility and autonomy, counted from the entries; and where it is broken.
//!
//! It runs in one direction: what I own and what comes of it makes me credible, what makes me credible earns
//! latitude, and latitude makes ownership worth having. A station that holds nothing while the next is
//! claimed is named, with the step that would mend it.

mod links;

use std::collections::HashMap;

pub use links::{BrokenLink, Station};

use super::belonging::Belonging;
use super::delegation::is_mine;
use super::levels::{LevelChange, Way, level_changes};
use super::rhythm::{RhythmKept, rhythm_kept};
use super::track_record::results;
use crate::model::decision::OutcomeVerdict;
use crate::model::pilot::Verdict;
use crate::model::proposal::ProposalStatus;
use crate::model::scope::ScopeStatus;
use crate::model::{Entry, Portfolio, Scope};
use crate::text::{Date, Id};

/// The cycle as a whole, and of each scope.
#[derive(Clone, Debug, PartialEq)]
pub struct Cycle<'a> {
    /// Everything together, entries of no scope included.
    pub whole: Round<'a>,
    /// One for every scope that is not retired, in the order of ids.
    pub scopes: Vec<Round<'a>>,
}

/// The three stations, and the links between them that are broken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round<'a> {
    /// The scope; `None` for the portfolio as a whole.
    pub scope: Option<&'a Entry<Scope>>,
    /// What I own.
    pub ownership: Ownership<'a>,
    /// What speaks for me.
    pub credibility: Credibility<'a>,
    /// What I may decide.
    pub autonomy: Autonomy<'a>,
    /// The broken links, in the direction of the cycle.
    pub broken: Vec<BrokenLink>,
}

/// A number, and the entries it was counted from, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally<'a> {
    /// How many: not always as many as entries, because one scope can have several boundaries.
    pub number: usize,
    /// The entries, in the order in which they were counted.
    pub entries: Vec<&'a Id>,
}

/// What I own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ownership<'a> {
    /// Scopes that say in one sentence what they are.
    pub sentence: Tally<'a>,
    /// Figures that show whether the work goes well.
    pub outcomes: Tally<'a>,
    /// Decision rights, whoever decides.
    pub rights: Tally<'a>,
    /// Decisions that I will not take without input.
    pub boundaries: Tally<'a>,
    /// Promises, kept or not.
    pub commitments: Tally<'a>,
}

/// What speaks for me.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credibility<'a> {
    /// Decisions whose result is known, whatever it is.
    pub results: Tally<'a>,
    /// Pilots with a declared verdict, whatever it is.
    pub concluded_pilots: Tally<'a>,
    /// Those among the results and pilots that are setbacks: written down, they count for me.
    pub reported_setbacks: Tally<'a>,
    /// Check-ins.
    pub check_ins: Tally<'a>,
    /// How the promised rhythm was kept; for the portfolio as a whole only, because it was not promised scope
    /// by scope.
    pub rhythm: Option<RhythmKept<'a>>,
    /// What others said.
    pub feedback: Tally<'a>,
}

/// What I may decide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Autonomy<'a> {
    /// Decision rights in which I have the last word now.
    pub decided: Tally<'a>,
    /// Levels that were gained or pulled back, by date.
    pub changes: Vec<LevelChange<'a>>,
    /// What I asked for and what I want beyond the present level: a claim, not a possession.
    pub claimed: Tally<'a>,
}

impl<'a> Tally<'a> {
    /// What one entry has to count is added at once, so that no list need be searched.
    fn add(&mut self, number: usize, entry: &'a Id) {
        self.number += number;
        if number > 0 {
            self.entries.push(entry);
        }
    }
}

impl Autonomy<'_> {
    /// How often a level went one way.
    pub fn changed(&self, way: Way) -> usize {
        self.changes.iter().filter(|change| change.way == way).count()
    }
}

impl<'a> Cycle<'a> {
    /// Counts what the portfolio holds on a day.
    pub fn new(portfolio: &'a Portfolio, today: Date) -> Self {
        let mut counting = Counting::new(portfolio);
        counting.ownership();
        counting.credibility(today);
        counting.autonomy(today);
        counting.cycle(portfolio, today)
    }
}

/// All rounds while they are being counted.
struct Counting<'a> {
    portfolio: &'a Portfolio,
    belonging: Belonging<'a>,
    whole: Round<'a>,
    scopes: HashMap<&'a Id, Round<'a>>,
}

impl<'a> Counting<'a> {
    fn new(portfolio: &'a Portfolio) -> Self {
        let is_owned = |scope: &&Entry<Scope>| scope.status != Some(ScopeStatus::Retired);
        let round = |scope| Round { scope: Some(scope), ..Round::default() };
        let scopes =
            portfolio.scopes.iter().filter(is_owned).map(|scope| (scope.id(), round(scope))).collect();
        Self { portfolio, belonging: Belonging::new(portfolio), whole: Round::default(), scopes }
    }

    /// Counts something for the whole, and for the scopes that an entry belongs to.
    fn add<T>(&mut self, number: usize, entry: &'a Id, tally: T)
    where
        T: for<'r> Fn(&'r mut Round<'a>) -> &'r mut Tally<'a>,
    {
        tally(&mut self.whole).add(number, entry);
        for scope in self.belonging.of(entry) {
            if let Some(round) = self.scopes.get_mut(scope) {
                tally(round).add(number, entry);
            }
        }
    }

    fn ownership(&mut self) {
        for scope in self.portfolio.scopes.iter().filter(|it| it.status != Some(ScopeStatus::Retired)) {
            let id = scope.id();
            let sentences = usize::from(scope.header.common.summary.is_some());
            self.add(sentences, id, |round| &mut round.ownership.sentence);
            self.add(scope.outcomes.len(), id, |round| &mut round.ownership.outcomes);
            self.add(scope.decision_rights.len(), id, |round| &mut round.ownership.rights);
            self.add(scope.boundaries.len(), id, |round| &mut round.ownership.boundaries);
            self.add(scope.commitments.len(), id, |round| &mut round.ownership.commitments);
        }
    }

    fn credibility(&mut self, today: Date) {
        for resulted in results(self.portfolio, today) {
            let id = resulted.decision.id();
            self.add(1, id, |round| &mut round.credibility.results);
            if resulted.result.verdict == OutcomeVerdict::Setback {
                self.add(1, id, |round| &mut round.credibility.reported_setbacks);
            }
        }
        for pilot in &self.portfolio.pilots {
            let Some(verdict) = pilot.verdict.as_ref().filter(|verdict| verdict.date <= today) else {
                continue;
            };
            self.add(1, pilot.id(), |round| &mut round.credibility.concluded_pilots);
            if verdict.decision == Verdict::Revert {
                self.add(1, pilot.id(), |round| &mut round.credibility.reported_setbacks);
            }
        }
        let has_come = |date: Option<Date>| date.is_none_or(|date| date <= today);
        for check_in in self.portfolio.check_ins.iter().filter(|it| has_come(it.header.date())) {
            self.add(1, check_in.id(), |round| &mut round.credibility.check_ins);
        }
        for feedback in self.portfolio.feedback.iter().filter(|it| has_come(it.header.date())) {
            self.add(1, feedback.id(), |round| &mut round.credibility.feedback);
        }
    }

    fn autonomy(&mut self, today: Date) {
        for scope in self.portfolio.scopes.iter().filter(|it| it.status != Some(ScopeStatus::Retired)) {
            let rights = &scope.decision_rights;
            let decided = rights.iter().filter(|right| is_mine(right.delegation)).count();
            let wanted = rights.iter().filter(|right| right.wanted > Some(right.delegation)).count();
            self.add(decided, scope.id(), |round| &mut round.autonomy.decided);
            self.add(wanted, scope.id(), |round| &mut round.autonomy.claimed);
        }
        for proposal in &self.portfolio.proposals {
            let is_open = proposal.status == Some(ProposalStatus::Sent);
            self.add(usize::from(is_open), proposal.id(), |round| &mut round.autonomy.claimed);
        }
        let mut changes = level_changes(self.portfolio, today);
        changes.sort_by_key(|change| (change.date, change.right));
        for change in changes {
            if let Some(round) = self.scopes.get_mut(&change.right.scope) {
                round.autonomy.changes.push(change.clone());
            }
            self.whole.autonomy.changes.push(change);
        }
    }

    fn cycle(mut self, portfolio: &'a Portfolio, today: Date) -> Cycle<'a> {
        self.whole.credibility.rhythm = rhythm_kept(portfolio, today);
        let mut scopes: Vec<Round> = self.scopes.into_values().collect();
        scopes.sort_by_key(|round| round.scope.map(Entry::id));
        for round in scopes.iter_mut().chain([&mut self.whole]) {
            round.broken = links::broken(round);
        }
        Cycle { whole: self.whole, scopes }
    }
}
