//! `propose`: a proposal on one page, as PDF.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::Output;
use super::project::{self, Loaded, Project};
use super::{Failure, Global, Status, Terminal};
use crate::model::config::Paper;
use crate::model::{Header, Kind, Portfolio};
use crate::paper::proposal::Printed;
use crate::paper::{self, Fault, IS_IN_THIS_BUILD};
use crate::redact::Redacted;
use crate::render::{Papers, Theme};
use crate::report::Report;
use crate::text::{nearest, one_of};
use crate::view::Site;

/// Put a proposal on one page, as PDF
///
/// Fits the text as comfortably as it goes. What does not fit at the tightest fails, with how many
/// lines are too many and which sections are the longest; nothing is ever cut.
#[derive(Args, Debug)]
pub(super) struct Propose {
    /// Which proposal, by its id
    #[arg(value_name = "ID")]
    id: String,
    /// Where to put it, `-` for standard output [default: ID.pdf]
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// The size of the page [default: as `portfolio.yaml` says, else a4]
    #[arg(long, value_name = "SIZE")]
    paper: Option<Size>,
    /// Whom it is for, as declared under `readers:`; `me` sees all
    #[arg(long = "for", value_name = "READER", default_value = project::ME)]
    reader: String,
    /// Let it be longer than one page
    #[arg(long)]
    allow_overflow: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Size {
    /// 210 by 297 mm
    A4,
    /// 8.5 by 11 in
    Letter,
}

impl Propose {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        if !IS_IN_THIS_BUILD {
            return Err(Failure::Usage(Fault::NotInThisBuild.to_string()));
        }
        let project = Project::find(global)?;
        let Some((loaded, redacted)) = project.for_reader(&self.reader, terminal)? else {
            return Ok(Status::Faulty);
        };
        let header = self.proposal(redacted.portfolio())?;
        let output = Output::new(self.pdf.clone().unwrap_or_else(|| format!("{}.pdf", header.id).into()));

        let (theme, _) = loaded.theme()?;
        let (bytes, printed) = match self.printed(theme, &redacted, header, &project) {
            Ok(made) => made,
            Err(fault) => {
                self.complain(&fault, header, &project, &loaded, terminal);
                return Ok(Status::Faulty);
            }
        };
        let refusal = " and was not made by bailiwick; name another file, or take it away";
        output.write(&bytes, paper::is_ours, refusal, terminal)?;
        report(&printed, &output, terminal);
        Ok(Status::Done)
    }

    /// The proposal of that id, if the reader may see one.
    fn proposal<'a>(&self, portfolio: &'a Portfolio) -> Result<&'a Header, Failure> {
        let found = portfolio.header_or_alias(&self.id);
        if let Some(header) = found.filter(|header| header.kind == Kind::Proposal) {
            return Ok(header);
        }
        let known = || portfolio.of_kind(Kind::Proposal).map(|header| header.id.as_str());
        let hint = match (nearest(&self.id, known()), known().next()) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, Some(_)) => format!("there are {}", one_of(known())),
            (None, None) => "there are none".to_owned(),
        };
        let whose =
            if self.reader == project::ME { String::new() } else { format!(" for `{}`", self.reader) };
        Err(Failure::Usage(format!("there is no proposal `{}`{whose}; {hint}", self.id)))
    }

    fn printed(
        &self,
        theme: &Theme,
        redacted: &Redacted,
        header: &Header,
        project: &Project,
    ) -> Result<(Vec<u8>, Printed), Fault> {
        let site = Site::in_words(redacted, project.today, theme.words());
        let size = self.paper.map(|size| match size {
            Size::A4 => Paper::A4,
            Size::Letter => Paper::Letter,
        });
        let papers = Papers::new(&site, theme).on(size).allowing_overflow(self.allow_overflow);
        let printed = papers.print(&header.id).expect("the proposal was just found")?;
        Ok((printed.fitted.sheets.pdf()?, printed))
    }

    fn complain(
        &self,
        fault: &Fault,
        header: &Header,
        project: &Project,
        loaded: &Loaded,
        terminal: &mut Terminal,
    ) {
        let mut report = Report::default();
        if fault.report(header, &mut report) {
            loaded.print(&report, project, &self.reader, terminal);
        } else {
            terminal.complain(&format!("error[template]: {fault}"));
        }
        terminal.complain("nothing was written");
    }
}

fn report(printed: &Printed, output: &Output, terminal: &mut Terminal) {
    let Printed { fitted, lacks_pictures } = printed;
    let how = match fitted.density {
        0 => "comfortably",
        1..=3 => "snugly",
        4..paper::TIGHTEST => "tightly",
        _ => "as tightly as can be read",
    };
    let without = if *lacks_pictures { "; there was no room for the pictures of its figures" } else { "" };
    match &fitted.overflow {
        Some(overflow) => {
            let pages = fitted.sheets.pages();
            terminal.message(&format!("{output}: {pages} pages; set as tightly as can be read, {overflow}"));
        }
        None => terminal.message(&format!("{output}: one page, set {how}{without}")),
    }
}
