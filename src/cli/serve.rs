//! `serve`: the site beside the editor.

use std::io::IsTerminal;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;

use super::project::{self, CONTENT, Project, counted};
use super::{Failure, Global, Status, Terminal, browser, signals, timeline};
use crate::changes::Memory;
use crate::check;
use crate::history::History;
use crate::model::Portfolio;
use crate::render::Layer;
use crate::report::Report;
use crate::serve::{self, Notice, Options, ReaderAddress, Server, Surroundings};
use crate::text::Date;

/// Show the site while you write
///
/// Listens on this machine alone. Every save shows in the browser at once; what is wrong with a page stands over it.
/// Writes no files.
#[derive(Args, Debug)]
pub(super) struct Serve {
    /// Whom the site is for, as declared under `readers:`; the page has a switch for the others
    #[arg(long = "for", value_name = "READER", default_value = project::ME)]
    reader: String,
    /// The port to listen on; the next one that is free if it is taken
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    port: u16,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Listen on this address of the machine, where others in its network can ask: needs the link that is printed
    #[arg(long, value_name = "ADDRESS")]
    host: Option<IpAddr>,
    /// Look at the files from time to time, for disks that do not tell of changes
    #[arg(long)]
    poll: bool,
}

impl Serve {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let started = Instant::now();
        let project = Project::find(global)?;
        let absolute =
            |path: PathBuf| std::path::absolute(&path).map_err(|error| Failure::path("find", &path, &error));
        let surroundings = Around {
            root: absolute(project.root.clone())?,
            pinned: global.today.is_some() || std::env::var_os("SOURCE_DATE_EPOCH").is_some(),
            project,
        };
        let ip = self.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        if ip.is_unspecified() || ip.is_multicast() {
            let why =
                "name one address of this machine, so that the server can tell its own name from others";
            return Err(Failure::Usage(format!("`--host {ip}` is every address at once: {why}")));
        }
        if !ip.is_loopback() {
            terminal.complain(&format!(
                "warning: everybody in the network who has the link can read the whole site for `{}`, unencrypted, \
                 drafts and all, until this is stopped",
                self.reader
            ));
        }
        let server = Server::default();
        let stop = server.stop();
        signals::listen_and(move || stop.stop());
        let options = Options {
            reader: self.reader.clone(),
            ip,
            port: self.port,
            shown_content: surroundings.project.shown.clone(),
            must_poll: self.poll,
        };
        let mut told = Told { terminal, started, open: self.open, reading: 0, had_errors: false };
        let ended = server.run(options, Arc::new(surroundings), &mut |notice| told.tell(&notice));
        match ended {
            Ok(()) => Err(Failure::Stopped),
            Err(serve::Failure::NoReader(name)) => {
                Err(Failure::Usage(format!("there is no reader `{name}`")))
            }
            Err(failure) => Err(Failure::World(failure.to_string())),
        }
    }
}

/// The project, as the server asks for it.
struct Around {
    project: Project,
    root: PathBuf,
    /// Whether the day was named.
    pinned: bool,
}

impl Around {
    /// Where `build` puts the site for a reader.
    fn output(&self, reader: &str) -> PathBuf {
        self.root.join("site").join(reader)
    }
}

impl Surroundings for Around {
    fn root(&self) -> PathBuf {
        self.root.clone()
    }

    fn content(&self) -> PathBuf {
        self.root.join(CONTENT)
    }

    fn themes(&self) -> PathBuf {
        self.root.join("themes")
    }

    fn theme_layers(&self, name: &str, report: &mut Report) -> Option<Vec<Layer>> {
        // A name that leads elsewhere is a fault that the check tells of.
        self.project.theme_layers(name, report).ok().flatten()
    }

    fn check(&self, portfolio: &Portfolio, report: &mut Report) {
        check::theme::check(portfolio, &self.project.themes(), report);
    }

    fn today(&self) -> Date {
        let now = || project::clock_day().unwrap_or(self.project.today);
        if self.pinned { self.project.today } else { now() }
    }

    fn recalled(&self, place: &[u8]) -> Option<History> {
        timeline::recalled(&self.output(project::ME), place)
    }

    fn versions(&self, reader: &str) -> Memory {
        timeline::memory(&self.output(reader))
    }
}

/// What was told so far, and how.
struct Told<'t> {
    terminal: &'t mut Terminal,
    started: Instant,
    open: bool,
    /// How many files were last said to be read.
    reading: usize,
    /// Whether the last that was said of errors is that there are some.
    had_errors: bool,
}

/// From how many files on the reading is told of.
const MANY: usize = 2000;

impl Told<'_> {
    fn tell(&mut self, notice: &Notice) {
        match notice {
            Notice::Reading { done, all } => self.tell_reading(*done, *all),
            Notice::Ready { addresses, editions, files } => {
                self.tell_ready(addresses, editions.as_deref(), *files);
            }
            Notice::ReaderAdded(address) => self.terminal.message(&line_of(address)),
            Notice::Rebuilt { files, milliseconds, address } => {
                let what = match files.as_slice() {
                    [file] => file.clone(),
                    [first, ..] => format!("{first} and {} more", counted(files.len() - 1, "file", "files")),
                    [] => return,
                };
                let at = address.as_ref().map(|address| format!("  {address}")).unwrap_or_default();
                self.terminal.message(&format!("{what}  {milliseconds:.0} ms{at}"));
            }
            Notice::Checked { errors, warnings, printed } => {
                let Some(printed) = printed else { return };
                if std::mem::replace(&mut self.had_errors, *errors > 0) && *errors == 0 {
                    self.terminal.message("no errors any more");
                }
                if printed.is_empty() {
                    return;
                }
                self.terminal.complain(printed);
                let warnings = counted(*warnings, "warning", "warnings");
                self.terminal.complain(&match errors {
                    0 => warnings,
                    _ => format!(
                        "{}, {warnings}; the pages stay as they last were right",
                        counted(*errors, "error", "errors")
                    ),
                });
            }
            Notice::NoHistory { reason } => {
                self.terminal.message(&format!("note: the history is left out: {reason}"));
            }
            Notice::Unwatched { reason } => self.terminal.complain(&format!(
                "warning: the system does not tell of changes: {reason}\n = the files are looked at from time to time \
                 instead, so a save takes longer to show"
            )),
        }
    }

    fn tell_reading(&mut self, done: usize, all: usize) {
        let tenth = (all / 10).max(1);
        if all >= MANY && std::io::stderr().is_terminal() && (done == 0 || done >= self.reading + tenth) {
            self.reading = done;
            self.terminal.message(&format!("reading {done} of {all} files"));
        }
    }

    fn tell_ready(&mut self, addresses: &[ReaderAddress], editions: Option<&str>, files: usize) {
        let seconds = self.started.elapsed().as_secs_f64();
        self.terminal.message(&format!("{} read, in {seconds:.2} s", counted(files, "file", "files")));
        for address in addresses {
            self.terminal.message(&line_of(address));
        }
        if let Some(pattern) = editions {
            self.terminal.message(&format!(
                "note: today's site is shown; the editions `{pattern}` and the way to them come with `bailiwick build`"
            ));
        }
        self.terminal.message("Ctrl-C stops the server");
        if let Some(first) = addresses.first().filter(|_| self.open)
            && let Err(why) = browser::open(&first.address)
        {
            self.terminal.complain(&format!("note: the browser does not open: {why}"));
        }
    }
}

fn line_of(address: &ReaderAddress) -> String {
    format!("  {}  for {}", address.address, address.reader)
}
