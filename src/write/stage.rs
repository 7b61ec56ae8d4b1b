//! Makes the new site beside the old one, writing only what differs.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use blake3::Hash;
use rayon::prelude::*;

use super::ahead::write_ahead;
use super::body::Torn;
use super::clear::{Remains, clear};
use super::failure::{Failure, Stop, World};
use super::folder::{Folder, Look, Modes, SYNCS_AT_ONCE};
use super::manifest::Record;
use super::names::folders_of;
use super::standing::{Standing, hash_of};
use super::state::State;
use super::{Body, stop_if_cancelled};

/// A new site under way. Dropped before [`Stage::released`], it takes away every trace of itself.
pub(super) struct Stage<'a> {
    pub(super) folder: Folder,
    pub(super) name: String,
    pub(super) modes: Modes,
    pub(super) paths: &'a [String],
    state: &'a State,
    standing: &'a Standing,
    /// Whether the site on the disk may have changed already, so that the announced manifest must stay.
    pub(super) touched: bool,
    released: bool,
    /// How many bytes were written.
    written: AtomicU64,
}

/// What a stage was filled with.
pub(super) struct Filled {
    /// By position in the paths.
    pub(super) records: Vec<Record>,
    /// Positions of the files that were written to the stage.
    pub(super) changed: Vec<usize>,
    /// Positions of the files that stand in the old site already.
    pub(super) same: Vec<usize>,
}

enum Placed {
    Written(Record),
    Same(Record),
    /// Somebody changed the file that it would replace.
    Altered(String),
}

impl<'a> Stage<'a> {
    pub(super) fn begin(state: &'a State, standing: &'a Standing, paths: &'a [String]) -> Result<Self, Stop> {
        let probe = state.begin()?;
        let name = state.make_stage().inspect_err(|_| state.withdraw())?;
        let world = |error| World::new("open the folder", state.folder.path().join(&name), error);
        let opened = state.folder.folder(&name).and_then(|folder| {
            let look = state.folder.look(&name)?.ok_or(ErrorKind::NotFound)?;
            Ok((folder, Modes::learn(&probe, &look)?))
        });
        let (folder, modes) = opened.map_err(world).inspect_err(|_| {
            clear(&state.folder, &name, |_, _, _| Ok(true));
            state.withdraw();
        })?;
        let stage = Self {
            folder,
            name,
            modes,
            paths,
            state,
            standing,
            touched: false,
            released: false,
            written: AtomicU64::default(),
        };
        stage.folder.apply(modes).map_err(|error| stage.trouble("set the permissions of", "", error))?;
        if standing.is_empty() {
            stage.make_folders()?;
        }
        Ok(stage)
    }

    /// Renders every file but those that are known to stand there, and writes those that differ from the old site's.
    pub(super) fn fill<E: Send>(
        &self,
        known: impl Fn(usize) -> Option<Hash> + Sync,
        produce: impl Fn(usize) -> Result<Body, E> + Sync,
    ) -> Result<Filled, Failure<E>> {
        let failed_at = AtomicUsize::new(usize::MAX);
        let place = |at: usize| {
            // What comes after a failure is left out; what comes before it may fail too and be the first.
            if at > failed_at.load(Ordering::Relaxed) {
                return Err(Failure::Cancelled);
            }
            let placed = stop_if_cancelled().map_err(Failure::from).and_then(|()| {
                let path = &self.paths[at];
                match known(at).and_then(|hash| self.kept(path, hash)) {
                    Some(record) => Ok(Placed::Same(record)),
                    None => Ok(self.place(path, produce(at).map_err(Failure::Render)?)?),
                }
            });
            if placed.is_err() {
                failed_at.fetch_min(at, Ordering::Relaxed);
            }
            placed
        };
        let mut order: Vec<usize> = (0..self.paths.len()).collect();
        // Those near the root tell of everything and take longest: begun last, one would hold up the end alone.
        order.sort_by_key(|at| folders_of(&self.paths[*at]).count());
        let work = || order.par_iter().map(|at| place(*at)).collect();
        let placed: Vec<_> = write_ahead(&self.folder, &self.written, work)
            .map_err(|error| Stop::from(self.trouble("make durable", "", error)))?;
        let placed: BTreeMap<usize, _> = order.into_iter().zip(placed).collect();

        let mut filled =
            Filled { records: Vec::with_capacity(placed.len()), changed: Vec::new(), same: Vec::new() };
        let mut altered = Vec::new();
        for (at, placed) in placed {
            match placed? {
                Placed::Written(record) => {
                    filled.changed.push(at);
                    filled.records.push(record);
                }
                Placed::Same(record) => {
                    filled.same.push(at);
                    filled.records.push(record);
                }
                Placed::Altered(path) => altered.push(path),
            }
        }
        self.standing.altered(altered)?;
        Ok(filled)
    }

