//! What is new, for programs that follow it: entries by their days, and what changed in them since.

use std::cmp::Reverse;

use super::address;
use super::card::{Card, day};
use super::site::Site;
use crate::changes::{Change, EntryLog, Nature, Path, Step};
use crate::evaluate::icalendar::namespace;
use crate::model::{Header, Kind};
use crate::text::{Date, Id, Tag};
use crate::words::phrase;

/// How many entries the feed holds: more than any reader of feeds misses between two looks.
const ENTRIES: usize = 50;

/// How many changes of one version a feed tells one by one.
const PER_VERSION: usize = 8;

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
    /// What is new, the latest first.
    pub entries: Vec<News<'a>>,
}

/// One thing that is new.
pub struct News<'a> {
    /// Its name in the portfolio, which stays: `entry/ID`, or of a change `change/ID/VERSION`.
    pub name: String,
    /// Its day.
    pub date: Date,
    /// What it is called.
    pub title: String,
    /// The gist.
    pub summary: String,
    /// Its address, seen from the root of the site.
    pub url: String,
    /// The file behind that address.
    pub href: String,
    /// The kind of the entry that it is about.
    pub kind: Kind,
    /// The tags of that entry.
    pub tags: &'a [Tag],
}

/// Where a piece of news comes from. It is put into words only if the feed has room for it.
#[derive(Clone, Copy)]
enum Source<'a> {
    Entry(&'a Header),
    /// A version, with where it is told, and the entry.
    Version(&'a Step, Place<'a>, Kind, &'a [Tag]),
}

/// Where a version is told.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// On the page of an entry.
    Page(&'a Header),
    /// Among the versions of an entry.
    Versions(&'a Header),
    /// Among all changes.
    Changes,
}

impl Source<'_> {
    /// The name of the news, which stays.
    fn name(&self, date: Date) -> String {
        match self {
            Self::Entry(header) => format!("entry/{}", header.id),
            Self::Version(step, Place::Page(header) | Place::Versions(header), ..) => {
                format!("change/{}/{}", header.id, step.name.as_deref().unwrap_or_default())
            }
            Self::Version(step, Place::Changes, ..) => {
                let entry = step.changes.first().and_then(|change| change.entry.as_ref());
                format!("gone/{}/{date}", entry.map(Id::as_str).unwrap_or_default())
            }
        }
    }
}

impl<'a> Site<'a> {
    /// The latest entries that have a day and the latest changes, as far as the reader may see them; none from the
    /// days to come.
    pub fn feed(&self) -> Feed<'a> {
        let mut all: Vec<(Date, Source)> = KINDS.into_iter().flat_map(|kind| self.dated(kind)).collect();
        for (id, log) in &self.log().entries {
            all.extend(self.portfolio().header(id.as_str()).into_iter().flat_map(|it| changed(it, log)));
        }
        all.extend(self.log().removed.iter().filter_map(|log| gone(log)));
        all.retain(|(date, _)| *date <= self.today());
        // Names are made for the days that may find room, and for some more: one name can come twice.
        let last = 2 * ENTRIES;
        if last < all.len() {
            let (_, &mut (first_day, _), _) =
                all.select_nth_unstable_by_key(last, |(date, _)| Reverse(*date));
            all.retain(|(date, _)| *date >= first_day);
        }
        let mut found: Vec<(Date, String, Source)> =
            all.into_iter().map(|(date, source)| (date, source.name(date), source)).collect();
        // By name where the day is the same: the feed must come out the same on every machine.
        found.sort_by(|(one, a, _), (other, b, _)| (other, a).cmp(&(one, b)));
        found.dedup_by(|(_, a, _), (_, b, _)| a == b);
        found.truncate(ENTRIES);
        let config = &self.portfolio().config;
        Feed {
            namespace: namespace(config),
            updated: found.first().map(|(date, ..)| *date).or(config.started),
            entries: found.into_iter().map(|(date, name, source)| self.news(date, name, source)).collect(),
        }
    }

    /// The entries of a kind by their days.
    fn dated(&self, kind: Kind) -> impl Iterator<Item = (Date, Source<'a>)> {
        let headers = self.list(kind).iter();
        headers.filter_map(|header| Some((day(self.portfolio(), header)?, Source::Entry(header))))
    }

    fn news(&self, date: Date, name: String, source: Source<'a>) -> News<'a> {
        match source {
            Source::Entry(header) => {
                let Card { title, summary, url, href, kind, tags, .. } = self.card(header);
                // A feed takes an entry without a text only where it says what it is about.
                let summary = summary.unwrap_or(title).to_owned();
                News { name, date, title: title.to_owned(), summary, url, href, kind, tags }
            }
            Source::Version(step, place, kind, tags) => {
                let (title, summary) = self.said(step);
                let (url, href) = match place {
                    Place::Page(header) => {
                        let url = address(header.kind, &header.id);
                        (url.clone(), url + "index.html")
                    }
                    Place::Changes => ("changes/".to_owned(), "changes/index.html".to_owned()),
                    Place::Versions(header) => {
                        let path = self.version_path(&header.id, step).unwrap_or_default();
                        (path.clone(), path)
                    }
                };
                News { name, date, title, summary, href, url, kind, tags }
            }
        }
    }

    /// What changed with a version: the first of it with the name of the entry, and all.
    fn said(&self, step: &Step) -> (String, String) {
        let shown = step.changes.iter().take(PER_VERSION);
        let mut told: Vec<String> = shown.map(|change| self.words().say(&change.meaning)).collect();
        let first = step.changes.first();
        let text = told.first().cloned().unwrap_or_default();
        // That an entry is new, or gone, names it.
        let title = match first.filter(|change| change.path != Path::default()) {
            Some(change) => {
                self.words().say(&phrase!("feed.changed", title = change.title.clone(), text = text))
            }
            None => text,
        };
        let more = step.changes.len() - told.len();
        if more > 0 {
            told.push(self.words().say(&phrase!("changes.more", count = more)));
        }
        (title, told.join("; "))
    }
}

/// What changed in an entry. What is not committed yet may never be, so it is no news.
fn changed<'a>(header: &'a Header, log: &'a EntryLog) -> impl Iterator<Item = (Date, Source<'a>)> {
    let place = if log.is_told() { Place::Versions(header) } else { Place::Page(header) };
    // That there is an entry is told by its own day, if it has one.
    let is_told = |step: &Step| KINDS.contains(&header.kind) && step.changes.iter().any(is_of_entry);
    log.steps.iter().filter(move |step| !is_told(step)).filter_map(move |step| {
        let date = step.moment.date.filter(|_| step.name.is_some())?;
        Some((date, Source::Version(step, place, header.kind, &header.common.tags)))
    })
}

fn is_of_entry(change: &Change) -> bool {
    change.nature == Nature::Added && change.path == Path::default()
}

/// That an entry is gone.
fn gone(log: &EntryLog) -> Option<(Date, Source<'_>)> {
    let step = log.steps.first()?;
    let change = step.changes.first().filter(|change| change.entry.is_some())?;
    Some((step.moment.date?, Source::Version(step, Place::Changes, change.kind?, &[])))
}
