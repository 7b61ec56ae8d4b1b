//! `portfolio.json`: everything that the reader may see, as data.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::model::Kind;
use crate::view::Site;

/// The version of the shape. It grows with every change that could break a reader of it.
const SCHEMA: u32 = 1;

/// More than the fields of most entries take, in bytes.
const OF_ENTRY: usize = 3 * 1024;

/// The whole portfolio as JSON text.
pub fn portfolio(site: &Site) -> String {
    // Grown step by step, a large text would be copied and held twice.
    let size: usize = site.portfolio().headers().map(|header| OF_ENTRY + 2 * header.body.text.len()).sum();
    let mut text = Vec::with_capacity(size);
    serde_json::to_writer_pretty(&mut text, &Whole(site)).expect("views always serialise");
    text.push(b'\n');
    String::from_utf8(text).expect("JSON is text")
}

struct Whole<'s, 'a>(&'s Site<'a>);

impl Serialize for Whole<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(site) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", &SCHEMA)?;
        map.serialize_entry("for", site.redacted().reader().name())?;
        map.serialize_entry("portfolio", &site.config())?;
        for kind in Kind::folders() {
            let entries: Vec<_> =
                site.portfolio().of_kind(kind).map(|header| site.entry_data(header)).collect();
            map.serialize_entry(kind.folder(), &entries)?;
        }
        let program = site.portfolio().of_kind(Kind::Program).next().map(|header| site.entry_data(header));
        map.serialize_entry("program", &program)?;
        map.end()
    }
}
