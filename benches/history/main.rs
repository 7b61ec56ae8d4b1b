//! How long the history takes: one pass over git, and what it costs a build.
//!
//! `cargo bench --bench history [-- ENTRIES COMMITS]` makes two repositories with `git fast-import` (2,000 entries
//! over 10,000 commits unless said otherwise) and packs them as git does. On the first it measures in turn, several
//! times: `git log --raw -M` over the content, our pass over the same, the same from what is remembered, and one
//! commit more (`one_pass.rs`). On the second, a whole portfolio, it builds the site in turn with the same content in
//! no repository, as processes of their own (`builds.rs`). A third argument is another program to build with.
#![expect(clippy::disallowed_methods, reason = "makes and removes folders of its own")]

mod builds;
#[path = "../../examples/corpus/generate.rs"]
mod generate;
mod one_pass;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let (numbers, others): (Vec<_>, Vec<_>) =
        arguments.iter().partition(|argument| argument.parse::<usize>().is_ok());
    let numbers: Vec<usize> = numbers.iter().filter_map(|number| number.parse().ok()).collect();
    let (entries, commits) = match numbers[..] {
        [entries, commits, ..] => (entries, commits),
        _ => (2_000, 10_000),
    };
    let program = others.first().map_or(env!("CARGO_BIN_EXE_bailiwick"), |program| program.as_str());
    one_pass::measure(entries, commits);
    println!();
    builds::measure(Path::new(program), entries, commits);
}

/// Makes a packed repository of a stream of commits.
fn repository(folder: &Path, stream: &[u8]) {
    git(folder, &["init", "-q", "-b", "main"]);
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .spawn()
        .expect("git can be run");
    import.stdin.take().expect("it was asked for").write_all(stream).expect("git reads");
    assert!(import.wait().expect("git ends").success());
    git(folder, &["gc", "-q"]);
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=R", "-c", "user.email=r@example.org"];
    let status = Command::new("git").args(identity).args(arguments).current_dir(folder).status();
    assert!(status.expect("git can be run").success(), "git {arguments:?}");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
