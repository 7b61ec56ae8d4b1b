//! Two states of an entry, field by field.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::key::key;
use super::{Path, PathStep, Snapshot};
use crate::model::tree::{Record, Tree};

/// One value that is not as it was.
#[derive(Clone, Debug)]
pub(super) struct Difference<'a> {
    /// Where it is.
    pub(super) path: Path,
    /// The value before.
    pub(super) from: Option<&'a Tree>,
    /// The value afterwards.
    pub(super) to: Option<&'a Tree>,
    /// The records on the way to it, the entry first, as they are afterwards.
    pub(super) within: Vec<&'a Record>,
}

/// All values that differ, in the order of the fields.
pub(super) fn differences<'a>(before: &'a Snapshot, after: &'a Snapshot) -> Vec<Difference<'a>> {
    let mut walk = Walk { within: Vec::new(), found: Vec::new() };
    walk.records(&Path::default(), &before.fields, &after.fields);
    let is_former = |tree: &Tree| {
        before.id != after.id
            && tree.leaf().map(ToString::to_string) == before.id.as_ref().map(ToString::to_string)
    };
    // That the old id is an alias now is what a new id means.
    walk.found.retain(|it| !(it.path.top() == Some("aliases") && it.to.is_some_and(is_former)));
    walk.found
}

struct Walk<'a> {
    within: Vec<&'a Record>,
    found: Vec<Difference<'a>>,
}

impl<'a> Walk<'a> {
    fn values(&mut self, path: Path, before: &'a Tree, after: &'a Tree) {
        match (before, after) {
            _ if before == after => {}
            (Tree::Record(before), Tree::Record(after)) => self.records(&path, before, after),
            (Tree::List(before), Tree::List(after)) => self.lists(&path, before, after),
            (Tree::List(before), Tree::Nothing) => self.lists(&path, before, &[]),
            (Tree::Nothing, Tree::List(after)) => self.lists(&path, &[], after),
            _ => self.add(path, Some(before), Some(after)),
        }
    }

    fn add(&mut self, path: Path, from: Option<&'a Tree>, to: Option<&'a Tree>) {
        let there = |value: Option<&'a Tree>| value.filter(|value| !value.is_nothing());
        let (from, to) = (there(from), there(to));
        self.found.push(Difference { path, from, to, within: self.within.clone() });
    }

    fn records(&mut self, path: &Path, before: &'a Record, after: &'a Record) {
        self.within.push(after);
        for (name, now) in &after.fields {
            self.values(path.then(PathStep::Field(name.clone())), before.field(name), now);
        }
        let is_known = |name: &Cow<str>| after.fields.iter().any(|(known, _)| known == name);
        for (name, then) in before.fields.iter().filter(|(name, _)| !is_known(name)) {
            self.values(path.then(PathStep::Field(name.clone())), then, &Tree::Nothing);
        }
        self.within.pop();
    }

    /// Items by their keys, so that their order is no change; several of one key by what they have in common.
    fn lists(&mut self, path: &Path, before: &'a [Tree], after: &'a [Tree]) {
        let mut by_key: BTreeMap<String, (Vec<&Tree>, Vec<&Tree>)> = BTreeMap::new();
        for item in before {
            by_key.entry(key(item)).or_default().0.push(item);
        }
        for item in after {
            by_key.entry(key(item)).or_default().1.push(item);
        }
        for (key, (mut old, mut new)) in by_key {
            if old.len() > 1 || new.len() > 1 {
                without_equals(&mut old, &mut new);
            }
            let path = path.then(PathStep::Item(key));
            let pairs = old.len().min(new.len());
            for (then, now) in old.iter().zip(&new) {
                self.values(path.clone(), then, now);
            }
            for then in &old[pairs..] {
                self.add(path.clone(), Some(then), None);
            }
            for now in &new[pairs..] {
                self.add(path.clone(), None, Some(now));
            }
        }
    }
}

/// Takes out of two lists what stands in both, as often as it does, and sorts the rest into an order that does
/// not depend on the one in the file.
fn without_equals<'a>(old: &mut Vec<&'a Tree>, new: &mut Vec<&'a Tree>) {
    let written = |items: &[&'a Tree]| {
        let mut written: Vec<(String, &'a Tree)> =
            items.iter().map(|item| (canonical(item), *item)).collect();
        written.sort_by(|a, b| a.0.cmp(&b.0));
        written
    };
    let (mut before, mut after) = (written(old).into_iter().peekable(), written(new).into_iter().peekable());
    old.clear();
    new.clear();
    loop {
        match (before.peek(), after.peek()) {
            (Some(then), Some(now)) if then.0 == now.0 => {
                before.next();
                after.next();
            }
            (Some(then), Some(now)) if then.0 < now.0 => old.extend(before.next().map(|(_, item)| item)),
            (_, Some(_)) => new.extend(after.next().map(|(_, item)| item)),
            (Some(_), None) => old.extend(before.next().map(|(_, item)| item)),
            (None, None) => return,
        }
    }
}

/// A value in letters that are the same whatever the order of the lists in it.
fn canonical(tree: &Tree) -> String {
    match tree {
        Tree::Nothing => String::new(),
        Tree::Leaf(leaf) => format!("{leaf:?}"),
        Tree::List(items) => {
            let mut items: Vec<String> = items.iter().map(canonical).collect();
            items.sort();
            format!("[{}]", items.join(","))
        }
        Tree::Record(record) => {
            let field = |(name, value): &(Cow<'static, str>, Tree)| format!("{name}:{}", canonical(value));
            format!("{{{}}}", record.fields.iter().map(field).collect::<Vec<_>>().join(","))
        }
    }
}
