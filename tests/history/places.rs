//! Whole builds wherever content can lie in git: what the pages tell of their history, from the real binary.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::needs_git;
use crate::support::{Repo, git_in};

const CONFIG: &str =
    "title: T\nowner: {name: N}\nreaders: {manager: {}}\ndefaults: {readers: {page: [manager]}}\n";

/// What the page of changes says when the history ends early.
const ENDS_HERE: &str = "The history is cut off here";

/// A portfolio of one page with three versions, the last of which is not committed.
fn written(repo: &Repo) {
    repo.write("portfolio.yaml", CONFIG).write("pages/a.md", "# A\n\nFirst words.\n").commit("begin");
    repo.write("pages/a.md", "# A\n\nSecond words.\n").commit("second");
    repo.write("pages/a.md", "# A\n\nThird words.\n");
}

/// The names of the versions of an entry in the site for a reader, which is built where the content is.
#[track_caller]
fn versions(root: &Path, reader: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_bailiwick"))
        .args(["build", "--today", "2026-03-01", "--for", reader, "--root"])
        .arg(root)
        .env_clear()
        .env("PATH", "/nowhere")
        .output()
        .expect("the program can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = root.join("site").join(reader).join("pages/a/history.html");
    let page = fs::read_to_string(page).unwrap_or_default();
    let texts = page.split("id=\"text-").skip(1);
    let mut names: Vec<String> = texts.filter_map(|it| Some(it.split_once('"')?.0.to_owned())).collect();
    names.sort();
    names
}

fn page(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join("site/me").join(path)).unwrap_or_default()
}

/// All three versions.
const ALL: [&str; 3] = ["2026-01-01", "2026-01-02", "not-committed"];

#[test]
fn in_a_folder_of_a_larger_repository() {
    needs_git!();
    let repo = Repo::new();
    fs::write(repo.path("code.rs"), "fn main() {}\n").unwrap();
    repo.commit("something else");
    written(&repo);
    let below = repo.path("notes/mine");
    fs::create_dir_all(&below).unwrap();
    repo.git(&["checkout", "-q", "--", "."]);
    repo.git(&["mv", "content", "notes/mine/content"]);
    repo.commit("into a folder");
    fs::write(below.join("content/pages/a.md"), "# A\n\nThird words.\n").unwrap();
    // Nothing but the content folder is looked at, so its history begins with the move.
    assert_eq!(versions(&below, "me"), ["2026-01-04", "not-committed"]);
    assert!(!page(&below, "changes/index.html").contains("code.rs"));
}

#[test]
fn in_a_work_tree_of_its_own() {
    needs_git!();
    let repo = Repo::new();
    written(&repo);
    let elsewhere = tempfile::tempdir().unwrap();
    let tree = elsewhere.path().join("tree");
    repo.git(&["worktree", "add", "-q", "-b", "side", tree.to_str().unwrap(), "HEAD"]);
    assert_eq!(versions(&tree, "me"), ALL[..2], "what is edited elsewhere is not edited here");
    assert_eq!(versions(&repo.path(""), "me"), ALL);
    fs::write(tree.join("content/pages/a.md"), "# A\n\nOther words.\n").unwrap();
    assert!(git_in(&tree, 5, &["commit", "-q", "-a", "-m", "there"]).status.success());
    assert_eq!(versions(&tree, "me"), ["2026-01-01", "2026-01-02", "2026-01-05"]);
}

#[test]
fn on_no_branch() {
    needs_git!();
    let repo = Repo::new();
    written(&repo);
    let root = repo.path("");
    repo.commit("third");
    repo.git(&["checkout", "-q", "--detach", "HEAD~1"]);
    assert_eq!(versions(&root, "me"), ALL[..2]);
    assert!(page(&root, "pages/a/index.html").contains("Second words."));
    repo.git(&["checkout", "-q", "main"]);
    assert_eq!(versions(&root, "me"), ["2026-01-01", "2026-01-02", "2026-01-03"]);
}

