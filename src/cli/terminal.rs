//! Where results and messages go: results to standard output, messages to standard error.

use std::io::{self, IsTerminal, Write};

use super::{Color, Failure};
use crate::report::Style;

/// The two streams, and how to write to them.
pub struct Terminal {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    out_is_terminal: bool,
    err_is_terminal: bool,
    color: Color,
    quiet: bool,
    plain: bool,
    width: usize,
}

impl Terminal {
    /// The process's own streams. `plain` asks for no colour where nothing else is said (`NO_COLOR`, a dumb
    /// terminal); `columns` is the width, if known.
    pub fn new(plain: bool, columns: Option<usize>) -> Self {
        Self {
            out: Box::new(io::stdout()),
            err: Box::new(io::stderr()),
            out_is_terminal: io::stdout().is_terminal(),
            err_is_terminal: io::stderr().is_terminal(),
            color: Color::Auto,
            quiet: false,
            plain,
            width: columns.unwrap_or(100).clamp(40, 140),
        }
    }

    pub(super) fn configure(&mut self, color: Color, quiet: bool) {
        self.color = color;
        self.quiet = quiet;
    }

    fn colored(&self, is_terminal: bool) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !self.plain,
        }
    }

    /// Whether a person reads the results as they are printed.
    pub(super) fn is_interactive(&self) -> bool {
        self.out_is_terminal
    }

    /// How a report looks that goes to standard output.
    pub(super) fn result_style(&self) -> Style {
        Style { color: self.colored(self.out_is_terminal), width: self.width }
    }

    /// How a report looks that goes to standard error.
    pub(super) fn message_style(&self) -> Style {
        Style { color: self.colored(self.err_is_terminal), width: self.width }
    }

    /// Prints a result.
    ///
    /// # Errors
    /// When standard output takes no more.
    pub(super) fn result(&mut self, text: &str) -> Result<(), Failure> {
        self.result_bytes(text.as_bytes())
    }

    /// Prints a result that need not be text.
    ///
    /// # Errors
    /// When standard output takes no more.
    pub(super) fn result_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let printed = self.out.write_all(bytes).and_then(|()| self.out.flush());
        printed.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Unheard,
            _ => Failure::World(format!("cannot print the result: {error}")),
        })
    }

    /// Prints a message, unless asked to be quiet.
    pub(super) fn message(&mut self, text: &str) {
        if !self.quiet {
            self.complain(text);
        }
    }

    /// Prints what has gone wrong.
    pub fn complain(&mut self, text: &str) {
        // Where messages cannot be printed, nothing can be said about it either.
        let _ = writeln!(self.err, "{}", text.trim_end());
    }

    /// Prints why a command failed.
    pub fn fail(&mut self, failure: &Failure) {
        if !matches!(failure, Failure::Unheard | Failure::Stopped) {
            let (start, end) =
                if self.colored(self.err_is_terminal) { ("\x1b[1;91m", "\x1b[0m") } else { ("", "") };
            self.complain(&format!("{start}error{end}: {failure}"));
        }
    }
}
