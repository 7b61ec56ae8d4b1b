//! How a long history is spread over pages: the oldest versions on pages that are full and stay as they are, the newest
//! on one that grows.

use std::sync::Arc;

use crate::changes::{EntryLog, Step};
use crate::model::Kind;
use crate::text::Id;

/// How many versions a full page tells. The newest page tells up to twice as many.
const PER_PAGE: usize = 40;

/// How many pages are full. They are numbered from 1, the oldest.
pub(super) fn full(log: &EntryLog) -> usize {
    (log.steps.len() / PER_PAGE).saturating_sub(1)
}

/// The versions on a page, newest first: on a full one, or on the newest.
pub(super) fn steps(log: &EntryLog, part: Option<usize>) -> &[Arc<Step>] {
    // Counted from the oldest, so that a newer version leaves full pages as they are.
    let from_oldest = |count: usize| log.steps.len().saturating_sub(count);
    match part {
        Some(part) => &log.steps[from_oldest(part * PER_PAGE)..from_oldest((part - 1) * PER_PAGE)],
        None => &log.steps[..from_oldest(full(log) * PER_PAGE)],
    }
}

/// The page on which a version stands.
pub(super) fn part_of(log: &EntryLog, step: &Step) -> Option<usize> {
    let full = full(log);
    if full == 0 {
        return None;
    }
    let at = log.steps.iter().position(|it| std::ptr::eq(&**it, step))?;
    Some((log.steps.len() - 1 - at) / PER_PAGE + 1).filter(|part| *part <= full)
}

/// Where a page is, seen from the root of the site.
pub(super) fn href(kind: Kind, id: &Id, part: Option<usize>) -> String {
    let own = super::address(kind, id);
    match part {
        Some(part) => format!("{own}history-{part}.html"),
        None => format!("{own}history.html"),
    }
}

/// What the place of a version is called within its page.
pub(super) fn anchor(name: &str) -> String {
    format!("text-{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(count: usize) -> EntryLog {
        EntryLog { steps: (0..count).map(|_| Arc::new(step())).collect(), ..EntryLog::default() }
    }

    fn step() -> Step {
        Step { moment: Default::default(), changes: Vec::new().into(), then: None, name: None, mark: [0; 32] }
    }

    #[test]
    fn every_version_stands_on_one_page() {
        for count in [0, 1, 39, 40, 79, 80, 81, 119, 120, 400] {
            let log = log(count);
            let parts: Vec<Option<usize>> =
                std::iter::once(None).chain((1..=full(&log)).rev().map(Some)).collect();
            let told: Vec<&Arc<Step>> = parts.iter().flat_map(|part| steps(&log, *part)).collect();
            assert!(told.iter().zip(&log.steps).all(|(a, b)| Arc::ptr_eq(a, b)), "{count}");
            assert_eq!(told.len(), count);
            for part in parts {
                let steps = steps(&log, part);
                assert!(steps.iter().all(|step| part_of(&log, step) == part), "{count} {part:?}");
                assert!(steps.len() < 2 * PER_PAGE, "{count} {part:?}");
            }
        }
    }

    #[test]
    fn a_newer_version_leaves_full_pages_as_they_are() {
        let mut log = log(100);
        let before: Vec<Arc<Step>> = steps(&log, Some(1)).to_vec();
        log.steps.insert(0, Arc::new(step()));
        assert!(before.iter().zip(steps(&log, Some(1))).all(|(a, b)| Arc::ptr_eq(a, b)));
    }
}
