//! What was told to a reader is taken over while it holds, and only then: whatever is committed next.

use std::fs;

use bailiwick::changes::{Committed, Memory, News};
use bailiwick::history::{History, Repository as Git};
use bailiwick::model::Portfolio;
use bailiwick::model::read::read;
use bailiwick::model::readers::Reader;
use bailiwick::past::Past;
use bailiwick::redact::redact;
use bailiwick::source::discover::Folder;
use proptest::prelude::*;

use super::repository::{Repository, has_git};

/// What a commit does to one of the entries, or to the settings.
#[derive(Clone, Debug)]
enum Act {
    Write { entry: u8, readers: u8, names: u8, is_limited: bool, series: bool },
    Observe { entry: u8, value: u8 },
    Move { entry: u8, to: u8 },
    Remove { entry: u8 },
    Settings { is_open: bool },
}

fn act() -> impl Strategy<Value = Act> {
    let entry = || 0..4_u8;
    prop_oneof![
        5 => (entry(), 0..3_u8, entry(), any::<bool>(), any::<bool>()).prop_map(
            |(entry, readers, names, is_limited, series)| Act::Write { entry, readers, names, is_limited, series }
        ),
        2 => (entry(), 0..9_u8).prop_map(|(entry, value)| Act::Observe { entry, value }),
        1 => (entry(), entry()).prop_map(|(entry, to)| Act::Move { entry, to }),
        1 => entry().prop_map(|entry| Act::Remove { entry }),
        1 => any::<bool>().prop_map(|is_open| Act::Settings { is_open }),
    ]
}

impl Act {
    fn perform(&self, repository: &Repository, number: usize) {
        let path = |entry: &u8| format!("content/pilots/e{entry}.md");
        let write = |entry: &u8, text: &str| repository.write(&path(entry), text);
        match self {
            Self::Write { entry, readers, names, is_limited, series } => {
                let readers = ["", "readers: me\n", "readers: manager\n"][usize::from(*readers)];
                let limit = if *is_limited { " {readers=me}" } else { "" };
                let from = if *series { format!("f{names}.csv") } else { "[]".to_owned() };
                write(
                    entry,
                    &format!(
                        "---\ntitle: Number {number}\n{readers}starts: 2026-03-02\nprimary: {{name: Days, direction: \
                         decrease, baseline: 9, target: 2, observations: {from}}}\n---\nSee [[e{names}]].\n\n\
                         # Notes{limit}\n\nText {number} of [it](e{names}.md).\n"
                    ),
                );
            }
            Self::Observe { entry, value } => repository.write(
                &format!("content/pilots/f{entry}.csv"),
                &format!("date,value\n2026-03-06,{value}\n2026-03-09,{number}\n"),
            ),
            Self::Move { entry, to } => {
                let (from, to) = (repository.path().join(path(entry)), repository.path().join(path(to)));
                let _ = fs::rename(from, to);
            }
            Self::Remove { entry } => drop(fs::remove_file(repository.path().join(path(entry)))),
            Self::Settings { is_open } => repository.write("content/portfolio.yaml", &settings(*is_open)),
        }
    }
}

fn settings(is_open: bool) -> String {
    let pilots = if is_open { "manager" } else { "me" };
    format!(
        "title: T\nowner: {{name: R}}\nreaders: {{manager: {{}}}}\ndefaults: {{readers: {{pilot: {pilots}}}}}\n"
    )
}

/// The work tree and its history.
struct State {
    git: Git,
    history: History,
    today: Portfolio,
}

impl State {
    fn of(repository: &Repository) -> Self {
        let content = repository.path().join("content");
        let git = Git::open(&content).unwrap().unwrap();
        let (today, _) = read(&Folder::open(&content).unwrap().read().unwrap());
        Self { history: git.history(None).unwrap(), git, today: today.unwrap() }
    }

