//! A document that was laid out: its pages, what was measured of them, and its PDF.

use typst::foundations::{Content, Label, Selector, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::fault::excerpt;
use super::fit::{Budget, whole};
use super::{CREATOR, Fault, Section};

/// A document that was laid out.
pub struct Sheets {
    document: PagedDocument,
    /// The Typst file that it was made by.
    file: String,
}

impl Sheets {
    /// Takes a document in which every character is to be seen.
    pub(super) fn new(document: PagedDocument, file: &str) -> Result<Self, Fault> {
        for (number, page) in (1..).zip(document.pages()) {
            let seen = Seen { size: page.frame.size(), page: number, file };
            seen.frame(&page.frame, Transform::identity())?;
        }
        Ok(Self { document, file: file.to_owned() })
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// The document as PDF/UA-1: tagged, with title, author and language, and without a date of its making.
    ///
    /// # Errors
    /// When the Typst file leaves out what the standard asks for, such as a title or the words for a picture.
    pub fn pdf(&self) -> Result<Vec<u8>, Fault> {
        let fault = |message: String| Fault::Theme { place: self.file.clone(), message };
        let standards =
            PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| fault(error.message().to_string()))?;
        let creator = Smart::Custom(Some(CREATOR.to_owned()));
        let options = PdfOptions { creator, standards, ..PdfOptions::default() };
        typst_pdf::pdf(&self.document, &options).map_err(|faults| {
            let messages: Vec<String> = faults.iter().map(|found| found.message.to_string()).collect();
            fault(messages.join("; "))
        })
    }

    /// Whether the text ends above the lower margin; a block that cannot be broken may reach below it.
    pub(super) fn ends_on_its_page(&self) -> bool {
        self.budget().is_none_or(|budget| self.height() <= budget.room + 0.5)
    }

    /// How far down the text reaches on its last page, in points from the top of the text.
    pub(super) fn height(&self) -> f64 {
        let found = self.labelled("budget").first().and_then(|end| {
            let top = number(&end.0, "top")?;
            Some(end.1 - top)
        });
        found.unwrap_or_default()
    }

    /// How many pages the text fills, as 1.2, if the Typst file says how high a page is.
    pub(super) fn length(&self) -> Option<f64> {
        let budget = self.budget()?;
        let full = u32::try_from(self.pages()).ok()?.saturating_sub(1);
        Some(f64::from(full) + self.height() / budget.room)
    }

    /// What the Typst file says of the height of its page, in the data labelled `<budget>`.
    pub(super) fn budget(&self) -> Option<Budget> {
        let found = self.labelled("budget");
        let (value, _) = found.first()?;
        let budget = Budget { room: number(value, "room")?, line: number(value, "line")? };
        number(value, "top")?;
        (budget.room > 0.0 && budget.line > 0.0).then_some(budget)
    }

    /// The sections, the highest first: from each datum labelled `<section>`, which is its name, to the next
    /// one labelled `<section-end>`.
    pub(super) fn sections(&self, line: f64) -> Vec<Section> {
        let ends = self.labelled("section-end");
        let starts = self.labelled("section");
        let mut sections: Vec<Section> = starts
            .into_iter()
            .zip(ends)
            .filter_map(|((value, start), (_, end))| {
                let Value::Str(name) = value else { return None };
                Some(Section { name: name.to_string(), lines: whole((end - start) / line - 0.25) })
            })
            .collect();
        // A stable sort: what is equally long stays in the order of the page.
        sections.sort_by_key(|section| std::cmp::Reverse(section.lines));
        sections
    }

    /// The data with a label in the order of the document, with how far down they stand, in points.
    fn labelled(&self, name: &str) -> Vec<(Value, f64)> {
        let Ok(label) = Label::construct(name.into()) else { return Vec::new() };
        let introspector = self.document.introspector();
        let found = introspector.query(&Selector::Label(label));
        let placed = |content: &Content| {
            let value = content.to_packed::<MetadataElem>()?.value.clone();
            let position = introspector.position(content.location()?)?;
            Some((value, position.point.y.to_pt()))
        };
        found.iter().filter_map(placed).collect()
    }
}

/// A number of a dictionary, lengths in points.
fn number(value: &Value, key: &str) -> Option<f64> {
    let Value::Dict(dict) = value else { return None };
    match dict.get(key).ok()? {
        Value::Int(number) => i32::try_from(*number).ok().map(f64::from),
        Value::Float(number) => Some(*number),
        Value::Length(length) => Some(length.abs.to_pt()),
        _ => None,
    }
}

/// A page, while it is looked over.
struct Seen<'a> {
    size: Size,
    page: usize,
    file: &'a str,
}

impl Seen<'_> {
    fn frame(&self, frame: &Frame, to_page: Transform) -> Result<(), Fault> {
        for (position, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let moved = to_page.pre_concat(Transform::translate(position.x, position.y));
                    self.frame(&group.frame, moved.pre_concat(group.transform))?;
                }
                FrameItem::Text(text) => {
                    every_character_has_a_shape(text)?;
                    self.lies_on_the_page(text, *position, to_page)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Nothing is cut off by the edge of the page.
    fn lies_on_the_page(&self, text: &TextItem, at: Point, to_page: Transform) -> Result<(), Fault> {
        let start = at.transform(to_page);
        let end = Point::new(at.x + text.width(), at.y).transform(to_page);
        let inside = |point: Point| {
            let slack = Abs::pt(0.5);
            let within = |value: Abs, most: Abs| value >= -slack && value <= most + slack;
            within(point.x, self.size.x) && within(point.y, self.size.y)
        };
        if inside(start) && inside(end) {
            return Ok(());
        }
        let (page, shown) = (self.page, excerpt(&text.text, 0));
        let message = format!("the text `{shown}` reaches beyond the edge of page {page}");
        Err(Fault::Theme { place: self.file.to_owned(), message })
    }
}

/// Glyph 0 of every font stands for what the font does not have.
fn every_character_has_a_shape(text: &TextItem) -> Result<(), Fault> {
    let Some(missing) = text.glyphs.iter().find(|glyph| glyph.id == 0) else { return Ok(()) };
    let at = missing.range().start;
    let character = text.text[at..].chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
    Err(Fault::Character { character, within: excerpt(&text.text, at) })
}
