//! How pages tell changes: by titles, and without saying twice what stands beside it.

use std::fs;

use super::repository::{Repository, has_git};

const CONFIG: &str = "title: T\nowner: {name: Robin Vale}\nreaders: {manager: {}}\n\
                      defaults: {readers: {decision: manager, scope: manager, pilot: manager}}\n";

/// A decision whose place is taken by another; one tag is spelt like an entry, one related entry is for nobody else.
fn repository() -> Repository {
    let repository = Repository::new();
    let write = |path: &str, text: &str| repository.write(&format!("content/{path}"), text);
    write("portfolio.yaml", CONFIG);
    write("scopes/doors.yaml", "title: All doors\n");
    write("decisions/hidden.yaml", "title: Not for Kim\nreaders: me\n");
    write("decisions/early.yaml", "title: Open early\ndate: 2026-03-01\nstatus: accepted\nscope: doors\n");
    repository.commit("2026-03-01", "Begin");
    write(
        "decisions/late.yaml",
        "title: Open late\ndate: 2026-03-02\nstatus: accepted\nscope: doors\nsupersedes: early\n",
    );
    write(
        "decisions/early.yaml",
        "title: Open early\ndate: 2026-03-01\nstatus: superseded\nscope: doors\nsuperseded_by: late\ntags: [doors]\nrelated: [hidden]\n",
    );
    repository.commit("2026-03-02", "Think again");
    repository
}

pub(super) fn page(repository: &Repository, reader: &str, path: &str) -> String {
    repository.run(&["build", "--quiet", "--for", reader, "--today", "2026-06-01"]);
    fs::read_to_string(repository.path().join("site").join(reader).join(path)).unwrap()
}

/// The lines of a page that tell of changes, without their marks.
pub(super) fn told(page: &str) -> Vec<String> {
    let lines =
        page.lines().filter(|line| line.contains("<p class=\"line\">") || line.contains("<li class=\""));
    let plain = |line: &str| {
        let mut text = String::new();
        let mut rest = line;
        while let Some((before, tag)) = rest.split_once('<') {
            text += before;
            rest = tag.split_once('>').map_or("", |(_, rest)| rest);
        }
        text + rest
    };
    lines.map(|line| plain(line.trim())).filter(|line| !line.is_empty()).collect()
}

#[test]
fn what_is_new_is_said_once_and_entries_go_by_their_titles() {
    if !has_git() {
        return;
    }
    let repository = repository();
    let expected = [
        "Open early decision",
        "The status moved from accepted to superseded",
        "Superseded by: “Open late” added",
        "Tags: doors added",
        "Open late decision new",
        "Open early decision new",
        "All doors scope new",
    ];
    let mut found = told(&page(&repository, "manager", "changes/index.html"));
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    found.sort();
    let mut expected = expected.map(str::to_owned);
    expected.sort();
    assert_eq!(found, expected);
    let mine = page(&repository, "me", "changes/index.html");
    assert!(mine.contains("Related: “Not for Kim” added"), "{mine}");
    // Where no title stands beside it, it is told in full.
    let history = page(&repository, "manager", "decisions/early/history.html");
    assert!(history.contains("New: the decision “Open early”"), "{history}");
}

#[test]
fn goalposts_of_one_moment_are_told_together() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    let pilot = "title: Doors\nhypothesis: Fewer steps\nstarts: 2026-03-02\nends: 2026-03-29\nreviews: 2026-03-16\n\
                 primary: {name: Days, direction: decrease, baseline: 9, target: 2}\n";
    repository.write("content/pilots/doors.yaml", pilot);
    repository.commit("2026-02-20", "Plan");
    let limited = format!("{pilot}guardrails: {{name: Errors, direction: decrease, limit: 3}}\n");
    repository.write("content/pilots/doors.yaml", &limited);
    repository.commit("2026-02-27", "Limit");
    let page = page(&repository, "manager", "pilots/doors/index.html");
    let part = page.split_once("part preregistration").unwrap().1.split_once("</dl>").unwrap().0;
    let labels: Vec<&str> = part.split("<dt>").skip(1).map(|it| it.split_once("</dt>").unwrap().0).collect();
    assert_eq!(labels, ["Hypothesis, Target", "Limits", "Reviews"]);
}

#[test]
fn what_was_noted_and_what_was_set_off_are_told_in_a_sentence() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    let pilot = |review: &str, escalation: &str| {
        format!(
            "title: Doors\nstarts: 2026-03-02\nends: 2026-03-29\n\
             primary: {{name: Days, direction: decrease, baseline: 9, target: 2}}\n\
             reviews: {{date: 2026-03-16{review}}}\n\
             escalations: {{trigger: A door is stuck, to: Kim Osei, within: 1d{escalation}}}\n"
        )
    };
    repository.write("content/pilots/doors.yaml", &pilot("", ""));
    repository.commit("2026-02-20", "Plan");
    let fired = ", fired: {date: 2026-03-10, escalated: 2026-03-10}";
    repository.write("content/pilots/doors.yaml", &pilot(", held: 2026-03-17, note: One more week", fired));
    repository.commit("2026-03-17", "Look");
    let mut found = told(&page(&repository, "manager", "changes/index.html"));
    found.sort();
    assert_eq!(
        found,
        [
            "An escalation was set off on 10 March 2026: “A door is stuck”",
            "Doors pilot",
            "Doors pilot new",
            "The note on the review of 16 March 2026 says: “One more week”",
            "The review of 16 March 2026 was held on 17 March 2026",
        ]
    );
}
