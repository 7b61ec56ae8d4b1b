//! The cycle of ownership, credibility and autonomy: what each station counts, and where it is broken.

use serde::Serialize;

use super::card::Card;
use super::figure::Figure;
use super::pages::RightView;
use super::site::Site;
use super::words::SafetyWords;
use crate::evaluate::cycle::{Autonomy, BrokenLink, Cycle, Round, Station, Tally};
use crate::evaluate::levels::{Cause, LevelChange, Way};
use crate::evaluate::rhythm::RhythmKept;
use crate::model::common::Delegation;
use crate::text::{Date, Id};
use crate::words::{Phrase, Words, phrase};

/// The cycle.
///
/// That a station holds nothing, that a promised rhythm was not kept and that a level fell back because nothing
/// followed an agreement are known only to who sees everything: what is missing may be what is hidden. Others
/// are shown what their copy holds, and of a level whose agreement ran out, just that.
#[derive(Serialize)]
pub struct CyclePage<'a> {
    /// Everything together.
    pub whole: RoundView<'a>,
    /// Scope by scope.
    pub scopes: Vec<RoundView<'a>>,
    /// What is to be said for the safety of who writes.
    pub safety: SafetyWords<'a>,
}

/// The cycle of one scope, or of all.
#[derive(Serialize)]
pub struct RoundView<'a> {
    /// The scope; `None` for the whole.
    pub scope: Option<Card<'a>>,
    /// Ownership, credibility, autonomy.
    pub stations: Vec<StationView<'a>>,
    /// Where it is broken; only for me, and not during a rest.
    pub broken: Vec<BrokenView>,
    /// The whole cycle as a picture, and every other one that is broken.
    pub figure: Option<Figure>,
}

/// One station.
#[derive(Serialize)]
pub struct StationView<'a> {
    /// What it is called.
    pub name: &'static str,
    /// What is asked there.
    pub question: &'a str,
    /// What it counts.
    pub counts: Vec<CountView<'a>>,
}

/// A number, and what it was counted from.
#[derive(Serialize)]
pub struct CountView<'a> {
    /// What is counted.
    pub label: &'a str,
    /// How many.
    pub number: usize,
    /// The entries.
    pub entries: Vec<Card<'a>>,
    /// The changes of levels, where these are what is counted.
    pub changes: Vec<ChangeView<'a>>,
    /// More in words.
    pub note: Option<String>,
}

/// A level that changed.
#[derive(Serialize)]
pub struct ChangeView<'a> {
    /// The day, if it is known.
    pub date: Option<Date>,
    /// The right; `None` if its scope no longer names it.
    pub right: Option<RightView<'a>>,
    /// The level before, as far as it is known.
    pub from: Option<Delegation>,
    /// The level afterwards, as far as it is known.
    pub to: Option<Delegation>,
    /// What it rests on.
    pub entries: Vec<Card<'a>>,
}

/// What can be known of a level that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Gained,
    PulledBack,
    /// It was agreed, and the level before is not known.
    Agreed,
    /// Its agreement ran out, and whether another followed is not known.
    RanOut,
}

impl From<Way> for Move {
    fn from(way: Way) -> Self {
        match way {
            Way::Gained => Self::Gained,
            Way::PulledBack => Self::PulledBack,
        }
    }
}

/// A station that holds nothing while the next is claimed.
#[derive(Serialize)]
pub struct BrokenView {
    /// The empty station.
    pub from: &'static str,
    /// The one that is claimed all the same.
    pub to: &'static str,
    /// What that does.
    pub effect: String,
    /// What would mend it.
    pub mend: String,
}

