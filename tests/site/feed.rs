//! The feed, read back by a parser of feeds and held against the entries and against RFC 4287.

use std::collections::BTreeSet;
use std::path::Path;

use atom_syndication::{Entry, Feed};
use bailiwick::source::discover::Folder;
use bailiwick::text::{Date, Scalar};

use crate::aid::{self, Files, files};

/// The feed of a reader's site, with the site.
fn feed(content: &Files, reader: &str) -> (Feed, Files) {
    let portfolio = aid::sound(content);
    let site = aid::site(&portfolio, content, reader);
    let bytes = &site["feed.xml"];
    // The parser of feeds forgives what XML does not.
    for event in xml::EventReader::new(&bytes[..]) {
        event.unwrap_or_else(|fault| panic!("{fault}\n{}", String::from_utf8_lossy(bytes)));
    }
    let feed = Feed::read_from(&bytes[..]);
    (feed.unwrap_or_else(|fault| panic!("{fault}\n{}", String::from_utf8_lossy(bytes))), site)
}

/// The one link that leads to what an entry is about.
fn link(entry: &Entry) -> &str {
    let [link] = entry.links() else { panic!("one link: {entry:?}") };
    assert_eq!(link.rel(), "alternate");
    link.href()
}

/// The files of the sample.
fn sample() -> Files {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    Folder::open(&content).and_then(|folder| folder.read_bytes()).expect("the sample can be read")
}

fn config(more: &str) -> String {
    format!("title: T\nowner: {{name: Robin Vale}}\nreaders: {{manager: {{}}}}\n{more}")
}

#[test]
fn the_feed_of_the_sample_says_what_its_entries_say() {
    let content = sample();
    let portfolio = aid::sound(&content);
    let mut names = Vec::new();
    for reader in ["me", "manager"] {
        let (feed, site) = feed(&content, reader);
        let redacted = aid::cut(&portfolio, reader);
        assert_eq!(feed.title().as_str(), &*portfolio.config.title);
        assert_eq!(feed.lang(), portfolio.config.language.as_deref().or(Some("en")));
        let authors: Vec<&str> = feed.authors().iter().map(atom_syndication::Person::name).collect();
        assert_eq!(authors, [portfolio.config.owner.name.as_str()]);

        let ids: BTreeSet<&str> = feed.entries().iter().map(Entry::id).collect();
        assert_eq!(ids.len(), feed.entries().len(), "no name stands for two entries");
        assert!(ids.iter().all(|id| id.starts_with("tag:")) && !ids.contains(feed.id()), "{ids:?}");
        assert!((10..=50).contains(&ids.len()), "{}", ids.len());

        let days: Vec<_> = feed.entries().iter().map(Entry::updated).collect();
        assert!(days.is_sorted_by(|one, other| one >= other), "the latest stand first: {days:?}");
        assert_eq!(Some(&feed.updated()), days.first());
        for entry in feed.entries() {
            let base = portfolio.config.base_url.as_deref().expect("the sample says where it is published");
            let address = link(entry).strip_prefix(base).expect("links begin with the address of the site");
            let page = &*format!("{address}index.html");
            assert!(site.contains_key(page), "`{page}` is no file of the site");
            let id = entry.id().rsplit_once('/').unwrap().1;
            let header =
                redacted.portfolio().header(id).unwrap_or_else(|| panic!("{reader} may not see {id}"));
            assert_eq!(entry.title().as_str(), header.title());
            let summary = header.common.summary.as_deref().unwrap_or(header.title());
            assert_eq!(entry.summary().map(atom_syndication::Text::as_str), Some(summary));
            let terms: Vec<&str> = entry.categories().iter().map(atom_syndication::Category::term).collect();
            let tags = header.common.tags.iter().map(bailiwick::text::Tag::as_str);
            assert_eq!(terms, [header.kind.word()].into_iter().chain(tags).collect::<Vec<_>>());
            let day = entry.updated().to_rfc3339();
            let (day, time) = day.split_once('T').unwrap();
            assert!(Date::parse(day).unwrap() <= aid::today() && time == "00:00:00+00:00", "{day}T{time}");
            assert!(String::from_utf8_lossy(&site[page]).contains(&format!("datetime=\"{day}\"")), "{page}");
        }
        names.push((feed.id().to_owned(), ids.into_iter().map(str::to_owned).collect::<BTreeSet<_>>()));
    }
    let [(mine, my_entries), (theirs, their_entries)] = &names[..] else { panic!("two readers") };
    assert_ne!(
        mine, theirs,
        "two feeds with one name would overwrite each other in a program that reads both"
    );
    assert!(!my_entries.is_disjoint(their_entries), "an entry has one name in all feeds");
}

#[test]
fn whatever_a_title_is_made_of_comes_back() {
    let title = "A & B <b>\"C\"</b> ]]> &amp; 'd' — 漢字 🎉 \u{202e}x";
    let entry = format!(
        "---\ntitle: {}\ndate: 2026-03-01\ntags: [a-b, \"größe\"]\n---\nText.\n",
        serde_json::to_string(title).unwrap()
    );
    let content = files([("portfolio.yaml", &config("") as &str), ("decisions/odd.md", &entry)]);
    let (feed, _) = feed(&content, "me");
    let [entry] = feed.entries() else { panic!("{feed:?}") };
    // A sign that turns the direction of what follows has no place in a title.
    assert_eq!(entry.title().as_str().replace('\u{202e}', ""), title.replace('\u{202e}', ""));
    assert_eq!(entry.summary().unwrap().as_str(), entry.title().as_str());
}

#[test]
fn a_published_site_is_named_by_its_address() {
    for base in ["https://example.org/portfolio", "https://example.org/portfolio/"] {
        let config = config(&format!("base_url: {base}\n"));
        let decision = "---\ntitle: One\ndate: 2026-03-01\n---\nText.\n";
        let content = files([("portfolio.yaml", &config as &str), ("decisions/one.md", decision)]);
        let (feed, _) = feed(&content, "me");
        let links: Vec<_> = feed.links().iter().map(|link| (link.rel(), link.href())).collect();
        let root = "https://example.org/portfolio/";
        assert_eq!(links, [("self", &*format!("{root}feed.xml")), ("alternate", root)]);
        assert_eq!(link(&feed.entries()[0]), format!("{root}decisions/one/"));
    }
}

#[test]
fn a_feed_without_entries_is_whole() {
    for (started, day) in [("started: 2026-01-12\n", "2026-01-12"), ("", "1970-01-01")] {
        let config = config(started);
        // What lies ahead is no news.
        let later = "---\ntitle: Later\ndate: 2026-07-01\n---\nText.\n";
        let content = files([("portfolio.yaml", &config as &str), ("decisions/later.md", later)]);
        let (feed, site) = feed(&content, "me");
        assert!(feed.entries().is_empty());
        assert_eq!(feed.updated().to_rfc3339(), format!("{day}T00:00:00+00:00"));
        let [link] = feed.links() else { panic!("{feed:?}") };
        assert!(site.contains_key(link.href()), "{}", link.href());
    }
}
