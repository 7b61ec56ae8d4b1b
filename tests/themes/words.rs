//! The words of the interface: none is missing, none is idle, and none stands in a page that is not from them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bailiwick::render::{DEFAULT_FILES, Rendered, Renderer, Theme};
use bailiwick::report::Report;
use bailiwick::source::SourcePath;
use bailiwick::text::{Date, Duration, Scalar, with_unit};
use bailiwick::view::Site;
use bailiwick::words::Words;
use scraper::{Html, Node, Selector};

use crate::aid;

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
        uses.groups.extend(after(&text, "Argument::Word(\""));
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
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(&text);
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

/// English in letters that no writer uses: what stands in plain ones is from the writer, or was written into the
/// program. Letters stay what they are where a text is wrapped or cut short, which brackets around it would not.
fn circled() -> Words {
    let words = Words::english();
    let keep = |key: &str| key.starts_with("format.");
    let circle = |text: &str| text.chars().map(circle).collect::<String>();
    let messages = words.messages().iter().filter(|(key, _)| !keep(key));
    Words::new("en", messages.map(|(key, message)| (key.clone(), message.map_text(circle))).collect())
}

fn circle(letter: char) -> char {
    let from = |first: char| u32::from(first) + u32::from(letter);
    match letter {
        'a'..='z' => char::from_u32(from('ⓐ') - u32::from('a')),
        'A'..='Z' => char::from_u32(from('Ⓐ') - u32::from('A')),
        _ => None,
    }
    .unwrap_or(letter)
}

#[test]
fn no_page_says_a_word_that_is_not_from_the_file_of_words() {
    let content = sample();
    let (portfolio, _) = bailiwick::read(&aid::sources(&content), Date::parse("2026-10-12").unwrap());
    let portfolio = portfolio.expect("the sample is sound");
    let theme = Theme::speaking(circled());
    for reader in ["me", "manager"] {
        let redacted = aid::cut(&portfolio, reader);
        let site = Site::in_words(&redacted, Date::parse("2026-10-12").unwrap(), theme.words());
        let own = own_texts(&site, reader);
        let renderer = Renderer::new(&site, &theme);
        let mut strangers = BTreeSet::new();
        for route in site.routes([]).iter().filter(|route| route.path.ends_with(".html")) {
            let Ok(Rendered::Bytes(bytes)) = renderer.render(route) else { panic!("{}", route.path) };
            let page = String::from_utf8(bytes).unwrap();
            for Said { text, is_drawn } in texts(&page) {
                for left in plain(&text) {
                    let is_line = is_drawn && own.iter().any(|text| text.contains(&left));
                    if !is_line && !are_own(&own, &left) {
                        strangers.insert(format!("{}: {left}", route.path));
                    }
                }
            }
        }
        assert!(
            strangers.is_empty(),
            "for {reader}:\n{}",
            strangers.into_iter().collect::<Vec<_>>().join("\n")
        );
    }
}

/// A text on a page.
struct Said {
    text: String,
    /// Whether it stands in a picture, where it may be wrapped and cut short.
    is_drawn: bool,
}

/// All that is said on a page where a reader sees or hears it; the text of entries and names that machines make are
/// left out.
fn texts(page: &str) -> Vec<Said> {
    let document = Html::parse_document(page);
    // Commits and fingerprints stand in `code`.
    let passed = Selector::parse(".prose, nav.contents, script, style, code").unwrap();
    let passed: BTreeSet<_> =
        document.select(&passed).flat_map(|found| found.descendants().map(|node| node.id())).collect();
    let drawn = Selector::parse("svg").unwrap();
    let drawn: BTreeSet<_> =
        document.select(&drawn).flat_map(|found| found.descendants().map(|node| node.id())).collect();
    let mut texts = Vec::new();
    for node in document.tree.nodes().filter(|node| !passed.contains(&node.id())) {
        let mut say = |text: &str| {
            texts.push(Said { text: text.to_owned(), is_drawn: drawn.contains(&node.id()) });
        };
        match node.value() {
            Node::Text(text) => say(text),
            Node::Element(element) => {
                let said = ["aria-label", "title", "alt", "data-label", "placeholder", "aria-description"];
                said.iter().filter_map(|name| element.attr(name)).for_each(&mut say);
            }
            _ => {}
        }
    }
    texts
}

/// What of a text stands in plain letters, if it is more than one; without the signs and figures around it.
fn plain(text: &str) -> Vec<String> {
    let is_circled = |c: char| matches!(c, 'Ⓐ'..='ⓩ');
    // Titles of pages stand beside the title of the site.
    let parts = text.split(|c: char| is_circled(c) || c == '·');
    let trimmed = parts.map(flat).map(|part| bare(&part).to_owned());
    trimmed.filter(|part| part.chars().filter(|c| c.is_alphabetic()).count() > 1).collect()
}

/// Whether this is a text of the writer, or several beside each other.
fn are_own(own: &BTreeSet<String>, text: &str) -> bool {
    let mut cuts = text.match_indices([':', ',', ';']);
    own.contains(text)
        || cuts.any(|(at, _)| own.contains(bare(&text[..at])) && are_own(own, bare(&text[at..])))
}

/// White space as a browser shows it.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphabetic())
}

