//! The packet of a review on paper: all of it, for whom it is, and as text.

use std::collections::BTreeMap;
use std::process::{Command, Output};

use bailiwick::evaluate::period::PeriodFacts;
use bailiwick::model::Portfolio;
use bailiwick::model::readers::Reader;
use bailiwick::paper::Fault;
use bailiwick::redact::redact;
use bailiwick::render::{Theme, review_pdf};
use bailiwick::text::{Date, Scalar};
use bailiwick::view::{Block, ReviewPacket, Site};

use super::aid::{portfolio, read_back, sample, text, today};

/// What `see` makes of the packet since a day, for a reader.
fn with_packet<T>(
    portfolio: &Portfolio,
    reader: &str,
    since: &str,
    see: impl Fn(&ReviewPacket, &Theme) -> T,
) -> T {
    with_packet_until(portfolio, reader, (since, today()), see)
}

/// The same of a period, which may have ended before today.
fn with_packet_until<T>(
    portfolio: &Portfolio,
    reader: &str,
    (since, until): (&str, Date),
    see: impl Fn(&ReviewPacket, &Theme) -> T,
) -> T {
    let theme = Theme::new(BTreeMap::new()).expect("the default theme is sound");
    let reader = Reader::parse(reader, &portfolio.config).expect("the reader is declared");
    let redacted = redact(portfolio, &reader);
    let site = Site::new(&redacted, today());
    let since = Date::parse(since).expect("a date");
    let facts = PeriodFacts::new(redacted.portfolio(), since, until, today());
    see(&site.review_packet(&facts, theme.words()), &theme)
}

#[track_caller]
fn pdf(portfolio: &Portfolio, reader: &str, since: &str) -> Vec<u8> {
    with_packet(portfolio, reader, since, review_pdf).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Without blanks and without the marks that `pdftotext` puts around what runs from right to left: where a line
/// breaks is nobody's concern.
fn packed(text: &str) -> String {
    let is_mark = |c: &char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}');
    text.chars().filter(|c| !c.is_whitespace() && !is_mark(c)).collect()
}

/// All texts of a packet in the order in which they are read, each in one piece.
fn texts(packet: &ReviewPacket) -> Vec<String> {
    let mut all = vec![packet.title.clone()];
    all.extend(packet.head.iter().cloned());
    all.extend(packet.tallies.iter().flat_map(|tally| [tally.number.to_string(), tally.label.clone()]));
    for part in &packet.parts {
        all.push(part.title.clone());
        for block in &part.blocks {
            let mut lines = Vec::new();
            match block {
                Block::Heading { line } | Block::Paragraph { line } => lines.push(line),
                Block::Facts { items } => {
                    for fact in items {
                        all.push(fact.label.clone());
                        all.extend(fact.line.iter().map(|span| span.text.clone()));
                    }
                }
                Block::Table { columns, rows } => {
                    all.extend(columns.iter().cloned());
                    lines.extend(rows.iter().flatten().flatten());
                }
                Block::List { items } => lines.extend(items.iter().flatten()),
                Block::Quote { text, by } => {
                    all.push(text.clone());
                    lines.push(by);
                }
                Block::Pictures { items, .. } => all.extend(items.iter().map(|it| it.title.clone())),
            }
            all.extend(lines.into_iter().flatten().map(|span| span.text.clone()));
        }
    }
    all.extend(packet.notes.iter().cloned());
    all.into_iter().map(|text| packed(&text)).filter(|text| !text.is_empty()).collect()
}

#[test]
fn all_of_the_packet_is_on_paper_in_its_order() {
    let sample = sample();
    for reader in ["me", "manager"] {
        let (pdf, texts, title) = with_packet(&sample, reader, "2026-01-12", |packet, theme| {
            let pdf = review_pdf(packet, theme).unwrap_or_else(|fault| panic!("{fault}"));
            (pdf, texts(packet), packet.title.clone())
        });
        let Some(printed) = read_back("pdftotext", &["-raw", "FILE", "-"], &pdf) else { return };
        let printed = String::from_utf8(printed).expect("pdftotext writes UTF-8");
        // What stands below every page belongs to none of the texts.
        let pages: Vec<&str> = printed.trim_end_matches('\u{c}').split('\u{c}').collect();
        let mut whole = String::new();
        for (number, page) in (1..).zip(&pages) {
            let foot = packed(&format!("{title}{number}/{}", pages.len()));
            let page = packed(page);
            whole += page.strip_suffix(&foot).unwrap_or_else(|| panic!("no `{foot}` below {page}"));
        }
        let mut rest = whole.as_str();
        for text in texts {
            let Some(at) = rest.find(&text) else {
                panic!("`{reader}` misses `{text}`, or finds it too early, before: {rest}");
            };
            rest = &rest[at + text.len()..];
        }
    }
}

