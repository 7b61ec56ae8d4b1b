//! The history of one entry: the latest beside it, and all of it on pages of its own.

use serde::Serialize;

use super::changes::{Detail, PER_STEP, StepView};
use super::parts;
use super::site::Site;
use crate::changes::{EntryLog, Step};
use crate::model::Header;
use crate::text::Id;

/// How many versions the page of an entry shows.
const BESIDE_ENTRY: usize = 4;

/// The latest of the history of one entry, beside it.
#[derive(Serialize)]
pub struct HistoryView<'a> {
    /// The versions, newest first.
    pub steps: Vec<StepView<'a>>,
    /// How many there are besides.
    pub more: usize,
    /// Where all are told, seen from the root of the site.
    pub href: String,
    /// Whether it may be older than it seems.
    pub is_cut_off: bool,
}

/// One page of the whole history of an entry.
#[derive(Serialize)]
pub struct HistoryPage<'a> {
    /// The versions, newest first.
    pub steps: Vec<StepView<'a>>,
    /// Where older ones are told, seen from the root of the site.
    pub older: Option<String>,
    /// Where newer ones are told, seen from the root of the site.
    pub newer: Option<String>,
    /// Whether it may be older than it seems.
    pub is_cut_off: bool,
}

impl<'a> Site<'a> {
    /// What the page of an entry tells of its history; `None` where there is no more to tell than that it was
    /// written.
    pub(super) fn history_beside(&self, header: &Header) -> Option<HistoryView<'_>> {
        let log = self.told(&header.id)?;
        let shown = log.steps.iter().take(BESIDE_ENTRY);
        Some(HistoryView {
            steps: shown.map(|step| self.step(step, PER_STEP, Detail::Lines)).collect(),
            more: log.steps.len().saturating_sub(BESIDE_ENTRY),
            href: parts::href(header.kind, &header.id, None),
            is_cut_off: log.is_cut_off,
        })
    }

    /// A page of the whole history of an entry: the newest, or one of those that are full.
    pub fn history_page(&self, header: &Header, part: Option<usize>) -> Option<HistoryPage<'_>> {
        let log = self.told(&header.id)?;
        let (steps, count) = (parts::steps(log, part), parts::full(log));
        let href = |part| parts::href(header.kind, &header.id, part);
        let number = part.unwrap_or(count + 1);
        Some(HistoryPage {
            steps: steps.iter().map(|step| self.step(step, usize::MAX, Detail::All)).collect(),
            older: (number > 1).then(|| href(Some(number - 1))),
            newer: part.map(|part| href(Some(part + 1).filter(|next| *next <= count))),
            is_cut_off: log.is_cut_off && number == 1,
        })
    }

    /// The history of an entry, if there is more to tell than that it was written.
    pub(super) fn told(&self, id: &Id) -> Option<&'a EntryLog> {
        self.log().entries.get(id).map(|log| &**log).filter(|log| log.is_told())
    }

    /// Where the text of a version stands, seen from the root of the site.
    pub(super) fn version_path(&self, id: &Id, step: &Step) -> Option<String> {
        let header = self.portfolio().header(id.as_str())?;
        let log = self.told(id)?;
        let anchor = parts::anchor(step.name.as_ref()?);
        Some(format!("{}#{anchor}", parts::href(header.kind, id, parts::part_of(log, step))))
    }
}
