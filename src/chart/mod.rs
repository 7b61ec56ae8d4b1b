//! Pictures as SVG, drawn from numbers, days and words that the caller gives.
//!
//! A picture is one string. What is drawn has a class, by which a theme colours it on a page, and attributes, by
//! which the same text draws on paper. No styles, no scripts, and no ids but those made from the caller's
//! prefix. The same data gives the same bytes: all arithmetic here is exact to the tenth of a unit.

mod axis;
mod calibration;
mod cycle;
mod label;
mod ladder;
mod latitude;
mod locale;
mod measure;
mod metric;
mod scale;
mod sheet;
mod svg;
mod ticks;
mod year;

pub use calibration::{Calibration, Cases};
pub use cycle::{Cycle, CycleLink, CycleStation, STATIONS};
pub use ladder::{LEVELS, Ladder, LadderGroup, Rung};
pub use latitude::{Area, Latitude, LevelStep};
pub use locale::{English, Locale, short};
pub use metric::{EventRow, Happened, Metric, Point, Reading, Reference, Role};
pub use sheet::Sheet;
pub use svg::Shape;
pub use year::{Fate, Lane, Span, Year};