/// The writer's own texts: every text in `portfolio.json` that is no word of the format.
fn own_texts(site: &Site, reader: &str) -> BTreeSet<String> {
    let words: BTreeSet<&str> = Words::english()
        .messages()
        .keys()
        .filter(|key| !key.starts_with("part.") && !key.starts_with("label."))
        .filter_map(|key| key.split_once('.'))
        .map(|(_, word)| word)
        .collect();
    let json: serde_json::Value = serde_json::from_str(&bailiwick::render::portfolio_json(site)).unwrap();
    let mut own = BTreeSet::from([reader.to_owned()]);
    collect(&json, &mut own);
    own.retain(|text| !words.contains(text.as_str()));
    // These are the writer's, even where they are spelt like a word of the format.
    chosen(&json, &mut own);
    // Sentences call people by their first names.
    let config = &site.portfolio().config;
    let people = std::iter::once(&config.owner).chain(&config.manager);
    own.extend(people.filter_map(|person| person.name.split(' ').next()).map(str::to_owned));
    own
}

/// The tags, readers, promises and notes that a writer chose the letters of.
fn chosen(json: &serde_json::Value, own: &mut BTreeSet<String>) {
    match json {
        serde_json::Value::Array(items) => items.iter().for_each(|item| chosen(item, own)),
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                if matches!(name.as_str(), "tags" | "readers" | "on_breach" | "unit" | "note") {
                    collect(value, own);
                }
                // One of them is said in the singular.
                if let ("unit", Some(unit)) = (name.as_str(), value.as_str()) {
                    own.insert(bare(&with_unit("1", Some(unit))).to_owned());
                }
                chosen(value, own);
            }
        }
        _ => {}
    }
}

fn collect(json: &serde_json::Value, own: &mut BTreeSet<String>) {
    match json {
        serde_json::Value::String(text) => {
            own.insert(bare(&flat(text)).to_owned());
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, own)),
        serde_json::Value::Object(fields) => {
            // What was worked out is said in English there, and in the language of the site on its pages.
            fields.iter().filter(|(name, _)| *name != "computed").for_each(|(name, value)| {
                own.insert(name.clone());
                collect(value, own);
            });
        }
        _ => {}
    }
}

/// The files of the sample.
fn sample() -> aid::Files {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let folder = bailiwick::source::discover::Folder::open(&content).unwrap();
    folder.read_bytes().unwrap()
}

#[test]
fn every_language_says_everything_with_the_same_arguments() {
    for (name, bytes) in DEFAULT_FILES.iter().filter(|(name, _)| name.starts_with("words/")) {
        let file = SourcePath::new(*name);
        let (own, mut report) = (BTreeSet::new(), Report::default());
        let source =
            bailiwick::words::Source { file: &file, text: std::str::from_utf8(bytes).unwrap(), own: &own };
        let messages = source.read(&mut report);
        source.note_missing(name, &messages, &mut report);
        assert!(report.diagnostics().is_empty(), "{name}: {:#?}", report.diagnostics());
        for (key, message) in &messages {
            let english = Words::english().message(key).unwrap();
            // A date may be written with other parts than the English one.
            if !key.starts_with("format.") {
                assert_eq!(message.slots(), english.slots(), "{name}: `{key}`");
            }
        }
    }
}

#[test]
fn a_site_speaks_the_language_of_its_portfolio() {
    for (language, lang, rights, day, months) in [
        ("de", "de", "Entscheidungsrechte", "26. Januar 2026", "2 Wochen"),
        ("zh-CN", "zh-CN", "决策权", "2026年1月26日", "2 周"),
    ] {
        let mut content = sample();
        let config = String::from_utf8(content["portfolio.yaml"].clone()).unwrap();
        let config =
            config.lines().filter(|line| !line.starts_with("language:")).collect::<Vec<_>>().join("\n");
        content.insert("portfolio.yaml".to_owned(), format!("{config}\nlanguage: {language}\n").into_bytes());
        let today = Date::parse("2026-10-12").unwrap();
        let portfolio = bailiwick::read(&aid::sources(&content), today).0.unwrap();
        let theme = bailiwick::render::load(&portfolio.config, &[], &mut Report::default()).unwrap();
        assert_eq!(theme.words().duration(Duration::Weeks(2)), months);
        let redacted = aid::cut(&portfolio, "me");
        let site = Site::in_words(&redacted, today, theme.words());
        let renderer = Renderer::new(&site, &theme);
        let page = |path: &str| {
            let routes = site.routes([]);
            let route = routes.iter().find(|route| route.path == path).unwrap();
            let Ok(Rendered::Bytes(bytes)) = renderer.render(route) else { panic!("{path}") };
            String::from_utf8(bytes).unwrap()
        };
        let map = page("rights/index.html");
        assert!(map.contains(&format!("<html lang=\"{lang}\"")) && map.contains(rights));
        let check_in = page("check-ins/2026-01-26-check-in/index.html");
        assert!(check_in.contains(&format!("<time datetime=\"2026-01-26\">{day}</time>")), "{check_in}");
        // Data and machines have no language.
        let json = page("portfolio.json");
        let english = bailiwick::render::portfolio_json(&Site::new(&redacted, today));
        assert_eq!(json, english);
    }
}
