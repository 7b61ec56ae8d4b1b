//! `review`: what happened in a period, as a packet for a performance review.

use std::fmt::Display;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::Output;
use super::project::{self, Project};
use super::{Failure, Global, Status, Terminal, parse};
use crate::check::paper::{NO_FONT, font_for};
use crate::evaluate::period::PeriodFacts;
use crate::paper::{Fault, IS_IN_THIS_BUILD};
use crate::render::{self, Theme};
use crate::text::Date;
use crate::view::{ReviewPacket, Site};

/// Put together the packet for a performance review over a period
///
/// Scopes and how their latitude moved, decisions with results, pilots with verdicts, commitments, setbacks and
/// what was learned, feedback that may be quoted, and what comes next. It counts and dates what the entries say
/// of these days, and claims nothing of others.
#[derive(Args, Debug)]
pub(super) struct Review {
    /// The first day of the period
    #[arg(long, value_name = "DATE", value_parser = parse::<Date>)]
    since: Date,
    /// The last day of the period [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse::<Date>)]
    until: Option<Date>,
    /// In which form
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    format: Form,
    /// For whom, as declared under `readers:`; `me` sees all
    #[arg(long = "for", value_name = "READER", default_value = project::ME)]
    reader: String,
    /// The file to write; `-` for standard output [default: standard output; `review-SINCE-to-UNTIL.pdf` for PDF]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is there already
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Markdown, to paste
    Md,
    /// One page that needs nothing else
    Html,
    /// For paper
    Pdf,
}

impl Review {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        if self.format == Form::Pdf && !IS_IN_THIS_BUILD {
            return Err(Failure::Usage(Fault::NotInThisBuild.to_string()));
        }
        let project = Project::find(global)?;
        let until = self.until(project.today)?;
        let Some((loaded, redacted)) = project.for_reader(&self.reader, terminal)? else {
            return Ok(Status::Faulty);
        };
        let (theme, _) = loaded.theme()?;
        let site = Site::in_words(&redacted, project.today, theme.words());
        let facts = PeriodFacts::new(redacted.portfolio(), self.since, until, project.today);
        if until > project.today {
            terminal.message(&format!(
                "note: the period ends after today, {}; nothing is known of the days to come",
                project.today
            ));
        }
        if facts.is_empty() {
            terminal.message(&format!("note: {}", self.nothing(until)));
        }
        let packet = site.review_packet(&facts, theme.words());
        let bytes = match self.rendered(&packet, theme) {
            Ok(bytes) => bytes,
            Err(fault) => return Ok(faulty(&fault, terminal)),
        };
        let output = self.output(until);
        let refusal = "; name another file with `--out`, or replace it with `--force`";
        output.write(&bytes, |_| self.force, refusal, terminal)?;
        if let Output::File(_) = output {
            terminal.message(&format!("{output}: written"));
        }
        Ok(Status::Done)
    }

    fn until(&self, today: Date) -> Result<Date, Failure> {
        let since = self.since;
        match self.until {
            Some(until) if until < since => Err(Failure::Usage(format!(
                "the period ends on {until}, before it begins on {since}; name the earlier day with `--since`"
            ))),
            Some(until) if since <= today => Ok(until),
            None if since <= today => Ok(today),
            _ => Err(Failure::Usage(format!(
                "the period begins on {since}, after today, {today}; a review looks back"
            ))),
        }
    }

    /// That there is nothing to review, and for whom.
    fn nothing(&self, until: Date) -> String {
        let since = self.since;
        let whose = match self.reader.as_str() {
            project::ME => String::new(),
            reader => format!(" that `{reader}` may see"),
        };
        format!("nothing in the portfolio{whose} is dated from {since} to {until}")
    }

    fn rendered(&self, packet: &ReviewPacket, theme: &Theme) -> Result<Vec<u8>, String> {
        match self.format {
            Form::Md => Ok(render::review_markdown(packet).into_bytes()),
            Form::Html => {
                render::review_html(packet, theme).map(String::into_bytes).map_err(|fault| of_theme(&fault))
            }
            Form::Pdf => render::review_pdf(packet, theme).map_err(|fault| match fault {
                Fault::Character { character, .. } => {
                    format!("error[{}]: {fault}\n = fix: {}", NO_FONT.code, font_for(character))
                }
                fault => of_theme(&fault),
            }),
        }
    }

    fn output(&self, until: Date) -> Output {
        match (&self.out, self.format) {
            (Some(out), _) => Output::new(out.clone()),
            (None, Form::Pdf) => Output::File(format!("review-{}-to-{until}.pdf", self.since).into()),
            (None, Form::Md | Form::Html) => Output::Standard,
        }
    }
}

fn of_theme(fault: &dyn Display) -> String {
    format!("error[template]: {fault}")
}

fn faulty(fault: &str, terminal: &mut Terminal) -> Status {
    terminal.complain(fault);
    Status::Faulty
}
