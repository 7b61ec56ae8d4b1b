//! Bailiwick keeps an autonomy portfolio in git: what I own, what I may decide, how it turned out.
pub mod check;
pub mod confine;
pub mod model;
pub mod redact;
pub mod report;
pub mod source;
pub mod text;
pub mod view;

pub mod asset {
    //! stub until merged
    pub fn is_image(_: &str) -> bool {
        false
    }
    pub fn dimensions(_: &[u8]) -> Option<(u32, u32)> {
        None
    }
}
