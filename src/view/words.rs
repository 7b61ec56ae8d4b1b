//! Words that several pages use.

use serde::Serialize;

use super::site::Site;
use crate::evaluate::delegation::Names;
use crate::model::Header;
use crate::model::common::Delegation;
use crate::text::{RightRef, Scalar};
use crate::words::{Words, phrase};

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

impl<'a> Site<'a> {
    /// What an id or a reference to a decision right stands for, in quotes, as far as the reader may see it.
    pub(super) fn name_of(&self, name: &str) -> Option<String> {
        Some(self.words().say(&phrase!("change.quoted", text = self.called(name)?)))
    }

    /// The same without quotes.
    pub(super) fn called(&self, name: &str) -> Option<&'a str> {
        let portfolio = self.portfolio();
        match RightRef::parse(name) {
            Ok(right) => portfolio.right(&right).map(|(_, right)| right.area.as_str()),
            Err(_) => portfolio.header(name).map(Header::title),
        }
    }
}

impl Level {
    pub(super) fn new(names: Names, level: Delegation, words: &Words) -> Self {
        Self { word: level, step: level.level(), phrasing: Phrasing::new(names, level, words) }
    }
}

impl Phrasing {
    pub(super) fn new(names: Names, level: Delegation, words: &Words) -> Self {
        Self { manager: words.say(&names.to_manager(level)), me: words.say(&names.by_me(level)) }
    }
}

/// What this program is not, and where to go instead.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SafetyWords<'a> {
    /// What it is.
    pub not_legal_advice: &'a str,
    /// When to go elsewhere.
    pub proper_channels: &'a str,
    /// What a plan cannot do.
    pub no_plan_mends_it: &'a str,
}

impl<'a> SafetyWords<'a> {
    pub(super) fn new(words: &'a Words) -> Self {
        Self {
            not_legal_advice: words.text("safety.not_legal_advice"),
            proper_channels: words.text("safety.proper_channels"),
            no_plan_mends_it: words.text("safety.no_plan_mends_it"),
        }
    }
}
