//! The cache: as good as a walk, or not believed.

use bailiwick::history::cache;
use proptest::prelude::*;

use crate::needs_git;
use crate::support::{Repo, text};

#[test]
fn a_history_is_read_back_as_it_was_and_continued() {
    needs_git!();
    let repo = renamed_and_removed();
    let opened = repo.open();
    let place = opened.place().unwrap();
    let first = opened.history(None).unwrap();
    let bytes = cache::print(&first, &place).unwrap();
    let known = cache::parse(&bytes, &place).unwrap();
    assert_eq!(opened.history(Some(&known)).unwrap(), first);

    // What goes on from there is the same as if all had been walked: renames, a file that came back, branches.
    repo.git(&["mv", "content/pages/c.md", "content/pages/d.md"]);
    repo.write("pages/b.md", &text("b again")).commit("on");
    assert_continued(&repo, &known);
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("pages/d.md", &(text("a") + "side\n")).commit("side");
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["mv", "content/pages/d.md", "content/pages/e.md"]);
    repo.commit("rename");
    repo.next_day().git(&["merge", "-q", "--no-edit", "side"]);
    assert_continued(&repo, &known);
    // A branch that forked before what is known.
    repo.git(&["checkout", "-q", "-b", "old", "HEAD~4"]);
    repo.write("pages/f.md", &text("f")).commit("from an old state");
    repo.git(&["checkout", "-q", "main"]);
    repo.next_day().git(&["merge", "-q", "--no-edit", "old"]);
    assert_continued(&repo, &known);
    // Another history altogether.
    repo.git(&["checkout", "-q", "--orphan", "new"]);
    repo.commit("anew");
    assert_continued(&repo, &known);
}

#[test]
fn who_moved_to_where_another_was_does_not_take_up_its_history() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/old.md", &text("old")).write("pages/k.md", &text("k")).commit("begin");
    repo.git(&["rm", "-q", "content/pages/old.md"]);
    repo.commit("remove");
    repo.write("pages/other.md", &text("other")).commit("other");
    repo.git(&["mv", "content/pages/other.md", "content/pages/old.md"]);
    repo.commit("move");
    let known = repo.history();
    assert_eq!(known.removed().len(), 1);
    repo.write("pages/k.md", &(text("k") + "more\n")).commit("on");
    assert_continued(&repo, &known);
    // The path is free again, and something else comes there: it takes up what was there last.
    repo.git(&["rm", "-q", "content/pages/old.md"]);
    repo.commit("remove again");
    let known = repo.history();
    assert_eq!(known.removed().len(), 2);
    repo.write("pages/old.md", &text("new")).commit("anew");
    assert_continued(&repo, &known);
    assert_eq!(repo.history().removed().len(), 1);
}

fn assert_continued(repo: &Repo, known: &bailiwick::history::History) {
    let opened = repo.open();
    assert_eq!(opened.history(Some(known)).unwrap(), opened.history(None).unwrap());
}

#[test]
fn a_cache_of_another_place_is_not_believed() {
    needs_git!();
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).commit("begin");
    let opened = repo.open();
    let bytes = cache::print(&opened.history(None).unwrap(), &opened.place().unwrap()).unwrap();
    assert!(cache::parse(&bytes, b"another").is_none());
}

proptest! {
    #[test]
    fn a_flipped_bit_or_a_torn_end_makes_it_worthless(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        if crate::support::is_git_missing() {
            return Ok(());
        }
        let (bytes, place) = sample();
        prop_assert!(cache::parse(bytes, place).is_some());
        let at = at.index(bytes.len());
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << bit;
        prop_assert!(cache::parse(&flipped, place).is_none());
        prop_assert!(cache::parse(&bytes[..at], place).is_none());
    }

    #[test]
    fn whatever_carries_a_right_seal_is_read_without_harm(noise in prop::collection::vec(any::<u8>(), 0..400), cut in any::<prop::sample::Index>()) {
        if crate::support::is_git_missing() {
            return Ok(());
        }
        // Somebody who can seal a cache can put anything into it; it must not bring the program down.
        let (bytes, place) = sample();
        let body = &bytes[..bytes.len() - 32];
        let mut forged = body[..cut.index(body.len())].to_vec();
        forged.extend(noise);
        let seal = blake3::hash(&forged);
        forged.extend(seal.as_bytes());
        let _ = cache::parse(&forged, place);
    }
}

/// Two commits: two files, of which one then has another name and the other is gone.
fn renamed_and_removed() -> Repo {
    let repo = Repo::new();
    repo.write("pages/a.md", &text("a")).write("pages/b.md", &text("b")).commit("begin");
    repo.git(&["mv", "content/pages/a.md", "content/pages/c.md"]);
    std::fs::remove_file(repo.path("content/pages/b.md")).unwrap();
    repo.commit("rename and remove");
    repo
}

fn sample() -> &'static (Vec<u8>, Vec<u8>) {
    static SAMPLE: std::sync::OnceLock<(Vec<u8>, Vec<u8>)> = std::sync::OnceLock::new();
    SAMPLE.get_or_init(|| {
        let repo = renamed_and_removed();
        let opened = repo.open();
        let place = opened.place().unwrap();
        (cache::print(&opened.history(None).unwrap(), &place).unwrap(), place)
    })
}
