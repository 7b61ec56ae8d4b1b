//! No field is forgotten: whatever field of whatever kind is changed, the change names it.

use bailiwick::changes::Nature;
use bailiwick::model::Kind;
use bailiwick::model::{schema, tree::ToTree};
use serde_json::{Value, json};

use super::generator::{Choice, entry, resolved, scalars};
use super::portfolios::{changes_between, portfolio};

/// What every entry has besides the fields of its kind.
const COMMON: [&str; 9] =
    ["title", "body", "summary", "date", "tags", "readers", "aliases", "related", "evidence"];

#[test]
fn changing_any_field_of_any_kind_names_that_field() {
    let mut tried = 0;
    for kind in Kind::ALL {
        let full = entry(*kind, &mut Choice::All);
        for place in places(schema::of_kind(*kind), &full) {
            for (what, other) in others(schema::of_kind(*kind), &full, &place) {
                let changes = changes_between(&[(*kind, "it", &full)], &[(*kind, "it", &other)]);
                let shown: Vec<String> = changes.iter().map(|change| change.path.to_string()).collect();
                let expected = place.iter().filter(|step| step.parse::<usize>().is_err()).cloned();
                let expected = expected.collect::<Vec<_>>().join(".");
                let is_named = changes.iter().any(|change| {
                    let shape = change.path.shape().replace("[]", "");
                    // The key of an item is its name: another name is another item.
                    shape == expected || change.nature != Nature::Changed && expected.starts_with(&shape)
                });
                assert!(is_named, "{kind:?} `{expected}` {what}: {shown:?}\n{full}\n{other}");
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "only {tried} changes were tried");
}

/// Every place of an entry that holds a scalar or is optional, as the steps that lead there.
fn places(root: &Value, value: &Value) -> Vec<Vec<String>> {
    fn walk(value: &Value, at: &[String], found: &mut Vec<Vec<String>>) {
        if !at.is_empty() {
            found.push(at.to_vec());
        }
        let step = |name: &str| [at, &[name.to_owned()]].concat();
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, inner)| walk(inner, &step(name), found)),
            Value::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(index, inner)| walk(inner, &step(&index.to_string()), found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, &[], &mut found);
    // The id of the entry is its file name; everything else stands in the file.
    assert!(
        root["properties"]
            .as_object()
            .is_some_and(|fields| fields.keys().all(|name| value.get(name).is_some()))
    );
    found
}

/// The entry with another value at a place, and without the value where it is optional.
fn others(root: &Value, full: &Value, place: &[String]) -> Vec<(&'static str, Value)> {
    let pointer = |steps: &[String]| steps.iter().map(|step| format!("/{step}")).collect::<String>();
    let (last, above) = place.split_last().expect("a place has steps");
    let mut found = Vec::new();
    let schema = schema_at(root, place);
    if !matches!(schema["type"].as_str(), Some("object" | "array")) {
        let now = full.pointer(&pointer(place)).expect("the place is there");
        let other = scalars(schema).into_iter().find(|other| other != now).expect("there are several values");
        let mut changed = full.clone();
        *changed.pointer_mut(&pointer(place)).expect("the place is there") = other;
        found.push(("changed", changed));
    }
    let is_item = last.parse::<usize>().is_ok();
    let required = schema_at(root, above)["required"].as_array().cloned().unwrap_or_default();
    let is_name = above.is_empty() && last == "title";
    if !(is_item || is_name || required.contains(&json!(last))) {
        let mut without = full.clone();
        let parent = without.pointer_mut(&pointer(above)).and_then(Value::as_object_mut).expect("a mapping");
        parent.remove(last);
        // A value that only says what holds anyway is no loss.
        let value = full.pointer(&pointer(place)).expect("the place is there");
        if !holds_anyway(root, place, value) {
            found.push(("taken out", without));
        }
    }
    found
}

/// The defaults of the format, where the first of the values happens to be one.
fn holds_anyway(root: &Value, place: &[String], value: &Value) -> bool {
    let kind = root["title"].as_str().unwrap_or_default();
    let names: Vec<&str> =
        place.iter().map(String::as_str).filter(|step| step.parse::<usize>().is_err()).collect();
    match names.as_slice() {
        ["status"] => match kind {
            it if it.contains("scope") => value == "active",
            it if it.contains("decision") => value == "proposed",
            it if it.contains("proposal") || it.contains("agreement") => value == "draft",
            it if it.contains("constraint") => value == "open",
            _ => false,
        },
        [.., "judge"] => value == "last",
        // The date of the id is not asked here; the id of a right stands for its area.
        _ => false,
    }
}

fn schema_at<'s>(root: &'s Value, place: &[String]) -> &'s Value {
    place.iter().fold(resolved(root, root), |schema, step| {
        let inner =
            if step.parse::<usize>().is_ok() { &schema["items"] } else { &schema["properties"][step] };
        resolved(root, inner)
    })
}

/// The tree of a kind has the fields of its schema: one declaration makes both.
#[test]
fn the_tree_has_the_fields_of_the_schema() {
    let full = entry(Kind::Pilot, &mut Choice::All);
    let portfolio = portfolio(&[(Kind::Pilot, "it", &full)]);
    let tree = portfolio.pilots[0].fields.tree();
    for name in schema::of_kind(Kind::Pilot)["properties"].as_object().expect("fields").keys() {
        if !COMMON.contains(&name.as_str()) {
            assert!(!tree.field(name).is_nothing(), "{name}");
        }
    }
}