#[test]
fn the_first_page_says_whose_it_is_and_what_was_counted() {
    let sample = sample();
    let pdf = pdf(&sample, "manager", "2026-01-12");
    let Some(first) = read_back("pdftotext", &["-f", "1", "-l", "1", "-raw", "FILE", "-"], &pdf) else {
        return;
    };
    let first = packed(&String::from_utf8(first).expect("pdftotext writes UTF-8"));
    let expected = with_packet(&sample, "manager", "2026-01-12", |packet, _| {
        let counted = packet.tallies.iter().map(|tally| format!("{}{}", tally.number, tally.label));
        let head = std::iter::once(packet.title.clone()).chain(packet.head.iter().cloned());
        let part = packet.parts.first().expect("something happened").title.clone();
        packed(&head.chain(counted).chain([part]).collect::<String>())
    });
    assert!(first.starts_with(&expected), "{expected} does not begin\n{first}");
}

const CONFIG: &str =
    "title: T\nowner: {name: Robin Vale}\nmanager: {name: Kim Osei}\nreaders: {manager: {}}\n";
const SEEN: &str = "title: Seen trial\nreaders: [manager]\nstarts: 2026-03-02\nends: 2026-03-29\n\
                    primary: {name: Days, direction: decrease, baseline: 3, target: 2, judge: median, \
                    observations: [{date: 2026-03-05, value: 1}, {date: 2026-03-12, value: 2}]}\n";
const ALL: [(&str, &str); 5] = [
    (
        "pilots/hidden.yaml",
        "title: zzpilot\nstarts: 2026-03-02\nhypothesis: zzhypothesis\n\
         primary: {name: zzmetric, direction: decrease, target: 1, observations: [{date: 2026-03-05, value: 7712}]}\n",
    ),
    (
        "scopes/s.yaml",
        "title: zzscope\nsince: 2026-02-01\ndecision_rights: [{area: zzarea, id: a, delegation: tell}]\n\
         commitments: [{what: zzpromise, due: 2026-03-01}]\n",
    ),
    (
        "decisions/d.yaml",
        "title: zzdecision\nscope: s\ndate: 2026-05-01\nstatus: accepted\noutcome: zzoutcome\n\
         result: {date: 2026-06-01, verdict: setback, failed: zzfailed, learned: zzlearned}\n",
    ),
    (
        "feedback/f.yaml",
        "title: F\ndate: 2026-05-05\nfrom: zzgiver\nrole: peer\nabout: s\nquote: zzquote\nquote_permission: true\n",
    ),
    (
        "agreements/g.yaml",
        "title: zzagreement\ndate: 2026-03-03\nstatus: agreed\ngrants: [{right: s/a, from: tell, to: consult}]\n",
    ),
];

#[test]
fn what_is_hidden_is_in_no_byte() {
    let seen = [("portfolio.yaml", CONFIG), ("pilots/seen.yaml", SEEN)];
    let cut = portfolio(&seen);
    let whole = portfolio(&seen.into_iter().chain(ALL).collect::<Vec<_>>());
    let manager = pdf(&whole, "manager", "2026-01-12");
    assert_eq!(manager, pdf(&cut, "manager", "2026-01-12"), "what is hidden makes a difference");
    let mine = pdf(&whole, "me", "2026-01-12");
    let (Some(text), Some(my_text)) = (text(&manager), text(&mine)) else { return };
    let uncompressed = ["--qdf", "--object-streams=disable", "FILE", "-"];
    let Some(objects) = read_back("qpdf", &uncompressed, &manager) else { return };
    assert!(text.contains("Seen trial"), "{text}");
    for planted in [
        "zzpilot",
        "zzhypothesis",
        "zzmetric",
        "7712",
        "zzscope",
        "zzarea",
        "zzagreement",
        "zzpromise",
        "zzdecision",
        "zzoutcome",
        "zzfailed",
        "zzlearned",
        "zzgiver",
        "zzquote",
    ] {
        assert!(my_text.contains(planted), "my own copy lacks {planted}");
        assert!(!text.contains(planted), "{planted} is in the text");
        let is_in = |needle: &[u8]| objects.windows(needle.len()).any(|window| window == needle);
        let wide: Vec<u8> = planted.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(!is_in(planted.as_bytes()) && !is_in(&wide), "{planted} is in an object");
    }
}

