//! The command line: one file a command. Its doc comments are its help text.

mod agenda;
mod bodies;
#[cfg(feature = "serve")]
mod browser;
mod build;
mod changes;
mod check;
mod chronicle;
mod editor;
mod export;
mod failure;
mod init;
mod kept;
mod layout;
mod new;
mod new_file;
mod output;
mod pictures;
mod project;
mod propose;
mod record;
mod replace;
mod review;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod signals;
mod sparkline;
mod status;
mod templates;
mod terminal;
mod theme;
mod timeline;
mod versions;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use failure::Failure;
pub use terminal::Terminal;

use crate::text::{Date, Scalar};

/// Keeps an autonomy portfolio in git, checks it like a compiler, and renders it as a private site.
#[derive(Debug, Parser)]
#[command(name = "bailiwick", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Args, Debug)]
#[command(next_help_heading = "Options of every command")]
struct Global {
    /// The folder that holds `content/` [default: the nearest one upwards that does]
    #[arg(long, value_name = "DIR", global = true)]
    root: Option<PathBuf>,
    /// The day to take for today, as YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "DATE", global = true, value_parser = parse::<Date>)]
    today: Option<Date>,
    /// Say nothing but what goes wrong
    #[arg(long, short, global = true)]
    quiet: bool,
    /// When to colour messages
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    /// When they go to a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    New(new::New),
    Check(check::Check),
    Build(build::Build),
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    Propose(propose::Propose),
    Record(record::Record),
    Agenda(agenda::Agenda),
    Status(status::Overview),
    Review(review::Review),
    Changes(changes::Changes),
    #[command(subcommand)]
    Export(export::Export),
    Schema(schema::Schema),
    #[command(subcommand)]
    Theme(theme::Theme),
}

/// How a command ended that did what it could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is well.
    Done,
    /// The content has errors.
    Faulty,
}

impl Status {
    /// The exit code: 0 or 1.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Faulty => 1,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When it was called wrongly, or the world did not let it.
pub fn run(cli: Cli, terminal: &mut Terminal) -> Result<Status, Failure> {
    let Cli { global, command } = cli;
    terminal.configure(global.color, global.quiet);
    match command {
        Command::Init(command) => command.run(&global, terminal),
        Command::New(command) => command.run(&global, terminal),
        Command::Check(command) => command.run(&global, terminal),
        Command::Build(command) => command.run(&global, terminal),
        #[cfg(feature = "serve")]
        Command::Serve(command) => command.run(&global, terminal),
        Command::Propose(command) => command.run(&global, terminal),
        Command::Record(command) => command.run(&global, terminal),
        Command::Agenda(command) => command.run(&global, terminal),
        Command::Status(command) => command.run(&global, terminal),
        Command::Review(command) => command.run(&global, terminal),
        Command::Changes(command) => command.run(&global, terminal),
        Command::Export(command) => command.run(&global, terminal),
        Command::Schema(command) => command.run(terminal),
        Command::Theme(command) => command.run(&global, terminal),
    }
}

/// Reads an argument with the same words of complaint as the content.
fn parse<T: Scalar>(text: &str) -> Result<T, String> {
    T::parse(text)
}
