//! No page has a fault that axe-core knows of, in either scheme, at any width, with the search open and filters set.

use serde_json::Value;

use crate::aid::{self, PAGES, on_disk, sample};
use crate::browser::{Browser, Page, Screen};

/// What axe finds on the page as it stands, a line each.
fn violations(page: &Page) -> Vec<String> {
    let found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((it) => \
           it.violations.flatMap((rule) => rule.nodes.map((node) => \
             `${rule.id}: ${node.html.slice(0, 160)} (${node.failureSummary.split('\\n').pop().trim()})`)))",
    );
    let Value::Array(found) = found else { panic!("axe gives no list") };
    found.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn no_page_has_a_fault_that_axe_knows() {
    let (Some(axe), Some(browser)) = (aid::tool("axe-core/axe.min.js"), Browser::start()) else { return };
    let axe = std::fs::read_to_string(axe).expect("axe can be read");
    let page = browser.open(Screen::DESKTOP);
    let mut faults = Vec::new();
    for path in PAGES {
        page.goto(&on_disk(sample(), path));
        page.evaluate(&format!("{axe};0"));
        for width in [320, 768, 1280] {
            for screen in [Screen { width, ..Screen::DESKTOP }, Screen { width, ..Screen::DESKTOP.dark() }] {
                page.show_on(screen);
                let told = |fault| format!("{path} at {width}, {:?}: {fault}", screen.scheme);
                faults.extend(violations(&page).into_iter().map(told));
                let wide = "document.documentElement.scrollWidth - innerWidth";
                let over = page.evaluate(wide).as_i64().expect("a number");
                if over > 0 {
                    faults.push(format!("{path} at {width} is {over} pixels too wide"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_open_search_and_the_open_menu_have_no_fault_either() {
    let (Some(axe), Some(browser)) = (aid::tool("axe-core/axe.min.js"), Browser::start()) else { return };
    let axe = std::fs::read_to_string(axe).expect("axe can be read");
    for screen in [Screen::DESKTOP, Screen::PHONE.dark()] {
        let page = browser.open(screen);
        page.goto(&on_disk(sample(), "index.html"));
        page.evaluate(&format!("{axe};0"));
        if screen.width == Screen::PHONE.width {
            page.click(".menu-opener");
            page.wait_for("document.querySelector('#menu:popover-open')");
            assert_eq!(violations(&page), [""; 0]);
            page.press("Escape");
        }
        page.press("/");
        page.wait_for("document.querySelector('dialog[open] input')");
        assert_eq!(violations(&page), [""; 0], "before anything is typed");
        page.type_text("report");
        page.wait_for("document.querySelector('[role=option]')");
        assert_eq!(violations(&page), [""; 0], "with results");
    }
}
