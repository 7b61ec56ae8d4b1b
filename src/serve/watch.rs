//! Hears from the system what changes on the disk; looks by itself where the system does not tell.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::burst::Touch;
use super::events::Event;
use super::poll::Poll;

/// What is watched in a project.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// The folder of the project: there the other folders come and go.
    pub(super) root: PathBuf,
    /// Folders that are watched with all that is in them.
    pub(super) whole: Vec<PathBuf>,
    /// Folders in which git writes when there is something new, each with whether those in it count as well.
    pub(super) git: Vec<(PathBuf, bool)>,
}

impl Places {
    pub(super) fn new(root: PathBuf, whole: Vec<PathBuf>) -> Self {
        Self { root, whole, git: Vec::new() }
    }

    /// Whether a path may tell of a new commit, tag or branch, or of a repository that has come or gone.
    fn is_of_git(&self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_told = |(folder, all): &(PathBuf, bool)| match path.strip_prefix(folder) {
            Ok(_) if *all => !name.ends_with(".lock"),
            // Whatever looks at the work tree writes the index anew.
            Ok(rest) => {
                rest.components().count() <= 1
                    && ["HEAD", "packed-refs", "shallow", "logs", "refs"].contains(&name)
            }
            Err(_) => false,
        };
        path == self.root.join(".git") || self.git.iter().any(is_told)
    }
}

/// A running watch. It ends when it is dropped.
pub(super) struct Watch {
    places: Places,
    events: Sender<Event>,
    by: By,
}

enum By {
    System(RecommendedWatcher),
    Looking { _poll: Poll },
}

impl Watch {
    /// Starts to watch. Where the system cannot, says so with an [`Event::Unwatched`] and looks from time to time.
    pub(super) fn start(places: Places, events: Sender<Event>) -> Self {
        let by = match system(&places, &events) {
            Ok(watcher) => By::System(watcher),
            Err(error) => {
                let _ = events.send(Event::Unwatched(reason(&error)));
                By::Looking { _poll: Poll::start(places.clone(), events.clone()) }
            }
        };
        Self { places, events, by }
    }

    /// Gives the system up, and looks from time to time.
    pub(super) fn look_instead(&mut self) {
        if matches!(self.by, By::System(_)) {
            self.by = By::Looking { _poll: Poll::start(self.places.clone(), self.events.clone()) };
        }
    }

    /// Whether a path may tell of a new commit, tag or branch.
    pub(super) fn is_of_git(&self, path: &Path) -> bool {
        self.places.is_of_git(path)
    }

    /// Watches where git writes; whether anything of that was not watched before.
    pub(super) fn watch_git(&mut self, folders: Vec<(PathBuf, bool)>) -> bool {
        let before = std::mem::replace(&mut self.places.git, folders);
        let new: Vec<_> = self.places.git.iter().filter(|place| !before.contains(place)).collect();
        let is_new = !new.is_empty();
        match &mut self.by {
            By::System(watcher) => {
                for (folder, all) in &new {
                    if let Err(error) = watch_folder(watcher, folder, *all) {
                        let _ = self.events.send(Event::Unwatched(reason(&error)));
                    }
                }
            }
            By::Looking { .. } if is_new => {
                self.by = By::Looking { _poll: Poll::start(self.places.clone(), self.events.clone()) };
            }
            By::Looking { .. } => {}
        }
        is_new
    }

    /// Watches a folder again that has come, or has taken the place of another.
    pub(super) fn renew(&mut self, folder: &Path) {
        let By::System(watcher) = &mut self.by else { return };
        if !self.places.whole.iter().any(|place| place == folder) {
            return;
        }
        // The old folder may be gone already.
        let _ = watcher.unwatch(folder);
        if folder.is_dir()
            && let Err(error) = watcher.watch(folder, RecursiveMode::Recursive)
        {
            let _ = self.events.send(Event::Unwatched(reason(&error)));
        }
    }
}

fn system(places: &Places, events: &Sender<Event>) -> notify::Result<RecommendedWatcher> {
    let sender = events.clone();
    let tell = move |heard: notify::Result<notify::Event>| {
        // Nobody listens any more once the server stops.
        for event in translated(heard) {
            let _ = sender.send(event);
        }
    };
    let mut watcher = RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false))?;
    // Folders, never single files: editors replace files by others of the same name.
    watcher.watch(&places.root, RecursiveMode::NonRecursive)?;
    for place in places.whole.iter().filter(|place| place.is_dir()) {
        watcher.watch(place, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

/// A folder that is not there, such as that of the logs where none are kept, has nothing to tell.
fn watch_folder(watcher: &mut RecommendedWatcher, folder: &Path, all: bool) -> notify::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    watcher.watch(folder, if all { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive })
}

fn translated(heard: notify::Result<notify::Event>) -> Vec<Event> {
    let event = match heard {
        Ok(event) if event.need_rescan() => return vec![Event::Lost],
        Ok(event) => event,
        Err(error) => {
            return match error.kind {
                notify::ErrorKind::MaxFilesWatch => vec![Event::Unwatched(reason(&error))],
                // Such as a folder that went before it could be watched: what it held may have changed.
                _ => vec![Event::Lost],
            };
        }
    };
    let touch = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Touch::Closed,
        EventKind::Access(_) => return Vec::new(),
        EventKind::Modify(ModifyKind::Data(_)) => Touch::Written,
        _ => Touch::Changed,
    };
    event.paths.into_iter().map(|path| Event::Touched(path, touch)).collect()
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system watches no more folders (fs.inotify.max_user_watches)".to_owned()
        }
        notify::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}
