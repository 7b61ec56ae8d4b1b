//! The density is the most comfortable that fits, and is found in few layouts.

use std::collections::BTreeMap;

use bailiwick::model::Portfolio;
use bailiwick::paper::{DENSITIES, Fault, TIGHTEST};
use bailiwick::render::Theme;

use super::aid::{FOR_ME, portfolio, printed, printed_with, sample};
use super::fit::with_reasons;

/// The default theme with one density instead of eight: what fits then, fits at that one.
fn pinned(density: usize) -> Theme {
    let base = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/paper/base.typ"))
        .expect("the theme can be read");
    let (head, pinned) = (
        "#let measures(density) = {",
        format!("#let measures(_) = {{\n  let density = {density} / {TIGHTEST}"),
    );
    assert!(base.contains(head));
    let files = BTreeMap::from([("paper/base.typ".to_owned(), base.replace(head, &pinned).into_bytes())]);
    Theme::new(files).expect("the templates are sound")
}

#[test]
fn no_looser_density_fits_and_every_tighter_one_does() {
    let pinned: Vec<Theme> = (0..DENSITIES).map(pinned).collect();
    let check = |portfolio: &Portfolio, id: &str| {
        let fits = |theme: &Theme| match printed_with(theme, portfolio, id, FOR_ME) {
            Ok(printed) => !printed.lacks_pictures,
            Err(Fault::Overflow(_)) => false,
            Err(fault) => panic!("`{id}`: {fault}"),
        };
        let fitting: Vec<bool> = pinned.iter().map(fits).collect();
        let density = printed(portfolio, id, FOR_ME).expect("it fits").density;
        let expected: Vec<bool> = (0..DENSITIES).map(|at| at >= density).collect();
        assert_eq!(fitting, expected, "`{id}`");
    };
    let sample = sample();
    for proposal in &sample.proposals {
        check(&sample, proposal.id().as_str());
    }
    for count in [4, 12, 18, 24, 30] {
        check(&portfolio(&[("proposals/p.yaml", &with_reasons(count))]), "p");
    }
}
