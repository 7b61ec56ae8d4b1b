//! The frame of every page: quiet, still, reachable by keys, whole without scripts.

use serde_json::json;

use crate::aid::{self, PAGES, complaints, layout_shifts, on_disk, sample};
use crate::browser::{Browser, Screen};

#[test]
fn pages_are_quiet_stay_at_home_and_do_not_jump() {
    let Some(browser) = Browser::start() else { return };
    let own = on_disk(sample(), "");
    let mut faults = Vec::new();
    for screen in [Screen::DESKTOP, Screen::PHONE] {
        for path in PAGES {
            let page = browser.open(screen);
            page.goto(&on_disk(sample(), path));
            let jumps = layout_shifts(&page);
            faults.extend(jumps.into_iter().map(|it| format!("{path} at {} jumps by {it}", screen.width)));
            faults.extend(complaints(&page, &own).into_iter().map(|it| format!("{path}: {it}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_jumps_where_pages_arrive_slowly() {
    let Some(browser) = Browser::start() else { return };
    let mut jumps = Vec::new();
    for screen in [Screen::DESKTOP, Screen::PHONE] {
        for path in PAGES {
            let page = browser.open(screen);
            page.goto(&on_disk(sample(), path));
            let text = std::fs::read_to_string(sample().join(path)).expect("a page");
            // The frame is the same everywhere.
            page.evaluate(&format!("({ARRIVE})({})", json!(pieces(&text, path == "index.html"))));
            let found = layout_shifts(&page);
            jumps.extend(found.into_iter().map(|it| format!("{path} at {}: {it}", screen.width)));
        }
    }
    assert!(jumps.is_empty(), "{}", jumps.join("\n"));
}

/// Writes a page anew from pieces, each of which is painted before the next one arrives.
const ARRIVE: &str = "async (pieces) => { \
    const painted = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go))); \
    const styles = () => [...document.querySelectorAll('link[rel=stylesheet]')]; \
    document.open(); \
    for (const piece of pieces) { \
      document.write(piece); \
      while (styles().some((it) => !it.sheet)) await painted(); \
      await painted(); \
    } \
    document.close(); \
    while (document.readyState !== 'complete') await painted(); }";

/// The first screens of a page in pieces: its frame at both ends of every tag, if wanted, and what follows at every block. A line
/// and a table grow with what comes into them, and are not cut.
fn pieces(text: &str, cuts_frame: bool) -> Vec<&str> {
    const BLOCKS: [&str; 14] = [
        "<header",
        "<section",
        "<div",
        "<aside",
        "<details",
        "<figure",
        "<svg xmlns",
        "<h1",
        "<h2",
        "<h3",
        "<p",
        "<ul",
        "<li",
        "<dl",
    ];
    let [body, main] = ["<body", "<main"].map(|it| text.find(it).expect("a page has both"));
    let is_block = |at: &usize| BLOCKS.iter().any(|it| text[*at..].starts_with(it));
    let is_in_table =
        |at: usize| text[..at].matches("<table").count() > text[..at].matches("</table").count();
    let tags = || text.match_indices('<').map(|(at, _)| at);
    let mut cuts = vec![0, body];
    if cuts_frame {
        let ends = text.match_indices('>').map(|(at, _)| at + 1);
        cuts.extend(tags().chain(ends).filter(|at| (body + 1..main).contains(at)));
        cuts.sort_unstable();
        cuts.dedup();
    }
    cuts.extend(tags().filter(|at| *at > main && is_block(at) && !is_in_table(*at)).take(24));
    cuts.push(text.len());
    cuts.windows(2).map(|it| &text[it[0]..it[1]]).collect()
}

#[test]
fn the_first_tab_leads_past_the_menu_and_every_stop_is_seen() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(sample(), "pilots/weekly-report/index.html"));
    page.press("Tab");
    assert_eq!(page.text("document.activeElement.className"), "skip");
    let shown = "document.activeElement.getBoundingClientRect().left >= 0";
    assert_eq!(page.evaluate(shown), json!(true), "the link is seen while it has the focus");
    page.press("Enter");
    page.wait_for("document.activeElement.id === 'main'");
    for _ in 0..12 {
        page.press("Tab");
        let outline = "getComputedStyle(document.activeElement).outlineStyle";
        let what = page.text("document.activeElement.outerHTML.slice(0, 120)");
        assert_eq!(page.text(outline), "solid", "{what}");
    }
}

#[test]
fn no_table_of_the_theme_has_to_be_pushed_aside_on_a_phone() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen { width: 320, ..Screen::PHONE });
    let mut wide = Vec::new();
    for path in aid::files(sample()).iter().filter(|path| path.ends_with(".html")) {
        let text = std::fs::read_to_string(sample().join(path)).expect("a page");
        if text.contains("http-equiv=\"refresh\"") {
            // It leads on at once, and there is nothing to see.
            continue;
        }
        page.goto(&on_disk(sample(), path));
        // What the writer put into a text is as wide as they made it.
        let question = "[...document.querySelectorAll('.table')].filter((it) => !it.closest('.prose') && \
                        it.checkVisibility() && it.scrollWidth > it.clientWidth) \
                        .map((it) => it.closest('section')?.querySelector('h2')?.textContent ?? '')";
        wide.extend(aid::strings(&page, question).into_iter().map(|it| format!("{path}: {it}")));
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

#[test]
fn what_is_tapped_is_at_least_24_pixels_high() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::PHONE);
    for path in PAGES {
        page.goto(&on_disk(sample(), path));
        // Links within sentences are as high as their line.
        let question = "[...document.querySelectorAll('button, summary, select, .top a, .crumbs a, .contents a, \
                        .filters *:is(button, select), .tags a, .beside a, .glance a, .bottom .links a')] \
                        .filter((it) => it.checkVisibility()).map((it) => [it, it.getBoundingClientRect()]) \
                        .filter(([, box]) => box.width && (box.height < 24 || box.width < 24)) \
                        .map(([it, box]) => `${it.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)";
        assert_eq!(aid::strings(&page, question), [""; 0], "{path}");
    }
}

#[test]
fn the_menu_of_a_phone_closes_behind_who_tabs_out_of_it() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::PHONE);
    page.goto(&on_disk(sample(), "index.html"));
    page.evaluate("document.querySelector('.menu-opener').focus()");
    page.press("Enter");
    page.wait_for("document.querySelector('#menu').matches(':popover-open')");
    let links = page.evaluate("document.querySelectorAll('#menu a').length").as_u64().expect("a number");
    for _ in 0..links {
        page.press("Tab");
        assert_eq!(page.evaluate("document.activeElement.closest('#menu') !== null"), json!(true));
    }
    page.press("Tab");
    page.wait_for("!document.querySelector('#menu').matches(':popover-open')");
    assert_eq!(page.evaluate("document.activeElement.closest('main') !== null"), json!(true));
}

