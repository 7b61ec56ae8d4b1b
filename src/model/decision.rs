//! A decision: what was decided, why, and how it turned out.

use super::common::Reversibility;
use super::record::{Either, entry, record, words};
use crate::text::{Date, Id, Number, RightRef, Text};

entry! {
    /// A decision, in the words of MADR 4.
    pub struct Decision as RawDecision {
        required {}
        optional {
            /// Where it stands; `proposed` unless said otherwise.
            status: DecisionStatus,
            /// The scope it falls in.
            scope: Id,
            /// The decision right that it uses.
            right: RightRef,
            /// What was chosen.
            outcome: Text,
            /// Whether it can be taken back.
            reversibility: Reversibility,
            /// The day I told my manager.
            reported: Date,
            /// How sure I was that it would turn out as expected, from 0 to 1.
            confidence: Number,
            /// What I expected of it.
            expected: Text,
            /// The day to look at it again.
            revisit_by: Date,
            /// What would make me look at it again.
            revisit_if: Text,
            /// How it turned out.
            result: Outcome,
        }
        lists {
            /// Who decided.
            decision_makers: Text,
            /// Whose advice was asked.
            consulted: Text,
            /// Who was told.
            informed: Text,
            /// What mattered.
            drivers: Text,
            /// What could have been chosen.
            options: Alternative,
            /// The decisions that this one takes the place of.
            supersedes: Id,
            /// The decision that took the place of this one.
            superseded_by: Id,
        }
    }
}

words! {
    /// Where a decision stands.
    pub enum DecisionStatus {
        /// Not yet taken.
        Proposed = "proposed",
        /// Taken, and in force.
        Accepted = "accepted",
        /// Decided against.
        Rejected = "rejected",
        /// No longer followed.
        Deprecated = "deprecated",
        /// Another took its place.
        Superseded = "superseded",
    }
}

/// What could have been chosen: a title, or more about it.
pub type Alternative = Either<Text, WeighedOption>;

record! {
    /// What could have been chosen, with what spoke for and against it.
    pub struct WeighedOption {
        required {
            /// What.
            title: Text,
        }
        optional {}
        lists {
            /// What spoke for it.
            pros: Text,
            /// What spoke against it.
            cons: Text,
        }
    }
}

record! {
    /// How a decision turned out.
    pub struct Outcome {
        required {
            /// The day this was judged.
            date: Date,
            /// In a word.
            verdict: OutcomeVerdict,
        }
        optional {
            /// What changed.
            changed: Text,
            /// What failed.
            failed: Text,
            /// What was handed up.
            escalated: Text,
            /// What I learned.
            learned: Text,
            /// What comes next.
            next: Text,
        }
        lists {}
    }
}

words! {
    /// How a decision turned out, in a word.
    pub enum OutcomeVerdict {
        /// As expected.
        AsExpected = "as-expected",
        /// In part.
        Mixed = "mixed",
        /// Worse.
        Setback = "setback",
    }
}
