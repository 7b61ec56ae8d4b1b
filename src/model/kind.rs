//! The kinds of entries, and the folders that give them.

use super::record::words;

words! {
    /// What an entry is.
    pub enum Kind {
        /// An area of ownership.
        Scope = "scope",
        /// What was decided.
        Decision = "decision",
        /// A time-boxed trial.
        Pilot = "pilot",
        /// A one-page ask.
        Proposal = "proposal",
        /// What was agreed in writing.
        Agreement = "agreement",
        /// A status report.
        CheckIn = "check-in",
        /// What others said.
        Feedback = "feedback",
        /// What stands in the way.
        Constraint = "constraint",
        /// Anything else.
        Page = "page",
        /// The 30-day program.
        Program = "program",
    }
}

impl Kind {
    /// The folder of its entries, and the name of its list in JSON (with `_` for `-`); the program is a
    /// single file and has none.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Scope => "scopes",
            Self::Decision => "decisions",
            Self::Pilot => "pilots",
            Self::Proposal => "proposals",
            Self::Agreement => "agreements",
            Self::CheckIn => "check-ins",
            Self::Feedback => "feedback",
            Self::Constraint => "constraints",
            Self::Page => "pages",
            Self::Program => "",
        }
    }

    /// The kind whose entries are in that folder.
    pub fn of_folder(folder: &str) -> Option<Self> {
        Self::folders().find(|kind| kind.folder() == folder)
    }

    /// All kinds that have a folder.
    pub fn folders() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|kind| *kind != Self::Program)
    }
}
