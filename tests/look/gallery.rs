//! The pictures of the README: the main types of pages in both schemes, on a desk and on a phone.
//!
//! `cargo test --test look gallery -- --ignored` makes them anew in `docs/images`. With the font Inter installed
//! (`fonts-inter` in Debian) they look as they do there. The proposal on paper is made by `bailiwick propose`, and
//! into a picture by `pdftoppm`.

use std::process::Command;

use crate::aid::{TODAY, on_disk, root, sample};
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
    for paper in ["a4", "letter"] {
        picture_of_paper("correct-labels-without-asking", paper);
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

/// A proposal of the sample on that paper, as `docs/images/proposal-PAPER.png`.
fn picture_of_paper(id: &str, paper: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = folder.path().join("proposal.pdf");
    let mut propose = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
    propose.current_dir(root()).args(["propose", id, "--today", TODAY, "--paper", paper, "--pdf"]).arg(&pdf);
    assert!(propose.status().expect("the program runs").success(), "{id} on {paper}");
    let mut draw = Command::new("pdftoppm");
    draw.args(["-r", "80", "-png", "-singlefile"]).arg(&pdf);
    draw.arg(root().join(format!("docs/images/proposal-{paper}")));
    assert!(draw.status().expect("pdftoppm draws it").success(), "{id} on {paper}");
}
