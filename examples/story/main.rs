//! Builds a small repository in which the sample grows over nine months, for trying out and for pictures.
//!
//! `cargo run --example story -- DIR` makes `DIR/content` out of `content/` in as many commits as there are
//! days in [`edits::DAYS`], the same ones every time: the last holds the sample as it is. It needs `git`.

#[path = "as_of.rs"]
mod as_of;
#[path = "edits.rs"]
mod edits;
#[path = "links.rs"]
mod links;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = arguments.as_slice() else {
        eprintln!("usage: story DIR");
        return ExitCode::from(2);
    };
    match tell(Path::new(folder)) {
        Ok(commits) => {
            eprintln!("{folder}: {commits} commits");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot tell the story in `{folder}`: {error}");
            ExitCode::from(3)
        }
    }
}

/// The files of a content folder, by path.
type Files = BTreeMap<String, Vec<u8>>;

/// Makes the repository in a new folder, and says how many commits it has.
#[expect(clippy::disallowed_methods, reason = "the rule is for the program, which publishes all or nothing")]
pub fn tell(folder: &Path) -> Result<usize> {
    if folder.exists() && fs::read_dir(folder)?.next().is_some() {
        return Err(Error::other("the folder is not empty"));
    }
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut files = Files::new();
    read(&sample, "", &mut files)?;
    edits::check(&files)?;
    fs::create_dir_all(folder.join("content"))?;
    fs::write(folder.join(".gitignore"), "/site/\n/.bailiwick/\n")?;
    git(folder, "2026-01-12", &["init", "--quiet", "--initial-branch=main"])?;
    let mut standing = Files::new();
    for (day, message) in edits::DAYS {
        let next = if *day == edits::last_day() { files.clone() } else { as_of::files(&files, day) };
        write(&folder.join("content"), &standing, &next)?;
        git(folder, day, &["add", "--all"])?;
        git(folder, day, &["commit", "--quiet", "--allow-empty", "--message", message])?;
        for (tag, _) in edits::TAGS.iter().filter(|(_, tagged)| tagged == day) {
            git(folder, day, &["tag", "--annotate", "--message", "As it stood for the review", tag])?;
        }
        standing = next;
    }
    Ok(edits::DAYS.len())
}

/// All files below a folder.
#[expect(clippy::disallowed_methods, reason = "the rule is for the program, which follows no links")]
fn read(folder: &Path, below: &str, files: &mut Files) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Makes one state of the folder out of another.
#[expect(clippy::disallowed_methods, reason = "the rule is for the program, which publishes all or nothing")]
fn write(folder: &Path, from: &Files, to: &Files) -> Result<()> {
    for path in from.keys().filter(|path| !to.contains_key(*path)) {
        fs::remove_file(folder.join(path))?;
    }
    for (path, bytes) in to.iter().filter(|(path, bytes)| from.get(*path) != Some(bytes)) {
        let path: PathBuf = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder"))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// Runs git as Robin on a day, whatever the configuration of this machine says.
fn git(folder: &Path, day: &str, arguments: &[&str]) -> Result<()> {
    let moment = format!("{day}T17:00:00+01:00");
    let identity = [("NAME", "Robin Vale"), ("EMAIL", "robin@example.org"), ("DATE", moment.as_str())];
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .args(["-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"])
        .args(arguments);
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for (what, value) in identity {
        command.env(format!("GIT_AUTHOR_{what}"), value).env(format!("GIT_COMMITTER_{what}"), value);
    }
    let done = command.status()?;
    if done.success() { Ok(()) } else { Err(Error::other(format!("`git {}` failed", arguments.join(" ")))) }
}
