//! The program's own folder beside an output: lock, manifests and stages. See the head of this module's `mod.rs`.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use super::clear::{Remains, clear};
use super::failure::{Stop, World};
use super::folder::{Folder, Kind, Modes, SYNCS_AT_ONCE};
use super::lock::{self, Lock};
use super::manifest::{Claims, Manifest};
use super::names::RESERVED;
use super::standing::{self, hash_of};
use super::target::Place;

pub(super) const MANIFEST: &str = "manifest";
pub(super) const INCOMPLETE: &str = "incomplete";
/// The name of a manifest while it is written.
const PART: &str = "manifest.part";
const STAGE: &str = "stage-";
/// What was found in an old site and was not ours, saved from being deleted with it.
const RESCUED: &str = "rescued-";

/// The state folder of one output, locked for us.
pub(super) struct State {
    pub(super) folder: Folder,
    /// The folder in which the output lies.
    pub(super) parent: Folder,
    pub(super) claims: Claims,
    pub(super) warnings: Vec<String>,
    _lock: Lock,
}

impl State {
    /// Opens the state folder, waits for the lock, and clears away what a killed publish left there.
    pub(super) fn enter(place: &Place) -> Result<Self, Stop> {
        fs::create_dir_all(&place.parent)
            .map_err(|error| World::new("make the folder", &place.parent, error))?;
        let parent = Folder::open(&place.parent)
            .map_err(|error| World::new("open the folder", &place.parent, error))?;
        let folder = own_folder(&own_folder(&parent, RESERVED.as_ref())?, place.name.as_ref())?;
        let lock = lock::take(&folder)?;
        let (ended, damaged) = read(&folder, MANIFEST)?;
        // A torn manifest of this kind means that the publish had not come to touch the site.
        let (begun, _) = read(&folder, INCOMPLETE)?;
        let mut claims = Claims::join(ended, begun);
        claims.damaged = damaged;
        let mut state =
            Self { folder, parent, claims, warnings: lock.note.iter().cloned().collect(), _lock: lock };
        state.sweep(place)?;
        Ok(state)
    }

    /// Clears away what a killed publish left, by name.
    fn sweep(&mut self, place: &Place) -> Result<(), World> {
        let mut remains = Vec::new();
        for (name, kind) in self.list()? {
            if kind == Kind::Folder && name.starts_with(STAGE) {
                // The old site, if the publish came so far; and into that somebody may have put something.
                let ours = |path: &Path, folder: &Folder, name: &OsStr| match path.to_str() {
                    _ if !self.claims.interrupted => Ok(true),
                    Some(path) => Ok(self.claims.has_hash(&slashed(path), hash_of(folder.read(name)?)?)),
                    None => Ok(false),
                };
                remains.push((clear(&self.folder, &name, ours), name));
            } else if name == PART {
                self.folder.remove_file(PART).map_err(|error| self.trouble("delete", PART, error))?;
            }
        }
        for (left, name) in remains {
            let mut warnings = std::mem::take(&mut self.warnings);
            self.report(left, &name, &mut warnings);
            self.warnings = warnings;
        }
        if self.claims.interrupted {
            let note = format!(
                "an earlier publish to `{}` was cut short; this one completes it",
                place.out().display()
            );
            self.warnings.push(note);
            standing::clear_stage_in(place, &mut self.warnings);
        }
        Ok(())
    }

    /// Puts into words what is left of a stage that was cleared, and saves what in it is not ours.
    ///
    /// Returns whether the stage is gone. If not, the next publish clears it away, which takes the claims of this
    /// one to know what in it is ours.
    pub(super) fn report(&self, left: Remains, stage: &str, warnings: &mut Vec<String>) -> bool {
        if let Some(world) = left.failure {
            let cause = world.cause();
            warnings.push(format!("the site is published, but its old files are not all gone: {cause}"));
            return false;
        }
        if left.foreign {
            warnings.push(match self.rescue(stage) {
                Ok(rescued) => format!(
                    "files that are not ours came into the old site while it was replaced; they are in `{}`",
                    self.folder.path().join(rescued).display()
                ),
                Err(world) => world.cause(),
            });
        }
        true
    }

    fn rescue(&self, stage: &str) -> Result<String, World> {
        for number in 0.. {
            let name = format!("{RESCUED}{number}");
            match self.folder.look(&name) {
                Ok(Some(_)) => {}
                Ok(None) => {
                    let moved = self.folder.rename(stage, &self.folder, &name);
                    return moved.map(|()| name).map_err(|error| self.trouble("move", stage, error));
                }
                Err(error) => return Err(self.trouble("look at", &name, error)),
            }
        }
        unreachable!("no disk holds that many names")
    }

