//! Entries whose files were moved or removed, and nobody has committed that.

use super::pages::{page, told};
use super::repository::{Repository, has_git};

const CONFIG: &str = "title: T\nowner: {name: Robin Vale}\nreaders: {manager: {}}\n\
                      defaults: {readers: {decision: manager, page: manager}}\n";

fn repository() -> Repository {
    let repository = Repository::new();
    let write = |path: &str, text: &str| repository.write(&format!("content/{path}"), text);
    write("portfolio.yaml", CONFIG);
    write("decisions/kept.md", "---\ntitle: Kept\ndate: 2026-03-01\n---\nText.\n");
    write("decisions/gone.md", "---\ntitle: Gone\ndate: 2026-03-01\n---\nText of it.\n");
    write("decisions/closed.md", "---\ntitle: Xylophone\ndate: 2026-03-01\n---\nText for all.\n");
    repository.commit("2026-03-01", "Begin");
    write("decisions/kept.md", "---\ntitle: Kept\ndate: 2026-03-01\nstatus: accepted\n---\nText.\n");
    write("decisions/closed.md", "---\ntitle: Xylophone\ndate: 2026-03-01\nreaders: me\n---\nText for me.\n");
    repository.commit("2026-03-02", "On");
    repository
}

fn changes(repository: &Repository, reader: &str) -> String {
    repository.run(&["changes", "2026-03-01", "--for", reader, "--today", "2026-06-01"])
}

#[test]
fn a_removal_that_is_not_committed_is_told_as_such() {
    if !has_git() {
        return;
    }
    let repository = repository();
    repository.remove("content/decisions/gone.md");
    for reader in ["me", "manager"] {
        let told = changes(&repository, reader);
        assert!(
            told.contains("\nGone  decision  gone\n  uncommitted  Gone: the decision “Gone”\n"),
            "{told}"
        );
    }
    let expected = [
        "Gone decision",
        "Gone: the decision “Gone”",
        "Kept decision",
        "The status moved from proposed to accepted",
        "Gone decision",
        "New: the decision “Gone”",
        "Kept decision new",
    ];
    assert_eq!(told(&page(&repository, "manager", "changes/index.html")), expected);
}

#[test]
fn an_entry_that_was_closed_last_is_told_to_nobody_else_when_it_goes() {
    if !has_git() {
        return;
    }
    let repository = repository();
    let before = page(&repository, "manager", "changes/index.html");
    repository.remove("content/decisions/closed.md");
    assert_eq!(page(&repository, "manager", "changes/index.html"), before);
    let told = changes(&repository, "manager");
    assert!(!told.contains("Xylophone"), "{told}");
    let told = changes(&repository, "me");
    assert!(
        told.contains("\nXylophone  decision  closed\n  uncommitted  Gone: the decision “Xylophone”\n"),
        "{told}"
    );
    repository.run(&["build", "--for", "manager", "--at", "2026-03-01", "--today", "2026-06-01"]);
    for (path, bytes) in super::repository::files(&repository.path().join("site")) {
        let is_mine = path.starts_with(".bailiwick/me") || path.starts_with("me/");
        assert!(is_mine || !String::from_utf8_lossy(&bytes).contains("Xylophone"), "{path}");
    }
}

#[test]
fn an_entry_that_was_closed_last_is_opened_by_what_is_not_committed() {
    if !has_git() {
        return;
    }
    let repository = repository();
    repository.write(
        "content/decisions/closed.md",
        "---\ntitle: Xylophone\ndate: 2026-03-01\n---\nText for all again.\n",
    );
    let expected = ["Xylophone decision new", "Kept decision", "The status moved from proposed to accepted"];
    assert_eq!(told(&page(&repository, "manager", "changes/index.html"))[..3], expected);
    assert!(!repository.path().join("site/manager/decisions/closed/history.html").exists());
}

#[test]
fn where_an_entry_was_moved_to_changes_nothing_in_what_names_it() {
    if !has_git() {
        return;
    }
    let repository = repository();
    let naming = |text: &str| {
        let text =
            format!("---\ntitle: Naming\ndate: 2026-03-01\nrelated: [kept]\n---\nSee [[kept]]. {text}\n");
        repository.write("content/decisions/naming.md", &text);
    };
    naming("One.");
    repository.commit("2026-03-03", "Name it");
    let text = std::fs::read_to_string(repository.path().join("content/decisions/kept.md")).unwrap();
    repository.remove("content/decisions/kept.md");
    repository.write("content/decisions/kept/index.md", &text);
    naming("Two.");
    let expected = ["The text was changedSee [[kept]]. OneTwo.", "New: the decision “Naming”"];
    assert_eq!(told(&page(&repository, "manager", "decisions/naming/history.html")), expected);
}

#[test]
fn an_entry_that_was_moved_keeps_its_history_before_that_is_committed() {
    if !has_git() {
        return;
    }
    let repository = repository();
    let before = page(&repository, "manager", "decisions/kept/history.html");
    // Into a folder of its own: nothing has changed.
    repository.write(
        "content/decisions/kept/index.md",
        "---\ntitle: Kept\ndate: 2026-03-01\nstatus: accepted\n---\nText.\n",
    );
    repository.remove("content/decisions/kept.md");
    assert_eq!(page(&repository, "manager", "decisions/kept/history.html"), before);
    // To another id, which names the former one.
    repository.write(
        "content/decisions/taken.md",
        "---\ntitle: Taken\ndate: 2026-03-01\nstatus: accepted\naliases: kept\n---\nText.\n",
    );
    repository.remove("content/decisions/kept/index.md");
    let expected = [
        "The id is now taken; it was kept",
        "Title: from “Kept” to “Taken”",
        "The status moved from proposed to accepted",
        "New: the decision “Kept”",
    ];
    assert_eq!(told(&page(&repository, "manager", "decisions/taken/history.html")), expected);
    let told = changes(&repository, "manager");
    assert!(told.contains("  uncommitted  The id is now taken"), "{told}");
    assert!(told.contains("  2026-03-02   The status moved from proposed to accepted\n"), "{told}");
    assert!(!told.contains("Gone:"), "{told}");
}

#[test]
fn an_entry_of_another_kind_is_told() {
    if !has_git() {
        return;
    }
    let repository = repository();
    repository.remove("content/decisions/kept.md");
    repository.write("content/pages/kept.md", "---\ntitle: Kept\ndate: 2026-03-01\n---\nText.\n");
    let expected = ["The kind moved from decision to page", "Status: no longer accepted"];
    let of_kept = |told: &str| {
        let (_, rest) = told.split_once("\nKept  page  kept\n").expect("it is told");
        let lines = rest.lines().take_while(|line| !line.is_empty());
        lines.map(|line| line.trim().split_once("  ").unwrap().1.trim().to_owned()).collect::<Vec<_>>()
    };
    let since = |day: &str| repository.run(&["changes", day, "--today", "2026-06-01"]);
    assert_eq!(of_kept(&since("2026-03-02")), expected);
    repository.commit("2026-03-04", "a page");
    assert_eq!(of_kept(&since("2026-03-02")), expected);
    let told = told(&page(&repository, "me", "pages/kept/history.html"));
    assert_eq!(told[..2], expected);
}
