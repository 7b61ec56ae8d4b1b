//! What a site shows: pages and their contents, made from what one reader may see and from nothing else.

mod fields;
pub use fields::View;

use crate::model::Kind;
use crate::text::Id;

/// The address of an entry's page, seen from the root of the site.
pub fn address(kind: Kind, id: &Id) -> String {
    match kind {
        Kind::Program => "program/".to_owned(),
        kind => format!("{}/{id}/", kind.folder()),
    }
}
