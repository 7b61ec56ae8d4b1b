//! Writes a portfolio of any size, for trying out and for measuring.
//!
//! `cargo run --example corpus -- 300 DIR` writes `DIR/content`, the same files every time. With `--hugo` it
//! writes the same entries as a small site for Hugo, so that both can be timed on the same text.

#[path = "generate.rs"]
mod generate;
#[path = "hugo.rs"]
mod hugo;

use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;
use std::process::ExitCode;

use generate::File;

const USAGE: &str = "usage: corpus N DIR [--hugo]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (for_hugo, plain): (Vec<_>, Vec<_>) = arguments.iter().partition(|argument| *argument == "--hugo");
    let [count, folder] = plain.as_slice() else { return wrong_usage() };
    let Some(count) = count.parse().ok().filter(|count| *count > 0) else { return wrong_usage() };
    let portfolio = generate::portfolio(count);
    let files = if for_hugo.is_empty() { portfolio } else { hugo::site(&portfolio) };
    match write(Path::new(folder), &files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write to `{folder}`: {error}");
            ExitCode::from(3)
        }
    }
}

fn wrong_usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
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
