//! What makes an item of a list the same item in two states of it.

use crate::model::tree::{Record, Tree};
use crate::text::slug;

/// The key of an item: a scalar is its own, a record has a name, an area or a day.
pub fn key(item: &Tree) -> String {
    match item {
        Tree::Leaf(leaf) => leaf.to_string(),
        Tree::Record(record) => of_record(record),
        Tree::List(_) | Tree::Nothing => String::new(),
    }
}

fn of_record(record: &Record) -> String {
    let text = |field: &Tree| field.leaf().map(ToString::to_string);
    let named = match record.of {
        // The same name by which the rest of the portfolio refers to it.
        "DecisionRight" => {
            text(record.field("id")).or_else(|| text(record.field("area")).map(|area| slug(&area)))
        }
        "Evidence" => text(record.field("title")),
        // The first required field is what the record is about; a test holds the model to it.
        _ => record.fields.first().and_then(|(_, value)| text(value)),
    };
    named.unwrap_or_default()
}
