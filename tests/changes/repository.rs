//! Real repositories, made by real commits of fixed days.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A repository in a folder of its own.
pub struct Repository {
    folder: TempDir,
}

/// Whether there is a `git` to make repositories with; loud if not, and required where `CI` says so.
pub fn has_git() -> bool {
    let found = Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "git is not installed");
        eprintln!("SKIPPED: git is not installed, so no repository can be made");
    }
    found
}

/// All files in a folder and below it, by their paths in it.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = walk.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

impl Repository {
    pub fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        repository.git("2026-01-01", &["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).unwrap();
    }

    pub fn commit(&self, day: &str, message: &str) {
        self.git(day, &["add", "--all"]);
        self.git(day, &["commit", "--quiet", "--message", message]);
    }

    /// What git says.
    pub fn said(&self, arguments: &[&str]) -> String {
        let output = Command::new("git").arg("-C").arg(self.path()).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    pub fn git(&self, day: &str, arguments: &[&str]) {
        let moment = format!("{day}T12:00:00+00:00");
        let mut command = Command::new("git");
        command.arg("-C").arg(self.path()).args(["-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"]);
        command.args(arguments).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Robin Vale").env(format!("GIT_{who}_DATE"), &moment);
            command.env(format!("GIT_{who}_EMAIL"), "robin@example.org");
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// The full hash of the last commit.
    pub fn head(&self) -> String {
        self.said(&["rev-parse", "HEAD"])
    }

    /// What the program prints on standard output; it must succeed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_bailiwick"))
            .args(arguments)
            .current_dir(self.path())
            .env_remove("SOURCE_DATE_EPOCH")
            .env("COLUMNS", "100")
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }
}
