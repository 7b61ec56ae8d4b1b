//! What connects entries: lists in the order of time, tags, and who points at whom. Worked out anew for every site,
//! so each in one pass.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::card::day;
use crate::model::links::{Destination, destination};
use crate::model::references::{Referent, each_reference};
use crate::model::{Header, Kind, Portfolio};
use crate::text::{Date, Id};

/// All entries in their order, by kind and by tag.
pub(super) struct Arranged<'a> {
    /// Entries of each kind, the latest first.
    pub(super) lists: BTreeMap<Kind, Vec<&'a Header>>,
    /// Where each entry stands in the list of its kind.
    pub(super) places: HashMap<&'a Id, usize>,
    /// The entries with each tag, by the tag's key.
    pub(super) tags: BTreeMap<String, TagGroup<'a>>,
}

/// The entries that share a tag.
pub struct TagGroup<'a> {
    /// The tag as most people would write it: the first spelling in the order of letters.
    pub name: &'a str,
    /// The entries, the latest first.
    pub entries: Vec<&'a Header>,
}

impl<'a> Arranged<'a> {
    pub(super) fn new(portfolio: &'a Portfolio) -> Self {
        // By id where the day is the same: the site must come out the same on every machine.
        let mut all: Vec<(Reverse<Option<Date>>, &Id, &Header)> =
            portfolio.headers().map(|header| (Reverse(day(portfolio, header)), &header.id, header)).collect();
        all.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));

        let mut lists: BTreeMap<Kind, Vec<&Header>> = BTreeMap::new();
        let mut places = HashMap::with_capacity(all.len());
        let mut groups: Vec<(String, TagGroup)> = Vec::new();
        // By spelling and by key: most tags are spelt in one way, and making a key takes longer than finding one.
        let mut spellings: HashMap<&str, usize> = HashMap::new();
        let mut keys: HashMap<String, usize> = HashMap::new();
        for (_, id, header) in all {
            let list = lists.entry(header.kind).or_default();
            places.insert(id, list.len());
            list.push(header);
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
        Self { lists, places, tags: groups.into_iter().collect() }
    }
}

/// Which entries point at each entry, through fields or links; each once, in the order of ids.
pub(super) fn backlinks(portfolio: &Portfolio) -> HashMap<&Id, Vec<&Header>> {
    let mut all: Vec<&Header> = portfolio.headers().collect();
    all.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    let pointed_at: Vec<Vec<&Id>> = all.par_iter().map(|from| pointed_at(portfolio, from)).collect();
    let mut backlinks: HashMap<&Id, Vec<&Header>> = HashMap::with_capacity(all.len());
    for (from, pointed_at) in all.into_iter().zip(pointed_at) {
        for to in pointed_at {
            let pointing = backlinks.entry(to).or_default();
            // All from one entry come one after the other.
            if pointing.last().is_none_or(|last| !std::ptr::eq(*last, from)) {
                pointing.push(from);
            }
        }
    }
    backlinks
}

/// The other entries that one points at.
fn pointed_at<'a>(portfolio: &'a Portfolio, from: &'a Header) -> Vec<&'a Id> {
    let mut all = Vec::with_capacity(from.body.links.len() + 4);
    each_reference(portfolio, from, |_, to| {
        all.push(match to {
            Referent::Entry(id, _) => id,
            Referent::Right(right) => &right.scope,
        });
    });
    all.extend(from.body.links.iter().filter_map(|link| match destination(portfolio, from, link) {
        Destination::Entry { header, .. } => Some(&header.id),
        _ => None,
    }));
    all.retain(|to| **to != from.id);
    all
}
