//! Kills and errors at every single system call, by strace.
//!
//! Each run publishes edition 2 over edition 1 and is disturbed once, at the n-th call of one kind, for every n
//! until none is left to disturb. One thread renders, so that the n-th call is the same one in every run.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::aid::{Project, can, reference, run};
use crate::tree::{Node, Tree, assert_same};

/// What the disturbed publish starts from.
#[derive(Clone, Copy, PartialEq)]
enum Start {
    /// No site: the first publish.
    Nothing,
    /// A site of ours.
    Ours,
    /// A site of ours with a foreign file in it, which calls for a publish in place.
    Foreign,
    /// A site of ours where folders cannot be exchanged.
    NoExchange,
}

/// Every kind of call by which a publish changes something, or learns what it must know.
const CALLS: [&str; 14] = [
    "openat",
    "openat2",
    "read",
    "write",
    "close",
    "newfstatat",
    "getdents64",
    "mkdirat",
    "linkat",
    "unlinkat",
    "renameat",
    "renameat2",
    "fsync",
    "syncfs",
];
const OLD: [&str; 4] = ["--files", "6", "--edition", "1"];
const NEW: [&str; 4] = ["--files", "6", "--edition", "2"];
const FOREIGN: &str = "CNAME";

#[test]
fn killed_at_any_call_of_a_first_publish() {
    disturb(Start::Nothing, "signal=KILL", &CALLS);
}

#[test]
fn killed_at_any_call() {
    disturb(Start::Ours, "signal=KILL", &CALLS);
}

#[test]
fn killed_at_any_call_in_place() {
    disturb(Start::Foreign, "signal=KILL", &CALLS);
}

#[test]
fn killed_at_any_call_where_folders_cannot_be_exchanged() {
    // Not `renameat2`, which is disturbed already.
    let calls = ["openat", "write", "mkdirat", "linkat", "unlinkat", "renameat", "syncfs"];
    disturb(Start::NoExchange, "signal=KILL", &calls);
}

#[test]
fn an_error_at_any_call() {
    disturb(Start::Ours, "error=EIO", &CALLS);
}

#[test]
fn an_error_at_any_call_in_place() {
    let calls = ["openat", "openat2", "write", "mkdirat", "unlinkat", "renameat", "renameat2", "syncfs"];
    disturb(Start::Foreign, "error=EIO", &calls);
}

#[test]
fn no_space_at_any_call_that_could_need_some() {
    let calls = ["openat", "write", "mkdirat", "linkat", "renameat", "renameat2", "fsync", "syncfs"];
    disturb(Start::Ours, "error=ENOSPC", &calls);
}

#[test]
fn an_interruption_at_any_call_does_no_harm() {
    let calls = [
        "openat2",
        "read",
        "write",
        "linkat",
        "unlinkat",
        "mkdirat",
        "getdents64",
        "renameat",
        "renameat2",
        "fsync",
        "syncfs",
        "flock",
    ];
    disturb(Start::Ours, "error=EINTR", &calls);
}

#[test]
fn where_folders_cannot_be_exchanged_the_site_is_published_in_place() {
    // The first such call is the exchange; some systems know none of its kind.
    for error in ["EINVAL", "ENOSYS", "EOPNOTSUPP", "EXDEV:when=1", "EBUSY:when=1"] {
        let Some(strace) = strace() else { return };
        let project = prepared(Start::Ours);
        let inject = format!("inject=renameat2:error={error}");
        let (code, stdout, stderr) =
            run(&mut project.aid_by(&[&strace[..], &["-e", &inject]].concat(), &NEW));
        assert_eq!(code, 0, "{stderr}");
        assert!(stdout.contains("InPlace"), "{stdout}");
        assert_same(&project.site(), &reference(&NEW), error);
        project.assert_tidy(error);
    }
}

#[test]
fn where_files_cannot_have_second_names_they_are_copied() {
    for error in ["EPERM", "EMLINK", "EXDEV", "EOPNOTSUPP"] {
        let Some(strace) = strace() else { return };
        let project = prepared(Start::Ours);
        let inject = format!("inject=linkat:error={error}");
        let (code, stdout, stderr) =
            run(&mut project.aid_by(&[&strace[..], &["-e", &inject]].concat(), &NEW));
        assert_eq!(code, 0, "{stderr}");
        assert!(stdout.contains("Exchanged"), "{stdout}");
        assert_same(&project.site(), &reference(&NEW), error);
        project.assert_tidy(error);
    }
}

#[test]
fn a_kernel_without_openat2_will_do() {
    let Some(strace) = strace() else { return };
    for start in [Start::Ours, Start::Foreign] {
        let project = prepared(start);
        let inject = ["-e", "inject=openat2:error=ENOSYS"];
        let (code, _, stderr) = run(&mut project.aid_by(&[&strace[..], &inject].concat(), &NEW));
        assert_eq!(code, 0, "{stderr}");
        let mut site = project.site();
        site.remove(&PathBuf::from(FOREIGN));
        assert_same(&site, &reference(&NEW), "without openat2");
    }
}

