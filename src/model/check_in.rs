//! A check-in: a status report.

use super::record::{entry, words};
use crate::text::{Id, Text};

entry! {
    /// A status report.
    pub struct CheckIn as RawCheckIn {
        required {}
        optional {
            /// The scope it is about.
            scope: Id,
            /// The pilot it is about.
            pilot: Id,
            /// How it stands.
            confidence: Confidence,
            /// What changed.
            changed: Text,
            /// What failed.
            failed: Text,
            /// What was handed up.
            escalated: Text,
            /// What comes next.
            next: Text,
        }
        lists {
            /// With whom it was held; a reader's name counts for the rhythm that was promised to them.
            with: Text,
        }
    }
}

words! {
    /// How something stands.
    pub enum Confidence {
        /// As it should.
        OnTrack = "on-track",
        /// It may go wrong.
        AtRisk = "at-risk",
        /// It goes wrong.
        OffTrack = "off-track",
    }
}
