//! Renames, merges, reverts and their kin: the same revisions as `git log --follow` for every file.

use bailiwick::history::Change;

use crate::needs_git;
use crate::support::{Repo, check_against_git, text, told};

#[test]
fn edits_renames_and_moves_into_folders_of_their_own() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pilots/weekly.md", &text("a")).write("pages/about.md", &text("b")).commit("begin");
    repo.write("pilots/weekly.md", &(text("a") + "more\n")).commit("edit");
    repo.git(&["mv", "content/pilots/weekly.md", "content/pilots/report.md"]);
    repo.commit("rename");
    repo.git(&["mv", "content/pilots/report.md", "content/pilots/index.md"]);
    std::fs::create_dir_all(repo.path("content/pilots/report")).unwrap();
    repo.git(&["mv", "content/pilots/index.md", "content/pilots/report/index.md"]);
    repo.write("pilots/report/index.md", &(text("a") + "more\nand more\n"));
    repo.write("pilots/report/figures.csv", "date,value\n2026-01-01,1\n").commit("move and edit");
    let history = check_against_git(&repo);
    let changes: Vec<Change> =
        history.of("pilots/report/index.md").iter().map(|revision| revision.change).collect();
    assert_eq!(changes, [Change::Renamed, Change::Renamed, Change::Changed, Change::Added]);
    let oldest = history.of("pilots/report/index.md").last().unwrap();
    assert_eq!(&*oldest.path, "pilots/weekly.md");
    assert_eq!(
        history.commit(oldest).date.to_string(),
        "2026-01-01",
        "the author's day, not that of Greenwich"
    );
}

#[test]
fn a_rename_of_case_alone() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/About.md", &text("a")).commit("begin");
    repo.git(&["mv", "-f", "content/pages/About.md", "content/pages/about.md"]);
    repo.commit("lower case");
    let history = check_against_git(&repo);
    assert_eq!(history.of("pages/about.md").len(), 2);
    assert!(history.removed().is_empty());
}

#[test]
fn a_whole_folder_moves() {
    needs_git!();
    let repo = Repo::new();
    for name in ["one", "two", "three"] {
        repo.write(&format!("pages/{name}.md"), &text(name));
    }
    repo.commit("begin");
    std::fs::create_dir_all(repo.path("content/pages/2026")).unwrap();
    for name in ["one", "two", "three"] {
        repo.git(&["mv", &format!("content/pages/{name}.md"), &format!("content/pages/2026/{name}.md")]);
    }
    repo.commit("order");
    let history = check_against_git(&repo);
    assert!(history.files().all(|(_, file)| file.revisions.len() == 2));
}

#[test]
fn a_file_that_is_too_different_is_another_one() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).commit("begin");
    std::fs::remove_file(repo.path("content/pages/a.md")).unwrap();
    repo.write("pages/b.md", &text("b")).commit("replace");
    let history = check_against_git(&repo);
    assert_eq!(history.of("pages/b.md").len(), 1);
    let gone: Vec<_> = history.removed().iter().map(|file| file.revisions[0].path.to_string()).collect();
    assert_eq!(gone, ["pages/a.md"]);
    assert_eq!(history.removed()[0].revisions.len(), 2);
}

#[test]
fn what_was_removed_and_came_back_is_one_file() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).write("pages/keep.md", &text("k")).commit("begin");
    let removal = {
        std::fs::remove_file(repo.path("content/pages/a.md")).unwrap();
        repo.commit("remove")
    };
    repo.next_day().git(&["revert", "--no-edit", &removal]);
    let history = check_against_git(&repo);
    let changes: Vec<Change> = history.of("pages/a.md").iter().map(|revision| revision.change).collect();
    assert_eq!(changes, [Change::Added, Change::Removed, Change::Added]);
}

#[test]
fn a_merge_with_a_conflict_is_a_revision_of_its_own_which_git_leaves_out() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).write("pages/b.md", &text("b")).commit("begin");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("pages/a.md", &(text("a") + "from the side\n")).commit("side");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("pages/a.md", &(text("a") + "from the main line\n")).commit("main");
    repo.write("pages/b.md", &(text("b") + "more\n")).commit("other");
    assert!(!repo.next_day().try_git(&["merge", "-q", "side"]).status.success(), "there is no conflict");
    repo.write("pages/a.md", &(text("a") + "from both\n")).commit("merge");
    let history = check_against_git(&repo);
    let revisions = history.of("pages/a.md");
    assert_eq!(revisions.len(), 4);
    assert!(history.commit(&revisions[0]).is_merge());
    assert_eq!(revisions[0].before.len(), 2);
    let befores: Vec<_> = revisions[0].before.iter().map(|state| state.as_ref().unwrap().blob).collect();
    let (main, side) = (revisions[1].blob.unwrap(), revisions[2].blob.unwrap());
    assert_eq!(befores, [main, side], "the main line first");
    // Each line of history is compared with what it came from, not with its neighbour in time.
    assert_eq!(revisions[1].before, revisions[2].before);
    // A merge that took one side as it was did nothing to the file.
    assert!(history.of("pages/b.md").iter().all(|revision| !history.commit(revision).is_merge()));
}