/// Disturbs a publish at each call in turn, and fails unless every outcome is one that was promised.
fn disturb(start: Start, fault: &str, calls: &[&str]) {
    let Some(strace) = strace() else { return };
    let sites = Sites::of(start);
    let mut disturbed = BTreeMap::new();
    for call in calls {
        for when in 1.. {
            let project = prepared(start);
            let log = project.root.join("site-trace");
            let inject = format!("inject={call}:{fault}:when={when}");
            let mut tracer = [&strace[..2], &["-o", log.to_str().unwrap(), "-e", &inject]].concat();
            if start == Start::NoExchange {
                tracer.extend(["-e", "inject=renameat2:error=EINVAL"]);
            }
            let (code, _, stderr) = run(&mut project.aid_by(&tracer, &NEW));
            let trace = fs::read_to_string(&log).unwrap();
            fs::remove_file(&log).unwrap();
            let mark = if fault.starts_with("signal") { "killed by SIGKILL" } else { "(INJECTED)" };
            let struck = trace.contains(mark);
            if !struck {
                assert_eq!(code, 0, "undisturbed: {stderr}");
                break;
            }
            *disturbed.entry(*call).or_insert(0) += 1;
            let what = format!("{call} {when} {fault}: exit {code} {stderr}");
            sites.assert_promised(&project, code, fault, &stderr, &what);

            let (code, _, stderr) = run(&mut project.aid(&NEW));
            assert_eq!(code, 0, "the publish after {what}: {stderr}");
            assert_same(&project.site(), &sites.new, &format!("the publish after {what}"));
            project.assert_tidy(&format!("the publish after {what}"));
        }
    }
    for call in calls {
        assert_eq!(disturbed.contains_key(call), sites.uses(call), "{call}: {disturbed:?}");
    }
}

/// The sites before and after, with what is foreign in them.
struct Sites {
    start: Start,
    old: Tree,
    new: Tree,
}

impl Sites {
    fn of(start: Start) -> Self {
        let old = prepared(start).site();
        let mut new = reference(&NEW);
        if let Some(foreign) = old.get(&PathBuf::from(FOREIGN)) {
            new.insert(FOREIGN.into(), foreign.clone());
        }
        Self { start, old, new }
    }

    /// Tells whether a publish from this start makes such a call at all.
    fn uses(&self, call: &str) -> bool {
        match self.start {
            Start::Nothing => !["linkat", "renameat2"].contains(&call),
            Start::Foreign => call != "linkat" && call != "fsync",
            Start::Ours | Start::NoExchange => true,
        }
    }

    #[track_caller]
    fn assert_promised(&self, project: &Project, code: i32, fault: &str, stderr: &str, what: &str) {
        let site = project.site();
        project.assert_unharmed(what);
        if matches!(self.start, Start::Foreign | Start::NoExchange) {
            self.assert_each_file_is_old_or_new(&site, what);
        } else {
            assert!(
                site == self.old || site == self.new,
                "neither the old nor the new site after {what}: {site:?}"
            );
        }
        match code {
            0 => assert_same(&site, &self.new, what),
            3 if !stderr.contains("partly new") => assert_same(&site, &self.old, what),
            3 | -1 => {}
            // An error before the program's own first line: it could not even be loaded.
            127 => assert_same(&site, &self.old, what),
            137 => assert!(fault.contains("KILL"), "{what}"),
            _ => panic!("{what}"),
        }
        assert!(fault != "error=EINTR" || code == 0 || code == 127, "{what}");
    }

    fn assert_each_file_is_old_or_new(&self, site: &Tree, what: &str) {
        for (path, node) in site.iter().filter(|(_, node)| !matches!(node, Node::Folder { .. })) {
            let known = self.old.get(path) == Some(node) || self.new.get(path) == Some(node);
            assert!(known, "{} is torn after {what}", path.display());
        }
        for (path, node) in &self.old {
            let stays = self.new.get(path) == Some(node);
            assert!(!stays || site.get(path) == Some(node), "{} is lost after {what}", path.display());
        }
    }
}

/// Returns a project from which a publish may start.
fn prepared(start: Start) -> Project {
    let project = Project::new();
    if start == Start::Nothing {
        return project;
    }
    let (code, _, stderr) = run(&mut project.aid(&OLD));
    assert_eq!(code, 0, "{stderr}");
    if start == Start::Foreign {
        fs::write(project.out.join(FOREIGN), "example.org").unwrap();
    }
    project
}

/// Returns how strace is started, if it may be.
fn strace() -> Option<[&'static str; 4]> {
    can("strace", &["strace", "-o", "/dev/null", "true"]).then_some(["strace", "-f", "-o", "/dev/null"])
}
