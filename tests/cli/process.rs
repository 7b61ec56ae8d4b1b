//! What a transcript cannot show: signals, limits of the system, readers that go away, programs that must not run.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::{EPOCH, PROGRAM};

const CONFIG: &str = "title: T\nowner: {name: N}\nreaders: {manager: {}}\n";

fn bailiwick(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder).args(arguments).env("SOURCE_DATE_EPOCH", EPOCH).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    bailiwick(folder, arguments).output().expect("the program starts")
}

/// Writes files below a new folder.
fn folder_with(files: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path.as_ref());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text.as_ref()).unwrap();
    }
    folder
}

/// A portfolio of `count` decisions, each with that front matter besides its title.
fn decisions(count: usize, fields: &str) -> TempDir {
    let config = ("content/portfolio.yaml".to_owned(), CONFIG.to_owned());
    let entries = (0..count).map(|number| {
        let text = format!("---\ntitle: Decision {number}\n{fields}---\n\nSee [[decision-0]].\n");
        (format!("content/decisions/decision-{number}.md"), text)
    });
    folder_with(entries.chain([config]))
}

/// All files and folders below a folder, by their paths.
fn below(folder: &Path) -> Vec<PathBuf> {
    let Ok(listed) = fs::read_dir(folder) else { return Vec::new() };
    listed
        .flatten()
        .flat_map(|entry| {
            let inner = if entry.file_type().unwrap().is_dir() { below(&entry.path()) } else { Vec::new() };
            std::iter::once(entry.path()).chain(inner)
        })
        .collect()
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    // More than a pipe holds, so that the program still writes when its reader is gone.
    let folder = decisions(1000, "unknown: field\n");
    let mut child = bailiwick(folder.path(), &["check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(first, "error[unknown-field]: unknown field `unknown`\n");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_build_needs_few_file_descriptors() {
    let folder = decisions(300, "evidence: {kind: metric, title: E, file: figures.csv}\n");
    fs::write(folder.path().join("content/decisions/figures.csv"), "date,value\n").unwrap();
    let output = Command::new("sh")
        .args(["-c", "ulimit -n 64 && exec \"$0\" build", PROGRAM])
        .current_dir(folder.path())
        .env("RAYON_NUM_THREADS", "16")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_build_that_is_interrupted_leaves_nothing_behind() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let folder = decisions(2000, "");
        let site = folder.path().join("site");
        let child = bailiwick(folder.path(), &["build"]).stderr(Stdio::piped()).spawn().unwrap();
        wait_for_a_stage(&site);
        let (output, took) = stopped_by(child, signal);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(stderr, "error: stopped; the site is as it was\n");
        assert_eq!(output.status.code(), Some(code), "{stderr}");
        // Half a second on an idle machine; what takes twenty is ended by force, and says nothing.
        assert!(took < Duration::from_secs(20), "it took {took:?}");
        // The lock is a file that stays; what it says goes with the process.
        let left: Vec<_> = below(&site).into_iter().filter(|path| path.is_file()).collect();
        assert_eq!(left, [site.join(".bailiwick/me/lock")]);
    }
}

/// Waits until the build has begun to write pages.
fn wait_for_a_stage(site: &Path) {
    let started = Instant::now();
    while !below(site).iter().any(|path| path.ends_with("index.html")) {
        assert!(started.elapsed() < Duration::from_secs(60), "the build does not begin");
        sleep(Duration::from_millis(2));
    }
}

fn stopped_by(child: Child, signal: Signal) -> (Output, Duration) {
    let asked = Instant::now();
    kill_process(Pid::from_child(&child), signal).unwrap();
    let output = child.wait_with_output().unwrap();
    (output, asked.elapsed())
}

/// What only the writer may know, planted wherever a message could quote it.
const SECRET: &str = "sentinel";

#[test]
fn a_build_for_a_reader_tells_no_secrets() {
    let sound = [
        ("content/portfolio.yaml", CONFIG.to_owned()),
        ("content/pages/open.md", "---\ntitle: Open\nreaders: [manager]\n---\n[see](closed.md)\n".to_owned()),
        ("content/pages/closed.md", format!("---\ntitle: {SECRET}\ntags: [{SECRET}]\n---\n{SECRET}\n")),
    ];
    let faults = [
        ("content/pages/field.md", format!("---\ntitle: A\n{SECRET}: B\n---\n")),
        ("content/pages/date.md", format!("---\ntitle: {SECRET}\ndate: {SECRET}\n---\n")),
        ("content/pages/yaml.yaml", format!("title: \"{SECRET}\n")),
        ("content/pages/tag.yaml", format!("title: A\ntags: [!{SECRET} a]\n")),
        ("content/pages/reference.yaml", format!("title: A\nrelated: {SECRET}\n")),
        ("content/pages/link.md", format!("# {SECRET}\n[{SECRET}]({SECRET}.md) [[{SECRET}]]\n")),
        ("content/pilots/figures.yaml", pilot_with("figures.csv")),
        ("content/pilots/figures.csv", format!("date,value\n2026-01-01,{SECRET}\n")),
        ("content/pilots/lost.yaml", pilot_with(&format!("{SECRET}.csv"))),
    ];
    check_silent(&folder_with(sound.clone()), 0);
    check_silent(&folder_with(sound.iter().cloned().chain(faults.clone())), 1);
    for fault in faults {
        let folder = folder_with(sound.iter().cloned().chain([fault]));
        for arguments in [["build", "--for=manager"], ["export", "json"]] {
            let output = run(folder.path(), &arguments);
            assert!(!printed(&output).contains("panicked"), "{}", printed(&output));
        }
    }
}

fn pilot_with(observations: &str) -> String {
    format!(
        "title: A\nstarts: 2026-01-01\nprimary: {{name: A, direction: increase, target: 1, observations: {observations}}}\n"
    )
}

fn check_silent(folder: &TempDir, code: i32) {
    for arguments in [["build", "--for=manager", "--color=always"], ["export", "json", "--for=manager"]] {
        let output = run(folder.path(), &arguments);
        assert!(!printed(&output).contains(SECRET), "{}", printed(&output));
        assert_eq!(output.status.code(), Some(code), "{}", printed(&output));
    }
}

/// Both streams as one text.
fn printed(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text += &String::from_utf8_lossy(&output.stderr);
    text
}

#[test]
fn programs_named_by_a_hostile_repository_are_not_run() {
    let folder = folder_with([("README.md", "")]);
    let (root, trace) = (folder.path(), folder.path().join("trace"));
    let trap = root.join("trap");
    fs::write(&trap, format!("#!/bin/sh\necho run >> '{}'\n", trace.display())).unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    let has_git = Command::new("git").args(["init", "--quiet"]).current_dir(root).status().is_ok();
    fs::create_dir_all(root.join(".git/hooks")).unwrap();
    fs::write(root.join(".git/config"), hostile_config(&trap)).unwrap();
    for hook in ["post-checkout", "post-index-change", "pre-commit", "reference-transaction"] {
        fs::copy(&trap, root.join(".git/hooks").join(hook)).unwrap();
    }
    fs::write(root.join(".gitattributes"), "* filter=trap diff=trap\n").unwrap();

    for arguments in [
        ["init", "."].as_slice(),
        &["new", "page", "A page"],
        &["check"],
        &["build"],
        &["build", "--for", "manager"],
        &["export", "json"],
    ] {
        let output = run(root, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", printed(&output));
        assert!(!trace.exists(), "{arguments:?} has run a program");
    }
    // The trap would have worked.
    if has_git {
        Command::new("git").args(["status", "--short"]).current_dir(root).output().unwrap();
        assert!(trace.exists());
    }
}

fn hostile_config(trap: &Path) -> String {
    let trap = trap.display();
    let mut config = "[core]\n\trepositoryformatversion = 0\n\tbare = false\n".to_owned();
    for name in ["fsmonitor", "pager", "editor", "sshCommand", "askPass", "gitProxy"] {
        writeln!(config, "\t{name} = {trap}").unwrap();
    }
    for (section, name) in
        [("diff", "external"), ("diff \"trap\"", "textconv"), ("credential", "helper"), ("gpg", "program")]
    {
        writeln!(config, "[{section}]\n\t{name} = {trap}").unwrap();
    }
    for name in ["clean", "smudge", "process"] {
        writeln!(config, "[filter \"trap\"]\n\t{name} = {trap}").unwrap();
    }
    for command in ["status", "log", "rev-parse", "cat-file"] {
        writeln!(config, "[alias]\n\t{command} = !{trap}").unwrap();
    }
    config
}
