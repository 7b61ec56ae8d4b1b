//! Which other entries the older texts of an entry were allowed to name, so that what was cut can be told from what
//! would be cut otherwise today.

use std::collections::BTreeMap;

use super::Past;
use crate::history::CommitId;

/// A moment in the history: at a commit, or just before it. The later in order, the longer ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    /// The commit, by its place among those of the history.
    pub(super) commit: usize,
    /// Whether just before it.
    pub(super) is_before: bool,
}

impl Moment {
    /// The oldest commit of which this moment is not older, by its place.
    pub(super) fn place(self) -> usize {
        self.commit + usize::from(self.is_before)
    }
}

/// What was answered, by the ids that were asked for.
///
/// An entry may be named from some commit on, so of all answers two say everything: the oldest Yes, the newest No.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named(BTreeMap<String, Answers<(CommitId, bool)>>);

/// The oldest moment with a Yes, and the newest with a No.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers<M> {
    /// When the entry could be named.
    pub yes: Option<M>,
    /// When it could not.
    pub no: Option<M>,
}

/// Answers while they are given.
#[derive(Default)]
pub(super) struct Asked(BTreeMap<String, Answers<Moment>>);

impl Asked {
    pub(super) fn note(&mut self, id: &str, moment: Moment, answer: bool) {
        let answers = match self.0.get_mut(id) {
            Some(answers) => answers,
            None => self.0.entry(id.to_owned()).or_insert(Answers { yes: None, no: None }),
        };
        if answer {
            answers.yes = answers.yes.max(Some(moment));
        } else {
            answers.no = Some(answers.no.map_or(moment, |known| known.min(moment)));
        }
    }
}

impl Named {
    /// What was answered about each id.
    pub fn answers(&self) -> impl ExactSizeIterator<Item = (&str, &Answers<(CommitId, bool)>)> {
        self.0.iter().map(|(id, answers)| (id.as_str(), answers))
    }

    /// A hash of all that was answered.
    pub fn fingerprint(&self) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        for (id, Answers { yes, no }) in &self.0 {
            hash.update(&id.len().to_le_bytes());
            hash.update(id.as_bytes());
            for moment in [yes, no] {
                hash.update(&[u8::from(moment.is_some())]);
                if let Some((commit, is_before)) = moment {
                    hash.update(&commit.0);
                    hash.update(&[u8::from(*is_before)]);
                }
            }
        }
        *hash.finalize().as_bytes()
    }
}

impl FromIterator<(String, Answers<(CommitId, bool)>)> for Named {
    fn from_iter<T: IntoIterator<Item = (String, Answers<(CommitId, bool)>)>>(answers: T) -> Self {
        Self(answers.into_iter().collect())
    }
}

impl Past<'_> {
    /// What was answered, in a form that stays the same when more is committed.
    pub(super) fn named(&self, asked: Asked) -> Named {
        let commits = self.history().commits();
        let lasting =
            |moment: Option<Moment>| moment.map(|moment| (commits[moment.commit].id, moment.is_before));
        let answers = asked.0.into_iter();
        answers.map(|(id, it)| (id, Answers { yes: lasting(it.yes), no: lasting(it.no) })).collect()
    }

    /// Whether all would be answered in the same way today.
    pub fn still_answers(&self, named: &Named) -> bool {
        let answer = |id: &str, (commit, is_before): (CommitId, bool)| {
            let commit = self.history().place(&commit)?;
            Some(self.may_be_named(id, Moment { commit, is_before }))
        };
        named.answers().all(|(id, Answers { yes, no })| {
            yes.is_none_or(|moment| answer(id, moment) == Some(true))
                && no.is_none_or(|moment| answer(id, moment) == Some(false))
        })
    }
}
