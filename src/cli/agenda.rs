//! `agenda`: what is due, for a person, a script or a calendar.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::layout::{Paint, Tone, padded, width, wrapped};
use super::output::Output;
use super::project::{Project, counted};
use super::{Failure, Global, Status, Terminal, parse};
use crate::evaluate::agenda::{self, Item, agenda};
use crate::evaluate::icalendar::{Calendar, is_ours, namespace};
use crate::model::Portfolio;
use crate::model::config::Pause;
use crate::report::Style;
use crate::text::{Date, Duration, Id};
use crate::words::Words;

/// How far ahead is looked unless a day is named.
const AHEAD: Duration = Duration::Weeks(4);

/// The narrowest column in which a text can be read.
const NARROWEST: usize = 24;

/// List what is due: reviews, revisits, check-ins, commitments, answers, expiries
///
/// What is overdue comes first, the rest by date. While the portfolio rests (`pause:`) nothing is due.
#[derive(Args, Debug)]
pub(super) struct Agenda {
    /// The last day to look at [default: four weeks from today; with --ics, the last that anything is due]
    #[arg(long, value_name = "DATE", value_parser = parse::<Date>)]
    until: Option<Date>,
    /// Write a calendar that other programs read (iCalendar); `-` for standard output
    ///
    /// A file that is there is replaced only if it is such a calendar already.
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    ics: Option<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,
    /// For whom, as declared under `readers:`; `me` sees all
    #[arg(long = "for", value_name = "READER", default_value = "me")]
    reader: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a person
    Human,
    /// A JSON array of objects with `due`, `overdue`, `what`, `entry` and `text`
    Json,
}

impl Agenda {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let project = Project::find(global)?;
        let Some((_, redacted)) = project.for_reader(&self.reader, terminal)? else {
            return Ok(Status::Faulty);
        };
        self.print(redacted.portfolio(), project.today, terminal)?;
        Ok(Status::Done)
    }

    fn print(&self, portfolio: &Portfolio, today: Date, terminal: &mut Terminal) -> Result<(), Failure> {
        let until = match &self.ics {
            Some(_) => self.until,
            None => Some(self.until.unwrap_or_else(|| AHEAD.after(today))),
        };
        let agenda = agenda(portfolio, today, until);
        let is_for_person = self.ics.is_none() && self.format == Form::Human;
        if let Some(pause) = agenda.pause.filter(|_| !is_for_person) {
            terminal.message(&resting(pause));
        }
        match (&self.ics, self.format, until) {
            (Some(file), ..) => save(file, &calendar(portfolio, &agenda, today), &agenda, terminal),
            (None, Form::Json, _) => terminal.result(&json(&agenda.items)),
            (None, Form::Human, until) => {
                let style = terminal.result_style();
                terminal.result(&human(&agenda, today, until.unwrap_or(today), style))
            }
        }
    }
}

/// That the portfolio rests, in a sentence.
pub(super) fn resting(pause: &Pause) -> String {
    let reason = pause.reason.as_ref().map(|reason| format!(" ({})", reason.trim_end_matches('.')));
    let since = pause.since;
    format!("The portfolio has been at rest since {since}{}; nothing is due.", reason.unwrap_or_default())
}

fn human(agenda: &agenda::Agenda, today: Date, until: Date, style: Style) -> String {
    if let Some(pause) = agenda.pause {
        return wrapped(&resting(pause), style.width).join("\n") + "\n";
    }
    if agenda.items.is_empty() {
        return format!("Nothing is due until {until}.\n");
    }
    let (overdue, ahead) = agenda.items.split_at(agenda.items.partition_point(|item| item.overdue));
    let heading = |text: &str| Paint::new(style).paint(Tone::Bold, text);
    let mut text = String::new();
    if !overdue.is_empty() {
        text += &format!("{}\n{}", heading("Overdue"), rows(overdue, today, style));
    }
    if !overdue.is_empty() && !ahead.is_empty() {
        text.push('\n');
    }
    if !ahead.is_empty() {
        let until = heading(&format!("Due until {until}"));
        text += &format!("{until}\n{}", rows(ahead, today, style));
    }
    text
}

/// One item after the other: the day, how far it is off, what to do, and which entry it comes from.
pub(super) fn rows(items: &[Item], today: Date, style: Style) -> String {
    let paint = Paint::new(style);
    let widest = |of: &dyn Fn(&Item) -> usize| items.iter().map(of).max().unwrap_or(0);
    let distances = widest(&|item| width(&distance(today, item.due)));
    let ids = widest(&|item| item.entry.map_or(0, |id| width(id.as_str())));
    let beside = "  2026-03-02 Mon  ".len() + distances + 2;
    // Where an id would have to be cut, the words stand below the day.
    let is_narrow = beside + ids.max(NARROWEST) > style.width;
    let indent = if is_narrow { 4 } else { beside };
    let mut text = String::new();
    for item in items {
        let distance = distance(today, item.due);
        let distance = if is_narrow { distance } else { padded(&distance, distances) };
        let when = format!("{} {}  {distance}", item.due, weekday(item.due));
        let when = if item.overdue { paint.paint(Tone::Alert, &when) } else { when };
        let lead = if is_narrow { format!("  {when}\n    ") } else { format!("  {when}  ") };
        let pieces =
            [(Tone::Plain, &*item.text.to_string()), (Tone::Faint, item.entry.map_or("", Id::as_str))];
        let lines = paint.flowed(&pieces, style.width.saturating_sub(indent).max(1), 0);
        text += &format!("{lead}{}\n", lines.join(&format!("\n{}", " ".repeat(indent))));
    }
    text
}

fn weekday(day: Date) -> &'static str {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let index = day.civil().weekday().to_monday_zero_offset();
    names[usize::try_from(index).expect("a weekday counts from 0 to 6")]
}

/// How far a day is off, in words.
fn distance(today: Date, day: Date) -> String {
    match today.days_until(day) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}

/// An item as scripts read it.
#[derive(Serialize)]
struct Line<'a> {
    due: String,
    overdue: bool,
    what: &'a str,
    entry: Option<&'a str>,
    text: String,
}

fn json(items: &[Item]) -> String {
    let lines: Vec<Line> = items
        .iter()
        .map(|item| Line {
            due: item.due.to_string(),
            overdue: item.overdue,
            what: item.what.word(),
            entry: item.entry.map(Id::as_str),
            text: item.text.to_string(),
        })
        .collect();
    serde_json::to_string_pretty(&lines).expect("an agenda always serialises") + "\n"
}

fn calendar(portfolio: &Portfolio, agenda: &agenda::Agenda, today: Date) -> String {
    let config = &portfolio.config;
    let words = Words::plain();
    Calendar { name: &config.title, namespace: &namespace(config), today, words }.text(&agenda.items)
}

fn save(file: &str, calendar: &str, agenda: &agenda::Agenda, terminal: &mut Terminal) -> Result<(), Failure> {
    let output = Output::new(file.into());
    let refusal = " and is no calendar of ours; name another file, or take it away";
    output.write(calendar.as_bytes(), is_ours, refusal, terminal)?;
    if let Output::File(_) = output {
        terminal.message(&format!("{file}: {}", counted(agenda.items.len(), "event", "events")));
    }
    Ok(())
}
