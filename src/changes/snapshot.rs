//! One entry as it stands, ready to be compared: all its fields, with what they mean where nothing is written.

use std::borrow::Cow;

use crate::model::common::Common;
use crate::model::tree::{Leaf, Record, ToTree, Tree};
use crate::model::{Entry, Header, Kind, Portfolio};
use crate::redact::Redacted;
use crate::text::Id;

/// An entry, or the portfolio itself, as one reader may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Its id; `None` for `portfolio.yaml`.
    pub id: Option<Id>,
    /// Its kind; `None` for `portfolio.yaml`.
    pub kind: Option<Kind>,
    /// What it is called.
    pub title: String,
    /// The ids that it had before.
    pub aliases: Vec<Id>,
    /// All its fields, the text as `body`.
    pub fields: Record,
}

impl Snapshot {
    /// The portfolio and all its entries, kind by kind, in the order of ids.
    pub fn all(redacted: &Redacted) -> Vec<Self> {
        let portfolio = redacted.portfolio();
        let mut all = vec![Self::of_portfolio(portfolio)];
        all.extend(Self::entries(portfolio));
        all
    }

    /// The entry of that id.
    pub fn of(redacted: &Redacted, id: &Id) -> Option<Self> {
        let portfolio = redacted.portfolio();
        let header = portfolio.header(id.as_str())?;
        match header.kind {
            Kind::Scope => portfolio.scope(id).map(Self::of_entry),
            Kind::Decision => portfolio.decision(id).map(Self::of_entry),
            Kind::Pilot => portfolio.pilot(id).map(Self::of_entry),
            Kind::Proposal => portfolio.proposal(id).map(Self::of_entry),
            Kind::Agreement => portfolio.agreement(id).map(Self::of_entry),
            Kind::CheckIn => portfolio.check_in(id).map(Self::of_entry),
            Kind::Feedback => portfolio.feedback_entry(id).map(Self::of_entry),
            Kind::Constraint => portfolio.constraint(id).map(Self::of_entry),
            Kind::Page => portfolio.page(id).map(Self::of_entry),
            Kind::Program => portfolio.program.as_ref().map(Self::of_entry),
        }
    }

    /// The one entry of a portfolio that holds no other.
    pub fn sole(redacted: &Redacted) -> Option<Self> {
        let header = redacted.portfolio().headers().next()?;
        Self::of(redacted, &header.id)
    }

    fn of_portfolio(portfolio: &Portfolio) -> Self {
        let config = &portfolio.config;
        let Tree::Record(mut fields) = config.tree() else { unreachable!("a configuration is a record") };
        fill(&mut fields);
        Self { id: None, kind: None, title: config.title.to_string(), aliases: Vec::new(), fields }
    }

    fn entries(portfolio: &Portfolio) -> Vec<Self> {
        fn all<T: ToTree>(entries: &[Entry<T>], into: &mut Vec<Snapshot>) {
            into.extend(entries.iter().map(Snapshot::of_entry));
        }
        let mut found = Vec::new();
        all(&portfolio.scopes, &mut found);
        all(&portfolio.decisions, &mut found);
        all(&portfolio.pilots, &mut found);
        all(&portfolio.proposals, &mut found);
        all(&portfolio.agreements, &mut found);
        all(&portfolio.check_ins, &mut found);
        all(&portfolio.feedback, &mut found);
        all(&portfolio.constraints, &mut found);
        all(&portfolio.pages, &mut found);
        all(portfolio.program.as_slice(), &mut found);
        found
    }

    fn of_entry<T: ToTree>(entry: &Entry<T>) -> Self {
        let Tree::Record(own) = entry.fields.tree() else {
            unreachable!("the fields of a kind are a record")
        };
        let mut fields = Record { of: own.of, fields: of_header(&entry.header) };
        fields.fields.extend(own.fields);
        fields.fields.push((Cow::Borrowed("body"), text(&entry.header.body.text)));
        fill(&mut fields);
        Self {
            id: Some(entry.id().clone()),
            kind: Some(entry.header.kind),
            title: entry.header.title().to_owned(),
            aliases: entry.header.common.aliases.to_vec(),
            fields,
        }
    }
}

/// The fields that every entry has. Taken apart by name, so that a new one cannot be forgotten.
fn of_header(header: &Header) -> Vec<(Cow<'static, str>, Tree)> {
    let Common { title: _, summary, date: _, tags, readers, aliases, related, evidence } = &header.common;
    let fields = [
        ("title", text(header.title())),
        ("summary", summary.tree()),
        ("date", header.date().tree()),
        ("tags", tags.tree()),
        ("readers", readers.tree()),
        ("aliases", aliases.tree()),
        ("related", related.tree()),
        ("evidence", evidence.tree()),
    ];
    fields.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect()
}

fn text(text: &str) -> Tree {
    match text.trim() {
        "" => Tree::Nothing,
        text => Tree::Leaf(Leaf::Text(text.to_owned())),
    }
}

/// What holds where nothing is written: to write it out changes nothing.
fn default(record: &str, field: &str) -> Option<Leaf> {
    let text = |text: &str| Some(Leaf::Text(text.to_owned()));
    match (record, field) {
        ("Config", "language") => text("en"),
        ("Config", "theme") => text("default"),
        ("Config", "paper") => Some(Leaf::Word("a4")),
        ("Metric" | "Primary", "judge") => Some(Leaf::Word("last")),
        ("Metric" | "Primary", "minimum_observations") => Some(Leaf::Count(1)),
        ("Guardrail", "allowed_breaches") => Some(Leaf::Count(0)),
        ("Scope", "status") => Some(Leaf::Word("active")),
        ("Decision", "status") => Some(Leaf::Word("proposed")),
        ("Proposal" | "Agreement", "status") => Some(Leaf::Word("draft")),
        ("Constraint", "status") => Some(Leaf::Word("open")),
        ("Feedback", "quote_permission") => Some(Leaf::Flag(false)),
        _ => None,
    }
}

/// Puts in what holds where nothing is written.
fn fill(record: &mut Record) {
    let of = record.of;
    for (name, value) in &mut record.fields {
        match value {
            Tree::Nothing => {
                if let Some(leaf) = default(of, name) {
                    *value = Tree::Leaf(leaf);
                }
            }
            Tree::Leaf(_) => {}
            Tree::Record(inner) => fill(inner),
            Tree::List(items) => {
                for item in items {
                    if let Tree::Record(inner) = item {
                        fill(inner);
                    }
                }
            }
        }
    }
}
