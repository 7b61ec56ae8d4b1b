//! The timeline: every year as a picture, and as a list for who would rather read.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::card::Card;
use super::figure::{Figure, Table};
use super::site::Site;
use crate::chart::{Fate, Lane, Shape, Sheet, Span, Year};
use crate::evaluate::verdict::State;
use crate::model::pilot::Verdict;
use crate::model::{Entry, Header, Kind, Pilot};
use crate::text::Date;
use crate::words::phrase;

/// The timeline.
#[derive(Serialize)]
pub struct TimelinePage<'a> {
    /// The years, the latest first.
    pub years: Vec<TimelineYear<'a>>,
}

/// One year.
#[derive(Serialize)]
pub struct TimelineYear<'a> {
    /// Which.
    pub year: i16,
    /// The year as a picture.
    pub figure: Option<Figure>,
    /// The months in which something happened, the latest first.
    pub months: Vec<TimelineMonth<'a>>,
}

/// One month.
#[derive(Serialize)]
pub struct TimelineMonth<'a> {
    /// What it is called, with its year.
    pub name: String,
    /// What happened in it, by day; of each kind no more than can be read.
    pub entries: Vec<Card<'a>>,
    /// The kinds of which there is more.
    pub more: Vec<MoreEntries<'a>>,
}

/// Entries that are not listed one by one.
#[derive(Serialize)]
pub struct MoreEntries<'a> {
    /// What they are called.
    pub label: &'a str,
    /// How many.
    pub count: usize,
    /// The list of all of their kind, seen from the root of the site.
    pub href: String,
}

/// What happens on a day, in the order of the lanes.
const LANES: [(Kind, Shape); 5] = [
    (Kind::Decision, Shape::Circle),
    (Kind::Proposal, Shape::Wedge),
    (Kind::Agreement, Shape::Square),
    (Kind::CheckIn, Shape::Triangle),
    (Kind::Feedback, Shape::Diamond),
];

/// How many entries of a kind a month lists.
const LISTED: usize = 6;

/// The entries of a year: the pilots that went on in it, and the days of everything else.
#[derive(Default)]
struct Events<'a> {
    pilots: Vec<&'a Entry<Pilot>>,
    /// Everything that has a day in it, by kind and then by day.
    dated: BTreeMap<Kind, Vec<(Date, &'a Header)>>,
}

/// The first day of a month on which something is dated, and by kind all that is.
type DatedMonth<'a> = (Date, BTreeMap<Kind, Vec<(Date, &'a Header)>>);

impl<'a> Site<'a> {
    /// Whether anything has a day to stand on.
    pub(super) fn has_timeline(&self) -> bool {
        let portfolio = self.portfolio();
        let has_date =
            |(kind, _): &(Kind, Shape)| portfolio.of_kind(*kind).any(|header| header.date().is_some());
        !portfolio.pilots.is_empty() || LANES.iter().any(has_date)
    }

