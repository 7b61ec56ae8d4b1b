//! The slow way: holds a file that cannot be read by type against the schema, to find all its faults at once.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::Value as Schema;

use super::rules;
use crate::report::{Diagnostic, Place, Report, Rule, Spot};
use crate::source::SourcePath;
use crate::source::yaml::{self, Key, Node, Value};
use crate::text::{Count, Date, Duration, Id, Number, RightRef, Scalar, Tag, Text, nearest, one_of, slug};

/// Reports everything in which the YAML at `range` of `text` differs from `schema`; at least one fault.
pub(super) fn find(path: &SourcePath, text: &str, range: Range<usize>, schema: &Schema, report: &mut Report) {
    let before = report.diagnostics().len();
    match yaml::tree(&text[range.clone()]) {
        Ok(tree) => {
            let mut walk = Walk { path, text, start: range.start, root: schema, report };
            walk.value(&tree, schema, "", None);
        }
        Err(fault) => {
            let at = range.start + fault.offset;
            let place = Place::bytes(path, at..end_of_word(text, at), "");
            report.add(&rules::BAD_YAML, place, fault.message).fix(fault.fix);
        }
    }
    if report.diagnostics().len() == before {
        let message = "the fields cannot be read";
        report.add(&rules::BAD_YAML, Place::bytes(path, range.start..range.start, ""), message);
    }
}

/// The YAML of a mapping without its faulty values, and without whatever cannot be there without them. `None` if the
/// mapping as a whole is at fault.
///
/// A list with a faulty item is left out as a whole, so that the others keep their places.
pub(super) fn without_faulty(yaml: &str, found: &[Diagnostic], schema: &Schema) -> Option<String> {
    let faulty = found.iter().map(|fault| match &fault.place.spot {
        Spot::Bytes { path, .. } if !path.is_empty() => Some(dispensable(path, schema)),
        _ => None,
    });
    let cut: BTreeSet<&str> = faulty.collect::<Option<_>>()?;
    let tree = yaml::tree(yaml).ok()?;
    let mut sound = String::new();
    write_without(&tree, &cut, "", &mut sound);
    Some(sound)
}

/// The nearest field at or above a value that need not be there.
fn dispensable<'p>(path: &'p str, schema: &Schema) -> &'p str {
    let mut path = path;
    loop {
        path = path.strip_suffix(']').and_then(|item| item.rsplit_once('[')).map_or(path, |(list, _)| list);
        match path.rsplit_once('.') {
            Some((above, name)) if is_required(above, name, schema) => path = above,
            _ => return path,
        }
    }
}

/// Whether the mapping at a path cannot do without a field.
fn is_required(path: &str, name: &str, root: &Schema) -> bool {
    let mut here = branches(root, root);
    for step in path.split('.') {
        let (field, items) =
            step.split_once('[').map_or((step, 0), |(field, rest)| (field, rest.matches(']').count()));
        here = here.iter().flat_map(|schema| branches(root, of_field(schema, field))).collect();
        for _ in 0..items {
            here = here.iter().flat_map(|schema| branches(root, &schema["items"])).collect();
        }
    }
    let requires =
        |schema: &&Schema| schema["required"].as_array().is_some_and(|all| all.iter().any(|it| it == name));
    here.iter().any(requires)
}

/// What a field of a mapping has to be; nothing of one that is unknown.
fn of_field<'a>(schema: &'a Schema, name: &str) -> &'a Schema {
    let known = &schema["properties"][name];
    if known.is_null() { &schema["additionalProperties"] } else { known }
}

/// Writes a value as YAML in one line, without what has one of these paths.
fn write_without(node: &Node, cut: &BTreeSet<&str>, path: &str, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Scalar { text, is_text: false } => out.push_str(text),
        Value::Scalar { text, is_text: true } => out.push_str(&quoted(text)),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                write_without(item, cut, &format!("{path}[{index}]"), out);
                out.push_str(", ");
            }
            out.push(']');
        }
        Value::Map(fields) => {
            out.push('{');
            for (key, value) in fields {
                let path = field_path(path, &key.name);
                if !cut.contains(path.as_str()) {
                    out.push_str(&quoted(&key.name));
                    out.push_str(": ");
                    write_without(value, cut, &path, out);
                    out.push_str(", ");
                }
            }
            out.push('}');
        }
    }
}

