//! The repository that the content lies in: read, never written, and nothing that its configuration names is run.
//!
//! `gix` reads objects and references itself. It is opened without the configuration of the user, the system and
//! the environment and without included files, and of its functions only those are called that start no program:
//! no status, no checkout, no filters, no text conversion, no hooks, no network.

mod dates;
mod diff;
mod past;
mod tags;
mod walk;

use std::fmt;
use std::path::{Path, PathBuf};

use gix::ObjectId;

use super::{BlobId, CommitId};

pub use past::Tree;

/// A repository, and where in it the content is.
pub struct Repository {
    git: gix::ThreadSafeRepository,
    /// The content folder, seen from the top of the work tree: `content`, or `portfolio/content`.
    content: String,
}

/// Why the history cannot be read although there is a repository. One phrase that can stand after a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble(String);

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Trouble {}

impl Trouble {
    fn of(error: &gix::Error) -> Self {
        Self(error.to_string().replace('\n', "; "))
    }
}

impl Repository {
    /// Finds and opens the repository that the content folder lies in; `None` outside git.
    ///
    /// # Errors
    /// When there is one that cannot be read, or that belongs to somebody else than the content does.
    pub fn open(content: &Path) -> Result<Option<Self>, Trouble> {
        let content = std::path::absolute(content).map_err(|error| Trouble(error.to_string()))?;
        let content = gix::path::realpath(&content).map_err(|error| Trouble(error.to_string()))?;
        let Some(top) = content.ancestors().find(|folder| is_top(folder)) else { return Ok(None) };
        let is_ours = |path: &Path| is_owned_by(path, &content).unwrap_or(false);
        // What a stranger put above our folder, in a shared place for temporary files say, is not our history.
        // Where content and repository have one owner, whoever it is, nothing is gained by refusing it.
        if !is_ours(&top.join(".git")) {
            return Err(Trouble(format!(
                "`{}` belongs to another user than the content does; give both one owner",
                top.join(".git").display()
            )));
        }
        let options = gix::open::Options::isolated().strict_config(false).with(gix::sec::Trust::Full);
        let git = options.open(top).map_err(|error| Trouble::of(&error))?;
        let local = git.to_thread_local();
        let Some(work) = local.workdir() else { return Ok(None) };
        let work = gix::path::realpath(work).map_err(|error| Trouble(error.to_string()))?;
        let Ok(content) = content.strip_prefix(&work) else { return Ok(None) };
        let parts: Option<Vec<&str>> = content.iter().map(|part| part.to_str()).collect();
        let Some(parts) = parts else {
            return Err(Trouble("the way to the content folder is no plain text".to_owned()));
        };
        Ok(Some(Self { git, content: parts.join("/") }))
    }

    /// The folders that git keeps its own files in: they must be readable, whatever else is closed.
    pub fn folders(&self) -> Vec<PathBuf> {
        let local = self.local();
        let objects = self.git.objects_dir().to_owned();
        let mut folders = vec![self.git.git_dir().to_owned(), local.common_dir().to_owned(), objects.clone()];
        folders.extend(gix::odb::alternate::resolve(objects, local.current_dir()).unwrap_or_default());
        folders.into_iter().map(|folder| gix::path::realpath(&folder).unwrap_or(folder)).collect()
    }

    /// Where git writes when there is a new commit, tag or branch: folders, each with whether those in it count as well.
    pub fn watched(&self) -> Vec<(PathBuf, bool)> {
        let common = self.local().common_dir().to_owned();
        let own = self.git.git_dir().to_owned();
        let mut watched = vec![(common.join("refs"), true), (own.join("logs"), false), (own.clone(), false)];
        if common != own {
            watched.push((common, false));
        }
        watched.into_iter().map(|(path, all)| (gix::path::realpath(&path).unwrap_or(path), all)).collect()
    }

    /// The newest commit; `None` before the first one. Cheap: no object is read.
    ///
    /// # Errors
    /// When the reference cannot be read.
    pub fn head(&self) -> Result<Option<CommitId>, Trouble> {
        let local = self.local();
        let mut head = local.head().map_err(|error| Trouble::of(&error))?;
        let id = head.try_peel_to_id().map_err(|error| Trouble::of(&error))?;
        Ok(id.map(|id| commit_id(id.detach())))
    }

    fn local(&self) -> gix::Repository {
        self.git.to_thread_local()
    }
}

impl fmt::Debug for Repository {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Repository").field("content", &self.content).finish_non_exhaustive()
    }
}

/// Whether a folder is the top of a work tree. A file called `.git` says so even where what it points at is gone.
fn is_top(folder: &Path) -> bool {
    let git = folder.join(".git");
    git.is_file() || git.is_dir() && gix::discover::is_git(&git).is_ok()
}

#[cfg(unix)]
fn is_owned_by(path: &Path, other: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let owner = path.symlink_metadata()?.uid();
    Ok(owner == other.symlink_metadata()?.uid() || gix::sec::identity::is_path_owned_by_current_user(path)?)
}

#[cfg(not(unix))]
fn is_owned_by(path: &Path, _: &Path) -> std::io::Result<bool> {
    gix::sec::identity::is_path_owned_by_current_user(path)
}

fn commit_id(id: ObjectId) -> CommitId {
    CommitId(bytes_of(id))
}

fn blob_id(id: ObjectId) -> BlobId {
    BlobId(bytes_of(id))
}

fn bytes_of(id: ObjectId) -> [u8; 20] {
    id.as_slice().try_into().expect("gix is built for SHA-1 alone")
}

fn object_id(bytes: [u8; 20]) -> ObjectId {
    ObjectId::Sha1(bytes)
}
