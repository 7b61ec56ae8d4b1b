//! `schema`: the file format for editors.

use clap::Args;
use serde_json::Value;

use super::{Failure, Status, Terminal};
use crate::model::{Kind, schema};
use crate::text::{Scalar, nearest};

/// Print the JSON Schema of a kind of entry, or of `portfolio.yaml`
///
/// The schemas are derived from the types that read the files, so that an editor knows what `check` knows.
#[derive(Args, Debug)]
pub(super) struct Schema {
    /// scope, decision, pilot, proposal, agreement, check-in, feedback, constraint, page, program or portfolio
    /// [default: all of them, by name]
    #[arg(value_name = "KIND", value_parser = what)]
    kind: Option<What>,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Portfolio,
    Entry(Kind),
}

fn what(text: &str) -> Result<What, String> {
    if text == "portfolio" {
        return Ok(What::Portfolio);
    }
    Kind::parse(text).map(What::Entry).map_err(|why| {
        let names = Kind::ALL.iter().map(|kind| kind.word()).chain(["portfolio"]);
        nearest(text, names).map_or(why, |meant| format!("did you mean `{meant}`?"))
    })
}

impl Schema {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Status, Failure> {
        let text = match self.kind {
            Some(What::Portfolio) => pretty(schema::of_config()),
            Some(What::Entry(kind)) => pretty(schema::of_kind(kind)),
            None => {
                let kinds =
                    Kind::ALL.iter().map(|kind| (kind.word().to_owned(), schema::of_kind(*kind).clone()));
                let config = ("portfolio".to_owned(), schema::of_config().clone());
                pretty(&Value::Object(kinds.chain([config]).collect()))
            }
        };
        terminal.result(&text)?;
        Ok(Status::Done)
    }
}

/// A schema as text that ends with a line feed.
pub(super) fn pretty(schema: &Value) -> String {
    let mut text = serde_json::to_string_pretty(schema).expect("a schema always serialises");
    text.push('\n');
    text
}
