//! How much a reader has to load.

use crate::aid::{PAGES, sample};

/// What is compressed on the way, as every server does it with text.
fn packed(path: &std::path::Path) -> usize {
    let bytes = std::fs::read(path).expect("a file of the site");
    miniz_oxide::deflate::compress_to_vec(&bytes, 6).len()
}

#[test]
fn a_text_page_weighs_less_than_a_hundred_kilobytes() {
    let shared: usize =
        ["assets/style.css", "assets/site.js"].map(|name| packed(&sample().join(name))).iter().sum();
    for path in PAGES {
        let weight = shared + packed(&sample().join(path));
        assert!(weight < 100_000, "{path} weighs {weight} bytes, fonts aside");
    }
    // Even as they are, nothing packed, style and script leave room for a page.
    let plain = |name| std::fs::metadata(sample().join(name)).expect("a file").len();
    let plain = plain("assets/style.css") + plain("assets/site.js");
    assert!(plain < 60_000, "{plain}");
}
