//! The packet of a review as one page that needs nothing else, with its style in it, and for paper.

use serde::Serialize;
use tera::Context;

use super::theme::{Theme, ThemeFault};
use crate::paper::{Fault, Job, lacking};
use crate::view::ReviewPacket;

/// What the template is given.
#[derive(Serialize)]
struct Page<'p, 'a> {
    #[serde(flatten)]
    packet: &'p ReviewPacket<'a>,
    /// The style sheets of the theme.
    style: String,
}

/// The packet as a page, by `review.html` of the theme.
///
/// # Errors
/// When the template fails.
pub fn review_html(packet: &ReviewPacket, theme: &Theme) -> Result<String, ThemeFault> {
    let mut context = Context::new();
    context.insert("page", &Page { packet, style: style(theme) });
    theme.render("review.html", &context)
}

/// The packet for paper, by `paper/review.typ` of the theme.
///
/// # Errors
/// When the Typst file fails, when no font has a character, and in a build that makes no PDF.
pub fn review_pdf(packet: &ReviewPacket, theme: &Theme) -> Result<Vec<u8>, Fault> {
    let typesetter = theme.typesetter()?;
    let sheets = typesetter.set(&Job { file: "paper/review.typ", page: packet, date: None });
    let sheets = sheets.map_err(|fault| match fault {
        // The packet knows the whole sentence, where the layout knows a few letters of one script.
        Fault::Character { .. } => lacking(typesetter, packet).unwrap_or(fault),
        fault => fault,
    });
    sheets?.pdf()
}

/// The style sheets that a page of the site has, one behind the other.
fn style(theme: &Theme) -> String {
    let sheets = ["style.css", "chart.css"].into_iter().filter_map(|name| theme.file(name));
    let style: String = sheets.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    // Nothing in a sheet may end the element that holds it.
    style.replace("</", "<\\/")
}
