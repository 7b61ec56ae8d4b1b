//! What arranges entries: lists in the order of time, and tags. Worked out when somebody asks: a build needs all of
//! it, the page that is being written next to nothing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::card::day;
use crate::model::{Header, Kind, Portfolio};
use crate::text::{Id, Tag};

/// All entries in their order, by kind and by tag.
pub(super) struct Arranged<'a> {
    portfolio: &'a Portfolio,
    /// The kinds of which there are entries.
    lists: BTreeMap<Kind, OnceLock<List<'a>>>,
    tags: OnceLock<BTreeMap<String, TagGroup<'a>>>,
}

/// The entries of a kind.
struct List<'a> {
    /// The latest first.
    entries: Vec<&'a Header>,
    /// Where each stands.
    places: HashMap<&'a Id, usize>,
}

/// The entries that share a tag.
pub struct TagGroup<'a> {
    /// The tag as most people would write it: the first spelling in the order of letters.
    pub name: &'a str,
    /// The entries, kind by kind.
    pub entries: Vec<&'a Header>,
}

impl<'a> Arranged<'a> {
    pub(super) fn new(portfolio: &'a Portfolio) -> Self {
        let kinds = Kind::ALL.iter().filter(|kind| portfolio.count(**kind) > 0);
        let lists = kinds.map(|kind| (*kind, OnceLock::new())).collect();
        Self { portfolio, lists, tags: OnceLock::new() }
    }

    /// Works everything out, for whoever will ask for all of it.
    pub(super) fn work_out(&self) {
        for kind in self.lists.keys() {
            self.list(*kind);
        }
        self.tags();
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.lists.keys().copied()
    }

    pub(super) fn entries(&self, kind: Kind) -> &[&'a Header] {
        self.list(kind).map_or(&[], |list| &list.entries)
    }

    pub(super) fn place(&self, header: &Header) -> Option<usize> {
        self.list(header.kind)?.places.get(&header.id).copied()
    }

    fn list(&self, kind: Kind) -> Option<&List<'a>> {
        let list = self.lists.get(&kind)?;
        Some(list.get_or_init(|| {
            let entries = latest_first(self.portfolio, self.portfolio.of_kind(kind));
            let places = entries.iter().enumerate().map(|(at, header)| (&header.id, at)).collect();
            List { entries, places }
        }))
    }

    /// By the keys of tags.
    pub(super) fn tags(&self) -> &BTreeMap<String, TagGroup<'a>> {
        self.tags.get_or_init(|| tags(self.portfolio))
    }
}

/// Entries in the order of lists. By id where the day is the same: the site must come out the same on every machine.
pub(super) fn latest_first<'a>(
    portfolio: &Portfolio,
    entries: impl Iterator<Item = &'a Header>,
) -> Vec<&'a Header> {
    let mut dated: Vec<_> =
        entries.map(|header| (Reverse(day(portfolio, header)), &header.id, header)).collect();
    dated.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    dated.into_iter().map(|(_, _, header)| header).collect()
}

/// The tags of an entry by their keys, in its order, each once however often it is spelt.
pub(super) fn tag_keys(header: &Header) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in header.common.tags.iter().map(Tag::key) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

fn tags(portfolio: &Portfolio) -> BTreeMap<String, TagGroup<'_>> {
    let mut groups: Vec<(String, TagGroup)> = Vec::new();
    // By spelling and by key: most tags are spelt in one way, and making a key takes longer than finding one.
    let mut spellings: HashMap<&str, usize> = HashMap::new();
    let mut keys: HashMap<String, usize> = HashMap::new();
    for header in portfolio.headers() {
        for tag in &header.common.tags {
            let at = *spellings.entry(tag.as_str()).or_insert_with(|| {
                let key = tag.key();
                *keys.entry(key.clone()).or_insert_with(|| {
                    groups.push((key, TagGroup { name: tag.as_str(), entries: Vec::new() }));
                    groups.len() - 1
                })
            });
            let group = &mut groups[at].1;
            group.name = group.name.min(tag.as_str());
            // A tag that one entry names twice counts once.
            if group.entries.last().is_none_or(|last| !std::ptr::eq(*last, header)) {
                group.entries.push(header);
            }
        }
    }
    groups.into_iter().collect()
}
