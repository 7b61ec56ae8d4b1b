//! How long it takes from a key to the answer of the search on the screen.
//!
//! `cargo bench --bench search [-- N …]` generates portfolios of N entries (2,000 unless said otherwise), builds each,
//! opens it from the disk in headless Chromium, and types queries key by key: common words, rare ones, slips, and
//! scripts without spaces. The time is that from the key event to the task after the next frame, when the list is
//! painted. Prints the median and the 95th percentile, and what the index weighs.
//!
//! The generated portfolios repeat a few hundred words. Here every text also has words of its own, from a
//! vocabulary in which few are common and most are rare, as in a record of years; a tenth is in Japanese or Thai.
#![expect(clippy::disallowed_methods, reason = "makes and removes folders of its own")]

#[path = "../tests/browser/mod.rs"]
mod browser;
#[path = "../examples/corpus/generate.rs"]
mod generate;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use browser::{Browser, Page, Screen};
use generate::random::Random;

/// How many words there are to take from, besides those of the generated portfolio.
const VOCABULARY: usize = 30_000;

/// What is typed, by what is hard about it.
const QUERIES: [(&str, &[&str]); 5] = [
    ("common words", &["weekly report", "decision review", "the client", "pilot checklist"]),
    ("rare words", &["whiteboard", "pocketbook", "turnstile queue", "zeppelin"]),
    ("slips", &["wekly reprot", "desicion", "chekclist pilto", "onbording"]),
    ("Japanese", &["週次報告", "東京の顧客", "会議"]),
    ("Thai", &["รายงาน", "ลูกค้า", "ประจำสัปดาห์"]),
];

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![2_000] } else { sizes };
    let Some(browser) = Browser::start() else { return };
    println!("| entries | typed | keys | median | 95th percentile | slowest |");
    println!("|---:|---|---:|---:|---:|---:|");
    let told: Vec<String> = sizes.into_iter().map(|size| measure(&browser, size)).collect();
    println!("\n{}", told.join("\n"));
}

/// Prints a row for each sort of query; what is to be said of the index.
fn measure(browser: &Browser, size: usize) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let site = build(folder.path(), size);
    let index = fs::read(site.join("search/index.js")).expect("the site has an index");
    let packed = miniz_oxide::deflate::compress_to_vec(&index, 6).len();

    let page = browser.open(Screen::DESKTOP);
    page.goto(&format!("file://{}/index.html", site.display()));
    page.evaluate(WATCH);
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}))");
    page.wait_for("document.querySelector('dialog[open] input') === document.activeElement");
    let early = typed(&page, "report");
    page.wait_for("document.querySelector('[aria-busy=false]')");
    let filled = page.evaluate("performance.now() - self.opened").as_f64().expect("a number");

    row(size, "while the index is made", early);
    let mut all = Vec::new();
    for (sort, queries) in QUERIES {
        let times: Vec<f64> = queries.iter().flat_map(|query| typed(&page, query)).collect();
        all.extend(&times);
        row(size, sort, times);
    }
    row(size, "all", all);
    format!(
        "{size} entries: the index weighs {} kB, {} kB compressed, and is made in {filled:.0} ms after the search is opened.",
        index.len() / 1000,
        packed / 1000
    )
}

/// Takes for each key the time until its answer is painted.
const WATCH: &str = "
    self.opened = performance.now();
    self.answers = [];
    let pressed;
    addEventListener('keydown', (event) => { pressed = event.timeStamp; }, true);
    addEventListener('input', (event) => {
        const began = pressed ?? event.timeStamp;
        pressed = undefined;
        requestAnimationFrame(() => {
            const afterwards = new MessageChannel();
            afterwards.port1.onmessage = () => self.answers.push(performance.now() - began);
            afterwards.port2.postMessage('');
        });
    }, true);
";

/// Types a query over what stands in the field; milliseconds for each key.
fn typed(page: &Page, query: &str) -> Vec<f64> {
    page.evaluate("document.activeElement.select(); self.answers = [];");
    for (at, letter) in query.chars().enumerate() {
        if letter.is_ascii() {
            page.press(&letter.to_string());
        } else {
            // What an input method hands over.
            page.type_text(&letter.to_string());
        }
        page.wait_for(&format!("self.answers.length > {at}"));
    }
    let answers = page.evaluate("self.answers");
    answers.as_array().expect("a list").iter().filter_map(serde_json::Value::as_f64).collect()
}

fn row(size: usize, typed: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    let (count, median, late, last) = (times.len(), at(0.5), at(0.95), at(1.0));
    println!("| {size} | {typed} | {count} | {median:.0} ms | {late:.0} ms | {last:.0} ms |");
}

/// Builds the site of a portfolio of so many entries.
fn build(folder: &Path, size: usize) -> PathBuf {
    let mut random = Random::new(0, 7);
    let words = vocabulary(&mut random);
    for (at, file) in generate::portfolio(size, &[]).into_iter().enumerate() {
        let path = folder.join(&file.path);
        let mut bytes = file.bytes;
        if path.extension().is_some_and(|extension| extension == "md") {
            bytes.extend(paragraph(at, &words, &mut random).bytes());
        }
        fs::create_dir_all(path.parent().expect("every file is in a folder")).expect("folders can be made");
        fs::write(path, bytes).expect("files can be written");
    }
    let site = folder.join("site");
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
    command.args(["build", "--quiet", "--today", generate::LAST_DAY, "--for", "me", "--root"]).arg(folder);
    assert!(command.arg("--out").arg(&site).status().expect("the program runs").success());
    site
}

/// Words that can be told apart and look like words.
fn vocabulary(random: &mut Random) -> Vec<String> {
    const SYLLABLES: [&str; 40] = [
        "ba", "con", "de", "er", "fol", "gra", "hin", "is", "jo", "ker", "lan", "mo", "ner", "ou", "pre",
        "qui", "ral", "se", "tion", "ul", "ver", "wa", "xen", "yl", "zo", "ment", "ate", "board", "cap",
        "dis", "est", "form", "ing", "light", "man", "new", "port", "ship", "ter", "work",
    ];
    (0..VOCABULARY)
        .map(|_| (0..random.between(2, 5)).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect())
        .collect()
}

fn paragraph(at: usize, words: &[String], random: &mut Random) -> String {
    const JAPANESE: [&str; 6] = [
        "毎週金曜日に、五つの顧客へ",
        "東京都の週次報告を",
        "会議は月曜日だけにします。",
        "品質の確認は二人で行い、",
        "上司に後で報告します。",
        "締め切りの前日に",
    ];
    const THAI: [&str; 5] =
        ["ฉันส่งรายงาน", "ให้ลูกค้าทุกวันศุกร์", "ประจำสัปดาห์", "การประชุมวันจันทร์", "ตรวจสอบคุณภาพสองคน"];
    let mut text = String::from("\n\n");
    match at % 20 {
        0 => (0..20).for_each(|_| text.push_str(JAPANESE[random.below(JAPANESE.len())])),
        1 => (0..20).for_each(|_| text.push_str(THAI[random.below(THAI.len())])),
        _ => {
            for _ in 0..60 {
                // The smaller of several numbers: few words come often, most of them seldom.
                let word = (0..3).map(|_| random.below(words.len())).min().unwrap_or_default();
                text.push_str(&words[word]);
                text.push(' ');
            }
        }
    }
    text + "\n"
}
