//! On paper there is no navigation, nothing is cut off, and a link that leaves the site is spelled out.

use base64::Engine;
use serde_json::json;

use crate::aid::{PAGES, on_disk, sample};
use crate::browser::{Browser, Screen};

#[test]
fn paper_has_no_navigation_and_cuts_nothing_off() {
    let Some(browser) = Browser::start() else { return };
    // As wide as A4 within its margins, at 96 pixels an inch.
    let paper = Screen { width: 680, height: 1000, ..Screen::DESKTOP.dark() }.on_paper();
    let page = browser.open(paper);
    let mut faults = Vec::new();
    for path in PAGES {
        page.goto(&on_disk(sample(), path));
        page.show_on(paper);
        let shown = page.evaluate("[...document.querySelectorAll('nav, .top, .filters, .skip, button')].filter((it) => it.checkVisibility()).map((it) => it.className)");
        if shown != json!([]) {
            faults.push(format!("{path} shows {shown}"));
        }
        let over = page.evaluate(
            "[...document.querySelectorAll('main *')].filter((it) => it.checkVisibility() && \
             !it.closest('.hidden, .chart') && it.getBoundingClientRect().right > innerWidth + 1).map((it) => it.outerHTML.slice(0, 90))",
        );
        if over != json!([]) {
            faults.push(format!("{path} cuts off {over}"));
        }
        let ground = page.text("getComputedStyle(document.body).backgroundColor");
        if ground != "rgb(255, 255, 255)" {
            faults.push(format!("{path} is printed on {ground}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pages_come_out_of_the_printer_whole() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(sample(), "pilots/weekly-report/index.html"));
    let pdf = page.send("Page.printToPDF", json!({"preferCSSPageSize": true}));
    let pdf = base64::engine::general_purpose::STANDARD
        .decode(pdf["data"].as_str().expect("a file"))
        .expect("base64");
    assert!(pdf.starts_with(b"%PDF-"));
    let pages = String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count();
    assert!((2..=8).contains(&pages), "{pages} pages");
}
