//! The words of the interface: none is missing, none is idle, and none stands in a page that is not from them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bailiwick::render::DEFAULT_FILES;
use bailiwick::words::Words;

/// Where a template or a line of the program names a message.
struct Uses {
    /// The keys that are named in full.
    keys: BTreeSet<String>,
    /// The groups of which any word may be asked for.
    groups: BTreeSet<String>,
}

#[test]
fn every_message_that_is_asked_for_is_there_and_none_is_idle() {
    let Uses { keys, groups } = uses();
    let known: BTreeSet<&str> = Words::english().messages().keys().map(String::as_str).collect();
    let missing: Vec<&String> = keys.iter().filter(|key| !known.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "asked for, and not in en.yaml: {missing:?}");
    let group = |key: &str| key.split_once('.').map(|(group, _)| group.to_owned());
    let is_used = |key: &&&str| keys.contains(**key) || group(key).is_some_and(|it| groups.contains(&it));
    let idle: Vec<&&str> = known.iter().filter(|key| !is_used(key)).collect();
    assert!(idle.is_empty(), "in en.yaml, and never said: {idle:?}");
    for name in &groups {
        assert!(
            known.iter().any(|key| group(key).as_ref() == Some(name)),
            "no message of the group `{name}`"
        );
    }
}

fn uses() -> Uses {
    let mut uses = Uses { keys: BTreeSet::new(), groups: BTreeSet::new() };
    for (name, bytes) in DEFAULT_FILES.iter().filter(|(name, _)| name.ends_with(".html")) {
        let text = std::str::from_utf8(bytes).expect(name);
        uses.keys.extend(before(text, "\" | say"));
        uses.groups.extend(after(text, "word(of=\""));
    }
    for text in sources() {
        uses.keys.extend(after(&text, "phrase!(\""));
        uses.keys.extend(after(&text.replace("phrase!(\n", "phrase!("), "phrase!( \""));
        uses.keys.extend(after(&text, ".text(\""));
        uses.groups.extend(after(&text, ".of(\""));
        // Tables of keys.
        let words = Words::english().messages().keys();
        uses.keys.extend(words.filter(|key| text.contains(&format!("\"{key}\""))).cloned());
        uses.groups.extend(after(&text, "overview(page.word(), \""));
    }
    uses
}

/// The quoted texts that end where `mark` stands.
fn before(text: &str, mark: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split(mark).collect();
    let last = |part: &&str| part.rsplit('"').next().map(str::to_owned);
    parts[..parts.len() - 1].iter().filter_map(last).collect()
}

/// The quoted texts that begin behind `mark`.
fn after(text: &str, mark: &str) -> Vec<String> {
    text.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// The text of every file below `src`.
fn sources() -> Vec<String> {
    fn walk(folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).expect("src can be listed") {
            let path = entry.expect("src can be listed").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("sources are text");
                // Tests ask for messages that are not there.
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(&text);
                let is_code = |line: &&str| !line.trim_start().starts_with("//");
                let code: Vec<&str> = code.lines().filter(is_code).collect();
                found.insert(path.display().to_string(), code.join("\n"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.into_values().collect()
}