/// The path of a field of the mapping at a path.
fn field_path(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A text between quotes, as YAML and JSON both read it.
fn quoted(text: &str) -> String {
    Schema::from(text).to_string()
}

fn end_of_word(text: &str, at: usize) -> usize {
    let rest = text[at..].split('\n').next().unwrap_or("");
    at + rest.find(char::is_whitespace).filter(|length| *length > 0).unwrap_or(rest.len())
}

struct Walk<'a> {
    path: &'a SourcePath,
    text: &'a str,
    /// Where the YAML begins in the file.
    start: usize,
    root: &'a Schema,
    report: &'a mut Report,
}

impl<'a> Walk<'a> {
    fn add(
        &mut self,
        rule: &'static Rule,
        at: &Range<usize>,
        path: &str,
        message: String,
    ) -> &mut crate::report::Diagnostic {
        let range = self.start + at.start..self.start + at.end;
        self.report.add(rule, Place::bytes(self.path, range, path), message)
    }

    /// Holds a value against a schema. `key` is the field that it stands behind.
    fn value(&mut self, node: &Node, schema: &'a Schema, path: &str, key: Option<&Key>) {
        let branches = branches(self.root, schema);
        match &node.value {
            Value::Null => match key {
                None if path.is_empty() => self.missing(node, schema, &[], path),
                _ => {
                    let at = key.map_or(node.range.clone(), |key| key.range.clone());
                    self.add(&rules::EMPTY_FIELD, &at, path, format!("`{path}` is empty"));
                }
            },
            Value::Map(fields) => match branches.iter().find(|branch| is(branch, "object")) {
                Some(schema) => self.map(node, fields, schema, path),
                None => self.wrong_type(node, &branches, path, "a mapping"),
            },
            Value::List(items) => match branches.iter().find(|branch| is(branch, "array")) {
                Some(schema) => {
                    for (index, item) in items.iter().enumerate() {
                        self.value(item, &schema["items"], &format!("{path}[{index}]"), None);
                    }
                }
                None => self.wrong_type(node, &branches, path, "a list"),
            },
            Value::Scalar { text, is_text } => {
                match branches.iter().find(|branch| !is(branch, "object") && !is(branch, "array")) {
                    Some(schema) => {
                        // A text may look like a number where nothing else is meant, but not where a list or
                        // a mapping could stand: there YAML has already read it as a number.
                        let format = schema["format"].as_str();
                        if branches.len() > 1 && !is_text && matches!(format, Some("text" | "tag" | "id")) {
                            let message = format!("`{text}` is read as a number or a boolean, not as text");
                            self.add(&rules::NEEDS_QUOTES, &node.range, path, message)
                                .fix(format!("write `\"{text}\"`"));
                        } else {
                            self.scalar(node, text, schema, path);
                        }
                    }
                    None => self.wrong_type(node, &branches, path, &format!("`{text}`")),
                }
            }
        }
    }

    fn map(&mut self, node: &Node, fields: &[(Key, Node)], schema: &'a Schema, path: &str) {
        let known = schema["properties"].as_object();
        let others = &schema["additionalProperties"];
        let mut seen: Vec<&Key> = Vec::new();
        for (key, value) in fields {
            let path = field_path(path, &key.name);
            if let Some(first) = seen.iter().find(|earlier| earlier.name == key.name) {
                let line = self.text[..self.start + first.range.start].matches('\n').count() + 1;
                let message = format!("`{path}` is written twice, first in line {line}");
                self.add(&rules::DUPLICATE_FIELD, &key.range, &path, message);
            }
            seen.push(key);
            match known.and_then(|known| known.get(&key.name)) {
                Some(schema) => self.value(value, schema, &path, Some(key)),
                None if others.is_object() => {
                    self.key(key, &schema["propertyNames"], &path);
                    self.value(value, others, &path, Some(key));
                }
                None => self.unknown(key, known, &path),
            }
        }
        self.missing(node, schema, &seen, path);
    }

