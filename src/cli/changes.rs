//! `changes`: what changed in meaning between two states of the portfolio.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::Value;

use super::layout::{Paint, Tone, padded, width, wrapped};
use super::project::{self, Project, counted};
use super::timeline::{self, Timeline};
use super::{Failure, Global, Status, Terminal, chronicle};
use crate::changes::{Change, Committed, EntryLog, Log, Moment, Span, changes_with_renames};
use crate::history::{CommitId, History, Repository, Tag, Trouble};
use crate::model::read::{Role, role};
use crate::model::readers::Reader;
use crate::model::tree::{Leaf, Tree};
use crate::model::{Kind, Portfolio};
use crate::past::Past;
use crate::redact::{Redacted, redact};
use crate::report::Style;
use crate::text::{Date, Id, Scalar};
use crate::view::fits;
use crate::words::Words;

/// Tell what changed in meaning between two states of the portfolio
///
/// Compares by id and field, never by line: a right that moved, a target that was set, an observation that was
/// altered. A state is a revision as git names it, or a day (YYYY-MM-DD) at its end.
#[derive(Args, Debug)]
pub(super) struct Changes {
    /// From where, and up to where [default: from the last edition, else the last check-in, up to the files as
    /// they are]
    #[arg(value_name = "FROM[..TO]")]
    range: Option<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,
    /// For whom, as declared under `readers:`; `me` sees all
    #[arg(long = "for", value_name = "READER", default_value = project::ME)]
    reader: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a person
    Human,
    /// A JSON array of objects with `date`, `commit`, `entry`, `kind`, `path`, `change`, `from`, `to` and `text`
    Json,
}

/// A state to compare.
struct State {
    /// The commit; `None` for the files as they are, and for the time before the first commit.
    commit: Option<CommitId>,
    /// What it is called.
    name: String,
}

/// A change with the moment in which it came to be so.
struct Dated<'l> {
    change: Change,
    moment: Option<&'l Moment>,
}

impl Changes {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let project = Project::find(global)?;
        let loaded = project.load()?;
        let Some(portfolio) = loaded.sound(&project, &self.reader, terminal) else {
            return Ok(Status::Faulty);
        };
        let reader = project::reader(&self.reader, portfolio)?;
        let timeline = Timeline::open(&project, terminal);
        let Some(repository) = timeline.repository() else {
            terminal.message("there is no git repository here, so there is no history to tell");
            return self.print(&[], "", terminal).map(|()| Status::Done);
        };
        let history = &chronicle::history(&project, &timeline, &loaded.sources)?;
        let today = redact(portfolio, &reader);
        let (from, to) = self.states(repository, history, &today, project.today)?;
        let past = Past::new(history, repository, portfolio, &reader);
        let before = state(&past, from.commit.as_ref(), portfolio, &reader);
        let after = match &to.commit {
            Some(commit) => state(&past, Some(commit), portfolio, &reader),
            None => redact(portfolio, &reader),
        };
        let found = changes_with_renames(&before, &after, &renames(history));
        let out = project.root.join("site").join(&self.reader);
        let committed = Committed::new(&past, &today, &timeline::memory(&out));
        let log = committed.log(&past, &today, &history.uncommitted);
        let last = match to.commit {
            // Where nothing of it is known, nothing was there by then.
            Some(commit) => Some(place(repository, history, commit)?.unwrap_or_default()),
            None => None,
        };
        let dated: Vec<Dated> =
            found.into_iter().map(|change| Dated { moment: moment(&log, &change, last), change }).collect();
        let heading = match &to.commit {
            Some(_) => format!("From {} to {}", from.name, to.name),
            None => format!("Since {}", from.name),
        };
        self.print(&dated, &heading, terminal)?;
        if log.entries.values().any(|entry| entry.is_cut_off) {
            terminal.message("note: the history is cut off (a shallow clone): what is new here may be older");
        }
        Ok(Status::Done)
    }

    /// What is to be compared with what.
    fn states(
        &self,
        repository: &Repository,
        history: &History,
        today: &Redacted,
        day: Date,
    ) -> Result<(State, State), Failure> {
        let now = || State { commit: None, name: "now".to_owned() };
        let Some(range) = &self.range else {
            return Ok((self.last_time(repository, history, today, day)?, now()));
        };
        let (from, to) = range.split_once("..").unwrap_or((range, ""));
        let from = match from {
            "" => self.last_time(repository, history, today, day)?,
            from => named(repository, from)?,
        };
        Ok((from, if to.is_empty() { now() } else { named(repository, to)? }))
    }

    /// The last time that the reader and the writer looked at it together.
    fn last_time(
        &self,
        repository: &Repository,
        history: &History,
        today: &Redacted,
        day: Date,
    ) -> Result<State, Failure> {
        if let Some(edition) = last_edition(repository, history, today)? {
            return Ok(State { commit: Some(edition.commit), name: format!("the edition {}", edition.name) });
        }
        let is_with = |with: &crate::text::Text| today.is_for_me() || with.as_str() == self.reader;
        let check_ins = today.portfolio().check_ins.iter().filter(|check_in| {
            check_in.with.iter().any(is_with) || check_in.with.is_empty() && today.is_for_me()
        });
        let last = check_ins.filter_map(|check_in| check_in.header.date()).filter(|date| *date <= day).max();
        match last {
            Some(date) => {
                let commit = repository.as_of(date).map_err(|trouble| world(&trouble))?;
                Ok(State { commit, name: format!("{date}, the day of the last check-in") })
            }
            None => Ok(State { commit: None, name: "the beginning".to_owned() }),
        }
    }

    fn print(&self, told: &[Dated], heading: &str, terminal: &mut Terminal) -> Result<(), Failure> {
        match self.format {
            Form::Json => terminal.result(&json(told)),
            Form::Human => {
                let style = terminal.result_style();
                terminal.result(&human(told, heading, style))
            }
        }
    }
}

