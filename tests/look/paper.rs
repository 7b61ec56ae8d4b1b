//! On paper there is no navigation, nothing is cut off, and a link that leaves the site is spelled out.

use std::process::Command;

use base64::Engine;
use serde_json::json;

use crate::aid::{PAGES, TODAY, build, files, on_disk, sample};
use crate::browser::{Browser, Page, Screen};

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

/// The sizes of paper, in inches.
const PAPERS: [(&str, f64, f64); 2] = [("A4", 8.27, 11.69), ("Letter", 8.5, 11.0)];

/// How many pages come out of the printer.
#[track_caller]
fn printed(page: &Page, width: f64, height: f64) -> usize {
    // Else it would be printed as it is seen on a screen.
    page.show_on(Screen::DESKTOP.on_paper());
    let paper = json!({"paperWidth": width, "paperHeight": height});
    let pdf = page.send("Page.printToPDF", paper);
    let pdf = base64::engine::general_purpose::STANDARD
        .decode(pdf["data"].as_str().expect("a file"))
        .expect("base64");
    assert!(pdf.starts_with(b"%PDF-"));
    String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count()
}

#[test]
fn pages_come_out_of_the_printer_whole() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(sample(), "pilots/weekly-report/index.html"));
    let pages = printed(&page, 8.27, 11.69);
    assert!((2..=8).contains(&pages), "{pages} pages");
}

/// A portfolio with one proposal that `propose` has to set tightly.
fn long_proposal() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let content = folder.path().join("content");
    std::fs::create_dir_all(content.join("proposals")).expect("a folder");
    let config = "title: T\nowner: {name: Robin Vale}\nmanager: {name: Kim Osei}\n";
    std::fs::write(content.join("portfolio.yaml"), config).expect("it can be written");
    let list = |count, line: fn(usize) -> String| (0..count).map(line).collect::<String>();
    let reasons = list(30, |at| {
        format!("  - Reason {at}, which takes most of a line in its column and a little more\n")
    });
    let risks = list(10, |at| {
        format!("  - {{risk: Risk {at} comes true, mitigation: Somebody looks every Friday}}\n")
    });
    let proposal = format!(
        "title: T\nask: Let me try it for four weeks.\nto: Kim Osei\nreviews: [2026-11-02]\n\
         benefits:\n{reasons}safeguards:\n{risks}"
    );
    std::fs::write(content.join("proposals/p.yaml"), proposal).expect("it can be written");
    folder
}

#[test]
fn a_long_proposal_is_one_page_from_the_browser_as_well() {
    let Some(browser) = Browser::start() else { return };
    let project = long_proposal();
    let mut propose = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
    propose.current_dir(project.path()).args(["propose", "p", "--pdf", "p.pdf", "--today", TODAY]);
    let told = String::from_utf8(propose.output().expect("the program runs").stderr).expect("text");
    assert!(told.contains("set tightly"), "{told}");
    let site = build(project.path());
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(&site, "proposals/p/index.html"));
    for (paper, width, height) in PAPERS {
        assert_eq!(printed(&page, width, height), 1, "{paper}");
    }
}

#[test]
fn proposals_and_agreements_come_out_on_one_page_to_be_signed() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    let is_print = |path: &String| {
        let folders: Vec<&str> = path.split('/').collect();
        matches!(folders[..], ["proposals" | "agreements", _, "index.html"])
    };
    let paths: Vec<String> = files(sample()).into_iter().filter(is_print).collect();
    assert!(paths.len() > 12, "{paths:?}");
    let mut faults = Vec::new();
    for path in paths {
        page.goto(&on_disk(sample(), &path));
        // The address that an entry had before only leads on.
        if page.evaluate("document.querySelector('article.entry') === null") == json!(true) {
            continue;
        }
        for (paper, width, height) in PAPERS {
            let pages = printed(&page, width, height);
            if pages != 1 {
                faults.push(format!("{path} has {pages} pages on {paper}"));
            }
        }
        let lines =
            "[...document.querySelectorAll('.signatures p')].filter((it) => it.checkVisibility()).length";
        let is_over = "document.querySelector('.head .status').matches('.declined, .withdrawn')";
        let signed = page.evaluate(&format!("{lines} >= 3 || {is_over}"));
        if signed != json!(true) {
            faults.push(format!("{path} has no lines to be signed"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
