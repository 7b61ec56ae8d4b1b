//! Which entry points at which, through its fields.

use std::fmt;

use super::common::Shift;
use super::record::{Either, List};
use super::{Agreement, Decision, Header, Kind, Pilot, Portfolio, Proposal};
use crate::text::{Id, RightRef};

/// One field of one entry that names another entry or a decision right.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The entry that has the field.
    pub from: &'a Header,
    /// The path of the field.
    pub field: String,
    /// What it names.
    pub to: Referent<'a>,
}

/// What a field can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Referent<'a> {
    /// An entry of that kind; of any kind if there is none.
    Entry(&'a Id, Option<Kind>),
    /// A decision right.
    Right(&'a RightRef),
}

/// All references of all entries, in the order of kinds, ids and fields.
pub fn references(portfolio: &Portfolio) -> Vec<Reference<'_>> {
    portfolio.headers().flat_map(|header| references_of(portfolio, header)).collect()
}

/// The references of one entry, in the order of its fields.
pub fn references_of<'a>(portfolio: &'a Portfolio, header: &'a Header) -> Vec<Reference<'a>> {
    let mut references = Vec::new();
    each_reference(portfolio, header, |field, to| {
        references.push(Reference { from: header, field: field.to_string(), to });
    });
    references
}

/// The same without keeping them: the path of a field is written only if somebody asks for it.
pub fn each_reference<'a>(
    portfolio: &'a Portfolio,
    header: &'a Header,
    mut visit: impl FnMut(fmt::Arguments, Referent<'a>),
) {
    let mut all = Visitor { from: header, visit: &mut visit };
    all.common();
    let id = &header.id;
    match header.kind {
        Kind::Decision => portfolio.decision(id).into_iter().for_each(|it| all.decision(it)),
        Kind::Pilot => portfolio.pilot(id).into_iter().for_each(|it| all.pilot(it)),
        Kind::Proposal => portfolio.proposal(id).into_iter().for_each(|it| all.proposal(it)),
        Kind::Agreement => portfolio.agreement(id).into_iter().for_each(|it| all.agreement(it)),
        Kind::CheckIn => portfolio.check_in(id).into_iter().for_each(|it| {
            all.entry("scope", it.scope.as_ref(), Kind::Scope);
            all.entry("pilot", it.pilot.as_ref(), Kind::Pilot);
        }),
        Kind::Feedback => {
            portfolio.feedback_entry(id).into_iter().for_each(|it| all.entries("about", &it.about, None));
        }
        Kind::Constraint => portfolio
            .constraint(id)
            .into_iter()
            .for_each(|it| all.entry("scope", it.scope.as_ref(), Kind::Scope)),
        Kind::Program => {
            portfolio.program.iter().for_each(|it| all.entry("scope", it.scope.as_ref(), Kind::Scope));
        }
        Kind::Scope | Kind::Page => {}
    }
}

struct Visitor<'a, 'v> {
    from: &'a Header,
    visit: &'v mut dyn FnMut(fmt::Arguments, Referent<'a>),
}

impl<'a> Visitor<'a, '_> {
    fn common(&mut self) {
        self.entries("related", &self.from.common.related, None);
        for (index, evidence) in self.from.common.evidence.iter().enumerate() {
            if let Either::Short(id) = evidence {
                (self.visit)(format_args!("evidence[{index}]"), Referent::Entry(id, None));
            }
        }
    }

    fn decision(&mut self, decision: &'a Decision) {
        self.entry("scope", decision.scope.as_ref(), Kind::Scope);
        self.right("right", decision.right.as_ref());
        self.entries("supersedes", &decision.supersedes, Some(Kind::Decision));
        self.entries("superseded_by", &decision.superseded_by, Some(Kind::Decision));
    }

    fn pilot(&mut self, pilot: &'a Pilot) {
        self.entry("scope", pilot.scope.as_ref(), Kind::Scope);
        self.right("tests.right", pilot.tests.as_ref().map(|tests| &tests.right));
    }

    fn proposal(&mut self, proposal: &'a Proposal) {
        self.entry("scope", proposal.scope.as_ref(), Kind::Scope);
        self.entry("pilot", proposal.pilot.as_ref(), Kind::Pilot);
        self.shifts("wants", &proposal.wants);
    }

    fn agreement(&mut self, agreement: &'a Agreement) {
        self.entry("proposal", agreement.proposal.as_ref(), Kind::Proposal);
        self.shifts("grants", &agreement.grants);
        self.entries("supersedes", &agreement.supersedes, Some(Kind::Agreement));
    }

    fn entry(&mut self, field: &str, id: Option<&'a Id>, kind: Kind) {
        if let Some(id) = id {
            (self.visit)(format_args!("{field}"), Referent::Entry(id, Some(kind)));
        }
    }

    fn entries(&mut self, field: &str, ids: &'a List<Id>, kind: Option<Kind>) {
        for (index, id) in ids.iter().enumerate() {
            (self.visit)(format_args!("{field}[{index}]"), Referent::Entry(id, kind));
        }
    }

    fn right(&mut self, field: &str, right: Option<&'a RightRef>) {
        if let Some(right) = right {
            (self.visit)(format_args!("{field}"), Referent::Right(right));
        }
    }

    fn shifts(&mut self, field: &str, shifts: &'a List<Shift>) {
        for (index, shift) in shifts.iter().enumerate() {
            (self.visit)(format_args!("{field}[{index}].right"), Referent::Right(&shift.right));
        }
    }
}
