//! JSON Schemas of the file format, derived from the types that read it.

use std::sync::OnceLock;

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::entry::Fields;
use super::{
    Agreement, CheckIn, Config, Constraint, Decision, Feedback, Kind, Page, Pilot, Program, Proposal, Scope,
};

/// The schema of the entries of a kind.
pub fn of_kind(kind: Kind) -> &'static Value {
    static SCHEMAS: [OnceLock<Value>; Kind::ALL.len()] = [const { OnceLock::new() }; Kind::ALL.len()];
    SCHEMAS[kind as usize].get_or_init(|| {
        let title = format!("A {} of a Bailiwick portfolio", kind.word());
        match kind {
            Kind::Scope => schema::<<Scope as Fields>::Raw>(&title),
            Kind::Decision => schema::<<Decision as Fields>::Raw>(&title),
            Kind::Pilot => schema::<<Pilot as Fields>::Raw>(&title),
            Kind::Proposal => schema::<<Proposal as Fields>::Raw>(&title),
            Kind::Agreement => schema::<<Agreement as Fields>::Raw>(&title),
            Kind::CheckIn => schema::<<CheckIn as Fields>::Raw>(&title),
            Kind::Feedback => schema::<<Feedback as Fields>::Raw>(&title),
            Kind::Constraint => schema::<<Constraint as Fields>::Raw>(&title),
            Kind::Page => schema::<<Page as Fields>::Raw>(&title),
            Kind::Program => schema::<<Program as Fields>::Raw>(&title),
        }
    })
}

/// The schema of `portfolio.yaml`.
pub fn of_config() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| schema::<Config>("The configuration of a Bailiwick portfolio"))
}

fn schema<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft07().with_transform(Plain);
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".into(), json!(title));
    schema.to_value()
}

/// Takes out what says nothing to an editor: `null`, which no field may be, and defaults, which serde names
/// for every list.
#[derive(Clone)]
struct Plain;

impl Transform for Plain {
    fn transform(&mut self, schema: &mut Schema) {
        schema.remove("default");
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|name| name != "null");
            if let [one] = types.as_slice() {
                let one = one.clone();
                schema.insert("type".into(), one);
            }
        }
        if let Some(Value::Array(branches)) = schema.get_mut("anyOf") {
            branches.retain(|branch| branch.get("type").is_none_or(|name| name != "null"));
            if let [Value::Object(one)] = branches.as_slice() {
                let one = one.clone();
                schema.remove("anyOf");
                schema.ensure_object().extend(one);
            }
        }
        transform_subschemas(self, schema);
    }
}
