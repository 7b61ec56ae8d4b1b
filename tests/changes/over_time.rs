//! What a history tells of one pilot: in `check`, on its page, and to whom.

use std::fs;
use std::path::Path;

use super::repository::{Repository, has_git};

const CONFIG: &str = "title: T\nowner: {name: Robin Vale}\nreaders: {manager: {}}\n\
                      defaults: {readers: {pilot: manager, scope: manager, agreement: manager}}\n";

/// A pilot of that target and that limit, with more fields behind.
fn pilot(target: &str, limit: &str, more: &str) -> String {
    format!(
        "title: Doors\nstarts: 2026-03-02\nends: 2026-03-29\nreviews: 2026-03-16\n\
         primary: {{name: Days, direction: decrease, baseline: 9, target: {target}, observations: {{date: 2026-03-06, value: 5}}}}\n\
         guardrails: {{name: Errors, direction: decrease, limit: {limit}}}\n{more}"
    )
}

/// A pilot that was sketched in private, opened before it began, and moved twice while it ran.
fn repository() -> Repository {
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    let commit = |day: &str, text: &str| {
        repository.write("content/pilots/doors.yaml", text);
        repository.commit(day, "A secret message");
    };
    commit("2026-02-10", &pilot("7.25", "1", "readers: me\n"));
    commit("2026-02-25", &pilot("2", "1", ""));
    commit("2026-03-10", &pilot("2", "4", ""));
    let amendments = "amendments: {date: 2026-03-20, change: A lower target, why: It went well}\n";
    commit("2026-03-20", &pilot("1", "4", amendments));
    repository
}

#[test]
fn goalposts_that_moved_in_silence_are_found() {
    if !has_git() {
        return;
    }
    let repository = repository();
    let moved = moved(&repository, "2026-03-25");
    assert_eq!(moved.len(), 1, "{moved:#?}");
    assert_eq!((&moved[0]["path"], &moved[0]["line"]), (&"guardrails[0].limit".into(), &6.into()));
    let message =
        "pilot `doors` was changed on 2026-03-10 with no amendment: The limit of “Errors” moved from 1 to 4";
    assert_eq!(moved[0]["message"], message);
    // Said openly, it is no finding any more.
    let amendments =
        "amendments: [{date: 2026-03-12, change: A higher limit}, {date: 2026-03-20, change: B}]\n";
    repository.write("content/pilots/doors.yaml", &pilot("1", "4", amendments));
    let found = repository.run(&["check", "--format", "json", "--today", "2026-03-25"]);
    assert!(!found.contains("goalposts-moved"), "{found}");
}

/// The findings of `check` that goalposts moved.
fn moved(repository: &Repository, today: &str) -> Vec<serde_json::Value> {
    let found = repository.run(&["check", "--format", "json", "--today", today]);
    let found = found.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    found.filter(|it| it["code"] == "goalposts-moved").collect()
}

/// What the page of a pilot says of when its goalposts were set.
fn set(repository: &Repository, reader: &str) -> String {
    let page = super::pages::page(repository, reader, "pilots/doors/index.html");
    let at = page.find(" the start").expect("it says when they were set");
    page[..at].rsplit("set ").next().unwrap().to_owned()
}

#[test]
fn a_slip_in_the_file_and_a_removal_that_was_taken_back_end_no_history() {
    if !has_git() {
        return;
    }
    let expected =
        "pilot `doors` was changed on 2026-03-12 with no amendment: The target of “Days” moved from 2 to 1";
    for slips in [true, false] {
        let repository = Repository::new();
        repository.write("content/portfolio.yaml", CONFIG);
        repository.write("content/pilots/doors.yaml", &pilot("2", "3", ""));
        repository.commit("2026-02-20", "begin");
        repository.write("content/pilots/doors.yaml", &pilot("1", "3", ""));
        repository.commit("2026-03-12", "a target");
        if slips {
            repository.write("content/pilots/doors.yaml", &format!("<<<<<<< HEAD\n{}", pilot("1", "3", "")));
        } else {
            repository.remove("content/pilots/doors.yaml");
        }
        repository.commit("2026-03-20", "a slip");
        repository.write("content/pilots/doors.yaml", &pilot("1", "3", ""));
        repository.commit("2026-03-21", "put right");
        let moved = moved(&repository, "2026-03-28");
        assert_eq!(moved.iter().map(|it| &it["message"]).collect::<Vec<_>>(), [expected]);
        for reader in ["me", "manager"] {
            assert_eq!(set(&repository, reader), "10 days before");
        }
        // What came back otherwise than it had gone was set when it came back.
        repository.remove("content/pilots/doors.yaml");
        repository.commit("2026-03-22", "away");
        repository.write("content/pilots/doors.yaml", &pilot("1", "3", "hypothesis: H\n"));
        repository.commit("2026-03-23", "with a hypothesis");
        let page = super::pages::page(&repository, "me", "pilots/doors/index.html");
        assert!(page.contains("set 17 days after the first observation"), "{page}");
    }
}

