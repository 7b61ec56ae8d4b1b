//! The days of commits.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::text::{Date, Scalar};

/// The day of a moment where its author was, and the moment in seconds since 1970.
///
/// `None` if the calendar has no such day, or no zone is so far off.
pub(super) fn day(time: gix::date::Time) -> Option<(Date, i64)> {
    let offset = Offset::from_seconds(time.offset).ok()?;
    Some((civil(time.seconds, offset.to_time_zone())?, time.seconds))
}

/// The day of a moment in universal time, held within the calendar.
pub(super) fn day_of(seconds: i64) -> (Date, i64) {
    let first = || Date::new(1970, 1, 1).expect("1970 began with a day");
    (civil(seconds, TimeZone::UTC).unwrap_or_else(first), seconds)
}

fn civil(seconds: i64, zone: TimeZone) -> Option<Date> {
    let day = Timestamp::from_second(seconds).ok()?.to_zoned(zone).date();
    Date::parse(&day.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_the_author() {
        let at = |offset| day(gix::date::Time::new(1_772_490_600, offset)).map(|(day, _)| day.to_string());
        assert_eq!(at(0).as_deref(), Some("2026-03-02"), "half past ten in the evening");
        assert_eq!(at(2 * 3600).as_deref(), Some("2026-03-03"));
        assert_eq!(at(-23 * 3600).as_deref(), Some("2026-03-01"));
        assert_eq!(at(999 * 3600), None);
        assert_eq!(day(gix::date::Time::new(i64::MAX, 0)), None);
        assert_eq!(day_of(i64::MIN).0.to_string(), "1970-01-01");
    }
}