#[test]
fn tables_are_stops_for_keys_only_where_they_can_be_moved() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(sample(), "scopes/client-reporting/index.html"));
    let stops = "document.querySelectorAll('.table[tabindex=\"0\"]').length";
    page.wait_for(&format!("{stops} === 0"));
    page.show_on(Screen { width: 320, ..Screen::PHONE });
    page.evaluate("document.querySelector('.prose .table table').style.minWidth = '60rem'");
    page.evaluate("dispatchEvent(new Event('resize'))");
    page.wait_for("document.querySelector('.prose .table').tabIndex === 0");
}

#[test]
fn landmarks_and_headings_are_in_order_on_every_page() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    for path in PAGES {
        page.goto(&on_disk(sample(), path));
        let counts =
            "['header.top', 'main', 'footer.bottom', 'h1'].map((it) => document.querySelectorAll(it).length)";
        assert_eq!(page.evaluate(counts), json!([1, 1, 1, 1]), "{path}");
        let levels = page.evaluate(
            "[...document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)')].map((it) => +it.localName[1])",
        );
        let levels: Vec<i64> =
            levels.as_array().expect("a list").iter().filter_map(serde_json::Value::as_i64).collect();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
    }
}

#[test]
fn contents_list_the_page_and_follow_the_scrolling() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(sample(), "pilots/weekly-report/index.html"));
    let listed =
        aid::strings(&page, "[...document.querySelectorAll('.contents a')].map((it) => it.textContent)");
    let there = aid::strings(
        &page,
        "[...document.querySelectorAll('.prose :is(h2,h3), .part > h2')].map((it) => it.textContent.trim())",
    );
    assert_eq!(listed, there);
    assert_eq!(page.text("document.querySelector('.contents .here').textContent"), listed[0]);
    page.evaluate("document.querySelectorAll('.part > h2')[1].scrollIntoView({behavior: 'instant'})");
    let wanted = page.text("document.querySelectorAll('.part > h2')[1].textContent.trim()");
    page.wait_for(&format!("document.querySelector('.contents .here').textContent === {}", json!(wanted)));
    page.click(".contents li:last-child a");
    page.wait_for("location.hash === document.querySelector('.contents li:last-child a').hash");
}