    /// Completes the stage with what the old site has already, by giving those files a second name.
    pub(super) fn link_same(&self, filled: &Filled) -> Result<(), Stop> {
        if filled.same.is_empty() {
            return Ok(());
        }
        self.make_folders()?;
        let changed_meanwhile = filled.same.par_iter().map(|&at| {
            stop_if_cancelled()?;
            let path = &self.paths[at];
            let changed = !self.link(path, &filled.records[at])?;
            Ok(changed.then(|| path.clone()))
        });
        let changed_meanwhile: Vec<_> = changed_meanwhile.collect::<Result<_, Stop>>()?;
        Ok(self.standing.altered(changed_meanwhile.into_iter().flatten().collect())?)
    }

    /// Lets written files share the space of files with the same bytes: the pictures of earlier editions are
    /// mostly those of today.
    pub(super) fn share(&self, filled: &Filled) -> Result<(), Stop> {
        let key = |at: &usize| (filled.records[*at].size, filled.records[*at].hash);
        let mut first: HashMap<_, usize> = filled.same.iter().map(|at| (key(at), *at)).collect();
        for at in &filled.changed {
            let (path, source) = (&self.paths[*at], *first.entry(key(at)).or_insert(*at));
            if source == *at || filled.records[*at].size == 0 {
                continue;
            }
            stop_if_cancelled()?;
            self.folder.remove_file(path).map_err(|error| self.trouble("replace", path, error))?;
            let linked = self.folder.link(&self.paths[source], &self.folder, path);
            match linked {
                Err(error) if has_no_second_name(&error) => {
                    let same = self.folder.read(&self.paths[source]);
                    let same = same.map_err(|error| self.trouble("read", &self.paths[source], error))?;
                    self.write(path, &mut Body::File(same))?;
                }
                linked => linked.map_err(|error| self.trouble("link", path, error))?,
            }
        }
        Ok(())
    }

    /// Says that the stage's name now stands for the old site, or for nothing.
    pub(super) fn release(mut self) -> String {
        self.released = true;
        std::mem::take(&mut self.name)
    }

    /// Takes the stage away, telling what is left of it.
    pub(super) fn discard(mut self) -> Remains {
        self.released = true;
        if !self.touched {
            self.state.withdraw();
        }
        clear(&self.state.folder, &self.name, |_, _, _| Ok(true))
    }

    /// The file of the old site, if it holds the bytes of that hash. What cannot be read is made, and shows then.
    fn kept(&self, path: &str, hash: Hash) -> Option<Record> {
        let old = self.standing.files.get(path).filter(|old| self.modes.suit(old))?;
        let found = self.standing.folder.as_ref()?.read(path).and_then(hash_of).ok()?;
        (found == hash).then(|| Record { path: path.to_owned(), size: old.size, hash })
    }

    fn place(&self, path: &str, mut body: Body) -> Result<Placed, Stop> {
        if let Some(old) = self.standing.files.get(path) {
            match self.compare(path, old, &mut body)? {
                Some(record) if self.modes.suit(old) => return Ok(Placed::Same(record)),
                Some(_) => {}
                None if self.standing.is_altered(path, &self.state.claims)? => {
                    return Ok(Placed::Altered(path.to_owned()));
                }
                None => {}
            }
        }
        Ok(Placed::Written(self.write(path, &mut body)?))
    }

