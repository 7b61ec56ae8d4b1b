//! Links of an earlier day: what was not written yet cannot be linked to, so there its words stand alone.

use std::collections::BTreeMap;

use super::Files;

/// Makes words of the links in `files` that lead to what is in the sample and not in them.
pub fn cut(files: &mut Files, sample: &Files) {
    let ahead: BTreeMap<&str, &str> = sample
        .iter()
        .filter(|(path, _)| !files.contains_key(*path))
        .filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)))
        .collect();
    for (path, bytes) in files.iter_mut().filter(|(path, _)| path.ends_with(".md") || path.ends_with(".yaml"))
    {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = without_references(text, &ahead);
        *bytes = without_wiki_links(&without_links(&text, folder, &ahead), &ahead).into_bytes();
    }
}

/// Without what the fields `pilot` and `related` name that is yet to come.
fn without_references(text: &str, ahead: &BTreeMap<&str, &str>) -> String {
    let is_ahead = |id: &str| ahead.keys().any(|path| id_of(path) == id.trim());
    let kept = |line: &str| match line.split_once(": ") {
        Some(("pilot", id)) => (!is_ahead(id)).then(|| line.to_owned()),
        Some(("related", ids)) => {
            let ids = ids.trim().trim_start_matches('[').trim_end_matches(']').split(',').map(str::trim);
            let ids: Vec<&str> = ids.filter(|id| !is_ahead(id)).collect();
            (!ids.is_empty()).then(|| format!("related: [{}]", ids.join(", ")))
        }
        _ => Some(line.to_owned()),
    };
    text.lines().filter_map(kept).map(|line| line + "\n").collect()
}

/// Without `[words](file)` to files that are yet to come.
fn without_links(text: &str, folder: &str, ahead: &BTreeMap<&str, &str>) -> String {
    let mut cut = String::new();
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let end = rest[middle..].find(')').map_or(rest.len(), |end| middle + end);
        let target = rest[middle + 2..end].split('#').next().unwrap_or_default();
        let start = rest[..middle].rfind('[').filter(|_| ahead.contains_key(joined(folder, target).as_str()));
        match start {
            Some(start) => {
                cut += &rest[..start];
                cut += &rest[start + 1..middle];
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            None => {
                cut += &rest[..middle + 2];
                rest = &rest[middle + 2..];
            }
        }
    }
    cut + rest
}

/// Without `[[id]]` and `[[id|words]]` of entries that are yet to come.
fn without_wiki_links(text: &str, ahead: &BTreeMap<&str, &str>) -> String {
    let mut cut = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        let (inner, behind) = after.split_once("]]").unwrap_or((after, ""));
        let (id, words) = inner.split_once('|').unwrap_or((inner, ""));
        let entry = ahead.iter().find(|(path, _)| id_of(path) == id.split('#').next().unwrap_or_default());
        cut += before;
        cut += &match (entry, words) {
            (None, _) => format!("[[{inner}]]"),
            (Some((_, text)), "") => title(text).to_owned(),
            (Some(_), words) => words.to_owned(),
        };
        rest = behind;
    }
    cut + rest
}

fn id_of(path: &str) -> &str {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    stem.rsplit_once('/').map_or(stem, |(_, name)| name)
}

fn title(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("title: ")).unwrap_or_default()
}

/// The path that a link in a folder leads to.
fn joined(folder: &str, link: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
