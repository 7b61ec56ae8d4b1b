//! Where an observation belongs in the fields of an entry, and how it is written there.

use super::flow::Flow;
use super::scan::{Found, indent, is_first_in_line, is_last_in_line, skip, with_comments_above};
use super::{Insertion, NewObservation, guardrail_index, line};
use crate::source::yaml::{Value, tree};

/// What keeps a place from being found.
const UNUSUAL: &str = "the metric is written in an unusual way";

/// Finds the place of the observation `index` of a metric.
///
/// # Errors
/// The reason why it cannot be found for certain.
pub(super) fn insertion(
    yaml: &str,
    metric: &str,
    index: usize,
    new: &NewObservation,
) -> Result<Insertion, &'static str> {
    let tree = tree(yaml).map_err(|_| "the fields cannot be read")?;
    let root = Found::root(yaml, &tree);
    let metric = match guardrail_index(metric) {
        None => root.field(yaml, metric),
        Some(index) => root.field(yaml, "guardrails").and_then(|list| list.item(yaml, index)),
    };
    let metric = metric.ok_or("the metric is not there")?;
    let Some(list) = metric.field(yaml, "observations") else { return first(yaml, metric, new) };
    match &list.node.value {
        Value::List(_) if list.is_flow(yaml) => {
            let flow = Flow { yaml, start: list.start, parts: &list.parts(yaml) };
            Ok(flow.insertion(index, &flow_map(new)))
        }
        Value::List(_) => item(yaml, metric, list, index, new),
        Value::Map(_) => Err("the one observation is not written as a list"),
        Value::Null | Value::Scalar { .. } => Err("the observations are not written as a list"),
    }
}

/// The first observation of a metric that has no list of them yet.
fn first(yaml: &str, metric: Found, new: &NewObservation) -> Result<Insertion, &'static str> {
    let parts = metric.parts(yaml);
    let last = parts.last().ok_or(UNUSUAL)?;
    if metric.is_flow(yaml) {
        let flow = Flow { yaml, start: metric.start, parts: &parts };
        return Ok(flow.insertion(parts.len(), &format!("observations: [{}]", flow_map(new))));
    }
    // The last key stands first in its line, but for a mapping of one key in a list.
    let column = last.start - line(yaml, last.start).start;
    let indent = " ".repeat(column);
    lines_behind(yaml, last.end, &format!("{indent}observations:\n{indent}  - {}", flow_map(new)))
}

/// One more item in a list with a dash before each.
fn item(
    yaml: &str,
    metric: Found,
    list: Found,
    index: usize,
    new: &NewObservation,
) -> Result<Insertion, &'static str> {
    let Value::Map(fields) = &metric.node.value else { return Err(UNUSUAL) };
    let key = fields.iter().find(|(key, _)| key.name == "observations").map(|(key, _)| key).ok_or(UNUSUAL)?;
    let items = list.items(yaml);
    let model = items.get(index).or(items.last()).ok_or(UNUSUAL)?;
    let above = |at: usize| if at == 0 { key.range.end } else { items[at - 1].end(yaml) };
    let dash = skip(yaml, above(index.min(items.len() - 1)), ":");
    if !yaml[dash..].starts_with('-') || !is_first_in_line(yaml, dash) {
        return Err(UNUSUAL);
    }
    let before = indent(yaml, dash);
    let between = &yaml[dash + 1..model.start];
    let gap = if between.chars().all(|c| c == ' ') { between } else { " " };
    let lines = if model.is_flow(yaml) {
        format!("{before}-{gap}{}", flow_map(new))
    } else {
        let inner = format!("{before} {gap}");
        format!("{before}-{gap}{}", fields_of(new).join(&format!("\n{inner}")))
    };
    if index < items.len() {
        let at = with_comments_above(yaml, dash, above(index));
        return Ok(Insertion { at, text: lines + "\n" });
    }
    lines_behind(yaml, model.end(yaml), &lines)
}

/// Puts lines behind the line of `at`, which ends what stands before them.
fn lines_behind(yaml: &str, at: usize, lines: &str) -> Result<Insertion, &'static str> {
    if !is_last_in_line(yaml, at) {
        return Err(UNUSUAL);
    }
    Ok(match line(yaml, at).end {
        end if end < yaml.len() => Insertion { at: end + 1, text: format!("{lines}\n") },
        end => Insertion { at: end, text: format!("\n{lines}") },
    })
}

/// The observation in braces.
pub(super) fn flow_map(new: &NewObservation) -> String {
    format!("{{{}}}", fields_of(new).join(", "))
}

fn fields_of(new: &NewObservation) -> Vec<String> {
    let observation = new.observation();
    let mut fields = vec![format!("date: {}", observation.date), format!("value: {}", new.value())];
    fields.extend(observation.note.as_ref().map(|note| format!("note: {}", scalar(note))));
    fields
}

/// A text as it is, if no reader of YAML could take it for anything else; else in double quotes.
fn scalar(text: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | ';' | '\'' | '’' | '(' | ')' | '-' | '%');
    // One word alone could be `null`, `yes` or a figure.
    let plain = text.starts_with(char::is_alphabetic) && text.contains(' ') && text.chars().all(is_plain);
    if plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}
