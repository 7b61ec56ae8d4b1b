//! `search/index.js`: what the search knows, as a script, because a page on a disk may load nothing else.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::view::{SearchLines, Site};
use crate::words::{Words, phrase};

/// What the script hands over.
#[derive(Serialize)]
struct Index<'a> {
    words: Spoken<'a>,
    #[serde(flatten)]
    lines: SearchLines<'a>,
}

/// What the search says. `{query}` and `{count}` are filled in the browser.
#[derive(Serialize)]
struct Spoken<'a> {
    kinds: BTreeMap<&'static str, &'a str>,
    prompt: &'a str,
    loading: &'a str,
    none: String,
    count: String,
}

/// The script. It is nothing but data, in a form that could also stand within a page.
pub fn index(site: &Site) -> String {
    let index = Index { words: Spoken::new(site, site.words()), lines: site.search_lines() };
    let data = serde_json::to_string(&index).expect("views always serialise");
    format!("(self.bailiwick ??= {{}}).index = {};\n", data.replace('<', "\\u003c"))
}

impl<'a> Spoken<'a> {
    fn new(site: &Site, words: &'a Words) -> Self {
        let kinds = site.kinds().map(|kind| (kind.word(), words.of("kinds", kind.word())));
        Self {
            kinds: kinds.collect(),
            prompt: words.text("search.prompt"),
            loading: words.text("search.loading"),
            none: words.say(&phrase!("search.none", query = "{query}")),
            count: words.say(&phrase!("search.count", found = "{count}")),
        }
    }
}