    /// What the timeline shows.
    pub fn timeline_page(&self) -> TimelinePage<'a> {
        let years = self.years().into_iter().rev();
        let years = years.map(|(year, events)| TimelineYear {
            year,
            figure: self.year_figure(year, &events),
            months: self.months(&events),
        });
        TimelinePage { years: years.collect() }
    }

    fn years(&self) -> BTreeMap<i16, Events<'a>> {
        let mut years: BTreeMap<i16, Events> = BTreeMap::new();
        for (kind, _) in LANES {
            for header in self.list(kind).iter().rev() {
                if let Some(day) = header.date() {
                    let year = years.entry(day.year()).or_default();
                    year.dated.entry(kind).or_default().push((day, header));
                }
            }
        }
        let mut pilots: Vec<&Entry<Pilot>> = self.portfolio().pilots.iter().collect();
        pilots.sort_by_key(|pilot| (pilot.starts, pilot.id()));
        for pilot in pilots {
            for year in self.years_of(pilot) {
                years.entry(year).or_default().pilots.push(pilot);
            }
            let year = years.entry(pilot.starts.year()).or_default();
            year.dated.entry(Kind::Pilot).or_default().push((pilot.starts, &pilot.header));
        }
        years
    }

    /// The years in which a pilot goes on.
    fn years_of(&self, pilot: &Pilot) -> Range<i16> {
        let last = self.last_day_of(pilot).unwrap_or(pilot.starts).max(pilot.starts);
        pilot.starts.year()..last.year() + 1
    }

    /// The last day of a pilot as far as it is known; today if it still runs.
    fn last_day_of(&self, pilot: &Pilot) -> Option<Date> {
        let ended = pilot.ends.or(pilot.verdict.as_ref().map(|verdict| verdict.date));
        ended.or(Some(self.today()).filter(|today| *today >= pilot.starts))
    }

    fn year_figure(&self, year: i16, events: &Events<'a>) -> Option<Figure> {
        let words = self.words();
        let tips: Vec<String> = events.pilots.iter().map(|pilot| self.pilot_tip(pilot)).collect();
        let spans: Vec<Span> = events
            .pilots
            .iter()
            .zip(&tips)
            .map(|(pilot, tip)| Span {
                name: pilot.header.title(),
                first: pilot.starts,
                last: self.last_day_of(pilot),
                fate: self.fate(pilot),
                tip,
            })
            .collect();
        let days: Vec<(Kind, Shape, Vec<Date>)> = LANES
            .iter()
            .filter_map(|(kind, shape)| {
                let dated = events.dated.get(kind)?;
                Some((*kind, *shape, dated.iter().map(|(day, _)| *day).collect()))
            })
            .collect();
        let lanes: Vec<Lane> = days
            .iter()
            .map(|(kind, shape, days)| Lane { label: words.of("kinds", kind.word()), shape: *shape, days })
            .collect();
        let title = words.say(&phrase!("chart.year", year = year.to_string()));
        let mut about = vec![words.say(&phrase!("chart.year_pilots", count = spans.len()))];
        about.extend(lanes.iter().map(|lane| {
            words.say(&phrase!("chart.year_kind", name = lane.label, number = lane.days.len().to_string()))
        }));
        let about = about.join(" ");
        let mut figure =
            Figure::new(&format!("year-{year}"), words, self.year_table(events), |sheet: &Sheet| {
                let picture = Year {
                    title: &title,
                    description: &about,
                    year,
                    spans: &spans,
                    spans_label: words.of("kinds", Kind::Pilot.word()),
                    lanes: &lanes,
                    today: Some((self.today(), words.text("chart.today"))),
                };
                picture.svg(sheet)
            })?;
        figure.caption.extend((!spans.is_empty()).then(|| words.text("chart.year_bars").to_owned()));
        figure.caption.push(words.text("chart.year_weeks").to_owned());
        Some(figure)
    }

    /// How many entries of each kind every month holds.
    fn year_table(&self, events: &Events) -> Table {
        let words = self.words();
        let mut months: BTreeMap<i8, BTreeMap<Kind, usize>> = BTreeMap::new();
        for (kind, dated) in &events.dated {
            for (day, _) in dated {
                *months.entry(day.civil().month()).or_default().entry(*kind).or_default() += 1;
            }
        }
        let name = |kind: &Kind| match kind {
            Kind::Pilot => words.text("chart.pilots_begun"),
            kind => words.of("kinds", kind.word()),
        };
        let kinds: Vec<&Kind> = events.dated.keys().collect();
        let columns = std::iter::once((words.text("column.month"), false));
        let columns = columns.chain(kinds.iter().map(|kind| (name(kind), true)));
        let mut table = Table::new(words.text("chart.year_table").to_owned(), columns);
        let day_in = |month| {
            events.dated.values().flatten().map(|(day, _)| *day).find(|day| day.civil().month() == month)
        };
        for (month, counts) in &months {
            let Some(day) = day_in(*month) else { continue };
            let mut row = vec![words.month(day).into()];
            row.extend(kinds.iter().map(|kind| counts.get(kind).copied().unwrap_or(0).to_string().into()));
            table.rows.push(row);
        }
        table
    }

    fn pilot_tip(&self, pilot: &'a Entry<Pilot>) -> String {
        let words = self.words();
        let status = self.card(&pilot.header).status.map_or("", |status| words.of("status", status));
        let last =
            self.last_day_of(pilot).map_or(String::new(), |last| format!(" – {}", words.short_date(last)));
        format!("{}: {}{last}, {status}", pilot.header.title(), words.short_date(pilot.starts))
    }

    fn fate(&self, pilot: &Entry<Pilot>) -> Fate {
        let Some(assessment) = self.assessment(pilot.id()) else { return Fate::Open };
        match (assessment.state, assessment.declared) {
            (State::Concluded, Some(declared)) => match declared.decision {
                Verdict::Adopt => Fate::Success,
                Verdict::Revert => Fate::Failure,
                Verdict::Extend | Verdict::Inconclusive => Fate::Other,
            },
            _ => Fate::Open,
        }
    }

    fn months(&self, events: &Events<'a>) -> Vec<TimelineMonth<'a>> {
        let words = self.words();
        let mut months: BTreeMap<i8, DatedMonth<'a>> = BTreeMap::new();
        for (kind, dated) in &events.dated {
            for (day, header) in dated {
                let (_, kinds) = months.entry(day.civil().month()).or_insert_with(|| (*day, BTreeMap::new()));
                kinds.entry(*kind).or_default().push((*day, header));
            }
        }
        let month = |(day, kinds): DatedMonth<'a>| {
            let mut listed: Vec<(Date, &Header)> = Vec::new();
            let mut more = Vec::new();
            for (kind, mut dated) in kinds {
                dated.sort_by_key(|(day, header)| (*day, &header.id));
                let count = dated.len().saturating_sub(LISTED);
                if count > 0 {
                    let href = format!("{}/index.html", kind.folder());
                    more.push(MoreEntries { label: words.of("kinds", kind.word()), count, href });
                }
                listed.extend(dated.into_iter().skip(count));
            }
            listed.sort_by_key(|(day, header)| (*day, &header.id));
            let entries = listed.into_iter().rev().map(|(_, header)| self.card(header)).collect();
            TimelineMonth { name: words.month(day), entries, more }
        };
        months.into_values().rev().map(month).collect()
    }
}