impl<'a> Site<'a> {
    /// What the page of the cycle shows.
    pub fn cycle_page(&self) -> CyclePage<'a> {
        let mut cycle = Cycle::new(self.portfolio(), self.today());
        // What rests stands below.
        cycle.scopes.sort_by_key(|round| round.scope.and_then(|scope| scope.status));
        CyclePage {
            whole: self.round(&cycle.whole),
            scopes: cycle.scopes.iter().map(|round| self.round(round)).collect(),
            safety: SafetyWords::new(self.words()),
        }
    }

    fn round(&self, round: &Round<'a>) -> RoundView<'a> {
        // During a rest nobody is told what to mend.
        let is_told = self.redacted().is_for_me() && self.rest().is_none();
        let broken: Vec<&BrokenLink> = round.broken.iter().filter(|_| is_told).collect();
        let figure = match round.scope {
            None => self.cycle_figure(None, &broken),
            Some(_) if broken.is_empty() => None,
            Some(scope) => self.cycle_figure(Some(scope.id().as_str()), &broken),
        };
        RoundView {
            scope: round.scope.map(|scope| self.card(&scope.header)),
            stations: vec![self.ownership(round), self.credibility(round), self.autonomy(round)],
            broken: broken.into_iter().map(|link| broken_view(link, self.words())).collect(),
            figure,
        }
    }

    fn ownership(&self, Round { ownership, .. }: &Round<'a>) -> StationView<'a> {
        StationView {
            name: Station::Ownership.word(),
            question: self.words().text("cycle.what_i_own"),
            counts: vec![
                self.count("counted.scope_in_one_sentence", &ownership.sentence),
                self.count("counted.outcomes", &ownership.outcomes),
                self.count("counted.decision_rights", &ownership.rights),
                self.count("counted.boundaries", &ownership.boundaries),
                self.count("counted.commitments", &ownership.commitments),
            ],
        }
    }

    fn credibility(&self, Round { credibility, .. }: &Round<'a>) -> StationView<'a> {
        let rhythm = credibility.rhythm.as_ref().filter(|_| self.redacted().is_for_me());
        StationView {
            name: Station::Credibility.word(),
            question: self.words().text("cycle.what_speaks"),
            counts: vec![
                self.count("counted.results_of_decisions", &credibility.results),
                self.count("counted.concluded_pilots", &credibility.concluded_pilots),
                self.count("counted.setbacks_reported", &credibility.reported_setbacks),
                CountView {
                    note: rhythm.map(|kept| self.words().say(&rhythm_note(kept))),
                    ..self.count("counted.check_ins", &credibility.check_ins)
                },
                self.count("counted.feedback_from_others", &credibility.feedback),
            ],
        }
    }

    fn autonomy(&self, Round { autonomy, .. }: &Round<'a>) -> StationView<'a> {
        let mut counts = vec![
            self.count("counted.rights_with_my_last_word", &autonomy.decided),
            self.changes("counted.levels_gained", autonomy, Move::Gained),
            self.changes("counted.levels_pulled_back", autonomy, Move::PulledBack),
            self.count("counted.asked_for_or_wanted", &autonomy.claimed),
        ];
        let unsure =
            [("counted.levels_agreed", Move::Agreed), ("counted.levels_whose_time_ran_out", Move::RanOut)];
        let unsure = unsure.map(|(key, kind)| self.changes(key, autonomy, kind));
        counts.extend(unsure.into_iter().filter(|count| count.number > 0));
        StationView {
            name: Station::Autonomy.word(),
            question: self.words().text("cycle.what_i_decide"),
            counts,
        }
    }

    /// The changes of one kind, as far as the reader can know that they are.
    fn changes(&self, key: &'static str, autonomy: &Autonomy<'a>, kind: Move) -> CountView<'a> {
        let changes = autonomy.changes.iter().map(|change| self.change(change));
        let changes: Vec<ChangeView> =
            changes.filter(|(found, _)| *found == kind).map(|(_, change)| change).collect();
        let label = self.words().text(key);
        CountView { label, number: changes.len(), entries: Vec::new(), changes, note: None }
    }

    /// How levels of a scope changed, as far as the reader can know it, by right and then by date.
    pub(super) fn scope_changes(&self, scope: &Id) -> Vec<ChangeView<'a>> {
        self.level_changes(scope).iter().map(|change| self.change(change).1).collect()
    }

    /// A change, as far as the reader can know that it is one.
    pub(super) fn change(&self, change: &LevelChange<'a>) -> (Move, ChangeView<'a>) {
        let (mut kind, mut from, mut to) = (change.way.into(), change.from, Some(change.to));
        if !self.redacted().is_for_me() {
            // Where the agreement itself does not name the level before, an earlier one tells it; for others
            // than me that need not be the last before it.
            let before = self.written_before(change);
            match change.cause {
                Cause::Agreed => {
                    kind = if before.is_some() { kind } else { Move::Agreed };
                    from = before;
                }
                Cause::Withdrawn => to = before,
                Cause::Expired => {
                    kind = Move::RanOut;
                    to = None;
                }
            }
        }
        let entries = self.cards_of(change.entries.iter().copied());
        (kind, ChangeView { date: change.date, right: self.right(change.right), from, to, entries })
    }

    /// The level before the agreement that a change rests on, if that names it.
    fn written_before(&self, change: &LevelChange) -> Option<Delegation> {
        let agreement = self.portfolio().agreement(change.entries.first()?)?;
        agreement.grants.iter().find(|grant| grant.right == *change.right)?.from
    }

    fn count(&self, key: &'static str, tally: &Tally<'a>) -> CountView<'a> {
        let entries = self.cards_of(tally.entries.iter().copied());
        let label = self.words().text(key);
        CountView { label, number: tally.number, entries, changes: Vec::new(), note: None }
    }
}

fn rhythm_note(kept: &RhythmKept) -> Phrase {
    phrase!("cycle.rhythm", kept = kept.kept, count = kept.promised)
}

fn broken_view(link: &BrokenLink, words: &Words) -> BrokenView {
    let mend: Vec<String> = link.mend.iter().map(|step| words.say(step)).collect();
    BrokenView {
        from: link.from.word(),
        to: link.to.word(),
        effect: words.say(&link.effect),
        mend: mend.join(words.text("list.semicolon")),
    }
}
