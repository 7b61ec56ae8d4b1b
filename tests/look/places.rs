//! The same site from the disk, from the root of a server and from a path deep in it.

use serde_json::json;

use crate::aid::{self, complaints, on_disk, sample, strings};
use crate::browser::{Browser, Screen};

#[test]
fn the_site_behaves_the_same_wherever_it_lies() {
    let Some(browser) = Browser::start() else { return };
    let places = [on_disk(sample(), ""), aid::serve(sample(), "/"), aid::serve(sample(), "/a/deep/path/")];
    let mut seen = Vec::new();
    for place in &places {
        let page = browser.open(Screen::DESKTOP);
        page.goto(&format!("{place}index.html"));
        let font = "getComputedStyle(document.body).backgroundColor";
        let ground = page.text(font);
        page.click("#owned h3 a");
        page.wait_for("document.readyState === 'complete' && document.querySelector('article.scope')");
        let title = page.text("document.title");
        page.click(".top .entries a[href*='decisions/']");
        page.wait_for("document.readyState === 'complete' && document.querySelector('.filters')");
        page.evaluate(
            "(() => { const it = document.querySelector('select[name=status]'); it.value = 'superseded'; \
             it.dispatchEvent(new Event('change', {bubbles: true})); })()",
        );
        let rows = "[...document.querySelectorAll('[data-rows] > *')].filter((it) => it.checkVisibility()).map((it) => it.querySelector('a').textContent)";
        let rows = strings(&page, rows);
        assert_eq!(page.evaluate("location.search"), json!("?status=superseded"), "{place}");
        page.press("/");
        page.wait_for("document.querySelector('dialog[open] input')");
        page.type_text("kim osei");
        page.wait_for(
            "document.querySelector('[role=option]') && document.querySelector('[aria-busy=false]')",
        );
        let found = strings(
            &page,
            "[...document.querySelectorAll('[role=option] .hit > span')].map((it) => it.textContent)",
        );
        page.press("Enter");
        page.wait_for("document.querySelector('article.entry')");
        let last = page.text("document.querySelector('h1').textContent");
        assert_eq!(complaints(&page, place), [""; 0], "{place}");
        seen.push((ground, title, rows, found, last));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    assert!(!seen[0].2.is_empty() && seen[0].3.len() > 2, "{:?}", seen[0]);
}
