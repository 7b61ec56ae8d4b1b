//! Which files a site has, and what each of them shows.

use super::address;
use super::parts;
use super::site::Site;
use crate::model::assets::asset_names;
use crate::model::{Header, Kind};
use crate::source::SourcePath;
use crate::text::Id;

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Its path, seen from the root of the site.
    pub path: String,
    /// What it shows.
    pub page: Page,
}

/// What a file of the site shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The start page.
    Home,
    /// All entries of a kind.
    Index(Kind),
    /// One entry.
    Entry(Id),
    /// A proposal as PDF.
    Paper(Id),
    /// All tags.
    Tags,
    /// All entries with a tag, by the tag's key.
    Tag(String),
    /// What a server shows for an address that leads nowhere.
    NotFound,
    /// Where an entry used to be, by the id that it has now.
    Moved(Id),
    /// A page that is worked out from all entries.
    Computed(Computed),
    /// The search, as a page of its own.
    Search,
    /// What the search knows.
    SearchIndex,
    /// What changed in a month, as `2026-03`.
    Month(String),
    /// Versions of an entry: the newest, or those on one of the full pages, which are numbered from 1.
    History(Id, Option<usize>),
    /// What is due, for calendars.
    Calendar,
    /// What is new, for programs that follow it.
    Feed,
    /// The whole portfolio as data.
    Json,
    /// A file of the theme, by its name there.
    Static(String),
    /// A file from the content folder.
    Asset(SourcePath),
}

/// A page that is worked out from all entries rather than written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Computed {
    /// The map of decision rights.
    Rights,
    /// How decisions turned out and promises were kept.
    TrackRecord,
    /// Ownership, credibility and autonomy.
    Cycle,
    /// Everything that has a day, year by year.
    Timeline,
    /// What changed over time.
    Changes,
}

impl Computed {
    /// All of them, in the order of the navigation.
    pub const ALL: [Self; 5] = [Self::Rights, Self::TrackRecord, Self::Cycle, Self::Timeline, Self::Changes];

    /// Its name, which is also that of its folder and of its template.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rights => "rights",
            Self::TrackRecord => "track-record",
            Self::Cycle => "cycle",
            Self::Timeline => "timeline",
            Self::Changes => "changes",
        }
    }
}

impl Site<'_> {
    /// The computed pages for which there is something.
    pub fn computed(&self) -> impl Iterator<Item = Computed> {
        Computed::ALL.into_iter().filter(|page| self.has(*page))
    }

    fn has(&self, page: Computed) -> bool {
        let portfolio = self.portfolio();
        let record = self.track_record();
        match page {
            Computed::Rights => portfolio.scopes.iter().any(|scope| !scope.decision_rights.is_empty()),
            Computed::TrackRecord => {
                let decided = !record.results.is_empty() || !record.reversed.is_empty();
                decided || !record.commitments.is_empty() || !record.escalations.is_empty()
            }
            Computed::Changes => !self.log().is_empty(),
            Computed::Cycle => !portfolio.scopes.is_empty() || !record.results.is_empty(),
            Computed::Timeline => self.has_timeline(),
        }
    }

    /// All files of the site in the order of their paths, those of the theme included.
    pub fn routes(&self, statics: impl IntoIterator<Item = String>) -> Vec<Route> {
        let mut routes = self.overall();
        routes.extend(self.months_told());
        self.portfolio().headers().for_each(|header| self.push_entry(header, &mut routes));
        let tags = self.tags().keys();
        routes.extend(tags.map(|key| route(format!("tags/{key}/index.html"), Page::Tag(key.clone()))));
        let statics = statics.into_iter().map(|name| route(format!("assets/{name}"), Page::Static(name)));
        routes.extend(statics);
        routes.sort_by(|a, b| a.path.cmp(&b.path));
        routes
    }

    /// The files that are there once: all but those of entries, of tags and of the theme.
    pub(super) fn overall(&self) -> Vec<Route> {
        let mut routes = vec![
            route("index.html", Page::Home),
            route("404.html", Page::NotFound),
            route("portfolio.json", Page::Json),
            route("search/index.html", Page::Search),
            route("search/index.js", Page::SearchIndex),
            // Made even with nothing in it: who has subscribed must see old events vanish.
            route("calendar.ics", Page::Calendar),
            route("feed.xml", Page::Feed),
        ];
        routes.extend(
            self.computed().map(|page| route(format!("{}/index.html", page.word()), Page::Computed(page))),
        );
        let listed = self.kinds().filter(|kind| *kind != Kind::Program);
        routes.extend(listed.map(|kind| route(format!("{}/index.html", kind.folder()), Page::Index(kind))));
        if self.has_tags() {
            routes.push(route("tags/index.html", Page::Tags));
        }
        routes
    }

    /// The pages of months in which something changed, where one page does not hold all.
    pub(super) fn months_told(&self) -> impl Iterator<Item = Route> {
        self.paged_months().iter().map(|line| route(line.href.clone(), Page::Month(line.month.clone())))
    }

    pub(super) fn push_entry(&self, header: &Header, routes: &mut Vec<Route>) {
        let own = address(header.kind, &header.id);
        routes.push(route(format!("{own}index.html"), Page::Entry(header.id.clone())));
        if header.kind == Kind::Proposal {
            routes.extend(paper_address(&header.id).map(|path| route(path, Page::Paper(header.id.clone()))));
        }
        for alias in &header.common.aliases {
            let old = address(header.kind, alias);
            routes.push(route(format!("{old}index.html"), Page::Moved(header.id.clone())));
        }
        if let Some(log) = self.told(&header.id) {
            for part in std::iter::once(None).chain((1..=parts::full(log)).map(Some)) {
                let path = parts::href(header.kind, &header.id, part);
                routes.push(route(path, Page::History(header.id.clone(), part)));
            }
        }
        for (path, name) in asset_names(self.portfolio(), header) {
            routes.push(route(format!("{own}{name}"), Page::Asset(path)));
        }
    }
}

/// Where a proposal is as PDF, seen from the root of the site; `None` in a build that makes none.
pub fn paper_address(proposal: &Id) -> Option<String> {
    cfg!(feature = "pdf").then(|| format!("{}/{proposal}.pdf", Kind::Proposal.folder()))
}

pub(super) fn route(path: impl Into<String>, page: Page) -> Route {
    Route { path: path.into(), page }
}
