//! One pass over git, beside git itself, and what it costs when it is remembered.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use bailiwick::history::{Repository, cache};

const RUNS: usize = 7;

/// Measures one pass over that many commits of that many entries, and prints a table.
pub fn measure(entries: usize, commits: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    super::repository(folder.path(), stream(entries, commits).as_bytes());
    fs::create_dir_all(folder.path().join("content")).expect("a folder can be made");
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
    let [git, ours, again, more] = times.map(|times| milliseconds(super::median(times)));
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

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
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
