//! Takes a folder away, but never what is not ours in it.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::failure::World;
use super::folder::{Folder, Kind};

/// What is left of a folder that was to be taken away.
#[derive(Default)]
pub(super) struct Remains {
    /// Whether it holds something that is not ours.
    pub(super) foreign: bool,
    /// What the system did not let us take away.
    pub(super) failure: Option<World>,
}

/// Takes away `name` in `parent` with all in it for which `ours` says so.
///
/// `ours` is asked for everything but folders: where it lies, from `name` on; the folder that it lies in; and its
/// name there. A folder goes when nothing is left in it. Whatever fails, the rest is taken away all the same.
pub(super) fn clear(
    parent: &Folder,
    name: &str,
    ours: impl Fn(&Path, &Folder, &OsStr) -> io::Result<bool> + Sync,
) -> Remains {
    let root = match parent.folder(name) {
        Ok(root) => root,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Remains::default(),
        Err(error) => return failed("open", parent.path().join(name), error),
    };
    let mut levels = vec![vec![PathBuf::new()]];
    let mut remains = Remains::default();
    while let Some(level) = levels.last().filter(|level| !level.is_empty()) {
        let done: Vec<_> = level.par_iter().map(|path| clear_files(&root, path, &ours)).collect();
        let mut below = Vec::new();
        for (folders, left) in done {
            below.extend(folders);
            remains.add(left);
        }
        levels.push(below);
    }
    for level in levels[1..].iter().rev() {
        let remove = |path: &PathBuf| root.remove_folder(path).err().map(|error| (path.clone(), error));
        for (path, error) in level.par_iter().filter_map(remove).collect::<Vec<_>>() {
            remains.add_unless_full(root.path().join(path), error);
        }
    }
    if let Err(error) = parent.remove_folder(name) {
        remains.add_unless_full(root.path().to_owned(), error);
    }
    remains
}

/// Takes away what is ours in one folder, and returns the folders in it.
fn clear_files(
    root: &Folder,
    path: &Path,
    ours: &(impl Fn(&Path, &Folder, &OsStr) -> io::Result<bool> + Sync),
) -> (Vec<PathBuf>, Remains) {
    let listed = root.folder(path).and_then(|folder| Ok((folder.list()?, folder)));
    let (names, folder) = match listed {
        Ok(listed) => listed,
        Err(error) => return (Vec::new(), failed("list", root.path().join(path), error)),
    };
    let (mut folders, mut remains) = (Vec::new(), Remains::default());
    for (name, kind) in names {
        let below = path.join(&name);
        if kind == Kind::Folder {
            folders.push(below);
            continue;
        }
        let removed = ours(&below, &folder, &name).and_then(|ours| {
            remains.foreign |= !ours;
            if ours { folder.remove_file(&name) } else { Ok(()) }
        });
        if let Err(error) = removed {
            remains.add(failed("delete", root.path().join(below), error));
        }
    }
    (folders, remains)
}

fn failed(action: &'static str, path: PathBuf, error: io::Error) -> Remains {
    Remains { foreign: false, failure: Some(World::new(action, path, error)) }
}

impl Remains {
    fn add(&mut self, other: Self) {
        self.foreign |= other.foreign;
        self.failure = self.failure.take().or(other.failure);
    }

    /// Notes that a folder could not be taken away, unless what is in it was noted before.
    fn add_unless_full(&mut self, path: PathBuf, error: io::Error) {
        if error.kind() == io::ErrorKind::DirectoryNotEmpty {
            // Also when something came into it after we had listed it.
            self.foreign |= self.failure.is_none();
        } else {
            self.add(failed("delete", path, error));
        }
    }
}
