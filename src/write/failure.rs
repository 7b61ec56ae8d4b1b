//! Why a publish did not happen, told so that the writer knows what to do.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a publish did not happen.
#[derive(Debug)]
pub enum Failure<E> {
    /// A page could not be made.
    Render(E),
    /// What was asked would harm something, or cannot be: wrong usage.
    Refused(Refusal),
    /// The disk, its permissions or another process stood in the way.
    World(World),
    /// [`cancel`](super::cancel) was called.
    Cancelled,
}

/// What was asked for and is not done, because it would harm something or cannot be. Nothing was changed.
#[derive(Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are explained by the sentence that each variant prints")]
pub enum Refusal {
    /// A path that is not relative, portable or short enough.
    BadPath { path: String, why: &'static str },
    /// Two paths that cannot both exist where names differing in case are one name.
    Collision { first: String, second: String },
    /// The output is, contains or lies in a folder that must come to no harm.
    Protected { out: PathBuf, how: &'static str, folder: PathBuf },
    /// The output lies in a folder that holds a site already.
    WithinSite { out: PathBuf, site: PathBuf },
    /// The output is a symbolic link.
    Link { out: PathBuf },
    /// The output, or something on the way to it, is no folder, or has no name of its own.
    NoFolder { out: PathBuf, why: &'static str },
    /// The output holds something, and no manifest says that it is ours.
    NotOurs { out: PathBuf, names: Vec<String>, more: usize },
    /// The output holds something, and the manifest that should say whose it is cannot be read.
    Unreadable { manifest: PathBuf },
    /// The output holds a site that was made for somebody else.
    OtherReader { out: PathBuf, theirs: String, ours: String },
    /// The new site needs names that are taken by something which is not ours.
    InTheWay { out: PathBuf, names: Vec<String>, more: usize },
    /// Files of ours were changed by somebody since they were published.
    Altered { out: PathBuf, names: Vec<String>, more: usize },
}

/// What the world did not let us do.
#[derive(Debug)]
pub struct World {
    /// What was tried, as a verb: `write`, `make the folder`.
    pub action: &'static str,
    /// What it was tried on.
    pub path: PathBuf,
    /// How many bytes were to be written, if any.
    pub bytes: Option<u64>,
    /// Whether the site is now partly new. Only a publish in place can end so; the next one completes it.
    pub partial: bool,
    /// What the system answered.
    pub source: io::Error,
}

/// A [`Failure`] that has nothing to do with rendering, so that most of this module needs no type parameter.
#[derive(Debug)]
pub(super) enum Stop {
    Refused(Refusal),
    World(World),
    Cancelled,
}

impl World {
    pub(super) fn new(action: &'static str, path: impl Into<PathBuf>, source: impl Into<io::Error>) -> Self {
        Self { action, path: path.into(), bytes: None, partial: false, source: source.into() }
    }

    /// Puts into words what happened, without what it means for the site.
    pub(super) fn cause(&self) -> String {
        let bytes = self.bytes.map(|bytes| format!(" ({bytes} bytes)")).unwrap_or_default();
        format!("cannot {} `{}`{bytes}: {}", self.action, self.path.display(), self.source)
    }

    pub(super) fn needing(mut self, bytes: u64) -> Self {
        self.bytes = Some(bytes);
        self
    }
}

/// Splits `names` into the few that are shown and the number of the others.
pub(super) fn few(mut names: Vec<String>) -> (Vec<String>, usize) {
    names.sort();
    let more = names.len().saturating_sub(3);
    names.truncate(3);
    (names, more)
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadPath { path, why } => write!(f, "`{}` cannot be published: {why}", path.escape_debug()),
            Self::Collision { first, second } => write!(
                f,
                "`{first}` and `{second}` cannot both be published: on many systems they are one name; rename one"
            ),
            Self::Protected { out, how, folder } => {
                let (out, folder) = (out.display(), folder.display());
                write!(
                    f,
                    "the output `{out}` {how} `{folder}`, which must come to no harm; choose another folder"
                )
            }
            Self::WithinSite { out, site } => {
                let (out, site) = (out.display(), site.display());
                write!(f, "the output `{out}` lies in `{site}`, which holds a site already, so that ")?;
                write!(f, "whoever may read that could read both; choose another folder")
            }
            Self::Link { out } => {
                let out = out.display();
                write!(f, "the output `{out}` is a symbolic link; name the folder that it leads to")
            }
            Self::NoFolder { out, why } => {
                write!(f, "the output `{}` {why}; choose another folder", out.display())
            }
            Self::NotOurs { out, names, more } => {
                write!(f, "the output `{}` holds what Bailiwick did not put there (", out.display())?;
                list(f, names, *more)?;
                write!(f, "); name an empty or new folder, or move that away")
            }
            Self::Unreadable { manifest } => {
                write!(
                    f,
                    "what was published is on record in `{}`, which is damaged or ",
                    manifest.display()
                )?;
                write!(f, "of another version of Bailiwick; move the old site away")
            }
            Self::OtherReader { out, theirs, ours } => {
                let out = out.display();
                write!(f, "the output `{out}` holds the site for `{theirs}`, not for `{ours}`; ")?;
                write!(f, "name another folder, or delete that site first")
            }
            Self::InTheWay { out, names, more } => {
                write!(
                    f,
                    "the site needs names in `{}` that are taken by what is not ours (",
                    out.display()
                )?;
                list(f, names, *more)?;
                write!(f, "); move that away")
            }
            Self::Altered { out, names, more } => {
                write!(f, "the site in `{}` was changed by hand since it was published (", out.display())?;
                list(f, names, *more)?;
                write!(f, "); move those files away, or delete them, and they are made anew")
            }
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, names: &[String], more: usize) -> fmt::Result {
    for (at, name) in names.iter().enumerate() {
        write!(f, "{}`{}`", if at == 0 { "" } else { ", " }, name.escape_debug())?;
    }
    if more > 0 { write!(f, " and {more} more") } else { Ok(()) }
}

impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.cause())?;
        if matches!(self.source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            write!(f, "; make room and build again")?;
        }
        if self.partial {
            write!(f, "; the site is now partly new, and the next build completes it")
        } else {
            write!(f, "; the site is as it was")
        }
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Render(error) => error.fmt(f),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::World(world) => world.fmt(f),
            Self::Cancelled => write!(f, "stopped before anything was published; the site is as it was"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for Failure<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::World(world) => Some(&world.source),
            _ => None,
        }
    }
}

impl<E> From<Stop> for Failure<E> {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(refusal) => Self::Refused(refusal),
            Stop::World(world) => Self::World(world),
            Stop::Cancelled => Self::Cancelled,
        }
    }
}

impl<E> From<Refusal> for Failure<E> {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<E> From<World> for Failure<E> {
    fn from(world: World) -> Self {
        Self::World(world)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<World> for Stop {
    fn from(world: World) -> Self {
        Self::World(world)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_with_the_path_and_the_bytes_needed() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let told =
            World::new("write", "site/.bailiwick/manager/stage-0/index.html", full).needing(8192).to_string();
        assert!(
            told.starts_with("cannot write `site/.bailiwick/manager/stage-0/index.html` (8192 bytes): "),
            "{told}"
        );
        assert!(told.ends_with("; make room and build again; the site is as it was"), "{told}");
    }

    #[test]
    fn three_names_are_shown_and_the_others_counted() {
        let (names, more) = few(["d", "b", "e", "a", "c"].map(str::to_owned).to_vec());
        let told = Refusal::NotOurs { out: "site".into(), names, more }.to_string();
        assert!(told.contains("(`a`, `b`, `c` and 2 more)"), "{told}");
    }
}
