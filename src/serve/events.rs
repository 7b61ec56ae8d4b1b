//! The one loop: what happens comes in as an event, and what is saved goes out as the next edition.

use std::collections::BTreeSet;
use std::mem::take;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::burst::{Burst, Touch};
use super::checker::{self, Checked};
use super::chronicle::{self, Bygone, News};
use super::edition::{Edition, Pages, statics_of};
use super::faults::{Faults, page_of};
use super::http::Listeners;
use super::preview::{Ingredients, Linked};
use super::surroundings::{Notice, Surroundings};
use super::watch::Watch;
use super::workspace::{Changed, Workspace};
use crate::model::readers::Reader;
use crate::source::SourcePath;
use crate::text::{Date, editor_address};

/// What can happen.
pub(super) enum Event {
    /// Something on the disk was touched.
    Touched(PathBuf, Touch),
    /// Nobody knows what was touched.
    Lost,
    /// The system does not tell of changes, or no longer.
    Unwatched(String),
    /// What git tells was worked out.
    Told(Box<News>),
    /// Everything was checked.
    Checked(Box<Checked>),
    /// The server is to stop.
    Quit,
}

/// How often the day is looked at, if nothing else happens.
const DAY_WATCH: Duration = Duration::from_secs(20);

/// After how long a new folder is looked at once more: files can be put into it before the system watches it.
const SECOND_LOOK: Duration = Duration::from_millis(150);

/// All that the loop holds.
pub(super) struct Loop<'a> {
    pub(super) surroundings: Arc<dyn Surroundings>,
    pub(super) workspace: Workspace,
    pub(super) watch: Watch,
    pub(super) editions: watch::Sender<Arc<Edition>>,
    pub(super) listeners: Listeners,
    pub(super) events: Sender<Event>,
    pub(super) today: Date,
    pub(super) say: &'a mut dyn FnMut(Notice),
    pub(super) burst: Option<Burst>,
    pub(super) second_look: Option<(Instant, Vec<PathBuf>)>,
    pub(super) is_checking: bool,
    pub(super) must_check: bool,
    pub(super) bygone: Option<Bygone>,
    pub(super) telling: Telling,
    pub(super) last_printed: String,
}

/// How far the history is worked out.
#[derive(Default)]
pub(super) struct Telling {
    /// When to look what git has to tell, if it may have something new.
    due: Option<Instant>,
    is_running: bool,
    /// The files that were read again since it began.
    changed: BTreeSet<SourcePath>,
    /// Why there is none, as it was last said.
    said: String,
}

/// How long git must be quiet: a commit is written in several steps.
const GIT_QUIET: Duration = Duration::from_millis(20);

