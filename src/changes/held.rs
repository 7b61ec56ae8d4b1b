//! What is seldom asked for: an entry as it was, and the values that a version changed. Those that are remembered stay
//! bytes until somebody asks.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::Snapshot;
use super::log::changes_of;
use super::memory::{self, Pages};
use crate::model::tree::Tree;

/// An entry as it was.
#[derive(Clone)]
pub struct Held(Arc<Inner>);

struct Inner {
    snapshot: OnceLock<Option<Snapshot>>,
    /// Where it stands in what was remembered.
    unread: Option<(Arc<Pages>, Range<usize>)>,
}

impl Held {
    /// One that is there already.
    pub fn new(snapshot: Snapshot) -> Self {
        Self(Arc::new(Inner { snapshot: OnceLock::from(Some(snapshot)), unread: None }))
    }

    pub(super) fn unread(pages: &Arc<Pages>, place: Range<usize>) -> Self {
        Self(Arc::new(Inner { snapshot: OnceLock::new(), unread: Some((Arc::clone(pages), place)) }))
    }

    /// The entry; `None` only if what was remembered was not written by this program.
    pub fn get(&self) -> Option<&Snapshot> {
        let read = || {
            let (pages, place) = self.0.unread.as_ref()?;
            memory::read_snapshot(pages, place)
        };
        self.0.snapshot.get_or_init(read).as_ref()
    }

    /// Its bytes, if it was read from these and means what their words mean.
    pub(super) fn bytes_in<'p>(&self, read: &'p Pages) -> Option<&'p [u8]> {
        let (pages, place) = self.0.unread.as_ref()?;
        std::ptr::eq(&raw const **pages, read).then(|| read.bytes.get(place.clone()))?
    }

    /// Tells it from all others.
    pub(super) fn address(&self) -> *const () {
        Arc::as_ptr(&self.0).cast()
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.get() == other.get()
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.get().fmt(f)
    }
}

/// What a field was before a change, and what afterwards.
#[derive(Clone)]
pub(super) struct Values(Source);

#[derive(Clone)]
enum Source {
    Known(Option<Tree>, Option<Tree>),
    /// To be worked out again; by the place of the change.
    Later(Arc<Told>, usize),
}

/// A version whose changes are known but for their values.
pub(super) struct Told {
    pub(super) before: Vec<Option<Held>>,
    pub(super) after: Option<Held>,
    /// Whether the history begins with it.
    pub(super) is_first: bool,
    pub(super) values: OnceLock<Vec<(Option<Tree>, Option<Tree>)>>,
}

impl Values {
    pub(super) fn new(from: Option<Tree>, to: Option<Tree>) -> Self {
        Self(Source::Known(from, to))
    }

    pub(super) fn later(told: &Arc<Told>, at: usize) -> Self {
        Self(Source::Later(Arc::clone(told), at))
    }

    pub(super) fn both(&self) -> (Option<&Tree>, Option<&Tree>) {
        match &self.0 {
            Source::Known(from, to) => (from.as_ref(), to.as_ref()),
            Source::Later(told, at) => match told.values().get(*at) {
                Some((from, to)) => (from.as_ref(), to.as_ref()),
                None => (None, None),
            },
        }
    }
}

impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.both() == other.both()
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.both().fmt(f)
    }
}

impl Told {
    fn values(&self) -> &[(Option<Tree>, Option<Tree>)] {
        self.values.get_or_init(|| {
            let changes = changes_of(&self.before, self.after.as_ref(), self.is_first);
            let both = |change: super::Change| match change.values.0 {
                Source::Known(from, to) => (from, to),
                Source::Later(..) => (None, None),
            };
            changes.into_iter().map(both).collect()
        })
    }
}