#[test]
fn in_a_shallow_clone_that_is_completed_later() {
    needs_git!();
    let repo = Repo::new();
    written(&repo);
    repo.commit("third");
    let clones = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repo.path("").display());
    let clone = clones.path().join("clone");
    let shallow = ["clone", "-q", "--depth", "2", &from, clone.to_str().unwrap()];
    assert!(git_in(clones.path(), 9, &shallow).status.success());
    for reader in ["me", "manager"] {
        assert_eq!(versions(&clone, reader), ["2026-01-02", "2026-01-03"], "{reader}");
    }
    for path in ["changes/index.html", "pages/a/history.html"] {
        assert!(page(&clone, path).contains(ENDS_HERE), "{path}");
    }
    assert!(git_in(&clone, 9, &["fetch", "-q", "--unshallow"]).status.success());
    for reader in ["me", "manager"] {
        assert_eq!(versions(&clone, reader), ["2026-01-01", "2026-01-02", "2026-01-03"], "{reader}");
    }
    assert!(!page(&clone, "changes/index.html").contains(ENDS_HERE));
}

#[test]
fn before_the_first_commit() {
    needs_git!();
    let repo = Repo::new();
    repo.write("portfolio.yaml", CONFIG).write("pages/a.md", "# A\n\nFirst words.\n");
    let root = repo.path("");
    assert!(versions(&root, "me").is_empty());
    let page = page(&root, "pages/a/index.html");
    assert!(page.contains("First words.") && !page.contains("history.html"), "{page}");
    repo.commit("begin");
    repo.write("pages/a.md", "# A\n\nSecond words.\n");
    assert_eq!(versions(&root, "me"), ["2026-01-01", "not-committed"]);
}

#[test]
fn with_a_part_in_another_repository() {
    needs_git!();
    let inner = Repo::new();
    fs::write(inner.path("b.md"), "# B\n\nWords of the module.\n").unwrap();
    inner.commit("in the module");
    let repo = Repo::new();
    written(&repo);
    let from = inner.path("").display().to_string();
    repo.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", &from, "content/pages/module"]);
    repo.commit("with a module");
    let root = repo.path("");
    assert_eq!(versions(&root, "me"), ["2026-01-01", "2026-01-02", "2026-01-03"]);
    assert!(page(&root, "pages/b/index.html").contains("Words of the module."));
    let changes = page(&root, "changes/index.html");
    assert!(changes.contains("pages/a/") && !changes.contains("pages/b/"), "{changes}");
}

#[test]
fn a_commit_that_takes_another_back_is_told_as_what_it_does() {
    needs_git!();
    let repo = Repo::new();
    let pilot = |target: &str| {
        format!(
            "title: Doors\nstarts: 2026-02-01\nends: 2026-02-20\nprimary: {{name: Days, direction: decrease, \
             baseline: 9, target: {target}, observations: []}}\n"
        )
    };
    repo.write("portfolio.yaml", CONFIG).write("pilots/a.yaml", &pilot("2")).commit("begin");
    repo.write("pilots/a.yaml", &pilot("4"));
    let moved = repo.commit("an easier target");
    repo.next_day().git(&["revert", "--no-edit", &moved]);
    let output = Command::new(env!("CARGO_BIN_EXE_bailiwick"))
        .args(["build", "--today", "2026-03-01", "--root"])
        .arg(repo.path(""))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = page(&repo.path(""), "pilots/a/history.html");
    let places = ["moved from 4 to 2", "moved from 2 to 4"].map(|words| text.find(words));
    assert!(
        places[0].is_some() && places[0] < places[1],
        "both are told, the later first: {places:?}\n{text}"
    );
    let between = |from: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_bailiwick"))
            .args(["changes", from, "--root"])
            .arg(repo.path(""))
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(between("HEAD~1").contains("moved from 4 to 2"));
    assert!(!between("HEAD~2").contains("moved"), "what was taken back has not changed");
}
