//! When a burst of changes is over. One save makes several events, a change of branches hundreds.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long it must be quiet after one save: editors make their steps within less than this.
const SHORTEST: Duration = Duration::from_millis(5);

/// How long it must be quiet at most, however long a burst lasts.
const LONGEST: Duration = Duration::from_millis(100);

/// How long to wait for a program that has written to a file and not yet closed it, and for a file that is gone or
/// broken to come back whole. Good news travels at once; bad news may be half a save.
const SETTLE: Duration = Duration::from_millis(60);

/// The longest that anything is put off: a program that never stops writing must not hold up the rest.
const PATIENCE: Duration = Duration::from_secs(2);

/// What happened since the last look at the disk.
#[derive(Debug)]
pub(super) struct Burst {
    first: Instant,
    last: Instant,
    /// What may have changed.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Files that a program has written to and not closed.
    open: BTreeSet<PathBuf>,
    /// Whether events were lost, so that everything may have changed.
    pub(super) is_anything: bool,
    /// Whether what was found on the disk looked like half a save.
    looked_half: bool,
}

/// One thing that a watcher tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Touch {
    /// Something changed, came or went.
    Changed,
    /// A program wrote to a file that is still open.
    Written,
    /// A program closed a file that it had written to.
    Closed,
}

impl Burst {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            first: now,
            last: now,
            paths: BTreeSet::new(),
            open: BTreeSet::new(),
            is_anything: false,
            looked_half: false,
        }
    }

    pub(super) fn touch(&mut self, path: PathBuf, touch: Touch, now: Instant) {
        self.last = now;
        match touch {
            Touch::Written => {
                self.open.insert(path.clone());
            }
            // What is renamed or deleted is out of the hands of who wrote it.
            Touch::Closed | Touch::Changed => {
                self.open.remove(&path);
            }
        }
        self.paths.insert(path);
    }

    /// Events were lost.
    pub(super) fn lose(&mut self, now: Instant) {
        self.last = now;
        self.is_anything = true;
    }

    /// What was found on the disk is gone or broken, which may be half a save: to be looked at once more.
    pub(super) fn looks_half(&mut self) {
        self.looked_half = true;
    }

    /// Whether what was found has been waited for.
    pub(super) fn has_settled(&self, now: Instant) -> bool {
        now >= self.last + SETTLE || now >= self.first + PATIENCE
    }

    /// When to look at the disk, if nothing more happens.
    pub(super) fn due(&self) -> Instant {
        let quiet = if self.looked_half || !self.open.is_empty() {
            SETTLE
        } else {
            // The longer a burst has lasted, the longer the pauses in it may be.
            ((self.last - self.first) / 4).clamp(SHORTEST, LONGEST)
        };
        (self.last + quiet).min(self.first + PATIENCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(burst: &Burst, start: Instant) -> u128 {
        (burst.due() - start).as_millis()
    }

    #[test]
    fn one_save_is_over_soon_and_a_change_of_branches_later() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut burst = Burst::new(start);
        burst.touch("a".into(), Touch::Changed, at(0));
        burst.touch("a".into(), Touch::Changed, at(1));
        assert_eq!(after(&burst, start), 6);
        for step in 2..200 {
            burst.touch(format!("{step}").into(), Touch::Changed, at(step));
        }
        assert_eq!(after(&burst, start), 199 + 49);
        burst.touch("z".into(), Touch::Changed, at(1500));
        assert_eq!(after(&burst, start), 1600);
        burst.touch("z".into(), Touch::Changed, at(1990));
        assert_eq!(after(&burst, start), 2000);
    }

    #[test]
    fn a_file_that_is_being_written_is_waited_for() {
        let start = Instant::now();
        let mut burst = Burst::new(start);
        burst.touch("a".into(), Touch::Written, start);
        assert_eq!(after(&burst, start), 60);
        burst.touch("a".into(), Touch::Closed, start + Duration::from_millis(20));
        assert_eq!(after(&burst, start), 25);
        burst.looks_half();
        assert_eq!(after(&burst, start), 80);
        assert!(!burst.has_settled(start + Duration::from_millis(79)));
        assert!(burst.has_settled(start + Duration::from_millis(80)));
    }
}
