//! `export`: the portfolio as data.

use clap::Subcommand;

use super::project::{self, Project};
use super::{Failure, Global, Status, Terminal};
use crate::render;
use crate::view::Site;

/// Print the portfolio as data
#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Print everything that a reader may see as one JSON document, the same as `portfolio.json` in the site
    Json {
        /// For whom, as declared under `readers:`; `me` sees all
        #[arg(long = "for", value_name = "READER", default_value = project::ME)]
        reader: String,
    },
}

impl Export {
    pub(super) fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Status, Failure> {
        let Self::Json { reader } = self;
        let project = Project::find(global)?;
        let Some((_, redacted)) = project.for_reader(reader, terminal)? else {
            return Ok(Status::Faulty);
        };
        terminal.result(&render::portfolio_json(&Site::new(&redacted, project.today)))?;
        Ok(Status::Done)
    }
}
