//! Proposals and packets on paper: how many pages, what stands on them, what does not, and for whom.
//!
//! The files are read back with poppler and qpdf. Where these, or a font, are missing a test prints a line that begins
//! with `SKIPPED`; with `CI=true` it fails.
#![expect(clippy::disallowed_methods, reason = "writes PDF for other programs to read")]

mod aid;
mod answered;
mod chinese;
mod densities;
mod fit;
mod readers;
mod review;
mod text;
