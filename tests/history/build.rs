//! `build --at` and editions: the site as it was, from the real binary.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::needs_git;
use crate::support::{Repo, text};

pub fn build(repo: &Repo, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bailiwick"))
        .args(["build", "--root"])
        .arg(repo.path(""))
        .args(arguments)
        .env_clear()
        .env("PATH", "/nowhere")
        .output()
        .expect("the program can be run")
}

pub fn built(repo: &Repo, arguments: &[&str]) -> String {
    let output = build(repo, arguments);
    let said = String::from_utf8(output.stderr).expect("messages are text");
    assert!(output.status.success(), "{said}");
    said
}

/// All files of a site by path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("the site can be listed"));
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("it is below").to_string_lossy().into_owned();
            (path, fs::read(entry.path()).expect("a file can be read"))
        })
        .collect()
}

fn page(site: &Path, path: &str) -> String {
    fs::read_to_string(site.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A portfolio with one tagged review, and work after it.
fn story() -> Repo {
    let repo = Repo::new();
    let config = "title: T\nowner: {name: N}\nreaders: {manager: {}}\neditions: review-*\n";
    repo.write("portfolio.yaml", config);
    repo.write("pages/a/index.md", "---\nreaders: [manager]\n---\n# A\n\nfirst words\n\n![](dot.png)\n");
    fs::copy("tests/assets/still.png", repo.path("content/pages/a/dot.png"))
        .expect("the picture can be copied");
    repo.write("pages/later-closed.md", "---\nreaders: [manager]\n---\n# L\n\nwords of then\n")
        .commit("begin");
    repo.git(&["tag", "review-1"]);
    repo.write("pages/a/index.md", "---\nreaders: [manager]\n---\n# A\n\nother words\n\n![](dot.png)\n");
    repo.write("pages/later-closed.md", "# L\n\nwords of now\n");
    repo.write("pages/new.md", "---\nreaders: [manager]\n---\n# New\n").commit("on");
    repo
}

#[test]
fn a_build_as_of_then_is_marked_and_leaves_the_work_tree_alone() {
    needs_git!();
    let repo = story();
    repo.write("pages/uncommitted.md", "# U\n");
    let before = files(&repo.path("content"));
    for moment in ["review-1", "HEAD~1", "2026-01-01"] {
        built(&repo, &["--at", moment]);
        let site = repo.path("site/me");
        assert!(page(&site, "pages/a/index.html").contains("first words"), "{moment}");
        assert!(!site.join("pages/new").exists() && !site.join("pages/uncommitted").exists(), "{moment}");
        for (path, bytes) in files(&site).iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = String::from_utf8_lossy(bytes);
            let is_redirect = html.contains("http-equiv=\"refresh\"");
            assert!(
                is_redirect || html.contains("as it stood on <time datetime=\"2026-01-01\">"),
                "{path} is not marked"
            );
        }
    }
    assert_eq!(files(&repo.path("content")), before);
    assert_eq!(repo.git(&["status", "--porcelain"]), "?? content/pages/uncommitted.md\n?? site/");
}

#[test]
fn a_reader_sees_of_then_what_is_open_today_as_well() {
    needs_git!();
    let repo = story();
    built(&repo, &["--at", "review-1", "--for", "manager"]);
    let site = repo.path("site/manager");
    assert!(page(&site, "pages/a/index.html").contains("first words"));
    let all: Vec<u8> = files(&site).into_values().flatten().collect();
    assert!(!String::from_utf8_lossy(&all).contains("words of then"));
    built(&repo, &["--at", "review-1"]);
    assert!(page(&repo.path("site/me"), "pages/later-closed/index.html").contains("words of then"));
}

#[test]
fn editions_stand_beside_today_and_each_page_leads_to_the_others() {
    needs_git!();
    let repo = story();
    built(&repo, &["--for", "manager"]);
    let site = repo.path("site/manager");
    let today = page(&site, "pages/a/index.html");
    assert!(today.contains("other words") && !today.contains("as it stood on"));
    assert!(today.contains(r#"href="../../editions/review-1/pages/a/index.html""#));
    // What the edition does not have leads to its start page.
    assert!(page(&site, "pages/new/index.html").contains(r#"href="../../editions/review-1/index.html""#));
    let then = page(&site, "editions/review-1/pages/a/index.html");
    assert!(then.contains("first words") && then.contains("as it stood on <time datetime=\"2026-01-01\">"));
    assert!(then.contains(r#"href="../../../../pages/a/index.html""#), "the way back to today");
    let all: Vec<u8> = files(&site).into_values().flatten().collect();
    let all = String::from_utf8_lossy(&all);
    assert!(!all.contains("words of then") && !all.contains("words of now"));
    check_links(&site);

    // The same picture and the same style are stored once.
    #[cfg(unix)]
    for path in ["pages/a/dot.png", "assets/style.css"] {
        use std::os::unix::fs::MetadataExt;
        let inode = |path: &str| fs::metadata(site.join(path)).expect("it is there").ino();
        assert_eq!(inode(path), inode(&format!("editions/review-1/{path}")), "{path}");
    }
    let first = files(&site);
    built(&repo, &["--for", "manager"]);
    assert_eq!(files(&site), first, "a second build, with the history remembered, is the same");
    fs::remove_file(repo.path("site/.bailiwick/manager/history")).expect("the history is remembered");
    built(&repo, &["--for", "manager"]);
    assert_eq!(files(&site), first);
    for broken in ["", "nonsense"] {
        fs::write(repo.path("site/.bailiwick/manager/history"), broken).unwrap();
        built(&repo, &["--for", "manager"]);
        assert_eq!(files(&site), first);
    }
}

/// Every link of every page leads to a file.
fn check_links(site: &Path) {
    for (path, bytes) in files(site).iter().filter(|(path, _)| path.ends_with(".html")) {
        let document = scraper::Html::parse_document(&String::from_utf8_lossy(bytes));
        let links = scraper::Selector::parse("a[href], link[href], img[src]").expect("a selector");
        for link in document.select(&links) {
            let href = link.value().attr("href").or(link.value().attr("src")).expect("it was asked for");
            let target = href.split('#').next().expect("a part");
            if target.is_empty() || target.contains(':') {
                continue;
            }
            let folder = site.join(path).parent().expect("a page is in a folder").to_owned();
            assert!(folder.join(target).exists(), "{path}: {href}");
        }
    }
}

#[test]
fn an_edition_that_cannot_be_read_is_left_out_with_a_warning() {
    needs_git!();
    let repo = Repo::new();
    repo.write("portfolio.yaml", "title: T\nowner: {name: N}\neditions: review-*\n");
    repo.write("pages/a.md", "---\nnonsense: 1\n---\n# A\n").commit("faulty");
    repo.git(&["tag", "review-1"]);
    repo.write("pages/a.md", "# A\n").commit("mended");
    let said = built(&repo, &[]);
    assert!(said.contains("warning: the edition `review-1` is left out: 1 error"), "{said}");
    assert!(!repo.path("site/me/editions").exists());
    let output = build(&repo, &["--at", "review-1"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("content@review-1/pages/a.md:2:1"), "{said}");
}

#[test]
fn without_a_repository_there_is_no_past() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/pages")).unwrap();
    fs::write(folder.path().join("content/portfolio.yaml"), "title: T\nowner: {name: N}\n").unwrap();
    fs::write(folder.path().join("content/pages/a.md"), format!("# A\n\n{}", text("a"))).unwrap();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_bailiwick"))
            .arg("build")
            .arg("--root")
            .arg(folder.path())
            .args(arguments)
            .output()
            .unwrap()
    };
    assert!(run(&[]).status.success());
    let output = run(&["--at", "HEAD"]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_name_of_no_commit_is_wrong_usage() {
    needs_git!();
    let repo = story();
    let nowhere =
        "it is no commit, tag or branch here, or too short to be the only one that begins like this";
    let cases = [
        ("nothing-of-the-kind", format!("error: `nothing-of-the-kind` names no commit: {nowhere}")),
        ("HEAD~99", format!("error: `HEAD~99` names no commit: {nowhere}")),
        (
            "2026-13-01",
            "error: `2026-13-01` names no commit: there is no such day in the calendar".to_owned(),
        ),
        ("", "error: `` names no commit: the name is empty".to_owned()),
        ("2020-01-01", "error: nothing was committed by 2020-01-01".to_owned()),
    ];
    for (moment, reason) in cases {
        let output = build(&repo, &["--at", moment]);
        assert_eq!(output.status.code(), Some(2), "{moment}");
        assert_eq!(String::from_utf8_lossy(&output.stderr).lines().next(), Some(reason.as_str()), "{moment}");
    }
}
