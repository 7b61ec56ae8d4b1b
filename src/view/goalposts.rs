//! What the history says of a pilot's goalposts, and of what an agreement was about.

use serde::Serialize;

use super::changes::LineView;
use super::site::Site;
use crate::changes::{Goalpost, Moment, Pin, Set, Snapshot, Standing, Timing, pins, preregistration};
use crate::model::tree::Tree;
use crate::model::{Header, Kind};
use crate::text::{Date, Text};
use crate::words::{Phrase, phrase};

/// Whether the goalposts of a pilot stood still.
#[derive(Serialize)]
pub struct PreregistrationView {
    /// When they were first written down, those of one moment together.
    pub set: Vec<SetView>,
    /// What was changed about them later.
    pub moves: Vec<MoveView>,
    /// Whether all may be older than it seems.
    pub is_cut_off: bool,
}

/// When something was first written down.
#[derive(Serialize)]
pub struct SetView {
    /// `target`, `limits` and so on.
    pub what: Vec<&'static str>,
    /// The day; `None` if it is not committed yet.
    pub date: Option<Date>,
    /// How that lies to the start, in words.
    pub timing: String,
    /// Whether it was before the start.
    pub is_before: bool,
    /// Whether the reader cannot know, because what came before is not told to them.
    pub is_unknown: bool,
    /// Whether its commit carries a signature, which nobody verified.
    pub is_signed: bool,
    /// Whether somebody gave its commit a name.
    pub is_tagged: bool,
}

/// A later change.
#[derive(Serialize)]
pub struct MoveView {
    /// `target`, `limits` and so on.
    pub what: &'static str,
    /// The day; `None` if it is not committed yet.
    pub date: Option<Date>,
    /// How that lies to the start, in words.
    pub timing: String,
    /// The change.
    pub line: LineView,
    /// The amendment that announces it.
    pub amendment: Option<AmendmentView>,
    /// Whether it ought to have been announced, and was not.
    pub is_silent: bool,
    /// Whether its commit carries a signature, which nobody verified.
    pub is_signed: bool,
    /// Whether somebody gave its commit a name.
    pub is_tagged: bool,
}

/// An amendment, beside the change that it announces.
#[derive(Serialize)]
pub struct AmendmentView {
    /// Its day.
    pub date: Date,
    /// What it says.
    pub change: String,
    /// Why.
    pub why: Option<String>,
    /// How many days after the change it was written; nothing if it stood there by then.
    pub days_late: Option<u32>,
}

/// A scope, held where it stood on the day of an agreement.
#[derive(Serialize)]
pub struct PinView {
    /// What the scope is called.
    pub scope: String,
    /// The day that is told of: that of the agreement, or the one on which the history begins.
    pub date: Option<Date>,
    /// Whether the history begins only after the agreement.
    pub begins_later: bool,
    /// The rights as they stood.
    pub rights: Vec<PinnedRight>,
    /// The boundaries as they stood.
    pub boundaries: Vec<String>,
    /// What has moved since.
    pub moved: Vec<MovedView>,
}

/// A decision right as it stood.
#[derive(Serialize)]
pub struct PinnedRight {
    /// What is decided.
    pub area: String,
    /// The level then.
    pub delegation: String,
    /// The limits then.
    pub limits: Option<String>,
    /// Whether the agreement grants it.
    pub is_granted: bool,
}

/// What moved on one day.
#[derive(Serialize)]
pub struct MovedView {
    /// The day; `None` if it is not committed yet.
    pub date: Option<Date>,
    /// The first digits of the commit, for the writer alone.
    pub commit: Option<String>,
    /// What moved.
    pub lines: Vec<LineView>,
}

