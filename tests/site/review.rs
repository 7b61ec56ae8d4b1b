//! The packet of a review: that nothing hidden makes a difference to it, that it asks for nothing from elsewhere,
//! that what somebody wrote stays text in it, and the whole of it for one portfolio.

use std::collections::BTreeMap;
use std::path::Path;

use bailiwick::evaluate::period::PeriodFacts;
use bailiwick::model::Portfolio;
use bailiwick::render::{Theme, review_html, review_markdown};
use bailiwick::text::{Date, Scalar};
use bailiwick::view::Site;
use proptest::prelude::*;
use scraper::{Html, Selector};

use crate::aid::{self, Files, difference, files, program, shown, today};
use crate::noninterference::config;
use crate::noninterference::emit::content;
use crate::noninterference::plan::{READERS, plan};

/// The packet from a day to today, as Markdown and as a page.
fn packet(portfolio: &Portfolio, reader: &str, since: &str) -> Files {
    let redacted = aid::cut(portfolio, reader);
    let site = Site::new(&redacted, today());
    let theme = Theme::new(BTreeMap::new()).expect("the default theme is sound");
    let since = Date::parse(since).expect("a date");
    let facts = PeriodFacts::new(redacted.portfolio(), since, today(), today());
    let packet = site.review_packet(&facts, theme.words());
    let page = review_html(&packet, &theme).unwrap_or_else(|fault| panic!("{fault}"));
    let made = [("review.md", review_markdown(&packet)), ("review.html", page)];
    made.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

fn text(packet: &Files, name: &str) -> String {
    String::from_utf8(packet[name].clone()).expect("it is text")
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn what_is_hidden_makes_no_difference(plan in plan()) {
        let full = content(&plan, None);
        let portfolio = aid::sound(&full);
        for reader in READERS {
            let reduced = content(&plan, Some(reader));
            let without = aid::unchecked(&reduced);
            let expected = packet(&without, reader, "2020-01-01");
            let found = packet(&portfolio, reader, "2020-01-01");
            let difference = difference(&expected, &found);
            prop_assert!(difference.is_empty(), "`{reader}` is shown what is hidden:\n{difference}\nin\n{}", shown(&full));
        }
    }
}

/// A portfolio with something in every part of a packet; `x` stands in every field that somebody writes.
fn with_all(x: &str) -> Files {
    let x = serde_json::to_string(x).expect("text serialises");
    let owner = format!(
        "title: T\nowner: {{name: {x}, role: {x}, team: {x}}}\nmanager: {{name: {x}}}\nstarted: 2026-01-12\n"
    );
    let scope = format!(
        "title: {x}\nsummary: {x}\nsince: 2026-01-12\noutcomes:\n  - {{name: {x}, unit: {x}, direction: increase, target: 95, baseline: 90, \
         observations: [{{date: 2026-02-02, value: 92}}, {{date: 2026-05-04, value: 97}}]}}\n\
         decision_rights: [{{area: {x}, id: doors, delegation: advise}}]\n\
         commitments:\n  - {{what: {x}, due: 2026-03-01, kept: 2026-03-01}}\n  - {{what: {x}, due: 2026-03-02, missed: {x}}}\n  \
         - {{what: {x}, due: 2026-04-01, kept: 2026-04-03}}\n  - {{what: {x}, due: 2026-07-01}}\n"
    );
    let decision = format!(
        "title: {x}\ndate: 2026-02-03\nstatus: accepted\nscope: s\noutcome: {x}\n\
         result: {{date: 2026-04-01, verdict: mixed, changed: {x}, failed: {x}, learned: {x}, next: {x}, escalated: {x}}}\n"
    );
    let pilot = format!(
        "title: {x}\nscope: s\ntests: {{right: s/doors, from: consult, to: advise}}\nhypothesis: {x}\nstarts: 2026-03-02\nends: 2026-03-29\n\
         primary: {{name: {x}, unit: {x}, direction: decrease, baseline: 3, target: 2, judge: median, observations: [{{date: 2026-03-05, value: 1, note: {x}}}]}}\n\
         guardrails: [{{name: {x}, unit: {x}, direction: decrease, limit: 2, on_breach: {x}, observations: [{{date: 2026-03-06, value: 3}}]}}]\n\
         safeguards: [{{risk: {x}, mitigation: {x}}}]\nfallback: {x}\nreviews: [{{date: 2026-03-16, held: 2026-03-17}}]\n\
         escalations: [{{trigger: {x}, to: {x}, within: 1d, fired: [{{date: 2026-03-18, escalated: 2026-03-20, result: {x}}}]}}]\n\
         amendments: [{{date: 2026-03-10, change: {x}, why: {x}}}]\nverdict: {{date: 2026-03-30, decision: revert, by: {x}, note: {x}}}\n"
    );
    let agreement = format!(
        "title: {x}\ndate: 2026-04-02\nstatus: agreed\ngrants: [{{right: s/doors, from: consult, to: advise}}]\n"
    );
    let check_in =
        format!("title: {x}\ndate: 2026-05-04\nwith: manager\nfailed: {x}\nescalated: {x}\nnext: {x}\n");
    let feedback = format!(
        "title: {x}\ndate: 2026-05-05\nfrom: {x}\nrole: peer\nabout: s\nquote: {x}\nquote_permission: true\n"
    );
    let proposal = format!(
        "title: {x}\nask: {x}\nstatus: accepted\ndate: 2026-03-20\nanswer: {{date: 2026-04-02, decision: accepted, note: {x}}}\n"
    );
    files([
        ("portfolio.yaml", owner.as_str()),
        ("scopes/s.yaml", scope.as_str()),
        ("decisions/d.yaml", decision.as_str()),
        ("pilots/p.yaml", pilot.as_str()),
        ("agreements/a.yaml", agreement.as_str()),
        ("check-ins/c.yaml", check_in.as_str()),
        ("feedback/f.yaml", feedback.as_str()),
        ("proposals/q.yaml", proposal.as_str()),
    ])
}

const PARTS: [&str; 8] =
    ["scopes", "decisions", "pilots", "commitments", "lessons", "answers", "feedback", "next"];

#[test]
fn every_part_is_there_and_those_without_anything_are_not() {
    let page = |content: &Files, since: &str| {
        Html::parse_document(&text(&packet(&aid::sound(content), "me", since), "review.html"))
    };
    let names = |page: &Html| -> Vec<String> {
        let parts = Selector::parse("section.part").unwrap();
        page.select(&parts).map(|part| part.attr("id").unwrap_or_default().to_owned()).collect()
    };
    let all = with_all("Words");
    assert_eq!(names(&page(&all, "2026-01-01")), PARTS);
    // What was before the period is not in it: only what is owned, and what comes.
    assert_eq!(names(&page(&all, "2026-05-30")), ["scopes", "next"]);
    let empty = files([("portfolio.yaml", "title: T\nowner: {name: N}\n")]);
    assert_eq!(names(&page(&empty, "2026-01-01")), [""; 0]);
}

#[test]
fn what_somebody_wrote_is_text_in_every_form() {
    let hostile = [
        "<script>alert(1)</script>",
        "</style><img src=x onerror=alert(1)>",
        "[x](javascript:alert(1)) ![x](https://e.org/i.png)",
        "a | b || c",
        "**bold** _i_ `code` # h - l > q",
        "{{ 7 * 7 }} {% raw %}",
        "&lt;b&gt; &amp; &#60;",
    ];
    for words in hostile {
        let packet = packet(&aid::sound(&with_all(words)), "me", "2026-01-01");
        let page = Html::parse_document(&text(&packet, "review.html"));
        let forbidden =
            Selector::parse("script, img, iframe, object, embed, link, base, form, [onerror], [src]")
                .unwrap();
        assert_eq!(page.select(&forbidden).count(), 0, "{words}");
        assert_eq!(page.select(&Selector::parse("style").unwrap()).count(), 1, "{words}");
        let shown: String = page.root_element().text().collect();
        assert!(
            shown.matches(words).count() >= 40,
            "{words} is shown {} times",
            shown.matches(words).count()
        );

        let markdown = text(&packet, "review.md");
        let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_GFM;
        let mut shown = String::new();
        for event in pulldown_cmark::Parser::new_ext(&markdown, options) {
            use pulldown_cmark::{Event, Tag};
            match event {
                Event::Text(text) => shown += &text,
                Event::InlineHtml(html) => assert_eq!(&*html, "<br>", "{words}"),
                Event::Html(html) => panic!("{html} from {words}"),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    panic!("{dest_url} from {words}")
                }
                Event::Code(code) => panic!("{code} from {words}"),
                Event::End(_) => shown.push('\n'),
                _ => {}
            }
        }
        assert!(
            shown.matches(words).count() >= 40,
            "{words} is shown {} times in\n{markdown}",
            shown.matches(words).count()
        );
    }
}

