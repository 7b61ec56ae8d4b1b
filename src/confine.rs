//! Asks the kernel to hold what a build promises: no network, no programs, no file outside its folders.
//!
//! The promise is kept by design as well; this is the second lock on the same door, for the day on which
//! a library below us has a fault. It never fails the program: what could not be had is said, not hidden.

#[cfg(all(target_os = "linux", feature = "sandbox", any(target_arch = "x86_64", target_arch = "aarch64")))]
#[path = "confine/linux.rs"]
mod kernel;
#[cfg(not(all(
    target_os = "linux",
    feature = "sandbox",
    any(target_arch = "x86_64", target_arch = "aarch64")
)))]
#[path = "confine/elsewhere.rs"]
mod kernel;

use std::{fmt, path::PathBuf};

/// Takes from this process, for good, all that `rules` do not name.
///
/// Call it once, on the main thread, before any other thread exists: threads started later inherit it, and
/// threads that run already are not bound (the answer then says so). What is open stays open, so output to
/// the terminal goes on. Files opened lazily must be opened before, above all the time zone database.
///
/// A path that cannot be opened now is left out and stays closed, even when it is made later: make an
/// output folder first, or name its parent. Looking at names and sizes, and changing the modes and times of
/// one's own files, is not held by any kernel yet.
pub fn confine(rules: &Rules) -> Confinement {
    kernel::confine(rules)
}

/// What stays allowed. Nothing may be executed, not even in these folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Files, or folders with all beneath them, that may be read.
    pub readable: Vec<PathBuf>,
    /// Folders in which files and folders may also be made, changed, linked, moved and removed.
    pub writable: Vec<PathBuf>,
}

/// What the kernel holds from now on. Displays as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confinement {
    /// No file is read or changed but those that the rules name.
    pub files: Hold,
    /// No socket is made, and no other program started.
    pub network_and_programs: Hold,
}

/// How firmly one promise is held by the kernel. The texts are phrases that can stand after a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Wholly.
    Held,
    /// With the gap that the text names.
    Partly(String),
    /// Not at all, for the reason given.
    Unavailable(String),
}

impl fmt::Display for Confinement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "files {}; network and programs {}", self.files, self.network_and_programs)
    }
}

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held => f.write_str("held by the kernel"),
            Self::Partly(gap) => write!(f, "held in part ({gap})"),
            Self::Unavailable(reason) => write!(f, "not held by the kernel ({reason})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_on_one_line_what_holds() {
        let confinement = Confinement {
            files: Hold::Held,
            network_and_programs: Hold::Unavailable("kernel too old".into()),
        };
        let line = "files held by the kernel; network and programs not held by the kernel (kernel too old)";
        assert_eq!(confinement.to_string(), line);
    }
}
