//! Puts a document that was asked for where it was asked for: into a file, or to standard output.

use std::fmt;
use std::path::{Path, PathBuf};

use super::replace::{Original, write_new};
use super::{Failure, Terminal};

/// Where a document goes.
pub(super) enum Output {
    /// To standard output.
    Standard,
    /// To a file.
    File(PathBuf),
}

impl Output {
    /// The output of that name; `-` is standard output.
    pub(super) fn new(path: PathBuf) -> Self {
        if path == Path::new("-") { Self::Standard } else { Self::File(path) }
    }

    /// Writes the document. What is there already may be somebody's work: it is replaced only if `may_replace` says
    /// so of its bytes; else `refusal` says why not, and what to do.
    ///
    /// # Errors
    /// When a file of that name has to stay, and when the world does not let it.
    pub(super) fn write(
        &self,
        bytes: &[u8],
        may_replace: impl Fn(&[u8]) -> bool,
        refusal: &str,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let Self::File(path) = self else { return terminal.result_bytes(bytes) };
        let world = |error: std::io::Error| Failure::path("write", path, &error);
        match Original::open(path).map_err(world)? {
            None => write_new(path, bytes).map_err(world),
            Some(there) if there.bytes() == bytes => Ok(()),
            Some(there) if may_replace(there.bytes()) => there.replace(bytes).map_err(world),
            Some(_) => Err(Failure::Usage(format!("`{self}` is there already{refusal}"))),
        }
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Standard => f.write_str("standard output"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}
