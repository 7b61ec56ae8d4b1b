//! Reads the content folder from the disk. Follows no link, opens no device, never leaves the folder.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::decode::{self, LARGEST_TEXT};
use super::{Asset, SourceFile, SourceMap, SourcePath, Unusable};

/// How much of an image is read to find its width and height, in bytes.
const HEADER: u64 = 256 * 1024;

/// A content folder on the disk.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    #[cfg(target_os = "linux")]
    handle: rustix::fd::OwnedFd,
}

/// The content folder itself cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The folder.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "cannot read the folder `{}`: {}", self.path.display(), self.source)
    }
}

impl std::error::Error for Unreadable {}

impl Folder {
    /// Opens a folder for reading.
    ///
    /// # Errors
    /// When it is not there, no folder, or not readable.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let unreadable = |source: io::Error| Unreadable { path: path.to_owned(), source };
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{Mode, OFlags};
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            let handle = rustix::fs::open(path, flags, Mode::empty()).map_err(|e| unreadable(e.into()))?;
            Ok(Self { path: path.to_owned(), handle })
        }
        #[cfg(not(target_os = "linux"))]
        {
            std::fs::read_dir(path).map_err(unreadable)?;
            Ok(Self { path: path.to_owned() })
        }
    }

    /// Reads everything in the folder, many files at a time.
    ///
    /// Names that begin with a dot and the temporary files of editors are passed over. What cannot be read is
    /// in the map all the same, with the reason.
    ///
    /// # Errors
    /// When the folder itself cannot be listed.
    pub fn read(&self) -> Result<SourceMap, Unreadable> {
        self.read_at("")
    }

    /// Reads what stands at a path in the folder, and everything below it, as [`Folder::read`] would have read
    /// it; nothing if there is nothing, or what is passed over.
    ///
    /// # Errors
    /// When the folder itself cannot be listed.
    pub fn read_at(&self, at: &str) -> Result<SourceMap, Unreadable> {
        if !self.would_be_reached(at) {
            return Ok(SourceMap::default());
        }
        let mut listed = Vec::new();
        let is_whole = at.is_empty();
        let start = if is_whole { self.path.clone() } else { self.path.join(at) };
        let walk = WalkDir::new(&start).follow_links(false).follow_root_links(is_whole).into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry.file_name())) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() || is_whole && entry.depth() == 0 => {
                    listed.extend(folder_named_like_a_file(&self.path, &entry));
                }
                Ok(entry) => listed.push((relative(&self.path, entry.path()), Found::File(entry))),
                Err(error) if error.depth() == 0 && !is_whole && is_gone(&error) => {}
                Err(error) if error.depth() == 0 && is_whole => {
                    return Err(Unreadable { path: self.path.clone(), source: error.into() });
                }
                Err(error) => {
                    let path = error.path().unwrap_or(&self.path).to_owned();
                    listed.push((relative(&self.path, &path), Found::Not(unreadable(&error.into()))));
                }
            }
        }
        Ok(listed
            .into_par_iter()
            .map(|(path, found)| match (path, found) {
                (Ok(path), Found::File(entry)) => (SourcePath::new(path.as_str()), self.file(&path, &entry)),
                (Ok(path) | Err(path), Found::Not(why)) => (SourcePath::new(path), SourceFile::Unusable(why)),
                (Err(shown), Found::File(_)) => (SourcePath::new(shown), SourceFile::Unusable(odd_name())),
            })
            .collect::<Vec<_>>()
            .into_iter()
            .collect())
    }

    /// Whether a walk through the folder would come to this path: no part of it is passed over, and none above
    /// it is a link.
    fn would_be_reached(&self, at: &str) -> bool {
        let mut path = self.path.clone();
        let mut parts = at.split('/').filter(|part| !part.is_empty()).peekable();
        while let Some(part) = parts.next() {
            if is_passed_over(OsStr::new(part)) || matches!(part, "." | "..") {
                return false;
            }
            path.push(part);
            let is_folder = || path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
            if parts.peek().is_some() && !is_folder() {
                return false;
            }
        }
        true
    }

    /// Whether the folder that was opened is still the one that stands at its path.
    pub fn is_in_place(&self) -> bool {
        #[cfg(target_os = "linux")]
        {
            let here = rustix::fs::fstat(&self.handle);
            let there = rustix::fs::stat(&self.path);
            matches!((here, there), (Ok(a), Ok(b)) if (a.st_dev, a.st_ino) == (b.st_dev, b.st_ino))
        }
        #[cfg(not(target_os = "linux"))]
        self.path.is_dir()
    }

    /// Reads the bytes of every file in the folder, by path: for themes, which are small and trusted.
    ///
    /// # Errors
    /// When the folder cannot be listed or a file in it not be read.
    pub fn read_bytes(&self) -> Result<BTreeMap<String, Vec<u8>>, Unreadable> {
        let unreadable = |source: io::Error| Unreadable { path: self.path.clone(), source };
        let mut files = BTreeMap::new();
        let walk = WalkDir::new(&self.path).follow_links(false).into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry.file_name())) {
            let entry = entry.map_err(|error| unreadable(error.into()))?;
            if let (true, Ok(path)) = (entry.file_type().is_file(), relative(&self.path, entry.path())) {
                let mut bytes = Vec::new();
                let mut file = self.open_file(&path).map_err(unreadable)?;
                file.read_to_end(&mut bytes).map_err(unreadable)?;
                files.insert(path, bytes);
            }
        }
        Ok(files)
    }

    /// Opens one file of the folder for reading its bytes.
    ///
    /// # Errors
    /// When it cannot be opened, or is not a regular file, or a link stands anywhere on the way to it.
    pub fn open_file(&self, path: &str) -> io::Result<File> {
        let file = self.open_beneath(path)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a regular file")) }
    }

    #[cfg(target_os = "linux")]
    fn open_beneath(&self, path: &str) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags, ResolveFlags};
        // Without NONBLOCK, opening a named pipe would wait for its writer for ever.
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        match rustix::fs::openat2(&self.handle, path, flags, Mode::empty(), resolve) {
            Ok(handle) => Ok(handle.into()),
            // Kernels before 5.6: one part at a time, none of them a link.
            Err(rustix::io::Errno::NOSYS) => {
                let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
                let mut folder = rustix::io::dup(&self.handle)?;
                for part in folders.split('/').filter(|part| !part.is_empty()) {
                    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
                    folder = rustix::fs::openat(&folder, part, flags, Mode::empty())?;
                }
                Ok(rustix::fs::openat(&folder, name, flags, Mode::empty())?.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn open_beneath(&self, path: &str) -> io::Result<File> {
        let path = self.path.join(path);
        if path.symlink_metadata()?.file_type().is_file() {
            File::open(path)
        } else {
            Err(io::Error::other("not a regular file"))
        }
    }

    /// Reads one file as what it is: text, asset or unusable.
    pub fn file(&self, path: &str, entry: &DirEntry) -> SourceFile {
        let kind = entry.file_type();
        if kind.is_symlink() {
            return SourceFile::Unusable(Unusable::link());
        }
        if !kind.is_file() {
            let fix = "take it out of the content folder";
            return SourceFile::Unusable(Unusable::new("neither a file nor a folder", fix));
        }
        self.read_file(path).unwrap_or_else(|error| SourceFile::Unusable(unreadable(&error)))
    }

    fn read_file(&self, path: &str) -> io::Result<SourceFile> {
        let mut file = self.open_file(path)?;
        let length = file.metadata()?.len();
        if decode::is_text(path) {
            if length > LARGEST_TEXT {
                return Ok(SourceFile::Unusable(decode::too_long(length)));
            }
            // The file may grow while it is read.
            let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
            file.take(LARGEST_TEXT + 1).read_to_end(&mut bytes)?;
            return Ok(decode::source_file(path, bytes));
        }
        let dimensions = if crate::asset::kind(path).is_picture() {
            let mut header = Vec::new();
            file.by_ref().take(HEADER).read_to_end(&mut header)?;
            crate::asset::dimensions(&header)
        } else {
            None
        };
        Ok(SourceFile::Asset(Asset { length, dimensions }))
    }
}

enum Found {
    File(DirEntry),
    Not(Unusable),
}

/// Whether a file or folder of that name is hidden, or an editor's own.
pub fn is_passed_over(name: impl AsRef<OsStr>) -> bool {
    let name = name.as_ref().to_string_lossy();
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
        || name == "Thumbs.db"
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || [".swp", ".swx", ".tmp", ".bak"].iter().any(|end| name.ends_with(end))
}

fn is_gone(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// A folder called `x.md` would otherwise vanish without a word.
fn folder_named_like_a_file(root: &Path, entry: &DirEntry) -> Option<(Result<String, String>, Found)> {
    let name = entry.file_name().to_str()?;
    (entry.path() != root && decode::is_text(name)).then(|| {
        let fix = "give the folder the name of the id alone, with an `index.md` in it";
        let fault = Unusable::new("a folder with the name of a file", fix);
        (relative(root, entry.path()), Found::Not(fault))
    })
}

/// The path seen from the content folder; `Err` with a printable form if it is not plain text.
fn relative(root: &Path, path: &Path) -> Result<String, String> {
    let path = path.strip_prefix(root).unwrap_or(path);
    let shown = path.to_string_lossy().replace('\\', "/");
    match path.to_str() {
        Some(text) if !text.contains(|c: char| c.is_control() || c == '\\') => Ok(shown),
        _ => Err(shown.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()),
    }
}

fn odd_name() -> Unusable {
    let fix = "rename it: letters, digits, hyphens and a dot";
    Unusable::new("its name holds characters that are no text", fix)
}

fn unreadable(error: &io::Error) -> Unusable {
    let fix = "give yourself the right to read it, or take it out";
    Unusable::new(format!("cannot be read: {error}"), fix)
}
