//! What is too large, too deep, or no file at all: a complaint or a site, in time, and never a crash. Numbers are
//! those of the cases in the list of faults.

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::aid::{self, Files, TODAY, files, messages, program, tree};
use crate::noninterference::config;

const CONFIG: &str = "title: T\nowner: {name: N}\nreaders: {manager: {}}\n";

fn portfolio(texts: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut content = files(texts.iter().copied());
    content.entry("portfolio.yaml".into()).or_insert_with(|| CONFIG.into());
    content.entry("pages/sound.md".into()).or_insert_with(|| "# Sound\n".into());
    aid::write(folder.path(), &content);
    folder
}

/// Builds, and does not wait for long.
#[track_caller]
fn build(root: &Path) -> Output {
    let started = Instant::now();
    let output = program(root, &["build"]).output().expect("the program runs");
    assert!(started.elapsed() < Duration::from_secs(10), "it took {:?}", started.elapsed());
    let code = output.status.code().unwrap_or_else(|| panic!("killed: {}", messages(&output)));
    assert!(code <= 3, "exit code {code}: {}", messages(&output));
    output
}

/// Builds what is not sound: says so of the file, and writes nothing.
#[track_caller]
fn refused(root: &Path, file: &str, reason: &str) {
    let output = build(root);
    let said = messages(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(file) && said.contains(reason), "neither `{file}` nor `{reason}` in:\n{said}");
    assert!(!root.join("site/me").exists(), "a site was written");
}

/// Builds what is sound for all that.
#[track_caller]
fn accepted(root: &Path) -> (Files, String) {
    let output = build(root);
    assert!(output.status.success(), "{}", messages(&output));
    (tree(&root.join("site/me")), messages(&output))
}

// 12: large files.

