//! A proposal on paper: its view, said in the words of the portfolio's language, and fitted on one page.

mod known;
mod lines;
mod sheet;

use super::lacking::lacking;
use super::{Fault, Fitted, Job, Typesetter, fewest_pages, one_page, overflow};
use crate::model::Config;
use crate::model::config::Paper;
use crate::view::ProposalPage;
use crate::words::Words;
use sheet::Sheet;

pub use known::Known;

/// The Typst file that shows it.
const FILE: &str = "paper/proposal.typ";

/// How a proposal is put on paper.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The portfolio, as far as the reader may see it.
    pub config: &'a Config,
    /// The words of the interface.
    pub words: &'a Words,
    /// Whether the reader is the writer, who sees all.
    pub is_for_me: bool,
    /// The size of the page; else the portfolio's.
    pub paper: Option<Paper>,
    /// Whether it may be longer than one page.
    pub may_overflow: bool,
}

/// A proposal as it is to be read, before anything is laid out.
pub struct Draft<'a> {
    sheet: Sheet<'a>,
    may_overflow: bool,
}

/// A proposal that is ready to be printed.
pub struct Printed {
    /// Its pages.
    pub fitted: Fitted,
    /// Whether there was no room for the pictures of its figures, which stand in a table as well.
    pub lacks_pictures: bool,
}

impl<'a> Draft<'a> {
    /// Says a proposal in words.
    pub fn new(page: &'a ProposalPage<'a>, setting: &Setting<'a>) -> Self {
        Self { sheet: Sheet::new(page, setting), may_overflow: setting.may_overflow }
    }

    /// The character that keeps it from being printed, with the words around it.
    pub fn lacking(&self, typesetter: &Typesetter) -> Option<Fault> {
        lacking(typesetter, &self.sheet)
    }

    /// Whether it shows figures as pictures, if there is room.
    pub fn has_pictures(&self) -> bool {
        self.sheet.has_pictures()
    }

    /// All that its PDF depends on, as one hash: the same hash, the same bytes.
    pub fn fingerprint(&self, typesetter: &Typesetter) -> blake3::Hash {
        let sheet = serde_json::to_vec(&self.sheet).expect("views always serialise");
        let mut hasher = blake3::Hasher::new();
        hasher.update(typesetter.fingerprint().as_bytes());
        hasher.update(&[u8::from(self.may_overflow)]);
        hasher.update(&sheet);
        hasher.finalize()
    }

    /// Puts it on one page.
    ///
    /// Its words all have to fit. Pictures of its figures are there if they fit, too.
    ///
    /// # Errors
    /// [`Fault::Overflow`] when it is too long and may not be; else what is wrong with the theme, or the character
    /// that no font has.
    pub fn print(&self, typesetter: &Typesetter) -> Result<Printed, Fault> {
        self.set(typesetter).map_err(|fault| match fault {
            // The sheet knows the whole sentence, where the layout knows a few letters of one script.
            Fault::Character { .. } => self.lacking(typesetter).unwrap_or(fault),
            fault => fault,
        })
    }

    fn set(&self, typesetter: &Typesetter) -> Result<Printed, Fault> {
        fn job<'s>(sheet: &'s Sheet<'s>) -> Job<'s, Sheet<'s>> {
            Job { file: FILE, page: sheet, date: None }
        }
        let fitted = |sheet: &Sheet| one_page(typesetter, &job(sheet), sheet.likely_length());
        if let Some(fitted) = fitted(&self.sheet)? {
            return Ok(Printed { fitted, lacks_pictures: false });
        }
        let words = self.sheet.without_pictures();
        if self.sheet.has_pictures()
            && let Some(fitted) = fitted(&words)?
        {
            return Ok(Printed { fitted, lacks_pictures: true });
        }
        let overflow = overflow(typesetter, &job(&words))?;
        if !self.may_overflow {
            return Err(Fault::Overflow(overflow));
        }
        // What cannot be one page anyway has room for the pictures.
        let fitted = fewest_pages(typesetter, &job(&self.sheet), overflow)?;
        Ok(Printed { fitted, lacks_pictures: false })
    }
}
