//! What is due: the block on the start page, and the calendar.

use serde::Serialize;

use super::card::Card;
use super::site::Site;
use crate::evaluate::agenda::{Due as What, Item, agenda};
use crate::evaluate::icalendar::{self, Calendar};
use crate::redact::Redacted;
use crate::text::Date;

/// How far ahead the start page looks.
const DAYS_AHEAD: i32 = 28;

/// How much of what lies ahead the start page shows, and of what is overdue.
const LINES_AHEAD: usize = 8;
const LINES_OVERDUE: usize = 20;

/// What is due on the start page.
#[derive(Debug, Serialize)]
pub struct Due<'a> {
    /// What is overdue, the longest first, and what comes next.
    pub items: Vec<DueLine<'a>>,
    /// How many are overdue.
    pub overdue: usize,
    /// How many of these are not among the items.
    pub more_overdue: usize,
    /// How many others only the calendar holds.
    pub later: usize,
}

/// One thing that is due.
#[derive(Debug, Serialize)]
pub struct DueLine<'a> {
    /// The day.
    pub due: Date,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Whether that day is today.
    pub is_today: bool,
    /// What kind of thing it is, in a word.
    pub what: &'static str,
    /// What kind of thing it is, in words.
    pub label: &'a str,
    /// What to do.
    pub text: String,
    /// The entry that it comes from.
    pub entry: Option<Card<'a>>,
}

/// All that has a day for this reader.
///
/// A check-in is overdue because no later one is there, and an agreement because none has taken its place. For
/// a reader from whom there may be something hidden neither can be known: what would end the delay can be just
/// what is hidden, and a mark in its place would tell of it. So these are listed for others until their day,
/// which follows from what they see, and not afterwards. What else is overdue stands in its own entry.
pub(super) fn agenda_of(redacted: &Redacted, today: Date) -> Vec<Item<'_>> {
    let mut items = agenda(redacted.portfolio(), today, None).items;
    let rests_on_others =
        |what| matches!(what, What::CheckIn | What::AgreementRevisit | What::AgreementExpiry);
    items.retain(|item| redacted.is_for_me() || !item.overdue || !rests_on_others(item.what));
    items
}

impl<'a> Site<'a> {
    /// What the start page says is due: what is overdue, and the next few weeks; where these hold nothing,
    /// whatever comes first. `None` if nothing has a day.
    pub(super) fn due(&self) -> Option<Due<'_>> {
        let (overdue, ahead) = self.agenda().split_at(self.agenda().partition_point(|item| item.overdue));
        let horizon = self.today().plus_days(DAYS_AHEAD);
        let soon = ahead.iter().take_while(|item| item.due <= horizon).count();
        let at_least = usize::from(overdue.is_empty()).min(ahead.len());
        let (past, next) = (overdue.len().min(LINES_OVERDUE), soon.min(LINES_AHEAD).max(at_least));
        (past + next > 0).then(|| Due {
            items: overdue[..past].iter().chain(&ahead[..next]).map(|item| self.due_line(item)).collect(),
            overdue: overdue.len(),
            more_overdue: overdue.len() - past,
            later: ahead.len() - next,
        })
    }

    fn due_line<'s>(&'s self, item: &'s Item<'a>) -> DueLine<'s> {
        DueLine {
            due: item.due,
            overdue: item.overdue,
            is_today: item.due == self.today(),
            what: item.what.word(),
            label: self.words().of("due_kind", item.what.word()),
            text: self.words().say(&item.text),
            entry: item.entry.and_then(|id| self.card_of(id)),
        }
    }

    /// The agenda of this reader as a calendar.
    pub fn calendar(&self) -> String {
        let config = &self.portfolio().config;
        let namespace = icalendar::namespace(config);
        let (today, words) = (self.today(), self.words());
        Calendar { name: &config.title, namespace: &namespace, today, words }.text(self.agenda())
    }
}
