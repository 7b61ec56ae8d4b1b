//! What others do to the output while a publish runs.

use std::convert::Infallible;
use std::fs;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use bailiwick::write::{Failure, Refusal};

use crate::aid::Project;

const OLD: &[(&str, &str)] = &[("a.html", "1"), ("stale.html", "2"), ("sub/b.html", "3")];
const NEW: &[(&str, &str)] = &[("a.html", "one"), ("sub/b.html", "3")];

#[test]
fn a_file_that_comes_while_the_site_is_replaced_is_saved() {
    let project = Project::new();
    project.publish(OLD).unwrap();
    let published = project
        .publish_with("manager", &project.out, NEW, |at| {
            if at == 1 {
                fs::write(project.out.join("sub/mine.txt"), "mine").unwrap();
            }
        })
        .unwrap();
    let rescued = project.state().join("rescued-0/sub/mine.txt");
    assert_eq!(fs::read_to_string(rescued).unwrap(), "mine");
    assert!(published.warnings.iter().any(|told| told.contains("rescued-0")), "{:?}", published.warnings);
    assert_eq!(fs::read_to_string(project.out.join("a.html")).unwrap(), "one");
    assert!(!project.out.join("stale.html").exists());

    project.publish(OLD).unwrap();
    assert!(project.state().join("rescued-0/sub/mine.txt").exists(), "it stays until its owner takes it");
}

#[test]
fn a_file_that_is_changed_while_the_site_is_replaced_is_saved() {
    let project = Project::new();
    project.publish(OLD).unwrap();
    let edit = |at| {
        if at == 1 {
            fs::write(project.out.join("stale.html"), "edited").unwrap();
        }
    };
    project.publish_with("manager", &project.out, NEW, edit).unwrap();
    let rescued = project.state().join("rescued-0/stale.html");
    assert_eq!(fs::read_to_string(rescued).unwrap(), "edited");
}

#[test]
fn an_unchanged_file_that_is_swapped_before_it_is_linked_is_not_published() {
    let project = Project::new();
    project.publish(&[("a.html", "1"), ("b.html", "2")]).unwrap();
    // Files are made in the order of one thread here, so `a.html` has been compared when `b.html` is made.
    let swap = |at| {
        if at == 1 {
            fs::write(project.root.join("site/other"), "1").unwrap();
            fs::rename(project.root.join("site/other"), project.out.join("a.html")).unwrap();
        }
    };
    let pool = rayon_of_one();
    let result = pool.install(|| {
        project.publish_with("manager", &project.out, &[("a.html", "1"), ("b.html", "two")], swap)
    });
    assert!(matches!(result, Err(Failure::Refused(Refusal::Altered { .. }))), "{result:?}");
    assert_eq!(fs::read_to_string(project.out.join("b.html")).unwrap(), "2");
}

fn rayon_of_one() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap()
}

#[test]
fn a_folder_that_flips_to_a_link_never_leads_outside() {
    let project = Project::new();
    let elsewhere = project.root.join("elsewhere");
    fs::write(elsewhere.join("page.html"), "not ours").unwrap();
    fs::write(elsewhere.join("stale.html"), "old").unwrap();
    let sub = project.out.join("sub");
    let aside = project.root.join("site/aside");
    let done = AtomicBool::new(false);
    let outcomes: Vec<bool> = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                if fs::rename(&sub, &aside).is_ok() {
                    let _ = symlink("../../elsewhere", &sub);
                    sleep(Duration::from_micros(300));
                    let _ = fs::remove_file(&sub);
                    let _ = fs::rename(&aside, &sub);
                    // Often enough to come between, seldom enough that some publishes come through.
                    sleep(Duration::from_micros(500));
                }
            }
        });
        let outcomes = (0..150).map(|round| flip_round(&project, round).is_ok()).collect();
        done.store(true, Ordering::Relaxed);
        outcomes
    });
    assert!(outcomes.contains(&true), "no publish came through, so nothing was tried");
    assert_eq!(fs::read_to_string(elsewhere.join("page.html")).unwrap(), "not ours");
    assert_eq!(fs::read_to_string(elsewhere.join("stale.html")).unwrap(), "old");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 3, "nothing was put there");
}

fn flip_round(project: &Project, round: usize) -> Result<(), Failure<Infallible>> {
    fs::create_dir_all(&project.out).unwrap();
    let _ = fs::write(project.out.join("CNAME"), "example.org");
    let text = round.to_string();
    let with_stale = [("sub/new.html", "n"), ("sub/page.html", &*text), ("sub/stale.html", "old")];
    let files = if round.is_multiple_of(2) { &with_stale[..] } else { &with_stale[1..2] };
    project.publish(files).map(drop)
}