    /// Forgets a site that is no longer there, so that what it was is not held against the new one.
    pub(super) fn forget(&mut self) -> Result<(), World> {
        for name in [MANIFEST, INCOMPLETE] {
            match self.folder.remove_file(name) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(self.trouble("delete", name, error));
                }
                _ => {}
            }
        }
        self.claims = Claims::default();
        Ok(())
    }

    /// Makes the file in which the new manifest will be announced, still empty.
    pub(super) fn begin(&self) -> Result<File, World> {
        if self.claims.interrupted {
            // What is claimed by two manifests must stay claimed when one of them is written anew.
            let written = self.write(PART, &self.claims.as_one(), true);
            written
                .and_then(|()| self.folder.rename(PART, &self.folder, MANIFEST))
                .map_err(|error| self.trouble("write", MANIFEST, error))?;
        }
        self.folder.open_emptied(INCOMPLETE).map_err(|error| self.trouble("write", INCOMPLETE, error))
    }

    /// Makes a folder for the new site, of a name that nothing has.
    pub(super) fn make_stage(&self) -> Result<String, World> {
        for number in 0.. {
            let name = format!("{STAGE}{number}");
            match self.folder.create_folder(&name, Modes::UNSET) {
                Ok(()) => return Ok(name),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(self.trouble("make the folder", &name, error)),
            }
        }
        unreachable!("no disk holds that many names")
    }

    /// Writes down what the new site will be, before the old one is touched.
    ///
    /// It is not durable before the file system is made so.
    pub(super) fn announce(&self, manifest: &Manifest) -> Result<(), World> {
        self.write(INCOMPLETE, manifest, !SYNCS_AT_ONCE)
            .map_err(|error| self.trouble("write", INCOMPLETE, error))
    }

    /// Takes back [`State::begin`] and [`State::announce`], the old site being untouched.
    pub(super) fn withdraw(&self) {
        // Left where it is it would only claim too much, and be reported by the next publish.
        let _ = self.folder.remove_file(INCOMPLETE);
    }

    /// Lets what was announced be what is.
    pub(super) fn commit(&self, warnings: &mut Vec<String>) {
        if let Err(error) = self.folder.rename(INCOMPLETE, &self.folder, MANIFEST) {
            let world = self.trouble("write", MANIFEST, error);
            warnings.push(format!(
                "the site is published, but not on record before the next build: {}",
                world.cause()
            ));
        }
    }

    fn write(&self, name: &str, manifest: &Manifest, durably: bool) -> io::Result<()> {
        let mut file = self.folder.open_emptied(name)?;
        file.write_all(manifest.print().as_bytes())?;
        if durably { file.sync_all() } else { Ok(()) }
    }

    fn list(&self) -> Result<Vec<(String, Kind)>, World> {
        let names = self.folder.list().map_err(|error| World::new("list", self.folder.path(), error))?;
        Ok(names.into_iter().filter_map(|(name, kind)| Some((name.into_string().ok()?, kind))).collect())
    }

    fn trouble(&self, action: &'static str, name: &str, error: io::Error) -> World {
        World::new(action, self.folder.path().join(name), error)
    }
}

/// Whether a site of ours stands at that place: a manifest says so, and a file of it is there, or may be. Changes
/// nothing.
pub(super) fn is_published(place: &Place) -> Result<bool, World> {
    let folder = match Folder::open(&place.state()) {
        Ok(folder) => folder,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(false);
        }
        Err(error) => return Err(World::new("open the folder", place.state(), error)),
    };
    let (ended, damaged) = read(&folder, MANIFEST)?;
    let (begun, _) = read(&folder, INCOMPLETE)?;
    // A site that was deleted leaves its manifest behind.
    let stands = |path: &str| place.out().join(path).symlink_metadata().is_ok();
    let is_there = damaged || Claims::join(ended, begun).paths().any(stands);
    Ok(is_there && place.out().is_dir())
}

/// Opens a folder of the program's own, made if need be.
fn own_folder(parent: &Folder, name: &Path) -> Result<Folder, World> {
    let path = || parent.path().join(name);
    match parent.create_folder(name, Modes::UNSET) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            return Err(World::new("make the folder", path(), error));
        }
        _ => {}
    }
    parent.folder(name).map_err(|error| World::new("open the folder", path(), error))
}

/// Returns a manifest if there is one, and whether there is one that cannot be read.
fn read(folder: &Folder, name: &str) -> Result<(Option<Manifest>, bool), World> {
    let mut text = Vec::new();
    match folder.read(name).and_then(|mut file| file.read_to_end(&mut text)) {
        Ok(_) => {
            let manifest = Manifest::parse(&text);
            let damaged = manifest.is_none();
            Ok((manifest, damaged))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok((None, false)),
        Err(error) => Err(World::new("read", folder.path().join(name), error)),
    }
}

/// Writes a path of this system as a manifest does.
pub(super) fn slashed(path: &str) -> String {
    if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() }
}
