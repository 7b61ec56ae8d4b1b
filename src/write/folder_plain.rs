//! An open folder, for systems other than Unix: the same names as in `folder.rs`, by way of `std::fs`.
//!
//! It cannot hold a folder open, so a link that appears in the middle of a publish may be followed.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Whether one call makes a whole file system durable. Here every file is made durable by itself.
pub(super) const SYNCS_AT_ONCE: bool = false;

/// Says which folder this is. Its real path must do where there is no inode to ask for.
pub(super) type Identity = PathBuf;

/// Returns who `path` is, links followed.
pub(super) fn identity(path: &Path) -> io::Result<Identity> {
    fs::canonicalize(path)
}

/// A folder.
pub(super) struct Folder {
    path: PathBuf,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// Links and whatever else there is.
    Other,
}

/// What a name stands for right now.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) kind: Kind,
    pub(super) size: u64,
    pub(super) stamp: Stamp,
}

/// Differs between one file before and after its bytes were changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    changed: Option<SystemTime>,
}

/// Permissions, which are left to the system here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Modes;

impl Folder {
    /// Opens the folder at `path`, which may not be a link itself.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        if !fs::symlink_metadata(path)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Self { path: path.to_owned() })
    }

    /// Opens a folder below this one, following no link on the way.
    pub(super) fn folder(&self, path: impl AsRef<Path>) -> io::Result<Self> {
        let mut folder = Self { path: self.path.clone() };
        for part in path.as_ref() {
            folder = Self::open(&folder.path.join(part))?;
        }
        Ok(folder)
    }

    /// Opens a file below this folder for reading, following no link on the way.
    pub(super) fn read(&self, path: impl AsRef<Path>) -> io::Result<File> {
        let path = path.as_ref();
        self.folder(path.parent().unwrap_or(Path::new("")))?;
        match self.look(path)? {
            Some(look) if look.kind == Kind::File => File::open(self.path.join(path)),
            Some(_) => Err(io::ErrorKind::InvalidInput.into()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Returns the path by which this folder was opened, for messages.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what stands in this folder, in no order.
    pub(super) fn list(&self) -> io::Result<Vec<(OsString, Kind)>> {
        fs::read_dir(&self.path)?
            .map(|entry| entry.and_then(|entry| Ok((entry.file_name(), kind(entry.file_type()?)))))
            .collect()
    }

    /// Returns what `path` stands for, without following it, or `None` if it is not there.
    pub(super) fn look(&self, path: impl AsRef<Path>) -> io::Result<Option<Look>> {
        match fs::symlink_metadata(self.path.join(path)) {
            Ok(found) => Ok(Some(look(&found))),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Cannot tell whether `name` in `parent` is this very folder, and so says no.
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "it is needed on Unix")]
    pub(super) fn is_at(&self, _parent: &Self, _name: &OsStr) -> io::Result<bool> {
        Ok(false)
    }

    /// Leaves permissions to the system.
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "it is needed on Unix")]
    pub(super) fn apply(&self, _modes: Modes) -> io::Result<()> {
        Ok(())
    }

    /// Opens a file of the program's own, new or not.
    pub(super) fn open_or_create(&self, name: &str) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(self.path.join(name))
    }

    /// Opens a file of the program's own for writing, new or emptied.
    pub(super) fn open_emptied(&self, name: &str) -> io::Result<File> {
        File::create(self.path.join(name))
    }

    /// Makes a file that does not exist yet.
    pub(super) fn create(&self, path: impl AsRef<Path>, _modes: Modes) -> io::Result<File> {
        File::create_new(self.path.join(path))
    }

    /// Makes a folder that does not exist yet.
    pub(super) fn create_folder(&self, path: impl AsRef<Path>, _modes: Modes) -> io::Result<()> {
        fs::create_dir(self.path.join(path))
    }

    /// Gives a file a second name in another folder.
    pub(super) fn link(&self, path: impl AsRef<Path>, to: &Self, new: impl AsRef<Path>) -> io::Result<()> {
        fs::hard_link(self.path.join(path), to.path.join(new))
    }

    /// Moves a file or folder. A file takes the place of another, a folder that of an empty one.
    pub(super) fn rename(&self, path: impl AsRef<Path>, to: &Self, new: impl AsRef<Path>) -> io::Result<()> {
        let (path, new) = (self.path.join(path), to.path.join(new));
        // Some systems do not let a folder take the place of an empty one. This removes nothing that is not empty.
        if path.is_dir() {
            let _ = fs::remove_dir(&new);
        }
        fs::rename(path, new)
    }

    /// Moves a file to a name that nothing has.
    pub(super) fn rename_new(
        &self,
        path: impl AsRef<Path>,
        to: &Self,
        new: impl AsRef<Path>,
    ) -> io::Result<()> {
        if to.look(&new)?.is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.rename(path, to, new)
    }

    /// Lets two names change places in one step, which this system cannot.
    pub(super) fn exchange(&self, _path: &str, _to: &Self, _other: &OsStr) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Takes away the name of a file.
    pub(super) fn remove_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        fs::remove_file(self.path.join(path))
    }

    /// Takes away an empty folder.
    pub(super) fn remove_folder(&self, path: impl AsRef<Path>) -> io::Result<()> {
        fs::remove_dir(self.path.join(path))
    }

    /// Makes the names in this folder durable, which these systems do by themselves.
    #[expect(clippy::unnecessary_wraps, reason = "it can fail on Unix")]
    #[expect(clippy::unused_self, reason = "it is needed on Unix")]
    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    /// As [`Folder::sync`]: files were made durable one by one.
    pub(super) fn sync_all(&self) -> io::Result<()> {
        self.sync()
    }
}

impl Modes {
    /// Leaves permissions to the system.
    pub(super) const UNSET: Self = Self;

    /// Has nothing to learn here.
    #[expect(clippy::unnecessary_wraps, reason = "it can fail on Unix")]
    pub(super) fn learn(_file: &File, _folder: &Look) -> io::Result<Self> {
        Ok(Self)
    }

    /// Has nothing against any file.
    #[expect(clippy::unused_self, reason = "it is needed on Unix")]
    pub(super) fn suit(self, _file: &Look) -> bool {
        true
    }
}

fn kind(file_type: FileType) -> Kind {
    if file_type.is_dir() {
        Kind::Folder
    } else if file_type.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

fn look(found: &Metadata) -> Look {
    let stamp = Stamp { size: found.len(), changed: found.modified().ok() };
    Look { kind: kind(found.file_type()), size: found.len(), stamp }
}
