//! A rule: what it finds, why that matters, and what to do instead.

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is built from content with an error.
    Error,
    /// Something that its writer would want to know.
    Warning,
    /// Something to be aware of; never makes `check` fail.
    Note,
}

impl Severity {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One kind of finding, with its explanation.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in reports: lowercase words joined by hyphens.
    pub code: &'static str,
    /// How grave it is unless a case says otherwise.
    pub severity: Severity,
    /// What it finds: completes "Finds …".
    pub finds: &'static str,
    /// Why it matters: one lowercase phrase without a final period.
    pub why: &'static str,
    /// What to do about it: one lowercase phrase without a final period.
    pub instead: &'static str,
}

impl Rule {
    /// The explanation that `check --explain` prints and that the docs show.
    pub fn explanation(&self) -> String {
        let Self { code, severity, finds, why, instead } = self;
        let word = severity.word();
        format!("{word}[{code}]\n\nFinds {finds}.\nWhy: {why}.\nInstead: {instead}.\n")
    }
}
