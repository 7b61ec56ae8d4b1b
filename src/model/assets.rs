//! Which files of the content folder entries use, and under which names these are published.

use std::collections::{BTreeMap, BTreeSet};

use super::links::{Destination, destination, may_lead_to_asset};
use super::{Header, Portfolio};
use crate::source::SourcePath;

/// The files that entries point at: from their text, their evidence and their observations.
pub fn used_assets(portfolio: &Portfolio) -> BTreeSet<SourcePath> {
    portfolio.headers().flat_map(|header| entry_assets(portfolio, header)).collect()
}

/// The files that one entry points at, in the order in which it names them.
pub fn entry_assets(portfolio: &Portfolio, header: &Header) -> Vec<SourcePath> {
    let evidence = header.written_evidence().filter_map(|(_, evidence)| evidence.file.as_deref());
    let observations = portfolio.series_of(&header.id).filter_map(|(_, series)| series.file.as_deref());
    let named = evidence.chain(observations);
    let named = named.filter_map(|name| header.file.resolve(name)).map(SourcePath::new);
    // Most links lead to entries, which their addresses tell.
    let addresses = header.body.links.iter().filter(|link| may_lead_to_asset(link));
    let linked = addresses.filter_map(|link| match destination(portfolio, header, link) {
        Destination::Asset(path) => Some(path),
        _ => None,
    });
    let mut seen = BTreeSet::new();
    linked
        .chain(named)
        .filter(|path| portfolio.assets.contains_key(path) && seen.insert(path.clone()))
        .collect()
}

/// The entries that have a folder of their own, by that folder. A file in it is part of the entry.
pub fn owners(portfolio: &Portfolio) -> BTreeMap<&str, &Header> {
    let in_folders = portfolio.headers().filter(|header| header.file.stem() == "index");
    in_folders.map(|header| (header.file.folder(), header)).collect()
}

/// The entry that a file is part of: the one whose folder it lies in, or in a folder of that.
pub fn owner_of<'p>(owners: &BTreeMap<&str, &'p Header>, path: &SourcePath) -> Option<&'p Header> {
    fn above<'f>(folder: &&'f str) -> Option<&'f str> {
        folder.rsplit_once('/').map(|(above, _)| above)
    }
    let mut folders = std::iter::successors(Some(path.folder()), above);
    folders.find_map(|folder| owners.get(folder).copied())
}

/// The names under which the files of an entry are published: its own folder hides where they came from.
pub fn asset_names(portfolio: &Portfolio, header: &Header) -> BTreeMap<SourcePath, String> {
    let mut taken: BTreeSet<String> = ["index.html".to_owned(), "history.html".to_owned()].into();
    let mut names = BTreeMap::new();
    for path in entry_assets(portfolio, header) {
        let name = published_name(path.name());
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let mut unique = name.clone();
        let mut count = 1;
        while !taken.insert(unique.clone()) {
            count += 1;
            unique = if extension.is_empty() {
                format!("{stem}-{count}")
            } else {
                format!("{stem}-{count}.{extension}")
            };
        }
        names.insert(path, unique);
    }
    names
}

/// A file's name without the characters that mean something in an address or that some file system refuses: a
/// file called `javascript:x` must not make a link that runs.
fn published_name(name: &str) -> String {
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "<>:\"'`/\\|?*%#&;".contains(c);
    name.to_lowercase().chars().map(|c| if is_odd(c) { '-' } else { c }).collect()
}
