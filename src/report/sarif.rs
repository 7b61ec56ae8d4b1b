//! SARIF 2.1.0, which code-scanning services read.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Located, Rule, shown_path};

pub(super) fn printed(located: &[Located], prefix: &str) -> String {
    let rules: BTreeMap<&str, &Rule> =
        located.iter().map(|found| (found.diagnostic.rule.code, found.diagnostic.rule)).collect();
    let codes: Vec<&str> = rules.keys().copied().collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "bailiwick",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().copied().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": located.iter().map(|found| result(found, &codes, prefix)).collect::<Vec<_>>(),
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).expect("strings and numbers always serialise");
    text.push('\n');
    text
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": {"text": format!("Finds {}.", rule.finds)},
        "fullDescription": {"text": format!("Why: {}.", rule.why)},
        "help": {"text": format!("Instead: {}.", rule.instead)},
    })
}

fn result(found: &Located, codes: &[&str], prefix: &str) -> Value {
    let Located { diagnostic, location } = found;
    let uri = shown_path(prefix, &diagnostic.place.file).replace('%', "%25").replace(' ', "%20");
    json!({
        "ruleId": diagnostic.rule.code,
        "ruleIndex": codes.binary_search(&diagnostic.rule.code).expect("the codes were taken from the results"),
        "level": diagnostic.severity.word(),
        "message": {"text": format!(
            "{}. Why: {}. Fix: {}",
            diagnostic.message, diagnostic.shown_why(), diagnostic.shown_fix()
        )},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {
                "startLine": location.line,
                "startColumn": location.column,
                "endLine": location.end_line,
                "endColumn": location.end_column,
            },
        }}],
    })
}
