//! Why a command could not be carried out; faults of the content are not among it.

use std::fmt;
use std::path::PathBuf;

/// A command that failed.
#[derive(Debug)]
pub enum Failure {
    /// It was called wrongly.
    Usage(String),
    /// The world did not let it: disk, rights, another process.
    World(String),
    /// Whoever reads what we print has gone away.
    Unheard,
    /// A signal asked it to stop.
    Cancelled,
    /// A signal ended what goes on until it is ended.
    Stopped,
}

impl Failure {
    /// A file or folder that could not be used.
    pub fn path(action: &str, path: impl Into<PathBuf>, source: &std::io::Error) -> Self {
        Self::World(format!("cannot {action} `{}`: {source}", path.into().display()))
    }

    /// The exit code: 2 for wrong usage, 3 for the world.
    pub fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::World(_) => 3,
            Self::Unheard => 0,
            Self::Cancelled | Self::Stopped => super::signals::exit_code(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::World(text) => f.write_str(text),
            Self::Unheard => f.write_str("nobody reads what is printed"),
            Self::Cancelled => f.write_str("stopped; the site is as it was"),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for Failure {}
