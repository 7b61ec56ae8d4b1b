//! Nothing that a repository's configuration names is run, and a broken repository is trouble, not a panic.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use bailiwick::history::Repository;
use bailiwick::source::discover::Folder;

use crate::needs_git;
use crate::support::{Repo, commit, open, text};

#[test]
fn no_program_of_the_configuration_runs() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).commit("begin");
    repo.write("pages/a.md", &(text("a") + "more\n")).commit("second");
    let sentinel = repo.path("ran");
    let trap = repo.path("trap.sh");
    fs::write(&trap, format!("#!/bin/sh\ntouch {}\n", sentinel.display())).unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    let trap = trap.display();
    let config = format!(
        "[core]\n\tfsmonitor = {trap}\n\thooksPath = {folder}\n\tpager = {trap}\n\teditor = {trap}\n\
         \tsshCommand = {trap}\n\taskPass = {trap}\n\tgitProxy = {trap}\n\talternateRefsCommand = {trap}\n\
         [include]\n\tpath = {folder}/more\n[alias]\n\tlog = !{trap}\n\tstatus = !{trap}\n\
         [filter \"x\"]\n\tclean = {trap}\n\tsmudge = {trap}\n\tprocess = {trap}\n\trequired\n\
         [diff \"x\"]\n\ttextconv = {trap}\n\tcommand = {trap}\n[diff]\n\texternal = {trap}\n\
         [gpg]\n\tprogram = {trap}\n[credential]\n\thelper = {trap}\n[merge \"x\"]\n\tdriver = {trap}\n\
         [extensions]\n\tpartialClone = origin\n[remote \"origin\"]\n\turl = ext::{trap}\n\tpromisor = true\n\
         \tuploadpack = {trap}\n",
        folder = repo.path("").display(),
    );
    let path = repo.path(".git/config");
    let before = fs::read_to_string(&path).unwrap();
    fs::write(&path, before + &config).unwrap();
    fs::write(repo.path("more"), format!("[core]\n\tfsmonitor = {trap}\n")).unwrap();
    fs::write(repo.path(".gitattributes"), "* filter=x diff=x merge=x\n").unwrap();
    for hook in ["post-index-change", "fsmonitor-watchman", "reference-transaction", "post-checkout"] {
        let path = repo.path(".git/hooks").join(hook);
        fs::write(&path, format!("#!/bin/sh\ntouch {}\n", sentinel.display())).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    let opened = repo.open();
    let history = opened.history(None).unwrap();
    assert_eq!(history.of("pages/a.md").len(), 2);
    let sources = Folder::open(&repo.path("content")).unwrap().read().unwrap();
    assert!(opened.uncommitted(opened.head().unwrap(), &sources).unwrap().is_empty());
    let tree = opened.tree(opened.revision("HEAD~1").unwrap()).unwrap();
    assert_eq!(opened.sources(&tree).len(), 1);
    assert!(!sentinel.exists(), "a program of the configuration has run");
    // The trap works: git itself falls into it.
    let _ = repo.try_git(&["status"]);
    assert!(sentinel.exists(), "the trap would not have caught anything");
}

#[test]
fn a_missing_object_is_trouble_and_no_panic() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).commit("begin");
    repo.write("pages/a.md", &text("b")).commit("second");
    let tree = repo.git(&["rev-parse", "HEAD~1:content"]);
    fs::remove_file(repo.path(&format!(".git/objects/{}/{}", &tree[..2], &tree[2..]))).unwrap();
    assert!(repo.open().history(None).is_err());
}

#[test]
fn a_missing_text_is_left_out() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).commit("begin");
    let blob = repo.git(&["rev-parse", "HEAD:content/pages/a.md"]);
    fs::remove_file(repo.path(&format!(".git/objects/{}/{}", &blob[..2], &blob[2..]))).unwrap();
    let opened = repo.open();
    let sources = opened.sources(&opened.tree(commit(&repo, "HEAD")).unwrap());
    assert!(sources.text("pages/a.md").is_none());
    assert_eq!(sources.len(), 1, "it is there, with the reason why it cannot be read");
}

#[test]
fn a_folder_called_git_that_is_none_is_passed_over() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).commit("begin");
    fs::create_dir_all(repo.path("content/.git")).unwrap();
    assert_eq!(open(&repo.path("content")).history(None).unwrap().of("pages/a.md").len(), 1);
    fs::remove_dir_all(repo.path("content/.git")).unwrap();
    fs::write(repo.path("content/.git"), "gitdir: /nowhere/at/all\n").unwrap();
    assert!(Repository::open(&repo.path("content")).is_err());
}

#[test]
fn a_repository_that_belongs_to_somebody_else_is_not_read() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).commit("begin");
    if std::os::unix::fs::chown(repo.path(".git"), Some(12345), None).is_err() {
        eprintln!("SKIPPED: only an administrator can give files away");
        return;
    }
    let trouble = Repository::open(&repo.path("content")).unwrap_err().to_string();
    assert!(trouble.contains("belongs to another user"), "{trouble}");
    // Content and repository in one hand, as in a container of a build machine: there is nobody to be deceived.
    std::os::unix::fs::chown(repo.path("content"), Some(12345), None).unwrap();
    assert_eq!(repo.history().of("pages/a.md").len(), 1);
}
