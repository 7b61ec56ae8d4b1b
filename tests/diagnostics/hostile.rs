//! Input that was made to do harm, and input that git cannot keep as a fixture.

use std::time::{Duration, Instant};

use bailiwick::report::{Format, Report, Style, printed};
use bailiwick::source::{SourceFile, SourceMap, SourcePath, decode};

const CONFIG: (&str, &str) = ("portfolio.yaml", "title: T\nowner: {name: N}\n");

/// The codes and lines of what is found in one page of that text, and how long it took.
fn page(text: &str) -> (Vec<(&'static str, usize)>, Duration) {
    let sources: SourceMap = [CONFIG, ("pages/a.yaml", text)].into_iter().collect();
    let start = Instant::now();
    let report = super::report(&sources);
    (codes(&report, &sources), start.elapsed())
}

fn codes(report: &Report, sources: &SourceMap) -> Vec<(&'static str, usize)> {
    report.located(sources).iter().map(|found| (found.diagnostic.rule.code, found.location.line)).collect()
}

/// Generous: what must not happen takes seconds or minutes, and the machine may be busy.
const SOON: Duration = Duration::from_secs(2);

#[test]
fn bombs_of_aliases_are_refused_at_the_first() {
    let mut laughs = String::from("title: T\na: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, before) in "bcdefghi".chars().zip("abcdefgh".chars()) {
        laughs += &format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", "));
    }
    let quadratic =
        format!("title: T\na: &a {}\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 10_000].join(", "));
    let itself = "title: T\na: &a [*a]\n";
    for bomb in [laughs.as_str(), quadratic.as_str(), itself] {
        let (found, took) = page(bomb);
        assert_eq!(found, [("bad-yaml", 2)]);
        assert!(took < SOON, "{took:?}");
    }
}

#[test]
fn depth_is_refused_before_the_stack_is_used_up() {
    let maps: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let lists = format!("title: T\na: {}", "- ".repeat(50_000));
    for bomb in [
        format!("title: T\na: {}", "[".repeat(100_000)),
        format!("title: T\na: {}", "{a: ".repeat(100_000)),
        maps,
        lists,
    ] {
        let (found, took) = page(&bomb);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, "bad-yaml");
        assert!(took < SOON, "{took:?}");
    }
}

#[test]
fn markdown_may_be_deep() {
    for pattern in ["> ", "- ", "*a ", "[", "![", "{readers"] {
        let text = format!("# A\n\n{}", pattern.repeat(100_000 / pattern.len()));
        let sources: SourceMap = [CONFIG, ("pages/a.md", text.as_str())].into_iter().collect();
        let start = Instant::now();
        super::report(&sources);
        assert!(start.elapsed() < SOON * 2, "{pattern}: {:?}", start.elapsed());
    }
}

#[test]
fn bytes_that_are_no_text_are_named_with_their_place() {
    let cases: [(&[u8], &str, usize, &str); 5] = [
        (b"# A\n\n\xC3\xA4\xFF\n", "byte at offset 7", 3, ":3:2"),
        (b"\xFF\xFE#\0", "UTF-16", 1, ""),
        (b"# A\0\n", "U+0000", 1, ":1:4"),
        ("# A\u{2028}\n".as_bytes(), "U+2028", 1, ":1:4"),
        (b"# A\r\n\x1b[31m\n", "U+001B", 2, ":2:1"),
    ];
    for (bytes, reason, line, place) in cases {
        let mut sources: SourceMap =
            [CONFIG, ("pages/b.md", "# B\n\n[[a]] [x](a.md)\n")].into_iter().collect();
        sources.insert(SourcePath::new("pages/a.md"), decode::source_file("pages/a.md", bytes.to_vec()));
        let report = super::report(&sources);
        assert_eq!(codes(&report, &sources), [("unreadable-file", line)]);
        assert!(report.diagnostics()[0].message.contains(reason), "{report:?}");
        let style = Style { color: false, width: 100 };
        let told = printed(&report, &sources, "content", Format::Human(style));
        assert_eq!(told.lines().nth(1), Some(format!("--> content/pages/a.md{place}").as_str()));
    }
}

#[test]
fn line_ends_and_byte_order_marks_change_no_finding() {
    let text = "---\ntitle: A\nfoo: 1\ndate: 2026-02-30\n---\n\n[[gone]]\n";
    let shown = |bytes: Vec<u8>| {
        let mut sources: SourceMap = [CONFIG].into_iter().collect();
        sources.insert(SourcePath::new("pages/a.md"), decode::source_file("pages/a.md", bytes));
        let report = super::report(&sources);
        printed(&report, &sources, "content", Format::Human(Style { color: false, width: 100 }))
    };
    let plain = shown(text.as_bytes().to_vec());
    assert!(plain.contains("unknown field") && plain.contains("2026-02-30"), "{plain}");
    assert_eq!(shown(text.replace('\n', "\r\n").into_bytes()), plain);
    assert_eq!(shown(text.replace('\n', "\r").into_bytes()), plain);
    assert_eq!(shown([b"\xEF\xBB\xBF", text.as_bytes()].concat()), plain);
    assert_eq!(shown(text.trim_end().as_bytes().to_vec()), plain);
}