    /// Returns the record of `body` if the old site holds the very same bytes.
    fn compare(&self, path: &str, old: &Look, body: &mut Body) -> Result<Option<Record>, World> {
        let folder = self.standing.folder.as_ref().expect("what is surveyed lies in the folder");
        let size = body.size().map_err(|error| self.source_trouble(path, error))?;
        if size != old.size {
            return Ok(None);
        }
        let same = folder.read(path).and_then(|mut old| body.is_in(&mut old));
        let same = same.map_err(|error| World::new("read", folder.path().join(path), error))?;
        Ok(same.map(|hash| Record { path: path.to_owned(), size, hash }))
    }

    fn write(&self, path: &str, body: &mut Body) -> Result<Record, World> {
        let mut file = self.create(path)?;
        let needed = body.size().map_err(|error| self.source_trouble(path, error))?;
        let (size, hash) = body.pour_into(&mut file).map_err(|torn| match torn {
            Torn::Source(error) => self.source_trouble(path, error),
            Torn::Copy(error) => self.trouble("write", path, error).needing(needed),
        })?;
        if !SYNCS_AT_ONCE {
            file.sync_all().map_err(|error| self.trouble("write", path, error).needing(size))?;
        }
        self.written.fetch_add(size, Ordering::Relaxed);
        Ok(Record { path: path.to_owned(), size, hash })
    }

    /// Gives a file of the old site a second name in the stage, or a copy where there are no second names.
    ///
    /// Returns `false` if it is no longer the file that was compared.
    fn link(&self, path: &str, record: &Record) -> Result<bool, World> {
        let old = self.standing.folder.as_ref().expect("what is surveyed lies in the folder");
        match old.link(path, &self.folder, path) {
            Ok(()) => {
                let linked = self.folder.look(path).map_err(|error| self.trouble("look at", path, error))?;
                Ok(linked.is_some_and(|linked| linked.stamp == self.standing.files[path].stamp))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) if has_no_second_name(&error) => {
                let source =
                    old.read(path).map_err(|error| World::new("read", old.path().join(path), error))?;
                Ok(self.write(path, &mut Body::File(source))? == *record)
            }
            Err(error) => Err(self.trouble("link", path, error)),
        }
    }

    /// Makes an empty file, and the folders on the way to it if need be.
    fn create(&self, path: &str) -> Result<File, World> {
        let created = match self.folder.create(path, self.modes) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                for folder in folders_of(path) {
                    self.make_folder(folder)?;
                }
                self.folder.create(path, self.modes)
            }
            created => created,
        };
        created.map_err(|error| self.trouble("write", path, error))
    }

    /// Makes all folders of the new site, one level after the other.
    fn make_folders(&self) -> Result<(), World> {
        let mut levels: Vec<Vec<&str>> = Vec::new();
        for path in self.paths {
            for (depth, folder) in folders_of(path).enumerate() {
                if levels.len() == depth {
                    levels.push(Vec::new());
                }
                levels[depth].push(folder);
            }
        }
        for mut level in levels {
            level.sort_unstable();
            level.dedup();
            level.par_iter().try_for_each(|folder| self.make_folder(folder))?;
        }
        Ok(())
    }

    fn make_folder(&self, path: &str) -> Result<(), World> {
        match self.folder.create_folder(path, self.modes) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                Err(self.trouble("make the folder", path, error))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn trouble(&self, action: &'static str, path: impl AsRef<Path>, error: io::Error) -> World {
        World::new(action, self.folder.path().join(path), error)
    }

    fn source_trouble(&self, path: &str, error: io::Error) -> World {
        World::new("read what belongs into", path, error)
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        if !self.released {
            // What is left of it the next publish clears away.
            clear(&self.state.folder, &self.name, |_, _, _| Ok(true));
            if !self.touched {
                self.state.withdraw();
            }
        }
    }
}

/// Tells whether `error` says that this file cannot have a second name there, though it could be copied.
fn has_no_second_name(error: &io::Error) -> bool {
    use ErrorKind::{CrossesDevices, PermissionDenied, TooManyLinks, Unsupported};
    matches!(error.kind(), CrossesDevices | PermissionDenied | TooManyLinks | Unsupported)
}
