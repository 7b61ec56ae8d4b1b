//! The small words that everything else is made of: dates, durations, ids, numbers, prose.
//!
//! Nothing here knows of files, entries or output.

mod date;
mod duration;
pub mod editor_address;
mod id;
mod number;
mod plain;
pub mod prose;
mod scalar;
mod suggest;
mod tag;
mod unit;

pub use date::Date;
pub use duration::Duration;
pub use id::{Id, RightRef, slug};
pub use number::{Count, Number};
pub use plain::{push_blank, push_plain, push_words};
pub(crate) use scalar::deserialize;
pub use scalar::{Scalar, Text};
pub use suggest::{nearest, one_of};
pub use tag::Tag;
pub use unit::with_unit;
