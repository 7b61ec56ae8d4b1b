//! `record`: one observation more, and every other byte of the file as it was.

use std::io;

use clap::Args;

use super::layout::wrapped;
use super::project::{self, Loaded, Project};
use super::replace::Original;
use super::status::pilot_lines;
use super::{Failure, Global, Status, Terminal, parse};
use crate::model::{Entry, Pilot};
use crate::record::{Addition, Cannot, Request, addition};
use crate::report::Style;
use crate::text::{Date, nearest, with_unit};

/// Add an observation to a pilot, and leave every other byte of its file as it was
///
/// Prints how the pilot stands afterwards. Where the place is not certain it changes nothing, and prints what to
/// paste.
#[derive(Args, Debug)]
pub(super) struct Record {
    /// The id of the pilot
    #[arg(value_name = "PILOT")]
    pilot: String,
    /// What was seen: a plain number
    #[arg(value_name = "VALUE", allow_negative_numbers = true)]
    value: String,
    /// Of which metric, by its name or its place (`guardrails[0]`) [default: the primary one]
    #[arg(long, value_name = "NAME")]
    metric: Option<String>,
    /// The day it was seen [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::<Date>)]
    date: Option<Date>,
    /// What explains it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

impl Record {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let project = Project::find(global)?;
        let loaded = project.load()?;
        let Some(pilot) = self.pilot(&loaded)? else {
            // Its file cannot be read, or that of the whole portfolio; the faults say which.
            loaded.sound(&project, project::ME, terminal);
            return Ok(Status::Faulty);
        };
        match self.record(pilot, &project)? {
            Ok(addition) => {
                let after = project.load()?;
                let pilot = self.pilot(&after)?.unwrap_or(pilot);
                terminal.result(&told(&addition, pilot, &project, terminal.result_style()))?;
                Ok(Status::Done)
            }
            Err(cannot) => refuse(&cannot, terminal),
        }
    }

    /// The pilot that is meant, if its file can be read. Faults of other files are no reason to lose a figure.
    fn pilot<'a>(&self, loaded: &'a Loaded) -> Result<Option<&'a Entry<Pilot>>, Failure> {
        let Some(portfolio) = &loaded.portfolio else { return Ok(None) };
        let name = self.pilot.as_str();
        let found = portfolio.pilots.iter().find(|pilot| pilot.id().as_str() == name);
        if found.is_some() || portfolio.broken.contains(name) {
            return Ok(found);
        }
        let meant = nearest(name, portfolio.pilots.iter().map(|pilot| pilot.id().as_str()));
        let hint = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        Err(Failure::Usage(format!("there is no pilot `{name}`{hint}")))
    }

    fn record(&self, pilot: &Entry<Pilot>, project: &Project) -> Result<Result<Addition, Cannot>, Failure> {
        let (metric, note) = (self.metric.as_deref(), self.note.as_deref());
        let request = Request { value: &self.value, metric, date: self.date, note };
        let addition = match addition(pilot, &request, project.today) {
            Ok(addition) => addition,
            Err(cannot) => return Ok(Err(cannot)),
        };
        let path = project.content().join(&*addition.file);
        let world = |error: io::Error| Failure::path("change", project::shown(&path), &error);
        let file = project.folder.open_file(&addition.file).map_err(world)?;
        let original = Original::read(&path, file).map_err(world)?;
        let raw = std::str::from_utf8(original.bytes());
        let raw = raw.map_err(|_| world(io::Error::other("it is not UTF-8 text")))?;
        match addition.apply(raw) {
            Ok(text) => original.replace(text.as_bytes()).map_err(world)?,
            Err(cannot) => return Ok(Err(cannot)),
        }
        Ok(Ok(addition))
    }
}

/// What was written where, and how the pilot stands with it.
fn told(addition: &Addition, pilot: &Entry<Pilot>, project: &Project, style: Style) -> String {
    let (name, unit) = metric(addition, pilot);
    let value = with_unit(addition.new.value(), unit);
    let date = addition.new.observation().date;
    let shown = project::shown(&project.content().join(&*addition.file));
    let line = format!("Recorded {value} on {date} as “{name}”, in {shown}");
    let lines = wrapped(&line, style.width).join("\n");
    format!("{lines}\n\n{}", pilot_lines(pilot, project.today, 0, style))
}

/// The name and the unit of the metric that was added to.
fn metric<'a>(addition: &Addition, pilot: &'a Entry<Pilot>) -> (&'a str, Option<&'a str>) {
    let mut guardrails = pilot.guardrails.iter().enumerate();
    let guardrail = guardrails.find(|(index, _)| addition.metric == format!("guardrails[{index}]"));
    match guardrail {
        Some((_, guardrail)) => (&guardrail.name, guardrail.unit.as_deref()),
        None => (&pilot.primary.name, pilot.primary.unit.as_deref()),
    }
}

/// A request that is at fault is wrong usage; a file that cannot be added to is a fault of the content, and what
/// to paste is the result.
fn refuse(cannot: &Cannot, terminal: &mut Terminal) -> Result<Status, Failure> {
    let Cannot { reason, fix, paste } = cannot;
    match paste {
        None => Err(Failure::Usage(format!("{reason}; {fix}"))),
        Some(paste) => {
            terminal.complain(&format!("error: {reason}\n = fix: {fix}"));
            terminal.result(&format!("{paste}\n"))?;
            Ok(Status::Faulty)
        }
    }
}
