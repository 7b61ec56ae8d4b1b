//! Renders one route: the only place where a page is made.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use super::given::{Given, Shared};
use super::paper::Papers;
use super::prose::{self, Target};
use super::theme::{Theme, ThemeFault};
use crate::model::assets::asset_names;
use crate::model::config::Pause;
use crate::model::links::{Destination, destination};
use crate::model::{Config, Header, Kind};
use crate::paper;
use crate::report::Report;
use crate::source::SourcePath;
use crate::text::prose::{Link, LinkKind};
use crate::text::{Date, Id};
use crate::view::{Computed, Editions, Page, Route, Site, Standing, View, address, paper_address};

/// All that a template can be given, by name.
const NAMES: [&str; 10] =
    ["name", "root", "site", "versions", "page", "past", "card", "entry", "content", "contents"];

/// Makes the files of a site, each when it is asked for.
pub struct Renderer<'a> {
    site: &'a Site<'a>,
    theme: &'a Theme,
    papers: Papers<'a>,
    /// What all pages are told of the site.
    shared: Shared,
    /// The versions of the site, if there are several, and which of them this is.
    versions: Option<(&'a Editions, Standing)>,
}

/// The content of one file.
pub enum Rendered {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// A file of the content folder, to be cleaned and copied.
    Asset(SourcePath),
}

/// A page that cannot be rendered.
#[derive(Debug)]
pub struct Fault {
    /// The path of the page.
    pub path: String,
    /// Why.
    pub cause: Cause,
}

/// Why a page cannot be rendered.
#[derive(Debug)]
pub enum Cause {
    /// A template failed.
    Template(ThemeFault),
    /// An entry cannot be put on paper.
    Paper(Id, paper::Fault),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match &self.cause {
            Cause::Template(fault) => write!(f, "cannot render `{}`: {fault}", self.path),
            Cause::Paper(_, fault) => write!(f, "cannot render `{}`: {fault}", self.path),
        }
    }
}

impl std::error::Error for Fault {}

/// What all pages are told of the site.
#[derive(Serialize)]
struct SiteView<'a> {
    #[serde(flatten)]
    config: View<'a, Config>,
    reader: &'a str,
    reader_title: Option<&'a str>,
    is_for_me: bool,
    today: Date,
    /// The rest that the portfolio takes today.
    rest: Option<View<'a, Pause>>,
    navigation: Vec<NavigationItem<'a>>,
    overviews: Vec<Overview<'a>>,
    has_tags: bool,
}

/// A page over all entries, in the navigation.
#[derive(Serialize)]
struct Overview<'a> {
    /// The name of its template.
    page: &'static str,
    label: &'a str,
    href: String,
}

#[derive(Serialize)]
struct NavigationItem<'a> {
    kind: Kind,
    label: &'a str,
    href: String,
    count: usize,
}

impl<'a> Renderer<'a> {
    /// Prepares what all pages share.
    pub fn new(site: &'a Site<'a>, theme: &'a Theme) -> Self {
        let (config, words) = (&site.portfolio().config, site.words());
        let reader = site.redacted().reader().name();
        let titles = config.readers.as_ref().and_then(|readers| readers.get(reader));
        let kinds = site.kinds().filter(|kind| *kind != Kind::Program);
        let navigation = kinds.map(|kind| NavigationItem {
            kind,
            label: words.of("kinds", kind.word()),
            href: format!("{}/index.html", kind.folder()),
            count: site.portfolio().count(kind),
        });
        let overview =
            |page, group| Overview { page, label: words.of(group, page), href: format!("{page}/index.html") };
        let computed = site.computed().map(|page| overview(page.word(), "page"));
        let program = site.kinds().find(|kind| *kind == Kind::Program);
        let program = program.map(|kind| overview(kind.word(), "kinds"));
        let shared = SiteView {
            config: site.config(),
            reader,
            reader_title: titles.and_then(|reader| reader.title.as_deref()),
            is_for_me: site.redacted().is_for_me(),
            today: site.today(),
            rest: site.rest(),
            navigation: navigation.collect(),
            overviews: computed.chain(program).collect(),
            has_tags: site.has_tags(),
        };
        let shared = Shared::new(&shared);
        Self { site, theme, papers: Papers::new(site, theme), shared, versions: None }
    }

    /// Lets proposals be longer than one page.
    #[must_use]
    pub fn allowing_overflow(self, may_overflow: bool) -> Self {
        Self { papers: self.papers.allowing_overflow(may_overflow), ..self }
    }

