//! Files that are known to come out as they stand are not made, and nothing else is taken for them.

use std::convert::Infallible;
use std::fs;
use std::os::unix::fs::symlink;
use std::sync::Mutex;

use bailiwick::write::{Body, Failure, Published, Target, publish_keeping};

use crate::aid::Project;

const PATHS: [&str; 2] = ["a.html", "deep/b.html"];

/// Publishes two files of which it is known that they come out as `first`; tells which were made.
fn keeping(project: &Project, text: &str) -> (Result<Published, Failure<Infallible>>, Vec<usize>) {
    let made = Mutex::new(Vec::new());
    let target = Target { out: &project.out, reader: "manager", roots: &[], closed: &[] };
    let produce = |at| {
        made.lock().unwrap().push(at);
        Ok(Body::Bytes(text.into()))
    };
    let known = |_| Some(blake3::hash(b"first"));
    let published = publish_keeping(&target, &PATHS.map(str::to_owned), known, produce);
    let mut made = made.into_inner().unwrap();
    made.sort_unstable();
    (published, made)
}

fn begun() -> Project {
    let project = Project::on_disk();
    project.publish(&PATHS.map(|path| (path, "first"))).unwrap();
    project
}

#[test]
fn what_stands_there_is_kept() {
    let project = begun();
    let (published, made) = keeping(&project, "other");
    assert_eq!((published.unwrap().unchanged, made), (2, vec![]));
    project.assert_tidy("kept");
}

#[test]
fn what_does_not_stand_there_is_made() {
    let (published, made) = keeping(&Project::on_disk(), "first");
    assert_eq!((published.unwrap().written, made), (2, vec![0, 1]));
    let project = begun();
    fs::remove_file(project.out.join(PATHS[0])).unwrap();
    let (published, made) = keeping(&project, "first");
    let published = published.unwrap();
    assert_eq!((published.written, published.unchanged, made), (1, 1, vec![0]));
    assert_eq!(fs::read_to_string(project.out.join(PATHS[0])).unwrap(), "first");
}

#[test]
fn what_somebody_changed_is_not_taken_for_it() {
    let project = begun();
    // Files with the same bytes are one file on the disk, of which the other name is not to change.
    fs::remove_file(project.out.join(PATHS[1])).unwrap();
    fs::write(project.out.join(PATHS[1]), "First").unwrap();
    let (published, made) = keeping(&project, "first");
    assert!(matches!(published, Err(Failure::Refused(_))), "{published:?}");
    assert_eq!(made, [1]);
    assert_eq!(fs::read_to_string(project.out.join(PATHS[1])).unwrap(), "First");
}

#[test]
fn no_link_is_followed_to_it() {
    let project = begun();
    fs::rename(project.out.join(PATHS[0]), project.root.join("aside")).unwrap();
    symlink(project.root.join("aside"), project.out.join(PATHS[0])).unwrap();
    let (published, _) = keeping(&project, "first");
    assert!(matches!(published, Err(Failure::Refused(_))), "{published:?}");
}