#[test]
fn a_page_asks_for_nothing() {
    let content = aid::tree(Path::new(env!("CARGO_MANIFEST_DIR")).join("content").as_path());
    let (portfolio, _) = bailiwick::read(&aid::sources(&content), Date::parse("2026-10-12").unwrap());
    let packet = packet(&portfolio.expect("the sample is sound"), "manager", "2026-01-01");
    let page = text(&packet, "review.html");
    let document = Html::parse_document(&page);
    let policy = Selector::parse("meta[http-equiv=Content-Security-Policy]").unwrap();
    let policy = document.select(&policy).next().and_then(|meta| meta.attr("content")).unwrap_or_default();
    assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline';"), "{policy}");
    let asking =
        Selector::parse("link, script, img, iframe, source, use, [src], [href^='http'] image").unwrap();
    assert_eq!(document.select(&asking).count(), 0);
    assert!(!page.contains("url("), "a style sheet asks for something");
}

#[test]
fn titles_lead_to_the_published_site_if_there_is_one() {
    let mut content = with_all("Words");
    let hrefs = |content: &Files| {
        let page =
            Html::parse_document(&text(&packet(&aid::sound(content), "me", "2026-01-01"), "review.html"));
        let links = Selector::parse("a").unwrap();
        page.select(&links).filter_map(|link| link.attr("href").map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(hrefs(&content), [""; 0]);
    content.get_mut("portfolio.yaml").unwrap().extend(b"base_url: https://e.org/p\n");
    let hrefs = hrefs(&content);
    assert!(hrefs.contains(&"https://e.org/p/decisions/d/".to_owned()), "{hrefs:?}");
    assert!(hrefs.iter().all(|href| href.starts_with("https://e.org/p/")), "{hrefs:?}");
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_asked() {
    let root = tempfile::tempdir().expect("a folder");
    aid::write(root.path(), &with_all("Words"));
    let out = root.path().join("review.html");
    let review = |more: &[&str]| {
        let out = out.to_str().expect("the path is text");
        let arguments = ["review", "--since", "2026-01-01", "--format", "html", "--out", out];
        let output = program(root.path(), &[&arguments, more].concat()).output().expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(review(&[]).0, Some(0));
    let first = std::fs::read(&out).expect("the file is there");
    // The same again is no loss.
    assert_eq!(review(&[]).0, Some(0));
    std::fs::write(&out, "mine").expect("the file can be written");
    let (code, message) = review(&[]);
    assert_eq!(code, Some(2));
    assert!(message.contains("is there already") && message.contains("--force"), "{message}");
    assert_eq!(std::fs::read(&out).expect("the file is there"), b"mine");
    assert_eq!(review(&["--force"]).0, Some(0));
    assert_eq!(std::fs::read(&out).expect("the file is there"), first);
}
