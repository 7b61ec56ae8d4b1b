//! What the history costs a build: of one portfolio in a repository, and of the same content in none.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::generate::{self, File};

const RUNS: usize = 7;

/// Builds a portfolio of that many entries over that many commits with that program, and prints a table.
pub fn measure(program: &Path, entries: usize, commits: usize) {
    let (versioned, plain) = (folder(), folder());
    let mut files = generate::portfolio(entries, &[]);
    super::repository(versioned.path(), &stream(&mut files, commits));
    super::git(versioned.path(), &["reset", "-q", "--hard"]);
    for file in &files {
        let path = plain.path().join(&file.path);
        fs::create_dir_all(path.parent().expect("every file is in a folder")).expect("folders can be made");
        fs::write(path, &file.bytes).expect("files can be written");
    }
    println!("| build for | | without history | with history | of it | files without | files with |");
    println!("|---|---|---:|---:|---:|---:|---:|");
    for reader in ["me", "manager"] {
        let build = |folder: &Path| build(program, folder, reader);
        let first = [vec![build(plain.path())], vec![build(versioned.path())]];
        print(reader, "first", first);
        let mut again = [Vec::new(), Vec::new()];
        for _ in 0..RUNS {
            again[0].push(build(plain.path()));
            again[1].push(build(versioned.path()));
        }
        print(reader, "nothing new", again);
        let mut more = [Vec::new(), Vec::new()];
        for run in 0..RUNS {
            let file = nth_entry(&mut files, run * 31);
            revise(file, &format!("{reader} {run}"));
            for folder in [plain.path(), versioned.path()] {
                fs::write(folder.join(&file.path), &file.bytes).expect("files can be written");
            }
            super::git(versioned.path(), &["commit", "-q", "-a", "-m", "More"]);
            more[0].push(build(plain.path()));
            more[1].push(build(versioned.path()));
        }
        print(reader, "one entry edited and committed", more);
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

/// How long a build took, and how many files it made.
struct Build {
    took: Duration,
    files: String,
}

fn build(program: &Path, folder: &Path, reader: &str) -> Build {
    let mut command = Command::new(program);
    command.args(["build", "--today", generate::LAST_DAY, "--for", reader]).current_dir(folder);
    let started = Instant::now();
    let output = command.stdin(Stdio::null()).output().expect("the program can be run");
    let took = started.elapsed();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let last = told.lines().last().unwrap_or_default();
    let files = last.split_once(": ").and_then(|(_, rest)| rest.split_once(" files"));
    Build { took, files: files.map_or_else(String::new, |(count, _)| count.to_owned()) }
}

fn print(reader: &str, what: &str, [plain, versioned]: [Vec<Build>; 2]) {
    let files = |builds: &[Build]| builds.last().map(|build| build.files.clone()).unwrap_or_default();
    let (files_without, files_with) = (files(&plain), files(&versioned));
    let seconds = |builds: Vec<Build>| {
        super::median(builds.into_iter().map(|build| build.took).collect()).as_secs_f64()
    };
    let (without, with) = (seconds(plain), seconds(versioned));
    println!(
        "| {reader} | {what} | {without:.2} s | {with:.2} s | {:.2} | {files_without} | {files_with} |",
        with / without
    );
}

/// Commits that first add each entry, and then revise one text each, until `files` stand as they are given back.
fn stream(files: &mut [File], commits: usize) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut added = 0;
    for commit in 0..commits {
        let date = 1_640_000_000 + commit * 3600 * 4;
        let _ =
            writeln!(stream, "commit refs/heads/main\ncommitter R <r@example.org> {date} +0200\ndata 1\nx");
        if commit == 0 || added < files.len() {
            // With the first commit the settings; with an entry the files beside it.
            let until = (added + 1..files.len()).find(|at| is_entry(&files[*at])).unwrap_or(files.len());
            files[added..until].iter().for_each(|file| put(&mut stream, file));
            added = until;
        } else {
            let file = nth_entry(files, commit * 7919);
            revise(file, &commit.to_string());
            put(&mut stream, file);
        }
        stream.push(b'\n');
    }
    assert_eq!(added, files.len(), "there are more commits than entries");
    stream
}

fn is_entry(file: &File) -> bool {
    [".md", ".yaml"].iter().any(|end| file.path.ends_with(end))
}

/// Some entry; never the settings, which come first.
fn nth_entry(files: &mut [File], number: usize) -> &mut File {
    let count = files.len() - 1;
    let at = (0..count).map(|step| 1 + (number + step) % count).find(|at| is_entry(&files[*at]));
    &mut files[at.expect("there are entries")]
}

/// Adds a sentence at the end, and takes out the one that was added before.
fn revise(file: &mut File, number: &str) {
    const MARK: &str = "Looked through once more";
    let text = String::from_utf8(std::mem::take(&mut file.bytes)).expect("entries are text");
    let old = text.find(MARK).map_or(text.as_str(), |at| &text[..at]);
    // The body of an entry in YAML is its last field, and indented.
    let indent = if file.path.ends_with(".yaml") { "  " } else { "" };
    let hash = blake3::hash(number.as_bytes()).to_hex();
    file.bytes = format!("{}\n\n{indent}{MARK} in turn {}.\n", old.trim_end(), &hash[..8]).into_bytes();
}

fn put(stream: &mut Vec<u8>, File { path, bytes }: &File) {
    let _ = writeln!(stream, "M 100644 inline {path}\ndata {}", bytes.len());
    stream.extend(bytes);
    stream.push(b'\n');
}
