//! A test aid: publishes a small made-up site into a folder, so that tests can kill it and make the disk fail.
//!
//! ```text
//! publish OUT [--reader NAME] [--files N] [--edition N] [--size BYTES] [--asset FILE]
//!             [--first TEXT] [--closed DIR] [--root DIR] [--fail-at N] [--panic-at N] [--cancel-at N] [--wait-at N MILLISECONDS]
//! ```
//!
//! The site depends on nothing but `--files`, `--edition`, `--size`, `--asset` and `--first`, the text of the first page. From one edition to the next some
//! pages change, some come and some go. It prints what was done, and exits 0; 1 if a page failed; 2 if refused;
//! 3 if the world failed; 130 if cancelled.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use bailiwick::write::{Body, Failure, Target, cancel, publish};

fn main() -> ExitCode {
    let options = Options::parse();
    let paths = options.paths();
    let target = Target {
        out: &options.out,
        reader: &options.reader,
        roots: options.root.as_slice(),
        closed: options.closed.as_slice(),
    };
    let begun = Instant::now();
    match publish(&target, &paths, |at| options.page(at, &paths[at])) {
        Ok(published) => {
            say(&mut io::stdout(), &format!("{published:?}\n"));
            say(&mut io::stderr(), &format!("{:.1} ms\n", begun.elapsed().as_secs_f64() * 1000.0));
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say(&mut io::stderr(), &format!("error: {failure}\n"));
            match failure {
                Failure::Render(_) => ExitCode::from(1),
                Failure::Refused(_) => ExitCode::from(2),
                Failure::World(_) => ExitCode::from(3),
                Failure::Cancelled => ExitCode::from(130),
            }
        }
    }
}

/// Prints in one call, and does not mind if nobody can hear it: tests make that fail, too.
fn say(stream: &mut impl Write, text: &str) {
    let _ = stream.write_all(text.as_bytes());
}

struct Options {
    out: PathBuf,
    reader: String,
    files: usize,
    edition: usize,
    size: usize,
    asset: Option<PathBuf>,
    first: Option<String>,
    closed: Option<PathBuf>,
    root: Option<PathBuf>,
    fail_at: Option<usize>,
    panic_at: Option<usize>,
    cancel_at: Option<usize>,
    wait_at: Option<(usize, u64)>,
}

impl Options {
    fn parse() -> Self {
        let mut words = std::env::args().skip(1);
        let out = words.next().expect("the first argument is the output folder").into();
        let reader = "manager".to_owned();
        let (asset, first, closed, root, fail_at, panic_at) = (None, None, None, None, None, None);
        let (files, edition, size, cancel_at, wait_at) = (8, 1, 300, None, None);
        let mut options = Self {
            out,
            reader,
            files,
            edition,
            size,
            asset,
            first,
            closed,
            root,
            fail_at,
            panic_at,
            cancel_at,
            wait_at,
        };
        while let Some(option) = words.next() {
            let mut word = || words.next().expect("every option has a value");
            let number = |word: String| word.parse().expect("this value is a number");
            match &*option {
                "--reader" => options.reader = word(),
                "--files" => options.files = number(word()),
                "--edition" => options.edition = number(word()),
                "--size" => options.size = number(word()),
                "--asset" => options.asset = Some(word().into()),
                "--first" => options.first = Some(word()),
                "--closed" => options.closed = Some(word().into()),
                "--root" => options.root = Some(word().into()),
                "--fail-at" => options.fail_at = Some(number(word())),
                "--panic-at" => options.panic_at = Some(number(word())),
                "--cancel-at" => options.cancel_at = Some(number(word())),
                "--wait-at" => options.wait_at = Some((number(word()), number(word()) as u64)),
                other => panic!("there is no option `{other}`"),
            }
        }
        options
    }

    fn paths(&self) -> Vec<String> {
        let present = |number: &usize| (number + self.edition) % 5 != 4;
        let page = |number: usize| match number % 3 {
            0 => format!("pages/{:03}/{number}/index.html", number / 100),
            1 => format!("notes/{:03}/{number}.html", number / 100),
            _ => format!("{number}.html"),
        };
        let mut paths: Vec<String> = (0..self.files).filter(present).map(page).collect();
        // A folder in one edition, a file in the next.
        paths.push(if self.edition.is_multiple_of(2) { "turn" } else { "turn/index.html" }.to_owned());
        paths.extend(self.asset.is_some().then(|| "asset.bin".to_owned()));
        paths.sort();
        paths
    }

    fn page(&self, at: usize, path: &str) -> Result<Body, String> {
        if self.fail_at == Some(at) {
            return Err(format!("`{path}` cannot be rendered"));
        }
        assert!(self.panic_at != Some(at), "a page panics");
        if self.cancel_at == Some(at) {
            cancel();
        }
        if let Some((_, milliseconds)) = self.wait_at.filter(|(place, _)| *place == at) {
            say(&mut io::stderr(), "waiting\n");
            std::thread::sleep(Duration::from_millis(milliseconds));
        }
        if let (Some(asset), "asset.bin") = (&self.asset, path) {
            #[expect(clippy::disallowed_methods, reason = "this is a test aid, not the program")]
            return Ok(Body::File(std::fs::File::open(asset).map_err(|error| error.to_string())?));
        }
        if let (Some(text), 0) = (&self.first, at) {
            return Ok(Body::Bytes(text.clone().into_bytes()));
        }
        // One page in seven changes with every edition; of one size with what stood there before.
        let edition = if at.is_multiple_of(7) { self.edition } else { 0 };
        let mut text = format!("{path} in edition {edition:08}\n");
        text = text.repeat(self.size / text.len() + 1);
        text.truncate(self.size);
        Ok(Body::Bytes(text.into_bytes()))
    }
}
