//! The packet of a review as one page that needs nothing else: its style is in it, and it asks for nothing.

use serde::Serialize;
use tera::Context;

use super::theme::{Theme, ThemeFault};
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

/// The style sheets that a page of the site has, one behind the other.
fn style(theme: &Theme) -> String {
    let sheets = ["tokens.css", "style.css", "chart.css"].into_iter().filter_map(|name| theme.file(name));
    let style: String = sheets.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    // Nothing in a sheet may end the element that holds it.
    style.replace("</", "<\\/")
}
