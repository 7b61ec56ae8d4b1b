//! The site for a reader says nothing of what is hidden from that reader: it is, byte for byte and path for path,
//! the site made from sources in which all that never stood.
//!
//! [`emit`] writes the sources down both ways and says what deleting means.

pub mod emit;
pub mod plan;

use std::collections::BTreeSet;

use bailiwick::model::Portfolio;
use bailiwick::model::links::{Destination, destination};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::aid::{self, Files, difference, shown};
use emit::content;
use plan::{Block, Names, Plan, READERS, plan};

/// So many cases, or as many as `PROPTEST_CASES` asks for.
pub fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let is_asked_for = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if is_asked_for { default.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 4000, ..default }
}

/// Plans for what has to be built on the disk many times.
#[cfg(unix)]
pub fn plan_with_few_entries() -> impl Strategy<Value = Plan> {
    plan().prop_map(|mut plan| {
        plan.entries.truncate(3);
        plan
    })
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn what_is_hidden_makes_no_difference(plan in plan()) {
        let full = content(&plan, None);
        let portfolio = aid::sound(&full);
        let broken = broken_links(&portfolio);
        prop_assert!(broken.is_empty(), "{broken:?} in\n{}", shown(&full));
        for reader in READERS {
            let reduced = content(&plan, Some(reader));
            let without = aid::unchecked(&reduced);
            // What is left is the same already, whatever pages come to be made from it.
            let (left, expected) = (aid::cut(&portfolio, reader), aid::cut(&without, reader));
            prop_assert_eq!(left.portfolio(), expected.portfolio(), "for `{}` of\n{}", reader, shown(&full));
            let expected = aid::site(&without, &reduced, reader);
            let found = aid::site(&portfolio, &full, reader);
            let difference = difference(&expected, &found);
            prop_assert!(
                difference.is_empty(),
                "what is hidden from `{reader}` shows:\n{difference}\nin full\n{}\nwithout\n{}",
                shown(&full),
                shown(&reduced)
            );
        }
    }
}

proptest! {
    #![proptest_config(config(60))]

    /// Case 97: to open something to a reader takes nothing away from that reader.
    #[test]
    fn opening_something_takes_nothing_away(plan in plan(), entry in any::<usize>(), block in any::<usize>(), reader in 0..3_usize) {
        let wider = opened(&plan, entry, block, reader);
        let words = |plan: &Plan| {
            let content = content(plan, None);
            words(&aid::site(&aid::sound(&content), &content, READERS[reader]))
        };
        let (before, after) = (words(&plan), words(&wider));
        let lost: Vec<&String> = before.difference(&after).collect();
        prop_assert!(lost.is_empty(), "`{}` lost {lost:?} in\n{}", READERS[reader], shown(&content(&plan, None)));
    }
}

/// The plan with one entry, or one section of it, open to one more reader.
fn opened(plan: &Plan, entry: usize, block: usize, reader: usize) -> Plan {
    let mut plan = plan.clone();
    let at = entry % plan.entries.len();
    let entry = &mut plan.entries[at];
    let limits = entry.blocks.iter_mut().filter_map(|block| match block {
        Block::Heading { limit: Some(names), .. } => Some(names),
        _ => None,
    });
    let mut limits: Vec<&mut Names> = limits.collect();
    let which = block % (limits.len() + 1);
    match limits.get_mut(which) {
        Some(names) => names.0 |= 1 << reader,
        None => {
            let default = plan.defaults[entry.kind].unwrap_or(Names(0));
            entry.readers = Some(Names(entry.readers.unwrap_or(default).0 | 1 << reader));
        }
    }
    plan
}

/// The made-up words in a site, in names and contents.
fn words(site: &Files) -> BTreeSet<String> {
    let texts =
        site.iter().flat_map(|(path, bytes)| [path.clone(), String::from_utf8_lossy(bytes).into_owned()]);
    let mut words = BTreeSet::new();
    for text in texts {
        let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
        words.extend(parts.filter(|word| word.starts_with("zq")).map(str::to_owned));
    }
    words
}

/// The tests above say nothing of plans in which nothing is hidden.
#[test]
fn most_plans_hide_something() {
    let mut runner = TestRunner::deterministic();
    let (mut entries, mut sections, mut links) = (0, 0, 0);
    for _ in 0..100 {
        let plan = plan().new_tree(&mut runner).expect("a plan").current();
        let (full, reduced) = (content(&plan, None), content(&plan, Some("manager")));
        let text = |content: &Files| {
            content.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect::<String>()
        };
        entries += usize::from(reduced.len() < full.len() && reduced.len() > 1);
        links += usize::from(text(&reduced).contains("]()"));
        let headings = |content: &Files| {
            reduced
                .keys()
                .map(|path| text(&Files::from([(path.clone(), content[path].clone())])).matches("h0").count())
                .sum::<usize>()
        };
        sections += usize::from(headings(&full) > headings(&reduced));
    }
    assert!(entries > 50 && links > 25 && sections > 5, "{entries} {links} {sections}");
}

/// The links of a portfolio that lead nowhere.
fn broken_links(portfolio: &Portfolio) -> Vec<String> {
    let links =
        portfolio.headers().flat_map(|header| header.body.links.iter().map(move |link| (header, link)));
    let broken = links.filter_map(|(header, link)| match destination(portfolio, header, link) {
        Destination::Nothing(broken) => Some(format!("{}: {} {broken:?}", header.id, link.target)),
        _ => None,
    });
    broken.collect()
}
