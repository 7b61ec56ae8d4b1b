//! What a build remembers of old versions changes nothing but the time that it takes.

use std::fs;

use bailiwick::changes::Memory;
use proptest::prelude::*;

use super::repository::{Repository, files, has_git};

const CONFIG: &str = "title: T\nowner: {name: Robin Vale}\nreaders: {manager: {}}\n\
                      defaults: {readers: {pilot: manager, scope: manager, decision: manager}}\n";

const PILOT: &str = "---\ntitle: Doors\nstarts: 2026-03-02\nprimary: {name: Days, direction: decrease, baseline: 9, \
                     target: 2.5, observations: days.csv}\nreviews: [2026-03-16]\n---\nSee [[other]].\n";

/// Builds with what is remembered and without, for two readers, and holds that both are the same.
#[track_caller]
fn assert_same(repository: &Repository, what: &str) {
    for reader in ["me", "manager"] {
        repository.run(&["build", "--quiet", "--for", reader, "--today", "2026-06-01"]);
        let fresh = tempfile::tempdir().unwrap();
        let out = fresh.path().join("site");
        let arguments = ["build", "--quiet", "--for", reader, "--today", "2026-06-01", "--out"];
        repository.run(&[&arguments[..], &[out.to_str().unwrap()]].concat());
        let remembered = files(&repository.path().join("site").join(reader));
        let anew = files(&out);
        assert!(remembered.len() > 10, "{what}: there is no site");
        let differing: Vec<_> = anew
            .iter()
            .filter(|(path, bytes)| remembered.get(*path) != Some(bytes))
            .map(|(path, _)| path)
            .collect();
        assert!(
            differing.is_empty() && remembered.len() == anew.len(),
            "{what}, for {reader}: {differing:?}"
        );
    }
}

fn remembered(repository: &Repository, reader: &str) -> std::path::PathBuf {
    repository.path().join("site/.bailiwick").join(reader).join("versions")
}

#[test]
fn a_build_with_what_is_remembered_is_the_build_without() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    let write = |path: &str, text: &str| repository.write(&format!("content/{path}"), text);
    write("portfolio.yaml", CONFIG);
    repository.write(".gitignore", "site/\n");
    write("pilots/doors/index.md", PILOT);
    write("pilots/doors/days.csv", "date,value\n2026-03-06,5\n");
    write("decisions/other.md", "---\ntitle: Other\ndate: 2026-03-01\n---\nText of the other.\n");
    repository.commit("2026-03-01", "begin");
    assert_same(&repository, "the first commit");
    write("pilots/doors/days.csv", "date,value\n2026-03-06,5\n2026-03-09,4\n");
    assert_same(&repository, "a figure that is not committed");
    repository.commit("2026-03-09", "a figure");
    assert_same(&repository, "a figure");
    write("pilots/doors/index.md", &PILOT.replace("2.5", "3"));
    repository.commit("2026-03-10", "a target");
    assert_same(&repository, "a target");
    repository.git("2026-03-10", &["tag", "review"]);
    assert_same(&repository, "a tag");
    repository.git("2026-03-11", &["mv", "content/decisions/other.md", "content/decisions/another.md"]);
    write("pilots/doors/index.md", &PILOT.replace("[[other]]", "[[another]]"));
    repository.commit("2026-03-11", "a rename");
    assert_same(&repository, "a rename");
    let hidden = "---\ntitle: Other\ndate: 2026-03-01\nreaders: me\n---\nText of the other.\n";
    write("decisions/another.md", hidden);
    assert_same(&repository, "closed, not committed");
    repository.commit("2026-03-12", "closed");
    assert_same(&repository, "closed");
    write("decisions/another.md", &hidden.replace("readers: me\n", ""));
    repository.commit("2026-03-13", "opened again");
    assert_same(&repository, "opened again");
    write("portfolio.yaml", &CONFIG.replace("decision: manager", "decision: me"));
    assert_same(&repository, "other defaults");
    repository.commit("2026-03-13", "closed by default");
    assert_same(&repository, "closed by default");
    write("portfolio.yaml", CONFIG);
    repository.commit("2026-03-13", "open by default");
    assert_same(&repository, "open by default");
    repository.remove("content/decisions/another.md");
    write(
        "pilots/doors/index.md",
        &PILOT.replace("See [[other]].", "# Open\n\n# Limited {readers=me}\n\nText of then."),
    );
    repository.commit("2026-03-14", "removed, and a section limited");
    assert_same(&repository, "removed, and a section limited");
    repository.git("2026-03-15", &["reset", "--quiet", "--hard", "HEAD~5"]);
    assert_same(&repository, "commits taken back");
}

#[test]
fn what_was_remembered_badly_or_for_somebody_else_is_not_believed() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("content/portfolio.yaml", CONFIG);
    repository.write(".gitignore", "site/\n");
    repository.write("content/pilots/doors/index.md", PILOT);
    repository.write("content/pilots/doors/days.csv", "date,value\n2026-03-06,5\n");
    let secret = "---\ntitle: Other\ndate: 2026-03-01\n---\n# A\n\nOpen.\n\n# B {readers=me}\n\nXylophone.\n";
    repository.write("content/decisions/other.md", secret);
    repository.commit("2026-03-01", "begin");
    repository.write("content/decisions/other.md", &secret.replace("Open", "Very open"));
    repository.commit("2026-03-02", "on");
    assert_same(&repository, "as it was");
    let (mine, theirs) = (remembered(&repository, "me"), remembered(&repository, "manager"));
    let bytes = fs::read(&mine).unwrap();
    assert!(Memory::parse(bytes.clone()).is_some());
    assert!(!String::from_utf8_lossy(&fs::read(&theirs).unwrap()).contains("Xylophone"));
    fs::write(&theirs, &bytes).unwrap();
    assert_same(&repository, "what was remembered for the writer");
    for at in [0, 3, 40, bytes.len() / 2, bytes.len() - 1] {
        let mut flipped = bytes.clone();
        flipped[at] ^= 4;
        assert!(Memory::parse(flipped.clone()).is_none(), "{at}");
        assert!(Memory::parse(bytes[..at].to_vec()).is_none(), "{at}");
        fs::write(&mine, &flipped).unwrap();
        fs::write(&theirs, &bytes[..at]).unwrap();
        assert_same(&repository, "damaged");
    }
}

proptest! {
    #[test]
    fn whatever_carries_a_right_seal_is_read_without_harm(
        noise in prop::collection::vec(any::<u8>(), 0..300),
        cut in any::<prop::sample::Index>(),
    ) {
        let empty = Memory::default().print();
        let body = &empty[..empty.len() - 32];
        let mut forged = body[..cut.index(body.len())].to_vec();
        if cut.index(2) == 1 {
            forged = body[..body.len() - 2].to_vec();
        }
        forged.extend(noise);
        let seal = blake3::hash(&forged);
        forged.extend(seal.as_bytes());
        let _ = Memory::parse(forged);
    }
}
