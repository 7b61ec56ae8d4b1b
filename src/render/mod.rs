//! Turns views into the bytes of files. One way for every page, whoever asks for it.

mod feed;
mod given;
mod json;
mod kept;
mod markdown;
mod page;
mod paper;
mod prose;
mod review;
mod search;
mod theme;

pub use json::portfolio as portfolio_json;
pub use markdown::markdown as review_markdown;
pub use page::{Cause, Fault, Rendered, Renderer};
pub use paper::Papers;
pub use review::{review_html, review_pdf};
pub use theme::{
    DEFAULT_FILES, DEFAULT_THEME, Layer, PAPER_FILES, Theme, ThemeFault, languages, layers, load,
    nearest_language,
};
