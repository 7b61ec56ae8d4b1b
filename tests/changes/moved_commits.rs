//! Histories whose days do not follow each other: a commit that was moved on top of a younger one, entries that have
//! another id by now, states at commits that touched no content.

use std::fs;

use super::repository::{Repository, has_git};

const CONFIG: &str = "title: T\nowner: {name: Robin Vale}\nreaders: {manager: {}}\n\
                      defaults: {readers: {scope: manager, check-in: manager, pilot: manager, agreement: manager}}\n";

fn scope(status: &str, level: &str, limits: &str) -> String {
    format!(
        "title: Doors\nstatus: {status}\n\
         decision_rights: [{{area: Locks, delegation: {level}, limits: {limits}}}]\n"
    )
}

fn page(repository: &Repository, arguments: &[&str], path: &str) -> String {
    let output = tempfile::tempdir().unwrap();
    let out = output.path().join("site");
    repository.run(&[&["build", "--quiet", "--out", out.to_str().unwrap()], arguments].concat());
    fs::read_to_string(out.join(path)).unwrap()
}

#[test]
fn what_stands_on_top_of_something_younger_came_after_it() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    repository.write("content/scopes/doors.yaml", &scope("paused", "consult", "Five"));
    let agreement = "title: A\ndate: 2026-03-22\nparties: [Robin Vale]\nstatus: agreed\n\
                     grants: [{right: doors/locks, from: tell, to: consult}]\n";
    repository.write("content/agreements/a.yaml", agreement);
    repository
        .write("content/check-ins/2026-04-01-talk.yaml", "date: 2026-04-01\ntitle: Talk\nwith: manager\n");
    repository.commit("2026-01-05", "begin");
    repository.write("content/scopes/doors.yaml", &scope("active", "consult", "Five"));
    repository.commit("2026-04-10", "active");
    repository.write("content/scopes/doors.yaml", &scope("active", "consult", "Six"));
    repository.git("2026-04-12", &["add", "--all"]);
    // As after a rebase: the author's day is that of the first time.
    let author = ["commit", "--quiet", "--message", "limits", "--date", "2026-03-20T12:00:00+00:00"];
    repository.git("2026-04-12", &author);

    let told = repository.run(&["changes", "--today", "2026-05-01"]);
    assert!(told.contains("Since 2026-04-01, the day of the last check-in: 2 changes"), "{told}");
    assert!(told.contains("The status moved from paused to active"), "{told}");
    let then = page(&repository, &["--at", "2026-04-01"], "scopes/doors/index.html");
    assert!(then.contains("paused") && !then.contains("Six"), "{then}");
    let today = ["--for", "manager", "--today", "2026-05-01"];
    assert!(page(&repository, &today, "index.html").contains("<strong>1</strong> <span>entry changed since"));
    let agreed = page(&repository, &today, "agreements/a/index.html");
    assert!(agreed.contains("moved from paused to active") && !agreed.contains("Nothing of it has moved"));
    let changes = page(&repository, &today, "changes/index.html");
    let days: Vec<&str> = changes.split("datetime=\"").skip(1).map(|it| &it[..10]).collect();
    assert!(
        days.windows(2).all(|pair| pair[0] >= pair[1] || pair[1] == "2026-05-01"),
        "newest first: {days:?}"
    );
}

#[test]
fn the_banner_of_an_earlier_state_names_its_day_whatever_is_due_today() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    repository.write("content/scopes/doors.yaml", &scope("paused", "consult", "Five"));
    repository.commit("2026-01-05", "begin");
    let home = page(&repository, &["--at", "2026-02-23", "--today", "2026-05-01"], "index.html");
    let banner = home.split_once("class=\"versions past\"").unwrap().1.split_once("</p>").unwrap().0;
    assert!(banner.contains("2026-02-23") && !banner.contains("2026-05-01"), "{banner}");
}

#[test]
fn a_range_ends_where_its_last_commit_does_though_that_touched_no_content() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    let level = |day: &str, level: &str| {
        repository.write("content/scopes/doors.yaml", &scope("active", level, "Five"));
        repository.commit(day, level);
    };
    repository.write("content/portfolio.yaml", &format!("{CONFIG}editions: review-*\n"));
    level("2026-01-05", "consult");
    repository.git("2026-01-05", &["tag", "review-0"]);
    level("2026-01-10", "inquire");
    repository.write("README", "Nothing of the content\n");
    repository.commit("2026-01-15", "readme");
    repository.git("2026-01-15", &["tag", "review-1"]);
    level("2026-02-01", "consult");
    level("2026-03-01", "inquire");
    for range in ["review-0..review-1", "2026-01-06..2026-01-20"] {
        let told = repository.run(&["changes", range, "--today", "2026-05-01"]);
        assert!(told.contains("2026-01-10") && !told.contains("2026-03-01"), "{range}: {told}");
    }
    let told = repository.run(&["changes", "--today", "2026-05-01"]);
    assert!(told.contains("Since the edition review-1"), "{told}");
}

#[test]
fn versions_from_before_a_rename_lead_to_the_entry_of_today() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    repository.write("content/scopes/doors.yaml", &scope("active", "consult", "Five"));
    let pilot = |target: &str| {
        format!(
            "title: Trial\nscope: doors\nstarts: 2026-03-02\nends: 2026-03-29\n\
             primary: {{name: Days, direction: decrease, baseline: 9, target: {target}, observations: []}}\n"
        )
    };
    repository.write("content/pilots/trial.yaml", &pilot("2"));
    repository.commit("2026-02-01", "begin");
    repository.write("content/pilots/trial.yaml", &pilot("3"));
    repository.commit("2026-02-02", "target");
    repository.git("2026-02-03", &["mv", "content/pilots/trial.yaml", "content/pilots/first-trial.yaml"]);
    repository.commit("2026-02-03", "rename");
    // Another entry has the old id by now.
    repository.write("content/pilots/trial.yaml", &pilot("5").replace("Trial", "Another trial"));
    repository.commit("2026-02-04", "another");
    let today = ["--today", "2026-02-20"];
    let entry = page(&repository, &today, "pilots/first-trial/index.html");
    for version in ["2026-02-02", "2026-02-01"] {
        let link = format!("pilots/first-trial/history.html#text-{version}");
        assert!(entry.contains(&link), "{entry}");
    }
    let changes = page(&repository, &today, "changes/index.html");
    let (_, of_day) = changes.split_once("2026-02-02").unwrap();
    let group = of_day.split_once("</section>").unwrap().0;
    assert!(
        group.contains("scopes/doors/index.html") && group.contains("pilots/first-trial/index.html"),
        "{group}"
    );
    assert!(!group.contains("pilots/trial/"), "{group}");
}

#[test]
fn references_of_an_unknown_form_are_no_reason_not_to_build() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    fs::remove_dir_all(repository.path().join(".git")).unwrap();
    let init = ["init", "--quiet", "--ref-format=reftable", "--initial-branch=main", "."];
    let made = std::process::Command::new("git").args(init).current_dir(repository.path()).output().unwrap();
    if !made.status.success() {
        eprintln!("SKIPPED: this git cannot make references of another form");
        return;
    }
    repository.commit("2026-01-05", "begin");
    page(&repository, &["--today", "2026-02-20"], "index.html");
}
