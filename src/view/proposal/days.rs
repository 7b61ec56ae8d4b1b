//! The days that are agreed for a proposal, on a line of time.

use serde::Serialize;

use crate::model::{Entry, Pilot, Proposal};
use crate::text::{Date, Text};

/// A day on a line of time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayMark {
    /// What happens then.
    pub kind: DayKind,
    /// The day.
    pub date: Date,
    /// How far along it is, from 0.0 for the first day to 1.0 for the last.
    pub at: f64,
    /// The day on which a review was held.
    pub held: Option<Date>,
    /// What came of it.
    pub note: Option<Text>,
}

/// What happens on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DayKind {
    /// The trial starts.
    Starts,
    /// It is looked at together.
    Review,
    /// The trial ends.
    Ends,
}

/// The days of the trial and the reviews, in their order, with how far along each is.
pub(super) fn days(whole: &Proposal, pilot: Option<&Entry<Pilot>>) -> Vec<DayMark> {
    let mark = |kind, date| DayMark { kind, date, at: 0.0, held: None, note: None };
    let starts = pilot.map(|pilot| mark(DayKind::Starts, pilot.starts));
    let ends = pilot.and_then(|pilot| pilot.ends).map(|date| mark(DayKind::Ends, date));
    let reviews = whole.reviews.iter().map(|review| DayMark {
        held: review.held(),
        note: review.note().cloned(),
        ..mark(DayKind::Review, review.date())
    });
    let mut days: Vec<DayMark> = starts.into_iter().chain(reviews).chain(ends).collect();
    days.sort_by_key(|day| (day.date, day.kind));
    let (Some(first), Some(last)) = (days.first().map(|day| day.date), days.last().map(|day| day.date))
    else {
        return days;
    };
    let length = f64::from(first.days_until(last)).max(1.0);
    for day in &mut days {
        day.at = f64::from(first.days_until(day.date)) / length;
    }
    days
}
