//! How long a proposal takes from a cold process to a PDF of one page, beside RenderCV where that is installed.
//!
//! `cargo bench --bench paper [-- RUNS]` writes a portfolio with a proposal that fills a page, and runs `bailiwick
//! propose` on it in turn with `rendercv render` on a curriculum vitae of the same words, each 15 times unless said
//! otherwise, each time as a new process. Both make one PDF and nothing else. RenderCV is looked for on the search
//! path (`pip install "rendercv[full]"`); it has to have its Typst packages at hand, and asks the network for news of
//! itself at every start unless there is none.
#![expect(clippy::disallowed_methods, reason = "makes and removes folders of its own")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many reasons fill a page together with the rest.
const REASONS: usize = 16;
const RISKS: usize = 8;

fn main() {
    let runs = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(15);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let words = write_portfolio(folder.path());
    let vitae_words = write_vitae(folder.path());
    let mut ours = Side::new(folder.path(), "proposal.pdf", |folder| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
        command.current_dir(folder).args(["propose", "p", "--pdf", "proposal.pdf", "--today", "2026-03-02"]);
        command
    });
    let mut theirs = Side::new(folder.path(), "vitae.pdf", |folder| {
        let mut command = Command::new("rendercv");
        let only_pdf = ["-nomd", "-nohtml", "-nopng", "-pdf", "vitae.pdf"];
        command.current_dir(folder).args(["render", "vitae.yaml"]).args(only_pdf);
        command
    });
    assert!(ours.run(), "`bailiwick propose` makes no PDF");
    let has_rendercv = theirs.run();
    if !has_rendercv {
        eprintln!("`rendercv render` makes no PDF here, and is left out: {}", theirs.complaint);
    }
    ours.times.clear();
    theirs.times.clear();
    for _ in 0..runs {
        ours.run();
        if has_rendercv {
            theirs.run();
        }
    }
    println!("| program | words | median | fastest | slowest | size of the PDF |");
    println!("|---|---:|---:|---:|---:|---:|");
    ours.print("bailiwick propose", words);
    if has_rendercv {
        theirs.print("rendercv render", vitae_words);
    }
}

/// One of the two programs.
struct Side<'a> {
    folder: &'a Path,
    pdf: &'static str,
    command: fn(&Path) -> Command,
    times: Vec<Duration>,
    complaint: String,
}

impl<'a> Side<'a> {
    fn new(folder: &'a Path, pdf: &'static str, command: fn(&Path) -> Command) -> Self {
        Self { folder, pdf, command, times: Vec::new(), complaint: String::new() }
    }

    /// Runs the program once, from nothing to a PDF; says whether there is one.
    fn run(&mut self) -> bool {
        let pdf = self.folder.join(self.pdf);
        let _ = fs::remove_file(&pdf);
        let mut command = (self.command)(self.folder);
        let started = Instant::now();
        let output = command.stdin(Stdio::null()).output();
        self.times.push(started.elapsed());
        match output {
            Ok(output) => {
                let told = String::from_utf8_lossy(&output.stdout).into_owned();
                let last = told.lines().rev().find(|line| !line.trim().is_empty());
                self.complaint = last.unwrap_or_default().to_owned();
            }
            Err(error) => self.complaint = error.to_string(),
        }
        fs::read(&pdf).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"))
    }

    fn print(&mut self, name: &str, words: usize) {
        self.times.sort();
        let shown = |time: Duration| format!("{:.0} ms", time.as_secs_f64() * 1000.0);
        let [first, middle, last] =
            [0, self.times.len() / 2, self.times.len() - 1].map(|at| shown(self.times[at]));
        let size = fs::metadata(self.folder.join(self.pdf)).map_or(0, |file| file.len()) / 1000;
        println!("| {name} | {words} | {middle} | {first} | {last} | {size} kB |");
    }
}

fn reason(number: usize) -> String {
    format!("Reason {number} why this is better for clients and for the team, with a figure that shows it")
}

fn risk(number: usize) -> (String, String) {
    let risk = format!("Risk {number} comes true while nobody looks");
    (risk, "Somebody looks at it every Friday and stops it if need be".to_owned())
}

/// A portfolio with one scope, one pilot and the proposal; how many words the proposal has.
fn write_portfolio(folder: &Path) -> usize {
    let mut proposal =
        "title: Send the weekly report myself\nask: Let me send the weekly report without sign-off.\n\
                        to: Kim Osei\nstatus: sent\npilot: trial\nbenefits:\n"
            .to_owned();
    for number in 1..=REASONS {
        writeln!(proposal, "  - {}", reason(number)).expect("text can be written to");
    }
    proposal += "safeguards:\n";
    for number in 1..=RISKS {
        let (risk, mitigation) = risk(number);
        writeln!(proposal, "  - {{risk: {risk}, mitigation: {mitigation}}}").expect("text can be written to");
    }
    let files = [
        ("portfolio.yaml", "title: Portfolio\nowner: {name: Robin Vale}\nmanager: {name: Kim Osei}\n"),
        (
            "scopes/s.yaml",
            "title: Reports\ndecision_rights: [{area: Sending, id: a, delegation: consult}]\nboundaries: [No price]\n",
        ),
        (
            "pilots/trial.yaml",
            "title: A trial\nscope: s\ntests: {right: s/a, to: inquire}\nstarts: 2026-03-09\nends: 2026-04-05\n\
             reviews: [2026-03-23, 2026-04-06]\nprimary: {name: Days to report, direction: decrease, baseline: 3, target: 2}\n\
             fallback: Sign-off returns\n",
        ),
        ("proposals/p.yaml", &proposal),
    ];
    for (path, text) in files {
        let path = folder.join("content").join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
    proposal.split_whitespace().count()
}

/// A curriculum vitae of about the same words.
fn write_vitae(folder: &Path) -> usize {
    let mut vitae = "cv:\n  name: Robin Vale\n  sections:\n    reasons:\n".to_owned();
    for number in 1..=REASONS {
        writeln!(vitae, "      - {}", reason(number)).expect("text can be written to");
    }
    vitae += "    risks:\n";
    for number in 1..=RISKS {
        let (risk, mitigation) = risk(number);
        writeln!(vitae, "      - {risk}. {mitigation}").expect("text can be written to");
    }
    vitae += "design:\n  theme: classic\n";
    fs::write(folder.join("vitae.yaml"), &vitae).expect("files can be written");
    vitae.split_whitespace().count()
}
