//! What YAML programs read differently is read here as it stands, or not at all: never as another value.

use bailiwick::model::common::Observation;
use bailiwick::model::decision::{Decision, RawDecision};
use bailiwick::model::entry::Fields;
use bailiwick::model::feedback::RawFeedback;
use bailiwick::model::program::RawPage;
use bailiwick::model::record::Either;
use bailiwick::source::yaml;

/// Plain scalars of every sort that some reader of YAML takes for something else.
const SPELLINGS: [&str; 72] = [
    "yes",
    "Yes",
    "YES",
    "no",
    "No",
    "NO",
    "on",
    "On",
    "off",
    "OFF",
    "y",
    "Y",
    "n",
    "N",
    "true",
    "True",
    "TRUE",
    "false",
    "False",
    "tRue",
    "null",
    "Null",
    "NULL",
    "~",
    "nil",
    "none",
    "1.10",
    "1.0",
    "1.",
    ".5",
    "-.5",
    "+1",
    "-1",
    "012",
    "0o14",
    "0x1F",
    "0b11",
    "00",
    "0",
    "-0",
    "1_000",
    "1,000",
    "12:30",
    "12:30:45",
    "1:2",
    "190:20:30",
    "1e3",
    "1E3",
    "1.5e-3",
    "1e400",
    ".inf",
    "-.inf",
    ".Inf",
    ".nan",
    ".NaN",
    "inf",
    "NaN",
    "2026-03-02",
    "2026-02-30",
    "2026-3-2",
    "2026",
    "02.03.2026",
    "2026-03-02T10:00:00Z",
    "2026-03-02 10:00",
    "9007199254740993",
    "18446744073709551616",
    "0.1",
    "3.14159265358979323846",
    "1.500",
    "v1.10",
    "1.10.2",
    "=",
];

fn reads<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    yaml::read(text)
}

#[test]
fn a_text_keeps_its_letters_or_is_refused() {
    for spelling in SPELLINGS {
        let page: Option<RawPage> = reads(&format!("title: {spelling}\n"));
        if let Some(page) = page {
            assert_eq!(page.title.as_deref(), Some(spelling), "as a text");
        }
        for written in [format!("[{spelling}]"), spelling.to_owned(), format!("\n  - {spelling}\n  - x")] {
            // A comma divides a list in brackets: that is no other reading of one value.
            if written.starts_with('[') && spelling.contains(',') {
                continue;
            }
            let decision: Option<RawDecision> = reads(&format!("drivers: {written}\n"));
            if let Some(decision) = decision {
                assert_eq!(&*decision.drivers[0], spelling, "as an item of `{written}`");
            }
            let decision: Option<RawDecision> = reads(&format!("options: {written}\n"));
            if let Some(decision) = decision {
                let Either::Short(option) = &decision.options[0] else {
                    panic!("{spelling} became a mapping")
                };
                assert_eq!(&**option, spelling, "as an item of `{written}`");
            }
            let page: Option<RawPage> = reads(&format!("tags: {written}\n"));
            if let Some(page) = page {
                assert_eq!(page.tags[0].as_str(), spelling, "as a tag of `{written}`");
            }
        }
    }
}

#[test]
fn quotes_make_a_text_of_everything() {
    for spelling in SPELLINGS {
        for written in [format!("\"{spelling}\""), format!("'{spelling}'")] {
            let page: RawPage = reads(&format!("title: {written}\n")).unwrap_or_else(|| panic!("{written}"));
            assert_eq!(page.title.as_deref(), Some(spelling));
            let decision: RawDecision =
                reads(&format!("drivers: [{written}]\n")).unwrap_or_else(|| panic!("{written}"));
            assert_eq!(&*decision.drivers[0], spelling);
        }
    }
}

#[test]
fn a_boolean_is_true_or_false() {
    for spelling in SPELLINGS {
        let feedback: Option<RawFeedback> = reads(&format!("quote_permission: {spelling}\n"));
        let read = feedback.and_then(|feedback| feedback.quote_permission);
        let expected = match spelling {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        };
        assert_eq!(read, expected, "{spelling}");
    }
}

#[test]
fn a_number_is_plain_and_decimal() {
    for spelling in SPELLINGS {
        let observation: Option<Observation> = reads(&format!("date: 2026-03-02\nvalue: {spelling}\n"));
        let read = observation.map(|observation| observation.value.to_string());
        let expected = match spelling {
            "1.10" => Some("1.1"),
            "1.0" => Some("1"),
            "1.500" => Some("1.5"),
            "-0" => Some("0"),
            "-1" | "0" | "0.1" | "2026" => Some(spelling),
            _ => None,
        };
        // Sixteen digits and more are refused rather than rounded.
        assert_eq!(read.as_deref(), expected, "{spelling}");
    }
}

#[test]
fn a_date_is_a_day_of_the_calendar() {
    for spelling in SPELLINGS {
        let page: Option<RawPage> = reads(&format!("date: {spelling}\n"));
        let read = page.and_then(|page| page.date).map(|date| date.to_string());
        assert_eq!(read.as_deref(), (spelling == "2026-03-02").then_some(spelling), "{spelling}");
    }
}

#[test]
fn a_word_an_id_and_a_count_are_their_letters() {
    for spelling in SPELLINGS {
        let decision: Option<RawDecision> = reads(&format!("status: {spelling}\n"));
        assert!(decision.is_none(), "{spelling} became a status");
        let decision: Option<RawDecision> = reads(&format!("scope: {spelling}\n"));
        if let Some(decision) = decision {
            assert_eq!(decision.scope.unwrap().as_str(), spelling, "as an id");
        }
        let primary = format!("name: P\ndirection: increase\ntarget: 1\nminimum_observations: {spelling}\n");
        let primary: Option<bailiwick::model::pilot::Primary> = reads(&primary);
        let read =
            primary.and_then(|primary| primary.minimum_observations).map(|count| count.get().to_string());
        let expected = matches!(spelling, "0" | "2026").then_some(spelling);
        assert_eq!(read.as_deref(), expected, "{spelling} as a count");
    }
}

/// What the fast reading refuses, the slow one must explain: a file never fails without a finding at its place.
#[test]
fn whatever_is_refused_is_explained() {
    for spelling in SPELLINGS {
        let fields = [
            "title",
            "date",
            "scope",
            "status",
            "right",
            "confidence",
            "drivers",
            "options",
            "tags",
            "reported",
        ];
        for field in fields {
            for written in [spelling.to_owned(), format!("[{spelling}]")] {
                let text =
                    format!("title: T\ndate: 2026-01-01\n{field}x: 1\n").replace(&format!("{field}x: 1"), "");
                let text = if matches!(field, "title" | "date") {
                    format!("{field}: {written}\n")
                } else {
                    format!("{text}{field}: {written}\n")
                };
                let sources =
                    [("portfolio.yaml", "title: T\nowner: {name: N}\n"), ("decisions/a.yaml", text.as_str())];
                let (_, report) = bailiwick::model::read::read(&sources.into_iter().collect());
                let is_read = reads::<<Decision as Fields>::Raw>(&text).is_some();
                let has_title = text.contains("title:");
                assert_eq!(is_read && has_title, !report.has_errors(), "{text}{report:?}");
            }
        }
    }
}
