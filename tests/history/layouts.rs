//! Where a repository can be, and what state it can be in.

use std::fs;

use bailiwick::history::{Change, Repository};
use bailiwick::source::discover::Folder;

use crate::needs_git;
use crate::support::{Repo, commit, git_in, open, text};

#[test]
fn outside_git_there_is_no_repository_and_no_trouble() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Repository::open(folder.path()).unwrap().is_none());
}

#[test]
fn before_the_first_commit_all_is_uncommitted() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a"));
    let (opened, history) = (repo.open(), repo.history());
    assert_eq!((opened.head().unwrap(), history.is_empty()), (None, true));
    let sources = Folder::open(&repo.path("content")).unwrap().read().unwrap();
    let uncommitted = opened.uncommitted(None, &sources).unwrap();
    assert_eq!(uncommitted.iter().map(|path| &**path).collect::<Vec<_>>(), ["pages/a.md"]);
}

#[test]
fn what_is_not_committed_is_told_from_what_only_looks_different() {
    needs_git!();
    let repo = Repo::new();
    for name in ["same", "windows", "edited", "gone"] {
        repo.write(&format!("pages/{name}.md"), &text(name));
    }
    repo.commit("begin");
    repo.write("pages/windows.md", &text("windows").replace('\n', "\r\n"));
    repo.write("pages/edited.md", &text("another"));
    repo.write("pages/new.md", &text("new")).write("pages/new.png", "no picture").write(".hidden", "x");
    fs::remove_file(repo.path("content/pages/gone.md")).unwrap();
    let sources = Folder::open(&repo.path("content")).unwrap().read().unwrap();
    let opened = repo.open();
    let uncommitted = opened.uncommitted(opened.head().unwrap(), &sources).unwrap();
    let paths: Vec<&str> = uncommitted.iter().map(|path| &**path).collect();
    assert_eq!(paths, ["pages/edited.md", "pages/gone.md", "pages/new.md", "pages/new.png"]);
}

#[test]
fn in_a_folder_of_a_larger_repository_only_the_content_counts() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a"));
    fs::create_dir_all(repo.path("notes/mine")).unwrap();
    fs::rename(repo.path("content"), repo.path("notes/mine/content")).unwrap();
    fs::write(repo.path("code.rs"), "fn main() {}\n").unwrap();
    repo.commit("begin");
    fs::write(repo.path("code.rs"), "fn main() { }\n").unwrap();
    repo.commit("code alone");
    let history = open(&repo.path("notes/mine/content")).history(None).unwrap();
    assert_eq!(history.commits().len(), 1);
    assert_eq!(history.of("pages/a.md").len(), 1);
}

#[test]
fn what_came_from_outside_the_content_folder_begins_in_it() {
    needs_git!();
    let repo = Repo::new();
    fs::create_dir_all(repo.path("drafts")).unwrap();
    fs::write(repo.path("drafts/a.md"), text("a")).unwrap();
    repo.commit("draft");
    fs::create_dir_all(repo.path("content/pages")).unwrap();
    repo.git(&["mv", "drafts/a.md", "content/pages/a.md"]);
    repo.commit("into the portfolio");
    let history = repo.history();
    let changes: Vec<_> = history.of("pages/a.md").iter().map(|revision| revision.change).collect();
    assert_eq!(changes, [Change::Added], "nothing but the content folder is looked at");
}

#[test]
fn a_work_tree_of_its_own_has_its_own_newest_commit() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).commit("begin");
    repo.git(&["branch", "side"]);
    repo.write("pages/a.md", &(text("a") + "more\n")).commit("main");
    let elsewhere = tempfile::tempdir().unwrap();
    let tree = elsewhere.path().join("tree");
    repo.git(&["worktree", "add", "-q", tree.to_str().unwrap(), "side"]);
    let opened = open(&tree.join("content"));
    assert_eq!(opened.head().unwrap(), Some(commit(&repo, "side")));
    assert_eq!(opened.history(None).unwrap().of("pages/a.md").len(), 1);
    let folders = opened.folders();
    assert!(folders.iter().any(|folder| folder.ends_with(".git/objects")), "{folders:?}");
}

