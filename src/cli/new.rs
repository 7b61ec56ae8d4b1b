//! `new`: an entry to fill in.

use std::io::{IsTerminal, stdin};

use clap::Args;

use super::project::{self, Project};
use super::{Failure, Global, Status, Terminal, editor, new_file, parse, templates};
use crate::model::Kind;
use crate::model::read::{self, Content, Role};
use crate::source::SourceMap;
use crate::text::{Id, Scalar, nearest, slug};

/// Make a new entry, dated today, with a prompt for each of its fields
///
/// Prints the path of the file. In a terminal it is opened in `$VISUAL` or `$EDITOR`.
#[derive(Args, Debug)]
pub(super) struct New {
    /// scope, decision, pilot, proposal, agreement, check-in, feedback, constraint, page or program
    #[arg(value_name = "KIND", value_parser = kind)]
    kind: Kind,
    /// What it is called
    #[arg(value_name = "TITLE", value_parser = title)]
    title: String,
    /// Its id [default: the words of the title; behind the date for decisions, agreements, check-ins and
    /// feedback]
    #[arg(long, value_name = "ID", value_parser = parse::<Id>)]
    id: Option<Id>,
    /// Make a folder for it, where pictures and figures can lie beside the text
    #[arg(long)]
    folder: bool,
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::parse(text).map_err(|why| {
        let names = Kind::ALL.iter().map(|kind| kind.word());
        nearest(text, names).map_or(why, |meant| format!("did you mean `{meant}`?"))
    })
}

/// A title is one line of text, with single spaces.
fn title(text: &str) -> Result<String, String> {
    let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match title.chars().find(|c| c.is_control() || *c == '\u{FEFF}') {
        Some(c) => Err(format!("it holds the control character U+{:04X}", u32::from(c))),
        None if title.is_empty() => Err("it is empty".to_owned()),
        None => Ok(title),
    }
}

impl New {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let project = Project::find(global)?;
        let id = self.id(&project)?;
        let sources = project.sources()?;
        if let Some(why) = taken(&id, &sources, &project.shown) {
            let hint = if self.kind == Kind::Program { "" } else { "; choose another id with `--id`" };
            return Err(Failure::Usage(format!("{why}{hint}")));
        }
        let path = self.path(&id)?;
        let text = templates::filled(templates::of_kind(self.kind), &self.title, project.today);
        let file = project.content().join(&path);
        new_file::write(&project.content(), &path, &text).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Failure::Usage(format!("`{}` is there already", project::shown(&file)))
            }
            _ => Failure::path("write", project::shown(&file), &error),
        })?;
        terminal.result(&format!("{}\n", project::shown(&file)))?;
        if terminal.is_interactive() && stdin().is_terminal() {
            editor::open(&file)?;
        }
        Ok(Status::Done)
    }

    /// The id that was asked for, or that the title suggests.
    fn id(&self, project: &Project) -> Result<Id, Failure> {
        if self.kind == Kind::Program {
            return match &self.id {
                None => Ok(Id::parse("program").expect("`program` is a word")),
                Some(_) => Err(Failure::Usage("the program has no id to choose".to_owned())),
            };
        }
        if let Some(id) = &self.id {
            return Ok(id.clone());
        }
        let slug = slug(&self.title);
        if slug.is_empty() {
            let why = format!("the title `{}` has no letters for an id", self.title);
            return Err(Failure::Usage(format!("{why}; choose one with `--id`")));
        }
        let id = if is_dated(self.kind) { format!("{}-{slug}", project.today) } else { slug };
        Id::parse(&id).map_err(|why| Failure::Usage(format!("{why}; choose another id with `--id`")))
    }

    /// Where the entry belongs, seen from the content folder.
    fn path(&self, id: &Id) -> Result<String, Failure> {
        match (self.kind, self.folder) {
            (Kind::Program, false) => Ok("program.yaml".to_owned()),
            (Kind::Program, true) => Err(Failure::Usage("the program has no folder of its own".to_owned())),
            (kind, false) => Ok(format!("{}/{id}.md", kind.folder())),
            (kind, true) => Ok(format!("{}/{id}/index.md", kind.folder())),
        }
    }
}

/// Whether there are many entries of that kind, each about one day.
fn is_dated(kind: Kind) -> bool {
    match kind {
        Kind::Decision | Kind::Agreement | Kind::CheckIn | Kind::Feedback => true,
        Kind::Scope | Kind::Pilot | Kind::Proposal | Kind::Constraint | Kind::Page | Kind::Program => false,
    }
}

/// Why an id cannot be had any more, if so. Entries that cannot be read count by their names.
fn taken(id: &Id, sources: &SourceMap, shown: &str) -> Option<String> {
    sources.iter().find_map(|(path, file)| match read::role(path) {
        Role::Entry { id: theirs, .. } if theirs.eq_ignore_ascii_case(id.as_str()) => {
            Some(format!("`{shown}/{path}` has the id `{id}`"))
        }
        Role::Entry { .. } => match read::parse(path, file).content {
            Content::Entry(entry) if entry.header().common.aliases.contains(id) => {
                Some(format!("`{shown}/{path}` had the id `{id}` before"))
            }
            _ => None,
        },
        _ => None,
    })
}
