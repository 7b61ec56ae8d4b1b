//! How long it takes from the last byte of a save to the new page in the browser's hands.
//!
//! `cargo bench --bench serve [-- N …]` generates portfolios of N entries (100, 1,000 and 10,000 unless said
//! otherwise), starts the real server on each, and edits the text of an entry, its title (seen on a page that links
//! to it), a template and the style, 50 times each: write the file, wait for the event, fetch what it is about, find
//! the new word in it. Prints the median and the 95th percentile. Where `hugo` is installed, `hugo server` does the
//! same on the same entries: it is asked again and again until the new word is there.
//!
//! Between two edits there is a pause, as between two saves, in which the check of the whole comes to its end.
#![expect(clippy::disallowed_methods, reason = "makes and removes folders of its own")]

#[path = "../examples/corpus/generate.rs"]
mod generate;
#[path = "../examples/corpus/hugo.rs"]
#[expect(dead_code, reason = "a save of the plainest site is the fastest that Hugo shows")]
mod hugo;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often each edit is measured.
const EDITS: usize = 50;

/// The pause between two edits.
const PAUSE: Duration = Duration::from_millis(600);

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1_000, 10_000] } else { sizes };
    println!("| entries | edit of | median | 95th percentile | slowest |");
    println!("|---:|---|---:|---:|---:|");
    for size in sizes {
        let files = generate::portfolio(size, &[]);
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        fill(folder.path(), &files);
        measure(folder.path(), size);
        measure_hugo(&hugo::site(&files, hugo::Job::Plain), size);
    }
}

fn fill(folder: &Path, files: &[generate::File]) {
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().expect("every file is in a folder")).expect("folders can be made");
        fs::write(path, &file.bytes).expect("files can be written");
    }
}

/// A child that is killed when it is no longer needed.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn measure(root: &Path, size: usize) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
    command.args(["serve", "--port", "0", "--today", generate::LAST_DAY, "--root"]).arg(root);
    let mut running = Running(command.stderr(Stdio::piped()).spawn().expect("the program runs"));
    let mut errors = BufReader::new(running.0.stderr.take().expect("it is piped"));
    let mut host = String::new();
    loop {
        let mut line = String::new();
        assert!(errors.read_line(&mut line).expect("it says where it is") > 0, "the server has ended");
        if let Some(address) = line.trim().strip_suffix("  for me") {
            host = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
        }
        if line.contains("Ctrl-C") {
            break;
        }
    }
    // Nobody reads what else it says, which must not stop it.
    std::thread::spawn(move || std::io::copy(&mut errors, &mut std::io::sink()));

    let (entry, file) = decision(root);
    let text = fs::read_to_string(&file).expect("the entry is text");
    let page = format!("/decisions/{entry}/index.html");
    let linking = "/pages/measured/index.html".to_owned();
    let other = root.join("content/pages/measured.md");
    fs::write(&other, format!("# Measured\n\nSee [[{entry}]].\n")).expect("files can be written");
    let themes = root.join("themes/default");
    fs::create_dir_all(themes.join("templates")).expect("folders can be made");
    fs::create_dir_all(themes.join("static")).expect("folders can be made");
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let template = fs::read_to_string(default.join("templates/decision.html")).expect("the template is text");
    let style = fs::read_to_string(default.join("static/style.css")).expect("the style is text");
    std::thread::sleep(PAUSE * 4);

    let of_text = |word: &str| (file.clone(), format!("{text}\n{word}\n"));
    print(size, "text", times(&host, &page, "reload", &page, of_text));
    let of_title = |word: &str| (file.clone(), retitled(&text, word));
    print(size, "title, seen elsewhere", times(&host, &linking, "reload", &linking, of_title));
    let of_template = |word: &str| {
        let changed = template.replacen("{% block facts %}", &format!("{{% block facts %}}<p>{word}</p>"), 1);
        assert_ne!(changed, template, "the template has a block to write into");
        (themes.join("templates/decision.html"), changed)
    };
    print(size, "template", times(&host, &page, "reload", &page, of_template));
    let of_style = |word: &str| (themes.join("static/style.css"), format!("{style}\n/* {word} */\n"));
    print(size, "style", times(&host, &page, "files", "/assets/style.css", of_style));
}

