//! Pages for paper: a view, laid out by a Typst file of the theme, as PDF.
//!
//! A theme has Typst files in `paper/` and fonts in `fonts/`. A [`Typesetter`] holds them; it is made once and
//! serves all threads. One document is made like this:
//!
//! ```ignore
//! let typesetter = theme.typesetter()?;                    // or `Typesetter::new(files)`
//! let sheets = typesetter.set(&Job { file: "paper/packet.typ", page: &view, date: Some(today) })?;
//! sheets.pages();                                          // how many, counted in the layout
//! let bytes = sheets.pdf()?;                               // PDF/UA-1, the same bytes for the same job
//! ```
//!
//! The Typst file reads what it shows with `json("data.json")`: the fields of `page`, whatever serialises. User
//! text never becomes source, so `#`, `$` and quotes come out as text. The file may import other files of the
//! theme and nothing else: there is no disk, no package, no network and no clock but `date`.
//!
//! [`one_page`] is for what must fit on one page: it looks for the most comfortable density at which the text fits.
//! Where there is none, [`overflow`] measures by how much it is too long. Its file is given `density`, from 0.0 (comfortable) to 1.0 (tight), and
//! `endless`, which asks for one page without an end, on which the overflow is measured.
//!
//! A character that no font of the theme has is a [`Fault`], never a box. Faults of a Typst file name its line.
//! In a build without the feature `pdf` everything answers [`Fault::NotInThisBuild`], and [`IS_IN_THIS_BUILD`]
//! says so beforehand.

mod fault;
mod fit;
mod lacking;
pub mod proposal;
#[cfg(feature = "pdf")]
mod sheets;
#[cfg(feature = "pdf")]
mod typesetter;
#[cfg(not(feature = "pdf"))]
mod without;
#[cfg(feature = "pdf")]
mod world;

pub use fault::{Fault, Overflow, Section};
pub use fit::{DENSITIES, Fitted, TIGHTEST, fewest_pages, one_page, overflow};
pub use lacking::lacking;
#[cfg(feature = "pdf")]
pub use sheets::Sheets;
#[cfg(feature = "pdf")]
pub use typesetter::Typesetter;
#[cfg(not(feature = "pdf"))]
pub use without::{Sheets, Typesetter};

use serde::Serialize;

use crate::text::Date;

/// Whether this build of the program can make PDF.
pub const IS_IN_THIS_BUILD: bool = cfg!(feature = "pdf");

/// One document to be laid out.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a, T: ?Sized> {
    /// The Typst file, by its name in the theme: `paper/proposal.typ`.
    pub file: &'a str,
    /// What it shows: the content of `data.json`.
    pub page: &'a T,
    /// The day that the file takes for today, if it asks.
    pub date: Option<Date>,
}

/// A view with the density that is tried, as `data.json` holds it.
#[derive(Serialize)]
struct Tried<'a, T: ?Sized> {
    #[serde(flatten)]
    page: &'a T,
    density: f64,
    endless: bool,
}

/// Whether these bytes are a PDF that this program has made.
pub fn is_ours(bytes: &[u8]) -> bool {
    let mark = format!("<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>");
    bytes.starts_with(b"%PDF-") && bytes.windows(mark.len()).any(|window| window == mark.as_bytes())
}

/// The program that a PDF names as its maker.
const CREATOR: &str = "Bailiwick";
