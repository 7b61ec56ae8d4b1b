//! Shows the site while it is written: holds the portfolio in memory, reads again only what has changed, and renders
//! a page when a browser asks for it, by the same code as `build`. Writes nothing.
//!
//! One loop takes events in and gives editions out ([`events`]); a thread for each reader makes pages ([`preview`]);
//! the whole is checked beside both ([`checker`]).

mod address;
mod answer;
mod burst;
mod checker;
mod chronicle;
mod connections;
mod dress;
mod edition;
mod events;
mod faults;
mod guard;
mod http;
mod poll;
mod preview;
mod secret;
mod stream;
mod surroundings;
mod theme;
mod watch;
mod workspace;

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

pub use surroundings::{Notice, ReaderAddress, Surroundings};

use crate::source::discover::Unreadable;
use edition::{Edition, Pages, statics_of};
use events::{Event, Loop, Telling, ingredients, is_reader};
use faults::Faults;
use http::{Listeners, bind};
use watch::{Places, Watch};
use workspace::Workspace;

/// How the site is to be shown.
pub struct Options {
    /// For whom, by the name of the reader.
    pub reader: String,
    /// Where to listen.
    pub ip: IpAddr,
    /// The port to begin with; the next one that is free is taken.
    pub port: u16,
    /// The content folder as messages name it.
    pub shown_content: String,
    /// Whether to look at the disk from time to time, without asking the system to tell.
    pub must_poll: bool,
}

/// Why the site cannot be shown.
#[derive(Debug)]
pub enum Failure {
    /// There is no reader of that name.
    NoReader(String),
    /// The content cannot be read.
    Unreadable(Unreadable),
    /// The system does not let us listen.
    NoPort(std::io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NoReader(name) => write!(f, "there is no reader `{name}`"),
            Self::Unreadable(unreadable) => unreadable.fmt(f),
            Self::NoPort(error) => write!(f, "cannot listen: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

/// A server that was not started yet. What is stopped before it has begun ends at once.
pub struct Server {
    events: Receiver<Event>,
    sender: Sender<Event>,
}

/// Stops a server, from any thread.
#[derive(Clone)]
pub struct Stop(Sender<Event>);

impl Stop {
    /// Lets the server end after what it is doing just now.
    pub fn stop(&self) {
        // A server that has ended needs no stopping.
        let _ = self.0.send(Event::Quit);
    }
}

impl Default for Server {
    fn default() -> Self {
        let (sender, events) = channel();
        Self { events, sender }
    }
}

impl Server {
    /// What stops it.
    pub fn stop(&self) -> Stop {
        Stop(self.sender.clone())
    }

    /// Shows the site until it is stopped.
    ///
    /// # Errors
    /// When it cannot begin. Once it has, it goes on whatever happens to the content.
    pub fn run(
        self,
        options: Options,
        surroundings: Arc<dyn Surroundings>,
        say: &mut dyn FnMut(Notice),
    ) -> Result<(), Failure> {
        let Self { events, sender } = self;
        let Options { reader, ip, port, shown_content, must_poll } = options;
        let listener = bind(ip, port).map_err(Failure::NoPort)?;
        // Watching begins before reading, so that what is saved meanwhile is read again.
        let places = Places::new(surroundings.root(), vec![surroundings.content(), surroundings.themes()]);
        let mut watch = Watch::start(places, sender.clone());
        if must_poll {
            watch.look_instead();
        }
        let opened =
            Workspace::open(Arc::clone(&surroundings), |done, all| say(Notice::Reading { done, all }));
        let workspace = opened.map_err(Failure::Unreadable)?;
        let today = surroundings.today();
        let edition = Arc::new(first_edition(&workspace, today));
        if edition.pages.ingredients.is_some() && !is_reader(&edition, &reader) {
            return Err(Failure::NoReader(reader));
        }

        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(8)
            .enable_all()
            .build()
            .map_err(Failure::NoPort)?;
        let (editions, subscribed) = tokio::sync::watch::channel(Arc::clone(&edition));
        let listeners =
            Listeners::new(runtime.handle().clone(), subscribed, reader.clone(), ip, shown_content);
        let listeners = listeners.map_err(Failure::NoPort)?;
        edition.pages.preview(&reader);
        listeners.open(&reader, listener).map_err(Failure::NoPort)?;
        listeners.open_for_all(&edition);
        listeners.wait_for(&edition, Some("index.html"));
        let config = edition.pages.ingredients.as_ref().map(|ingredients| &ingredients.portfolio.config);
        say(Notice::Ready {
            addresses: listeners.addresses(),
            editions: config.and_then(|config| config.editions.as_ref()).map(ToString::to_string),
            files: workspace.sources().len(),
        });
        drop(edition);

        let mut serving = Loop {
            surroundings,
            workspace,
            watch,
            editions,
            listeners,
            events: sender,
            today,
            say,
            burst: None,
            second_look: None,
            is_checking: false,
            must_check: false,
            bygone: None,
            telling: Telling::default(),
            last_printed: String::new(),
        };
        serving.run(&events);
        drop(serving);
        // Open streams and half-open connections are not waited for.
        runtime.shutdown_background();
        Ok(())
    }
}

fn first_edition(workspace: &Workspace, today: crate::text::Date) -> Edition {
    let statics = Arc::new(statics_of(workspace.theme()));
    let pages = Pages::new(
        ingredients(workspace, today, None, Arc::default()),
        Arc::clone(workspace.folder()),
        statics,
        0,
    );
    Edition { number: 1, pages: Arc::new(pages), faults: Arc::new(Faults::default()) }
}
