//! Which entry points at which, through its fields.

use super::common::Shift;
use super::record::{Either, List};
use super::{Header, Kind, Portfolio};
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
    let mut all = Collector::default();
    for scope in &portfolio.scopes {
        all.common(&scope.header);
    }
    for decision in &portfolio.decisions {
        all.common(&decision.header);
        all.entry("scope", decision.scope.as_ref(), Kind::Scope);
        all.right("right", decision.right.as_ref());
        all.entries("supersedes", &decision.supersedes, Some(Kind::Decision));
        all.entries("superseded_by", &decision.superseded_by, Some(Kind::Decision));
    }
    for pilot in &portfolio.pilots {
        all.common(&pilot.header);
        all.entry("scope", pilot.scope.as_ref(), Kind::Scope);
        all.right("tests.right", pilot.tests.as_ref().map(|tests| &tests.right));
    }
    for proposal in &portfolio.proposals {
        all.common(&proposal.header);
        all.entry("scope", proposal.scope.as_ref(), Kind::Scope);
        all.entry("pilot", proposal.pilot.as_ref(), Kind::Pilot);
        all.shifts("wants", &proposal.wants);
    }
    for agreement in &portfolio.agreements {
        all.common(&agreement.header);
        all.entry("proposal", agreement.proposal.as_ref(), Kind::Proposal);
        all.shifts("grants", &agreement.grants);
        all.entries("supersedes", &agreement.supersedes, Some(Kind::Agreement));
    }
    for check_in in &portfolio.check_ins {
        all.common(&check_in.header);
        all.entry("scope", check_in.scope.as_ref(), Kind::Scope);
        all.entry("pilot", check_in.pilot.as_ref(), Kind::Pilot);
    }
    for feedback in &portfolio.feedback {
        all.common(&feedback.header);
        all.entries("about", &feedback.about, None);
    }
    for constraint in &portfolio.constraints {
        all.common(&constraint.header);
        all.entry("scope", constraint.scope.as_ref(), Kind::Scope);
    }
    for page in &portfolio.pages {
        all.common(&page.header);
    }
    if let Some(program) = &portfolio.program {
        all.common(&program.header);
        all.entry("scope", program.scope.as_ref(), Kind::Scope);
    }
    all.references
}

#[derive(Default)]
struct Collector<'a> {
    from: Option<&'a Header>,
    references: Vec<Reference<'a>>,
}

impl<'a> Collector<'a> {
    fn push(&mut self, field: impl Into<String>, to: Referent<'a>) {
        let from = self.from.expect("the fields which every entry has come first");
        self.references.push(Reference { from, field: field.into(), to });
    }

    fn common(&mut self, header: &'a Header) {
        self.from = Some(header);
        self.entries("related", &header.common.related, None);
        for (index, evidence) in header.common.evidence.iter().enumerate() {
            if let Either::Short(id) = evidence {
                self.push(format!("evidence[{index}]"), Referent::Entry(id, None));
            }
        }
    }

    fn entry(&mut self, field: &str, id: Option<&'a Id>, kind: Kind) {
        if let Some(id) = id {
            self.push(field, Referent::Entry(id, Some(kind)));
        }
    }

    fn entries(&mut self, field: &str, ids: &'a List<Id>, kind: Option<Kind>) {
        for (index, id) in ids.iter().enumerate() {
            self.push(format!("{field}[{index}]"), Referent::Entry(id, kind));
        }
    }

    fn right(&mut self, field: &str, right: Option<&'a RightRef>) {
        if let Some(right) = right {
            self.push(field, Referent::Right(right));
        }
    }

    fn shifts(&mut self, field: &str, shifts: &'a List<Shift>) {
        for (index, shift) in shifts.iter().enumerate() {
            self.push(format!("{field}[{index}].right"), Referent::Right(&shift.right));
        }
    }
}
