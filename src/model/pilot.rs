//! A pilot: a time-boxed trial with a target set beforehand.

use super::common::{Direction, Escalation, Observations, Review, Safeguard, Shift, held_against_target};
use super::record::{entry, record, words};
use crate::text::{Count, Date, Id, Number, Text};

entry! {
    /// A time-boxed trial.
    pub struct Pilot as RawPilot {
        required {
            /// The first day.
            starts: Date,
            /// The one figure that decides.
            primary: Primary,
        }
        optional {
            /// The scope it is run in.
            scope: Id,
            /// The decision right it tries out.
            tests: Shift,
            /// What is thought to happen, and why.
            hypothesis: Text,
            /// The last day.
            ends: Date,
            /// How much is at stake.
            risk: Risk,
            /// What happens if it fails.
            fallback: Text,
            /// What was decided at the end.
            verdict: DeclaredVerdict,
        }
        lists {
            /// The days on which it is looked at together.
            reviews: Review,
            /// Figures that must not get worse.
            guardrails: Guardrail,
            /// What is done about what could go wrong.
            safeguards: Safeguard,
            /// When somebody else is called in.
            escalations: Escalation,
            /// What was changed on the way, and why.
            amendments: Amendment,
        }
    }
}

words! {
    /// How much is at stake.
    pub enum Risk {
        /// Little.
        Low = "low",
        /// Something.
        Medium = "medium",
        /// Much.
        High = "high",
    }
}

held_against_target! {
    /// The one figure that decides a pilot.
    pub struct Primary {
        required {
            /// Which way is better.
            direction: Direction,
            /// Where it should be.
            target: Number,
        }
        optional {}
    }
}

record! {
    /// A figure that must not get worse while the pilot runs.
    pub struct Guardrail {
        required {
            /// What is measured.
            name: Text,
            /// Which way is better.
            direction: Direction,
            /// The worst value that is still within bounds.
            limit: Number,
        }
        optional {
            /// What it is counted in.
            unit: Text,
            /// How often it may be out of bounds; 0 unless said otherwise.
            allowed_breaches: Count,
            /// What was promised for that case.
            on_breach: Text,
            /// Where the figures come from.
            source: Text,
            /// The figures, or a CSV file beside the entry with the columns `date,value,note`.
            observations: Observations,
        }
        lists {}
    }
}

record! {
    /// A change to a running pilot, said openly.
    pub struct Amendment {
        required {
            /// The day.
            date: Date,
            /// What was changed.
            change: Text,
        }
        optional {
            /// Why.
            why: Text,
        }
        lists {}
    }
}

record! {
    /// What was decided at the end of a pilot.
    pub struct DeclaredVerdict {
        required {
            /// The day.
            date: Date,
            /// In a word.
            decision: Verdict,
        }
        optional {
            /// Who decided.
            by: Text,
            /// Why.
            note: Text,
        }
        lists {}
    }
}

words! {
    /// What comes of a pilot.
    pub enum Verdict {
        /// What was tried becomes the rule.
        Adopt = "adopt",
        /// It is tried for longer.
        Extend = "extend",
        /// All goes back to how it was.
        Revert = "revert",
        /// Nothing can be concluded.
        Inconclusive = "inconclusive",
    }
}
