//! Every kind of change, whole: two commits of a real repository, and what `changes` prints of them.
//!
//! A case is one file. `=== before PATH` and `=== after PATH` give the files of the two commits (what has only a
//! `before` stays as it is), `=== gone PATH` takes one out, `=== arguments` is passed on, and the rest is what is
//! printed. `UPDATE=1 cargo test --test changes cases` writes what is printed; look at the difference.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::repository::{Repository, has_git};

const CONFIG: &str = "title: T\nowner: {name: Robin Vale}\nreaders: {manager: {}}\n\
                      defaults: {readers: {scope: manager, pilot: manager, agreement: manager, page: manager}}\n";

#[test]
fn cases() {
    if !has_git() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes/cases");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 8, "the cases were not found");
    let mut differences = String::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let case = Case::read(&text);
        let now = case.printed();
        if now != text && std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &now).unwrap();
        } else if now != text {
            differences += &format!("{}:\n--- expected\n{text}\n--- printed\n{now}\n", file.display());
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

struct Case<'t> {
    /// What stands before the first part that is printed, as it is.
    given: &'t str,
    before: BTreeMap<&'t str, &'t str>,
    after: BTreeMap<&'t str, &'t str>,
    gone: Vec<&'t str>,
    arguments: Vec<&'t str>,
}

impl<'t> Case<'t> {
    fn read(text: &'t str) -> Self {
        let given = text.split("=== human\n").next().unwrap();
        let mut case = Case {
            given,
            before: BTreeMap::new(),
            after: BTreeMap::new(),
            gone: Vec::new(),
            arguments: Vec::new(),
        };
        for part in given.split("=== ").skip(1) {
            let (head, body) = part.split_once('\n').unwrap();
            match head.split_once(' ').unwrap_or((head, "")) {
                ("before", path) => drop(case.before.insert(path, body)),
                ("after", path) => drop(case.after.insert(path, body)),
                ("gone", path) => case.gone.push(path),
                ("arguments", _) => case.arguments = body.split_whitespace().collect(),
                (other, _) => panic!("`{other}` is no part of a case"),
            }
        }
        case
    }

    fn printed(&self) -> String {
        let repository = Repository::new();
        repository.write("content/portfolio.yaml", CONFIG);
        for (path, text) in &self.before {
            repository.write(&format!("content/{path}"), text);
        }
        repository.commit("2026-03-02", "Before");
        for path in &self.gone {
            repository.remove(&format!("content/{path}"));
        }
        for (path, text) in &self.after {
            repository.write(&format!("content/{path}"), text);
        }
        repository.commit("2026-03-16", "After");
        let run = |more: &[&str]| {
            let mut arguments = vec!["changes", "2026-03-02", "--today", "2026-04-01"];
            arguments.extend(more.iter().chain(&self.arguments));
            repository.run(&arguments)
        };
        format!("{}=== human\n{}=== json\n{}", self.given, run(&[]), run(&["--format", "json"]))
    }
}