#[test]
fn what_the_settings_opened_has_been_open_since_that_commit() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", &CONFIG.replace("pilot: manager, ", ""));
    repository.write("content/pilots/doors.yaml", &pilot("7.25", "3", ""));
    repository.commit("2026-02-01", "closed by default");
    repository.write("content/pilots/doors.yaml", &pilot("2", "3", ""));
    repository.commit("2026-02-10", "still closed");
    repository.write("content/portfolio.yaml", CONFIG);
    repository.commit("2026-02-20", "open by default");
    repository.write("content/pilots/doors.yaml", &pilot("1", "3", ""));
    repository.commit("2026-03-12", "a target");
    let told = super::pages::told(&super::pages::page(&repository, "manager", "pilots/doors/history.html"));
    assert_eq!(told, ["The target of “Days” moved from 2 to 1", "New: the pilot “Doors”"]);
    search(&repository.path().join("site/manager"), "7.25");
    let told = repository.run(&["changes", "2026-02-11", "--for", "manager", "--today", "2026-04-01"]);
    assert!(told.contains("\n  2026-02-20   New: the pilot “Doors”\n"), "{told}");
}

#[test]
fn an_amendment_that_was_written_later_is_told_apart_from_one_that_stood_there() {
    if !has_git() {
        return;
    }
    let repository = repository();
    // Both bear days on which something was changed; one was written five weeks after it, the other reworded then.
    let amendments = |second: &str| {
        format!(
            "amendments: [{{date: 2026-03-12, change: A higher limit}}, {{date: 2026-03-20, change: {second}}}]\n"
        )
    };
    repository.write("content/pilots/doors.yaml", &pilot("1", "4", &amendments("A lower target")));
    repository.commit("2026-04-14", "Said openly");
    let told = || {
        repository.run(&["build", "--for", "manager", "--today", "2026-06-01"]);
        let page =
            fs::read_to_string(repository.path().join("site/manager/pilots/doors/index.html")).unwrap();
        let (_, moves) = page.split_once("<ul class=\"plain moves\">").expect("something was moved");
        let (moves, _) = moves.split_once("</ul>").unwrap();
        let lines = moves.split("<p class=\"about\">").skip(1).map(|rest| rest.split_once("</p>").unwrap().0);
        lines.map(str::to_owned).collect::<Vec<String>>()
    };
    let late = "Announced on <time datetime=\"2026-03-12\">12 March 2026</time>: “A higher limit” <span class=\"late\">Written 35 days after the change.</span>";
    let announced = "Announced on <time datetime=\"2026-03-20\">20 March 2026</time>: “";
    assert_eq!(told(), [late.to_owned(), format!("{announced}A lower target”")]);
    repository.write("content/pilots/doors.yaml", &pilot("1", "4", &amendments("Another target")));
    repository.commit("2026-03-21", "Reworded");
    let reworded =
        format!("{announced}Another target” <span class=\"late\">Written 1 day after the change.</span>");
    assert_eq!(told(), [late.to_owned(), reworded]);
}

#[test]
fn a_history_begins_when_the_entry_was_opened() {
    if !has_git() {
        return;
    }
    let repository = repository();
    repository.run(&["build", "--for", "manager", "--today", "2026-03-25"]);
    let site = repository.path().join("site/manager");
    let page = fs::read_to_string(site.join("pilots/doors/index.html")).unwrap();
    assert!(page.contains("set 5 days before the start"), "{page}");
    let history = fs::read_to_string(site.join("pilots/doors/history.html")).unwrap();
    let versions = history.split("id=\"text-").skip(1).map(|text| text.split_once('"').unwrap().0);
    assert_eq!(versions.collect::<Vec<_>>(), ["2026-03-20", "2026-03-10", "2026-02-25"]);
    for hidden in ["7.25", "2026-02-10", "A secret message", "robin@example.org"] {
        search(&site, hidden);
    }
    // The writer sees all of it.
    repository.run(&["build", "--today", "2026-03-25"]);
    let history = fs::read_to_string(repository.path().join("site/me/pilots/doors/history.html")).unwrap();
    assert!(history.contains("7.25") && history.contains("A secret message"), "{history}");
}

#[test]
fn a_printed_agreement_names_its_version() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    let agreement = |words: &str| {
        let text =
            format!("title: Doors\ndate: 2026-02-10\nparties: [Robin Vale, Kim Osei]\nboundaries: {words}\n");
        repository.write("content/agreements/doors.yaml", &text);
    };
    agreement("Two doors");
    repository.commit("2026-02-11", "A secret message");
    agreement("Three doors");
    repository.commit("2026-02-20", "More");
    let commit = repository.head();
    // What changes nothing in the agreement is no version of it.
    repository.write("content/scopes/s.yaml", "title: S\n");
    repository.commit("2026-03-01", "Another file");
    let version = |reader: &str| {
        repository.run(&["build", "--for", reader, "--today", "2026-03-25"]);
        let page = repository.path().join(format!("site/{reader}/agreements/doors/index.html"));
        let page = fs::read_to_string(page).unwrap();
        let (_, rest) = page.split_once("<p class=\"about revision\">").expect("it names its version");
        rest.split_once("</p>").unwrap().0.to_owned()
    };
    let date = "<time datetime=\"2026-02-20\">20 February 2026</time>";
    let short = &commit[..10];
    assert_eq!(version("me"), format!("Version of {date}, commit <code>{short}</code>"));
    // The hash covers what others may not see.
    assert_eq!(version("manager"), format!("Version of {date}"));
    // What is not committed has no name yet but its own words.
    agreement("Four doors");
    let four = version("manager");
    assert!(four.starts_with("Fingerprint of these terms") && four == version("me"), "{four}");
    agreement("Five doors");
    assert_ne!(version("manager"), four);
}