    /// The same for one of several versions of the site, or for one that is not today's.
    #[must_use]
    pub fn among(self, editions: &'a Editions, standing: Standing) -> Self {
        Self { versions: Some((editions, standing)), ..self }
    }

    /// The content of the file at a route.
    ///
    /// # Errors
    /// When a template fails, and when a proposal does not fit on its page.
    pub fn render(&self, route: &Route) -> Result<Rendered, Fault> {
        let text = match &route.page {
            Page::Paper(_) => return self.document(route).map(Rendered::Bytes),
            Page::SearchIndex => super::search::index(self.site),
            Page::Calendar => self.site.calendar(),
            Page::Feed => super::feed::feed(self.site),
            Page::Json => super::json::portfolio(self.site),
            Page::Static(name) => {
                let bytes = self.theme.file(name).expect("the route was made from the theme's files");
                return Ok(Rendered::Bytes(bytes.to_owned()));
            }
            Page::Asset(path) => return Ok(Rendered::Asset(path.clone())),
            _ => {
                let mut context = Context::new();
                let template = self.page(route, &mut context);
                let fault = |fault| Fault { path: route.path.clone(), cause: Cause::Template(fault) };
                self.theme.render(&template, &context).map_err(fault)?
            }
        };
        Ok(Rendered::Bytes(text.into_bytes()))
    }

    /// The document for paper at a route.
    ///
    /// # Errors
    /// When it does not fit on its page, when no font has a character, and when the theme fails.
    ///
    /// # Panics
    /// At a route of something else.
    pub fn document(&self, route: &Route) -> Result<Vec<u8>, Fault> {
        let Page::Paper(id) = &route.page else { panic!("`{}` is no document", route.path) };
        let document = self.papers.document(id).expect("the route was made from the proposals");
        document.map_err(|fault| Fault { path: route.path.clone(), cause: Cause::Paper(id.clone(), fault) })
    }

    /// What the template of a page is given, as JSON; `None` for files that no template makes.
    pub fn given(&self, route: &Route) -> Option<serde_json::Value> {
        let is_page =
            route.path.ends_with(".html") && !matches!(route.page, Page::Static(_) | Page::Asset(_));
        if !is_page {
            return None;
        }
        let mut context = Context::new();
        let template = self.page(route, &mut context);
        let mut given = serde_json::Map::from_iter([("template".to_owned(), template.into())]);
        for name in NAMES {
            if let Some(value) = context.get(name) {
                let value = serde_json::to_value(value).expect("views always serialise");
                given.insert(name.to_owned(), value);
            }
        }
        Some(given.into())
    }

    /// Gives the template of a page what it needs, and says which that is.
    pub(super) fn page(&self, route: &Route, into: &mut impl Given) -> String {
        let site = self.site;
        let (template, name) = match &route.page {
            Page::Home => ("home.html", "home"),
            Page::Index(_) => ("index.html", "index"),
            Page::Entry(id) => return self.entry(route, id, into),
            Page::Tags => ("tags.html", "tags"),
            Page::Tag(_) => ("tag.html", "tag"),
            Page::Moved(_) => ("moved.html", "moved"),
            Page::Computed(page) => return self.computed(route, *page, into),
            Page::Month(_) => ("changes.html", "changes"),
            Page::History(..) => ("history.html", "history"),
            Page::Search => ("search.html", "search"),
            // The others are no pages.
            _ => ("404.html", "not-found"),
        };
        self.frame(route, name, into);
        match &route.page {
            Page::Home => into.give("page", &site.home()),
            Page::Index(kind) => into.give("page", &site.index(*kind)),
            Page::Tags => into.give("page", &site.tags_page()),
            Page::Tag(key) => into.give("page", &site.tag_page(key)),
            Page::Moved(id) => into.give("page", &site.card(self.header(id))),
            Page::Month(month) => {
                into.give_resting("page", site.month_mark(month), || site.changes_page(Some(month)));
            }
            Page::History(id, part) => {
                let header = self.header(id);
                let mark = site.history_mark(header);
                into.give_resting("page", mark, || site.history_page(header, *part));
                into.give("card", &site.card(header));
            }
            _ => into.give("page", &()),
        }
        template.to_owned()
    }

    /// Whether the file at a route can be made: a proposal in a script that no font of the theme has cannot be
    /// put on paper, and its page does not name the PDF.
    pub fn has(&self, route: &Route) -> bool {
        match &route.page {
            Page::Paper(id) => self.papers.lacking(id).is_none(),
            _ => true,
        }
    }

