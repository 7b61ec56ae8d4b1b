//! What a document can reach: the Typst files and fonts of its theme, its own data, and nothing else.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::Typesetter;
use super::typesetter::{is_data, not_there};
use crate::text::Date;

/// The name of the file that holds the view.
pub(super) const DATA: &str = "paper/data.json";

/// One document in the making.
pub(super) struct Desk<'a> {
    pub(super) typesetter: &'a Typesetter,
    pub(super) main: FileId,
    /// The view as JSON.
    pub(super) data: Bytes,
    /// What is taken for today.
    pub(super) date: Option<Date>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.typesetter.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.typesetter.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        of_theme(id)?;
        self.typesetter.files.get(&id).cloned().unwrap_or_else(|| Err(not_there(id)))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        of_theme(id)?;
        if is_data(id) {
            return Ok(self.data.clone());
        }
        let source = self.source(id)?;
        Ok(Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.typesetter.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        let day = self.date?.civil();
        Datetime::from_ymd(day.year().into(), day.month().try_into().ok()?, day.day().try_into().ok()?)
    }
}

/// Packages would have to be fetched from somewhere.
fn of_theme(file: FileId) -> FileResult<()> {
    match file.get().root() {
        VirtualRoot::Project => Ok(()),
        VirtualRoot::Package(_) => {
            Err(FileError::Other(Some("packages cannot be used: a theme brings all its files along".into())))
        }
    }
}
