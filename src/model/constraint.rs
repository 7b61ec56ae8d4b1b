//! A constraint: what stands in the way.

use super::record::{entry, words};
use crate::text::{Date, Id, Text};

entry! {
    /// What stands in the way: a blocker, a constraint, or avoidable noise.
    pub struct Constraint as RawConstraint {
        required {
            /// What it is.
            r#type: ConstraintType,
        }
        optional {
            /// Where it stands; `open` unless said otherwise.
            status: ConstraintStatus,
            /// The day since when.
            since: Date,
            /// The scope it is felt in.
            scope: Id,
            /// How it shows.
            sign: Sign,
            /// What is behind it.
            driver: Driver,
            /// What set it off.
            trigger: Trigger,
            /// What it costs.
            cost: Text,
            /// Whether it is within reason; `false` keeps the entry for me alone.
            reasonable: bool,
            /// What I ask for.
            requested_change: Text,
            /// The day I asked.
            asked_on: Date,
            /// What was answered.
            answer: Text,
            /// The day of the answer.
            answered_on: Date,
        }
        lists {}
    }
}

words! {
    /// What stands in the way.
    pub enum ConstraintType {
        /// It stops the work.
        Blocker = "blocker",
        /// It narrows the work.
        Constraint = "constraint",
        /// It costs attention for nothing.
        Noise = "noise",
    }
}

words! {
    /// Where a constraint stands.
    pub enum ConstraintStatus {
        /// Nobody was asked yet.
        Open = "open",
        /// I asked to have it lifted.
        Asked = "asked",
        /// It is gone.
        Lifted = "lifted",
        /// It stays.
        Declined = "declined",
        /// I live with it, for good reasons.
        Accepted = "accepted",
    }
}

words! {
    /// How a lack of latitude shows.
    pub enum Sign {
        /// Routine work waits for a signature.
        RoutineSignOff = "routine-sign-off",
        /// The way of working is inspected, not its result.
        MethodChecking = "method-checking",
        /// Every new way is sent back to the standard one.
        StandardProcedureRedirect = "standard-procedure-redirect",
        /// Somebody else owns my calendar.
        CalendarControl = "calendar-control",
        /// Small changes need leave.
        MinorChangePermission = "minor-change-permission",
        /// Time and money cannot be moved.
        NoReallocation = "no-reallocation",
        /// Nothing may be tried.
        NoExperiments = "no-experiments",
        /// Following the rule counts more than its effect.
        AdherenceOverImpact = "adherence-over-impact",
        /// Granted in words, not in deeds.
        AcceptedInTheory = "accepted-in-theory",
        /// Others have it, I have not.
        UnevenLatitude = "uneven-latitude",
    }
}

words! {
    /// What is behind it.
    pub enum Driver {
        /// A wish to control.
        ControlBias = "control-bias",
        /// Trust is missing.
        TrustGap = "trust-gap",
        /// Nobody knows who decides.
        RoleAmbiguity = "role-ambiguity",
        /// Too much to do.
        WorkloadPressure = "workload-pressure",
        /// Skill and task do not fit.
        SkillMismatch = "skill-mismatch",
        /// It was always so.
        OrganizationalHabit = "organizational-habit",
        /// The figures look at one thing only.
        NarrowMetrics = "narrow-metrics",
    }
}

words! {
    /// What set it off.
    pub enum Trigger {
        /// A target was missed.
        MissedTarget = "missed-target",
        /// A new manager came.
        NewManager = "new-manager",
        /// Much is at stake.
        HighStakes = "high-stakes",
        /// The organization changes.
        Reorganization = "reorganization",
        /// Time is short.
        TightDeadline = "tight-deadline",
        /// An audit.
        Audit = "audit",
        /// People are missing.
        Understaffing = "understaffing",
        /// Different people say different things.
        MixedMessages = "mixed-messages",
        /// It was criticised in public.
        PublicCriticism = "public-criticism",
    }
}