/// The pictures of a packet: what they show in words, and how they are drawn.
fn pictures(packet: &ReviewPacket) -> Vec<(String, String)> {
    let blocks = packet.parts.iter().flat_map(|part| &part.blocks);
    let pictures = blocks.flat_map(|block| match block {
        Block::Pictures { items, .. } => items.as_slice(),
        _ => &[],
    });
    pictures.map(|it| (format!("{}: {}", it.title, it.words), it.svg.clone())).collect()
}

#[test]
fn pictures_show_what_was_known_on_the_last_day() {
    let pilot = "title: P\nstarts: 2026-03-02\nends: 2026-03-29\n\
                 primary: {name: Days, direction: decrease, baseline: 3, target: 2, judge: mean, observations: \
                 [{date: 2026-03-05, value: 1}, {date: 2026-03-12, value: 2}, {date: 2026-03-20, value: 9, note: zzthird}]}\n\
                 guardrails: [{name: Errors, direction: decrease, limit: 2, on_breach: Stop, \
                 observations: [{date: 2026-03-06, value: 1}, {date: 2026-03-20, value: 5}]}]\n\
                 reviews: [{date: 2026-03-16, held: 2026-03-17}]\n\
                 amendments: [{date: 2026-03-21, change: zzchange}]\n\
                 verdict: {date: 2026-03-30, decision: revert, by: Kim Osei}\n";
    let portfolio = portfolio(&[("pilots/p.yaml", pilot)]);
    let until = |day: &str| {
        let day = Date::parse(day).expect("a date");
        with_packet_until(&portfolio, "me", ("2026-01-12", day), |packet, _| pictures(packet))
    };
    let told = |pictures: &[(String, String)]| -> Vec<String> {
        pictures.iter().map(|(words, _)| words.clone()).collect()
    };
    let early = until("2026-03-15");
    assert_eq!(
        told(&early),
        [
            "Days over time: 2 observations from 5 March 2026 to 12 March 2026, between 1 and 2. baseline: 3. \
             target: 2. mean: 1.5.",
            "Errors over time: One observation on 6 March 2026: 1. limit: 2.",
        ]
    );
    let late = until("2026-10-12");
    for later in ["2026-03-20", "zzthird", "zzchange", "2026-03-30"] {
        let has = |pictures: &[(String, String)]| pictures.iter().any(|(_, svg)| svg.contains(later));
        assert!(!has(&early), "{later} is in the earlier packet");
        assert!(has(&late), "{later} is not in the later packet");
    }
    // Before there is anything to be seen there is no picture.
    assert_eq!(until("2026-03-04"), []);
}

#[test]
fn every_picture_is_on_paper_with_its_words() {
    let sample = sample();
    let (pdf, expected) = with_packet(&sample, "manager", "2026-01-12", |packet, theme| {
        (review_pdf(packet, theme).unwrap_or_else(|fault| panic!("{fault}")), pictures(packet).len())
    });
    let uncompressed = ["--qdf", "--object-streams=disable", "FILE", "-"];
    let Some(objects) = read_back("qpdf", &uncompressed, &pdf) else { return };
    let objects = String::from_utf8_lossy(&objects);
    assert!(expected > 0);
    assert_eq!(objects.matches("/Alt ").count(), expected);
    let Some(text) = text(&pdf) else { return };
    // What is written in the pictures is drawn with the fonts of the theme.
    assert!(text.matches("baseline").count() >= 2, "{text}");
}

