//! Text comes out as text, whatever is in it; and what cannot come out is said.

use std::collections::BTreeMap;

use bailiwick::paper::Fault;
use bailiwick::render::Theme;
use bailiwick::report::Report;

use super::aid::{FOR_ME, pdf, portfolio, printed, printed_with, read_back, text};

const LONG: &str = "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz";

#[test]
fn markup_quotes_and_long_words_are_text() {
    let long = LONG.repeat(4);
    let hostile = [
        "#import \"@preview/x\": * and #panic(\"no\") and #sys.inputs",
        "$ sum_(i=0)^n i $ and `raw` and *strong* and _emphasis_ and @reference and <label>",
        "= Heading, - item, + item, / term: it, // comment, /* comment */ and \\ backslash",
        "\"straight\" 'single' -- two --- three ... dots ~ tilde https://example.org/a?b=c#d",
        "Ω ≤ ∞ → ✓ ★ ½ € № ễ Ж 😀 🎉 ☂",
        &long,
    ];
    let quoted: Vec<String> = hostile.iter().map(|text| format!("'{}'", text.replace('\'', "''"))).collect();
    let proposal = format!(
        "title: {}\nask: {}\nbenefits: [{}]\nalternatives: {}\n",
        quoted[0],
        quoted[1],
        quoted.join(", "),
        quoted[5],
    );
    let portfolio = portfolio(&[("proposals/p.yaml", &proposal)]);
    let Some(text) = text(&pdf(&portfolio, "p", FOR_ME)) else { return };
    let joined = text.replace(' ', "");
    for expected in hostile {
        assert!(joined.contains(&expected.replace(' ', "")), "not found: {expected}\nin: {text}");
    }
}

#[test]
fn scripts_that_run_from_right_to_left_are_text() {
    let (hebrew, arabic) = ("שלום עולם", "مرحبا بالعالم");
    let proposal = format!("title: {hebrew}\nask: {arabic}\nbenefits: [{hebrew} and English, {arabic}]\n");
    let portfolio = portfolio(&[("proposals/p.yaml", &proposal)]);
    let Some(text) = text(&pdf(&portfolio, "p", FOR_ME)) else { return };
    for word in hebrew.split(' ').chain(arabic.split(' ')) {
        assert!(text.contains(word), "not found: {word}\nin: {text}");
    }
}

#[test]
fn a_character_without_a_font_is_a_fault_that_says_where() {
    let portfolio = portfolio(&[("proposals/p.yaml", "title: T\nask: Let me say สวัสดี to all\n")]);
    let Err(fault) = printed(&portfolio, "p", FOR_ME) else { panic!("a box was printed") };
    let Fault::Character { character, within } = fault else { panic!("{fault}") };
    assert!("สวัสดี".contains(character) && within.contains("Let me say"), "{character} in {within}");
}

#[test]
fn words_of_the_interface_need_a_font_as_well() {
    let theme = Theme::in_layers(&[], "zh-Hans", &mut Report::default()).expect("the default theme is sound");
    let portfolio = portfolio(&[("proposals/p.yaml", "title: T\nask: A\n")]);
    let Err(Fault::Character { .. }) = printed_with(&theme, &portfolio, "p", FOR_ME) else {
        panic!("a box was printed")
    };
}

#[test]
fn a_font_of_the_theme_mends_it() {
    // Any font has its letters under other names; the theme asks for it by its family.
    let theme = |base: &str| {
        let files = BTreeMap::from([("paper/base.typ".to_owned(), base.as_bytes().to_vec())]);
        Theme::new(files).expect("the templates are sound")
    };
    let base = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/paper/base.typ"))
        .expect("the theme can be read");
    let portfolio = portfolio(&[("proposals/p.yaml", "title: T\nask: A\n")]);
    assert!(printed_with(&theme(&base), &portfolio, "p", FOR_ME).is_ok());
    // Faults of a Typst file name their line, and there is no way out of the theme.
    for (wrong, place) in [
        ("#let x = unknown-name\n", ":1:10"),
        ("#let x = read(\"/etc/passwd\")\n", ":1:15"),
        ("#let x = read(\"../../secret\")\n", ":1:15"),
        ("#import \"@preview/cetz:0.3.0\": *\n", ":1:9"),
        ("#let x = datetime.today()\n", ":1:"),
    ] {
        let Err(fault) = printed_with(&theme(&format!("{wrong}{base}")), &portfolio, "p", FOR_ME) else {
            panic!("{wrong} did no harm");
        };
        let told = fault.to_string();
        assert!(told.starts_with("paper/base.typ") && told.contains(place), "{wrong}: {told}");
    }
}

#[test]
fn what_has_a_stop_limit_shows_its_worst_value() {
    let pilot = |starts: &str| {
        format!(
            "title: Trial\nstarts: {starts}\nprimary: {{name: N, direction: decrease, baseline: 9, target: 1}}\n\
             guardrails: [{{name: Complaints, direction: decrease, limit: 5, observations: [\
             {{date: 2026-05-08, value: 2}}, {{date: 2026-05-15, value: 4.5}}, {{date: 2026-05-22, value: 1}}]}}]\n"
        )
    };
    for (starts, row) in
        [("2026-05-04", "Complaints — — at most 5 4.5"), ("2026-11-02", "Complaints — — at most 5")]
    {
        let files =
            [("proposals/p.yaml", "title: T\nask: A\npilot: trial\n"), ("pilots/trial.yaml", &pilot(starts))];
        let Some(text) = text(&pdf(&portfolio(&files), "p", FOR_ME)) else { return };
        assert!(text.contains(row) && text.contains("4.5") == row.ends_with("4.5"), "no {row} in {text}");
    }
}

#[test]
fn the_file_conforms_and_tells_nothing_of_its_making() {
    let portfolio = portfolio(&[("proposals/p.yaml", "title: Title\nask: A\nbenefits: [B]\n")]);
    let bytes = pdf(&portfolio, "p", FOR_ME);
    let shown = String::from_utf8_lossy(&bytes).into_owned();
    for needed in ["pdfuaid:part", "/MarkInfo", "/StructTreeRoot", "/Lang", "Robin Vale", "Title"] {
        assert!(shown.contains(needed), "no {needed}");
    }
    for absent in ["CreationDate", "ModDate", "CreateDate", env!("CARGO_MANIFEST_DIR"), "Typst"] {
        assert!(!shown.contains(absent), "{absent} is in it");
    }
    if let Some(checked) = read_back("qpdf", &["--check", "FILE"], &bytes) {
        assert!(String::from_utf8_lossy(&checked).contains("No syntax or stream encoding errors"));
    }
}
