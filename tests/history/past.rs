//! What readers see of the past: nothing that was hidden then or is hidden today.

use std::collections::BTreeMap;

use bailiwick::history::Change;
use bailiwick::model::Portfolio;
use bailiwick::model::read::read;
use bailiwick::model::readers::Reader;
use bailiwick::past::Past;
use bailiwick::source::discover::Folder;
use proptest::prelude::*;

use crate::needs_git;
use crate::support::{Repo, is_git_missing};

const CONFIG: &str = "title: T\nowner: {name: N}\nreaders: {manager: {}, mentor: {}}\n";

/// The portfolio of the work tree.
fn today(repo: &Repo) -> Portfolio {
    let sources = Folder::open(&repo.path("content")).unwrap().read().unwrap();
    let (portfolio, report) = read(&sources);
    assert!(!report.has_errors(), "{report:?}");
    portfolio.unwrap()
}

fn reader(portfolio: &Portfolio, name: &str) -> Reader {
    Reader::parse(name, &portfolio.config).unwrap()
}

/// For each version of an entry that a reader sees, newest first: what happened, and its text.
fn versions(repo: &Repo, name: &str, id: &str) -> Vec<(Change, String)> {
    let (history, opened, today) = (repo.history(), repo.open(), today(repo));
    let reader = reader(&today, name);
    let past = Past::new(&history, &opened, &today, &reader);
    let header = today.header(id).expect("there is such an entry");
    let text = |version: bailiwick::past::Version| {
        let state = version.state.expect("it is there");
        let header = state.portfolio().headers().next().expect("a version holds its entry");
        (version.change, header.body.text.trim().to_owned())
    };
    past.versions_of(header).into_iter().map(text).collect()
}

fn page(readers: &str, text: &str) -> String {
    format!("---\ntitle: A\nreaders: [{readers}]\n---\n{text}\n")
}

#[test]
fn a_history_begins_when_the_entry_was_opened() {
    needs_git!();
    let repo = Repo::new();
    repo.write("portfolio.yaml", CONFIG).write("pages/a.md", &page("me", "private")).commit("private");
    repo.write("pages/a.md", &page("manager", "opened")).commit("opened");
    repo.write("pages/a.md", &page("manager, mentor", "opened")).commit("to the mentor as well");
    repo.write("pages/a.md", &page("manager, mentor", "edited")).commit("edited");
    use Change::{Added, Changed};
    let told = |texts: &[(Change, &str)]| -> Vec<(Change, String)> {
        texts.iter().map(|(change, text)| (*change, (*text).to_owned())).collect()
    };
    assert_eq!(versions(&repo, "manager", "a"), told(&[(Changed, "edited"), (Added, "opened")]));
    assert_eq!(versions(&repo, "mentor", "a"), told(&[(Changed, "edited"), (Added, "opened")]));
    assert_eq!(versions(&repo, "everyone", "a"), []);
    assert_eq!(
        versions(&repo, "me", "a"),
        told(&[(Changed, "edited"), (Changed, "opened"), (Changed, "opened"), (Added, "private")])
    );
}

#[test]
fn an_entry_that_was_closed_again_has_no_history_for_others() {
    needs_git!();
    let repo = Repo::new();
    repo.write("portfolio.yaml", CONFIG).write("pages/a.md", &page("manager", "open")).commit("open");
    repo.write("pages/a.md", &page("me", "closed")).commit("closed");
    assert_eq!(versions(&repo, "manager", "a"), []);
    // Under another name as well.
    repo.git(&["mv", "content/pages/a.md", "content/pages/b.md"]);
    repo.commit("rename");
    repo.write("pages/a.md", &page("manager", "another")).commit("another of the old name");
    // Nor does its old name: which of the two an old text of that name belongs to is not left to chance.
    assert_eq!(versions(&repo, "manager", "a"), []);
    assert_eq!(versions(&repo, "me", "a"), [(Change::Added, "another".to_owned())]);
}

#[test]
fn settings_of_their_own_day_count() {
    needs_git!();
    let repo = Repo::new();
    let open = format!("{CONFIG}defaults: {{readers: {{page: [manager]}}}}\n");
    repo.write("portfolio.yaml", CONFIG).write("pages/a.md", "# A\n\nearly\n").commit("closed by default");
    repo.write("portfolio.yaml", &open).commit("open by default");
    repo.write("pages/a.md", "# A\n\nlate\n").commit("edit");
    let texts: Vec<String> = versions(&repo, "manager", "a").into_iter().map(|(_, text)| text).collect();
    // What stood there when the settings opened it was open from that commit on.
    assert_eq!(texts, ["# A\n\nlate", "# A\n\nearly"]);
    repo.write("portfolio.yaml", CONFIG).commit("closed by default");
    repo.write("pages/a.md", "# A\n\nsecret\n").commit("edit");
    repo.write("portfolio.yaml", &open).commit("open again");
    let told = versions(&repo, "manager", "a");
    // Before the settings opened it, there was nothing to be seen.
    let expected = [(Change::Added, "secret"), (Change::Changed, "late"), (Change::Added, "early")];
    assert_eq!(told, expected.map(|(change, text)| (change, format!("# A\n\n{text}"))));
}

