//! Views of small portfolios, for me and for a reader from whom some entries are hidden.

use std::collections::{BTreeMap, BTreeSet};

use crate::evaluate::testing::{day, portfolio};
use crate::model::Portfolio;
use crate::model::common::Delegation;
use crate::model::readers::Reader;
use crate::redact::{Redacted, redact};
use crate::text::{Id, Scalar};
use crate::view::{Computed, Site};

const TODAY: &str = "2026-06-15";

const CONFIG: (&str, &str) = (
    "portfolio.yaml",
    "title: T\nowner: {name: Robin Vale}\nmanager: {name: Kim Osei}\nstarted: 2026-05-04\n\
     readers: {manager: {}}\ncheck_ins: {every: 2w, with: manager}\n\
     defaults: {readers: {scope: manager, pilot: manager, agreement: manager, check-in: manager, decision: manager}}\n",
);

const SCOPE: (&str, &str) = (
    "scopes/s.yaml",
    "title: S\nsummary: Mine.\noutcomes: [{name: N}]\n\
     decision_rights: [{area: Doors, delegation: advise, wanted: inquire}]\n",
);

fn read(files: &[(&str, &str)]) -> Portfolio {
    let all: Vec<(&str, &str)> = [CONFIG].iter().chain(files).copied().collect();
    portfolio(&all)
}

fn for_reader(files: &[(&str, &str)], reader: &str) -> Redacted {
    let reader = if reader == "me" { Reader::Me } else { Reader::Named(Id::parse(reader).unwrap()) };
    redact(&read(files), &reader)
}

/// What is asked of the site for a reader.
fn seen<T>(files: &[(&str, &str)], reader: &str, ask: impl Fn(&Site) -> T) -> T {
    let redacted = for_reader(files, reader);
    ask(&Site::new(&redacted, day(TODAY)))
}

/// All that the computed views hold for a reader, as text.
fn everything(files: &[(&str, &str)], reader: &str) -> String {
    seen(files, reader, |site| {
        let views = (
            site.rights_page(),
            site.track_record_page(),
            site.cycle_page(),
            site.timeline_page(),
            site.home(),
        );
        let entries = site.portfolio().headers().map(|header| site.entry_page(header, &BTreeMap::new()));
        let entries = serde_json::to_string_pretty(&entries.collect::<Vec<_>>()).unwrap();
        format!("{}\n{entries}\n{}", serde_json::to_string_pretty(&views).unwrap(), site.calendar())
    })
}

#[test]
fn a_page_for_which_there_is_nothing_is_not_made() {
    let pages = |files: &[(&str, &str)]| {
        seen(files, "me", |site| {
            let paths: BTreeSet<String> = site.routes([]).into_iter().map(|route| route.path).collect();
            let made = site.computed().collect::<Vec<_>>();
            for page in Computed::ALL {
                let path = format!("{}/index.html", page.word());
                assert_eq!(paths.contains(&path), made.contains(&page), "{path}");
            }
            assert!(paths.contains("calendar.ics"));
            made
        })
    };
    assert_eq!(pages(&[]), []);
    assert_eq!(pages(&[("scopes/s.yaml", "")]), [Computed::Cycle]);
    assert_eq!(pages(&[SCOPE]), [Computed::Rights, Computed::Cycle]);
    let promised = ("scopes/s.yaml", "commitments: [{what: W, due: 2026-07-01}]\n");
    assert_eq!(pages(&[promised]), [Computed::TrackRecord, Computed::Cycle]);
    let result = ("decisions/d.yaml", "result: {date: 2026-06-01, verdict: mixed}\n");
    assert_eq!(pages(&[result]), [Computed::TrackRecord, Computed::Cycle]);
}

#[test]
fn a_tag_is_shown_once_and_languages_are_kept_apart() {
    let files = [
        ("pages/a.yaml", "title: A\ntags: [a/b, A/B, C, C++, c++, 'C#']\nbody: a\n"),
        ("pages/b.yaml", "title: B\ntags: [a b]\nbody: b\n"),
    ];
    let (page, all, rows) = seen(&files, "me", |site| {
        let header = site.portfolio().header("a").unwrap();
        let page = serde_json::to_value(site.entry_page(header, &BTreeMap::new())).unwrap();
        let rows = serde_json::to_value(site.index(crate::model::Kind::Page)).unwrap();
        (page["tags"].clone(), serde_json::to_value(site.tags_page()).unwrap()["tags"].clone(), rows)
    });
    let line = |name: &str, folder: &str, count: u8| serde_json::json!({"name": name, "href": format!("tags/{folder}/index.html"), "count": count});
    let lines =
        [line("A/B", "a-b", 2), line("C", "c", 1), line("C++", "c-plus-plus", 1), line("C#", "c-sharp", 1)];
    assert_eq!((page, all), (lines.clone().into(), lines.into()));
    assert_eq!(rows["entries"][0]["tag_keys"], "a-b c c-plus-plus c-sharp");
}

