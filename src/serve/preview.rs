//! The site for one reader, ready to be asked for pages.
//!
//! A thread holds the cut-down portfolio and all that borrows from it on its stack, and renders a page when it is
//! asked for one. It ends when nobody can ask any more: when the next edition has taken its place.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use tokio::sync::oneshot;

use super::address::Address;
use super::chronicle::Bygone;
use crate::changes::Log;
use crate::model::Portfolio;
use crate::model::assets::entry_assets;
use crate::model::readers::Reader;
use crate::redact::{Redacted, redact};
use crate::render::{Fault, Rendered, Renderer, Theme};
use crate::source::SourcePath;
use crate::text::Date;
use crate::view::{Backlinks, Page, Route, Site};

/// How many pages are kept for whoever asks next: the reload of a page follows at once on the word that it has
/// changed.
const KEPT: usize = 64;

/// The site for one reader.
pub(super) struct Preview {
    asks: Sender<Ask>,
}

/// What a site is made from.
pub(super) struct Ingredients {
    pub(super) portfolio: Arc<Portfolio>,
    pub(super) theme: Arc<Theme>,
    pub(super) today: Date,
    /// What git tells; `None` outside git, and until it is read.
    pub(super) bygone: Option<Bygone>,
    pub(super) linked: Arc<Linked>,
}

/// Who points at whom in the site of each reader as it last was, by their names: most of it stays from one save to the
/// next.
#[derive(Default)]
pub(super) struct Linked(Mutex<HashMap<String, (Portfolio, Arc<Backlinks>)>>);

impl Linked {
    fn of(&self, redacted: &Redacted) -> Arc<Backlinks> {
        let (reader, now) = (redacted.reader().name(), redacted.portfolio());
        let known = self.0.lock().expect("nothing panics while it is held").remove(reader);
        let backlinks = Arc::new(match &known {
            Some((before, backlinks)) => backlinks.renewed(before, now),
            None => Backlinks::new(now),
        });
        let known = (now.clone(), Arc::clone(&backlinks));
        self.0.lock().expect("nothing panics while it is held").insert(reader.to_owned(), known);
        backlinks
    }
}

/// What stands at an address of the site.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// A file of the site.
    File(File),
    /// A file of the content folder, which is published under this path.
    Asset { path: String, source: SourcePath },
    /// A folder: its page is there, behind a slash.
    Folder,
    /// Nothing; this is what the site shows instead, in the place of that address.
    Nothing(File),
    /// A template fails.
    Faulty { path: String, fault: Arc<Fault> },
}

/// The bytes of a file, as `build` writes them.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// Its path, seen from the root of the site.
    pub(super) path: String,
    pub(super) bytes: Bytes,
    /// Tells these bytes from others.
    pub(super) hash: String,
    /// The files of the content folder that this page is written in; empty for one that is worked out from all.
    pub(super) written_in: Arc<[SourcePath]>,
}

struct Ask {
    address: Address,
    answer: oneshot::Sender<Answer>,
}

impl Preview {
    /// Starts to work out the site for a reader.
    pub(super) fn start(ingredients: Arc<Ingredients>, reader: Reader) -> Self {
        let (asks, received) = channel();
        let name = format!("site for {}", reader.name());
        let work = move || answer_all(&ingredients, &reader, &received);
        std::thread::Builder::new().name(name).spawn(work).expect("the system has a thread left");
        Self { asks }
    }

    /// What stands at an address; `None` if a page could not be rendered through a fault of this program.
    pub(super) async fn at(&self, address: &Address) -> Option<Answer> {
        let (answer, received) = oneshot::channel();
        self.asks.send(Ask { address: address.clone(), answer }).ok()?;
        received.await.ok()
    }
}

fn answer_all(ingredients: &Ingredients, reader: &Reader, asks: &Receiver<Ask>) {
    let Ingredients { portfolio, theme, today, bygone, linked } = ingredients;
    let redacted = redact(portfolio, reader);
    let log = bygone.as_ref().map_or(Log::none(), |bygone| bygone.log(portfolio, &redacted));
    let site = Site::for_some_pages(&redacted, *today, theme.words(), linked.of(&redacted)).with_log(&log);
    let renderer = Renderer::new(&site, theme);
    let mut maker = Maker { site: &site, theme, renderer, kept: HashMap::new() };
    for ask in asks {
        // Whoever asked may have gone away.
        let _ = ask.answer.send(maker.answer(&ask.address));
    }
}

struct Maker<'a> {
    site: &'a Site<'a>,
    theme: &'a Theme,
    renderer: Renderer<'a>,
    kept: HashMap<String, Answer>,
}

impl Maker<'_> {
    fn answer(&mut self, address: &Address) -> Answer {
        let is_static = |name: &str| self.theme.file(name).is_some();
        match self.site.route(&address.file, is_static) {
            Some(route) => self.kept(&route, Answer::File),
            None if address.may_be_folder
                && self.site.route(&format!("{}/index.html", address.file), is_static).is_some() =>
            {
                Answer::Folder
            }
            None => self.kept(&Route { path: address.file.clone(), page: Page::NotFound }, Answer::Nothing),
        }
    }

    fn kept(&mut self, route: &Route, wrap: fn(File) -> Answer) -> Answer {
        if let Some(answer) = self.kept.get(&route.path) {
            return answer.clone();
        }
        let answer = self.made(route, wrap);
        if self.kept.len() >= KEPT {
            self.kept.clear();
        }
        self.kept.insert(route.path.clone(), answer.clone());
        answer
    }

    fn made(&self, route: &Route, wrap: fn(File) -> Answer) -> Answer {
        let path = route.path.clone();
        match self.renderer.render(route) {
            Ok(Rendered::Bytes(bytes)) => {
                let hash = blake3::hash(&bytes).to_hex()[..32].to_owned();
                wrap(File { path, bytes: bytes.into(), hash, written_in: self.written_in(&route.page) })
            }
            Ok(Rendered::Asset(source)) => Answer::Asset { path, source },
            Err(fault) => Answer::Faulty { path, fault: Arc::new(fault) },
        }
    }

    fn written_in(&self, page: &Page) -> Arc<[SourcePath]> {
        let Page::Entry(id) = page else { return Arc::default() };
        let portfolio = self.site.portfolio();
        let header = portfolio.header(id.as_str());
        header
            .into_iter()
            .flat_map(|header| std::iter::once(header.file.clone()).chain(entry_assets(portfolio, header)))
            .collect()
    }
}
