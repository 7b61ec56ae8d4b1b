//! A proposal: one page that asks for something.

use super::common::{Escalation, Metric, Review, Safeguard, Shift};
use super::record::{entry, record, words};
use crate::text::{Date, Id, Text};

entry! {
    /// One page that asks for more latitude.
    pub struct Proposal as RawProposal {
        required {
            /// What I ask, in one sentence.
            ask: Text,
        }
        optional {
            /// Where it stands; `draft` unless said otherwise.
            status: ProposalStatus,
            /// The scope it is about.
            scope: Id,
            /// The pilot that it offers.
            pilot: Id,
            /// The smaller step that I would also accept.
            alternatives: Text,
            /// The day by which I need an answer.
            decision_needed_by: Date,
            /// What was answered.
            answer: Answer,
        }
        lists {
            /// Whom I ask.
            to: Text,
            /// The decision rights that I ask for.
            wants: Shift,
            /// What others gain, in their terms.
            benefits: Text,
            /// How it will be seen whether it works; else the pilot's figures.
            success_metrics: Metric,
            /// What is done about what could go wrong; else the pilot's.
            safeguards: Safeguard,
            /// When somebody else is called in; else the pilot's.
            escalations: Escalation,
            /// What I will not decide without you; else the scope's.
            boundaries: Text,
            /// What could go wrong, and what I would do.
            risks: NamedRisk,
            /// The days on which we look at it; else the pilot's.
            reviews: Review,
            /// Who is in favour.
            allies: Ally,
        }
    }
}

words! {
    /// Where a proposal stands.
    pub enum ProposalStatus {
        /// Not yet sent.
        Draft = "draft",
        /// Sent, not yet answered.
        Sent = "sent",
        /// Yes.
        Accepted = "accepted",
        /// No.
        Declined = "declined",
        /// Something else was offered.
        Countered = "countered",
        /// I took it back.
        Withdrawn = "withdrawn",
    }
}

record! {
    /// What could go wrong, and what I would do.
    pub struct NamedRisk {
        required {
            /// What could go wrong.
            risk: Text,
        }
        optional {
            /// What I would do.
            mitigation: Text,
        }
        lists {}
    }
}

record! {
    /// Somebody in favour.
    pub struct Ally {
        required {
            /// Who.
            name: Text,
        }
        optional {
            /// What they are.
            role: Text,
            /// What they say.
            note: Text,
        }
        lists {}
    }
}

record! {
    /// What was answered.
    pub struct Answer {
        required {
            /// The day.
            date: Date,
            /// In a word.
            decision: AnswerDecision,
        }
        optional {
            /// In their words.
            note: Text,
        }
        lists {}
    }
}

words! {
    /// What was answered, in a word.
    pub enum AnswerDecision {
        /// Yes.
        Accepted = "accepted",
        /// No.
        Declined = "declined",
        /// Something else was offered.
        Countered = "countered",
    }
}
