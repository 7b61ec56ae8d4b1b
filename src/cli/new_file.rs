//! Writes files that were not there. What was there is never touched.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Writes a new file below `root`, making `root` and the folders on the way where they are missing.
///
/// `path` is relative, with `/` between its parts. No link below `root` is followed: what is read later would
/// not be found behind it.
///
/// # Errors
/// `AlreadyExists` when something of that name is there, whatever it is; else what the system says. The file is
/// then not there; folders that were made stay.
pub(super) fn write(root: &Path, path: &str, text: &str) -> io::Result<()> {
    make_folders(root, path)?;
    let path = root.join(path);
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
    file.write_all(text.as_bytes()).inspect_err(|_| take_back(&path))
}

#[expect(clippy::disallowed_methods, reason = "`write` replaces whole sites; nothing is replaced here")]
fn make_folders(root: &Path, path: &str) -> io::Result<()> {
    fs::create_dir_all(root)?;
    for (at, _) in path.match_indices('/') {
        let folder = root.join(&path[..at]);
        match folder.symlink_metadata() {
            Ok(found) if found.is_symlink() => {
                let why = format!("`{}` is a symbolic link, which is not followed", folder.display());
                return Err(io::Error::other(why));
            }
            Ok(_) => {}
            Err(_) => fs::create_dir(&folder)?,
        }
    }
    Ok(())
}

/// Removes the file that this very call has made, and could not fill.
#[expect(clippy::disallowed_methods, reason = "`create_new` has just proved that the file is ours")]
fn take_back(path: &Path) {
    let _ = fs::remove_file(path);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the test looks at what was written")]

    use super::*;

    #[test]
    fn what_is_there_stays() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "a/b.md", "first").unwrap();
        let again = write(root.path(), "a/b.md", "second").unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(root.path().join("a/b.md")).unwrap(), "first");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        use std::os::unix::fs::symlink;
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        symlink(outside.path(), root.path().join("folder")).unwrap();
        symlink(outside.path().join("gone"), root.path().join("file")).unwrap();
        assert!(write(root.path(), "folder/a.md", "").is_err());
        assert!(write(root.path(), "file", "").is_err());
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}
