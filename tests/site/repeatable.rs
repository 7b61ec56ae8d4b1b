//! The same input gives the same bytes: at any place, in any order, in any time zone and language, on any number
//! of threads, and over whatever was there before.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::aid::{self, Files, TODAY, difference, messages, tree};
use crate::noninterference::emit::content;
use crate::noninterference::plan::{self, Names, Plan};
use crate::noninterference::{config, plan_with_few_entries};

/// The portfolio of this repository, which has something of everything.
fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Builds for the manager in an environment of one's own.
#[track_caller]
fn built(root: &Path, environment: impl FnOnce(&mut Command)) -> Files {
    let out = tempfile::tempdir().expect("a folder");
    let site = out.path().join("manager");
    let mut command = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_bailiwick");
    command.args(["-c", "umask ${MASK:-022}; exec \"$@\"", "sh", program, "build", "--for", "manager"]);
    command.args(["--today", TODAY]).arg("--root").arg(root).arg("--out").arg(&site);
    environment(&mut command);
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "{}", messages(&output));
    let made = tree(&site);
    for path in made.keys() {
        let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        let file = site.join(path);
        assert_eq!(mode(&file), 0o644, "the mode of {path}");
        assert_eq!(
            mode(file.parent().expect("it is in a folder")),
            0o755,
            "the mode of the folder of {path}"
        );
    }
    made
}

#[test]
fn no_environment_makes_a_difference() {
    let root = sample();
    let expected = built(&root, |_| {});
    assert!(expected.len() > 50, "the sample is a whole portfolio");
    let environments: [(&str, &[(&str, &str)]); 10] = [
        ("the same again", &[]),
        ("the day before it begins here", &[("TZ", "Pacific/Kiritimati")]),
        ("the day after", &[("TZ", "Pacific/Pago_Pago")]),
        ("a language with another i", &[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")]),
        ("no language", &[("LC_ALL", "C")]),
        ("nowhere for temporary files", &[("TMPDIR", "/nowhere")]),
        ("one thread", &[("RAYON_NUM_THREADS", "1")]),
        ("many threads", &[("RAYON_NUM_THREADS", "16")]),
        ("another day that nobody asked for", &[("SOURCE_DATE_EPOCH", "0")]),
        ("files for me alone", &[("MASK", "077")]),
    ];
    for (what, variables) in environments {
        let found = built(&root, |command| {
            command.envs(variables.iter().copied());
        });
        let difference = difference(&expected, &found);
        assert!(difference.is_empty(), "{what}:\n{difference}");
    }
    let found = built(&root, |command| {
        command.env_clear().env("PATH", "/usr/bin:/bin").current_dir("/");
    });
    assert_eq!(difference(&expected, &found), "", "nothing in the environment, not even a home");
}

/// The site of content that is in no repository.
fn without_history(content: &Files) -> Files {
    let folder = tempfile::tempdir().expect("a folder");
    aid::write(folder.path(), content);
    built(folder.path(), |_| {})
}

#[test]
fn neither_place_nor_order_of_files_makes_a_difference() {
    let content = tree(&sample().join("content"));
    let expected = without_history(&content);
    let mut paths: Vec<&String> = content.keys().collect();
    for turn in 0..3_usize {
        // Three orders that have nothing to do with each other.
        paths.sort_by_key(|path| blake3::hash(format!("{turn} {path}").as_bytes()).to_hex());
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("x".repeat(turn * 40 + 1));
        for path in &paths {
            aid::write(&root, &Files::from([((*path).clone(), content[*path].clone())]));
        }
        let found = built(&root, |_| {});
        assert_eq!(difference(&expected, &found), "", "in the order of {paths:?}");
    }
}

/// Case 7.
#[test]
fn line_ends_and_byte_order_marks_make_no_difference() {
    let content = tree(&sample().join("content"));
    let folder = tempfile::tempdir().expect("a folder");
    let expected = without_history(&content);
    for (name, line_end, mark) in
        [("crlf", "\r\n", ""), ("cr", "\r", ""), ("mark", "\n", "\u{FEFF}"), ("both", "\r\n", "\u{FEFF}")]
    {
        let converted = content.iter().map(|(path, bytes)| {
            let is_text = [".md", ".yaml", ".csv"].iter().any(|end| path.ends_with(end));
            let bytes = match String::from_utf8(bytes.clone()) {
                Ok(text) if is_text => format!("{mark}{}", text.replace('\n', line_end)).into_bytes(),
                _ => bytes.clone(),
            };
            (path.clone(), bytes)
        });
        let root = folder.path().join(name);
        aid::write(&root, &converted.collect());
        let found = built(&root, |_| {});
        assert_eq!(difference(&expected, &found), "", "{name}");
    }
}

/// What happens to a portfolio from one build to the next.
#[derive(Clone, Debug)]
enum Edit {
    Delete(usize),
    Add(plan::Entry),
    Close(usize),
    Open(usize, Names),
    Rewrite(usize, Vec<plan::Block>),
    Move(usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = 0..64_usize;
    prop_oneof![
        at.clone().prop_map(Edit::Delete),
        plan::entry().prop_map(Edit::Add),
        at.clone().prop_map(Edit::Close),
        (at.clone(), plan::names()).prop_map(|(at, names)| Edit::Open(at, names)),
        (at.clone(), vec(plan::block(), 0..5)).prop_map(|(at, blocks)| Edit::Rewrite(at, blocks)),
        (at, 0..4_usize).prop_map(|(at, form)| Edit::Move(at, form)),
    ]
}

fn edited(plan: &mut Plan, edit: Edit) {
    let count = plan.entries.len();
    match edit {
        Edit::Delete(_) if count == 1 => {}
        Edit::Delete(at) => {
            plan.entries.remove(at % count);
        }
        Edit::Add(entry) => plan.entries.push(entry),
        Edit::Close(at) => plan.entries[at % count].readers = Some(Names(0)),
        Edit::Open(at, names) => plan.entries[at % count].readers = Some(names),
        Edit::Rewrite(at, blocks) => plan.entries[at % count].blocks = blocks,
        Edit::Move(at, form) => plan.entries[at % count].form = form,
    }
}

proptest! {
    #![proptest_config(config(8))]

    /// Cases 45 and 55: what was deleted or turned private is gone, and nothing else is.
    #[test]
    fn a_site_built_over_an_older_one_is_that_built_anew(mut plan in plan_with_few_entries(), edits in vec(edit(), 1..6)) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let build = |plan: &Plan| {
            let _ = std::fs::remove_dir_all(root.join("content"));
            aid::write(root, &content(plan, None));
            aid::built(root, "manager")
        };
        build(&plan);
        for edit in edits {
            edited(&mut plan, edit);
            let mut found = build(&plan);
            // The papers of proposals, which `aid::site` leaves out as well.
            found.retain(|path, _| !(path.ends_with(".pdf") && path.matches('/').count() == 1));
            let full = content(&plan, None);
            let expected = aid::site(&aid::sound(&full), &full, "manager");
            let difference = difference(&expected, &found);
            prop_assert!(difference.is_empty(), "{difference}\nof\n{}", aid::shown(&full));
        }
    }
}
