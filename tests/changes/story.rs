//! The story of the sample: sound on each of its days, and told as what it is meant to show.

use std::collections::BTreeSet;

use bailiwick::changes::{Log, Timing, preregistration};
use bailiwick::history::{Repository, Store};
use bailiwick::model::readers::Reader;
use bailiwick::past::Past;
use bailiwick::redact::redact;

use super::repository::has_git;

#[expect(dead_code, reason = "the example is a program of its own")]
#[path = "../../examples/story/main.rs"]
mod example;

#[test]
fn each_day_is_sound_and_two_things_were_changed_without_a_word() {
    if !has_git() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("story");
    let count = example::tell(&root).unwrap();
    let git = Repository::open(&root.join("content")).unwrap().unwrap();
    let history = git.history(None).unwrap();
    assert_eq!(history.commits().len(), count, "a day on which nothing happened");
    for commit in history.commits() {
        let (_, report) = bailiwick::read(&git.sources_at(&commit.id).unwrap(), commit.date);
        assert!(!report.has_errors(), "{}: {:#?}", commit.date, report.errors());
    }

    let newest = history.commits().first().unwrap();
    let (portfolio, _) = bailiwick::read(&git.sources_at(&newest.id).unwrap(), newest.date);
    let portfolio = portfolio.unwrap();
    let past = Past::new(&history, &git, &portfolio, &Reader::Me);
    let log = Log::new(&past, &redact(&portfolio, &Reader::Me));
    let mut silent = BTreeSet::new();
    for pilot in &portfolio.pilots {
        let told = preregistration(pilot, &log.entries[pilot.id()], newest.date).unwrap();
        for set in &told.set {
            let is_before = matches!(set.timing, Timing::Before(_));
            assert!(is_before, "{}: {:?} was set {:?}", pilot.id(), set.what, set.timing);
        }
        silent.extend(
            told.moves.iter().filter(|it| it.is_silent).map(|it| (pilot.id().as_str(), it.what.word())),
        );
    }
    let meant = [("overnight-loads", "limits"), ("request-triage", "observation")];
    assert_eq!(silent.into_iter().collect::<Vec<_>>(), meant);
}
