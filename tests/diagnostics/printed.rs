//! The whole output of one case with several faults, in each form, as its reader gets it.

use std::fs;

use bailiwick::report::{Format, Style, printed};

use super::{Fixture, is_update, report, root};

fn is_as_committed(name: &str, format: Format) {
    let case = root().join("several-faults");
    let fixture = Fixture::read(&case);
    let text = printed(&report(&fixture.sources), &fixture.sources, "content", format);
    // A new version of the program is no new output.
    let version = concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\"");
    let text = text.replace(version, "\"version\": \"…\"");
    let path = case.join(name);
    if is_update() {
        fs::write(&path, text).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == expected,
        "{name} differs; `UPDATE=1 cargo test --test diagnostics printed` renews it. Printed now:\n{text}"
    );
}

#[test]
fn for_a_person() {
    is_as_committed("printed.txt", Format::Human(Style { color: false, width: 100 }));
}

#[test]
fn as_json() {
    is_as_committed("printed.jsonl", Format::Json);
    let case = fs::read_to_string(root().join("several-faults/printed.jsonl")).unwrap();
    for line in case.lines() {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        let keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = ["severity", "code", "message", "file", "line", "column", "path", "why", "fix"];
        assert!(keys.len() == expected.len() && expected.iter().all(|key| keys.contains(key)), "{line}");
    }
}

#[test]
fn for_workflows() {
    is_as_committed("printed.github", Format::Github);
}

#[test]
fn as_sarif() {
    is_as_committed("printed.sarif", Format::Sarif);
}
