//! Where the system stops telling of changes: it has too many to tell, or nothing left to tell with.

use std::process::Command;

use rustix::process::Signal;

use crate::aid::{Project, Serving, command};

/// The events of a folder wait in a queue of a certain length; what comes later is lost.
#[test]
fn what_the_system_forgot_to_tell_is_found() {
    let Ok(queue) = std::fs::read_to_string("/proc/sys/fs/inotify/max_queued_events") else {
        println!("SKIPPED: this system does not say how many changes it remembers");
        return;
    };
    let queue: usize = queue.trim().parse().unwrap();
    assert!(queue <= 100_000, "a queue of {queue} is not filled in reasonable time; lower it");
    let project = Project::new();
    let serving = Serving::start(&project.root());
    serving.wait_for("/pages/about/", "Text.");
    serving.signal(Signal::STOP);
    // Two files in turn, because the same event twice counts once. Each save makes two events or more.
    for round in 0..queue / 4 + 100 {
        project.write("pages/about.md", &format!("# About\n\nRound {round}.\n"));
        project.write("pages/long.md", &format!("# Long\n\nRound {round}.\n"));
    }
    project.write("pages/late.md", "# Late\n\nAfter the queue was full.\n");
    std::fs::rename(project.at("decisions/second.md"), project.at("decisions/third.md")).unwrap();
    project.write("scopes/reporting.md", "---\ntitle: Renamed in silence\n---\nText.\n");
    serving.signal(Signal::CONT);
    serving.wait_for("/pages/late/", "After the queue was full.");
    serving.wait_for("/decisions/third/", "Beta.");
    serving.wait_until("/decisions/second/", |reply| reply.status == 404, "nothing");
    serving.wait_for("/scopes/reporting/", "Renamed in silence");
    // What comes afterwards is told again.
    project.write("pages/late.md", "# Late\n\nTold as ever.\n");
    serving.wait_for("/pages/late/", "Told as ever.");
}

/// Watches are a limited good that other programs use up.
#[test]
fn without_a_watch_left_it_looks_from_time_to_time_and_says_so() {
    let none_left = "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$@\"";
    let limited = |program: &str| {
        let mut limited = Command::new("unshare");
        limited.args(["--user", "--map-root-user", "sh", "-c", none_left, "sh", program]);
        limited
    };
    if !limited("true").output().is_ok_and(|output| output.status.success()) {
        assert!(std::env::var_os("CI").is_none(), "`unshare` must be able to take watches away");
        println!("SKIPPED: nobody can be kept from watching here");
        return;
    }
    let project = Project::new();
    let plain = command(&project.root(), &[]);
    let mut command = limited(&plain.get_program().to_string_lossy());
    command.args(plain.get_args());
    let mut serving = Serving::run(command);
    serving.wait_for_words("time to time");
    project.edit("pages/about.md", "Text.", "Found without being told.");
    serving.wait_for("/pages/about/", "Found without being told.");
}
