//! An open folder, and what is done to the names in it. The only file that calls the system.
//!
//! Names may be paths of several parts. Those that lead into the output are opened without following a single
//! link, through [`Folder::folder`] and [`Folder::read`]; the others resolve in folders that are ours alone.
//! Every call is repeated when a signal interrupts it.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, RawMode, Stat};
use rustix::io::{Errno, retry_on_intr};

/// Whether one call makes a whole file system durable. Ten thousand new files of 8 kB then cost 0.08 s on ext4,
/// against 0.8 s and more for as many calls of `fsync`. It also waits for what other programs have written.
pub(super) const SYNCS_AT_ONCE: bool = cfg!(target_os = "linux");

/// Says which folder or file this is, whatever it is called.
pub(super) type Identity = (u64, u64);

/// Returns who `path` is, links followed.
pub(super) fn identity(path: &Path) -> io::Result<Identity> {
    let found = std::fs::metadata(path)?;
    Ok((found.dev(), found.ino()))
}

/// An open folder.
pub(super) struct Folder {
    fd: OwnedFd,
    path: PathBuf,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// Links, pipes, sockets, devices.
    Other,
}

/// What a name stands for right now.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) kind: Kind,
    pub(super) size: u64,
    pub(super) stamp: Stamp,
    /// The permissions, as in `0o644`.
    pub(super) mode: RawMode,
}

/// Differs between two files, and between one file before and after its bytes were changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    file: Identity,
    size: u64,
    changed: (i64, i64),
}

/// How a new file or folder gets the permissions that it shall have whatever the user's mask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Modes {
    set_files: bool,
    set_folders: bool,
    /// Whether this file system keeps permissions at all.
    kept: bool,
}

const FILE: RawMode = 0o644;
const FOLDER: RawMode = 0o755;