#[test]
fn names_that_some_system_does_not_bear_are_refused() {
    let long = format!("pages/{}.md", "a".repeat(101));
    let names = [
        "pages/CON.md",
        "pages/con.md",
        "pages/aux.md",
        "pages/lpt1.yaml",
        "pages/nul.md",
        "pages/a<b>.md",
        "pages/a:b.md",
        "pages/a\"b.md",
        "pages/a|b.md",
        "pages/a?b.md",
        "pages/a*b.md",
        "pages/a .md",
        "pages/a..md",
        "pages/a b.md",
        "pages/Größe.md",
        "pages/決定.md",
        "pages/عربي.md",
        "pages/🎉.md",
        "pages/!!!.md",
        "pages/-.md",
        "pages/a_b.md",
        "pages/a\u{200B}b.md",
        "pages/a\u{202E}b.md",
        "pages/404.md",
        "pages/search.md",
        "pages/assets/index.md",
        "pages/me.md",
        "pages/everyone.md",
        long.as_str(),
    ];
    for name in names {
        let sources: SourceMap = [CONFIG, (name, "# A\n")].into_iter().collect();
        let report = super::report(&sources);
        assert_eq!(codes(&report, &sources), [("bad-id", 1)], "{name}");
    }
}

/// Ids that differ for people only can never both be there.
#[test]
fn ids_that_fold_to_the_same_are_never_both_sound() {
    for (one, other) in
        [("a-b", "A-b"), ("a-b", "a b"), ("a-b", "a_b"), ("e", "é"), ("a", "a."), ("a", "a\u{301}")]
    {
        let (one, other) = (format!("pages/{one}.md"), format!("pages/{other}.md"));
        let sources: SourceMap =
            [CONFIG, (one.as_str(), "# A\n"), (other.as_str(), "# B\n")].into_iter().collect();
        assert!(super::report(&sources).has_errors(), "{other}");
    }
}

#[test]
fn one_bad_file_does_not_hide_another() {
    let files = [
        CONFIG,
        ("pages/a.md", "---\ntitle: A\n"),
        ("pages/b.md", ""),
        ("pages/c.md", "---\ntitle: [\n---\n"),
        ("pages/d.md", "---\ntitle: D\n---\nText\n\n---\n\nMore\n"),
        ("pages/e.md", "no heading, no title\n"),
        ("pilots/f.md", "# No front matter\n"),
    ];
    let sources: SourceMap = files.into_iter().collect();
    let report = super::report(&sources);
    let found: Vec<String> = report
        .located(&sources)
        .iter()
        .map(|found| format!("{} {}", found.diagnostic.place.file, found.diagnostic.rule.code))
        .collect();
    let expected = [
        "pages/a.md unterminated-front-matter",
        "pages/b.md empty-file",
        "pages/c.md bad-yaml",
        "pages/e.md missing-field",
        "pilots/f.md missing-field",
        "pilots/f.md missing-field",
    ];
    assert_eq!(found, expected);
}

#[cfg(unix)]
#[test]
fn what_only_a_disk_can_hold_is_reported_too() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    std::fs::create_dir_all(at("pages/x.md")).unwrap();
    std::fs::write(at("portfolio.yaml"), CONFIG.1).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", at("pages/link.md")).unwrap();
    let sources = bailiwick::source::discover::Folder::open(folder.path()).unwrap().read().unwrap();
    let report = super::report(&sources);
    let found: Vec<String> = report
        .located(&sources)
        .iter()
        .map(|found| format!("{} {}", found.diagnostic.place.file, found.diagnostic.rule.code))
        .collect();
    assert_eq!(found, ["pages/link.md link-not-followed", "pages/x.md unreadable-file"]);
    assert!(matches!(sources.get("pages/link.md"), Some(SourceFile::Unusable(_))));
}

#[cfg(unix)]
#[test]
fn settings_behind_a_link_are_no_settings() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("real.yaml"), CONFIG.1).unwrap();
    let content = folder.path().join("content");
    std::fs::create_dir(&content).unwrap();
    std::os::unix::fs::symlink("../real.yaml", content.join("portfolio.yaml")).unwrap();
    let sources = bailiwick::source::discover::Folder::open(&content).unwrap().read().unwrap();
    let report = super::report(&sources);
    let found: Vec<&str> = report.diagnostics().iter().map(|it| it.rule.code).collect();
    assert!(report.has_errors() && found == ["link-not-followed", "no-portfolio"], "{found:?}");
}
