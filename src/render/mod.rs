//! Turns views into the bytes of files. One way for every page, whoever asks for it.

mod json;
mod page;
mod prose;
mod speak;
mod theme;

pub use json::portfolio as portfolio_json;
pub use page::{Fault, Rendered, Renderer};
pub use theme::{DEFAULT_FILES, DEFAULT_THEME, Theme, ThemeFault};