    /// The proposals on paper.
    pub fn papers(&self) -> &Papers<'a> {
        &self.papers
    }

    /// Reports what its writer can mend in an entry; says whether the fault is of that kind.
    pub fn report(&self, fault: &Fault, report: &mut Report) -> bool {
        match &fault.cause {
            Cause::Template(_) => false,
            Cause::Paper(id, fault) => fault.report(self.header(id), report),
        }
    }

    pub(super) fn theme(&self) -> &'a Theme {
        self.theme
    }

    pub(super) fn header(&self, id: &Id) -> &'a Header {
        self.site.portfolio().header(id.as_str()).expect("the route was made from the entries")
    }

    /// Gives what every template is given besides the page: the site, the way to its root, and what it is called.
    pub(super) fn frame(&self, route: &Route, name: &str, into: &mut impl Given) {
        into.share("site", &self.shared);
        into.give("root", &self.root(route));
        into.give("name", &name);
        let versions =
            self.versions.and_then(|(editions, standing)| editions.versions(standing, &route.path));
        into.give("versions", &versions);
    }

    /// The way from a page to the root of the site. A page for what is not there can be shown anywhere, so it
    /// starts from the address where the site is published, if that is known.
    fn root(&self, route: &Route) -> String {
        let base = self.site.portfolio().config.base_url.as_deref();
        match (&route.page, base.and_then(path_of_address)) {
            (Page::NotFound, Some(path)) => format!("{}/", path.trim_end_matches('/')),
            _ => "../".repeat(route.path.matches('/').count()),
        }
    }

    fn computed(&self, route: &Route, page: Computed, into: &mut impl Given) -> String {
        let name = page.word();
        self.frame(route, name, into);
        match page {
            Computed::Rights => into.give("page", &self.site.rights_page()),
            Computed::TrackRecord => into.give("page", &self.site.track_record_page()),
            Computed::Cycle => into.give("page", &self.site.cycle_page()),
            Computed::Timeline => into.give("page", &self.site.timeline_page()),
            Computed::Changes => into.give("page", &self.site.changes_page(None)),
        }
        format!("{name}.html")
    }

    fn entry(&self, route: &Route, id: &Id, into: &mut impl Given) -> String {
        let header = self.header(id);
        let root = self.root(route);
        let names = asset_names(self.site.portfolio(), header);
        let target = |link: &Link| self.target(header, link, &root, &names);
        let mut page = self.site.entry_page(header, &names);
        if page.proposal.is_some() && self.papers.lacking(id).is_none() {
            page.pdf = paper_address(id);
            page.pdf_lacks_pictures = self.papers.lacks_pictures(id);
        }
        self.frame(route, "entry", into);
        into.give("page", &page);
        into.give_resting("past", self.site.past_mark(header), || self.site.past(header));
        into.give("entry", &self.site.entry_view(header));
        into.give("content", &prose::html(&header.body, self.site.words(), &target));
        into.give("contents", &prose::contents(&header.body));
        format!("{}.html", header.kind.word())
    }

    /// What a link in the text of an entry becomes.
    fn target(&self, from: &Header, link: &Link, root: &str, names: &BTreeMap<SourcePath, String>) -> Target {
        let portfolio = self.site.portfolio();
        let inside = |href, title| Target::Href { href, title, outside: false };
        match destination(portfolio, from, link) {
            Destination::Entry { header, anchor } => {
                let anchor =
                    anchor.map(|anchor| format!("#{}", prose::heading_id(&anchor))).unwrap_or_default();
                let href = format!("{root}{}index.html{anchor}", address(header.kind, &header.id));
                let title = (link.kind == LinkKind::Titled).then(|| header.title().to_owned());
                inside(href, title)
            }
            Destination::Anchor(anchor) => {
                let heading = from.body.headings.iter().find(|heading| heading.anchor == anchor);
                let title = heading.filter(|_| link.kind == LinkKind::Titled).map(|it| it.text.clone());
                inside(format!("#{}", prose::heading_id(&anchor)), title)
            }
            Destination::Asset(path) => match names.get(&path) {
                Some(name) if link.kind == LinkKind::Image => {
                    let dimensions = portfolio.assets.get(&path).and_then(|asset| asset.dimensions);
                    Target::Image { src: name.clone(), dimensions }
                }
                Some(name) => inside(name.clone(), None),
                None => Target::Text,
            },
            Destination::Outside(address) => Target::Href { href: address, title: None, outside: true },
            Destination::Nothing(_) => Target::Text,
        }
    }
}

/// The path of an address such as `https://example.org/portfolio/`.
fn path_of_address(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    // One slash: two would name another server.
    Some(rest.find('/').map_or(String::new(), |at| format!("/{}", rest[at..].trim_start_matches('/'))))
}