#[test]
fn what_somebody_wrote_is_text() {
    let long = "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz".repeat(4);
    let hostile = [
        "#import \"@preview/x\": * and #panic(\"no\") and #sys.inputs",
        "$ sum_(i=0)^n i $ and `raw` and *strong* and @reference and <label>",
        "= Heading, - item, + item, / term: it, // comment, /* comment */ and \\ backslash",
        "\"straight\" 'single' -- two --- three ... dots ~ tilde",
        "Ω ≤ ∞ → ✓ ★ ½ € № ễ Ж 😀 שלום and so on",
        &long,
    ];
    for words in hostile {
        let x = serde_json::to_string(words).expect("text serialises");
        let config = format!("title: T\nowner: {{name: {x}}}\n");
        let decision = format!(
            "title: {x}\ndate: 2026-02-03\nstatus: accepted\noutcome: {x}\nresult: {{date: 2026-04-01, verdict: mixed, failed: {x}}}\n"
        );
        let feedback = format!(
            "title: F\ndate: 2026-05-05\nfrom: {x}\nrole: peer\nquote: {x}\nquote_permission: true\n"
        );
        let portfolio = portfolio(&[
            ("portfolio.yaml", &config),
            ("decisions/d.yaml", &decision),
            ("feedback/f.yaml", &feedback),
        ]);
        let Some(text) = text(&pdf(&portfolio, "me", "2026-01-12")) else { return };
        let times = packed(&text).matches(&packed(words)).count();
        // Its owner; the title of the decision and what was decided; the title again, and what failed; the quote
        // and who said it.
        assert!(times >= 7, "{words} is there {times} times, in {text}");
    }
}

#[test]
fn a_character_without_a_font_is_a_fault_that_says_where() {
    let decision = "title: Say สวัสดี to all\ndate: 2026-02-03\nstatus: accepted\n";
    let portfolio = portfolio(&[("decisions/d.yaml", decision)]);
    let Err(fault) = with_packet(&portfolio, "me", "2026-01-12", review_pdf) else {
        panic!("a box was printed")
    };
    let Fault::Character { character, within } = fault else { panic!("{fault}") };
    assert!("สวัสดี".contains(character) && within.contains("Say"), "{character} in {within}");
}

#[test]
fn the_file_conforms_and_is_the_same_on_every_thread() {
    let sample = sample();
    let make = || pdf(&sample, "manager", "2026-01-12");
    let first = make();
    let threads: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..2).map(|_| scope.spawn(make)).collect();
        started.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(threads.into_iter().all(|bytes| bytes == first));
    let shown = String::from_utf8_lossy(&first).into_owned();
    for needed in ["pdfuaid:part", "/MarkInfo", "/StructTreeRoot", "/Lang", "Robin Vale"] {
        assert!(shown.contains(needed), "no {needed}");
    }
    for absent in ["CreationDate", "ModDate", "CreateDate", env!("CARGO_MANIFEST_DIR")] {
        assert!(!shown.contains(absent), "{absent} is in it");
    }
    if let Some(checked) = read_back("qpdf", &["--check", "FILE"], &first) {
        assert!(String::from_utf8_lossy(&checked).contains("No syntax or stream encoding errors"));
    }
}

#[test]
fn the_file_has_a_name_and_replaces_nobody_elses() {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join("content")).expect("a folder");
    std::fs::write(root.path().join("content/portfolio.yaml"), CONFIG).expect("the file can be written");
    std::fs::create_dir(root.path().join("content/pilots")).expect("a folder");
    std::fs::write(root.path().join("content/pilots/seen.yaml"), SEEN).expect("the file can be written");
    let review = |more: &[&str]| -> Output {
        let period = ["review", "--since", "2026-01-12", "--until", "2026-06-30", "--today", "2026-10-12"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
        let command = command.current_dir(root.path()).args(period).args(["--format", "pdf"]).args(more);
        command.output().expect("the program runs")
    };
    let out = root.path().join("review-2026-01-12-to-2026-06-30.pdf");
    let made = review(&[]);
    assert!(made.status.success() && made.stdout.is_empty(), "{made:?}");
    let written = std::fs::read(&out).expect("the file is there");
    assert!(written.starts_with(b"%PDF-"));
    assert_eq!(review(&["--out", "-"]).stdout, written);
    // The same again is no loss.
    assert!(review(&[]).status.success());
    std::fs::write(&out, "mine").expect("the file can be written");
    let refused = review(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--force"), "{refused:?}");
    assert_eq!(std::fs::read(&out).expect("the file is there"), b"mine");
    assert!(review(&["--force"]).status.success());
    assert_eq!(std::fs::read(&out).expect("the file is there"), written);
}