fn named(repository: &Repository, name: &str) -> Result<State, Failure> {
    let usage =
        |trouble: Trouble| Failure::Usage(format!("`{name}` is no state of the portfolio: {trouble}"));
    let commit = match Date::parse(name) {
        Ok(date) => repository.as_of(date).map_err(usage)?,
        Err(_) => Some(repository.revision(name).map_err(usage)?),
    };
    Ok(State { commit, name: name.to_owned() })
}

/// The newest of the tags that `editions:` names.
fn last_edition<'h>(
    repository: &Repository,
    history: &'h History,
    today: &Redacted,
) -> Result<Option<&'h Tag>, Failure> {
    let Some(pattern) = &today.portfolio().config.editions else { return Ok(None) };
    let mut known = Vec::new();
    for tag in history.tags.iter().filter(|tag| fits(&tag.name, pattern)) {
        known.extend(place(repository, history, tag.commit)?.map(|place| (place, tag)));
    }
    Ok(known.into_iter().max_by_key(|(place, _)| *place).map(|(_, tag)| tag))
}

/// Where the content stood at a commit, among the commits that touched it: the later, the higher.
fn place(repository: &Repository, history: &History, commit: CommitId) -> Result<Option<usize>, Failure> {
    let nearest = repository.nearest(commit, |id| history.place(id).is_some());
    let nearest = nearest.map_err(|trouble| world(&trouble))?;
    let order = |id: &CommitId| history.place(id).map(|at| history.commits().len() - at);
    Ok(nearest.iter().filter_map(order).max())
}

/// A state of the past as the reader may see it; nothing where there was none.
fn state(past: &Past, commit: Option<&CommitId>, today: &Portfolio, reader: &Reader) -> Redacted {
    let then = commit.and_then(|commit| past.state_at(commit).0);
    // The settings are those of today: what is told is told of entries.
    then.unwrap_or_else(|| redact(&Portfolio::new(today.config.clone()), reader))
}

/// Ids that files had before, with those that they have now.
fn renames(history: &History) -> BTreeMap<Id, Id> {
    let id = |path: &crate::source::SourcePath| match role(path) {
        Role::Entry { id, .. } => Id::parse(id).ok(),
        _ => None,
    };
    let mut renames = BTreeMap::new();
    for (path, file) in history.files() {
        let Some(now) = id(path) else { continue };
        let before = file.revisions.iter().filter_map(|revision| id(&revision.path));
        renames.extend(before.filter(|before| *before != now).map(|before| (before, now.clone())));
    }
    renames
}

/// The moment in which a field became what it is: the newest step up to the last one that tells of it.
fn moment<'l>(log: &'l Log, change: &Change, last: Option<usize>) -> Option<&'l Moment> {
    let entry = change.entry.as_ref()?;
    // An entry has one history under all the ids that it ever had; of those that are gone, each its own.
    let is_of = |log: &&Arc<EntryLog>| {
        log.steps.iter().flat_map(|step| step.changes.iter()).any(|other| other.entry.as_ref() == Some(entry))
    };
    let logs = log.entries.get(entry).into_iter().chain(log.removed.iter().filter(is_of));
    let is_within = |moment: &Moment| last.is_none_or(|last| moment.order <= last);
    let tells = |other: &Change| {
        other.nature == change.nature && other.path == change.path && other.to() == change.to()
    };
    let touches = |other: &Change| {
        other.path.steps().starts_with(change.path.steps())
            || change.path.steps().starts_with(other.path.steps())
    };
    let steps = || logs.clone().flat_map(|log| &log.steps).filter(|step| is_within(&step.moment));
    let exactly = steps().find(|step| step.changes.iter().any(tells));
    exactly.or_else(|| steps().find(|step| step.changes.iter().any(touches))).map(|step| &step.moment)
}

