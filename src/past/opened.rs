//! Since when an entry has been open to a reader, so that older texts do not name it.

use super::{CONFIG, Past, config_of, entry};
use crate::history::Revision;
use crate::model::Kind;
use crate::model::entry::AnyEntry;
use crate::model::readers::{Reader, may_read_by};
use crate::source::SourcePath;

impl Past<'_> {
    /// Whether an entry can be named in a text of that commit, given by its place in the history: whether what
    /// became of it is open today, and has been ever since that commit without a break.
    ///
    /// Where lines of history ran side by side, an entry counts as open on all of them once it is on one.
    pub(super) fn may_be_named(&self, id: &str, commit: usize) -> bool {
        if *self.reader() == Reader::Me {
            return true;
        }
        self.later().allows_id(id)
            && self
                .later()
                .now_called(id)
                .iter()
                .all(|header| self.opened(&header.file).is_some_and(|since| commit <= since))
    }

    /// The oldest commit of the latest time without a break during which the entry of that file was open.
    fn opened(&self, file: &SourcePath) -> Option<usize> {
        if let Some(known) = self.opened.lock().ok()?.get(file) {
            return *known;
        }
        let since = self.look_back(file);
        self.opened.lock().ok()?.insert(file.clone(), since);
        since
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