impl Loop<'_> {
    /// Runs until it is told to stop.
    pub(super) fn run(&mut self, events: &Receiver<Event>) {
        self.check();
        self.telling.due = Some(Instant::now());
        self.tell();
        loop {
            let wait = self.next_deadline().saturating_duration_since(Instant::now());
            match events.recv_timeout(wait) {
                Ok(event) => {
                    // A change of branches makes thousands: all that are there are taken at once.
                    for event in std::iter::once(event).chain(events.try_iter()) {
                        if matches!(event, Event::Quit) {
                            return;
                        }
                        self.take(event);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.look_again();
            self.settle();
            self.tell();
            self.turn_the_day();
        }
    }

    fn next_deadline(&self) -> Instant {
        let second_look = self.second_look.as_ref().map(|(at, _)| *at);
        let burst = self.burst.as_ref().map(Burst::due);
        let day = Instant::now() + DAY_WATCH;
        let telling = self.telling.due.filter(|_| !self.telling.is_running);
        second_look.into_iter().chain(burst).chain(telling).fold(day, Instant::min)
    }

    fn take(&mut self, event: Event) {
        let now = Instant::now();
        match event {
            Event::Touched(path, _) if self.watch.is_of_git(&path) => {
                self.telling.due = Some(now + GIT_QUIET);
            }
            Event::Touched(path, touch) => {
                if touch == Touch::Changed {
                    self.watch.renew(&path);
                }
                self.burst.get_or_insert_with(|| Burst::new(now)).touch(path, touch, now);
            }
            Event::Lost => {
                self.telling.due = Some(now + GIT_QUIET);
                self.burst.get_or_insert_with(|| Burst::new(now)).lose(now);
            }
            Event::Unwatched(reason) => {
                (self.say)(Notice::Unwatched { reason });
                self.watch.look_instead();
            }
            Event::Told(news) => self.take_news(*news),
            Event::Checked(checked) => self.take_check(*checked),
            Event::Quit => {}
        }
    }

    fn look_again(&mut self) {
        if let Some((_, paths)) = self.second_look.take_if(|(at, _)| *at <= Instant::now()) {
            let now = Instant::now();
            let burst = self.burst.get_or_insert_with(|| Burst::new(now));
            paths.into_iter().for_each(|path| burst.touch(path, Touch::Changed, now));
        }
    }

    /// Once a burst is over, takes over what it has left on the disk.
    fn settle(&mut self) {
        let now = Instant::now();
        let Some(burst) = self.burst.as_mut().filter(|burst| burst.due() <= now) else { return };
        let changes = self.workspace.look(burst);
        if !burst.has_settled(now) && self.workspace.is_half(&changes) {
            burst.looks_half();
            return;
        }
        let burst = self.burst.take().expect("it is just settled");
        let folders: Vec<PathBuf> = burst.paths.iter().filter(|path| path.is_dir()).cloned().collect();
        if !folders.is_empty() && !changes.are_none() {
            self.second_look = Some((now + SECOND_LOOK, folders));
        }
        if changes.are_none() {
            return;
        }
        let changed = self.workspace.take(changes);
        self.note(&changed.files);
        if changed == Changed::default() {
            self.publish(false, &[]);
            return;
        }
        self.publish(true, &changed.files);
        self.say_rebuilt(&changed, now);
        self.check();
    }

    /// Compares files that were read again with the newest commit.
    fn note(&mut self, files: &[SourcePath]) {
        if self.telling.is_running {
            self.telling.changed.extend(files.iter().cloned());
        }
        let sources = self.workspace.sources();
        if let Some(bygone) = &mut self.bygone {
            bygone.note(files.iter().map(|path| (path, sources.get(path))));
        }
    }

    /// Asks git for news when it may have some, beside the loop.
    fn tell(&mut self) {
        if self.telling.is_running || self.telling.due.is_none_or(|due| due > Instant::now()) {
            return;
        }
        self.telling =
            Telling { due: None, is_running: true, changed: BTreeSet::new(), ..take(&mut self.telling) };
        let order = chronicle::Order {
            surroundings: Arc::clone(&self.surroundings),
            known: self.bygone.as_ref().map(|bygone| Arc::clone(&bygone.chronicle)),
            portfolio: self.workspace.reading().portfolio().cloned().map(Arc::new),
            sources: self.workspace.sources().clone(),
            reader: self.listeners.first().to_owned(),
        };
        chronicle::start(order, self.events.clone());
    }

    fn take_news(&mut self, news: News) {
        self.telling.is_running = false;
        let changed: Vec<SourcePath> = take(&mut self.telling.changed).into_iter().collect();
        let had_any = self.bygone.is_some();
        match news {
            News::Same => return,
            News::Newer { bygone, watched } => {
                self.bygone = Some(bygone);
                self.note(&changed);
                if self.watch.watch_git(watched) {
                    // What was committed before it was watched is not heard of.
                    self.telling.due = Some(Instant::now());
                }
            }
            News::Nowhere => {
                self.bygone = None;
                self.expect_git();
            }
            News::Unreadable(trouble) => {
                self.bygone = None;
                self.expect_git();
                let reason = trouble.to_string();
                if reason != self.telling.said {
                    self.telling.said.clone_from(&reason);
                    (self.say)(Notice::NoHistory { reason });
                }
            }
        }
        if had_any || self.bygone.is_some() {
            self.publish(true, &[]);
            self.check();
        }
    }

    /// Watches a repository that is only being made: what is heard of it first is an empty folder.
    fn expect_git(&mut self) {
        let folder = self.surroundings.root().join(".git");
        let expected = if folder.is_dir() { vec![(folder, false)] } else { Vec::new() };
        if self.watch.watch_git(expected) {
            self.telling.due = Some(Instant::now());
        }
    }

    /// A new day changes what is due.
    fn turn_the_day(&mut self) {
        let today = self.surroundings.today();
        if today != self.today {
            self.today = today;
            self.publish(true, &[]);
            self.check();
        }
    }

    /// Makes the next edition. Its faults are at first what single files tell; the check follows.
    fn publish(&mut self, is_new: bool, changed: &[SourcePath]) {
        let edition = self.edition(is_new, changed);
        // The reader who was asked for is most likely the next to ask.
        edition.pages.preview(self.listeners.first());
        self.editions.send_replace(Arc::new(edition));
        for address in self.listeners.open_for_all(&self.editions.borrow()) {
            (self.say)(Notice::ReaderAdded(address));
        }
    }

    fn edition(&self, is_new: bool, changed: &[SourcePath]) -> Edition {
        let before = self.editions.borrow();
        let workspace = &self.workspace;
        let kept = before.pages.ingredients.as_ref().filter(|_| !is_new);
        let linked = before.pages.ingredients.as_ref().map(|it| Arc::clone(&it.linked)).unwrap_or_default();
        let ingredients =
            kept.cloned().or_else(|| ingredients(workspace, self.today, self.bygone.clone(), linked));
        let statics = if before
            .pages
            .ingredients
            .as_ref()
            .is_some_and(|it| Arc::ptr_eq(&it.theme, workspace.theme()))
        {
            Arc::clone(&before.pages.statics)
        } else {
            Arc::new(statics_of(workspace.theme()))
        };
        let pages = Pages::new(ingredients, Arc::clone(workspace.folder()), statics, workspace.copies());
        // Until the check is done, what it found the last time stands beside what is known by now.
        let mut faults = self.faults();
        for path in changed {
            faults.change(path, workspace.sources().get(path), workspace.reading().report_of(path));
        }
        Edition { number: before.number + 1, pages: Arc::new(pages), faults: Arc::new(faults) }
    }

    /// What was known to be wrong, under the settings of now.
    fn faults(&self) -> Faults {
        let portfolio = self.workspace.reading().portfolio();
        let pattern = portfolio.and_then(|portfolio| portfolio.config.editor_url.as_deref());
        let pattern =
            pattern.filter(|pattern| editor_address::is_sound(pattern)).unwrap_or(editor_address::DEFAULT);
        let mut faults = Faults::clone(&self.editions.borrow().faults);
        faults.theme = Arc::clone(self.workspace.theme_findings());
        self.listeners.shown_content().clone_into(&mut faults.shown);
        faults.content = self.surroundings.content();
        faults.editor = self.listeners.is_for_this_machine().then(|| pattern.to_owned());
        faults
    }

    /// Checks everything beside the loop. While one check runs, the next waits.
    fn check(&mut self) {
        if self.is_checking {
            self.must_check = true;
            return;
        }
        self.is_checking = true;
        self.must_check = false;
        let order = checker::Order {
            number: self.editions.borrow().number,
            parsed: self.workspace.reading().latest().cloned().collect(),
            sources: Arc::new(self.workspace.sources().clone()),
            theme: Arc::clone(self.workspace.theme_findings()),
            today: self.today,
            surroundings: Arc::clone(&self.surroundings),
            shown: self.listeners.shown_content().to_owned(),
            bygone: self.bygone.clone(),
        };
        checker::start(order, self.events.clone());
    }

    fn take_check(&mut self, checked: Checked) {
        self.is_checking = false;
        if self.must_check {
            // Something was saved meanwhile: what was found may be gone by now.
            self.check();
            return;
        }
        let Checked { report, sources, errors, warnings, printed } = checked;
        let before = Arc::clone(&self.editions.borrow());
        let mut faults = self.faults();
        faults.checked(report, sources);
        let (faults, number) = (Arc::new(faults), before.number + 1);
        self.editions.send_replace(Arc::new(Edition { number, pages: Arc::clone(&before.pages), faults }));
        let printed = (printed != self.last_printed).then(|| {
            self.last_printed.clone_from(&printed);
            printed
        });
        (self.say)(Notice::Checked { errors, warnings, printed });
    }

    /// Says what was saved, once its page can be had.
    fn say_rebuilt(&mut self, changed: &Changed, since: Instant) {
        let page = match changed.files.as_slice() {
            [file] => page_of(file),
            _ => None,
        };
        let is_there = self.listeners.wait_for(&self.editions.borrow(), page.as_deref());
        let address = page.filter(|_| is_there).map(|page| self.listeners.address_of(&page));
        let shown = self.listeners.shown_content();
        let mut files: Vec<String> = changed.files.iter().map(|file| format!("{shown}/{file}")).collect();
        if changed.theme {
            files.push("the theme".to_owned());
        }
        let milliseconds = since.elapsed().as_secs_f64() * 1000.0;
        (self.say)(Notice::Rebuilt { files, milliseconds, address });
    }
}

/// What the pages of a site are made from, if there is a portfolio.
pub(super) fn ingredients(
    workspace: &Workspace,
    today: Date,
    bygone: Option<Bygone>,
    linked: Arc<Linked>,
) -> Option<Arc<Ingredients>> {
    let portfolio = workspace.reading().portfolio()?;
    Some(Arc::new(Ingredients {
        portfolio: Arc::new(portfolio.clone()),
        theme: Arc::clone(workspace.theme()),
        today,
        bygone,
        linked,
    }))
}

/// Whether somebody is declared as a reader, or built in.
pub(super) fn is_reader(edition: &Edition, name: &str) -> bool {
    let portfolio = edition.pages.ingredients.as_ref().map(|it| &it.portfolio);
    portfolio.is_some_and(|portfolio| Reader::parse(name, &portfolio.config).is_ok())
}
