//! Lists are cut down without reloading, and what is chosen stands in the address.

use serde_json::json;

use crate::aid::{on_disk, sample};
use crate::browser::{Browser, Page, Screen};

const SHOWN: &str =
    "[...document.querySelectorAll('[data-rows] > *')].filter((it) => it.checkVisibility()).length";

fn choose(page: &Page, name: &str, value: &str) {
    page.evaluate(&format!(
        "(() => {{ const it = document.querySelector('select[name={name}]'); it.value = {}; \
         it.dispatchEvent(new Event('change', {{bubbles: true}})); }})()",
        json!(value)
    ));
}

#[test]
fn every_choice_shows_as_many_rows_as_it_says() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    for list in ["decisions", "pilots", "check-ins", "constraints", "proposals"] {
        page.goto(&on_disk(sample(), &format!("{list}/index.html")));
        let choices = page.evaluate(
            "[...document.querySelectorAll('.filters option[value]:not([value=\"\"])')].map((it) => \
             [it.parentElement.name, it.value, +it.textContent.match(/\\((\\d+)\\)$/)[1]])",
        );
        let choices = choices.as_array().expect("a list").clone();
        assert!(choices.len() > 2, "{list}: {choices:?}");
        for choice in choices {
            let (name, value) = (choice[0].as_str().expect("a name"), choice[1].as_str().expect("a value"));
            choose(&page, name, value);
            assert_eq!(page.evaluate(SHOWN), choice[2], "{list}: {name} {value}");
            choose(&page, name, "");
        }
    }
}

#[test]
fn what_is_chosen_can_be_sent_and_undone() {
    let Some(browser) = Browser::start() else { return };
    let page = browser.open(Screen::DESKTOP);
    page.goto(&on_disk(sample(), "decisions/index.html"));
    let all = page.evaluate(SHOWN);
    // The icon of the page is asked for at leisure.
    let asked = |page: &Page| page.requests().iter().filter(|it| !it.ends_with("icon.svg")).count();
    let requests = asked(&page);
    choose(&page, "scope", "client-reporting");
    choose(&page, "period", "2026-Q2");
    let some = page.evaluate(SHOWN);
    assert!(some.as_i64() > Some(0) && some.as_i64() < all.as_i64(), "{some} of {all}");
    assert_eq!(page.text("location.search"), "?scope=client-reporting&period=2026-Q2");
    let told = page.text("document.querySelector('.filtered').textContent");
    assert!(told.contains(&some.to_string()) && told.contains(&all.to_string()), "{told}");
    assert_eq!(asked(&page), requests, "nothing is loaded for it");

    let address = page.text("location.href");
    let other = browser.open(Screen::PHONE);
    other.goto(&address);
    assert_eq!(other.evaluate(SHOWN), some);
    other.click("[data-clear]");
    assert_eq!(other.evaluate(SHOWN), all);
    assert_eq!(other.text("location.search"), "");

    other.goto(&on_disk(
        sample(),
        "decisions/index.html?scope=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E&status=",
    ));
    assert_eq!(other.evaluate(SHOWN), all, "a choice that is none is passed over");
    assert_eq!(other.dialogs(), [""; 0]);
}
