//! What git tells is served as it would be built, while commits, tags and branches come and go.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::aid::{DOT, Project, Serving};
use crate::same::{assert_same, built};

/// Says loudly that a test did not run, or fails where `git` has to be there.
fn is_git_missing() -> bool {
    if Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return false;
    }
    assert!(std::env::var("CI").is_err(), "`git` is missing, and CI has to have it");
    eprintln!("SKIPPED: `git` is not installed");
    true
}

/// Runs git in a folder, at noon of a day.
#[track_caller]
fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(["-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"])
        .args(arguments);
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Robin Vale").env(format!("GIT_{who}_EMAIL"), "r@example.org");
        command.env(format!("GIT_{who}_DATE"), format!("{day}T12:00:00+00:00"));
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[track_caller]
fn commit(folder: &Path, day: &str, message: &str) {
    git(folder, day, &["add", "--all", "--", "."]);
    git(folder, day, &["commit", "--quiet", "--message", message]);
}

/// The names of the versions of an entry in a built site, newest first.
#[track_caller]
fn versions(root: &Path, entry: &str) -> Vec<String> {
    let files = built(root, "me").expect("the content is sound");
    let Some(page) = files.get(&format!("{entry}/history.html")) else { return Vec::new() };
    let page = String::from_utf8_lossy(page);
    let texts = page.split("id=\"text-").skip(1);
    texts.map(|text| text.split_once('"').expect("the name ends").0.to_owned()).collect()
}

#[test]
fn edits_commits_tags_and_branches_are_served_as_they_would_be_built() {
    if is_git_missing() {
        return;
    }
    let project = Project::new();
    let root = project.root();
    git(&root, "2026-01-01", &["init", "--quiet", "--initial-branch=main"]);
    commit(&root, "2026-04-20", "begin");
    let serving = Serving::start(&root);
    let same = |what: &str| assert_same(&root, &serving, &[], what);
    same("one commit");
    project.edit("decisions/first.md", "Alpha", "Alpha and omega");
    project.edit("pilots/trial/index.md", "target: 2", "target: 2.5");
    same("edited, not committed");
    assert!(
        serving.get("/pilots/trial/").text().to_lowercase().contains("not committed"),
        "an edit shows as such"
    );
    commit(&root, "2026-05-10", "edit");
    same("committed");
    assert_eq!(versions(&root, "pilots/trial"), ["2026-05-10", "2026-04-20"]);
    project.edit("pilots/trial/days.csv", "2026-05-04,3", "2026-05-04,1");
    same("a figure rewritten");
    git(&root, "2026-05-11", &["commit", "--quiet", "--all", "--message", "figures"]);
    git(&root, "2026-05-11", &["tag", "--annotate", "--message", "x", "review"]);
    same("a figure committed, and a tag");
    project.write("decisions/third.md", "---\ntitle: New\ndate: 2026-05-12\n---\nNew.\n");
    fs::remove_file(project.at("pages/long.md")).unwrap();
    same("a new file, and one that is gone");
    git(&root, "2026-05-12", &["checkout", "--quiet", "-b", "side"]);
    commit(&root, "2026-05-12", "on a branch");
    same("on a branch");
    git(&root, "2026-05-13", &["mv", "content/decisions/third.md", "content/decisions/fourth.md"]);
    same("renamed, not committed");
    commit(&root, "2026-05-13", "rename");
    project.edit("decisions/hidden.md", "readers: [me]\n", "");
    commit(&root, "2026-05-14", "open");
    same("opened");
    project.edit("decisions/hidden.md", "---\nxylophone", "readers: [me]\n---\nxylophone");
    same("closed again");
    git(&root, "2026-05-14", &["checkout", "--quiet", "--force", "main"]);
    same("back on the first branch");
    git(&root, "2026-05-15", &["merge", "--quiet", "--no-ff", "--no-edit", "side"]);
    same("merged");
    git(&root, "2026-05-16", &["reset", "--quiet", "--hard", "HEAD~1"]);
    same("taken back");
    git(&root, "2026-05-16", &["pack-refs", "--all"]);
    git(&root, "2026-05-16", &["gc", "--quiet"]);
    project.write_bytes("pilots/trial/dot.png", &[DOT, b"\0"].concat()[..DOT.len()]);
    commit_all_the_same(&root);
    same("packed");
}

