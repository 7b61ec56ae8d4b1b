//! Words that several pages use.

use serde::Serialize;

use crate::evaluate::delegation::Names;
use crate::evaluate::safety::{NO_PLAN_MENDS_IT, NOT_LEGAL_ADVICE, PROPER_CHANNELS};
use crate::model::common::Delegation;

/// A level of delegation, from both sides of the table.
#[derive(Clone, Debug, Serialize)]
pub struct Level {
    /// Its name.
    pub word: Delegation,
    /// From 1 to 7.
    pub step: u8,
    /// Who decides, in words.
    pub phrasing: Phrasing,
}

/// Who decides at a level, in words.
#[derive(Clone, Debug, Serialize)]
pub struct Phrasing {
    /// As it is said to the manager.
    pub manager: String,
    /// As I say it.
    pub me: String,
}

/// What is worked out of a decision right.
#[derive(Serialize)]
pub(super) struct ComputedRight {
    pub(super) phrasing: Phrasing,
}

impl Level {
    pub(super) fn new(names: Names, level: Delegation) -> Self {
        Self { word: level, step: level.level(), phrasing: Phrasing::new(names, level) }
    }
}

impl Phrasing {
    pub(super) fn new(names: Names, level: Delegation) -> Self {
        Self { manager: names.to_manager(level), me: names.by_me(level) }
    }
}

/// What this program is not, and where to go instead.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SafetyWords {
    /// What it is.
    pub not_legal_advice: &'static str,
    /// When to go elsewhere.
    pub proper_channels: &'static str,
    /// What a plan cannot do.
    pub no_plan_mends_it: &'static str,
}

impl SafetyWords {
    pub(super) fn new() -> Self {
        Self {
            not_legal_advice: NOT_LEGAL_ADVICE,
            proper_channels: PROPER_CHANNELS,
            no_plan_mends_it: NO_PLAN_MENDS_IT,
        }
    }
}
