//! One entry: what every entry has, its text, and the fields of its kind.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::common::{Common, Evidence};
use super::record::Either;
use super::{
    Agreement, CheckIn, Constraint, Decision, Feedback, Kind, Page, Pilot, Program, Proposal, Scope,
};
use crate::report::Place;
use crate::source::SourcePath;
use crate::text::prose::Prose;
use crate::text::{Date, Id, Text};

/// The fields of one kind, and how they are told from those which every entry has.
pub trait Fields: Sized {
    /// All fields as one flat mapping: what is read.
    type Raw: DeserializeOwned + schemars::JsonSchema;

    /// Takes what was read apart.
    fn split(raw: Self::Raw) -> (Common, Option<Text>, Self);
}

/// What every entry has, whatever its kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Its name.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// The file that it was read from.
    pub file: SourcePath,
    /// The fields that every entry has.
    pub common: Common,
    /// Its text.
    pub body: Prose,
}

/// One entry of a kind. Its fields are at hand directly: `pilot.starts`.
///
/// Copies share what they hold until one of them is changed, so that a portfolio and what is cut from it, or
/// the same portfolio a moment later, do not hold ten thousand texts twice.
#[derive(Debug, PartialEq)]
pub struct Entry<T> {
    /// What every entry has.
    pub header: Arc<Header>,
    /// The fields of its kind.
    pub fields: Arc<T>,
}

// Derived, it would ask that `T` can be copied, which nothing here needs.
impl<T> Clone for Entry<T> {
    fn clone(&self) -> Self {
        Self { header: Arc::clone(&self.header), fields: Arc::clone(&self.fields) }
    }
}

impl<T> Deref for Entry<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.fields
    }
}

impl<T: Clone> DerefMut for Entry<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.fields)
    }
}

impl<T> Entry<T> {
    /// Joins what every entry has with the fields of its kind.
    pub fn new(header: Header, fields: T) -> Self {
        Self { header: Arc::new(header), fields: Arc::new(fields) }
    }

    /// Its name.
    pub fn id(&self) -> &Id {
        &self.header.id
    }

    /// The place of one of its fields, for a report.
    pub fn at(&self, path: impl Into<String>) -> Place {
        self.header.at(path)
    }
}

impl Header {
    /// What it is called: its `title`, else its first heading, else its id.
    pub fn title(&self) -> &str {
        match (&self.common.title, self.body.title_heading()) {
            (Some(title), _) => title,
            (None, Some(heading)) => &heading.text,
            (None, None) => self.id.as_str(),
        }
    }

    /// The day it is about: its `date`, else the date that its id begins with.
    pub fn date(&self) -> Option<Date> {
        self.common.date.or_else(|| self.id.date_prefix())
    }

    /// The evidence that is written out here, each with its place in the list. Entries that are named as
    /// evidence are left out.
    pub fn written_evidence(&self) -> impl Iterator<Item = (usize, &Evidence)> {
        self.common.evidence.iter().enumerate().filter_map(|(index, evidence)| match evidence {
            Either::Long(evidence) => Some((index, evidence)),
            Either::Short(_) => None,
        })
    }

    /// The place of one of its fields, for a report.
    pub fn at(&self, path: impl Into<String>) -> Place {
        Place::field(&self.file, path)
    }
}

/// An entry of any kind.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each variant is the kind of its name")]
pub enum AnyEntry {
    Scope(Entry<Scope>),
    Decision(Entry<Decision>),
    Pilot(Entry<Pilot>),
    Proposal(Entry<Proposal>),
    Agreement(Entry<Agreement>),
    CheckIn(Entry<CheckIn>),
    Feedback(Entry<Feedback>),
    Constraint(Entry<Constraint>),
    Page(Entry<Page>),
    Program(Entry<Program>),
}

impl AnyEntry {
    /// What every entry has.
    pub fn header(&self) -> &Header {
        match self {
            Self::Scope(entry) => &entry.header,
            Self::Decision(entry) => &entry.header,
            Self::Pilot(entry) => &entry.header,
            Self::Proposal(entry) => &entry.header,
            Self::Agreement(entry) => &entry.header,
            Self::CheckIn(entry) => &entry.header,
            Self::Feedback(entry) => &entry.header,
            Self::Constraint(entry) => &entry.header,
            Self::Page(entry) => &entry.header,
            Self::Program(entry) => &entry.header,
        }
    }
}
