//! Since when a level has been another than was agreed, by the history.

use std::fs;

use super::repository::{Repository, has_git};

const CONFIG: &str = "title: T\nowner: {name: Robin Vale}\n";

fn scope(level: &str, limits: &str) -> String {
    format!(
        "---\ntitle: Doors\ndecision_rights:\n  - {{area: Locks, delegation: {level}, limits: {limits}}}\n---\n"
    )
}

/// What the map of rights says of the drift, without tags.
fn drift(repository: &Repository) -> Option<String> {
    repository.run(&["build", "--quiet", "--today", "2026-06-01"]);
    let page = fs::read_to_string(repository.path().join("site/me/rights/index.html")).unwrap();
    let start = page.find("<p class=\"drift\">")?;
    let text = &page[start..start + page[start..].find("</p>").unwrap()];
    let mut said = String::new();
    for part in text.split('<').skip(1) {
        said += part.split_once('>').unwrap().1;
    }
    Some(said.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_drift_has_the_day_and_the_commit_that_made_it() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write(".gitignore", "site/\n");
    repository.write("content/portfolio.yaml", CONFIG);
    repository.write("content/scopes/doors.md", &scope("agree", "none"));
    let agreement = "title: A\ndate: 2026-03-01\nstatus: agreed\ngrants: {right: doors/locks, to: agree}\n";
    repository.write("content/agreements/a.yaml", agreement);
    repository.commit("2026-03-01", "agreed");
    assert_eq!(drift(&repository), None);
    repository.write("content/scopes/doors.md", &scope("advise", "none"));
    let levels = "drift The scope says advise, the newest agreement in force says agree.";
    let not_yet = "The scope says so only in a file that is not committed yet.";
    assert_eq!(drift(&repository), Some(format!("{levels} {not_yet}")));
    repository.commit("2026-04-10", "more");
    let commit = repository.said(&["rev-parse", "--short=10", "HEAD"]);
    // What changed beside it later is another matter.
    repository.write("content/scopes/doors.md", &scope("advise", "five a week"));
    repository.commit("2026-05-01", "limits");
    let since = format!("The scope has said so since 10 April 2026. {commit}");
    assert_eq!(drift(&repository), Some(format!("{levels} {since}")));
}