#[test]
fn an_entry_of_ten_megabytes_is_refused() {
    let root = portfolio(&[("pages/large.md", &"word ".repeat(2 << 20))]);
    refused(root.path(), "pages/large.md", "at most 2097152");
    let root = portfolio(&[("pages/large.md", &format!("# Large\n\n{}", "word ".repeat(400_000)))]);
    assert!(accepted(root.path()).0.contains_key("pages/large/index.html"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_large_file_is_not_held_in_memory() {
    let root = portfolio(&[("pages/a.md", "# A\n\n[large](large.bin)\n"), ("pages/large.bin", "")]);
    let large = root.path().join("content/pages/large.bin");
    let length = 600 << 20;
    std::fs::File::options()
        .write(true)
        .open(large)
        .and_then(|file| file.set_len(length))
        .expect("a large file");
    // In kilobytes: less than the file, more than the program with its threads.
    let limited = Command::new("sh")
        .args(["-c", "ulimit -v 500000; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_bailiwick"), "build"])
        .args(["--today", TODAY, "--root"])
        .arg(root.path())
        .env("RAYON_NUM_THREADS", "2")
        .output()
        .expect("the program runs");
    assert!(limited.status.success(), "{}", messages(&limited));
    let copy = root.path().join("site/me/pages/a/large.bin");
    assert_eq!(std::fs::metadata(copy).expect("it was published").len(), length);
}

// 13: Markdown that parsers have been slow on, or have run out of stack on.

const UNITS: &[&str] = &[
    ">",
    "> ",
    "- ",
    "* ",
    "+ a\n",
    "1. ",
    "1) a\n",
    "    ",
    "\t",
    "*",
    "**",
    "_",
    "__",
    "***a ",
    "*a ",
    "a* ",
    "**a",
    "_a_",
    "~",
    "~~a",
    "`",
    "``` ",
    "```\n",
    "`a ",
    "[",
    "]",
    "[]",
    "![",
    "[a](",
    "[a](b",
    "[a](<",
    "[a] ",
    "[a][",
    "[a]: b\n",
    "[a]: b\n\n",
    "[a]:\n",
    "](",
    "[[",
    "[[a|",
    "[[a]]",
    "![[",
    "|",
    "|a|\n",
    "|-|\n",
    "a|b\n-|-\n",
    "[^a]",
    "[^a]:",
    "[^a]: b\n\n",
    "[^a]: [^b]: ",
    "---\n",
    "---\n:",
    "--- ",
    "a\n---\n",
    "===\n",
    "a\n===\n",
    "a\n: ",
    "a\n\n: b\n",
    ": ",
    "<",
    "<a",
    "<a ",
    "<a b=\"",
    "</",
    "<!--",
    "<!-- a --",
    "-->",
    "<?",
    "<![CDATA[",
    "<div>",
    "<div>\n\n",
    "<b>",
    "<table><td>",
    "<https:",
    "<a@b",
    "https://",
    "&",
    "&#",
    "&amp",
    "\\",
    "\\\n",
    "#",
    "# ",
    "# a\n",
    "###### a {",
    "# a {readers=b}\n",
    "# a {#a}\n",
    "{",
    "}",
    "\"",
    "'",
    "\"'",
    "--",
    "...",
    "- [ ] ",
    "- [x]\n  ",
    "> - ",
    "> 1. > ",
    "- - - ",
    "  - a\n",
    "a\\\n",
    "a  \n",
    "\n",
    "\u{2028}",
    "é",
    "\u{1F469}\u{200D}",
    "*a _b `c [d](e) ",
    "<b>*a</b>",
    "[a](b \"c",
    "![a]( ",
    "[*a](b) ",
    "*[a*](b)",
    "[[#a]] ",
    "[a](#a) ",
];

/// Builds a page of some text for me and for a reader, and says how long that took.
fn time_of(text: &str) -> Duration {
    let page = format!("---\ntitle: T\nreaders: [manager]\n---\n{text}\n");
    let content = files([("portfolio.yaml", CONFIG), ("pages/a.md", page.as_str())]);
    let started = Instant::now();
    let portfolio = aid::unchecked(&content);
    for reader in ["me", "manager"] {
        aid::site(&portfolio, &content, reader);
    }
    started.elapsed()
}

fn repeated(before: &str, unit: &str, behind: &str, length: usize) -> String {
    format!("{before}{}{behind}", unit.repeat(length / unit.len().max(1)))
}

/// Four times the text must not take twelve times as long, which what is quadratic does. A machine that does
/// something else as well can be slow once, but not each time.
#[track_caller]
fn assert_grows_gently(short: &str, long: &str, what: &str) {
    let mut seen = Vec::new();
    for _ in 0..4 {
        let (brief, lasting) = (time_of(short), time_of(long));
        // Below that, the clock tells more of the machine than of the text.
        if lasting < Duration::from_millis(500) || lasting < brief * 12 {
            return;
        }
        seen.push((brief, lasting));
    }
    panic!("{what}: {} and {} bytes take {seen:?}", short.len(), long.len());
}

#[test]
fn no_pattern_takes_long() {
    for unit in UNITS {
        let of = |length| repeated("", unit, "a", length);
        assert_grows_gently(&of(16 << 10), &of(64 << 10), &format!("{unit:?}"));
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn no_mixture_of_patterns_takes_long(
        parts in prop::collection::vec((prop::sample::select(UNITS), 1..500_usize), 1..5),
    ) {
        let text: String = parts.iter().map(|(unit, times)| unit.repeat(*times)).collect();
        let of = |length| text.chars().cycle().take(length).collect::<String>();
        assert_grows_gently(&of(6 << 10), &of(24 << 10), &format!("{parts:?}"));
    }
}

/// The same once through the real program, whose threads have stacks of another size.
#[test]
fn no_pattern_is_too_deep() {
    let mut texts = Files::new();
    for (index, unit) in UNITS.iter().enumerate().filter(|(_, unit)| !unit.contains('\u{2028}')) {
        // What limits nothing or leads nowhere is refused, and is not what is looked for here.
        if ["readers", "[[", "(", "]:", "{"].iter().all(|part| !unit.contains(part)) {
            let text = format!("---\ntitle: T\n---\n{}", repeated("", unit, "", 64 << 10));
            texts.insert(format!("pages/p{index}.md"), text.into_bytes());
        }
    }
    let root = portfolio(&[]);
    aid::write(root.path(), &texts);
    let output = program(root.path(), &["build"]).output().expect("the program runs");
    assert!(output.status.success(), "{:?} {}", output.status, messages(&output));
    let nested = format!("title: T\nbody: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    let root = portfolio(&[("pages/nested.yaml", &nested)]);
    refused(root.path(), "pages/nested.yaml", "nested");
}

// 28: links of the file system.

#[test]
fn links_are_not_followed() {
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("secret.md"), "# zqsecret\n").expect("a file");
    let root = portfolio(&[("pages/a.md", "# A\n")]);
    let pages = root.path().join("content/pages");
    symlink(outside.path().join("secret.md"), pages.join("secret.md")).expect("a link");
    symlink(outside.path(), pages.join("folder")).expect("a link");
    symlink("..", pages.join("up")).expect("a link");
    symlink("loop", pages.join("loop")).expect("a link");
    symlink("robin@host.1234:1", pages.join(".#a.md")).expect("a link");
    let (site, said) = accepted(root.path());
    assert!(
        !site
            .iter()
            .any(|(path, bytes)| contains(path.as_bytes(), "zqsecret") || contains(bytes, "zqsecret"))
    );
    assert!(!site.keys().any(|path| path.contains("secret")), "{:?}", site.keys());
    assert!(said.contains("4 warnings"), "{said}");
}

#[test]
fn a_link_in_the_place_of_a_picture_or_of_the_portfolio_is_not_followed() {
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("p.png"), "zqsecret").expect("a file");
    let root = portfolio(&[("pages/a.md", "# A\n\n![p](p.png)\n")]);
    symlink(outside.path().join("p.png"), root.path().join("content/pages/p.png")).expect("a link");
    let output = build(root.path());
    if output.status.success() {
        assert!(!tree(&root.path().join("site/me")).values().any(|bytes| contains(bytes, "zqsecret")));
    }
    let root = portfolio(&[]);
    let config = root.path().join("content/portfolio.yaml");
    std::fs::rename(&config, root.path().join("elsewhere.yaml")).expect("it was there");
    symlink("../elsewhere.yaml", &config).expect("a link");
    assert_ne!(build(root.path()).status.code(), Some(0));
}

fn contains(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

// 30: what is no file.

#[test]
fn pipes_and_sockets_are_refused_at_once_and_hard_links_are_files() {
    let root = portfolio(&[("pages/b.md", "# B\n")]);
    let pages = root.path().join("content/pages");
    std::fs::hard_link(pages.join("b.md"), pages.join("c.md")).expect("a hard link");
    let pipe = |name: &str| {
        let made = Command::new("mkfifo").arg(pages.join(name)).status().expect("mkfifo runs");
        assert!(made.success());
    };
    let (site, _) = {
        let before = accepted(root.path());
        std::fs::remove_dir_all(root.path().join("site")).expect("the site");
        before
    };
    assert!(site.contains_key("pages/c/index.html"), "a hard link is a file");
    pipe("pipe.txt");
    refused(root.path(), "pages/pipe.txt", "neither a file nor a folder");
    std::fs::remove_file(pages.join("pipe.txt")).expect("the pipe");
    pipe("entry.md");
    refused(root.path(), "pages/entry.md", "neither a file nor a folder");
    std::fs::remove_file(pages.join("entry.md")).expect("the pipe");
    let _socket = UnixListener::bind(pages.join("socket.csv")).expect("a socket");
    refused(root.path(), "pages/socket.csv", "neither a file nor a folder");
    std::fs::remove_file(pages.join("socket.csv")).expect("the socket");
    std::fs::create_dir(pages.join("folder.md")).expect("a folder");
    refused(root.path(), "pages/folder.md", "a folder with the name of a file");
}

// 31: what may not be read.

#[test]
fn what_may_not_be_read_is_named_beside_all_other_faults() {
    let root = portfolio(&[
        ("pages/closed.md", "# Closed\n"),
        ("pages/faulty.md", "---\nfoo: 1\n---\n# F\n"),
        ("pages/shut/index.md", "# S\n"),
    ]);
    let mode = |path: &str, mode| {
        let path = root.path().join(path);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a mode");
    };
    mode("", 0o777);
    mode("content/pages/closed.md", 0o000);
    mode("content/pages/shut", 0o000);
    // The one who may do anything has to become somebody else for this.
    let program = root.path().join("program");
    std::fs::copy(env!("CARGO_BIN_EXE_bailiwick"), &program).expect("a copy");
    let is_root = std::fs::read_dir(root.path().join("content/pages/shut")).is_ok();
    let mut command = if is_root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
        command
    } else {
        Command::new(&program)
    };
    let output = command.args(["build", "--today", TODAY, "--root"]).arg(root.path()).output();
    mode("content/pages/shut", 0o755);
    let Ok(output) = output else {
        assert!(is_root, "the program runs");
        println!("SKIPPED: there is no setpriv");
        return;
    };
    let said = messages(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in ["pages/closed.md", "pages/shut", "cannot be read", "unknown field `foo`"] {
        assert!(said.contains(part), "no `{part}` in:\n{said}");
    }
    assert!(!root.path().join("site").join("me").exists());
}

// 40: odd names.

#[test]
fn odd_names_are_refused_or_harmless() {
    let long = "a".repeat(251);
    let names: Vec<Vec<u8>> = [
        "new\nline",
        "tab\tbed",
        "quo\"te",
        "apo'strophe",
        "-rf",
        "--for",
        "%2e%2e",
        "%2e%2e%2fsecret",
        "%00",
        "a b",
        "back\\slash",
        "..a",
        "a..",
        " ",
        "~",
        "$(touch x)",
        "`touch x`",
        ";touch x",
        "*",
        "?",
        "#",
        "&",
        "<b>",
        "\u{202e}x",
        "\u{200b}",
        "é",
        "e\u{301}",
        "con",
        "aux",
        "😀",
        &long,
    ]
    .iter()
    .map(|name| name.as_bytes().to_vec())
    .chain([b"\xff\xfe".to_vec(), b"a\x80".to_vec()])
    .collect();
    for name in names {
        for (ending, is_entry) in [(".md", true), (".txt", false)] {
            let root = portfolio(&[("pages/a.md", "# A\n")]);
            let name = [name.as_slice(), ending.as_bytes()].concat();
            let pages = root.path().join("content/pages");
            let text = if is_entry { "# Odd\n" } else { "odd" };
            if std::fs::write(pages.join(std::ffi::OsStr::from_bytes(&name)), text).is_err() {
                continue;
            }
            let shown = String::from_utf8_lossy(&name).into_owned();
            let output = build(root.path());
            let said = messages(&output);
            let passed_over = name.starts_with(b".") || shown.ends_with('~');
            if is_entry && !passed_over {
                assert_eq!(output.status.code(), Some(1), "{shown:?}: {said}");
            }
            assert!(
                !said.chars().any(|c| c.is_control() && c != '\n'),
                "{shown:?} is printed as it is: {said:?}"
            );
            assert!(!root.path().join("x").exists() && !pages.join("x").exists(), "{shown:?} was run");
            let top: Vec<_> = std::fs::read_dir(root.path())
                .expect("a folder")
                .map(|entry| entry.expect("an entry").file_name())
                .collect();
            assert!(top.iter().all(|name| name == "content" || name == "site"), "{top:?}");
        }
    }
}

#[test]
fn addresses_of_files_are_decoded_once() {
    let root = portfolio(&[
        ("pages/a.md", "# A\n\n[x](%252e%252e%252fsecret.txt) [y](50%25.txt)\n"),
        ("pages/%2e%2e%2fsecret.txt", "odd"),
        ("pages/50%.txt", "half"),
        ("secret.txt", "zqsecret"),
    ]);
    let (site, _) = accepted(root.path());
    assert!(!site.values().any(|bytes| contains(bytes, "zqsecret")));
    assert_eq!(site["pages/a/50-.txt"], b"half");
}

// 41: files that change while they are read.

#[test]
fn files_that_come_and_go_tear_no_page() {
    let version = |word: &str| format!("# Page\n\n{}\n", format!("{word} ").repeat(20_000));
    let (one, two) = (version("zqone"), version("zqtwo"));
    let root = portfolio(&[("pages/a.md", one.as_str())]);
    let pages = root.path().join("content/pages");
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let (one, two, pages) = (&one, &two, &pages);
        scope.spawn(move || {
            // Until the other side is gone, in whatever way.
            for turn in 0.. {
                if stopped.try_recv() == Err(std::sync::mpsc::TryRecvError::Disconnected) {
                    return;
                }
                let text = if turn % 2 == 0 { two } else { one };
                std::fs::write(pages.join("next~"), text).expect("a file");
                std::fs::rename(pages.join("next~"), pages.join("a.md")).expect("a file");
                std::fs::write(pages.join(format!("b{}.md", turn % 7)), text).expect("a file");
                let _ = std::fs::remove_file(pages.join(format!("b{}.md", (turn + 3) % 7)));
            }
        });
        let _stop = stop;
        let mut built = 0;
        for _ in 0..25 {
            let output = build(root.path());
            if !output.status.success() {
                continue;
            }
            built += 1;
            let site = tree(&root.path().join("site/me"));
            let page = String::from_utf8_lossy(&site["pages/a/index.html"]);
            let (ones, twos) = (page.matches("zqone").count(), page.matches("zqtwo").count());
            assert!(ones * twos == 0 && ones + twos == 20_000, "a torn page: {ones} and {twos}");
        }
        assert!(built > 0, "no build was finished");
    });
}
