//! Finds the real place of the output, and refuses a place where publishing could do harm.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::Target;
use super::failure::{Refusal, Stop, World};
use super::folder::{Identity, identity};
use super::names::RESERVED;
use super::state;

/// The real place of an output folder: no link on the way to it, though it may not exist yet.
pub(super) struct Place {
    /// The folder in which the output lies.
    pub(super) parent: PathBuf,
    /// The output's own name.
    pub(super) name: OsString,
}

impl Place {
    pub(super) fn out(&self) -> PathBuf {
        self.parent.join(&self.name)
    }

    /// Where the program keeps what it must know about this output.
    pub(super) fn state(&self) -> PathBuf {
        self.parent.join(RESERVED).join(&self.name)
    }
}

/// Finds the real place of `target.out`, changing nothing.
///
/// Folders are compared by device and inode after every link is resolved, not by their names: a link, a bind
/// mount or another spelling of the same folder is still that folder. (A bind mount of a folder *within* a
/// closed one is not recognised. Nothing there can be lost, for what is not empty and not ours is refused.)
pub(super) fn resolve(target: &Target) -> Result<Place, Stop> {
    let out = std::path::absolute(target.out).map_err(|error| World::new("find", target.out, error))?;
    if fs::symlink_metadata(&out).is_ok_and(|found| found.is_symlink()) {
        return Err(Refusal::Link { out: target.out.to_owned() }.into());
    }
    let (standing, missing) = split_at_missing(target, &out)?;
    let real = standing.join(&missing);
    let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
        return Err(no_folder(target, "is the root of a file system"));
    };
    if real.iter().any(|part| part == RESERVED) {
        return Err(no_folder(target, "lies in a folder that the program keeps for itself"));
    }
    refuse_protected(target, &standing, missing.as_os_str().is_empty())?;
    refuse_missing_protected(target, &real)?;
    refuse_within_a_site(target, parent)?;
    Ok(Place { parent: parent.to_owned(), name: name.to_owned() })
}

/// Splits `out` into the part that exists, with its links resolved, and the part that does not.
fn split_at_missing(target: &Target, out: &Path) -> Result<(PathBuf, PathBuf), Stop> {
    let mut standing = out;
    loop {
        match fs::canonicalize(standing) {
            Ok(real) => {
                let missing = out.strip_prefix(standing).expect("`standing` is a prefix of `out`");
                if missing.components().any(|part| !matches!(part, Component::Normal(_))) {
                    return Err(no_folder(target, "leads back out of a folder that does not exist"));
                }
                if !real.is_dir() {
                    return Err(no_folder(target, "is a file, or lies in one"));
                }
                return Ok((real, missing.to_owned()));
            }
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                standing = standing.parent().ok_or_else(|| World::new("find", out, error))?;
            }
            Err(error) => return Err(World::new("find", standing, error).into()),
        }
    }
}

/// Refuses an output that is, contains or lies in what it must not.
///
/// `standing` is the part of the output's path that exists, which is the whole of it if `exists`.
fn refuse_protected(target: &Target, standing: &Path, exists: bool) -> Result<(), Stop> {
    let around = identities(standing)?;
    let out = exists.then(|| &around[0]);
    for (folder, closed) in target
        .roots
        .iter()
        .map(|folder| (folder, false))
        .chain(target.closed.iter().map(|folder| (folder, true)))
    {
        let real = match fs::canonicalize(folder) {
            Ok(real) => real,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(World::new("find", folder, error).into()),
        };
        let above = identities(&real)?;
        let how = if out.is_some_and(|out| *out == above[0]) {
            "is the folder"
        } else if out.is_some_and(|out| above.contains(out)) {
            "contains"
        } else if closed && around.contains(&above[0]) {
            "lies in"
        } else {
            continue;
        };
        return Err(Refusal::Protected { out: target.out.to_owned(), how, folder: folder.clone() }.into());
    }
    Ok(())
}

/// Refuses an output that would be or lie in what it must not, once that is made: there is nothing yet to know it
/// by but its path.
fn refuse_missing_protected(target: &Target, real: &Path) -> Result<(), Stop> {
    for folder in target.closed.iter().filter(|folder| !folder.exists()) {
        let meant = when_made(folder).map_err(|error| World::new("find", folder, error))?;
        if real.starts_with(&meant) {
            let how = if real == meant { "is the folder" } else { "lies in" };
            return Err(Refusal::Protected { out: target.out.to_owned(), how, folder: folder.clone() }.into());
        }
    }
    Ok(())
}

/// The real path that a folder which does not exist would have.
fn when_made(folder: &Path) -> io::Result<PathBuf> {
    let folder = std::path::absolute(folder)?;
    for standing in folder.ancestors().skip(1) {
        match fs::canonicalize(standing) {
            Ok(real) => return Ok(real.join(folder.strip_prefix(standing).expect("it is an ancestor"))),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(folder)
}

/// Refuses an output below a folder that is an output itself: whoever may read that would read this.
fn refuse_within_a_site(target: &Target, parent: &Path) -> Result<(), Stop> {
    for site in parent.ancestors() {
        let (Some(beside), Some(name)) = (site.parent(), site.file_name()) else { break };
        let place = Place { parent: beside.to_owned(), name: name.to_owned() };
        if state::is_published(&place)? {
            return Err(Refusal::WithinSite { out: target.out.to_owned(), site: site.to_owned() }.into());
        }
    }
    Ok(())
}

/// Returns who `real` and the folders around it are, itself first.
fn identities(real: &Path) -> Result<Vec<Identity>, Stop> {
    let of = |folder: &Path| identity(folder).map_err(|error| World::new("look at", folder, error).into());
    real.ancestors().map(of).collect()
}

fn no_folder(target: &Target, why: &'static str) -> Stop {
    Refusal::NoFolder { out: target.out.to_owned(), why }.into()
}
