//! `check`: every fault of the content in one run.

use clap::{Args, ValueEnum};

use super::project::{Project, counted, summary};
use super::{Failure, Global, Status, Terminal, chronicle, pictures};
use crate::report::{self, Format};
use crate::text::nearest;

/// Find everything that is wrong with the content, with place, reason and fix
///
/// Exits with 1 when there are errors.
#[derive(Args, Debug)]
pub(super) struct Check {
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,
    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Explain a finding by its code, and check nothing
    #[arg(long, value_name = "CODE", conflicts_with_all = ["format", "deny"])]
    explain: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// For a person, with the line and a caret
    Human,
    /// One JSON object a line
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

impl Check {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        if let Some(code) = &self.explain {
            return explain(code, terminal);
        }
        let project = Project::find(global)?;
        let mut loaded = project.load()?;
        chronicle::check(&project, &mut loaded, terminal);
        pictures::check(&project, &mut loaded);
        if self.deny.is_some() {
            loaded.report.deny_warnings();
        }
        let format = match self.format {
            Form::Human => Format::Human(terminal.result_style()),
            Form::Json => Format::Json,
            Form::Github => Format::Github,
            Form::Sarif => Format::Sarif,
        };
        terminal.result(&report::printed(&loaded.report, &loaded.sources, &project.shown, format))?;
        let found = summary(&loaded.report);
        terminal.message(&match &loaded.portfolio {
            Some(portfolio) => {
                let entries = portfolio.headers().count() + portfolio.broken.len();
                format!("{}: {found}", counted(entries, "entry", "entries"))
            }
            None => found,
        });
        Ok(if loaded.report.has_errors() { Status::Faulty } else { Status::Done })
    }
}

fn explain(code: &str, terminal: &mut Terminal) -> Result<Status, Failure> {
    let rules = crate::check::catalogue();
    match rules.iter().find(|rule| rule.code == code) {
        Some(rule) => {
            terminal.result(&rule.explanation())?;
            Ok(Status::Done)
        }
        None => {
            let meant = nearest(code, rules.iter().map(|rule| rule.code));
            let hint = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            Err(Failure::Usage(format!("there is no finding `{code}`{hint}")))
        }
    }
}
