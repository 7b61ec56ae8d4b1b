//! Makes portfolios that look like real ones, as large as wanted, the same every time.
//!
//! Knows no clock and no disk. Tests and benchmarks include this file by its path.

mod fields;
mod plan;
mod prose;
pub mod random;
mod words;

use bailiwick::model::Kind;
use plan::{Form, Plan, Planned};
use random::Random;

/// A file of a portfolio.
pub struct File {
    /// Its path, which begins with `content/`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The last day of every portfolio: pilots that end later are still running.
pub const LAST_DAY: &str = "2026-06-30";

const CONFIG: &str = "\
title: Autonomy portfolio
owner: {name: Robin Vale, role: Client reporting lead, team: Insights}
manager: {name: Kim Osei, role: Head of Insights}
started: 2022-01-10
language: en
readers:
  manager: {title: For Kim}
  mentor: {title: For my mentor}
defaults:
  readers:
    scope: [manager]
    decision: [manager]
    pilot: [manager]
    proposal: [manager]
    agreement: [manager]
    check-in: [manager]
check_ins: {every: 2w, with: manager}
paper: a4
";

/// A picture of eight by eight pixels.
const PNG: [u8; 99] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x08, 0x08, 0x00, 0x00, 0x00, 0x00, 0xE1, 0x64, 0xE1, 0x57, 0x00,
    0x00, 0x00, 0x2A, 0x49, 0x44, 0x41, 0x54, 0x78, 0xDA, 0x2D, 0xC8, 0x81, 0x09, 0x00, 0x40, 0x08, 0xC3,
    0xC0, 0x6C, 0xD2, 0xFD, 0x17, 0xCB, 0x1C, 0x6F, 0xF5, 0x83, 0x94, 0x43, 0xCC, 0x45, 0xE2, 0xDE, 0xA2,
    0xE4, 0x1E, 0x8A, 0xDD, 0xE1, 0xE0, 0x48, 0xB7, 0xE1, 0xEF, 0x01, 0xE2, 0x9D, 0x23, 0xBD, 0x83, 0xA8,
    0x69, 0xD8, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

/// The files of a portfolio with `count` entries, of which there must be at least one; none is of the kinds in `without`,
/// of which scopes may not be one.
pub fn portfolio(count: usize, without: &[Kind]) -> Vec<File> {
    let plan = Plan::new(count, without);
    let mut files = vec![text("content/portfolio.yaml".into(), CONFIG.into())];
    for entry in &plan.entries {
        let mut random = Random::new(count, entry.number + 1);
        add(&plan, entry, &mut random, &mut files);
    }
    files
}

fn text(path: String, text: String) -> File {
    File { path, bytes: text.into_bytes() }
}

fn add(plan: &Plan, entry: &Planned, random: &mut Random, files: &mut Vec<File>) {
    let folder = entry.path.rsplit_once('/').expect("an entry stands in a folder").0.to_owned();
    let has_folder = entry.form == Form::Folder || entry.form == Form::YamlFolder;
    let image = (has_folder && random.chance(50)).then(|| match random.chance(60) {
        true => ("before-and-after.svg", svg(random).into_bytes()),
        false => ("board.png", PNG.to_vec()),
    });
    let links = links(plan, entry, random);
    let body = prose::body(&links, image.as_ref().map(|(name, _)| *name), random);
    let made = fields::of(plan, entry, has_folder && entry.kind == Kind::Pilot, random);
    let whole = match entry.form {
        Form::Markdown | Form::Folder => format!("---\n{}---\n\n{}{body}", made.yaml, heading(entry)),
        Form::Yaml | Form::YamlFolder => {
            format!("{}body: |\n{}", made.yaml, indented(&(heading(entry) + &body)))
        }
    };
    files.push(text(entry.path.clone(), whole));
    if let Some(rows) = made.csv {
        files.push(text(format!("{folder}/observations.csv"), rows));
    }
    if let Some((name, bytes)) = image {
        files.push(File { path: format!("{folder}/{name}"), bytes });
    }
}

/// Some entries are called by their first heading.
fn heading(entry: &Planned) -> String {
    if entry.is_titled_by_heading { format!("# {}\n\n", entry.title) } else { String::new() }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}

/// Links to some entries that are near in time and to some that are not, in every notation.
fn links(plan: &Plan, entry: &Planned, random: &mut Random) -> Vec<String> {
    if plan.entries.len() == 1 {
        return Vec::new();
    }
    (0..random.between(1, 5))
        .filter_map(|_| {
            let other = &plan.entries[random.below(plan.entries.len())];
            let words = &other.title;
            let link = match random.below(4) {
                0 => format!("[[{}]]", other.id),
                1 => format!("[[{}|{words}]]", other.id),
                _ => format!("[{words}]({})", relative(&entry.path, &other.path)),
            };
            (other.number != entry.number).then_some(link)
        })
        .collect()
}

/// The way from one file to another.
fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let (_, folder) = from.split_last().expect("a path has a last part");
    let same = folder.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = vec![".."; folder.len() - same];
    up.into_iter().chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// A chart of four bars.
fn svg(random: &mut Random) -> String {
    let bars: String = (0..4)
        .map(|at| {
            let height = random.between(10, 90);
            format!(
                "  <rect x=\"{}\" y=\"{}\" width=\"20\" height=\"{height}\"/>\n",
                10 + 30 * at,
                100 - height
            )
        })
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 130 100\" width=\"130\" height=\"100\">\n  \
         <title>Before and after</title>\n{bars}</svg>\n"
    )
}
