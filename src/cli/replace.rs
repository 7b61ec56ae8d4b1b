//! Puts a new file in the place of one that was read, in one step: whoever looks sees the old one or the new one,
//! whole. Follows no link, and replaces nothing that has changed since.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::source::decode::LARGEST_TEXT;

/// A file as it was read.
pub(super) struct Original {
    path: PathBuf,
    bytes: Vec<u8>,
    metadata: Metadata,
}

impl Original {
    /// Reads what is there; `None` if nothing is.
    ///
    /// # Errors
    /// When it is no regular file, cannot be read, or is larger than any text that this program reads.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        match path.symlink_metadata() {
            Ok(found) if found.is_symlink() => {
                Err(io::Error::other("it is a symbolic link, which is not followed"))
            }
            Ok(found) if !found.is_file() => Err(io::Error::other("it is not a regular file")),
            Ok(_) => Self::read(path, open(path)?).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads a file that was opened by that path.
    ///
    /// # Errors
    /// As [`Original::open`].
    pub(super) fn read(path: &Path, file: File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::other("it is not a regular file"));
        }
        let mut bytes = Vec::new();
        file.take(LARGEST_TEXT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_TEXT {
            return Err(io::Error::other(format!("it is longer than {LARGEST_TEXT} bytes")));
        }
        Ok(Self { path: path.to_owned(), bytes, metadata })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Puts other bytes in its place, under the same permissions.
    ///
    /// # Errors
    /// When it is write-protected, when it is no longer as it was read, or what the system says. It is then as it
    /// was.
    pub(super) fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        let permissions = self.metadata.permissions();
        // Moving a file over it would not ask.
        if permissions.readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Staged::new(&self.path, bytes, Some(permissions))?.publish(|| self.check())
    }

    fn check(&self) -> io::Result<()> {
        match Self::open(&self.path)? {
            Some(now) if is_same(&now.metadata, &self.metadata) && now.bytes == self.bytes => Ok(()),
            _ => Err(io::Error::other("somebody else has changed it in the meantime")),
        }
    }
}

/// Writes a file where nothing is.
///
/// # Errors
/// When something is, or what the system says.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Staged::new(path, bytes, None)?.publish(|| match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        _ => Err(io::ErrorKind::AlreadyExists.into()),
    })
}

/// A file that is to take its place; goes away if it does not.
struct Staged<'a> {
    path: &'a Path,
    stage: PathBuf,
}

impl<'a> Staged<'a> {
    fn new(path: &'a Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<Self> {
        let (mut file, stage) = beside(path)?;
        let staged = Self { path, stage };
        file.write_all(bytes)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.sync_all()?;
        Ok(staged)
    }

    /// Takes the place if `check` still finds what it should.
    #[expect(
        clippy::disallowed_methods,
        reason = "moves a file over one that was read, or to where nothing is"
    )]
    fn publish(self, check: impl Fn() -> io::Result<()>) -> io::Result<()> {
        check()?;
        fs::rename(&self.stage, self.path)?;
        // The name is not durable before the folder is; where folders cannot be synced, it is so soon enough.
        #[cfg(unix)]
        let _ = File::open(folder(self.path)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Drop for Staged<'_> {
    #[expect(clippy::disallowed_methods, reason = "removes the file that `beside` has made")]
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.stage);
    }
}

/// Makes a new file in the same folder, under a name that no part of this program reads.
fn beside(path: &Path) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it has no name"))?.to_string_lossy();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    for number in 0.. {
        let stage = folder(path).join(format!(".{name}.{}-{number}.tmp", std::process::id()));
        match options.open(&stage) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => {}
            opened => return opened.map(|file| (file, stage)),
        }
    }
    unreachable!("the hundredth name is the last that is tried")
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Opens a file for reading. Should a link or a pipe have taken its place, that is not followed or waited for.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        options.custom_flags(i32::try_from(flags).expect("the flags of the system are small"));
    }
    options.open(path)
}

/// Whether both are one and the same file.
fn is_same(a: &Metadata, b: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (a.dev(), a.ino()) == (b.dev(), b.ino())
    }
    #[cfg(not(unix))]
    {
        a.created().ok() == b.created().ok()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the tests look at what was written")]

    use super::*;

    /// A folder with one file, and what is in the folder afterwards.
    fn with_file(test: impl FnOnce(&Path)) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "old").unwrap();
        test(&folder.path().join("file"));
        let entries = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_new_file_takes_the_place_of_the_old_one() {
        let left = with_file(|path| {
            let original = Original::open(path).unwrap().unwrap();
            assert_eq!(original.bytes(), b"old");
            original.replace(b"new").unwrap();
            assert_eq!(fs::read(path).unwrap(), b"new");
        });
        assert_eq!(left, ["file"]);
    }

    #[test]
    fn what_has_changed_stays() {
        let left = with_file(|path| {
            let original = Original::open(path).unwrap().unwrap();
            fs::write(path, "theirs").unwrap();
            assert!(original.replace(b"new").is_err());
            assert_eq!(fs::read(path).unwrap(), b"theirs");
            fs::remove_file(path).unwrap();
            assert!(original.replace(b"new").is_err());
        });
        assert_eq!(left, [""; 0]);
    }

    #[test]
    fn nothing_is_written_over() {
        let left = with_file(|path| {
            assert_eq!(write_new(path, b"new").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(fs::read(path).unwrap(), b"old");
            write_new(&path.with_file_name("other"), b"new").unwrap();
        });
        assert_eq!(left, ["file", "other"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_are_obeyed() {
        use std::os::unix::fs::PermissionsExt;
        let left = with_file(|path| {
            fs::set_permissions(path, Permissions::from_mode(0o640)).unwrap();
            Original::open(path).unwrap().unwrap().replace(b"new").unwrap();
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o640);
            fs::set_permissions(path, Permissions::from_mode(0o440)).unwrap();
            let refused = Original::open(path).unwrap().unwrap().replace(b"newer").unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::PermissionDenied);
            assert_eq!(fs::read(path).unwrap(), b"new");
        });
        assert_eq!(left, ["file"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_left_alone() {
        use std::os::unix::fs::symlink;
        let left = with_file(|path| {
            let link = path.with_file_name("link");
            symlink("file", &link).unwrap();
            assert!(Original::open(&link).is_err());
            assert!(write_new(&link, b"new").is_err());
            symlink("gone", path.with_file_name("dangling")).unwrap();
            assert!(write_new(&path.with_file_name("dangling"), b"new").is_err());
            // A link takes the place of the file that was read.
            let original = Original::open(path).unwrap().unwrap();
            fs::rename(path, path.with_file_name("moved")).unwrap();
            symlink("moved", path).unwrap();
            assert!(original.replace(b"new").is_err());
            assert_eq!(fs::read(path).unwrap(), b"old");
        });
        assert_eq!(left, ["dangling", "file", "link", "moved"]);
    }
}