#[test]
fn a_section_that_is_limited_today_goes_from_older_texts() {
    needs_git!();
    let repo = Repo::new();
    repo.write("portfolio.yaml", CONFIG);
    repo.write("pages/a.md", &page("manager", "open\n\n## Doubts\n\nmany doubts")).commit("open");
    repo.write("pages/a.md", &page("manager", "open still\n\nmany doubts")).commit("without the heading");
    repo.write("pages/a.md", &page("manager", "open now\n\n## Doubts {readers=me}\n\nmany doubts"))
        .commit("limited");
    let texts: Vec<String> = versions(&repo, "manager", "a").into_iter().map(|(_, text)| text).collect();
    // The text in the middle said openly what is limited today: it is not shown at all.
    assert_eq!(texts, ["open now", "", "open"]);
}

#[test]
fn an_older_text_names_an_entry_only_from_the_time_on_that_it_was_open() {
    needs_git!();
    let repo = Repo::new();
    let link = "See [[b]] and [it](b.md).";
    repo.write("portfolio.yaml", CONFIG).write("pages/b.md", &page("me", "b"));
    repo.write("pages/a.md", &page("manager", &format!("One. {link}"))).commit("b is closed");
    repo.write("pages/b.md", &page("manager", "b")).commit("b is open");
    repo.write("pages/a.md", &page("manager", &format!("Two. {link}"))).commit("edit");
    let texts: Vec<String> = versions(&repo, "manager", "a").into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, [format!("Two. {link}"), "One. See … and [it]().".to_owned()]);
}

#[test]
fn a_commit_that_touched_hidden_places_alone_has_not_happened() {
    needs_git!();
    let repo = Repo::new();
    let text = |notes: &str| page("manager", &format!("open\n\n## Notes {{readers=me}}\n\n{notes}"));
    repo.write("portfolio.yaml", CONFIG).write("pages/a.md", &text("one")).commit("begin");
    repo.write("pages/a.md", &text("two")).commit("notes");
    assert_eq!(versions(&repo, "manager", "a").len(), 1);
    assert_eq!(versions(&repo, "me", "a").len(), 2);
}

#[test]
fn words_of_others_are_quoted_only_with_their_leave_of_today() {
    needs_git!();
    let repo = Repo::new();
    let text = |may: bool| {
        format!(
            "---\ntitle: F\nreaders: [manager]\nfrom: Mei\nquote: So good.\nquote_permission: {may}\n---\n"
        )
    };
    repo.write("portfolio.yaml", CONFIG).write("feedback/2026-01-01-f.md", &text(true)).commit("with leave");
    repo.write("feedback/2026-01-01-f.md", &text(false)).commit("taken back");
    let (history, opened, today) = (repo.history(), repo.open(), today(&repo));
    let manager = reader(&today, "manager");
    let past = Past::new(&history, &opened, &today, &manager);
    for version in past.versions_of(today.header("2026-01-01-f").unwrap()) {
        let state = version.state.unwrap();
        assert!(state.portfolio().feedback.iter().all(|feedback| feedback.quote.is_none()));
    }
}

#[test]
fn figures_in_a_file_of_their_own_are_part_of_the_history() {
    needs_git!();
    let repo = Repo::new();
    let pilot = "---\ntitle: P\nreaders: [manager]\nhypothesis: H\nstarts: 2026-01-01\nends: 2026-02-01\n\
                 primary: {name: N, unit: u, direction: decrease, baseline: 3, target: 2, judge: median, \
                 observations: figures.csv}\n---\n";
    repo.write("portfolio.yaml", CONFIG).write("pilots/p/index.md", pilot);
    repo.write("pilots/p/figures.csv", "date,value\n2026-01-02,3\n").commit("begin");
    repo.write("pilots/p/figures.csv", "date,value\n2026-01-02,3\n2026-01-09,2\n").commit("observed");
    let (history, opened, today) = (repo.history(), repo.open(), today(&repo));
    let manager = reader(&today, "manager");
    let past = Past::new(&history, &opened, &today, &manager);
    let counts: Vec<(usize, usize)> = past
        .versions_of(today.header("p").unwrap())
        .iter()
        .map(|version| {
            let count = |state: &bailiwick::redact::Redacted| {
                let pilot = &state.portfolio().pilots[0];
                pilot.primary.observations.as_ref().map_or(0, |series| series.items.len())
            };
            let before = version.before.first().and_then(Option::as_deref).map_or(0, count);
            (before, version.state.as_deref().map_or(0, count))
        })
        .collect();
    assert_eq!(counts, [(1, 2), (0, 1)]);
}

