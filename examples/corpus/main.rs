//! Writes a portfolio of any size, for trying out and for measuring.
//!
//! `cargo run --example corpus -- 300 DIR` writes `DIR/content`, the same files every time. With `--hugo` it
//! writes the same entries as a site for Hugo that does much of what ours does, with `--hugo-plain` as the least
//! that could be called one, so that both can be timed on the same text. With `--without proposals` all entries are
//! of other kinds: Hugo lays out no documents.

#[path = "generate.rs"]
mod generate;
#[path = "hugo.rs"]
mod hugo;

use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;
use std::process::ExitCode;

use bailiwick::model::Kind;
use generate::File;

const USAGE: &str = "usage: corpus N DIR [--hugo | --hugo-plain] [--without FOLDER]...";

/// What to write, and where.
struct Arguments {
    count: usize,
    folder: String,
    for_hugo: Option<hugo::Job>,
    without: Vec<Kind>,
}

fn main() -> ExitCode {
    let Some(Arguments { count, folder, for_hugo, without }) = parse(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let portfolio = generate::portfolio(count, &without);
    let files = for_hugo.map(|job| hugo::site(&portfolio, job)).unwrap_or(portfolio);
    match write(Path::new(&folder), &files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write to `{folder}`: {error}");
            ExitCode::from(3)
        }
    }
}

/// `None` if the arguments are not those of [`USAGE`].
fn parse(mut arguments: impl Iterator<Item = String>) -> Option<Arguments> {
    let (mut plain, mut for_hugo, mut without) = (Vec::new(), None, Vec::new());
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--hugo" => for_hugo = Some(hugo::Job::Whole),
            "--hugo-plain" => for_hugo = Some(hugo::Job::Plain),
            // Everything belongs to a scope.
            "--without" => without.push(Kind::of_folder(&arguments.next()?).filter(|it| *it != Kind::Scope)?),
            _ => plain.push(argument),
        }
    }
    let [count, folder] = plain.try_into().ok()?;
    let count = count.parse().ok().filter(|count| *count > 0)?;
    Some(Arguments { count, folder, for_hugo, without })
}

#[expect(clippy::disallowed_methods, reason = "the rule is for the program, which publishes all or nothing")]
fn write(folder: &Path, files: &[File]) -> Result<()> {
    if folder.exists() && fs::read_dir(folder)?.next().is_some() {
        return Err(Error::new(ErrorKind::DirectoryNotEmpty, "the folder is not empty"));
    }
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder"))?;
        fs::write(path, &file.bytes)?;
    }
    Ok(())
}
