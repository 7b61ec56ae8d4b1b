//! `init`: a new portfolio, ready to be checked and built.
//!
//! Asks nothing and looks nothing up: who writes is for the writer to say.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};

use super::project::{self, CONTENT};
use super::schema::pretty;
use super::{Failure, Global, Status, Terminal, new_file, parse, templates};
use crate::model::{Kind, schema};
use crate::source::discover::Folder;
use crate::text::Date;

/// Make a new portfolio that can be built at once
///
/// Writes `content/` with a first entry of the main kinds, schemas and settings for editors, and a `.gitignore`.
/// Nothing that is there already is changed.
#[derive(Args, Debug)]
pub(super) struct Init {
    /// Where to make it [default: here]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Begin the 30-day program on that day, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse::<Date>)]
    program: Option<Date>,
}

/// A file to write.
struct NewFile {
    /// Where, seen from the folder of the portfolio.
    path: String,
    /// What is in it.
    text: String,
    /// What makes another file in its place do as well: a line of it, and what to do if it has none.
    instead: Option<(&'static [&'static str], String)>,
}

impl NewFile {
    fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), instead: None }
    }
}

impl Init {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let root = match (&self.dir, &global.root) {
            (Some(_), Some(_)) => {
                return Err(Failure::Usage("the folder is named twice: as DIR and by `--root`".to_owned()));
            }
            (Some(dir), None) | (None, Some(dir)) => dir.clone(),
            (None, None) => PathBuf::from("."),
        };
        refuse_taken(&root)?;
        let files = files(project::today(global)?, self.program);
        let mut made = Vec::new();
        for file in &files {
            match new_file::write(&root, &file.path, &file.text) {
                Ok(()) => made.push(file.path.as_str()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if let Some(advice) = advice(&root, file) {
                        terminal.message(&format!("note: {advice}"));
                    }
                }
                Err(error) => {
                    tell_made(&root, &made, terminal);
                    return Err(Failure::path("write", shown(&root.join(&file.path)), &error));
                }
            }
        }
        tell_made(&root, &made, terminal);
        tell_next(&root, terminal);
        Ok(Status::Done)
    }
}

/// Refuses a place where there is content: it is somebody's.
fn refuse_taken(root: &Path) -> Result<(), Failure> {
    let content = root.join(CONTENT);
    let refused = |path: &Path| {
        let path = shown(path).display();
        Err(Failure::Usage(format!(
            "`{path}` is there already; a new portfolio needs a folder without content"
        )))
    };
    match content.symlink_metadata() {
        Ok(found) if found.is_dir() => {
            let listed =
                std::fs::read_dir(&content).map_err(|error| Failure::path("list", &content, &error))?;
            let first = listed.flatten().map(|entry| entry.file_name()).min();
            first.map_or(Ok(()), |name| refused(&content.join(name)))
        }
        Ok(_) => refused(&content),
        Err(_) if root.exists() && !root.is_dir() => refused(root),
        Err(_) => Ok(()),
    }
}

/// All files of a new portfolio; the content last, so that it is not there if anything before it fails.
fn files(today: Date, program: Option<Date>) -> Vec<NewFile> {
    let filled = |template| templates::filled(template, "", today);
    let mut files = vec![
        NewFile {
            instead: Some((
                &["/site/", "/site", "site/", "site"],
                "stays as it is; add the line `/site/` to it, so that the built site is not committed"
                    .to_owned(),
            )),
            ..NewFile::new(".gitignore", "/site/\n")
        },
        editor_settings(),
    ];
    let schemas = Kind::ALL.iter().map(|kind| (kind.word(), schema::of_kind(*kind)));
    for (name, schema) in schemas.chain([("portfolio", schema::of_config())]) {
        let advice = format!("stays as it is; `bailiwick schema {name}` prints what belongs there");
        files.push(NewFile {
            instead: Some((&[], advice)),
            ..NewFile::new(format!("schemas/{name}.json"), pretty(schema))
        });
    }
    files.extend([
        NewFile::new(
            "content/pages/how-to-read-this.md",
            filled(include_str!("templates/init/how-to-read-this.md")),
        ),
        NewFile::new(
            "content/scopes/my-first-scope.md",
            filled(include_str!("templates/init/my-first-scope.md")),
        ),
        NewFile::new(
            format!("content/decisions/{today}-keep-a-record-of-what-i-decide.md"),
            filled(include_str!("templates/init/decision.md")),
        ),
    ]);
    if let Some(starts) = program {
        let text = templates::filled(templates::of_kind(Kind::Program), "My first thirty days", starts);
        files.push(NewFile::new("content/program.yaml", text));
    }
    files.push(NewFile::new("content/portfolio.yaml", filled(include_str!("templates/init/portfolio.yaml"))));
    files
}

/// Tells Visual Studio Code, and editors that read its settings, which schema is for which files.
fn editor_settings() -> NewFile {
    let schema = |name: &str, files: String| (format!("./schemas/{name}.json"), json!(files));
    let kinds = Kind::folders()
        .map(|kind| schema(kind.word(), format!("content/{}/**/*.yaml", kind.folder())))
        .chain(["program", "portfolio"].map(|name| schema(name, format!("content/{name}.yaml"))));
    let schemas = Value::Object(kinds.collect::<Map<_, _>>());
    let lines = pretty(&json!({"yaml.schemas": schemas}));
    let advice =
        format!("stays as it is; for completion in YAML entries, add this to it:\n{}", lines.trim_end());
    NewFile {
        instead: Some((&["\"yaml.schemas\": {"], advice)),
        ..NewFile::new(".vscode/settings.json", lines)
    }
}

/// What to do about a file that was there before; `None` if it will do.
fn advice(root: &Path, file: &NewFile) -> Option<String> {
    let standing = text_of(root, &file.path).unwrap_or_default();
    let (lines, advice) = file.instead.as_ref()?;
    let has_line = standing.lines().any(|line| lines.contains(&line.trim()));
    (standing != file.text && !has_line)
        .then(|| format!("`{}` {advice}", shown(&root.join(&file.path)).display()))
}

/// A path without a leading `./`.
fn shown(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

fn text_of(root: &Path, path: &str) -> Option<String> {
    let file = Folder::open(root).ok()?.open_file(path).ok()?;
    let mut text = String::new();
    file.take(1024 * 1024).read_to_string(&mut text).ok()?;
    Some(text)
}

fn tell_made(root: &Path, made: &[&str], terminal: &mut Terminal) {
    if made.is_empty() {
        return;
    }
    terminal.message(&format!("made in `{}`:", root.display()));
    let (schemas, others): (Vec<&str>, Vec<&str>) =
        made.iter().partition(|path| path.starts_with("schemas/"));
    if !schemas.is_empty() {
        terminal.message(&format!("  schemas/ ({} files)", schemas.len()));
    }
    for path in others {
        terminal.message(&format!("  {path}"));
    }
}

fn tell_next(root: &Path, terminal: &mut Terminal) {
    terminal.message("next:");
    if root != Path::new(".") {
        terminal.message(&format!("  cd {}", root.display()));
    }
    for (command, purpose) in [
        ("bailiwick build", "the site for you, in `site/me/index.html`"),
        ("bailiwick new decision \"…\"", "an entry to fill in"),
        ("bailiwick check", "what is wrong with the content, and how to mend it"),
    ] {
        terminal.message(&format!("  {command:<30}{purpose}"));
    }
}
