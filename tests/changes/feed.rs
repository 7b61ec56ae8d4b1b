//! The feed tells of changes under names that stay, on the days of their commits, and to whom they were open.

use std::fs;

use atom_syndication::{Entry, Feed};

use super::repository::{Repository, has_git};

const CONFIG: &str = "title: T\nowner: {name: Robin Vale}\nreaders: {manager: {}}\n\
                      defaults: {readers: {scope: manager}}\n";

fn scope(level: &str, more: &str) -> String {
    format!("---\ntitle: Doors\n{more}decision_rights:\n  - {{area: Locks, delegation: {level}}}\n---\n")
}

fn decision(status: &str) -> String {
    format!("---\ntitle: About a xylophone\ndate: 2026-03-03\nstatus: {status}\n---\nText.\n")
}

/// The entries of a reader's feed, as `name day title | summary`, and whether each leads to a page.
fn news(repository: &Repository, reader: &str) -> Vec<String> {
    repository.run(&["build", "--quiet", "--for", reader, "--today", "2026-06-01"]);
    let site = repository.path().join("site").join(reader);
    let feed = Feed::read_from(&fs::read(site.join("feed.xml")).unwrap()[..]).unwrap();
    let told = |entry: &Entry| {
        let [link] = entry.links() else { panic!("one link: {entry:?}") };
        let (path, place) = link.href().split_once('#').unwrap_or((link.href(), ""));
        let page = fs::read_to_string(site.join(path)).unwrap_or_else(|_| panic!("{link:?} leads nowhere"));
        assert!(place.is_empty() || page.contains(&format!("id=\"{place}\"")), "{link:?} leads nowhere");
        let name = entry.id().split_once(":2026:").or(entry.id().split_once(",2026:")).unwrap().1;
        let day = entry.updated().format("%Y-%m-%d");
        format!("{name} {day} {} | {}", entry.title().as_str(), entry.summary().unwrap().as_str())
    };
    feed.entries().iter().map(told).collect()
}

#[test]
fn changes_are_news_with_names_that_stay() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write(".gitignore", "site/\n");
    repository.write("content/portfolio.yaml", CONFIG);
    repository.write("content/scopes/doors.md", &scope("tell", "readers: me\n"));
    repository.commit("2026-03-01", "begin");
    repository.write("content/scopes/doors.md", &scope("sell", ""));
    repository.write("content/decisions/secret.md", &decision("proposed"));
    repository.commit("2026-03-02", "open");
    repository.write("content/scopes/doors.md", &scope("consult", "boundaries: Keys\n"));
    repository.write("content/decisions/secret.md", &decision("accepted"));
    repository.commit("2026-03-04", "on");
    // What is not committed is no news.
    repository.write("content/scopes/doors.md", &scope("agree", "boundaries: Keys\n"));
    let mine = news(&repository, "me");
    let names = |news: &[String]| -> Vec<String> {
        news.iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    let expected = [
        "change/doors/2026-03-04",
        "change/secret/2026-03-04",
        "entry/secret",
        "change/doors/2026-03-02",
        "change/doors/2026-03-01",
    ];
    assert_eq!(names(&mine), expected, "{mine:#?}");
    let opened = news(&repository, "manager");
    assert_eq!(names(&opened), ["change/doors/2026-03-04", "change/doors/2026-03-02"], "{opened:#?}");
    assert!(opened.iter().all(|line| !line.contains("xylophone")));
    // What they were told stays as it was when more is said, and when an entry goes.
    repository.commit("2026-03-05", "more");
    repository.remove("content/decisions/secret.md");
    repository.commit("2026-03-06", "removed");
    let later = news(&repository, "manager");
    assert_eq!(later[1..], opened[..], "{later:#?}");
    assert_eq!(names(&later)[0], "change/doors/2026-03-05");
    assert_eq!(names(&news(&repository, "me"))[0], "gone/secret/2026-03-06");
    let moved = "A boundary was added: “Keys”; “Locks” moved from “sell” to “consult”";
    let last = "“Locks” moved from “consult” to “agree”";
    let first = "New: the scope “Doors”";
    assert_eq!(
        later,
        [
            format!("change/doors/2026-03-05 2026-03-05 Doors: {last} | {last}"),
            format!("change/doors/2026-03-04 2026-03-04 Doors: A boundary was added: “Keys” | {moved}"),
            format!("change/doors/2026-03-02 2026-03-02 {first} | {first}"),
        ]
    );
}
