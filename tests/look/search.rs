//! The search: by keys, with slips, in scripts without spaces, and nothing of it loaded before it is opened.

use serde_json::json;

use crate::aid::{self, build, complaints, on_disk, sample};
use crate::browser::{Browser, Page, Screen};

const TITLES: &str =
    "[...document.querySelectorAll('[role=option] .hit > span')].map((it) => it.textContent)";

/// Opens the search with its key and types a query; the titles found.
#[track_caller]
fn found(page: &Page, query: &str) -> Vec<String> {
    if page.evaluate("Boolean(document.querySelector('dialog[open]'))") == json!(false) {
        page.press("/");
        page.wait_for("document.activeElement.matches('dialog[open] [role=combobox]')");
    }
    page.evaluate("document.activeElement.select()");
    page.type_text(query);
    page.wait_for(&format!("document.activeElement.value === {}", json!(query)));
    page.wait_for("document.querySelector('[aria-busy=false]') && document.querySelector('.search-state').textContent.match(/\\d|“/)");
    aid::strings(page, TITLES)
}

#[test]
fn the_search_is_driven_by_keys_alone() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(sample(), "index.html"));
    let before = page.requests();
    assert!(!before.iter().any(|it| it.contains("search") || it.contains("vendor")), "{before:?}");

    let titles = found(&page, "weekly report");
    assert!(titles.len() > 3, "{titles:?}");
    let selected = "document.querySelector('[aria-selected=true] .hit > span').textContent";
    assert_eq!(page.text(selected), titles[0]);
    page.press("ArrowDown");
    assert_eq!(page.text(selected), titles[1]);
    let named =
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).ariaSelected";
    assert_eq!(page.text(named), "true");
    page.press("ArrowUp");
    page.press("ArrowUp");
    assert_eq!(&page.text(selected), titles.last().expect("titles"));
    let groups =
        aid::strings(&page, "[...document.querySelectorAll('.search-group')].map((it) => it.ariaLabel)");
    assert!(groups.contains(&"Pilots".to_owned()) && groups.len() > 1, "{groups:?}");
    let marks = aid::strings(
        &page,
        "[...new Set([...document.querySelectorAll('.excerpt mark')].map((it) => it.textContent.toLowerCase()))]",
    );
    assert!(marks.contains(&"weekly".to_owned()), "{marks:?}");

    page.press("Escape");
    page.wait_for("!document.querySelector('dialog[open]')");
    let titles = found(&page, "two-person checklist");
    page.press("Enter");
    page.wait_for("document.querySelector('article.entry h1')");
    assert_eq!(page.text("document.querySelector('h1').textContent"), titles[0]);
    assert_eq!(complaints(&page, &on_disk(sample(), "")), [""; 0]);
}

#[test]
fn the_search_opens_again_in_the_moment_it_was_left() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(sample(), "index.html"));
    found(&page, "weekly report");
    // Both keys in one task, before the browser can tell that the dialog was closed.
    page.evaluate(
        "for (const key of ['Escape', '/']) document.activeElement.dispatchEvent( \
           new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}))",
    );
    page.wait_for("document.activeElement.matches('dialog[open] [role=combobox]')");
    page.evaluate("new Promise((go) => setTimeout(go, 50))");
    assert_eq!(page.text("document.activeElement.value"), "weekly report", "what was asked stands there");
    let chosen = "((it) => it.value.slice(it.selectionStart, it.selectionEnd))(document.activeElement)";
    assert_eq!(page.text(chosen), "weekly report", "and is overwritten by what is typed");
}

#[test]
fn beginnings_of_words_and_slips_are_forgiven() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::PHONE);
    page.goto(&on_disk(sample(), "index.html"));
    for query in ["weekl clien", "wekly client report", "weekyl cleint", "WEEKLY CLIENT"] {
        let titles = found(&page, query);
        assert!(titles.contains(&"Weekly client report without sign-off".to_owned()), "{query}: {titles:?}");
    }
    assert_eq!(found(&page, "xqzwvxqzwv"), [""; 0]);
    let told = page.text("document.querySelector('.search-state').textContent");
    assert!(told.contains("xqzwvxqzwv"), "{told}");
}

