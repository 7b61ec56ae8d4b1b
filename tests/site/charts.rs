//! Whole pictures, as they are: `charts/NAME.svg` is what comes of the data of that name, on a large screen and
//! below it on a phone.
//!
//! `UPDATE=1 cargo test --test site` accepts all changes; open the files in a browser before committing them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bailiwick::chart::{
    Area, Calibration, Cases, Cycle, CycleLink, CycleStation, English, EventRow, Fate, Happened, LEVELS,
    Ladder, LadderGroup, Lane, Latitude, LevelStep, Metric, Point, Reading, Reference, Role, Rung, Shape,
    Sheet, Span, Year,
};
use bailiwick::text::{Date, Scalar};
use xml::reader::{EventReader, XmlEvent};

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// A figure over time in short: days with values, and values to hold them against.
#[derive(Default)]
struct Given {
    seen: Vec<(Date, f64, Option<Reading>)>,
    references: Vec<(&'static str, f64, Role)>,
    period: Option<(&'static str, Option<&'static str>)>,
    today: Option<&'static str>,
    reviews: Vec<(&'static str, bool)>,
    unit: &'static str,
    is_small: bool,
}

fn seen(values: &[(&str, f64)]) -> Vec<(Date, f64, Option<Reading>)> {
    values.iter().map(|(date, value)| (day(date), *value, None)).collect()
}

impl Given {
    fn svg(&self, sheet: &Sheet) -> Option<String> {
        let points: Vec<Point> = self
            .seen
            .iter()
            .map(|(day, value, reading)| Point {
                day: *day,
                value: *value,
                reading: reading.unwrap_or(Reading::Counted),
                tip: "tip & all",
            })
            .collect();
        let references: Vec<Reference> = self
            .references
            .iter()
            .map(|(label, value, role)| Reference { label, value: *value, role: *role })
            .collect();
        let reviews: Vec<Happened> = self
            .reviews
            .iter()
            .map(|(date, is_done)| Happened { day: day(date), is_done: *is_done, tip: "" })
            .collect();
        let rows = [EventRow { label: "reviews", shape: Shape::Triangle, events: &reviews }];
        let chart = Metric {
            title: "Title",
            description: "What it shows.",
            unit: Some(self.unit).filter(|unit| !unit.is_empty()),
            points: &points,
            references: &references,
            period: self.period.map(|(from, to)| (day(from), to.map(day))),
            today: self.today.map(|today| (day(today), "today")),
            rows: if reviews.is_empty() { &[] } else { &rows },
            logarithmic: "logarithmic",
            is_small: self.is_small,
        };
        chart.svg(sheet)
    }
}

const TARGETS: [(&str, f64, Role); 2] = [("baseline", 3.0, Role::Baseline), ("target", 2.0, Role::Target)];

fn metrics() -> Vec<(&'static str, Given)> {
    let month = [("2026-03-06", 3.0), ("2026-03-13", 2.5), ("2026-03-20", 1.5), ("2026-03-27", 1.5)];
    let mut early = seen(&month);
    early.insert(0, (day("2026-02-27"), 3.0, Some(Reading::LeftOut)));
    let mut breached = seen(&month);
    breached[0].2 = Some(Reading::Breach);
    let march = Some(("2026-03-02", Some("2026-03-29")));
    // A saw tooth: what is drawn must reach all of its teeth.
    let many =
        (0..500).map(|step| (day("2025-01-01").plus_days(step), f64::from(step % 7 * 3 + step / 50), None));
    let daily =
        (0..20_000).map(|step| (day("2025-01-01").plus_days(step / 10), f64::from(step * 37 % 101), None));
    vec![
        (
            "pilot",
            Given {
                seen: early,
                references: [&TARGETS[..], &[("median", 1.75, Role::Judged)]].concat(),
                period: march,
                reviews: vec![("2026-03-16", true), ("2026-03-30", false)],
                unit: "days",
                ..Given::default()
            },
        ),
        (
            "running",
            Given {
                seen: seen(&month),
                references: TARGETS.to_vec(),
                period: Some(("2026-03-02", None)),
                today: Some("2026-04-20"),
                unit: "days",
                ..Given::default()
            },
        ),
        (
            "guardrail",
            Given {
                seen: breached,
                references: vec![("limit", 2.5, Role::Ceiling)],
                period: march,
                unit: "errors",
                is_small: true,
                ..Given::default()
            },
        ),
        (
            "guardrail-floor",
            Given {
                seen: seen(&[("2026-03-06", 80.0), ("2026-03-13", 91.0)]),
                references: vec![("limit", 85.0, Role::Floor)],
                unit: "%",
                is_small: true,
                ..Given::default()
            },
        ),
        ("nothing", Given { references: TARGETS.to_vec(), period: march, ..Given::default() }),
        ("one", Given { seen: seen(&month[..1]), ..Given::default() }),
        (
            "two",
            Given {
                seen: seen(&month[..2]),
                references: TARGETS.to_vec(),
                period: march,
                unit: "days",
                ..Given::default()
            },
        ),
        (
            "gap",
            Given {
                seen: seen(&[
                    ("2026-01-06", 2.0),
                    ("2026-01-13", 2.9),
                    ("2026-01-20", 2.4),
                    ("2026-01-27", 2.6),
                    ("2026-05-06", 1.0),
                    ("2026-05-13", 1.2),
                ]),
                ..Given::default()
            },
        ),
        (
            "same-day",
            Given {
                seen: seen(&[("2026-01-06", 2.0), ("2026-01-06", 5.0), ("2026-01-06", 3.0)]),
                ..Given::default()
            },
        ),
        (
            "negative",
            Given {
                seen: seen(&[("2026-01-06", -2.0), ("2026-02-13", 12.9), ("2026-03-20", -8.4)]),
                references: vec![("target", 10.0, Role::Target)],
                ..Given::default()
            },
        ),
        (
            "huge",
            Given {
                seen: seen(&[("2025-11-06", 1.0), ("2026-01-13", 1000.0), ("2026-03-20", 1e9)]),
                references: vec![("target", 5e8, Role::Target)],
                unit: "requests",
                ..Given::default()
            },
        ),
        (
            "equal",
            Given {
                seen: seen(&[("2026-01-06", 4.0), ("2026-02-13", 4.0)]),
                references: vec![("target", 4.0, Role::Target), ("baseline", 4.0, Role::Baseline)],
                ..Given::default()
            },
        ),
        (
            "zero",
            Given {
                seen: seen(&[("2026-01-06", 0.0), ("2026-02-13", 0.0)]),
                references: vec![("limit", 0.0, Role::Ceiling)],
                ..Given::default()
            },
        ),
        (
            "many",
            Given {
                seen: many.collect(),
                references: vec![("target", 12.0, Role::Target)],
                ..Given::default()
            },
        ),
        ("very-many", Given { seen: daily.collect(), ..Given::default() }),
        (
            "long-labels",
            Given {
                seen: seen(&[("2026-01-06", 123_456.0), ("2026-02-13", 987_654.0)]),
                references: vec![
                    ("the target that the whole department agreed upon", 5e5, Role::Target),
                    ("Ausgangswert der vergangenen Jahre", 5.2e5, Role::Baseline),
                ],
                unit: "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen je Arbeitstag und Abteilung",
                ..Given::default()
            },
        ),
        (
            "other-scripts",
            Given {
                seen: seen(&month),
                references: vec![
                    ("الهدف المتفق عليه", 2.5, Role::Target),
                    ("目標値の決定", 1.2, Role::Baseline),
                ],
                unit: "أيام",
                ..Given::default()
            },
        ),
        (
            "hostile",
            Given {
                seen: seen(&month),
                references: vec![
                    ("\"><script>alert(1)</script>", 2.5, Role::Target),
                    ("\u{202e}evil\u{0}\u{b}&amp;", 1.2, Role::Baseline),
                ],
                unit: "</title></svg><img src=x onerror=alert(1)>",
                ..Given::default()
            },
        ),
        (
            "two-centuries",
            Given { seen: seen(&[("1900-01-01", 1.0), ("2199-12-31", 2.0)]), ..Given::default() },
        ),
    ]
}

const NAMES: [&str; LEVELS] = ["tell", "sell", "consult", "agree", "advise", "inquire", "delegate"];

fn ladder(sheet: &Sheet) -> Option<String> {
    let reporting = [
        Rung { area: "Sending the weekly report", now: 6, wanted: Some(6) },
        Rung { area: "Correcting a figure that a client has already seen", now: 3, wanted: Some(5) },
        Rung { area: "Changing the layout", now: 7, wanted: None },
    ];
    let requests = [
        Rung { area: "مراجعة الطلبات", now: 4, wanted: Some(2) },
        Rung { area: "<b>", now: 1, wanted: Some(7) },
    ];
    let groups = [
        LadderGroup { name: "Client reporting", rungs: &reporting },
        LadderGroup { name: "Requests", rungs: &requests },
    ];
    let ladder = Ladder {
        title: "Title",
        description: "What it shows.",
        levels: NAMES,
        sides: ["Kim has the last word", "I have the last word"],
        upper: 5,
        groups: &groups,
        key: ["the level now", "the level wanted"],
    };
    ladder.svg(sheet)
}

fn latitude(sheet: &Sheet) -> Option<String> {
    let step = |date, from, to| LevelStep { day: day(date), from, to, tip: "" };
    let gained = [step("2026-02-20", Some(3), Some(4)), step("2026-04-02", Some(4), Some(6))];
    let lost = [step("2026-04-30", Some(3), Some(5)), step("2026-05-26", Some(5), Some(3))];
    let unsure = [step("2026-06-04", None, Some(5)), step("2026-08-04", Some(5), None)];
    let area = |name, steps, now, is_known_since| Area { name, steps, now, is_known_since };
    let areas = [
        area("Sending the weekly report", &gained[..], Some(6), true),
        area("Correcting a figure that a client has already seen", &lost, Some(3), true),
        area("What ran out", &unsure, Some(3), false),
        area("What drifted", &gained[1..], Some(4), true),
        area("What never changed", &[], Some(4), true),
    ];
    let latitude = Latitude {
        title: "Title",
        description: "What it shows.",
        levels: NAMES,
        upper: (5, "I have the last word"),
        areas: &areas,
        today: day("2026-10-12"),
    };
    latitude.svg(sheet)
}

fn cycle(sheet: &Sheet, is_small: bool) -> Option<String> {
    let station = |name, question, is_empty| CycleStation { name, question, is_empty };
    let link = |label, is_broken| CycleLink { label, is_broken };
    let cycle = Cycle {
        title: "Title",
        description: "What it shows.",
        stations: [
            station("Ownership", "What do I own?", false),
            station("Credibility", "What speaks for me?", true),
            station("Autonomy", "What may I decide?", false),
        ],
        links: [
            link("makes credible", false),
            link("earns latitude", true),
            link("makes ownership worth having", false),
        ],
        broken: "broken",
        is_small,
    };
    Some(cycle.svg(sheet))
}

fn calibration(sheet: &Sheet, times: usize) -> Option<String> {
    let cases = |name, confidence, counts: [usize; 3], total| Cases {
        name,
        confidence,
        counts: counts.map(|count| count * times),
        total,
    };
    let calibration = Calibration {
        title: "Title",
        description: "What it shows.",
        head: "Confidence",
        bins: &[
            cases("below 50%", (0.0, 0.5), [1, 0, 1], "1 of 2 as expected"),
            cases("50% to below 60%", (0.5, 0.6), [0, 0, 0], ""),
            cases("70% to below 80%", (0.7, 0.8), [3, 1, 1], "3 of 5 as expected"),
            cases("90% to 100%", (0.9, 1.0), [1, 0, 0], "1 of 1 as expected"),
        ],
        outcomes: ["as expected", "mixed", "a setback"],
        bracket: "where “as expected” would end, had the confidence been right",
    };
    calibration.svg(sheet)
}

/// A year of a few entries, or of `times` as many.
fn year(sheet: &Sheet, times: i32) -> Option<String> {
    let names: Vec<String> = (0..7 * times).map(|place| format!("Pilot {place} of {times} & more")).collect();
    let fates = [Fate::Success, Fate::Failure, Fate::Other, Fate::Open];
    let spans: Vec<Span> = names
        .iter()
        .zip(0..)
        .map(|(name, place)| {
            let first = day("2025-12-10").plus_days(place * 50 / times);
            let last = (place % 4 != 3).then(|| first.plus_days(28 + place % 13));
            let fate = fates[usize::try_from(place % 4).expect("a small number")];
            Span { name, first, last, fate, tip: "" }
        })
        .collect();
    let every = |days: i32| -> Vec<Date> {
        (0..365 * times)
            .filter(|step| step % (days * times) < times)
            .map(|step| day("2026-01-01").plus_days(step / times))
            .collect()
    };
    let (decisions, check_ins, feedback) =
        (every(23), every(14), vec![day("2026-05-02"), day("2026-05-03"), day("2027-01-01")]);
    let lanes = [
        Lane { label: "Decisions", shape: Shape::Circle, days: &decisions },
        Lane { label: "Check-ins", shape: Shape::Triangle, days: &check_ins },
        Lane { label: "Feedback", shape: Shape::Diamond, days: &feedback },
        Lane { label: "Nothing", shape: Shape::Square, days: &[] },
    ];
    let year = Year {
        title: "Title",
        description: "What it shows.",
        year: 2026,
        spans: &spans,
        spans_label: "Pilots",
        lanes: &lanes,
        today: Some((day("2026-10-12"), "today")),
    };
    year.svg(sheet)
}

/// Every picture in both widths, by the name of its file.
fn pictures() -> BTreeMap<String, String> {
    let mut pictures = BTreeMap::new();
    for (width, sheet) in [("wide", Sheet::wide("id", &English)), ("narrow", Sheet::narrow("id", &English))] {
        let metrics = metrics();
        let metrics = metrics.iter().map(|(name, given)| (*name, given.svg(&sheet)));
        let others = [
            ("ladder", ladder(&sheet)),
            ("latitude", latitude(&sheet)),
            ("cycle", cycle(&sheet, false)),
            ("cycle-small", cycle(&sheet, true)),
            ("calibration", calibration(&sheet, 1)),
            ("calibration-many", calibration(&sheet, 100)),
            ("year", year(&sheet, 1)),
            ("year-of-thousands", year(&sheet, 300)),
        ];
        for (name, picture) in metrics.chain(others) {
            pictures.extend(picture.map(|picture| (format!("{name}.{width}.svg"), picture)));
        }
    }
    pictures
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/charts")
}

#[test]
fn pictures_are_as_they_were() {
    let found = pictures();
    assert!(!found.contains_key("nothing.wide.svg"), "there is nothing to look at without a point");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::remove_dir_all(folder()).expect("the folder is there");
        std::fs::create_dir_all(folder()).expect("a folder");
        for (name, picture) in &found {
            std::fs::write(folder().join(name), format!("{picture}\n")).expect("a file");
        }
    }
    let listed = std::fs::read_dir(folder()).expect("the folder of the pictures");
    let mut names: Vec<String> =
        listed.map(|entry| entry.expect("a file").file_name().into_string().expect("a name")).collect();
    names.sort();
    assert_eq!(names, found.keys().cloned().collect::<Vec<_>>());
    for (name, picture) in &found {
        let expected = std::fs::read_to_string(folder().join(name)).expect("a picture");
        assert!(expected.trim_end() == picture, "`{name}` is drawn otherwise: renew it, and look at it");
    }
}

#[test]
fn pictures_are_sound_xml_with_nothing_in_them_that_acts() {
    const KNOWN: [&str; 12] = [
        "svg", "title", "desc", "path", "rect", "circle", "text", "g", "line", "polyline", "defs", "clipPath",
    ];
    for (name, picture) in pictures() {
        let mut ids = Vec::new();
        for event in EventReader::from_str(&picture) {
            let event = event.unwrap_or_else(|fault| panic!("`{name}`: {fault}"));
            let XmlEvent::StartElement { name: element, attributes, .. } = event else { continue };
            assert!(KNOWN.contains(&element.local_name.as_str()), "`{name}` has <{}>", element.local_name);
            for attribute in attributes {
                let (key, value) = (attribute.name.local_name.as_str(), attribute.value.as_str());
                let acts = key.starts_with("on") || matches!(key, "style" | "href" | "src" | "filter");
                assert!(!acts && !value.contains("url("), "`{name}` has {key}={value}");
                if key == "id" {
                    ids.push(value.to_owned());
                }
                let drawn = ["x", "y", "cx", "cy", "d"].contains(&key);
                assert!(
                    !drawn || !value.contains("NaN") && !value.contains("inf"),
                    "`{name}` has {key}={value}"
                );
            }
        }
        assert_eq!(ids, ["id-title", "id-about"], "`{name}`");
    }
}

#[test]
fn a_picture_of_very_much_is_small() {
    let pictures = pictures();
    for name in ["very-many.wide.svg", "year-of-thousands.wide.svg", "calibration-many.wide.svg"] {
        let size = pictures[name].len();
        assert!(size < 40_000, "`{name}` has {size} bytes");
    }
}
