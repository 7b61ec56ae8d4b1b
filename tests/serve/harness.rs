//! The browser harness tells what happens in a page: a test that trusts it can fail.

use serde_json::json;

use crate::browser::{Browser, Screen};

const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harness</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'unsafe-inline'"></head>
<body><input id="field"><button id="button">Press</button><img src="https://example.invalid/x.png" alt="">
<script>
document.getElementById("button").addEventListener("click", () => { document.title = "clicked"; alert("boo"); });
document.addEventListener("keydown", (event) => { document.body.dataset.key = event.key; });
console.error("a complaint");
</script></body></html>"#;

#[test]
fn a_page_tells_what_happens_in_it() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, PAGE).unwrap();
    let page = browser.open(Screen::PHONE.dark());
    page.goto(&format!("file://{}", file.display()));

    assert_eq!(page.text("document.title"), "Harness");
    assert_eq!(page.evaluate("[innerWidth, innerHeight]"), json!([390, 844]));
    assert_eq!(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"), json!(true));
    page.show_on(Screen::DESKTOP.on_paper());
    assert_eq!(page.evaluate("matchMedia('print').matches && innerWidth == 1280"), json!(true));

    page.click("#field");
    page.press("/");
    page.type_text("typed");
    assert_eq!(page.text("document.querySelector('#field').value"), "/typed");
    page.press("Escape");
    assert_eq!(page.text("document.body.dataset.key"), "Escape");
    page.click("#button");
    page.wait_for("document.title == 'clicked'");
    assert_eq!(page.dialogs(), ["boo"]);

    assert!(page.console_errors().iter().any(|text| text.contains("a complaint")));
    assert_eq!(page.policy_violations().len(), 1, "{:?}", page.policy_violations());
    assert!(page.try_evaluate("missing.thing").unwrap_err().contains("ReferenceError"));
    assert!(page.requests().iter().any(|address| address.ends_with("page.html")));

    let shot = folder.path().join("shot.png");
    page.screenshot(&shot);
    assert!(std::fs::read(&shot).unwrap().starts_with(b"\x89PNG"));
}
