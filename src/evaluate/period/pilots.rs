//! The trials that ran in a period, and how they stood on its last day.

use crate::evaluate::series::Period;
use crate::evaluate::verdict::{Assessment, assessment};
use crate::model::common::Review;
use crate::model::pilot::{Amendment, DeclaredVerdict};
use crate::model::{Entry, Pilot, Portfolio};
use crate::text::Date;

/// A pilot in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct PilotInPeriod<'a> {
    /// The pilot.
    pub pilot: &'a Entry<Pilot>,
    /// How it stood on the last day, by its figures.
    pub assessment: Assessment<'a>,
    /// What had been declared by then.
    pub declared: Option<&'a DeclaredVerdict>,
    /// The days on which it was looked at together, within the period.
    pub reviews_held: Vec<Date>,
    /// What was changed on the way, within the period.
    pub amendments: Vec<&'a Amendment>,
}

/// The pilots that ran on at least one day of the period, by their first day.
pub(super) fn pilots(portfolio: &Portfolio, period: Period) -> Vec<PilotInPeriod<'_>> {
    let mut pilots: Vec<PilotInPeriod> = portfolio
        .pilots
        .iter()
        .filter(|pilot| has_run(pilot, period))
        .map(|pilot| seen(pilot, period))
        .collect();
    pilots.sort_by_key(|it| (it.pilot.starts, it.pilot.id()));
    pilots
}

/// A pilot runs until its verdict; without one, until its last day.
fn has_run(pilot: &Pilot, period: Period) -> bool {
    let is_over_before = |end: Date| period.from.is_some_and(|from| end < from);
    let end = declared(pilot, period).map(|verdict| verdict.date).or(pilot.ends);
    pilot.starts <= period.to && !end.is_some_and(is_over_before)
}

fn declared(pilot: &Pilot, period: Period) -> Option<&DeclaredVerdict> {
    pilot.verdict.as_ref().filter(|verdict| verdict.date <= period.to)
}

fn seen(pilot: &Entry<Pilot>, period: Period) -> PilotInPeriod<'_> {
    let held = pilot.reviews.iter().filter_map(Review::held);
    let mut reviews_held: Vec<Date> = held.filter(|held| period.holds(*held)).collect();
    reviews_held.sort_unstable();
    let mut amendments: Vec<&Amendment> =
        pilot.amendments.iter().filter(|amendment| period.holds(amendment.date)).collect();
    amendments.sort_by_key(|amendment| amendment.date);
    PilotInPeriod {
        pilot,
        assessment: assessment(pilot, period.to),
        declared: declared(pilot, period),
        reviews_held,
        amendments,
    }
}
