//! The `bailiwick` program.

use std::process::ExitCode;

use bailiwick::cli::{Cli, Terminal, run};
use clap::Parser;

// Pages are made of many small strings, on all cores at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut terminal = terminal();
    match run(cli, &mut terminal) {
        Ok(status) => ExitCode::from(status.code()),
        Err(failure) => {
            terminal.fail(&failure);
            ExitCode::from(failure.code())
        }
    }
}

fn terminal() -> Terminal {
    let is = |name: &str, test: fn(&str) -> bool| {
        std::env::var_os(name).is_some_and(|value| test(&value.to_string_lossy()))
    };
    let plain = is("NO_COLOR", |value| !value.is_empty()) || is("TERM", |value| value == "dumb");
    let columns = std::env::var_os("COLUMNS").and_then(|value| value.to_string_lossy().parse().ok());
    Terminal::new(plain, columns)
}