#[test]
fn a_rename_on_one_branch_does_not_hide_what_another_did_meanwhile() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).commit("begin");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.git(&["mv", "content/pages/a.md", "content/pages/b.md"]);
    repo.commit("rename on the side");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("pages/a.md", &(text("a") + "meanwhile\n")).commit("edit on the main line");
    repo.next_day().git(&["merge", "-q", "--no-edit", "side"]);
    let history = repo.history();
    let subjects: Vec<&str> = history
        .of("pages/b.md")
        .iter()
        .map(|revision| history.commit(revision).subject(&bailiwick::model::readers::Reader::Me).unwrap())
        .collect();
    // The merge is among them: neither parent had that text under that name. Git, which looks for one name at a
    // time and came to the edit first, does not find the edit.
    assert_eq!(subjects[1..], ["edit on the main line", "rename on the side", "begin"]);
    assert!(!crate::support::told_by_git(&repo, "pages/b.md").iter().any(|line| line.contains(" M ")));
}

#[test]
fn a_name_that_was_given_away_and_taken_again_is_another_file() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("first")).commit("begin");
    repo.git(&["mv", "content/pages/a.md", "content/pages/b.md"]);
    repo.commit("rename");
    repo.write("pages/a.md", &text("second")).commit("another of the old name");
    let history = repo.history();
    assert_eq!(told(&history, "pages/b.md").len(), 2);
    // Git goes on to what is now the history of `b`, which its readers may not be allowed to see.
    assert_eq!(told(&history, "pages/a.md").len(), 1);
}

#[test]
fn a_rebase_and_a_squash_keep_the_days_of_the_author() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).commit("begin");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("pages/b.md", &text("b")).commit("one");
    repo.write("pages/b.md", &(text("b") + "two\n")).commit("two");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("pages/a.md", &(text("a") + "more\n")).commit("main");
    repo.git(&["checkout", "-q", "side"]);
    for _ in 0..5 {
        repo.next_day();
    }
    repo.git(&["rebase", "-q", "main"]);
    let history = check_against_git(&repo);
    let days: Vec<String> =
        history.of("pages/b.md").iter().map(|revision| history.commit(revision).date.to_string()).collect();
    assert_eq!(days, ["2026-01-03", "2026-01-02"]);

    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--squash", "side"]);
    repo.commit("squash");
    let history = check_against_git(&repo);
    assert_eq!(history.of("pages/b.md").len(), 1);
}

#[test]
fn three_hundred_entries_over_five_thousand_commits() {
    needs_git!();
    let repo = Repo::new();
    let stream = long_history(300, 5000);
    let mut import = std::process::Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(repo.path(""))
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut import.stdin.take().unwrap(), stream.as_bytes()).unwrap();
    assert!(import.wait().unwrap().success());
    repo.git(&["reset", "-q", "--hard", "main"]);
    let history = repo.history();
    assert_eq!(history.files().count(), 300);
    // Git walks once for every file, which takes a minute and more for all of them.
    let step = if std::env::var("CI").is_ok() { 1 } else { 15 };
    for (path, _) in history.files().step_by(step) {
        assert_eq!(told(&history, path), crate::support::told_by_git(&repo, path), "{path}");
    }
    let revisions: usize = history.files().map(|(_, file)| file.revisions.len()).sum();
    assert_eq!(revisions, 5000, "every commit did one thing to one file");
}

/// Commits that each add, edit or rename one file, in the form that `git fast-import` reads.
fn long_history(entries: usize, commits: usize) -> String {
    let mut stream = String::new();
    let mut names: Vec<String> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    for commit in 0..commits {
        let date = 1_600_000_000 + commit * 3600;
        stream += &format!("commit refs/heads/main\ncommitter R <r@example.org> {date} +0200\ndata 1\nx\n");
        let at = commit * 7919 % entries;
        let change = if names.len() < entries {
            names.push(format!("content/pages/e{commit}.md"));
            texts.push(text(&format!("e{commit}")));
            let text = texts.last().unwrap();
            format!("M 100644 inline {}\ndata {}\n{text}\n", names.last().unwrap(), text.len())
        } else if commit % 11 == 0 {
            let new = format!("content/pages/r{commit}.md");
            let old = std::mem::replace(&mut names[at], new);
            format!("R {old} {}\n", names[at])
        } else {
            texts[at] += &format!("and in commit {commit} this\n");
            format!("M 100644 inline {}\ndata {}\n{}\n", names[at], texts[at].len(), texts[at])
        };
        stream += &change;
        stream.push('\n');
    }
    stream
}
