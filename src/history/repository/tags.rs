//! Tags, and the commits that people name.

use std::collections::HashSet;

use gix::bstr::ByteSlice;
use gix::prelude::FindExt;

use super::{Repository, Trouble, commit_id, dates};
use crate::history::{CommitId, History, Tag};
use crate::text::Date;

impl Repository {
    /// All tags of commits, in the order of their names. Those that cannot be read are left out.
    ///
    /// # Errors
    /// When the tags cannot be listed.
    pub fn tags(&self) -> Result<Vec<Tag>, Trouble> {
        let local = self.local();
        let references = local.references().map_err(|error| Trouble::of(&error))?;
        let listed = references.tags().map_err(|error| Trouble::of(&error))?;
        let mut tags: Vec<Tag> =
            listed.filter_map(Result::ok).filter_map(|found| tag(&local, found)).collect();
        tags.sort();
        Ok(tags)
    }

    pub(super) fn tags_on(&self, history: &History) -> Result<Vec<Tag>, Trouble> {
        let mut tags = self.tags()?;
        tags.retain(|tag| history.find(&tag.commit).is_some());
        Ok(tags)
    }

    /// The commit that a revision names as git does: `v1`, `HEAD~3`, `main@{yesterday}`, the beginning of an id.
    ///
    /// # Errors
    /// When it names none, or several.
    pub fn revision(&self, name: &str) -> Result<CommitId, Trouble> {
        let local = self.local();
        let found = local.rev_parse_single(name).map_err(|_| self.no_commit(name))?;
        let object = found.object().map_err(|error| Trouble::of(&error))?;
        let commit = object.peel_to_commit().map_err(|error| Trouble::of(&error))?;
        Ok(commit_id(commit.id))
    }

    /// Why a name names no commit, as far as its form tells.
    fn no_commit(&self, name: &str) -> Trouble {
        let is_like_a_day = name.len() == 10
            && name.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        Trouble(match name {
            "" => "the name is empty".to_owned(),
            _ if is_like_a_day => "there is no such day in the calendar".to_owned(),
            _ if self.head() == Ok(None) => "nothing has been committed yet".to_owned(),
            _ if name.starts_with('.') => "two states have two dots between them, as `v1..v2`".to_owned(),
            _ => "it is no commit, tag or branch here, or too short to be the only one that begins like this"
                .to_owned(),
        })
    }

    /// The last commit of the main line that was there by that day, with all that came before it; `None` if it began
    /// later.
    ///
    /// The main line is that of the first parents: what a merge brought in was not yet part of it before. Days are those
    /// of authors, and a commit that was put on top of a younger one was not there before that one.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub fn as_of(&self, day: Date) -> Result<Option<CommitId>, Trouble> {
        let local = self.local();
        let mut next = self.head()?.map(|id| super::object_id(id.0));
        let boundary = local.shallow_commits().map_err(|error| Trouble::of(&error))?;
        let mut buffer = Vec::new();
        let mut found = None;
        while let Some(id) = next {
            let commit = local.objects.find_commit(&id, &mut buffer).map_err(|error| Trouble::of(&error))?;
            if day_of(&commit)? > day {
                found = None;
            } else {
                found = found.or(Some(commit_id(id)));
            }
            let is_last = boundary.as_ref().is_some_and(|ends| ends.binary_search(&id).is_ok());
            next = if is_last { None } else { commit.parents().next() };
        }
        Ok(found)
    }

    /// The commits nearest to one, itself included, for which `is_known` says so: where it touched nothing of the
    /// content, those that left the content as it has it.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub fn nearest(
        &self,
        commit: CommitId,
        is_known: impl Fn(&CommitId) -> bool,
    ) -> Result<Vec<CommitId>, Trouble> {
        let local = self.local();
        let boundary = local.shallow_commits().map_err(|error| Trouble::of(&error))?;
        let (mut found, mut seen, mut buffer) = (Vec::new(), HashSet::new(), Vec::new());
        let mut next = vec![commit];
        while let Some(commit) = next.pop() {
            if !seen.insert(commit.0) {
                continue;
            }
            if is_known(&commit) {
                found.push(commit);
                continue;
            }
            let id = super::object_id(commit.0);
            if boundary.as_ref().is_some_and(|ends| ends.binary_search(&id).is_ok()) {
                continue;
            }
            let read = local.objects.find_commit(&id, &mut buffer).map_err(|error| Trouble::of(&error))?;
            next.extend(read.parents().map(commit_id));
        }
        Ok(found)
    }

    /// The day on which the author made a commit.
    ///
    /// # Errors
    /// When the commit cannot be read.
    pub fn day(&self, commit: CommitId) -> Result<Date, Trouble> {
        let (local, mut buffer) = (self.local(), Vec::new());
        let id = super::object_id(commit.0);
        let commit = local.objects.find_commit(&id, &mut buffer).map_err(|error| Trouble::of(&error))?;
        day_of(&commit)
    }
}

fn day_of(commit: &gix::objs::CommitRef) -> Result<Date, Trouble> {
    let author = commit.author().map_err(|error| Trouble::of(&error))?;
    let own = author.time().ok().and_then(dates::day);
    match own {
        Some((day, _)) => Ok(day),
        None => Ok(dates::day_of(commit.committer().map_err(|error| Trouble::of(&error))?.seconds()).0),
    }
}

fn tag(local: &gix::Repository, mut reference: gix::Reference) -> Option<Tag> {
    let name = reference.name().as_bstr().strip_prefix(b"refs/tags/")?.to_str().ok()?.to_owned();
    let target = reference.target().try_id()?.to_owned();
    let commit = commit_id(reference.peel_to_commit().ok()?.id);
    let mut buffer = Vec::new();
    let (date, is_signed) = match local.objects.find_tag(&target, &mut buffer) {
        Ok(tag) => {
            let made = tag.tagger().ok().flatten().and_then(|tagger| tagger.time().ok()).and_then(dates::day);
            (made.map(|(day, _)| day), tag.signature.is_some())
        }
        // A name alone.
        Err(_) => (None, false),
    };
    Some(Tag { name, commit, date, is_signed })
}