    fn unknown(&mut self, key: &Key, known: Option<&serde_json::Map<String, Schema>>, path: &str) {
        let names: Vec<&str> = known.into_iter().flat_map(|known| known.keys().map(String::as_str)).collect();
        let meant = nearest(&key.name, names.iter().copied());
        let found =
            self.add(&rules::UNKNOWN_FIELD, &key.range, path, format!("unknown field `{}`", key.name));
        match meant {
            Some(_) => found.did_you_mean(meant),
            None => found.fix(format!("the fields here are {}", one_of(names))),
        };
    }

    fn missing(&mut self, node: &Node, schema: &Schema, seen: &[&Key], path: &str) {
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Schema::as_str);
        for name in required.filter(|name| !seen.iter().any(|key| key.name == **name)) {
            let full = field_path(path, name);
            let at = first_line(node, seen);
            let within = if path.is_empty() { String::new() } else { format!(" in `{path}`") };
            self.add(&rules::MISSING_FIELD, &at, &full, format!("the field `{name}` is missing{within}"))
                .fix(format!("add `{name}:`"));
        }
    }

    /// The names in a mapping whose keys are the writer's own.
    fn key(&mut self, key: &Key, schema: &'a Schema, path: &str) {
        let node =
            Node { value: Value::Scalar { text: key.name.clone(), is_text: true }, range: key.range.clone() };
        for schema in branches(self.root, schema) {
            self.scalar(&node, &key.name, schema, path);
        }
    }

    fn wrong_type(&mut self, node: &Node, branches: &[&Schema], path: &str, found: &str) {
        let expected: Vec<String> = branches.iter().map(|branch| expected(branch)).collect();
        let name = if path.is_empty() { "the file".to_owned() } else { format!("`{path}`") };
        let message = format!("{name} is {found}, and not {}", expected.join(" or "));
        let at = node.range.start..node.range.end;
        let fix = branches.first().map(|wanted| shape(wanted, path));
        let found = self.add(&rules::WRONG_TYPE, &at, path, message);
        if let Some(fix) = fix {
            found.fix(fix);
        }
    }

    fn scalar(&mut self, node: &Node, text: &str, schema: &Schema, path: &str) {
        if let Some(words) = schema["enum"].as_array() {
            let words: Vec<&str> = words.iter().filter_map(Schema::as_str).collect();
            if !words.contains(&text) {
                let message = format!("`{text}` is none of {}", one_of(words.iter().copied()));
                let meant = nearest(text, words);
                self.add(&rules::UNKNOWN_WORD, &node.range, path, message).did_you_mean(meant);
            }
            return;
        }
        let why = match schema["format"].as_str() {
            Some(Text::FORMAT) => Text::parse(text).err(),
            Some(Date::FORMAT) => Date::parse(text).err(),
            Some(Duration::FORMAT) => Duration::parse(text).err(),
            Some(Id::FORMAT) => Id::parse(text).err(),
            Some(RightRef::FORMAT) => RightRef::parse(text).err(),
            Some(Number::FORMAT) => Number::parse(text).err(),
            Some(Count::FORMAT) => Count::parse(text).err(),
            Some(Tag::FORMAT) => Tag::parse(text).err(),
            _ if is(schema, "boolean") => bool::parse(text).err(),
            _ => None,
        };
        if let Some(why) = why {
            if text.trim().is_empty() {
                self.add(&rules::EMPTY_FIELD, &node.range, path, why);
                return;
            }
            let found = self.add(&rules::BAD_VALUE, &node.range, path, why);
            if let Some(fix) = form(schema, text) {
                found.fix(fix);
            }
        }
    }
}

