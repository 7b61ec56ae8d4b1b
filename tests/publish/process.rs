//! Several publishes at once, and publishes that are stopped.

use std::fs;
use std::io::Read;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::aid::{Project, can, program, reference, run};
use crate::tree::assert_same;

/// Starts a publish that holds the lock until it is killed, or for a while, and waits until it does.
fn holder(project: &Project, milliseconds: &str) -> Child {
    let mut command = project.aid(&["--edition", "3", "--wait-at", "1", milliseconds]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = [0; 7];
    child.stderr.as_mut().unwrap().read_exact(&mut said).unwrap();
    assert_eq!(&said, b"waiting");
    child
}

#[test]
fn the_second_waits_for_the_first_and_says_so() {
    let project = Project::new();
    let mut first = holder(&project, "400");
    let (code, stdout, stderr) = run(&mut project.aid(&["--edition", "2"]));
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains(&format!("waited for process {}", first.id())), "{stdout}");
    assert!(first.wait().unwrap().success());
    assert_same(&project.site(), &reference(&["--edition", "2"]), "the second came second");
    project.assert_tidy("two at once");
}

#[test]
fn eight_at_once_give_one_of_the_eight_sites() {
    let editions = ["1", "2", "3"].map(|edition| reference(&["--edition", edition]));
    for _ in 0..4 {
        let project = Project::on_disk();
        let start = |at: usize| {
            let edition = ["1", "2", "3"][at % 3];
            let mut command = project.aid(&["--edition", edition]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        };
        let mut children: Vec<Child> = (0..8).map(start).collect();
        for child in &mut children {
            assert!(child.wait().unwrap().success());
        }
        let site = project.site();
        assert!(editions.contains(&site), "a mixture: {site:?}");
        project.assert_tidy("eight at once");
    }
}

#[test]
fn a_killed_publish_leaves_no_lock_and_no_litter() {
    let project = Project::on_disk();
    assert_eq!(run(&mut project.aid(&["--edition", "1"])).0, 0);
    let mut killed = holder(&project, "60000");
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(project.state().join("stage-0").is_dir(), "it was killed too early to try anything");
    assert_same(&project.site(), &reference(&["--edition", "1"]), "killed");

    let begun = Instant::now();
    assert_eq!(run(&mut project.aid(&["--edition", "2"])).0, 0);
    assert!(begun.elapsed() < Duration::from_secs(5), "it waited for a dead process");
    assert_same(&project.site(), &reference(&["--edition", "2"]), "after the killed one");
    project.assert_tidy("after the killed one");
}

#[test]
fn a_publish_killed_after_one_that_was_killed_forgets_nothing() {
    if !can("strace", &["strace", "-o", "/dev/null", "true"]) {
        return;
    }
    let project = Project::new();
    assert_eq!(run(&mut project.aid(&["--edition", "1"])).0, 0);
    // The exchange is done, but the manifest is still the old site's.
    let tracer = ["strace", "-f", "-o", "/dev/null", "-e", "inject=fsync:signal=KILL:when=1"];
    run(&mut project.aid_by(&tracer, &["--edition", "2"]));
    assert_same(&project.site(), &reference(&["--edition", "2"]), "killed after the exchange");
    let mut killed = holder(&project, "60000");
    killed.kill().unwrap();
    killed.wait().unwrap();

    let (code, _, stderr) = run(&mut project.aid(&["--edition", "3"]));
    assert_eq!(code, 0, "{stderr}");
    assert_same(&project.site(), &reference(&["--edition", "3"]), "after two that were killed");
    project.assert_tidy("after two that were killed");
}

#[test]
fn kills_at_random_times_leave_the_old_or_the_new_site() {
    // Three, so that what a killed publish left is not by chance what the next one knows.
    let sites = ["1", "2", "3"].map(|edition| reference(&["--files", "150", "--edition", edition]));
    let project = Project::on_disk();
    assert_eq!(run(&mut project.aid(&["--files", "150", "--edition", "2"])).0, 0);
    let begun = Instant::now();
    assert_eq!(run(&mut project.aid(&["--files", "150", "--edition", "1"])).0, 0);
    let whole = u32::try_from(begun.elapsed().as_micros()).unwrap();
    let mut state = 0x2545_f491_u32;
    let (mut kills, mut changes, mut last) = (0, 0, 0);
    for round in 1..=60 {
        let mut child = project
            .aid(&["--files", "150", "--edition", ["1", "2", "3"][round % 3]])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        sleep(Duration::from_micros(u64::from((state >> 8) % (whole + whole / 4))));
        child.kill().unwrap();
        kills += usize::from(child.wait().unwrap().code().is_none());
        let site = project.site();
        let now = if site == sites[last] { last } else { round % 3 };
        assert_same(&site, &sites[now], "neither the old nor the new site");
        changes += usize::from(now != last);
        last = now;
    }
    assert!(kills > 9 && changes > 4, "{kills} kills and {changes} changes try too little");
    assert_eq!(run(&mut project.aid(&["--files", "150", "--edition", "2"])).0, 0);
    assert_same(&project.site(), &sites[1], "in the end");
    project.assert_tidy("in the end");
}

#[test]
fn a_cancelled_publish_leaves_the_old_site_and_nothing_else() {
    let project = Project::new();
    assert_eq!(run(&mut project.aid(&["--edition", "1"])).0, 0);
    let begun = Instant::now();
    let (code, _, stderr) = run(&mut project.aid(&["--edition", "2", "--cancel-at", "3"]));
    assert_eq!(code, 130, "{stderr}");
    assert!(begun.elapsed() < Duration::from_secs(1));
    assert_same(&project.site(), &reference(&["--edition", "1"]), "cancelled");
    project.assert_tidy("cancelled");
}

#[test]
fn a_page_that_fails_or_panics_leaves_the_old_site_and_nothing_else() {
    let project = Project::new();
    assert_eq!(run(&mut project.aid(&["--edition", "1"])).0, 0);
    for (option, wanted) in [("--fail-at", 1), ("--panic-at", 101)] {
        for at in ["0", "3", "6"] {
            let (code, _, stderr) = run(&mut project.aid(&["--edition", "2", option, at]));
            assert_eq!(code, wanted, "{stderr}");
            assert_same(&project.site(), &reference(&["--edition", "1"]), option);
            project.assert_tidy(option);
        }
    }
}

#[test]
fn the_first_of_several_failures_is_told() {
    let project = Project::new();
    let target = bailiwick::write::Target { out: &project.out, reader: "manager", roots: &[], closed: &[] };
    let paths: Vec<String> = (0..200).map(|number| format!("{number:03}")).collect();
    for _ in 0..20 {
        let failed = bailiwick::write::publish(&target, &paths, |at| match at {
            37 | 38 | 150.. => Err(at),
            _ => Ok(bailiwick::write::Body::Bytes(Vec::new())),
        });
        assert!(matches!(failed, Err(bailiwick::write::Failure::Render(37))), "{failed:?}");
    }
    assert!(!project.out.exists());
}

#[test]
fn sixty_four_open_files_are_enough() {
    let project = Project::new();
    for edition in ["1", "2"] {
        let script = format!(
            "ulimit -n 64; exec env RAYON_NUM_THREADS=8 {} site/manager --files 400 --edition {edition}",
            program().display()
        );
        let (code, _, stderr) = run(&mut project.aid_by(&["sh", "-c", &script], &[]));
        assert_eq!(code, 0, "{stderr}");
        assert_same(&project.site(), &reference(&["--files", "400", "--edition", edition]), "64 open files");
    }
}

#[test]
fn a_limit_on_the_size_of_files_leaves_the_old_site() {
    // With the signal ignored, as a shell passes it on, this is an error like others; without, it kills.
    for (trap, wanted) in [("trap '' XFSZ;", 3), ("", -1)] {
        let project = Project::new();
        assert_eq!(run(&mut project.aid(&["--edition", "1"])).0, 0);
        let script = format!(
            "{trap} ulimit -c 0; ulimit -f 8; exec {} site/manager --edition 2 --size 20000",
            program().display()
        );
        let (code, _, stderr) = run(&mut project.aid_by(&["sh", "-c", &script], &[]));
        assert_eq!(code, wanted, "{stderr}");
        assert_same(&project.site(), &reference(&["--edition", "1"]), "too long a file");
        if code == 3 {
            assert!(stderr.contains("(20000 bytes)") && stderr.contains("stage-0/"), "{stderr}");
            project.assert_tidy("too long a file");
        }
        assert_eq!(run(&mut project.aid(&["--edition", "2"])).0, 0);
        project.assert_tidy("the next publish");
    }
}

#[test]
fn the_site_is_durable_before_the_exchange_and_the_exchange_before_the_deletion() {
    if !can("strace", &["strace", "-o", "/dev/null", "true"]) {
        return;
    }
    let project = Project::on_disk();
    assert_eq!(run(&mut project.aid(&["--edition", "1"])).0, 0);
    let log = project.root.join("site-trace");
    let calls = "trace=write,linkat,syncfs,fsync,renameat,renameat2,unlinkat";
    let tracer = ["strace", "-f", "-o", log.to_str().unwrap(), "-e", calls];
    assert_eq!(run(&mut project.aid_by(&tracer, &["--edition", "2"])).0, 0);
    let trace = fs::read_to_string(log).unwrap();
    let lines: Vec<&str> = trace.lines().collect();
    let first =
        |part: &str| lines.iter().position(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part}"));
    let last = |part: &str| lines.iter().rposition(|line| line.contains(part)).unwrap();
    let (synced, exchanged) = (first("syncfs("), first("RENAME_EXCHANGE"));
    let (confirmed, committed) = (last("fsync("), first("\"manifest\""));
    assert!(last(" linkat(") < synced && first("bailiwick manifest 1") < synced, "{trace}");
    assert!(synced < exchanged && exchanged < first("fsync(") && first("fsync(") < confirmed, "{trace}");
    let deleted: Vec<usize> =
        (0..lines.len()).filter(|&at| lines[at].contains("unlinkat(") && lines[at].contains("= 0")).collect();
    assert!(deleted.len() > 5 && deleted.iter().all(|&at| confirmed < at && at < committed), "{trace}");
}