impl Folder {
    /// Opens the folder at `path`, which may not be a link itself.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let fd = retry_on_intr(|| rustix::fs::openat(CWD, path, folder_flags(), Mode::empty()))?;
        Ok(Self { fd, path: path.to_owned() })
    }

    /// Opens a folder below this one, following no link on the way.
    pub(super) fn folder(&self, path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        if path.as_os_str().is_empty() {
            return Ok(Self { fd: self.fd.try_clone()?, path: self.path.clone() });
        }
        Ok(Self { fd: self.beneath(path, folder_flags())?, path: self.path.join(path) })
    }

    /// Opens a file below this folder for reading, following no link on the way.
    pub(super) fn read(&self, path: impl AsRef<Path>) -> io::Result<File> {
        // Should a pipe have taken the file's place, opening it must not wait for a writer.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        Ok(self.beneath(path.as_ref(), flags)?.into())
    }

    /// Returns the path by which this folder was opened, for messages.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what stands in this folder, in no order.
    pub(super) fn list(&self) -> io::Result<Vec<(OsString, Kind)>> {
        loop {
            match self.list_once() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                done => return done,
            }
        }
    }

    fn list_once(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.fd)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                FileType::Unknown => match self.look(name)? {
                    Some(look) => look.kind,
                    None => continue,
                },
                known => kind(known),
            };
            names.push((name.to_owned(), kind));
        }
        Ok(names)
    }

    /// Returns what `path` stands for, without following it, or `None` if it is not there.
    pub(super) fn look(&self, path: impl AsRef<Path>) -> io::Result<Option<Look>> {
        let path = path.as_ref();
        match retry_on_intr(|| rustix::fs::statat(&self.fd, path, AtFlags::SYMLINK_NOFOLLOW)) {
            Ok(stat) => Ok(Some(look(&stat))),
            Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Tells whether `name` in `parent` is this very folder.
    pub(super) fn is_at(&self, parent: &Self, name: &OsStr) -> io::Result<bool> {
        let own = look(&retry_on_intr(|| rustix::fs::fstat(&self.fd))?);
        Ok(parent.look(name)?.is_some_and(|found| found.stamp.file == own.stamp.file))
    }

    /// Gives this folder the permissions that folders of a site have.
    pub(super) fn apply(&self, modes: Modes) -> io::Result<()> {
        if modes.set_folders {
            retry_on_intr(|| rustix::fs::fchmod(&self.fd, Mode::from_raw_mode(FOLDER)))?;
        }
        Ok(())
    }

    /// Opens a file of the program's own, new or not.
    pub(super) fn open_or_create(&self, name: &str) -> io::Result<File> {
        self.create_with(name, OFlags::RDWR | OFlags::CREATE)
    }

    /// Opens a file of the program's own for writing, new or emptied.
    pub(super) fn open_emptied(&self, name: &str) -> io::Result<File> {
        self.create_with(name, OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC)
    }

    /// Makes a file that does not exist yet.
    pub(super) fn create(&self, path: impl AsRef<Path>, modes: Modes) -> io::Result<File> {
        let file = self.create_with(path, OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL)?;
        if modes.set_files {
            retry_on_intr(|| rustix::fs::fchmod(&file, Mode::from_raw_mode(FILE)))?;
        }
        Ok(file)
    }

    fn create_with(&self, path: impl AsRef<Path>, flags: OFlags) -> io::Result<File> {
        let (path, flags) = (path.as_ref(), flags | OFlags::NOFOLLOW | OFlags::CLOEXEC);
        Ok(retry_on_intr(|| rustix::fs::openat(&self.fd, path, flags, Mode::from_raw_mode(FILE)))?.into())
    }

    /// Makes a folder that does not exist yet.
    pub(super) fn create_folder(&self, path: impl AsRef<Path>, modes: Modes) -> io::Result<()> {
        let path = path.as_ref();
        let mode = Mode::from_raw_mode(FOLDER);
        retry_on_intr(|| rustix::fs::mkdirat(&self.fd, path, mode))?;
        if modes.set_folders {
            retry_on_intr(|| rustix::fs::chmodat(&self.fd, path, mode, AtFlags::empty()))?;
        }
        Ok(())
    }

    /// Gives a file a second name in another folder.
    pub(super) fn link(&self, path: impl AsRef<Path>, to: &Self, new: impl AsRef<Path>) -> io::Result<()> {
        let (path, new) = (path.as_ref(), new.as_ref());
        Ok(retry_on_intr(|| rustix::fs::linkat(&self.fd, path, &to.fd, new, AtFlags::empty()))?)
    }

    /// Moves a file or folder. A file takes the place of another, a folder that of an empty one.
    pub(super) fn rename(&self, path: impl AsRef<Path>, to: &Self, new: impl AsRef<Path>) -> io::Result<()> {
        let (path, new) = (path.as_ref(), new.as_ref());
        Ok(retry_on_intr(|| rustix::fs::renameat(&self.fd, path, &to.fd, new))?)
    }

    /// Moves a file to a name that nothing has.
    pub(super) fn rename_new(
        &self,
        path: impl AsRef<Path>,
        to: &Self,
        new: impl AsRef<Path>,
    ) -> io::Result<()> {
        let (path, new) = (path.as_ref(), new.as_ref());
        #[cfg(target_os = "linux")]
        {
            let flags = rustix::fs::RenameFlags::NOREPLACE;
            match retry_on_intr(|| rustix::fs::renameat_with(&self.fd, path, &to.fd, new, flags)) {
                // This file system cannot promise it: look, then move.
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
                done => return Ok(done?),
            }
        }
        if to.look(new)?.is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.rename(path, to, new)
    }

    /// Lets two names, both taken, change places in one step.
    #[cfg(target_os = "linux")]
    pub(super) fn exchange(&self, path: &str, to: &Self, other: &OsStr) -> io::Result<()> {
        let flags = rustix::fs::RenameFlags::EXCHANGE;
        Ok(retry_on_intr(|| rustix::fs::renameat_with(&self.fd, path, &to.fd, other, flags))?)
    }

    /// Lets two names change places in one step, which this system cannot.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn exchange(&self, _path: &str, _to: &Self, _other: &OsStr) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Takes away the name of a file.
    pub(super) fn remove_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        Ok(retry_on_intr(|| rustix::fs::unlinkat(&self.fd, path, AtFlags::empty()))?)
    }

    /// Takes away an empty folder.
    pub(super) fn remove_folder(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        Ok(retry_on_intr(|| rustix::fs::unlinkat(&self.fd, path, AtFlags::REMOVEDIR))?)
    }

    /// Makes the names in this folder durable.
    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::fsync(&self.fd))?)
    }

    /// Makes all that was written to this folder's file system durable; elsewhere than on Linux, only this folder.
    pub(super) fn sync_all(&self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        return Ok(retry_on_intr(|| rustix::fs::syncfs(&self.fd))?);
        #[cfg(not(target_os = "linux"))]
        self.sync()
    }

    /// Opens `path` so that neither a link nor `..` can lead out of this folder.
    fn beneath(&self, path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::ResolveFlags;
            let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
            match retry_on_intr(|| rustix::fs::openat2(&self.fd, path, flags, Mode::empty(), resolve)) {
                // A kernel before 5.6, or a sandbox that does not know the call.
                Err(Errno::NOSYS) => {}
                done => return Ok(done?),
            }
        }
        self.step_by_step(path, flags)
    }

    fn step_by_step(&self, path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
        let open = |at: &OwnedFd, name: &OsStr, flags| {
            retry_on_intr(|| rustix::fs::openat(at, name, flags | OFlags::NOFOLLOW, Mode::empty()))
        };
        let mut at = self.fd.try_clone()?;
        for part in path.parent().into_iter().flat_map(Path::iter) {
            at = open(&at, part, folder_flags())?;
        }
        Ok(open(&at, path.file_name().unwrap_or_default(), flags)?)
    }
}

