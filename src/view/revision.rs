//! Which version of an agreement a copy on paper holds.

use serde::Serialize;

use super::site::Site;
use crate::changes::{Snapshot, fingerprint};
use crate::model::{Header, Kind};
use crate::text::Date;

/// Which version this is.
#[derive(Serialize)]
pub struct RevisionView {
    /// The day on which it was committed; `None` outside git, and before it is.
    pub date: Option<Date>,
    /// The first digits of the commit, for the writer alone: its hash covers hidden text.
    pub commit: Option<String>,
    /// Where no commit can be named: a hash of the terms, as this reader sees them.
    pub fingerprint: Option<String>,
}

impl Site<'_> {
    /// Which version of an agreement is shown; `None` of other entries.
    pub(super) fn revision(&self, header: &Header) -> Option<RevisionView> {
        if header.kind != Kind::Agreement {
            return None;
        }
        let latest = self.log().entries.get(&header.id).and_then(|log| log.steps.first());
        let committed = latest.map(|step| &step.moment).filter(|moment| moment.date.is_some());
        Some(RevisionView {
            date: committed.and_then(|moment| moment.date),
            commit: committed.and_then(|moment| moment.commit.as_ref()).map(|facts| facts.id.short()),
            fingerprint: match committed {
                Some(_) => None,
                None => Snapshot::of(self.redacted(), &header.id).as_ref().map(fingerprint),
            },
        })
    }
}
