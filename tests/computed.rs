//! The pages that are worked out from all entries: whole files, for me and for a reader from whom some entries
//! are hidden. `UPDATE=1 cargo test --test computed` takes what is made for what is expected.

#![expect(
    clippy::disallowed_methods,
    reason = "the rules are for the program; the test keeps files of its own"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bailiwick::model::readers::Reader;
use bailiwick::redact::redact;
use bailiwick::render::{Rendered, Renderer, Theme};
use bailiwick::source::discover::Folder;
use bailiwick::text::{Date, Scalar};
use bailiwick::view::Site;
use icalendar::parser::{read_calendar, unfold};

const TODAY: &str = "2026-06-15";

const FILES: [&str; 12] = [
    "calendar.ics",
    "constraints/an-order-to-lie/index.html",
    "cycle/index.html",
    "index.html",
    "pilots/borrowed/index.html",
    "pilots/keyless/index.html",
    "portfolio.json",
    "program/index.html",
    "rights/index.html",
    "scopes/doors/index.html",
    "timeline/index.html",
    "track-record/index.html",
];

/// Words of entries that the manager may not see.
const HIDDEN: [&str; 8] = [
    "further",
    "hidden-hinge",
    "Hidden hinge",
    "secret",
    "nobody heard",
    "hidden-talk",
    "Hidden talk",
    "an-order-to-lie",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/computed")
}

/// The files of a site that are looked at, by path.
fn made(reader: &str) -> BTreeMap<String, String> {
    let sources = Folder::open(&folder().join("content")).and_then(|folder| folder.read()).unwrap();
    let today = Date::parse(TODAY).unwrap();
    let (portfolio, report) = bailiwick::read(&sources, today);
    assert!(!report.has_errors(), "{:#?}", report.diagnostics());
    let portfolio = portfolio.unwrap();
    let redacted = redact(&portfolio, &Reader::parse(reader, &portfolio.config).unwrap());
    let site = Site::new(&redacted, today);
    let theme = Theme::new(BTreeMap::new()).unwrap();
    let renderer = Renderer::new(&site, &theme);
    let routes = site.routes(theme.statics().map(str::to_owned));
    let wanted = routes.iter().filter(|route| FILES.contains(&route.path.as_str()));
    let render = |route| match renderer.render(route) {
        Ok(Rendered::Bytes(bytes)) => String::from_utf8(bytes).unwrap(),
        Ok(Rendered::Asset(path)) => panic!("{path} is no page"),
        Err(fault) => panic!("{fault}"),
    };
    wanted.map(|route| (route.path.clone(), render(route))).collect()
}

/// All files below a folder, by path.
fn files(folder: &Path, below: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn check(reader: &str) {
    let expected_in = folder().join("expected").join(reader);
    let made = made(reader);
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&expected_in);
        for (path, text) in &made {
            let path = expected_in.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let mut expected = BTreeMap::new();
    files(&expected_in, "", &mut expected);
    let paths = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(paths(&made), paths(&expected));
    for (path, text) in &made {
        let differs = text.lines().zip(expected[path].lines()).position(|(made, expected)| made != expected);
        let line = differs.map_or(0, |at| at + 1);
        assert!(*text == expected[path], "{reader}/{path} differs in line {line}; `UPDATE=1` takes it over");
    }
}

#[test]
fn for_me() {
    check("me");
}

#[test]
fn for_the_manager() {
    check("manager");
}

#[test]
fn what_is_hidden_is_in_no_file() {
    let (mine, theirs) = (made("me"), made("manager"));
    for word in HIDDEN {
        assert!(mine.values().any(|text| text.contains(word)), "`{word}` tests nothing");
        for (path, text) in &theirs {
            assert!(!text.contains(word), "`{word}` is in {path}");
        }
    }
}

/// What another program reads of a calendar: the day and the words of each event.
fn events(calendar: &str) -> Vec<String> {
    let unfolded = unfold(calendar);
    let read = read_calendar(&unfolded).expect("another program reads the calendar");
    let events = read.components.iter().filter(|component| component.name == "VEVENT");
    events
        .map(|event| {
            let value = |name| {
                let value = &event.find_prop(name).expect("every event has all properties").val;
                value.clone().unescape_text().as_str().to_owned()
            };
            assert!(value("UID").ends_with("@robin-vale.bailiwick"), "{}", value("UID"));
            format!("{} {}", value("DTSTART"), value("SUMMARY"))
        })
        .collect()
}

#[test]
fn calendars_are_read_back() {
    let mine = [
        "20260430 The agreement “Painting for a spring” expires",
        "20260601 Promised: List the locks",
        "20260618 An answer to “Airing without asking” is needed",
        "20260620 Look again at “A door stop”",
        "20260622 Review of “A bell”",
        "20260624 Check-in with Kim Osei",
        "20260630 “A bell” ends and needs a verdict",
        "20260701 Promised: Mend the latch",
        "20260715 “A secret passage” ends and needs a verdict",
        "20260731 “Figures of another” ends and needs a verdict",
        "20260801 Look again at the agreement “Opening, further”",
    ];
    assert_eq!(events(&made("me")["calendar.ics"]), mine);
    // Neither the check-in, which a hidden one may have followed, nor what agreements are overdue for.
    let theirs: Vec<&str> = mine
        .into_iter()
        .filter(|event| {
            !["Painting", "Check-in", "secret", "further"].iter().any(|word| event.contains(word))
        })
        .collect();
    assert_eq!(events(&made("manager")["calendar.ics"]), theirs);
}
