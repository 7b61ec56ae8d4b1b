//! Entries made from the schema of their kind: with every field, or with whatever fields chance picks.

use bailiwick::model::{Kind, schema};
use serde_json::{Map, Value, json};

/// Chance that can be repeated.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % limit
    }
}

/// How the values of an entry are chosen.
pub enum Choice<'c> {
    /// Every field that there is, each with its first value.
    All,
    /// Some fields, with some of a few values, so that two entries have much in common.
    Some(&'c mut Chance),
}

impl Choice<'_> {
    fn pick(&mut self, of: usize) -> usize {
        match self {
            Self::All => 0,
            Self::Some(chance) => chance.below(of),
        }
    }

    fn takes(&mut self) -> bool {
        match self {
            Self::All => true,
            Self::Some(chance) => chance.below(3) > 0,
        }
    }
}

/// An entry of a kind, as the fields of a YAML file. JSON is YAML.
pub fn entry(kind: Kind, choice: &mut Choice) -> Value {
    let root = schema::of_kind(kind);
    let mut entry = value(root, root, choice);
    if entry.get("title").is_none() {
        entry["title"] = json!("A title");
    }
    entry
}

fn value(root: &Value, schema: &Value, choice: &mut Choice) -> Value {
    let schema = resolved(root, schema);
    match schema["type"].as_str() {
        Some("object") => object(root, schema, choice),
        Some("array") => {
            let count = if matches!(choice, Choice::All) { 1 } else { 1 + choice.pick(4) };
            json!((0..count).map(|_| value(root, &schema["items"], choice)).collect::<Vec<_>>())
        }
        _ => scalar(schema, choice),
    }
}

fn object(root: &Value, schema: &Value, choice: &mut Choice) -> Value {
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut fields = Map::new();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        if required.contains(&name.as_str()) || choice.takes() {
            fields.insert(name.clone(), value(root, field, choice));
        }
    }
    Value::Object(fields)
}

/// The schema without references; of several forms the list, else the mapping, else the scalar.
pub fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    if let Some(name) = schema["$ref"].as_str() {
        return resolved(
            root,
            root.pointer(name.trim_start_matches('#')).expect("the reference leads somewhere"),
        );
    }
    let Some(branches) = schema["anyOf"].as_array().or(schema["allOf"].as_array()) else { return schema };
    let resolved: Vec<&Value> = branches.iter().map(|branch| self::resolved(root, branch)).collect();
    let of_type = |wanted: &str| resolved.iter().find(|branch| branch["type"] == wanted).copied();
    of_type("array").or_else(|| of_type("object")).unwrap_or(resolved[0])
}

/// The values that a scalar can have, a few of each type.
pub fn scalars(schema: &Value) -> Vec<Value> {
    if let Some(words) = schema["enum"].as_array() {
        return words.clone();
    }
    match schema["format"].as_str().unwrap_or_default() {
        "date" => vec![json!("2026-03-02"), json!("2026-03-16"), json!("2026-04-01")],
        "duration" => vec![json!("2w"), json!("10d"), json!("1mo")],
        "id" => vec![json!("one"), json!("two"), json!("three")],
        "right" => vec![json!("one/first"), json!("one/second")],
        "number" => vec![json!(3), json!(2.5), json!(-1)],
        "count" => vec![json!(4), json!(5)],
        "boolean" => vec![json!(true), json!(false)],
        "tag" => vec![json!("red"), json!("green")],
        _ if schema["type"] == "boolean" => vec![json!(true), json!(false)],
        _ => vec![json!("Some words"), json!("Other words"), json!("A sentence: with “marks”, and more.")],
    }
}

fn scalar(schema: &Value, choice: &mut Choice) -> Value {
    let mut all = scalars(schema);
    let at = choice.pick(all.len());
    all.swap_remove(at)
}
