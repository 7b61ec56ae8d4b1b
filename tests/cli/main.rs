//! The program as its users meet it: console transcripts, and what a transcript cannot show.
//!
//! `TRYCMD=overwrite cargo test --test cli` accepts changed output.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "the tests make and read folders of their own, and explain themselves by their names"
)]
#![cfg(target_os = "linux")]

mod process;
mod terminal;

use std::env;
use std::ffi::OsString;
use std::path::Path;

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_bailiwick");

/// 2 March 2026, the day of every transcript, in seconds after 1970.
const EPOCH: &str = "1772409600";

#[test]
fn transcripts() {
    let shell = Path::new("/bin/sh");
    trycmd::TestCases::new()
        .register_bin("bailiwick", Path::new(PROGRAM))
        .register_bin("sh", shell)
        .env("PATH", path_with_program().into_string().expect("the path is text"))
        // What is set here holds for every command; a transcript sets another value within `sh`.
        .env("SOURCE_DATE_EPOCH", EPOCH)
        .env("COLUMNS", "100")
        .case("tests/cli/*.md");
}

/// The search path with the program in it, for the shell of the transcripts.
fn path_with_program() -> OsString {
    let folder = Path::new(PROGRAM).parent().expect("the program lies in a folder").to_owned();
    let others = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(folder).chain(env::split_paths(&others))).expect("no path holds a colon")
}
