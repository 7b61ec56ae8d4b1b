//! Figures: a picture in two widths, with what it shows in a table.

use serde::Serialize;

use crate::chart::{Locale, Sheet};
use crate::text::Date;
use crate::words::Words;

/// A picture on a page, with what it shows in a table.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// The picture as SVG.
    pub picture: String,
    /// The same for a narrow column, if it is not small anyway.
    pub narrow: Option<String>,
    /// How it is to be read, where that is not plain to see.
    pub caption: Vec<String>,
    /// What it shows.
    pub table: Table,
}

/// What a picture shows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    /// What it is called.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<TableCell>>,
}

/// A column of a table.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// What stands above it.
    pub name: String,
    /// Whether it holds numbers.
    pub is_number: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TableCell {
    /// What stands in it.
    pub text: String,
    /// The day that this is, as `2026-03-09`.
    pub day: Option<String>,
}

impl Figure {
    /// A figure from what draws it on a sheet. `name` is that of the figure on its page.
    pub(super) fn new(
        name: &str,
        locale: &dyn Locale,
        table: Table,
        draw: impl Fn(&Sheet) -> Option<String>,
    ) -> Option<Self> {
        let picture = draw(&Sheet::wide(&format!("figure-{name}"), locale))?;
        let narrow = draw(&Sheet::narrow(&format!("figure-{name}-narrow"), locale));
        Some(Self { picture, narrow, caption: Vec::new(), table })
    }

    /// The same for one of several small figures, which is small on every screen.
    pub(super) fn small(
        name: &str,
        locale: &dyn Locale,
        table: Table,
        draw: impl Fn(&Sheet) -> Option<String>,
    ) -> Option<Self> {
        let picture = draw(&Sheet::narrow(&format!("figure-{name}"), locale))?;
        Some(Self { picture, narrow: None, caption: Vec::new(), table })
    }
}

impl Table {
    /// A table without rows; of each column its name, and whether it holds numbers.
    pub(super) fn new<'c>(title: String, columns: impl IntoIterator<Item = (&'c str, bool)>) -> Self {
        let column = |(name, is_number): (&str, bool)| Column { name: name.to_owned(), is_number };
        Self { title, columns: columns.into_iter().map(column).collect(), rows: Vec::new() }
    }
}

impl From<String> for TableCell {
    fn from(text: String) -> Self {
        Self { text, day: None }
    }
}

impl From<&str> for TableCell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Date> for TableCell {
    fn from(day: Date) -> Self {
        Self { text: day.to_string(), day: Some(day.to_string()) }
    }
}

/// Pictures speak the language of the site.
impl Locale for Words {
    fn number(&self, value: f64, decimals: usize) -> String {
        let digits = format!("{value:.decimals$}");
        // What rounds to zero has no sign.
        let is_zero = !digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
        self.number(if is_zero { digits.trim_start_matches('-') } else { &digits })
    }

    fn magnitudes(&self) -> [&str; 4] {
        ["thousand", "million", "billion", "trillion"].map(|size| self.of("magnitude", size))
    }

    fn day(&self, day: Date) -> String {
        self.short_day(day)
    }

    fn month(&self, day: Date) -> String {
        self.short_month(day)
    }
}