#[test]
fn whatever_has_a_day_is_on_the_timeline() {
    let made = |files: &[(&str, &str)]| {
        seen(files, "me", |site| site.computed().any(|page| page == Computed::Timeline))
    };
    assert!(!made(&[SCOPE, ("decisions/d.yaml", "title: D\n")]));
    assert!(made(&[("decisions/2026-01-02-d.yaml", "title: D\n")]));
    let pilot = "title: P\nstarts: 2025-12-20\nends: 2026-01-20\nprimary: {name: N, direction: decrease, target: 4}\n";
    let mut files = vec![("pilots/p.yaml", pilot), ("feedback/2026-01-05-f.yaml", "title: F\n")];
    let decisions: Vec<(String, &str)> =
        (1..=9).map(|day| (format!("decisions/2026-01-{day:02}-d{day}.yaml"), "title: D\n")).collect();
    files.extend(decisions.iter().map(|(file, text)| (file.as_str(), *text)));
    let shown = seen(&files, "me", |site| {
        let page = site.timeline_page();
        let months = page.years.iter().flat_map(|year| &year.months);
        let months: Vec<_> = months
            .map(|month| {
                let more: Vec<_> = month.more.iter().map(|more| (more.label, more.count)).collect();
                (month.name.clone(), month.entries.iter().map(|card| card.id).collect::<Vec<_>>(), more)
            })
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(name, ids, more)| format!("{name} {ids:?} {more:?}"))
            .collect();
        let pictures: Vec<_> = page.years.iter().map(|year| (year.year, year.figure.is_some())).collect();
        (months, pictures)
    });
    // Of nine decisions the latest six are listed; a pilot is drawn in both years, and listed where it began.
    let january = r#"January 2026 ["2026-01-09-d9", "2026-01-08-d8", "2026-01-07-d7", "2026-01-06-d6", "2026-01-05-f", "2026-01-05-d5", "2026-01-04-d4"] [("Decisions", 3)]"#;
    assert_eq!(shown.0, [january, r#"December 2025 ["p"] []"#]);
    assert_eq!(shown.1, [(2026, true), (2025, true)]);
}

#[test]
fn pictures_show_what_counts_and_nothing_that_is_hidden() {
    let pilot = "title: P\nstarts: 2026-03-01\nends: 2026-03-31\n\
                 primary: {name: N, direction: increase, target: 9, judge: sum, observations: \
                 [{date: 2026-02-01, value: 100}, {date: 2026-03-09, value: 4}, {date: 2026-03-02, value: 3}]}\n\
                 guardrails: [{name: G, direction: decrease, limit: 2, observations: [{date: 2026-03-05, value: 3}]}, \
                 {name: H, direction: decrease, limit: 2}]\n";
    let figures = seen(&[("pilots/p.yaml", pilot)], "me", |site| {
        site.entry_page(site.portfolio().header("p").unwrap(), &BTreeMap::new()).figures
    });
    let primary = figures.primary.unwrap();
    let rows: Vec<Vec<&str>> =
        primary.table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
    let expected = [
        ["2026-02-01", "100", "no, outside the time"],
        ["2026-03-02", "3", "yes"],
        ["2026-03-09", "4", "yes"],
    ];
    assert_eq!(rows, expected);
    // What is summed up is drawn as it grows.
    assert!(
        primary.picture.contains(">7</text>") && primary.picture.contains(">sum 7</text>"),
        "{primary:?}"
    );
    let breach = &figures.guardrails[0].as_ref().unwrap().table.rows[0][2].text;
    assert_eq!((breach.as_str(), figures.guardrails[1].is_none()), ("yes, out of bounds", true));

    let borrowed = "title: P\nstarts: 2026-06-01\nprimary: {name: N, direction: decrease, target: 4, observations: h/o.csv}\n";
    let hidden = "title: H\nreaders: me\nstarts: 2026-06-01\nprimary: {name: N, direction: decrease, target: 4, observations: o.csv}\n";
    let files = [
        ("pilots/p.yaml", borrowed),
        ("pilots/h/index.yaml", hidden),
        ("pilots/h/o.csv", "date,value,note\n2026-06-02,3,\n"),
    ];
    let is_drawn = |reader| {
        seen(&files, reader, |site| {
            site.entry_page(site.portfolio().header("p").unwrap(), &BTreeMap::new()).figures.primary.is_some()
        })
    };
    assert_eq!((is_drawn("me"), is_drawn("manager")), (true, false));
}

const FIRST: (&str, &str) = (
    "agreements/a.yaml",
    "title: A\ndate: 2026-03-01\nstatus: agreed\nrevisit_by: 2026-06-01\nexpires: 2026-06-10\n\
     grants: [{right: s/doors, from: agree, to: advise}]\n",
);
const SECOND: (&str, &str) = (
    "agreements/b.yaml",
    "title: B\nreaders: me\ndate: 2026-05-01\nstatus: agreed\nsupersedes: a\nexpires: 2026-07-10\n\
     grants: [{right: s/doors, from: advise, to: inquire}]\n",
);

#[test]
fn what_is_hidden_makes_no_difference() {
    let check_in = ("check-ins/c.yaml", "title: C\ndate: 2026-05-20\nwith: manager\n");
    let hidden = [
        SECOND,
        ("check-ins/h.yaml", "readers: me\ndate: 2026-06-10\nwith: manager\n"),
        ("decisions/d.yaml", "readers: me\nscope: s\nresult: {date: 2026-06-01, verdict: setback}\n"),
    ];
    let shown = [SCOPE, FIRST, check_in];
    let all: Vec<(&str, &str)> = shown.iter().chain(&hidden).copied().collect();
    assert_eq!(everything(&all, "manager"), everything(&shown, "manager"));
    assert_ne!(everything(&all, "me"), everything(&shown, "me"));
}

#[test]
fn drift_is_named_for_me_alone() {
    let ask = |files: &[(&str, &str)], reader| {
        seen(files, reader, |site| {
            let page = site.rights_page();
            let right = &page.scopes[0].rights[0];
            let granted = right.granted.as_ref().map(|grant| grant.agreement.id.to_owned());
            (granted, right.drift.map(Delegation::word), page.drifting)
        })
    };
    let files = [SCOPE, FIRST, SECOND];
    assert_eq!(ask(&files, "me"), (Some("b".into()), Some("inquire"), 1));
    let open =
        (FIRST.0, "title: A\ndate: 2026-03-01\nstatus: agreed\ngrants: [{right: s/doors, to: tell}]\n");
    assert_eq!(ask(&[SCOPE, open], "me"), (Some("a".into()), Some("tell"), 1));
    assert_eq!(ask(&[SCOPE, open], "manager"), (Some("a".into()), None, 0));
}

#[test]
fn overdue_for_others_is_only_what_its_own_entry_tells() {
    let files = [
        SCOPE,
        FIRST,
        ("check-ins/c.yaml", "title: C\ndate: 2026-05-20\nwith: manager\n"),
        ("decisions/d.yaml", "title: D\nstatus: accepted\nrevisit_by: 2026-06-02\n"),
    ];
    let due = |reader| {
        seen(&files, reader, |site| {
            let due = site.home().due.unwrap();
            (due.items.iter().map(|item| item.what).collect::<Vec<_>>(), due.overdue)
        })
    };
    assert_eq!(due("me"), (vec!["decision-revisit", "check-in", "agreement-expiry"], 3));
    assert_eq!(due("manager"), (vec!["decision-revisit"], 1));
    let upcoming = [("check-ins/c.yaml", "title: C\ndate: 2026-06-10\nwith: manager\n")];
    let next = seen(&upcoming, "manager", |site| site.agenda().first().map(|item| item.due.to_string()));
    assert_eq!(next.as_deref(), Some("2026-06-24"));
}

#[test]
fn the_start_page_looks_a_few_weeks_ahead_and_never_at_nothing() {
    let due = |dates: &[&str]| {
        let promises: String = dates.iter().map(|due| format!("{{what: W{due}, due: {due}}}, ")).collect();
        let scope = format!("title: S\ncommitments: [{promises}]\n");
        // Without a rhythm of check-ins, which would be due as well.
        let config = ("portfolio.yaml", "title: T\nowner: {name: N}\n");
        let redacted = redact(&portfolio(&[config, ("scopes/s.yaml", &scope)]), &Reader::Me);
        let site = Site::new(&redacted, day(TODAY));
        site.home().due.map(|due| (due.items.len(), due.overdue, due.later))
    };
    assert_eq!(due(&[]), None);
    assert_eq!(due(&["2026-12-01", "2026-12-02"]), Some((1, 0, 1)));
    assert_eq!(due(&["2026-06-14", "2026-06-15", "2026-07-13", "2026-07-14"]), Some((3, 1, 1)));
    let many: Vec<String> = (1..=12).map(|at| format!("2026-07-{at:02}")).collect();
    assert_eq!(due(&many.iter().map(String::as_str).collect::<Vec<_>>()), Some((8, 0, 4)));
    let overdue: Vec<String> = (1..=25).map(|at| format!("2026-05-{at:02}")).collect();
    assert_eq!(due(&overdue.iter().map(String::as_str).collect::<Vec<_>>()), Some((20, 25, 0)));
}

#[test]
fn a_rest_silences_and_is_said() {
    let config = (
        "portfolio.yaml",
        "title: T\nowner: {name: N}\ncheck_ins: {every: 2w}\nstarted: 2026-01-05\npause: {since: 2026-06-15}\n",
    );
    let files = [config, ("program.yaml", "title: P\nstarts: 2026-06-01\n"), SCOPE];
    let redacted = redact(&portfolio(&files), &Reader::Me);
    for (today, expected) in
        [("2026-06-14", (false, true, 1, "running")), (TODAY, (true, false, 0, "paused"))]
    {
        let site = Site::new(&redacted, day(today));
        let (rests, is_due) = (site.rest().is_some(), site.home().due.is_some());
        let broken = site.cycle_page().whole.broken.len();
        assert_eq!((rests, is_due, broken, site.program_progress().unwrap().stage), expected);
    }
}

#[test]
fn the_cycle_claims_for_others_only_what_they_see() {
    let files = [SCOPE, FIRST, ("check-ins/c.yaml", "title: C\ndate: 2026-05-20\nwith: manager\n")];
    let ask = |reader| {
        seen(&files, reader, |site| {
            let whole = site.cycle_page().whole;
            let counts = whole.stations.iter().flat_map(|station| &station.counts);
            let levels = counts.clone().filter(|count| count.label.starts_with("levels"));
            let notes = counts.filter(|count| count.note.is_some()).count();
            let levels: Vec<_> = levels.map(|count| (count.label.to_owned(), count.number)).collect();
            (whole.broken.len(), notes, levels)
        })
    };
    let mine = vec![("levels gained".to_owned(), 1), ("levels pulled back".to_owned(), 1)];
    assert_eq!(ask("me"), (1, 1, mine));
    let theirs = [("levels gained", 1), ("levels pulled back", 0), ("levels whose time ran out", 1)];
    let theirs = theirs.map(|(label, number)| (label.to_owned(), number)).to_vec();
    assert_eq!(ask("manager"), (0, 0, theirs));
}

#[test]
fn a_pilot_that_rests_on_hidden_figures_reads_as_unknown() {
    let primary = "primary: {name: N, direction: decrease, target: 4, observations";
    let borrowed = format!("title: P\nstarts: 2026-06-01\n{primary}: h/o.csv}}\n");
    let hidden = format!("title: H\nreaders: me\nstarts: 2026-06-01\n{primary}: o.csv}}\n");
    let files = [
        ("pilots/p.yaml", borrowed.as_str()),
        ("pilots/h/index.yaml", hidden.as_str()),
        ("pilots/h/o.csv", "date,value,note\n2026-06-02,3,\n"),
    ];
    let states = |reader| {
        seen(&files, reader, |site| {
            let running = site.home().running;
            running.iter().map(|it| (it.card.id.to_owned(), it.card.status)).collect::<Vec<_>>()
        })
    };
    assert_eq!(states("me"), [("h".to_owned(), Some("on-track")), ("p".to_owned(), Some("on-track"))]);
    assert_eq!(states("manager"), [("p".to_owned(), Some("unknown"))]);
}

#[test]
fn the_brier_score_comes_with_ten_results() {
    for (count, expected) in [(9, None), (10, Some("0.04".to_owned()))] {
        let files: Vec<(String, &str)> = (0..count)
            .map(|at| {
                let text = "title: D\nconfidence: 0.8\nresult: {date: 2026-03-01, verdict: as-expected}\n";
                (format!("decisions/d{at}.yaml"), text)
            })
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let page = seen(&files, "me", |site| {
            let calibration = site.track_record_page().calibration.unwrap();
            (calibration.results, calibration.brier)
        });
        assert_eq!(page, (count, expected));
    }
}
