//! An agreement: what was agreed in writing.

use super::common::Shift;
use super::record::{entry, words};
use crate::text::{Date, Id, Text};

entry! {
    /// What was agreed in writing.
    pub struct Agreement as RawAgreement {
        required {}
        optional {
            /// Where it stands; `draft` unless said otherwise.
            status: AgreementStatus,
            /// The proposal that it answers.
            proposal: Id,
            /// The day to look at it again.
            revisit_by: Date,
            /// The last day on which it holds.
            expires: Date,
        }
        lists {
            /// Between whom.
            parties: Text,
            /// The decision rights that it grants.
            grants: Shift,
            /// What is not decided without input.
            boundaries: Text,
            /// What it depends on.
            conditions: Text,
            /// The agreements that this one takes the place of.
            supersedes: Id,
        }
    }
}

words! {
    /// Where an agreement stands.
    pub enum AgreementStatus {
        /// Not yet agreed.
        Draft = "draft",
        /// Agreed.
        Agreed = "agreed",
        /// Its time is over.
        Expired = "expired",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}
