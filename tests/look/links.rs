//! Every link and every anchor of the sample's site leads somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scraper::{Html, Selector};

use crate::aid::{files, sample};

/// The files of the site with the ids in them.
fn anchors(site: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let with_ids = |path: String| {
        let mut ids = BTreeSet::new();
        if path.ends_with(".html") {
            let text = std::fs::read_to_string(site.join(&path)).expect("a page");
            let html = Html::parse_document(&text);
            for element in html.select(&Selector::parse("[id]").expect("a selector")) {
                let id = element.attr("id").expect("it has one").to_owned();
                assert!(ids.insert(id.clone()), "{path} has two elements with the id `{id}`");
            }
        }
        (path, ids)
    };
    files(site).into_iter().map(with_ids).collect()
}

/// The path of an address, seen from a page; `None` if it leaves the site.
fn target(from: &str, address: &str) -> Option<(String, Option<String>)> {
    if address.contains("://") || address.starts_with("mailto:") || address.starts_with("tel:") {
        return None;
    }
    let (path, anchor) =
        address.split_once('#').map_or((address, None), |(path, id)| (path, Some(id.to_owned())));
    if path.is_empty() {
        return Some((from.to_owned(), anchor));
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().expect("no link climbs out of the site")),
            "." => {}
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), anchor))
}

#[test]
fn every_link_and_every_anchor_leads_somewhere() {
    let site = sample();
    let there = anchors(site);
    let mut broken = Vec::new();
    let mut seen = 0;
    for path in there.keys().filter(|path| path.ends_with(".html")) {
        let text = std::fs::read_to_string(site.join(path)).expect("a page");
        let html = Html::parse_document(&text);
        for (selector, name) in [
            ("[href]", "href"),
            ("[src]", "src"),
            ("[aria-labelledby]", "aria-labelledby"),
            ("[popovertarget]", "popovertarget"),
        ] {
            for element in html.select(&Selector::parse(selector).expect("a selector")) {
                let value = element.attr(name).expect("it has one");
                let addresses: Vec<String> = match name {
                    "href" | "src" => vec![value.to_owned()],
                    _ => value.split_whitespace().map(|id| format!("#{id}")).collect(),
                };
                for address in addresses {
                    let Some((file, anchor)) = target(path, &address) else { continue };
                    seen += 1;
                    let is_there = match (there.get(&file), anchor) {
                        (Some(ids), Some(anchor)) => ids.contains(&anchor),
                        (Some(_), None) => true,
                        (None, _) => false,
                    };
                    if !is_there {
                        broken.push(format!("{path}: {address}"));
                    }
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(seen > 3_000, "only {seen} links were seen");
}

#[test]
fn a_broken_link_would_be_seen() {
    assert_eq!(target("a/b/index.html", "../c.html#x"), Some(("a/c.html".into(), Some("x".into()))));
    assert_eq!(target("a/index.html", "#x"), Some(("a/index.html".into(), Some("x".into()))));
    assert_eq!(target("a/index.html", "https://e.org/"), None);
}