#[test]
fn pages_are_whole_without_scripts() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    page.send("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    page.goto(&on_disk(sample(), "decisions/index.html"));
    // The protocol's own questions are still answered.
    let shown =
        "[...document.querySelectorAll('[data-rows] > *')].filter((it) => it.checkVisibility()).length";
    let all = "document.querySelectorAll('[data-rows] > *').length";
    assert_eq!(page.evaluate(shown), page.evaluate(all));
    assert_eq!(page.evaluate("document.querySelector('.filters').checkVisibility()"), json!(false));
    page.click(".search-opener");
    page.wait_for(
        "location.pathname.endsWith('/search/index.html') && document.querySelector('.without-script')",
    );
    assert_eq!(page.evaluate("document.querySelector('.without-script').checkVisibility()"), json!(true));
    page.show_on(Screen::PHONE);
    page.click(".menu-opener");
    page.wait_for("document.querySelector('#menu a').checkVisibility()");
}

#[test]
fn a_lost_address_is_answered_with_similar_ones() {
    let Some(browser) = Browser::start() else { return };
    let address = aid::serve(sample(), "/");
    let page = browser.open(Screen::DESKTOP);
    page.goto(&format!("{address}weekly-raport.html"));
    page.wait_for("!document.querySelector('[data-missing]').hidden");
    let near =
        aid::strings(&page, "[...document.querySelectorAll('[data-missing] a')].map((it) => it.textContent)");
    assert!(near.contains(&"Weekly client report without sign-off".to_owned()), "{near:?}");
    page.click("[data-missing] a");
    page.wait_for("document.querySelector('article.entry')");
}

#[test]
fn a_lost_address_deep_in_the_site_is_answered_in_the_style_of_the_site() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join("content").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write("portfolio.yaml", "title: T\nowner: {name: N}\nbase_url: https://example.org/a/deep/path/\n");
    write("pages/weekly-report.md", "# Weekly report\n\nText.\n");
    let site = aid::build(folder.path());
    let address = aid::serve(&site, "/a/deep/path/");
    let page = browser.open(Screen::DESKTOP);
    page.goto(&format!("{address}pages/2026/wekly-report/index.html"));
    let ground = "getComputedStyle(document.querySelector('.brand')).display";
    let lost = page.text(ground);
    page.wait_for("!document.querySelector('[data-missing]').hidden");
    page.click("[data-missing] a");
    page.wait_for("document.querySelector('article.page h1')");
    assert_eq!(page.text("document.querySelector('h1').textContent"), "Weekly report");
    assert_eq!((lost.as_str(), page.text(ground).as_str()), ("flex", "flex"));
}
