//! How long each stage of a full build takes, and whether that stays linear.
//!
//! `cargo bench --bench stages [-- N …]` generates portfolios of N entries (100, 1,000 and 10,000 unless said
//! otherwise, none of them a proposal, whose layout would hide all else), builds each several times for `me`, and prints
//! the median of every stage as a table. Run it on a quiet machine; the ratios between the columns say more than the
//! seconds.
#![expect(clippy::disallowed_methods, reason = "makes and removes folders of its own")]

#[path = "../examples/corpus/generate.rs"]
mod generate;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use bailiwick::model::Kind;
use bailiwick::model::readers::Reader;
use bailiwick::redact::redact;
use bailiwick::render::{Rendered, Renderer, Theme};
use bailiwick::report::Report;
use bailiwick::source::discover::Folder;
use bailiwick::text::{Date, Scalar};
use bailiwick::view::Site;
use bailiwick::write::{self, Body, Target};
use bailiwick::{check, model};

const STAGES: [&str; 8] = ["files", "read", "check", "redact", "connect", "render", "write", "again"];

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1_000, 10_000] } else { sizes };
    println!("| entries | {} | build | peak memory |", STAGES.join(" | "));
    println!("|---:|{}---:|---:|", "---:|".repeat(STAGES.len()));
    for size in sizes {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        fill(folder.path(), size);
        let runs = if size >= 10_000 { 5 } else { 9 };
        let timings: Vec<[Duration; 8]> = (0..runs).map(|run| build(folder.path(), run)).collect();
        let medians: Vec<Duration> = (0..STAGES.len()).map(|stage| median(&timings, stage)).collect();
        // The last stage builds once more over what is there, and is no part of the first build.
        let whole: Duration = medians[..STAGES.len() - 1].iter().sum();
        let cells: Vec<String> = medians.iter().copied().chain([whole]).map(shown).collect();
        println!("| {size} | {} | {} |", cells.join(" | "), peak_memory());
    }
}

fn fill(folder: &Path, size: usize) {
    for file in generate::portfolio(size, &[Kind::Proposal]) {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().expect("every file is in a folder")).expect("folders can be made");
        fs::write(path, &file.bytes).expect("files can be written");
    }
}

/// One build into a new folder, and one over it; how long each stage took.
fn build(root: &Path, run: usize) -> [Duration; 8] {
    let today = Date::parse(generate::LAST_DAY).expect("the corpus names a day");
    let mut clock = Clock(Instant::now());
    let folder = Folder::open(&root.join("content")).expect("the content was written");
    let sources = folder.read().expect("the content can be read");
    let files = clock.lap();
    let (portfolio, _) = model::read::read(&sources);
    let portfolio = portfolio.expect("the corpus is sound");
    let read = clock.lap();
    let mut report = Report::default();
    check::run(&portfolio, today, &mut report);
    assert!(!report.has_errors(), "the corpus is sound");
    let checked = clock.lap();
    let redacted = redact(&portfolio, &Reader::Me);
    let cut = clock.lap();
    let site = Site::new(&redacted, today);
    let theme = Theme::new(BTreeMap::new()).expect("the default theme is sound");
    let renderer = Renderer::new(&site, &theme);
    let routes = site.routes(theme.statics().map(str::to_owned));
    let connected = clock.lap();
    let body = |index: usize| match renderer.render(&routes[index]) {
        Ok(Rendered::Bytes(bytes)) => Ok(Body::Bytes(bytes)),
        Ok(Rendered::Asset(path)) => {
            folder.open_file(&path).map(Body::File).map_err(|error| error.to_string())
        }
        Err(fault) => Err(fault.to_string()),
    };
    rayon::scope(|scope| {
        for half in 0..2 {
            let (body, count) = (&body, routes.len());
            scope.spawn(move |_| {
                for index in (half..count).step_by(2) {
                    std::hint::black_box(body(index).is_ok());
                }
            });
        }
    });
    let rendered = clock.lap();
    let paths: Vec<String> = routes.iter().map(|route| route.path.clone()).collect();
    let out = root.join("site").join(run.to_string());
    let target = Target { out: &out, reader: "me", roots: &[], closed: &[] };
    let publish = || match write::publish(&target, &paths, body) {
        Ok(published) => published,
        Err(failure) => panic!("{failure}"),
    };
    publish();
    // Publishing renders each page when it writes it.
    let written = clock.lap().saturating_sub(rendered);
    publish();
    let again = clock.lap();
    [files, read, checked, cut, connected, rendered, written, again]
}

struct Clock(Instant);

impl Clock {
    fn lap(&mut self) -> Duration {
        let lap = self.0.elapsed();
        self.0 = Instant::now();
        lap
    }
}

fn median(timings: &[[Duration; 8]], stage: usize) -> Duration {
    let mut of_stage: Vec<Duration> = timings.iter().map(|timing| timing[stage]).collect();
    of_stage.sort();
    of_stage[of_stage.len() / 2]
}

fn shown(duration: Duration) -> String {
    format!("{:.0} ms", duration.as_secs_f64() * 1000.0)
}

/// The most memory this process ever held, as Linux tells it.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: Option<u64> = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.map_or("unknown".to_owned(), |kilobytes| format!("{} MB", kilobytes / 1024))
}