    /// What the manager is told, in letters; how many histories were told anew; and what to remember of it.
    fn told(&self, reader: &Reader, memory: &Memory) -> (String, usize, Memory) {
        let past = Past::new(&self.history, &self.git, &self.today, reader);
        let today = redact(&self.today, reader);
        let committed = Committed::new(&past, &today, memory);
        let log = format!("{:#?}", committed.log(&past, &today, &self.history.uncommitted));
        // As it is when it was written down and read back: what is new beside the rest, or from time to time all.
        let next = match committed.memory().news() {
            News::Later(later) if !self.history.commits().len().is_multiple_of(3) => {
                memory.clone().and_later(later)
            }
            _ => Memory::parse(committed.memory().print()).unwrap(),
        };
        (log, committed.news, next)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn what_is_remembered_is_what_is_told_anew(
        commits in prop::collection::vec(prop::collection::vec(act(), 1..4), 3..10),
    ) {
        if !has_git() {
            return Ok(());
        }
        let repository = Repository::new();
        repository.write("content/portfolio.yaml", &settings(true));
        repository.commit("2026-03-01", "begin");
        let mut memories: Vec<Memory> = vec![Memory::default(); 2];
        for (at, acts) in commits.iter().enumerate() {
            for (number, act) in acts.iter().enumerate() {
                act.perform(&repository, at * 10 + number);
            }
            repository.git("2026-03-02", &["add", "--all"]);
            repository.git("2026-03-02", &["commit", "--quiet", "--allow-empty", "--message", "next"]);
            let state = State::of(&repository);
            let manager = Reader::parse("manager", &state.today.config).unwrap();
            for (reader, memory) in [&Reader::Me, &manager].into_iter().zip(&mut memories) {
                let (anew, ..) = state.told(reader, &Memory::default());
                let (told, _, next) = state.told(reader, memory);
                prop_assert_eq!(told, anew, "commit {} for {}", at, reader.name());
                let (again, news, _) = state.told(reader, &next);
                prop_assert_eq!(news, 0, "the same again for {}", reader.name());
                prop_assert_eq!(again, state.told(reader, &Memory::default()).0);
                *memory = next;
            }
        }
    }
}

#[test]
fn a_commit_costs_what_it_touched() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    let text = |title: &str, names: &str| format!("---\ntitle: {title}\n---\nSee [[{names}]].\n");
    let settings = settings(true).replace("pilot:", "page:");
    repository.write("content/portfolio.yaml", &settings);
    for entry in 0..6 {
        repository.write(&format!("content/pages/e{entry}.md"), &text("T", &format!("e{}", (entry + 1) % 6)));
    }
    repository.commit("2026-03-02", "begin");
    let news = |memory: &mut Memory| {
        let state = State::of(&repository);
        let manager = Reader::parse("manager", &state.today.config).unwrap();
        let (_, news, next) = state.told(&manager, memory);
        *memory = next;
        news
    };
    let mut memory = Memory::default();
    assert_eq!(news(&mut memory), 6, "nothing is known");
    repository.write("content/pages/e0.md", &text("Other", "e1"));
    repository.commit("2026-03-03", "one entry");
    assert_eq!(news(&mut memory), 1, "one entry was edited");
    repository.write("content/pages/new.md", &text("New", "e1"));
    repository.commit("2026-03-04", "another entry");
    assert_eq!(news(&mut memory), 1, "an entry was added");
    repository.write("content/portfolio.yaml", &settings.replace("title: T", "title: U"));
    repository.commit("2026-03-05", "the title of the portfolio");
    assert_eq!(news(&mut memory), 0, "settings that concern no reader");
    repository.write(
        "content/pages/e0.md",
        &text("Other", "e1").replace("title: Other", "title: Other\nreaders: me"),
    );
    repository.commit("2026-03-06", "closed");
    // Itself, gone from what the manager sees, and the one entry that names it.
    assert_eq!(news(&mut memory), 1, "an entry was closed that one other names");
}
