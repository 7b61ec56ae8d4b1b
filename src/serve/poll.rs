//! Looks at the disk from time to time, where the system does not tell of changes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use walkdir::WalkDir;

use super::burst::Touch;
use super::events::Event;
use super::watch::Places;

/// The shortest pause between two looks.
const PAUSE: Duration = Duration::from_millis(400);

/// How much longer a pause is than a look, so that looking takes a tenth of one processor at most.
const SHARE: u32 = 10;

/// A thread that looks. It ends when this is dropped.
pub(super) struct Poll {
    stop: Arc<Stop>,
}

#[derive(Default)]
struct Stop {
    is_asked: AtomicBool,
    lock: Mutex<()>,
    asked: Condvar,
}

impl Poll {
    pub(super) fn start(places: Places, events: Sender<Event>) -> Self {
        let stop = Arc::new(Stop::default());
        let asked = Arc::clone(&stop);
        std::thread::spawn(move || look(&places, &events, &asked));
        Self { stop }
    }
}

impl Drop for Poll {
    fn drop(&mut self) {
        self.stop.is_asked.store(true, Ordering::Relaxed);
        self.stop.asked.notify_all();
    }
}

fn look(places: &Places, events: &Sender<Event>, stop: &Stop) {
    let mut before = stamps(places);
    // What changed since the portfolio was read is only found by reading it again.
    if events.send(Event::Lost).is_err() {
        return;
    }
    let mut pause = PAUSE;
    while !stop.is_asked.load(Ordering::Relaxed) {
        let guard = stop.lock.lock().expect("nothing panics while it is held");
        drop(stop.asked.wait_timeout(guard, pause).expect("nothing panics while it is held"));
        let started = Instant::now();
        let now = stamps(places);
        let changed =
            now.iter().filter(|(path, stamp)| before.get(*path) != Some(stamp)).map(|(path, _)| path);
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        for path in changed.chain(gone) {
            if events.send(Event::Touched(path.clone(), Touch::Changed)).is_err() {
                return;
            }
        }
        pause = PAUSE.max(started.elapsed() * SHARE);
        before = now;
    }
}

/// What tells that a file is not the one that was there before: its number, its size and its times.
type Stamp = (u64, u64, i128, i128);

fn stamps(places: &Places) -> BTreeMap<PathBuf, Stamp> {
    let walk = |place: &PathBuf| WalkDir::new(place).follow_links(false);
    let whole = places.whole.iter().map(walk);
    let git = places.git.iter().map(|(place, all)| if *all { walk(place) } else { walk(place).max_depth(1) });
    let entries = whole.chain(git).flatten().flatten();
    entries.filter_map(|entry| Some((entry.path().to_owned(), stamp(&entry.metadata().ok()?)))).collect()
}

#[cfg(unix)]
fn stamp(metadata: &std::fs::Metadata) -> Stamp {
    use std::os::unix::fs::MetadataExt;
    let time = |seconds: i64, nanoseconds: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
    // A folder's own times change with every file that comes or goes in it, which is told by itself.
    let (modified, changed) = if metadata.is_dir() {
        (0, 0)
    } else {
        (time(metadata.mtime(), metadata.mtime_nsec()), time(metadata.ctime(), metadata.ctime_nsec()))
    };
    (metadata.ino(), if metadata.is_dir() { 0 } else { metadata.len() }, modified, changed)
}

#[cfg(not(unix))]
fn stamp(metadata: &std::fs::Metadata) -> Stamp {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let modified = modified.map_or(0, |time| i128::try_from(time.as_nanos()).unwrap_or(0));
    (u64::from(metadata.is_dir()), metadata.len(), if metadata.is_dir() { 0 } else { modified }, 0)
}
