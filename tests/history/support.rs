//! Real repositories, made by the real `git` with fixed dates.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use bailiwick::history::{Change, CommitId, History, Repository};

/// A repository in a folder of its own, in which each commit is a day later than the one before.
pub struct Repo {
    folder: tempfile::TempDir,
    day: std::cell::Cell<u32>,
}

/// Says loudly that a test did not run, or fails where `git` has to be there.
pub fn is_git_missing() -> bool {
    if Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return false;
    }
    assert!(std::env::var("CI").is_err(), "`git` is missing, and CI has to have it");
    eprintln!("SKIPPED: `git` is not installed");
    true
}

/// Returns from a test where `git` is missing.
#[macro_export]
macro_rules! needs_git {
    () => {
        if $crate::support::is_git_missing() {
            return;
        }
    };
}

impl Repo {
    /// An empty repository with a `content` folder.
    pub fn new() -> Self {
        let repo =
            Self { folder: tempfile::tempdir().expect("a folder can be made"), day: Default::default() };
        repo.git(&["init", "-q", "-b", "main"]);
        fs::create_dir_all(repo.path("content")).expect("a folder can be made");
        repo
    }

    /// A path within it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file of the content.
    pub fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.path("content").join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
        self
    }

    /// Runs git here and returns what it says.
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
        String::from_utf8(output.stdout).expect("git writes text").trim_end().to_owned()
    }

    /// Runs git here, whatever comes of it.
    pub fn try_git(&self, arguments: &[&str]) -> Output {
        git_in(self.folder.path(), self.day.get(), arguments)
    }

    /// Commits all there is, a day after the last commit.
    pub fn commit(&self, message: &str) -> String {
        self.day.set(self.day.get() + 1);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Lets a day pass, for commands that make commits of their own.
    pub fn next_day(&self) -> &Self {
        self.day.set(self.day.get() + 1);
        self
    }

    /// The history as we tell it.
    pub fn history(&self) -> History {
        self.open().history(None).expect("the history can be read")
    }

    /// The repository as we see it.
    pub fn open(&self) -> Repository {
        open(&self.path("content"))
    }
}

/// Opens the repository of a content folder.
pub fn open(content: &Path) -> Repository {
    Repository::open(content).expect("the repository can be opened").expect("there is a repository")
}

/// Runs git in a folder, on a day.
pub fn git_in(folder: &Path, day: u32, arguments: &[&str]) -> Output {
    // Half an hour before midnight in the author's zone: in another one the day would be another.
    let seconds = 1_767_216_600 + u64::from(day) * 86_400;
    let date = format!("{seconds} +0200");
    Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "Robin Vale")
        .env("GIT_AUTHOR_EMAIL", "robin@example.org")
        .env("GIT_COMMITTER_NAME", "Robin Vale")
        .env("GIT_COMMITTER_EMAIL", "robin@example.org")
        .env("GIT_AUTHOR_DATE", &date)
        .env("GIT_COMMITTER_DATE", &date)
        .output()
        .expect("git can be run")
}

/// One line a revision, as [`told_by_git`] has it: `2026-01-01 3f2a… R pages/a.md`.
pub fn told(history: &History, path: &str) -> Vec<String> {
    let ordinary = history.of(path).iter().filter(|revision| !history.commit(revision).is_merge());
    ordinary
        .map(|revision| {
            let letter = match revision.change {
                Change::Added => 'A',
                Change::Changed => 'M',
                Change::Renamed => 'R',
                Change::Removed => 'D',
            };
            let commit = history.commit(revision);
            format!("{} {} {letter} {}", commit.date, commit.id, revision.path)
        })
        .collect()
}

/// What `git log --follow` says of a file of the content.
pub fn told_by_git(repo: &Repo, path: &str) -> Vec<String> {
    let said = repo.git(&[
        "-c",
        "core.quotePath=false",
        "log",
        "--follow",
        "-M",
        "--date=short",
        "--format=%x01%ad %H",
        "--name-status",
        "--",
        &format!("content/{path}"),
    ]);
    said.split('\u{1}')
        .filter(|part| !part.trim().is_empty())
        .map(|part| {
            let mut lines = part.lines().filter(|line| !line.is_empty());
            let head = lines.next().expect("a commit begins with its date");
            let change = lines.next().expect("a commit that is shown changed something");
            let path = change.rsplit('\t').next().expect("a change names a path");
            let path = path.strip_prefix("content/").expect("only the content is asked for");
            format!("{head} {} {path}", &change[..1])
        })
        .collect()
}

/// Holds that for every file of today we tell what git tells.
pub fn check_against_git(repo: &Repo) -> History {
    let history = repo.history();
    let files: Vec<_> = history.files().map(|(path, _)| path.clone()).collect();
    assert!(!files.is_empty(), "nothing to compare");
    for path in files {
        assert_eq!(told(&history, &path), told_by_git(repo, &path), "{path}");
    }
    history
}

/// The commit of that name.
pub fn commit(repo: &Repo, name: &str) -> CommitId {
    repo.open().revision(name).expect("there is such a commit")
}

/// A text that is like no other.
pub fn text(seed: &str) -> String {
    (0..12).map(|line| format!("{seed} says {} in line {line}\n", word(seed, line))).collect()
}

fn word(seed: &str, line: u32) -> String {
    let hash = blake3::hash(format!("{seed}{line}").as_bytes()).to_hex();
    hash[..24].to_owned()
}
