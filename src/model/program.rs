//! The 30-day program, and pages of any other kind.

use super::record::entry;
use crate::text::{Date, Id, Text};

entry! {
    /// Thirty days from clarity over responsibility to influence.
    pub struct Program as RawProgram {
        required {
            /// The first day.
            starts: Date,
        }
        optional {
            /// What I take on.
            challenge: Text,
            /// The scope it is about.
            scope: Id,
        }
        lists {}
    }
}

entry! {
    /// Anything else.
    pub struct Page as RawPage {
        required {}
        optional {}
        lists {}
    }
}
