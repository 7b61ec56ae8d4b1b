//! What stands in the output folder now: which of it is ours, and which is not and must stay.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use blake3::{Hash, Hasher};
use rayon::prelude::*;

use super::body::{BUFFER, fill};
use super::clear::clear;
use super::failure::{Refusal, Stop, World, few};
use super::folder::{Folder, Kind, Look};
use super::manifest::Claims;
use super::names::{fold, folders_of};
use super::stage::Filled;
use super::state::{INCOMPLETE, MANIFEST};
use super::target::Place;

/// What people put into an output folder before anything was published there, and want to keep.
const WELCOME: [&str; 3] = [".git", ".nojekyll", "CNAME"];

/// The folder within the output where a publish in place gathers files, if it cannot move them from the stage.
pub(super) const NEAR_STAGE: &str = ".bailiwick-stage";

/// What stands in the output folder.
pub(super) struct Standing {
    /// The output, if it exists.
    pub(super) folder: Option<Folder>,
    /// Files of ours, by path.
    pub(super) files: HashMap<String, Look>,
    /// Folders that hold or held files of ours, or will.
    pub(super) folders: Vec<String>,
    /// What is not ours, by path; folders end in `/`. Nobody looked into them.
    pub(super) foreign: Vec<String>,
    /// Files of ours that the new site does not have.
    pub(super) stale: Vec<String>,
    /// Those of `folders` that the new site does not have.
    pub(super) stale_folders: Vec<String>,
    out: PathBuf,
}

/// Refuses an output that holds something while nothing at all is known about it.
///
/// [`Standing::survey`] finds that too, but it needs the state folder, and a refusal should leave no trace.
pub(super) fn refuse_strangers(place: &Place) -> Result<(), Stop> {
    let known = |name| place.state().join(name).symlink_metadata().is_ok();
    if known(MANIFEST) || known(INCOMPLETE) {
        return Ok(());
    }
    let Some(folder) = open(place)? else { return Ok(()) };
    let names = folder.list().map_err(|error| World::new("list", folder.path(), error))?;
    not_ours(place, names.into_iter().map(|(name, kind)| shown(&name.to_string_lossy(), kind)))
}

/// Clears away what a killed publish in place gathered within the output.
pub(super) fn clear_stage_in(place: &Place, warnings: &mut Vec<String>) {
    let Ok(Some(out)) = open(place) else { return };
    if let Some(world) = clear(&out, NEAR_STAGE, |_, _, _| Ok(true)).failure {
        warnings.push(world.cause());
    }
}

/// Returns the hash of all that `file` holds.
pub(super) fn hash_of(mut file: File) -> io::Result<Hash> {
    thread_local! {
        // A site has ten thousand files, most of them shorter than this.
        static READ: RefCell<Vec<u8>> = RefCell::new(vec![0; BUFFER]);
    }
    READ.with_borrow_mut(|buffer| {
        let mut hasher = Hasher::new();
        loop {
            let length = fill(&mut file, buffer)?;
            hasher.update(&buffer[..length]);
            if length < buffer.len() {
                return Ok(hasher.finalize());
            }
        }
    })
}

impl Standing {
    /// Looks at the output, one level of folders after the other.
    ///
    /// A folder in which we never had and will not have a file is not looked into.
    pub(super) fn survey(place: &Place, claims: &Claims, paths: &[String]) -> Result<Self, Stop> {
        let mut standing = Self::nothing(place.out());
        let Some(folder) = open(place)? else { return Ok(standing) };
        let new: HashSet<&str> = paths.iter().map(String::as_str).collect();
        let new_folders: HashSet<&str> = paths.iter().flat_map(|path| folders_of(path)).collect();
        let old_folders: HashSet<&str> = claims.paths().flat_map(folders_of).collect();

        let mut level = vec![String::new()];
        while !level.is_empty() {
            let found: Vec<_> = level.par_iter().map(|path| list(&folder, path, claims)).collect();
            level.clear();
            for found in found {
                for (path, found) in found? {
                    match found {
                        Found::Ours(look) => {
                            standing.files.insert(path, look);
                        }
                        Found::Folder if old_folders.contains(&*path) || new_folders.contains(&*path) => {
                            level.push(path);
                        }
                        Found::Folder => standing.foreign.push(shown(&path, Kind::Folder)),
                        Found::Foreign => standing.foreign.push(path),
                    }
                }
            }
            standing.folders.extend(level.iter().cloned());
        }
        standing.foreign.sort();
        standing.stale = standing.files.keys().filter(|path| !new.contains(&***path)).cloned().collect();
        standing.stale.sort();
        let stale_folders = standing.folders.iter().filter(|path| !new_folders.contains(&***path));
        standing.stale_folders = stale_folders.cloned().collect();

        if standing.files.is_empty() && !standing.folders.iter().any(|path| old_folders.contains(&**path)) {
            let folders = standing.folders.iter().map(|path| shown(path, Kind::Folder));
            let refused = not_ours(place, standing.foreign.iter().cloned().chain(folders));
            if refused.is_err() && claims.damaged {
                return Err(Refusal::Unreadable { manifest: place.state().join(MANIFEST) }.into());
            }
            refused?;
        }
        standing.folder = Some(folder);
        Ok(standing)
    }

