//! Whatever decisions say of each other: no panic, and a circle is reported exactly if there is one.

use bailiwick::source::SourceMap;
use proptest::prelude::*;

/// Who says that whom is superseded: `(newer, older, whether the newer says so)`.
type Statement = (usize, usize, bool);

fn sources(count: usize, statements: &[Statement]) -> SourceMap {
    let list = |ids: Vec<usize>| ids.iter().map(|id| format!("d{id}")).collect::<Vec<_>>().join(", ");
    let files: Vec<(String, String)> = (0..count)
        .map(|id| {
            let supersedes = statements.iter().filter(|(newer, _, by_newer)| *newer == id && *by_newer);
            let superseded_by = statements.iter().filter(|(_, older, by_newer)| *older == id && !by_newer);
            let text = format!(
                "title: D\nsupersedes: [{}]\nsuperseded_by: [{}]\n",
                list(supersedes.map(|(_, older, _)| *older).collect()),
                list(superseded_by.map(|(newer, _, _)| *newer).collect()),
            );
            (format!("decisions/d{id}.yaml"), text)
        })
        .collect();
    let config = ("portfolio.yaml", "title: T\nowner: {name: N}\n");
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain([config]).collect()
}

/// Whether some entry supersedes itself by a way over others, found the plain way.
fn has_circle(count: usize, statements: &[Statement]) -> bool {
    let mut reaches = vec![vec![false; count]; count];
    for (newer, older, _) in statements.iter().filter(|(newer, older, _)| newer != older) {
        reaches[*newer][*older] = true;
    }
    for over in 0..count {
        for from in 0..count {
            for to in 0..count {
                reaches[from][to] |= reaches[from][over] && reaches[over][to];
            }
        }
    }
    (0..count).any(|id| reaches[id][id])
}

proptest! {
    #[test]
    fn a_circle_is_reported_exactly_if_there_is_one(
        count in 1usize..9,
        statements in proptest::collection::vec((0usize..9, 0usize..9, any::<bool>()), 0..14),
    ) {
        let statements: Vec<Statement> =
            statements.into_iter().map(|(newer, older, by)| (newer % count, older % count, by)).collect();
        let report = super::report(&sources(count, &statements));
        let circles: Vec<&str> = report
            .diagnostics()
            .iter()
            .filter(|found| found.rule.code == "supersession-cycle")
            .map(|found| found.message.as_str())
            .collect();
        prop_assert_eq!(!circles.is_empty(), has_circle(count, &statements), "{:?}", statements);
        // Each circle that is listed is one: every step of it was stated.
        for circle in circles {
            let way: Vec<usize> = circle
                .split('`')
                .nth(1)
                .unwrap()
                .split(" → ")
                .map(|id| id.trim_start_matches('d').parse().unwrap())
                .collect();
            prop_assert_eq!(way.first(), way.last());
            for step in way.windows(2) {
                prop_assert!(statements.iter().any(|(newer, older, _)| [*newer, *older] == *step), "{}", circle);
            }
        }
        let selves = statements.iter().filter(|(newer, older, _)| newer == older).count();
        let reported = report.diagnostics().iter().filter(|found| found.rule.code == "self-reference").count();
        prop_assert_eq!(reported, selves);
    }
}