/// An entry to be edited: its id and its file.
fn decision(root: &Path) -> (String, PathBuf) {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(root.join("content/decisions"))
        .into_iter()
        .map(|entry| entry.expect("the folder can be listed").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "index"))
        .filter(|path| fs::read_to_string(path).is_ok_and(|text| text.contains("\ntitle: ")))
        .collect();
    files.sort();
    let file = files.swap_remove(files.len() / 2);
    (file.file_stem().expect("it has a name").to_string_lossy().into_owned(), file)
}

fn retitled(text: &str, word: &str) -> String {
    let start = text.find("\ntitle: ").expect("it has a title") + 1;
    let end = start + text[start..].find('\n').expect("it is no last line");
    format!("{}title: {word}{}", &text[..start], &text[end..])
}

/// The times from save to page of one kind of edit, sorted. `edit` says what to write where, with a new word in it.
fn times(
    host: &str,
    page: &str,
    event: &str,
    fetched: &str,
    edit: impl Fn(&str) -> (PathBuf, String),
) -> Vec<Duration> {
    let mut times = Vec::new();
    // The first is for warming up.
    for number in 0..=EDITS {
        let word = format!("measured{number}x{}", std::process::id());
        let shown = get(host, page);
        let at = shown.find("data-hash=\"").expect("the page has the script") + "data-hash=\"".len();
        let mut stream = listen(host, page, &shown[at..at + 32]);
        wait_for(&mut stream, "faults");
        std::thread::sleep(PAUSE);
        let (file, text) = edit(&word);
        fs::write(file, text).expect("files can be written");
        let started = Instant::now();
        wait_for(&mut stream, event);
        let page = get(host, fetched);
        let took = started.elapsed();
        assert!(page.contains(&word), "the event came before the page was right");
        if number > 0 {
            times.push(took);
        }
    }
    times.sort();
    times
}

fn listen(host: &str, page: &str, hash: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(host).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time can be set");
    write!(
        stream,
        "GET /_bailiwick/events?page={page}&hash={hash} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n\r\n"
    )
    .expect("the server listens");
    BufReader::new(stream)
}

fn wait_for(stream: &mut BufReader<TcpStream>, event: &str) {
    let mut line = String::new();
    while line.trim_end() != format!("event: {event}") {
        line.clear();
        assert!(stream.read_line(&mut line).expect("an event comes in time") > 0, "the stream has ended");
    }
}

fn get(host: &str, path: &str) -> String {
    try_get(host, path).expect("the server answers")
}

fn try_get(host: &str, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(host)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn measure_hugo(files: &[generate::File], size: usize) {
    let is_there = Command::new("hugo").arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !is_there.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED hugo: it is not installed");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    fill(folder.path(), files);
    let free =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port is free");
    let host = free.to_string();
    let mut command = Command::new("hugo");
    command.args(["server", "--port", &free.port().to_string(), "--source"]).arg(folder.path());
    let _running = Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("hugo runs"));
    let (entry, file) = decision(folder.path());
    let page = format!("/decisions/{entry}/");
    while !try_get(&host, &page).is_ok_and(|page| page.contains("200 OK")) {
        std::thread::sleep(Duration::from_millis(100));
    }
    let text = fs::read_to_string(&file).expect("the entry is text");
    let mut times = Vec::new();
    for number in 0..=EDITS {
        let word = format!("measured{number}x{}", std::process::id());
        std::thread::sleep(PAUSE);
        fs::write(&file, format!("{text}\n{word}\n")).expect("files can be written");
        let started = Instant::now();
        while !try_get(&host, &page).is_ok_and(|page| page.contains(&word)) {
            std::thread::sleep(Duration::from_millis(1));
        }
        if number > 0 {
            times.push(started.elapsed());
        }
    }
    times.sort();
    print(size, "text, Hugo", times);
}

#[expect(clippy::needless_pass_by_value, reason = "what is printed is done with")]
fn print(size: usize, what: &str, times: Vec<Duration>) {
    let shown = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let (median, high) = (times[times.len() / 2], times[times.len() * 95 / 100]);
    let slowest = times[times.len() - 1];
    println!("| {size} | {what} | {} | {} | {} |", shown(median), shown(high), shown(slowest));
}
