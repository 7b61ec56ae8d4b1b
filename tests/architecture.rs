//! The house: a module uses only what stands left of it, and only the edges touch the world.
#![expect(clippy::disallowed_methods, reason = "reads the sources, not content")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules from left to right; see ARCHITECTURE.md.
const ORDER: [&str; 21] = [
    "text", "chart", "asset", "source", "report", "words", "model", "history", "evaluate", "check", "record",
    "redact", "past", "changes", "view", "paper", "render", "write", "confine", "serve", "cli",
];

/// Where the world may be touched, and by what.
const EDGES: [(&str, &[&str]); 5] = [
    ("std::fs", &["source/copied.rs", "source/discover.rs", "write/", "confine/", "serve/poll.rs", "cli/"]),
    ("std::env", &["confine/", "cli/", "main.rs"]),
    ("gix::", &["history/repository/"]),
    ("std::net", &["serve/", "cli/serve.rs"]),
    ("std::process::Command", &["cli/browser.rs", "cli/editor.rs"]),
];

#[test]
fn no_module_uses_what_stands_right_of_it() {
    let place = |module: &str| ORDER.iter().position(|known| *known == module);
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let module = path.split(['/', '.']).next().unwrap_or_default().to_owned();
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let own = place(&module).unwrap_or_else(|| panic!("`{module}` is not in the order of the house"));
        for used in used_modules(&text) {
            match place(&used) {
                Some(other) if other <= own => {}
                Some(_) => faults.push(format!("src/{path} uses `{used}`, which stands right of `{module}`")),
                // `crate::read` and the like: the functions of lib.rs tell the whole story, to `cli` alone.
                None if module == "cli" => {}
                None => {
                    faults.push(format!("src/{path} uses `crate::{used}`, which is no module of the house"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_edges_touch_the_world() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        for (name, allowed) in EDGES {
            let code = without_tests(&text);
            let uses = code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(name));
            if uses && !allowed.iter().any(|edge| path.starts_with(edge)) {
                faults.push(format!("src/{path} touches `{name}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_is_in_the_code_map() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the code map can be read");
    for module in ORDER {
        let named = map.contains(&format!("| `{module}/`")) || map.contains(&format!("| `{module}.rs`"));
        assert!(named, "ARCHITECTURE.md does not name `{module}`");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// All source files by their path below `src`.
fn sources() -> BTreeMap<String, String> {
    fn walk(folder: &Path, below: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("src can be listed") {
            let entry = entry.expect("src can be listed");
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else if name.ends_with(".rs") {
                found.insert(name, fs::read_to_string(entry.path()).expect("sources are text"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&root().join("src"), "", &mut found);
    assert!(found.len() > 50, "the sources were not found");
    found
}

/// The modules that a file names behind `crate::`, tests aside: these may look at everything.
fn used_modules(text: &str) -> Vec<String> {
    let code = without_tests(text);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| line.split("crate::").skip(1))
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or("").split(',').map(first_word).collect(),
            None => vec![first_word(rest)],
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
}
