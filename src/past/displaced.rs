//! What was committed and is no longer where it was, without a commit that says so.

use std::collections::{BTreeMap, HashMap};

use super::Past;
use crate::redact::missing;
use crate::source::SourcePath;
use crate::text::Id;

/// Entries of the newest commit whose files are not there.
#[derive(Debug, Default)]
pub struct Displaced<'a> {
    /// Where the entries of today that are not in the commit lay in it: those of the same id, or of one among their
    /// aliases.
    pub moved: BTreeMap<&'a SourcePath, &'a SourcePath>,
    /// The files of entries that are gone.
    pub removed: Vec<&'a SourcePath>,
}

impl<'a> Past<'a> {
    /// What is displaced.
    pub fn displaced(&self) -> &Displaced<'a> {
        self.displaced.get_or_init(|| self.look_for_displaced())
    }

    fn look_for_displaced(&self) -> Displaced<'a> {
        let mut missing: HashMap<&str, &SourcePath> =
            missing(self.history, self.today).map(|(path, id)| (id, path)).collect();
        let mut displaced = Displaced::default();
        for header in self.today.headers().filter(|header| self.history.file(&header.file).is_none()) {
            let ids = [&header.id].into_iter().chain(&header.common.aliases).map(Id::as_str);
            let former: Vec<&SourcePath> = ids.filter_map(|id| missing.remove(id)).collect();
            displaced.moved.extend(former.first().map(|former| (&header.file, *former)));
        }
        displaced.removed = missing.into_values().collect();
        displaced.removed.sort_unstable();
        displaced
    }
}
