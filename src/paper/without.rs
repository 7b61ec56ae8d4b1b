//! A build without the feature `pdf`: the same names, and one answer.

use std::borrow::Cow;
use std::convert::Infallible;

use serde::Serialize;

use super::{Fault, Job, Section};

/// Would lay out documents.
#[derive(Debug)]
pub struct Typesetter(Infallible);

/// Would be a document.
#[derive(Debug)]
pub struct Sheets(Infallible);

impl Typesetter {
    /// Says that this build cannot.
    ///
    /// # Errors
    /// Always.
    pub fn new(_: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>) -> Result<Self, Fault> {
        Err(Fault::NotInThisBuild)
    }

    /// Cannot be called.
    pub fn fingerprint(&self) -> blake3::Hash {
        match self.0 {}
    }

    /// Cannot be called.
    pub fn lacks(&self, _: &str) -> Option<char> {
        match self.0 {}
    }

    /// Cannot be called.
    ///
    /// # Errors
    /// None that could be met.
    pub fn set<T: Serialize + ?Sized>(&self, _: &Job<T>) -> Result<Sheets, Fault> {
        match self.0 {}
    }
}

impl Sheets {
    /// Cannot be called.
    pub fn pages(&self) -> usize {
        match self.0 {}
    }

    /// Cannot be called.
    ///
    /// # Errors
    /// None that could be met.
    pub fn pdf(&self) -> Result<Vec<u8>, Fault> {
        match self.0 {}
    }

    pub(super) fn ends_on_its_page(&self) -> bool {
        match self.0 {}
    }

    pub(super) fn height(&self) -> f64 {
        match self.0 {}
    }

    pub(super) fn length(&self) -> Option<f64> {
        match self.0 {}
    }

    pub(super) fn budget(&self) -> Option<super::fit::Budget> {
        match self.0 {}
    }

    pub(super) fn sections(&self, _: f64) -> Vec<Section> {
        match self.0 {}
    }
}
