//! The pictures of the README: the main types of pages in both schemes, on a desk and on a phone.
//!
//! `cargo test --test look gallery -- --ignored` makes them anew in `docs/images`. With the font Inter installed
//! (`fonts-inter` in Debian) they look as they do there.

use crate::aid::{on_disk, root, sample};
use crate::browser::{Browser, Screen};

#[test]
#[ignore = "writes into docs/images"]
fn gallery() {
    let browser = Browser::start().expect("the pictures are taken by chromium");
    let desk = Screen { height: 860, ..Screen::DESKTOP };
    let pages = [
        ("home", "index.html"),
        ("rights", "rights/index.html"),
        ("pilot", "pilots/weekly-report/index.html"),
        ("decisions", "decisions/index.html?scope=client-reporting"),
    ];
    for (name, path) in pages {
        for (suffix, screen) in [
            ("", desk),
            ("-dark", desk.dark()),
            ("-phone", Screen::PHONE),
            ("-phone-dark", Screen::PHONE.dark()),
        ] {
            let page = browser.open(screen);
            page.goto(&on_disk(sample(), path));
            page.screenshot(&root().join(format!("docs/images/{name}{suffix}.png")));
        }
    }
    for (suffix, screen) in [("", desk), ("-phone-dark", Screen::PHONE.dark())] {
        let page = browser.open(screen);
        page.goto(&on_disk(sample(), "index.html"));
        page.press("/");
        page.wait_for("document.querySelector('dialog[open] input')");
        page.type_text("wekly report");
        page.wait_for(
            "document.querySelector('[role=option]') && document.querySelector('[aria-busy=false]')",
        );
        page.screenshot(&root().join(format!("docs/images/search{suffix}.png")));
    }
}
