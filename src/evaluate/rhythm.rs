//! The promised rhythm of check-ins: which count, when the next is due, how many were held, and from when on
//! there is silence.

use crate::model::config::Pause;
use crate::model::{CheckIn, Config, Entry, Portfolio};
use crate::text::{Date, Duration, Id};

/// How long may pass between two reports where nothing was promised.
const UNPROMISED: Duration = Duration::Weeks(2);

/// The rest that the portfolio takes today, if it does.
pub fn pause(config: &Config, today: Date) -> Option<&Pause> {
    config.pause.as_ref().filter(|pause| pause.since <= today)
}

/// The check-ins up to today that count for the promised rhythm, by date; all of them if none was promised.
pub fn reports(portfolio: &Portfolio, today: Date) -> Vec<(Date, &Entry<CheckIn>)> {
    let mut reports: Vec<(Date, &Entry<CheckIn>)> = portfolio
        .check_ins
        .iter()
        .filter(|check_in| counts(&portfolio.config, check_in))
        .filter_map(|check_in| Some((check_in.header.date()?, check_in)))
        .filter(|(date, _)| *date <= today)
        .collect();
    reports.sort_by_key(|(date, check_in)| (*date, check_in.id()));
    reports
}

/// Whether a check-in was held with whom the rhythm was promised to: by the reader's name, by the manager's
/// own, or with nobody named.
fn counts(config: &Config, check_in: &CheckIn) -> bool {
    let Some(with) = config.check_ins.as_ref().and_then(|rhythm| rhythm.with.as_ref()) else { return true };
    let manager = config.manager.as_ref().filter(|_| with.as_str() == "manager").map(|manager| &manager.name);
    check_in.with.is_empty() || check_in.with.iter().any(|name| name == with || Some(name) == manager)
}

/// The next check-in that was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextCheckIn<'a> {
    /// The day.
    pub due: Date,
    /// The check-in that it follows; `None` if it would be the first.
    pub after: Option<&'a Id>,
}

/// The next check-in by the promised rhythm: one step after the latest, or after the day the portfolio was
/// begun. `None` if no rhythm was promised, or nothing tells when it began.
pub fn next_check_in(portfolio: &Portfolio, today: Date) -> Option<NextCheckIn<'_>> {
    let every = portfolio.config.check_ins.as_ref()?.every;
    match reports(portfolio, today).last() {
        Some((date, latest)) => Some(NextCheckIn { due: every.after(*date), after: Some(latest.id()) }),
        None => Some(NextCheckIn { due: every.after(portfolio.config.started?), after: None }),
    }
}

/// How the promised rhythm was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RhythmKept<'a> {
    /// How many spans of the promised length have passed since the beginning.
    pub promised: usize,
    /// In how many of them there was at least one check-in.
    pub kept: usize,
    /// The check-ins, by date.
    pub check_ins: Vec<&'a Id>,
}

/// How the promised rhythm was kept, from the day the portfolio was begun (else the first check-in) to the
/// earlier of today and the beginning of a rest. `None` if no rhythm was promised or no span has passed.
pub fn rhythm_kept(portfolio: &Portfolio, today: Date) -> Option<RhythmKept<'_>> {
    let every = portfolio.config.check_ins.as_ref()?.every;
    let reports = reports(portfolio, today);
    let start = portfolio.config.started.or(reports.first().map(|(date, _)| *date))?;
    let end = pause(&portfolio.config, today).map_or(today, |pause| pause.since);
    let (mut promised, mut kept) = (0, 0);
    let mut from = start;
    // A step that leads nowhere would be the end of the calendar.
    while every.after(from) <= end && every.after(from) > from {
        let to = every.after(from);
        let is_held = |date: Date| (from < date || from == start && date == start) && date <= to;
        promised += 1;
        kept += usize::from(reports.iter().any(|(date, _)| is_held(*date)));
        from = to;
    }
    let check_ins = reports.iter().map(|(_, check_in)| check_in.id()).collect();
    (promised > 0).then_some(RhythmKept { promised, kept, check_ins })
}

/// The last day on which a report would still be in time, one and a half rhythms after `day`: from the next
/// day on there is silence. Where no rhythm was promised, two weeks count as one.
pub fn silent_after(config: &Config, day: Date) -> Date {
    let days = |days: u16| i32::from(days);
    match config.check_ins.as_ref().map_or(UNPROMISED, |rhythm| rhythm.every) {
        Duration::Days(n) => day.plus_days((days(n) * 3 + 1) / 2),
        Duration::Weeks(n) => day.plus_days((days(n) * 21 + 1) / 2),
        Duration::Months(n) => day.plus_months(days(n)).plus_days(days(n) * 15),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{day, portfolio};

    const WITH_MANAGER: [(&str, &str); 4] = [
        ("check-ins/a.yaml", "date: 2026-01-26\nwith: manager\n"),
        ("check-ins/b.yaml", "date: 2026-02-03\nwith: mentor\n"),
        ("check-ins/c.yaml", "date: 2026-02-20\nwith: Kim Osei\n"),
        ("check-ins/d.yaml", "date: 2026-02-21\n"),
    ];

    #[test]
    fn the_next_check_in_follows_the_latest_that_counts() {
        let portfolio = portfolio(&WITH_MANAGER);
        let next = |today: &str| {
            let next = next_check_in(&portfolio, day(today)).unwrap();
            (next.due.to_string(), next.after.map(Id::as_str))
        };
        assert_eq!(next("2026-01-20"), ("2026-01-26".into(), None));
        assert_eq!(next("2026-02-10"), ("2026-02-09".into(), Some("a")));
        assert_eq!(next("2026-02-20"), ("2026-03-06".into(), Some("c")));
        assert_eq!(next("2026-02-21"), ("2026-03-07".into(), Some("d")));
    }

    #[test]
    fn spans_are_kept_by_one_check_in_each() {
        let portfolio = portfolio(&WITH_MANAGER);
        let kept = |today: &str| rhythm_kept(&portfolio, day(today)).map(|kept| (kept.kept, kept.promised));
        assert_eq!(kept("2026-01-25"), None);
        assert_eq!(kept("2026-01-26"), Some((1, 1)));
        assert_eq!(kept("2026-02-09"), Some((1, 2)));
        assert_eq!(kept("2026-02-23"), Some((2, 3)));
    }

    #[test]
    fn a_rest_promises_nothing() {
        let config = "title: T\nowner: {name: N}\nstarted: 2026-01-12\ncheck_ins: {every: 2w}\n\
                      pause: {since: 2026-02-01}\n";
        let portfolio = portfolio(&[("portfolio.yaml", config), WITH_MANAGER[0]]);
        assert_eq!(pause(&portfolio.config, day("2026-01-31")), None);
        assert!(pause(&portfolio.config, day("2026-02-01")).is_some());
        assert_eq!(rhythm_kept(&portfolio, day("2026-12-01")).unwrap().promised, 1);
    }

    #[test]
    fn silence_begins_after_one_and_a_half_rhythms() {
        for (every, expected) in
            [("2w", "2026-03-22"), ("1w", "2026-03-12"), ("10d", "2026-03-16"), ("1mo", "2026-04-16")]
        {
            let config = format!("title: T\nowner: {{name: N}}\ncheck_ins: {{every: {every}}}\n");
            let portfolio = portfolio(&[("portfolio.yaml", &config)]);
            assert_eq!(silent_after(&portfolio.config, day("2026-03-01")).to_string(), expected, "{every}");
        }
    }
}
