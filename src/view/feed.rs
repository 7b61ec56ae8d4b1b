//! What is new, for programs that follow it.

use super::card::Card;
use super::site::Site;
use crate::evaluate::icalendar::namespace;
use crate::model::Kind;
use crate::text::Date;

/// How many entries the feed holds: more than any reader of feeds misses between two looks.
const ENTRIES: usize = 50;

/// The kinds that are about a day. A scope, a page or a constraint is about a state.
const KINDS: [Kind; 6] =
    [Kind::Decision, Kind::Pilot, Kind::Proposal, Kind::Agreement, Kind::CheckIn, Kind::Feedback];

/// The feed of a site.
pub struct Feed<'a> {
    /// What sets the names of its entries apart from those of other portfolios; it stays the same wherever the
    /// site is published.
    pub namespace: String,
    /// The day of its latest entry; without any, the day on which the portfolio began.
    pub updated: Option<Date>,
    /// The latest entries, the latest first, each with its day.
    pub entries: Vec<(Date, Card<'a>)>,
}

impl<'a> Site<'a> {
    /// The latest entries that have a day, as far as the reader may see them; none from the days to come.
    pub fn feed(&self) -> Feed<'a> {
        let latest = KINDS.into_iter().flat_map(|kind| self.list(kind)).map(|header| self.card(header));
        let mut entries: Vec<(Date, Card)> =
            latest.filter_map(|card| Some((card.date.filter(|date| *date <= self.today())?, card))).collect();
        // By id where the day is the same: the feed must come out the same on every machine.
        entries.sort_by(|(one, a), (other, b)| (other, a.id).cmp(&(one, b.id)));
        entries.truncate(ENTRIES);
        let config = &self.portfolio().config;
        Feed {
            namespace: namespace(config),
            updated: entries.first().map(|(date, _)| *date).or(config.started),
            entries,
        }
    }
}
