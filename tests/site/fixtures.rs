//! Whole sites, file by file: `cases/CASE/content` comes out as `cases/CASE/expected/READER`.
//!
//! `UPDATE=1 cargo test --test site` accepts all changes; look at what git says of them afterwards. The style
//! sheets and scripts of the default theme are left out of what is expected, so that a change to them is not
//! shown here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bailiwick::render::DEFAULT_FILES;

use crate::aid::{self, Files, difference, messages, program, tree};

/// A test for each case.
macro_rules! cases {
    ($($test:ident: $case:literal,)+) => {
        const CASES: &[&str] = &[$($case),+];

        $(
            #[test]
            fn $test() {
                check_site($case);
            }
        )+
    };
}

cases! {
    aliases: "aliases",
    assets: "assets",
    empty: "empty",
    hidden_links: "hidden-links",
    markdown: "markdown",
    one_of_each: "one-of-each",
    own_theme: "own-theme",
    sections: "sections",
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/cases")
}

/// Builds a case for each reader of whom something is expected, with the real program.
fn check_site(case: &str) {
    let root = folder().join(case);
    let expected = root.join("expected");
    let readers = std::fs::read_dir(&expected).expect("a folder for each reader");
    let readers: BTreeSet<String> = readers
        .map(|entry| entry.expect("a folder").file_name().into_string().expect("a name of a reader"))
        .collect();
    assert!(!readers.is_empty(), "nothing is expected of `{case}`: make a folder `expected/me` and update");
    for reader in readers {
        let found = site(&root, &reader);
        let expected = expected.join(&reader);
        if std::env::var_os("UPDATE").is_some() {
            replace(&expected, &found);
        }
        let difference = difference(&tree(&expected), &found);
        assert!(
            difference.is_empty(),
            "`{case}` comes out otherwise for `{reader}`:\n{difference}\n\
             If that is right, run `UPDATE=1 cargo test --test site` and look at the changes."
        );
    }
}

fn site(root: &Path, reader: &str) -> Files {
    let folder = tempfile::tempdir().expect("a folder");
    // Where it lies it would be told of our own commits.
    for part in ["content", "themes"].iter().filter(|part| root.join(part).is_dir()) {
        for (path, bytes) in tree(&root.join(part)) {
            let path = folder.path().join(part).join(path);
            std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        }
    }
    let out = folder.path().join("out").join(reader);
    std::fs::create_dir(folder.path().join("out")).expect("a folder");
    let mut command = program(folder.path(), &["build", "--for", reader]);
    let output = command.arg("--out").arg(&out).output().expect("the program runs");
    assert!(output.status.success(), "{}", messages(&output));
    let mut found = tree(&out);
    // What comes from the default theme as it is would only be kept once more.
    for (name, bytes) in DEFAULT_FILES {
        let published = name.strip_prefix("static/").map(|name| format!("assets/{name}"));
        if let Some(path) = published.filter(|path| found.get(path).is_some_and(|found| found == bytes)) {
            found.remove(&path);
        }
    }
    // `tests/paper` reads what is on paper; here it is enough that it is there.
    for (path, bytes) in &mut found {
        if path.ends_with(".pdf") {
            assert!(bailiwick::paper::is_ours(bytes), "{path}");
            *bytes = b"PDF\n".to_vec();
        }
    }
    found
}

fn replace(folder: &Path, files: &Files) {
    std::fs::remove_dir_all(folder).expect("the folder was listed");
    std::fs::create_dir_all(folder).expect("a folder");
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

#[test]
fn every_case_is_tried() {
    let listed = std::fs::read_dir(folder()).expect("the folder of the cases");
    let names = listed.map(|entry| entry.expect("a case").file_name().into_string().expect("a name"));
    let names: BTreeSet<String> = names.filter(|name| !name.starts_with('.')).collect();
    let tried: BTreeSet<String> = CASES.iter().map(|case| (*case).to_owned()).collect();
    assert_eq!(names, tried);
}

#[test]
fn whatever_differs_is_told() {
    let expected = aid::files([("gone", "x"), ("same", "x"), ("changed", "a\nb\nc\n")]);
    let found = aid::files([("new", "x"), ("same", "x"), ("changed", "a\nB\nc\n")]);
    let told = "missing: gone\nnot expected: new\ndifferent: changed\n  from line 2\n  - b\n  + B\n";
    assert_eq!(difference(&expected, &found), told);
    assert_eq!(difference(&expected, &expected), "");
}
