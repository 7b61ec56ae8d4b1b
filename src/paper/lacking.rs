//! Looks for characters that no font has before anything is laid out.

use serde::Serialize;

use super::fault::excerpt;
use super::{Fault, Typesetter};

/// What keeps a view from being put on paper: a character that no font has.
pub fn lacking<T: Serialize + ?Sized>(typesetter: &Typesetter, page: &T) -> Option<Fault> {
    fn texts<'v>(value: &'v serde_json::Value, found: &mut Vec<&'v str>) {
        match value {
            serde_json::Value::String(text) => found.push(text),
            serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
            serde_json::Value::Object(fields) => fields.values().for_each(|item| texts(item, found)),
            _ => {}
        }
    }
    let value = serde_json::to_value(page).expect("views always serialise");
    let mut all = Vec::new();
    texts(&value, &mut all);
    all.into_iter().find_map(|text| {
        let character = typesetter.lacks(text)?;
        Some(Fault::Character { character, within: excerpt(text, text.find(character)?) })
    })
}
