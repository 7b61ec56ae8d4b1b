//! The site for a reader says nothing of what is hidden from that reader: it is, byte for byte and path for path,
//! the site made from sources in which all that never stood.
//!
//! [`emit`] writes the sources down both ways and says what deleting means.

mod emit;
mod plan;

use proptest::prelude::*;

use bailiwick::model::Portfolio;
use bailiwick::model::links::{Destination, destination};

use crate::aid::{self, difference, shown};
use emit::content;
use plan::{Plan, READERS, plan};

/// So many cases, or as many as `PROPTEST_CASES` asks for.
fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let is_asked_for = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if is_asked_for { default.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 4000, ..default }
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
            let expected = aid::site(&aid::unchecked(&reduced), &reduced, reader);
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
