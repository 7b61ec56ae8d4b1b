//! Pages that are shown one after another in a single document: what the script does, it does for each of them.

use serde_json::json;

use crate::aid::{self, PAGES, complaints, sample, strings};
use crate::browser::{Browser, Page, Screen};

/// Puts another page of the site in the place of the one that is shown, without loading it.
fn show(page: &Page, site: &str, path: &str) {
    let html = std::fs::read_to_string(sample().join(path)).expect("a page");
    page.evaluate(&format!(
        "(() => {{ const next = new DOMParser().parseFromString({}, 'text/html'); \
         const icon = document.querySelector('link[rel=icon]'); icon.href = icon.href; \
         history.pushState(null, '', {}); \
         for (const part of ['header.top', 'main']) \
           document.querySelector(part).replaceWith(document.adoptNode(next.querySelector(part))); \
         document.body.dataset.root = next.body.dataset.root; scrollTo({{top: 0, behavior: 'instant'}}); \
         document.body.dispatchEvent(new Event('bailiwick:page', {{bubbles: true}})); }})()",
        json!(html),
        json!(format!("{site}{path}"))
    ));
}

#[test]
fn search_filters_and_contents_work_on_every_page_of_one_document() {
    let Some(browser) = Browser::start() else { return };
    let site = aid::serve(sample(), "/a/site/");
    let page = browser.open(Screen::DESKTOP);
    page.goto(&format!("{site}index.html"));
    page.evaluate("window.isTheSame = true");
    let ask = |query: &str| {
        page.press("/");
        page.wait_for("document.querySelector('dialog[open]')?.contains(document.activeElement)");
        page.type_text(query);
        page.wait_for(
            "document.querySelector('[role=option]') && document.querySelector('[aria-busy=false]')",
        );
        let links = strings(&page, "[...document.querySelectorAll('[role=option]')].map((it) => it.href)");
        page.press("Escape");
        page.wait_for("!document.querySelector('dialog[open]')");
        links
    };
    let found = ask("weekly");
    assert!(found.len() > 3 && found.iter().all(|link| link.starts_with(&site)), "{found:?}");

    // A list, with its filters, and the way back to it.
    show(&page, &site, "decisions/index.html");
    let rows =
        "[...document.querySelectorAll('[data-rows] > *')].filter((it) => it.checkVisibility()).length";
    let all = page.evaluate(rows);
    page.evaluate(
        "(() => { const it = document.querySelector('select[name=status]'); it.value = 'superseded'; \
         it.dispatchEvent(new Event('change', {bubbles: true})); })()",
    );
    let some = page.evaluate(rows);
    assert!(some.as_i64() > Some(0) && some.as_i64() < all.as_i64(), "{some} of {all}");
    assert_eq!(page.text("location.search"), "?status=superseded");

    // An entry, with its contents, which follow the scrolling; those of the page before it are gone.
    show(&page, &site, "pilots/weekly-report/index.html");
    for path in ["scopes/client-reporting/index.html", "pilots/weekly-report/index.html"] {
        show(&page, &site, path);
        let here = "document.querySelector('.contents .here').textContent";
        let listed =
            strings(&page, "[...document.querySelectorAll('.contents a')].map((it) => it.textContent)");
        assert_eq!(page.text(here), listed[0], "{path}");
        page.evaluate("document.querySelectorAll('.part > h2')[1].scrollIntoView({behavior: 'instant'})");
        let wanted = page.text("document.querySelectorAll('.part > h2')[1].textContent.trim()");
        page.wait_for(&format!("{here} === {}", json!(wanted)));
    }

    // The search knows where it is now, also what it still shows from before.
    page.press("/");
    page.wait_for("document.querySelector('dialog[open] [role=option]')");
    let shown = strings(&page, "[...document.querySelectorAll('[role=option]')].map((it) => it.href)");
    assert_eq!(shown, found);
    page.press("Escape");
    assert_eq!(page.evaluate("window.isTheSame"), json!(true), "nothing was loaded anew");
    assert_eq!(complaints(&page, &site), [""; 0]);
}

#[test]
fn pages_hold_no_script_and_no_style_of_their_own() {
    for path in PAGES {
        let html = std::fs::read_to_string(sample().join(path)).expect("a page");
        let document = scraper::Html::parse_document(&html);
        let found = |selector: &str| {
            let selector = scraper::Selector::parse(selector).expect("a selector");
            document.select(&selector).map(|it| it.html()).collect::<Vec<_>>()
        };
        assert_eq!(found("script").len(), 1, "{path}: {:?}", found("script"));
        assert_eq!(found("script:not([src]), style, [style], [onclick], [onload]"), [""; 0], "{path}");
    }
}