impl Modes {
    /// Leaves permissions to the user's mask.
    pub(super) const UNSET: Self = Self { set_files: false, set_folders: false, kept: false };

    /// Learns from an ordinary new file and folder whether the user's mask takes permissions away.
    pub(super) fn learn(file: &File, folder: &Look) -> io::Result<Self> {
        let mode = || Ok::<_, io::Error>(look(&rustix::fs::fstat(file)?).mode);
        let (set_files, set_folders) = (mode()? != FILE, folder.mode != FOLDER);
        let _ = set_files.then(|| rustix::fs::fchmod(file, Mode::from_raw_mode(FILE)));
        let kept = mode()? == FILE;
        Ok(Self { set_files: set_files && kept, set_folders: set_folders && kept, kept })
    }

    /// Tells whether a file has the permissions that a new one would get.
    pub(super) fn suit(self, file: &Look) -> bool {
        !self.kept || file.mode == FILE
    }
}

fn folder_flags() -> OFlags {
    OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC
}

fn kind(file_type: FileType) -> Kind {
    match file_type {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        _ => Kind::Other,
    }
}

// The fields differ in width from system to system.
#[allow(clippy::unnecessary_cast)]
fn look(stat: &Stat) -> Look {
    let size = stat.st_size as u64;
    let stamp = Stamp {
        file: (stat.st_dev as u64, stat.st_ino as u64),
        size,
        changed: (stat.st_mtime as i64, stat.st_mtime_nsec as i64),
    };
    Look { kind: kind(FileType::from_raw_mode(stat.st_mode)), size, stamp, mode: stat.st_mode & 0o777 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn no_link_is_followed_by_one_call_or_step_by_step() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("real/deep")).unwrap();
        std::fs::write(dir.path().join("real/deep/file"), "x").unwrap();
        symlink("real", dir.path().join("link")).unwrap();
        symlink("file", dir.path().join("real/deep/alias")).unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        for flags in [OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC] {
            for open in [Folder::beneath, Folder::step_by_step] {
                assert!(open(&folder, Path::new("real/deep/file"), flags).is_ok());
                assert!(open(&folder, Path::new("link/deep/file"), flags).is_err());
                assert!(open(&folder, Path::new("real/deep/alias"), flags).is_err());
            }
        }
        assert!(Folder::open(&dir.path().join("link")).is_err());
        assert!(folder.folder("real/deep").is_ok());
        assert!(folder.folder("link").is_err());
    }

    #[test]
    fn nothing_is_replaced_where_nothing_should_stand() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("new"), "new").unwrap();
        std::fs::write(dir.path().join("taken"), "old").unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        let refused = folder.rename_new("new", &folder, "taken").unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        folder.rename_new("new", &folder, "free").unwrap();
        assert_eq!(std::fs::read_to_string(dir.path().join("taken")).unwrap(), "old");
        assert_eq!(std::fs::read_to_string(dir.path().join("free")).unwrap(), "new");
    }
}