/// A commit that changes nothing.
fn commit_all_the_same(root: &Path) {
    git(root, "2026-05-17", &["commit", "--quiet", "--allow-empty", "--message", "nothing"]);
}

#[test]
fn a_repository_that_comes_while_serving_is_told_of() {
    if is_git_missing() {
        return;
    }
    let project = Project::new();
    let root = project.root();
    let serving = Serving::start(&root);
    assert_same(&root, &serving, &[], "outside git");
    git(&root, "2026-05-01", &["init", "--quiet", "--initial-branch=main"]);
    commit(&root, "2026-05-01", "begin");
    project.edit("decisions/first.md", "Alpha", "Omega");
    commit(&root, "2026-05-02", "edit");
    assert_same(&root, &serving, &[], "in git");
    assert!(built(&root, "me").expect("the content is sound").contains_key("changes/index.html"));
    fs::remove_dir_all(root.join(".git")).unwrap();
    assert_same(&root, &serving, &["changes/index.html".to_owned()], "outside git again");
}

#[test]
fn folders_of_larger_repositories_and_other_work_trees_are_told_of() {
    if is_git_missing() {
        return;
    }
    let project = Project::below("deep/portfolio");
    let top = project.top();
    git(top, "2026-05-01", &["init", "--quiet", "--initial-branch=main"]);
    commit(top, "2026-05-01", "begin");
    project.edit("decisions/first.md", "Alpha", "Omega");
    let serving = Serving::start(&project.root());
    commit(top, "2026-05-02", "edit");
    assert_same(&project.root(), &serving, &[], "in a folder");

    let other = tempfile::tempdir().unwrap();
    let tree = other.path().canonicalize().unwrap().join("tree");
    git(top, "2026-05-03", &["worktree", "add", "--quiet", "-b", "other", tree.to_str().unwrap()]);
    let root = tree.join("deep/portfolio");
    // Looking from time to time finds the same.
    let serving = Serving::start_with(&root, &["--poll"]);
    assert_same(&root, &serving, &[], "another work tree");
    let file = root.join("content/decisions/second.md");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("Beta", "Gamma")).unwrap();
    assert_same(&root, &serving, &[], "edited there");
    commit(&tree, "2026-05-04", "there");
    assert_same(&root, &serving, &[], "committed there");
    assert_eq!(versions(&root, "decisions/second"), ["2026-05-04", "2026-05-01"]);
}

#[test]
fn shallow_clones_and_heads_on_no_branch_are_told_of() {
    if is_git_missing() {
        return;
    }
    let project = Project::new();
    let root = project.root();
    git(&root, "2026-05-01", &["init", "--quiet", "--initial-branch=main"]);
    commit(&root, "2026-05-01", "begin");
    for (day, from, to) in [("2026-05-02", "Alpha", "Psi"), ("2026-05-03", "Psi", "Omega")] {
        project.edit("decisions/first.md", from, to);
        commit(&root, day, "edit");
    }
    let clones = tempfile::tempdir().unwrap();
    let clone = clones.path().canonicalize().unwrap().join("clone");
    let from = format!("file://{}", root.display());
    git(clones.path(), "2026-05-04", &["clone", "--quiet", "--depth", "2", &from, clone.to_str().unwrap()]);
    let serving = Serving::start(&clone);
    assert_same(&clone, &serving, &[], "a shallow clone");
    let ends = "The history is cut off here";
    assert!(serving.get("/changes/").text().contains(ends), "it says where the history ends");
    let count = |root: &Path| versions(root, "decisions/first").len();
    assert_eq!((count(&clone), count(&root)), (2, 3));
    // The rest of the history comes while it is served.
    git(&clone, "2026-05-04", &["fetch", "--quiet", "--unshallow"]);
    assert_same(&clone, &serving, &[], "the whole history");
    assert!(!serving.get("/changes/").text().contains(ends));
    assert_eq!(count(&clone), 3);

    git(&clone, "2026-05-04", &["checkout", "--quiet", "--detach", "HEAD~1"]);
    assert_same(&clone, &serving, &[], "on no branch");
    assert!(serving.get("/decisions/first/").text().contains("Psi"));
    assert_eq!(count(&clone), 2);
    let file = clone.join("content/decisions/first.md");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("Psi", "Chi")).unwrap();
    commit(&clone, "2026-05-05", "on no branch");
    assert_same(&clone, &serving, &[], "committed on no branch");
    assert_eq!(count(&clone), 3);
}