fn world(trouble: &Trouble) -> Failure {
    Failure::World(format!("cannot read the history: {trouble}"))
}

fn human(told: &[Dated], heading: &str, style: Style) -> String {
    let paint = Paint::new(style);
    if told.is_empty() {
        return if heading.is_empty() { String::new() } else { format!("{heading}: nothing has changed.\n") };
    }
    let groups: Vec<&[Dated]> = told.chunk_by(|a, b| a.change.entry == b.change.entry).collect();
    let counts = format!(
        "{} in {}",
        counted(told.len(), "change", "changes"),
        counted(groups.len(), "entry", "entries")
    );
    let mut text = format!("{}\n", paint.paint(Tone::Bold, &format!("{heading}: {counts}")));
    for group in groups {
        let first = &group[0].change;
        let kind = first.kind.map_or("portfolio", Kind::word);
        let id = first.entry.as_ref().map_or("portfolio.yaml", Id::as_str);
        let name = [(Tone::Bold, first.title.as_str()), (Tone::Faint, kind), (Tone::Faint, id)];
        text += &format!("\n{}\n", paint.flowed(&name, style.width, 2).join("\n"));
        for told in group {
            text += &line(told, style, paint);
        }
    }
    text
}

/// How wide the column of days is.
const DAY: usize = "uncommitted".len();

fn line(told: &Dated, style: Style, paint: Paint) -> String {
    let day = told.moment.map_or(String::new(), |moment| {
        moment.date.map_or("uncommitted".to_owned(), |date| date.to_string())
    });
    let indent = 2 + DAY + 2;
    let columns = style.width.saturating_sub(indent).max(24);
    let said = Words::english().say(&told.change.meaning);
    let lines = wrapped(&said, columns);
    let rest = format!("\n{}", " ".repeat(indent));
    let mut text = format!("  {}  {}\n", paint.paint(Tone::Faint, &padded(&day, DAY)), lines.join(&rest));
    if let Some(spans) = told.change.words().filter(|spans| !spans.is_empty()) {
        let compared = wrapped(&marked(&spans), columns);
        text += &format!("{}{}\n", " ".repeat(indent), compared.join(&rest));
    }
    debug_assert!(width(&day) <= DAY);
    text
}

/// What went in `[-…-]`, what came in `{+…+}`, as git marks words.
fn marked(spans: &[Span]) -> String {
    let piece = |span: &Span| match span {
        Span::Same(text) => text.clone(),
        Span::Removed(text) => format!("[-{}-] ", text.trim_end()),
        Span::Added(text) => format!("{{+{}+}} ", text.trim_end()),
        Span::Gap => "… ".to_owned(),
    };
    spans.iter().map(piece).collect()
}

/// A change as scripts read it.
#[derive(Serialize)]
struct Line {
    date: Option<String>,
    commit: Option<String>,
    entry: Option<String>,
    kind: &'static str,
    path: String,
    change: &'static str,
    from: Value,
    to: Value,
    text: String,
}

fn json(told: &[Dated]) -> String {
    let line = |told: &Dated| {
        let change = &told.change;
        Line {
            date: told.moment.and_then(|moment| moment.date).map(|date| date.to_string()),
            commit: told.moment.and_then(|moment| moment.commit.as_ref()).map(|facts| facts.id.to_string()),
            entry: change.entry.as_ref().map(ToString::to_string),
            kind: change.kind.map_or("portfolio", Kind::word),
            path: change.path.to_string(),
            change: change.nature.word(),
            from: change.from().map_or(Value::Null, value),
            to: change.to().map_or(Value::Null, value),
            text: Words::english().say(&change.meaning),
        }
    };
    let lines: Vec<Line> = told.iter().map(line).collect();
    serde_json::to_string_pretty(&lines).expect("changes always serialise") + "\n"
}

fn value(tree: &Tree) -> Value {
    match tree {
        Tree::Nothing => Value::Null,
        Tree::Leaf(leaf) => match leaf {
            Leaf::Number(number) => serde_json::to_value(number).unwrap_or_default(),
            Leaf::Count(count) => Value::from(*count),
            Leaf::Flag(flag) => Value::from(*flag),
            other => Value::from(other.to_string()),
        },
        Tree::List(items) => items.iter().map(value).collect(),
        Tree::Record(record) => {
            let there = record.fields.iter().filter(|(_, field)| !field.is_nothing());
            Value::Object(there.map(|(name, field)| (name.to_string(), value(field))).collect())
        }
    }
}