#[test]
fn a_shallow_clone_says_what_it_cannot_know() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/old.md", &text("old")).commit("begin");
    repo.write("pages/new.md", &text("new")).commit("second");
    repo.write("pages/new.md", &(text("new") + "more\n")).commit("third");
    let clones = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repo.path("").display());
    let output = git_in(clones.path(), 9, &["clone", "-q", "--depth", "2", &from, "clone"]);
    assert!(output.status.success());
    let history = open(&clones.path().join("clone/content")).history(None).unwrap();
    assert!(history.is_shallow);
    assert!(!repo.history().is_shallow);
    let cut_off =
        |path: &str| -> Vec<bool> { history.of(path).iter().map(|revision| revision.is_cut_off).collect() };
    assert_eq!(cut_off("pages/new.md"), [false, true]);
    assert_eq!(cut_off("pages/old.md"), [true], "it is there from the first commit that we have");
}

#[test]
fn a_head_that_is_on_no_branch() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a"));
    let first = repo.commit("begin");
    repo.write("pages/a.md", &(text("a") + "more\n")).commit("second");
    repo.git(&["checkout", "-q", "--detach", &first]);
    assert_eq!(repo.history().of("pages/a.md").len(), 1);
}

#[test]
fn history_ends_at_the_border_of_another_repository() {
    needs_git!();
    let inner = Repo::new();
    inner.write("a.md", &text("a")).commit("in the module");
    let outer = Repo::new();
    outer.write("pages/b.md", &text("b")).commit("begin");
    let from = inner.path("content").parent().unwrap().display().to_string();
    outer.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", &from, "content/pages/module"]);
    outer.commit("with a module");
    let (opened, history) = (outer.open(), outer.history());
    let paths: Vec<&str> = history.files().map(|(path, _)| &**path).collect();
    assert_eq!(paths, ["pages/b.md"]);
    let sources = Folder::open(&outer.path("content")).unwrap().read().unwrap();
    assert!(sources.get("pages/module/content/a.md").is_some(), "the module is not checked out");
    assert!(opened.uncommitted(opened.head().unwrap(), &sources).unwrap().is_empty());
    // Seen from the module itself there is a history: that of the module.
    let within = open(&outer.path("content/pages/module/content"));
    assert_eq!(within.history(None).unwrap().of("a.md").len(), 1);
}

#[test]
fn commits_are_found_by_name_and_by_day() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a"));
    let first = repo.commit("begin");
    repo.git(&["tag", "review-1"]);
    repo.git(&["tag", "-a", "review-2", "-m", "agreed"]);
    repo.write("pages/a.md", &(text("a") + "more\n")).commit("second");
    let opened = repo.open();
    for name in ["review-1", "review-2", "HEAD~1", &first[..12]] {
        assert_eq!(opened.revision(name).unwrap().to_string(), first, "{name}");
    }
    assert!(opened.revision("nothing-of-the-kind").is_err());
    let as_of = |day: &str| {
        let day = bailiwick::text::Scalar::parse(day).unwrap();
        opened.as_of(day).unwrap().map(|id| id.to_string())
    };
    assert_eq!(as_of("2026-01-01"), Some(first.clone()));
    assert_eq!(as_of("2025-12-31"), None);
    assert_eq!(as_of("2026-06-01"), Some(opened.head().unwrap().unwrap().to_string()));
    let tags = repo.history().tags;
    let told: Vec<_> =
        tags.iter().map(|tag| (tag.name.as_str(), tag.date.map(|day| day.to_string()))).collect();
    assert_eq!(told, [("review-1", None), ("review-2", Some("2026-01-01".to_owned()))]);
}

#[test]
fn the_content_folder_as_it_stood() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", "# A\r\n").write("pages/b/c.csv", "date,value\n").write("pages/.hidden.md", "x");
    repo.commit("begin");
    repo.write("pages/a.md", "# B\n").commit("second");
    let opened = repo.open();
    let tree = opened.tree(commit(&repo, "HEAD~1")).unwrap();
    let sources = opened.sources(&tree);
    let told: Vec<(&str, Option<&str>)> =
        sources.iter().map(|(path, _)| (&**path, sources.text(path).map(|text| &**text))).collect();
    assert_eq!(told, [("pages/a.md", Some("# A\n")), ("pages/b/c.csv", Some("date,value\n"))]);
}