#[test]
fn scripts_without_spaces_are_searched_and_marked() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("content/pages");
    std::fs::create_dir_all(&pages).expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join("content").join(name), text).expect("a file");
    };
    write("portfolio.yaml", "title: T\nowner: {name: N}\n");
    write("pages/tokyo.md", "# 東京都の週次報告\n\n毎週金曜日に、五つの顧客へ報告書を送ります。");
    write("pages/osaka.md", "# 大阪の会議\n\n会議は月曜日だけにします。");
    write("pages/bangkok.md", "# รายงานประจำสัปดาห์\n\nฉันส่งรายงานให้ลูกค้าทุกวันศุกร์");
    write("pages/cafe.md", "# Café Müller\n\nÀ la carte.");
    let site = build(folder.path());
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(&site, "index.html"));
    for (query, title, mark) in [
        ("報告", "東京都の週次報告", "報告"),
        ("東京", "東京都の週次報告", "東京"),
        ("月曜", "大阪の会議", "月曜"),
        ("ลูกค้า", "รายงานประจำสัปดาห์", "ลูกค้า"),
        ("cafe muller", "Café Müller", "Café"),
    ] {
        let titles = found(&page, query);
        assert_eq!(titles.first().map(String::as_str), Some(title), "{query}: {titles:?}");
        let marks = aid::strings(
            &page,
            "[...document.querySelectorAll('[role=option]:first-of-type mark')].map((it) => it.textContent)",
        );
        assert!(marks.iter().any(|it| it == mark), "{query}: {marks:?}");
    }
}

#[test]
fn words_behind_what_is_shown_of_a_long_text_are_found() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("content/pages");
    std::fs::create_dir_all(&pages).expect("a folder");
    std::fs::write(folder.path().join("content/portfolio.yaml"), "title: T\nowner: {name: N}\n")
        .expect("a file");
    // So many different words that their numbers take several digits.
    let long = |from: usize| (from..from + 1_200).map(|at| format!("w{at} ")).collect::<String>();
    let write = |name: &str, text: String| std::fs::write(pages.join(name), text).expect("a file");
    write("endgame.md", format!("# Endgame\n\n{}\n\nThe last word is Zugzwang, w300.\n", long(0)));
    write("report.md", format!("# Report\n\n{}\n\n最後に東京都へ送ります。\n", long(600)));
    let site = build(folder.path());
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(&site, "index.html"));
    for (query, titles) in [
        ("zugzw", &["Endgame"][..]),
        ("zugzwang w12", &["Endgame"]),
        ("東京", &["Report"]),
        ("w1799", &["Report"]),
        ("w1150 w1151", &["Endgame", "Report"]),
    ] {
        let mut found = found(&page, query);
        found.sort_unstable();
        assert_eq!(found, titles, "{query}");
    }
}

#[test]
fn the_page_of_the_search_keeps_what_is_asked_in_its_address() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(sample(), "search/index.html?q=checklist"));
    page.wait_for("document.querySelector('[role=option]')");
    assert_eq!(page.text("document.querySelector('input').value"), "checklist");
    page.click("input");
    page.evaluate("document.querySelector('input').select()");
    page.type_text("weekly");
    page.wait_for("location.search === '?q=weekly'");
    page.press("/");
    assert_eq!(page.text("document.querySelector('input').value"), "weekly/", "a slash can be typed");
}

/// The sizes that the index may have: the words of 2,000 entries of 1,700 letters.
#[test]
fn the_index_of_two_thousand_entries_is_below_a_megabyte() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("content/pages");
    std::fs::create_dir_all(&pages).expect("a folder");
    std::fs::write(folder.path().join("content/portfolio.yaml"), "title: T\nowner: {name: N}\n")
        .expect("a file");
    // Words that no two entries share and no packer can guess, by a plain generator.
    let mut seed = 1_u64;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut bits = seed >> 33;
        let letters = (0..3 + seed % 7).map(|_| {
            let letter = char::from(b'a' + u8::try_from(bits % 16).expect("a letter"));
            bits /= 7;
            letter
        });
        letters.collect::<String>()
    };
    for entry in 0..2_000 {
        let text: Vec<String> = (0..260).map(|_| word()).collect();
        std::fs::write(
            pages.join(format!("p-{entry}.md")),
            format!("# Title {entry}\n\n{}\n", text.join(" ")),
        )
        .expect("a file");
    }
    let index = std::fs::read(build(folder.path()).join("search/index.js")).expect("an index");
    let packed = miniz_oxide::deflate::compress_to_vec(&index, 6).len();
    assert!(packed < 1_000_000, "{packed} bytes packed, {} as they are", index.len());
    assert!(packed > 100_000, "{packed}: the index holds too little to be of use");
}
