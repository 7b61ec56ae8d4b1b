//! How long one pass over git takes, beside git itself, and what it costs when it is remembered.
//!
//! `cargo bench --bench history [-- ENTRIES COMMITS]` makes a repository with `git fast-import` (2,000 entries over
//! 10,000 commits unless said otherwise), packs it as git does, and measures in turn, several times: `git log --raw
//! -M` over the content, our pass over the same, the same from what is remembered, and one commit more.
#![expect(clippy::disallowed_methods, reason = "makes and removes folders of its own")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bailiwick::history::{Repository, cache};

const RUNS: usize = 7;

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let (entries, commits) = match numbers[..] {
        [entries, commits, ..] => (entries, commits),
        _ => (2_000, 10_000),
    };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    make(folder.path(), entries, commits);
    let repository = Repository::open(&folder.path().join("content"))
        .expect("the repository can be opened")
        .expect("there is a repository");
    let place = repository.place().expect("the repository can be read");
    let full = repository.history(None).expect("the history can be read");
    let remembered = cache::print(&full, &place).expect("there are commits");
    let old = repository.revision("HEAD~1").expect("there are several commits");
    let older = repository.history_of(old, None).expect("the history can be read");

    let mut times: [Vec<Duration>; 4] = Default::default();
    for _ in 0..RUNS {
        times[0].push(timed(|| git_log(folder.path())));
        times[1].push(timed(|| repository.history(None).expect("the history can be read").commits().len()));
        times[2].push(timed(|| {
            let known = cache::parse(&remembered, &place).expect("it was just printed");
            repository.history(Some(&known)).expect("the history can be read").commits().len()
        }));
        times[3].push(timed(|| repository.history(Some(&older)).expect("it can be read").commits().len()));
    }
    let median = |mut times: Vec<Duration>| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1000.0
    };
    let [git, ours, again, more] = times.map(median);
    println!(
        "| entries | commits | git log --raw -M | one pass | of git's time | remembered | one commit more | memory of it |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    println!(
        "| {entries} | {commits} | {git:.0} ms | {ours:.0} ms | {:.2} | {again:.1} ms | {more:.1} ms | {} kB |",
        ours / git,
        remembered.len() / 1000
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    std::hint::black_box(work());
    started.elapsed()
}

fn git_log(folder: &Path) -> usize {
    let log = Command::new("git").args(["log", "--raw", "-M", "--", "content"]).current_dir(folder).output();
    let log = log.expect("git can be run");
    assert!(log.status.success(), "git log failed");
    log.stdout.len()
}

fn make(folder: &Path, entries: usize, commits: usize) {
    let git = |arguments: &[&str]| {
        let status = Command::new("git").args(arguments).current_dir(folder).status();
        assert!(status.expect("git can be run").success(), "git {arguments:?}");
    };
    git(&["init", "-q", "-b", "main"]);
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .spawn()
        .expect("git can be run");
    let stream = stream(entries, commits);
    import.stdin.take().expect("it was asked for").write_all(stream.as_bytes()).expect("git reads");
    assert!(import.wait().expect("git ends").success());
    git(&["gc", "-q"]);
    fs::create_dir_all(folder.join("content")).expect("a folder can be made");
}

/// Commits that add, edit and now and then rename one entry each, in folders as a portfolio has them.
fn stream(entries: usize, commits: usize) -> String {
    const FOLDERS: [&str; 6] = ["decisions", "pilots", "scopes", "check-ins", "feedback", "pages"];
    let mut stream = String::new();
    let mut files: Vec<(String, String)> = Vec::new();
    for commit in 0..commits {
        let date = 1_600_000_000 + commit * 3600;
        let _ =
            writeln!(stream, "commit refs/heads/main\ncommitter R <r@example.org> {date} +0200\ndata 1\nx");
        let at = commit * 7919 % entries;
        if files.len() < entries {
            let folder = FOLDERS[commit % FOLDERS.len()];
            let text: String = (0..30).map(|line| format!("{}\n", words(commit, line))).collect();
            files.push((format!("content/{folder}/entry-{commit}.md"), text));
            put(&mut stream, files.last().expect("one was just pushed"));
        } else if commit % 13 == 0 {
            let folder = files[at].0.rsplit_once('/').expect("it is in a folder").0;
            let new = format!("{folder}/renamed-{commit}.md");
            let old = std::mem::replace(&mut files[at].0, new);
            let _ = writeln!(stream, "R {old} {}", files[at].0);
        } else {
            let _ = writeln!(files[at].1, "{}", words(commit, 99));
            put(&mut stream, &files[at]);
        }
        stream.push('\n');
    }
    stream
}

fn put(stream: &mut String, (path, text): &(String, String)) {
    let _ = writeln!(stream, "M 100644 inline {path}\ndata {}\n{text}", text.len());
}

/// A line that no other file has.
fn words(commit: usize, line: usize) -> String {
    let hash = blake3::hash(format!("{commit} {line}").as_bytes()).to_hex();
    format!("In line {line} it says {} and {}.", &hash[..12], &hash[12..30])
}
