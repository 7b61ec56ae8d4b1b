//! Since when an entry has been open to a reader, so that older texts do not name it.

use std::collections::BTreeMap;

use super::named::Moment;
use super::{CONFIG, Past, config_of, entry};
use crate::history::{CommitId, Revision};
use crate::model::Kind;
use crate::model::entry::AnyEntry;
use crate::model::readers::{Reader, may_read_by};
use crate::source::SourcePath;

/// Since which commit entries have been open to a reader without a break, by what that rests on; nothing of those that
/// are closed. What is committed later to other files is no reason to look again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Openings(BTreeMap<[u8; 32], Option<CommitId>>);

impl Openings {
    /// What is known, by what it rests on.
    pub fn known(&self) -> impl ExactSizeIterator<Item = (&[u8; 32], Option<CommitId>)> {
        self.0.iter().map(|(name, since)| (name, *since))
    }
}

impl FromIterator<([u8; 32], Option<CommitId>)> for Openings {
    fn from_iter<T: IntoIterator<Item = ([u8; 32], Option<CommitId>)>>(known: T) -> Self {
        Self(known.into_iter().collect())
    }
}

impl Past<'_> {
    /// Takes over what was found earlier, as far as it still holds.
    pub fn recall(&self, openings: &Openings) {
        self.recalled.lock().expect("nothing panics while it is held").0.clone_from(&openings.0);
    }

    /// All that was asked for.
    pub fn openings(&self) -> Openings {
        self.found.lock().expect("nothing panics while it is held").clone()
    }

    /// Whether an entry can be named in a text of that moment: whether what became of it is open today, and has been
    /// ever since without a break.
    ///
    /// Where lines of history ran side by side, an entry counts as open on all of them once it is on one.
    pub(super) fn may_be_named(&self, id: &str, moment: Moment) -> bool {
        if *self.reader() == Reader::Me {
            return true;
        }
        self.later().allows_id(id)
            && self
                .later()
                .now_called(id)
                .iter()
                .all(|header| self.opened(&header.file).is_some_and(|since| moment.place() <= since))
    }

    /// The oldest commit of the latest time without a break during which the entry of that file was open.
    fn opened(&self, file: &SourcePath) -> Option<usize> {
        let file = self.committed_path(file);
        if let Some(known) = self.opened.lock().ok()?.get(file) {
            return *known;
        }
        let name = self.name_of_opening(file);
        let recalled = self.recalled.lock().ok()?.0.get(&name).copied();
        let since = match recalled {
            Some(None) => None,
            Some(Some(commit)) => self.history.place(&commit).or_else(|| self.look_back(file)),
            None => self.look_back(file),
        };
        let commit = since.map(|place| self.history.commits()[place].id);
        self.found.lock().ok()?.0.insert(name, commit);
        self.opened.lock().ok()?.insert(file.clone(), since);
        since
    }

    /// What [`Past::look_back`] rests on: the texts of the entry, and the settings under which they stood.
    fn name_of_opening(&self, file: &SourcePath) -> [u8; 32] {
        let texts = self.history.of(file).iter().map(|revision| (revision, false));
        let mut all: Vec<_> =
            texts.chain(self.history.of(CONFIG).iter().map(|revision| (revision, true))).collect();
        all.sort_by_key(|(revision, is_of_settings)| (revision.commit, *is_of_settings));
        let mut hash = blake3::Hasher::new();
        hash.update(self.reader().name().as_bytes());
        hash.update(&self.history.fingerprint(all.into_iter().map(|(revision, _)| revision)));
        *hash.finalize().as_bytes()
    }

    fn look_back(&self, file: &SourcePath) -> Option<usize> {
        let (texts, settings) = (self.history.of(file), self.history.of(CONFIG));
        let mut turns: Vec<usize> = texts.iter().chain(settings).map(|revision| revision.commit).collect();
        turns.sort_unstable();
        turns.dedup();
        let mut since = None;
        let mut last: Option<(usize, Option<AnyEntry>)> = None;
        for turn in turns {
            let (Some(at), Some(setting)) = (in_force(texts, turn), in_force(settings, turn)) else { break };
            // Most turns are of one of the two alone.
            if last.as_ref().is_none_or(|(known, _)| *known != at) {
                let text = &texts[at];
                let bytes = text.blob.and_then(|blob| self.store.read(&blob));
                last = Some((at, bytes.and_then(|bytes| entry(&text.path, &bytes))));
            }
            let config = settings[setting].blob.and_then(|blob| self.config(blob));
            match (&last, config.as_deref().and_then(config_of)) {
                (Some((_, Some(entry))), Some(config))
                    if !is_unreasonable(entry) && may_read_by(config, entry.header(), self.reader()) =>
                {
                    since = Some(turn);
                }
                _ => break,
            }
        }
        since
    }
}

/// The newest revision that is not newer than a commit.
fn in_force(revisions: &[Revision], commit: usize) -> Option<usize> {
    let at = revisions.partition_point(|revision| revision.commit < commit);
    (at < revisions.len()).then_some(at)
}

fn is_unreasonable(entry: &AnyEntry) -> bool {
    match entry {
        AnyEntry::Constraint(constraint) => {
            constraint.header.kind == Kind::Constraint && constraint.reasonable == Some(false)
        }
        _ => false,
    }
}