/// How a value of a schema is written in the place of one of another type.
fn shape(schema: &Schema, path: &str) -> String {
    let name = path.rsplit('.').next().and_then(|last| last.split('[').next()).unwrap_or_default();
    // An item of a list stands there without a name.
    let before = if name.is_empty() || path.ends_with(']') { String::new() } else { format!("{name}: ") };
    if is(schema, "array") {
        return format!("write a list as `{before}[…, …]`");
    }
    if !is(schema, "object") {
        return form(schema, "").unwrap_or_else(|| format!("write one value as `{before}…`"));
    }
    let properties = schema["properties"].as_object();
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Schema::as_str).collect();
    let fields: Vec<&str> = match properties.and_then(|properties| properties.keys().next()) {
        Some(first) if required.is_empty() => vec![first],
        Some(_) => required,
        None => vec!["NAME"],
    };
    let fields: Vec<String> = fields.iter().map(|field| format!("{field}: …")).collect();
    if path.is_empty() {
        return format!("write the fields of the file, each in a line of its own, as `{}`", fields[0]);
    }
    format!("write fields as `{before}{{{}}}`", fields.join(", "))
}

/// How a value is written where a schema asks for a form of its own.
fn form(schema: &Schema, text: &str) -> Option<String> {
    let meant = slug(text);
    let fix = match schema["format"].as_str() {
        Some(Date::FORMAT) => "write a day of the calendar as `2026-03-02`",
        Some(Duration::FORMAT) => "write days, weeks or months as `10d`, `2w` or `3mo`",
        Some(Id::FORMAT) if Id::parse(&meant).is_ok() => return Some(format!("write `{meant}`")),
        Some(Id::FORMAT) => "write lowercase words joined by hyphens, none of them a reserved name",
        Some(RightRef::FORMAT) => "write the ids of the scope and of its right as `scope-id/right-id`",
        Some(Number::FORMAT) => "write a number as `1.5`, its unit under `unit:`",
        Some(Count::FORMAT) => "write a whole number as `4`",
        Some(Tag::FORMAT) => "write a tag with letters or digits in it",
        _ if is(schema, "boolean") => "write `true` or `false`",
        _ => return None,
    };
    Some(fix.to_owned())
}

/// The schemas of which a value may follow any, without references.
fn branches<'a>(root: &'a Schema, schema: &'a Schema) -> Vec<&'a Schema> {
    let schema = match schema["$ref"].as_str() {
        Some(name) => root.pointer(name.trim_start_matches('#')).unwrap_or(schema),
        None => schema,
    };
    // `allOf` with one branch is how a reference gets a description of its own.
    match schema["anyOf"].as_array().or(schema["allOf"].as_array()) {
        Some(all) => all.iter().flat_map(|branch| branches(root, branch)).collect(),
        None => vec![schema],
    }
}

/// Where a missing field is missed: at the first field beside it.
fn first_line(node: &Node, seen: &[&Key]) -> Range<usize> {
    seen.first().map_or(node.range.start..node.range.start, |key| key.range.clone())
}

fn is(schema: &Schema, name: &str) -> bool {
    schema["type"] == name
}

fn expected(schema: &Schema) -> String {
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("object"), _) => "a mapping of fields".into(),
        (Some("array"), _) => "a list".into(),
        (Some("boolean"), _) => bool::EXPECTED.into(),
        (_, Some(Date::FORMAT)) => Date::EXPECTED.into(),
        (_, Some(Duration::FORMAT)) => Duration::EXPECTED.into(),
        (_, Some(Number::FORMAT)) => Number::EXPECTED.into(),
        (_, Some(Count::FORMAT)) => Count::EXPECTED.into(),
        (_, Some(Id::FORMAT)) => Id::EXPECTED.into(),
        (_, Some(RightRef::FORMAT)) => RightRef::EXPECTED.into(),
        (_, Some(Tag::FORMAT)) => Tag::EXPECTED.into(),
        _ if schema["enum"].is_array() => {
            one_of(schema["enum"].as_array().into_iter().flatten().filter_map(Schema::as_str))
        }
        _ => Text::EXPECTED.into(),
    }
}
