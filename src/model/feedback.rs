//! Feedback: what others said.

use super::record::{entry, words};
use crate::text::{Id, Text};

entry! {
    /// What somebody else said.
    pub struct Feedback as RawFeedback {
        required {}
        optional {
            /// Who said it.
            from: Text,
            /// What they are to me.
            role: FeedbackRole,
            /// When and where.
            situation: Text,
            /// What I did.
            behaviour: Text,
            /// What came of it.
            impact: Text,
            /// In their words.
            quote: Text,
            /// Whether I may show their words; `false` unless said otherwise.
            quote_permission: bool,
        }
        lists {
            /// The entries it is about.
            about: Id,
        }
    }
}

words! {
    /// What somebody is to me.
    pub enum FeedbackRole {
        /// Works beside me.
        Peer = "peer",
        /// Leads me.
        Manager = "manager",
        /// Depends on what I do.
        Stakeholder = "stakeholder",
    }
}
