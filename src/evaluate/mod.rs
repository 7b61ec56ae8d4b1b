//! What the entries of a portfolio mean, worked out from them and from the day: verdicts, decision rights, the
//! track record, the cycle, what is due.
//!
//! Every answer names the entries that it rests on, so that a page can link them. Nothing here reads a file or
//! a clock, nothing is serialised, and no overall score is ever made: it counts and dates.

pub mod agenda;
pub mod agreements;
pub mod belonging;
pub mod cycle;
pub mod delegation;
pub mod figure;
pub mod findings;
pub mod icalendar;
pub mod levels;
pub mod outcomes;
pub mod period;
pub mod program;
pub mod proposals;
pub mod rhythm;
pub mod rights;
pub mod safety;
pub mod scope_record;
pub mod series;
#[cfg(test)]
pub(crate) mod testing;
pub mod track_record;
pub mod verdict;
