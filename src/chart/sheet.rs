//! What a picture is drawn on.

use super::locale::Locale;

/// What a picture is drawn on: its width, its name on the page, and how it writes days and numbers.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// What all ids in the picture begin with; no two pictures of a page may share it. Letters, digits and
    /// hyphens.
    pub id: &'a str,
    /// In pixels at full size, or three quarters of a point.
    pub width: f64,
    /// The fonts for paper, as an SVG attribute names them; a theme's style sheet comes before them.
    pub font: &'a str,
    /// How days and numbers are written.
    pub locale: &'a dyn Locale,
}

impl<'a> Sheet<'a> {
    /// The width of a text column on a large screen, and on paper.
    pub const WIDE: f64 = 704.0;
    /// The width of a text column on a phone.
    pub const NARROW: f64 = 340.0;
    /// The fonts of a page.
    pub const FONT: &'static str = "system-ui, Noto Sans, Helvetica, Arial, sans-serif";

    /// A sheet for a large screen.
    pub fn wide(id: &'a str, locale: &'a dyn Locale) -> Self {
        Self { id, width: Self::WIDE, font: Self::FONT, locale }
    }

    /// A sheet for a phone.
    pub fn narrow(id: &'a str, locale: &'a dyn Locale) -> Self {
        Self { id, width: Self::NARROW, font: Self::FONT, locale }
    }

    /// Whether there is no room beside things, only above and below.
    pub(super) fn is_narrow(&self) -> bool {
        self.width < 480.0
    }
}