/// Fails if a text stands in any file of a folder.
fn search(folder: &Path, hidden: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, hidden);
        } else {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            assert!(!text.contains(hidden), "`{hidden}` stands in {}", path.display());
        }
    }
}

#[test]
fn a_change_keeps_its_day_when_the_entry_is_renamed_later() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    repository.write("content/pilots/old.yaml", &pilot("2", "3", ""));
    repository.commit("2026-03-02", "begin");
    repository.write("content/pilots/old.yaml", &pilot("1", "3", ""));
    repository.commit("2026-03-05", "a target");
    repository.git("2026-03-09", &["mv", "content/pilots/old.yaml", "content/pilots/new.yaml"]);
    repository.commit("2026-03-09", "a rename");
    repository.write("content/pilots/new.yaml", &pilot("1", "4", ""));
    for reader in ["me", "manager"] {
        let told = repository.run(&["changes", "2026-03-03", "--for", reader, "--today", "2026-04-01"]);
        let line = |words: &str| {
            told.lines().find(|line| line.contains(words)).unwrap_or_default().trim().to_owned()
        };
        assert!(line("The target of").starts_with("2026-03-05"), "{told}");
        assert!(line("The id is now").starts_with("2026-03-09"), "{told}");
        assert!(line("The limit of").starts_with("uncommitted"), "{told}");
    }
}

#[test]
fn putting_off_the_start_afterwards_announces_nothing_and_makes_nothing_earlier() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    let doors = |target: &str, starts: &str, more: &str| {
        let text = pilot(target, "3", more).replace("starts: 2026-03-02", &format!("starts: {starts}"));
        repository.write("content/pilots/doors.yaml", &text);
    };
    doors("2", "2026-03-02", "");
    repository.commit("2026-02-10", "plan");
    doors("2.9", "2026-03-02", "");
    repository.commit("2026-03-10", "an easier target");
    let put_off = "amendments: {date: 2026-03-19, change: Start put off}\n";
    doors("2.9", "2026-03-12", put_off);
    repository.commit("2026-03-19", "put off");
    let found = repository.run(&["check", "--format", "json", "--today", "2026-03-25"]);
    assert!(found.contains("goalposts-moved") && found.contains("moved from 2 to 2.9"), "{found}");
    repository.run(&["build", "--quiet", "--today", "2026-03-25"]);
    let page = fs::read_to_string(repository.path().join("site/me/pilots/doors/index.html")).unwrap();
    assert!(page.contains("set 20 days before the start"), "seen from the start that was known: {page}");
    assert!(!page.contains("2 days before the start"), "{page}");
}

#[test]
fn an_old_amendment_announces_nothing_that_is_not_committed_yet() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    let old = "amendments: {date: 2026-03-05, change: Another limit}\n";
    repository.write("content/pilots/doors.yaml", &pilot("2", "3", old));
    repository.commit("2026-03-05", "begin");
    repository.write("content/pilots/doors.yaml", &pilot("2.5", "3", old));
    let check = |today: &str| repository.run(&["check", "--format", "json", "--today", today]);
    assert!(check("2026-05-01").contains("goalposts-moved"));
    assert!(!check("2026-03-08").contains("goalposts-moved"), "it is near enough to mean this");
}

#[test]
fn who_was_told_late_is_not_told_that_it_was_set_late() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    repository.write("content/pilots/doors.yaml", &pilot("2", "3", "readers: me\n"));
    repository.commit("2026-02-10", "plan");
    repository.git("2026-02-10", &["tag", "planned"]);
    repository.write("content/pilots/doors.yaml", &pilot("2", "3", ""));
    repository.commit("2026-03-20", "open");
    let part = |reader: &str| {
        repository.run(&["build", "--quiet", "--today", "2026-03-25", "--for", reader]);
        let page = repository.path().join(format!("site/{reader}/pilots/doors/index.html"));
        let page = fs::read_to_string(page).unwrap();
        page.split_once("part preregistration").unwrap().1.split_once("</dl>").unwrap().0.to_owned()
    };
    let (mine, theirs) = (part("me"), part("manager"));
    assert!(mine.contains("set 20 days before the start") && mine.contains("status tagged"), "{mine}");
    assert!(theirs.contains("it may have been set earlier") && !theirs.contains("after the"), "{theirs}");
}