impl Site<'_> {
    /// What the history says of the goalposts of a pilot.
    pub(super) fn preregistration(&self, header: &Header) -> Option<PreregistrationView> {
        let pilot = self.portfolio().pilot(&header.id)?;
        let log = self.log().entries.get(&header.id)?;
        let found = preregistration(pilot, log, self.today())?;
        let at_once = |a: &Set, b: &Set| (a.moment.date, a.timing) == (b.moment.date, b.timing);
        let set = found
            .set
            .chunk_by(at_once)
            .map(|sets| self.set(sets, log.begin() == Some(sets[0].moment)))
            .collect();
        let moves = found.moves.iter().map(|moved| MoveView {
            what: moved.what.word(),
            date: moved.moment.date,
            timing: match moved.what {
                Goalpost::Observation => String::new(),
                _ => moved_when(moved.timing).map(|phrase| self.words().say(&phrase)).unwrap_or_default(),
            },
            line: self.line(moved.change, true),
            amendment: moved.amendment.map(|amendment| AmendmentView {
                date: amendment.date,
                change: amendment.change.to_string(),
                why: amendment.why.as_ref().map(Text::to_string),
                days_late: moved.days_unannounced,
            }),
            is_silent: moved.is_silent,
            is_signed: moved.moment.is_signed,
            is_tagged: moved.moment.is_tagged,
        });
        Some(PreregistrationView { set, moves: moves.collect(), is_cut_off: found.is_cut_off })
    }

    /// What was first written down at one moment, with which the history as it is told may begin.
    fn set(&self, sets: &[Set], is_first: bool) -> SetView {
        let set = &sets[0];
        // They were not told what came before, so for them it may have stood there long since.
        let is_unknown = is_first
            && !self.redacted().is_for_me()
            && matches!(set.timing, Timing::After(_) | Timing::AfterObservation(_));
        let timing = if is_unknown { phrase!("goalpost.seen_since") } else { set_when(set.timing) };
        SetView {
            what: sets.iter().map(|set| set.what.word()).collect(),
            date: set.moment.date,
            timing: self.words().say(&timing),
            is_unknown,
            is_before: matches!(set.timing, Timing::Before(_)),
            is_signed: set.moment.is_signed,
            is_tagged: set.moment.is_tagged,
        }
    }

    /// What stood on the day of an agreement, and what has moved since.
    pub(super) fn pins(&self, header: &Header) -> Vec<PinView> {
        let agreement = match header.kind {
            Kind::Agreement => self.portfolio().agreement(&header.id),
            _ => None,
        };
        let Some(agreement) = agreement else { return Vec::new() };
        let granted = |scope: &str, right: &str| {
            agreement
                .grants
                .iter()
                .any(|shift| shift.right.scope.as_str() == scope && shift.right.right.as_str() == right)
        };
        pins(agreement, self.log()).iter().map(|pin| self.pin(pin, header.date(), &granted)).collect()
    }

    fn pin(&self, pin: &Pin, day: Option<Date>, granted: &dyn Fn(&str, &str) -> bool) -> PinView {
        let title = |snapshot: &Snapshot| snapshot.title.clone();
        let now = || self.portfolio().header(pin.scope.as_str()).map(|header| header.title().to_owned());
        let (snapshot, date) = match &pin.then {
            Standing::Was(snapshot) => (Some(*snapshot), day),
            Standing::BeginsLater(moment) => (None, moment.date),
        };
        let rights = snapshot.map(|it| items(it, "decision_rights")).unwrap_or_default();
        let text = |tree: &Tree| tree.leaf().map(ToString::to_string);
        PinView {
            scope: snapshot.map(title).or_else(now).unwrap_or_default(),
            date,
            begins_later: snapshot.is_none(),
            rights: rights
                .iter()
                .map(|right| PinnedRight {
                    area: text(right.field("area")).unwrap_or_default(),
                    delegation: text(right.field("delegation")).unwrap_or_default(),
                    limits: text(right.field("limits")),
                    is_granted: granted(pin.scope.as_str(), &crate::changes::key(right)),
                })
                .collect(),
            boundaries: snapshot
                .map(|it| items(it, "boundaries"))
                .unwrap_or_default()
                .iter()
                .filter_map(text)
                .collect(),
            moved: pin.moved.iter().map(|(moment, changes)| self.moved(moment, changes)).collect(),
        }
    }

    fn moved(&self, moment: &Moment, changes: &[&crate::changes::Change]) -> MovedView {
        MovedView {
            date: moment.date,
            commit: moment.commit.as_ref().map(|facts| facts.id.short()),
            lines: changes.iter().map(|change| self.line(change, false)).collect(),
        }
    }
}

fn items<'s>(snapshot: &'s Snapshot, field: &str) -> &'s [Tree] {
    match snapshot.fields.field(field) {
        Tree::List(items) => items,
        _ => &[],
    }
}

fn set_when(timing: Timing) -> Phrase {
    match timing {
        Timing::Before(days) => phrase!("goalpost.before", count = days),
        Timing::OnStart => phrase!("goalpost.on_start"),
        Timing::After(days) => phrase!("goalpost.after", count = days),
        Timing::AfterObservation(0) => phrase!("goalpost.with_observation"),
        Timing::AfterObservation(days) => phrase!("goalpost.after_observation", count = days),
        Timing::Uncommitted => phrase!("goalpost.uncommitted"),
    }
}

fn moved_when(timing: Timing) -> Option<Phrase> {
    Some(match timing {
        Timing::Before(days) => phrase!("goalpost.moved_before", count = days),
        Timing::OnStart => phrase!("goalpost.moved_on_start"),
        Timing::After(days) => phrase!("goalpost.moved_after", count = days),
        Timing::AfterObservation(0) => phrase!("goalpost.moved_with_observation"),
        Timing::AfterObservation(days) => phrase!("goalpost.moved_after_observation", count = days),
        Timing::Uncommitted => return None,
    })
}
