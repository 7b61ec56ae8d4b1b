//! Random histories in one line: always what `git log --follow` shows, and the same when continued from a cache.

use proptest::prelude::*;

use crate::support::{Repo, check_against_git, is_git_missing, text};

/// What one commit does.
#[derive(Clone, Debug)]
enum Act {
    Add,
    Edit(u8),
    Rename(u8, bool),
    Remove(u8),
    Back(u8),
    /// Moves a file to where a removed one was.
    Into(u8, u8),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => Just(Act::Add),
        4 => any::<u8>().prop_map(Act::Edit),
        3 => (any::<u8>(), any::<bool>()).prop_map(|(at, edits)| Act::Rename(at, edits)),
        1 => any::<u8>().prop_map(Act::Remove),
        1 => any::<u8>().prop_map(Act::Back),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(at, to)| Act::Into(at, to)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn random_histories_are_told_as_git_tells_them(
        commits in prop::collection::vec(prop::collection::vec(act(), 1..4), 2..12),
        known_at in any::<prop::sample::Index>(),
    ) {
        if is_git_missing() {
            return Ok(());
        }
        let repo = Repo::new();
        repo.write("pages/first.md", &text("first")).commit("begin");
        let known_at = known_at.index(commits.len());
        let mut known = None;
        let mut world = World { files: vec![("first.md".to_owned(), text("first"))], ..World::default() };
        for (at, acts) in commits.into_iter().enumerate() {
            world.touched.clear();
            for act in acts {
                world.perform(&repo, &act);
            }
            repo.commit("next");
            if at == known_at {
                known = Some(repo.history());
            }
        }
        let history = check_against_git(&repo);
        let continued = repo.open().history(known.as_ref()).expect("the history can be read");
        prop_assert_eq!(continued, history);
    }
}

#[derive(Default)]
struct World {
    files: Vec<(String, String)>,
    removed: Vec<String>,
    count: usize,
    /// Files that this commit touched already: more than one thing at a time is another thing.
    touched: Vec<String>,
}

impl World {
    fn perform(&mut self, repo: &Repo, act: &Act) {
        self.count += 1;
        let name = format!("f{}.md", self.count);
        match act {
            Act::Add => self.put(repo, &name, text(&name)),
            Act::Edit(at) => {
                if let Some(at) = self.pick(*at) {
                    let (name, text) = &mut self.files[at];
                    *text += &format!("edit {}\n", self.count);
                    repo.write(&format!("pages/{name}"), text);
                    let name = name.clone();
                    self.touched.push(name);
                }
            }
            Act::Rename(at, edits) => {
                if let Some(at) = self.pick(*at) {
                    let (old, mut text) = self.files.remove(at);
                    std::fs::remove_file(repo.path(&format!("content/pages/{old}"))).expect("it is there");
                    if *edits {
                        text += &format!("renamed {}\n", self.count);
                    }
                    self.put(repo, &name, text);
                }
            }
            Act::Remove(at) => {
                if let Some(at) = self.pick(*at)
                    && self.files.len() > 1
                {
                    let (old, _) = self.files.remove(at);
                    std::fs::remove_file(repo.path(&format!("content/pages/{old}"))).expect("it is there");
                    self.touched.push(old.clone());
                    self.removed.push(old);
                }
            }
            Act::Into(at, to) => {
                if let Some(at) = self.pick(*at)
                    && !self.removed.is_empty()
                {
                    let to = usize::from(*to) % self.removed.len();
                    if !self.touched.contains(&self.removed[to]) {
                        let name = self.removed.remove(to);
                        let (old, text) = self.files.remove(at);
                        std::fs::remove_file(repo.path(&format!("content/pages/{old}")))
                            .expect("it is there");
                        self.put(repo, &name, text);
                    }
                }
            }
            Act::Back(at) => {
                if !self.removed.is_empty() {
                    let at = usize::from(*at) % self.removed.len();
                    if !self.touched.contains(&self.removed[at]) {
                        let name = self.removed.remove(at);
                        let again = text(&format!("{name} again {}", self.count));
                        self.put(repo, &name, again);
                    }
                }
            }
        }
    }

    fn put(&mut self, repo: &Repo, name: &str, text: String) {
        repo.write(&format!("pages/{name}"), &text);
        self.touched.push(name.to_owned());
        self.files.push((name.to_owned(), text));
    }

    fn pick(&self, at: u8) -> Option<usize> {
        let at = usize::from(at) % self.files.len().max(1);
        let (name, _) = self.files.get(at)?;
        (!self.touched.contains(name)).then_some(at)
    }
}