/// What one commit makes of one entry.
#[derive(Clone, Debug)]
struct Say {
    entry: u8,
    readers: u8,
    notes: u8,
    links: u8,
    removes: bool,
}

fn say() -> impl Strategy<Value = Say> {
    (0..4_u8, 0..4_u8, 0..3_u8, 0..5_u8, prop::bool::weighted(0.15))
        .prop_map(|(entry, readers, notes, links, removes)| Say { entry, readers, notes, links, removes })
}

const READERS: [&str; 4] = ["me", "manager", "mentor", "manager, mentor"];
const NOTES: [&str; 3] = ["me", "manager", "everyone"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, ..ProptestConfig::default() })]

    /// Every piece of text is a word of its own, so that each word has one revision and one place; none that was
    /// hidden there, or whose entry is closed today, is in anything that another reader can be shown.
    #[test]
    fn no_hidden_word_of_any_revision_reaches_another_reader(
        commits in prop::collection::vec(prop::collection::vec(say(), 1..4), 2..8),
    ) {
        if is_git_missing() {
            return Ok(());
        }
        let repo = Repo::new();
        repo.write("portfolio.yaml", CONFIG).write("pages/keep.md", &page("me", "keep")).commit("begin");
        // The words, with those who could read each when it was written, and the entry.
        let mut words: Vec<(String, Vec<&str>, u8)> = Vec::new();
        let mut open: BTreeMap<u8, &str> = BTreeMap::new();
        for (at, says) in commits.iter().enumerate() {
            // What is written and removed again before the commit has never been.
            let mut written: BTreeMap<u8, &str> = BTreeMap::new();
            for (number, Say { entry, readers, notes, links, removes }) in says.iter().enumerate() {
                let path = format!("pages/e{entry}.md");
                if *removes {
                    let _ = std::fs::remove_file(repo.path("content").join(&path));
                    written.remove(entry);
                    continue;
                }
                let word = |place: &str| format!("{place}w{at}x{number}y");
                let (readers, notes) = (READERS[usize::from(*readers)], NOTES[usize::from(*notes)]);
                let who: Vec<&str> = readers.split(", ").collect();
                let in_notes: Vec<&str> =
                    who.iter().copied().filter(|name| notes == "everyone" || *name == notes).collect();
                words.push((word("open"), who, *entry));
                words.push((word("notes"), in_notes, *entry));
                written.insert(*entry, readers);
                let text = format!(
                    "---\ntitle: {}\nreaders: [{readers}]\n---\nSee [[keep]], [[keep|kept]].\n\n## Notes {{readers={notes}}}\n\n{} {links}\n",
                    word("open"), word("notes"),
                );
                repo.write(&path, &text);
            }
            open.extend(written);
            repo.commit("next");
        }
        let (history, opened, today) = (repo.history(), repo.open(), today(&repo));
        for name in ["manager", "mentor", "everyone"] {
            let reader = reader(&today, name);
            let past = Past::new(&history, &opened, &today, &reader);
            let mut shown = String::new();
            for header in today.headers() {
                shown += &format!("{:?}", past.versions_of(header));
            }
            for file in history.removed() {
                shown += &format!("{:?}", past.versions(file).versions);
            }
            for commit in history.commits() {
                shown += &format!("{:?}", past.state_at(&commit.id).0);
            }
            prop_assert!(!shown.contains("keep.md") && !shown.contains("[[keep"), "a hidden entry is named for {name}");
            for (word, who, entry) in &words {
                let is_open_today = open.get(entry).is_some_and(|it| it.split(", ").any(|other| other == name));
                if !who.contains(&name) || !is_open_today {
                    prop_assert!(!shown.contains(word.as_str()), "{word} reached {name}");
                }
            }
        }
        // The writer sees every word that was committed, so they are where they are looked for.
        let past = Past::new(&history, &opened, &today, &Reader::Me);
        let states = history.commits().iter().map(|commit| format!("{:?}", past.state_at(&commit.id).0));
        let all: String = states.collect();
        let committed = |word: &str| !repo.git(&["log", "--all", "-S", word, "--format=%H"]).is_empty();
        for (word, ..) in words.iter().filter(|(word, ..)| committed(word)) {
            prop_assert!(all.contains(word.as_str()), "{word} did not reach the writer");
        }
    }
}
