//! A scope: an area of ownership, with the decision rights in it.

use super::common::{Delegation, Metric, Reversibility};
use super::record::{entry, record, words};
use crate::text::{Date, Id, Scalar, Text, slug};

entry! {
    /// An area of ownership.
    pub struct Scope as RawScope {
        required {}
        optional {
            /// Whether I own it now; `active` unless said otherwise.
            status: ScopeStatus,
            /// The day since when I own it.
            since: Date,
            /// How far my say goes.
            autonomy: Autonomy,
            /// How free I am, respect by respect.
            freedom: Freedom,
        }
        lists {
            /// What the work must live up to, whoever does it.
            standards: Text,
            /// How it is seen whether the work goes well.
            outcomes: Metric,
            /// Decisions that I will not take without input.
            boundaries: Text,
            /// Who has a stake in it.
            stakeholders: Stakeholder,
            /// What I promised.
            commitments: Commitment,
            /// What may be decided, and by whom.
            decision_rights: DecisionRight,
        }
    }
}

words! {
    /// Whether a scope is owned now.
    pub enum ScopeStatus {
        /// I own it.
        Active = "active",
        /// It rests.
        Paused = "paused",
        /// I gave it up.
        Retired = "retired",
    }
}

words! {
    /// How far my say goes.
    pub enum Autonomy {
        /// I own the method.
        Procedural = "procedural",
        /// I own method and timing within standards.
        Decision = "decision",
        /// I shape priorities and trade-offs.
        Strategic = "strategic",
    }
}

words! {
    /// How free I am in one respect.
    pub enum Degree {
        /// Wholly.
        Full = "full",
        /// Within limits.
        Partial = "partial",
        /// Not at all.
        None = "none",
    }
}

record! {
    /// How free I am, respect by respect.
    pub struct Freedom {
        required {}
        optional {
            /// How the work is done.
            methods: Degree,
            /// When it is done.
            timing: Degree,
            /// What comes first.
            priorities: Degree,
            /// What it is for.
            outcomes: Degree,
            /// With what means.
            resources: Degree,
        }
        lists {}
    }
}

record! {
    /// Somebody with a stake in a scope.
    pub struct Stakeholder {
        required {
            /// Who.
            name: Text,
        }
        optional {
            /// What they are.
            role: Text,
            /// What they care about.
            interest: Text,
            /// Where they stand.
            stance: Stance,
            /// What worries them.
            concern: Text,
        }
        lists {}
    }
}

words! {
    /// Where a stakeholder stands.
    pub enum Stance {
        /// In favour.
        Supports = "supports",
        /// Neither.
        Neutral = "neutral",
        /// Worried.
        Concerned = "concerned",
    }
}

record! {
    /// Something that I promised.
    pub struct Commitment {
        required {
            /// What.
            what: Text,
            /// By which day.
            due: Date,
        }
        optional {
            /// The day I kept it.
            kept: Date,
            /// Why I did not.
            missed: Text,
        }
        lists {}
    }
}

record! {
    /// An area in which decisions fall, and who takes them.
    pub struct DecisionRight {
        required {
            /// What is decided.
            area: Text,
            /// Who decides now.
            delegation: Delegation,
        }
        optional {
            /// Its name within the scope; else the slug of the area.
            id: Id,
            /// Who should decide.
            wanted: Delegation,
            /// Whether such a decision can be taken back.
            reversibility: Reversibility,
            /// When I tell my manager.
            report: ReportDuty,
            /// How far the right goes.
            limits: Text,
        }
        lists {}
    }
}

words! {
    /// When my manager is told of a decision.
    pub enum ReportDuty {
        /// Never as such.
        None = "none",
        /// Afterwards.
        After = "after",
        /// Beforehand.
        Before = "before",
        /// It is taken together.
        Jointly = "jointly",
    }
}

impl DecisionRight {
    /// Its name within the scope; `None` if the area gives no slug and no `id` is named.
    pub fn id(&self) -> Option<Id> {
        self.id.clone().or_else(|| Id::parse(&slug(&self.area)).ok())
    }
}