    fn nothing(out: PathBuf) -> Self {
        let (files, folders, foreign) = (HashMap::new(), Vec::new(), Vec::new());
        Self { folder: None, files, folders, foreign, stale: Vec::new(), stale_folders: Vec::new(), out }
    }

    /// Tells whether there is nothing of ours.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    /// Tells whether the new site stands there already.
    pub(super) fn is_already(&self, new: &Filled) -> bool {
        self.folder.is_some()
            && new.changed.is_empty()
            && self.stale.is_empty()
            && self.stale_folders.is_empty()
    }

    /// Refuses to put one reader's site where another reader's stands.
    pub(super) fn refuse_another_reader(&self, claims: &Claims, reader: &str) -> Result<(), Refusal> {
        match claims.another_reader(reader) {
            Some(theirs) if !self.is_empty() => Err(Refusal::OtherReader {
                out: self.out.clone(),
                theirs: theirs.to_owned(),
                ours: reader.to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// Refuses to replace what is not ours, which a new file would do that has its name, lies in it or holds it.
    pub(super) fn refuse_foreign_in_the_way(&self, paths: &[String]) -> Result<(), Refusal> {
        if self.foreign.is_empty() {
            return Ok(());
        }
        let new: HashSet<String> = paths.iter().map(|path| fold(path)).collect();
        let new_folders: HashSet<String> = paths.iter().flat_map(|path| folders_of(path)).map(fold).collect();
        let in_the_way = |path: &&String| {
            let path = fold(path.trim_end_matches('/'));
            new.contains(&path)
                || new_folders.contains(&path)
                || folders_of(&path).any(|path| new.contains(path))
        };
        let (names, more) = few(self.foreign.iter().filter(in_the_way).cloned().collect());
        if names.is_empty() { Ok(()) } else { Err(Refusal::InTheWay { out: self.out.clone(), names, more }) }
    }

    /// Refuses to go on if somebody changed a file of ours, as far as that can be seen before rendering: in those
    /// that would be deleted, and in those whose size differs. The rest shows when they are compared.
    pub(super) fn refuse_altered(&self, claims: &Claims) -> Result<(), Stop> {
        let resized = self.files.iter().filter(|(path, look)| !claims.has_size(path, look.size));
        let resized: Vec<String> = resized.map(|(path, _)| path.clone()).collect();
        self.altered(resized)?;
        let rewritten = self.stale.par_iter().map(|path| Ok((path, self.is_altered(path, claims)?)));
        let rewritten: Vec<_> = rewritten.collect::<Result<_, World>>()?;
        self.altered(
            rewritten.into_iter().filter(|(_, altered)| *altered).map(|(path, _)| path.clone()).collect(),
        )?;
        Ok(())
    }

    /// Refuses to go on if there are `names` of files that somebody changed.
    pub(super) fn altered(&self, names: Vec<String>) -> Result<(), Refusal> {
        let (names, more) = few(names);
        if names.is_empty() { Ok(()) } else { Err(Refusal::Altered { out: self.out.clone(), names, more }) }
    }

    /// Tells whether a file of ours no longer holds what we published there.
    pub(super) fn is_altered(&self, path: &str, claims: &Claims) -> Result<bool, World> {
        let folder = self.folder.as_ref().expect("what is surveyed lies in the folder");
        match folder.read(path).and_then(hash_of) {
            Ok(hash) => Ok(!claims.has_hash(path, hash)),
            Err(error) => Err(World::new("read", folder.path().join(path), error)),
        }
    }
}

enum Found {
    Ours(Look),
    Folder,
    Foreign,
}

/// Returns what stands in one folder of the output, by its path from there.
fn list(out: &Folder, path: &str, claims: &Claims) -> Result<Vec<(String, Found)>, World> {
    let world = |error| World::new("list", out.path().join(path), error);
    let folder = out.folder(path).map_err(world)?;
    let mut list = Vec::new();
    for (name, kind) in folder.list().map_err(world)? {
        let Some(readable) = name.to_str() else {
            list.push((join(path, &name.to_string_lossy()), Found::Foreign));
            continue;
        };
        let path = join(path, readable);
        let found = match kind {
            Kind::Folder => Found::Folder,
            Kind::File if claims.has(&path) => match folder.look(&name).map_err(world)? {
                Some(look) if look.kind == Kind::File => Found::Ours(look),
                Some(_) => Found::Foreign,
                None => continue,
            },
            Kind::File | Kind::Other => Found::Foreign,
        };
        list.push((path, found));
    }
    Ok(list)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

fn shown(path: &str, kind: Kind) -> String {
    if kind == Kind::Folder { format!("{path}/") } else { path.to_owned() }
}

/// Opens the output, if it exists.
fn open(place: &Place) -> Result<Option<Folder>, World> {
    match Folder::open(&place.out()) {
        Ok(folder) => Ok(Some(folder)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(World::new("open the folder", place.out(), error)),
    }
}

fn not_ours(place: &Place, names: impl Iterator<Item = String>) -> Result<(), Stop> {
    let (names, more) = few(names.filter(|name| !WELCOME.contains(&name.trim_end_matches('/'))).collect());
    if names.is_empty() { Ok(()) } else { Err(Refusal::NotOurs { out: place.out(), names, more }.into()) }
}
