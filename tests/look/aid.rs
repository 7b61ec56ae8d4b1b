//! What all tests here share: sites of the sample, a plain server, and tools that may be missing.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::browser::Page;

/// The day on which all tests take place.
pub const TODAY: &str = "2026-10-12";

/// One page of every type, by its path in the sample's site.
pub const PAGES: [&str; 22] = [
    "index.html",
    "rights/index.html",
    "track-record/index.html",
    "cycle/index.html",
    "program/index.html",
    "scopes/index.html",
    "scopes/client-reporting/index.html",
    "decisions/index.html",
    "decisions/2026-05-08-shorter-summary/index.html",
    "pilots/index.html",
    "pilots/weekly-report/index.html",
    "pilots/method-answers/index.html",
    "proposals/order-the-queue-by-rule/index.html",
    "agreements/2026-04-02-sending-the-weekly-report/index.html",
    "check-ins/2026-03-30-check-in/index.html",
    "feedback/2026-04-01-jonas-on-fridays/index.html",
    "constraints/weekly-sign-off/index.html",
    "constraints/a-figure-known-to-be-wrong/index.html",
    "pages/how-to-read-this/index.html",
    "tags/index.html",
    "search/index.html",
    "404.html",
];

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample's site for me, built once, with `base_url` left out so that every page can be opened anywhere.
pub fn sample() -> &'static Path {
    static SITE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, site) = SITE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let project = folder.path();
        copy(&root().join("content"), &project.join("content"));
        let config = project.join("content/portfolio.yaml");
        let text = std::fs::read_to_string(&config).expect("the sample has a portfolio.yaml");
        let lines = text.lines().filter(|line| !line.starts_with("base_url:"));
        std::fs::write(&config, lines.collect::<Vec<_>>().join("\n")).expect("it can be written");
        let site = build(project);
        (folder, site)
    });
    site
}

/// Builds a project for me into its folder `out`.
#[track_caller]
pub fn build(project: &Path) -> PathBuf {
    let out = project.join("out");
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
    command.current_dir(project).args(["build", "--today", TODAY, "--for", "me", "--out"]).arg(&out);
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    out
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a file");
        }
    }
}

/// All files below a folder, as paths from it with `/`, in order.
pub fn files(folder: &Path) -> Vec<String> {
    let paths =
        walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let files = paths.filter(|entry| entry.file_type().is_file());
    let path = |entry: walkdir::DirEntry| {
        let path =
            entry.path().strip_prefix(folder).expect("it is below").to_str().expect("a name").to_owned();
        path.replace('\\', "/")
    };
    files.map(path).collect()
}

/// The address of a file on the disk.
pub fn on_disk(site: &Path, path: &str) -> String {
    format!("file://{}/{path}", site.display())
}

/// Serves a folder below a path of the loopback address for as long as the tests run.
pub fn serve(site: &Path, below: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (site, prefix) = (site.to_owned(), below.to_owned());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (site, prefix) = (site.clone(), prefix.clone());
            std::thread::spawn(move || answer(stream, &site, &prefix));
        }
    });
    format!("http://{address}{below}")
}

fn answer(stream: TcpStream, site: &Path, below: &str) {
    let Ok(copy) = stream.try_clone() else { return };
    let mut lines = BufReader::new(copy).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let target = first.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default();
    let mut file = path.strip_prefix(below).unwrap_or("nothing").to_owned();
    if file.is_empty() || file.ends_with('/') {
        file.push_str("index.html");
    }
    let (status, file) = match site.join(&file) {
        path if path.is_file() && !file.contains("..") => ("200 OK", path),
        _ => ("404 Not Found", site.join("404.html")),
    };
    let kind = match file.extension().and_then(std::ffi::OsStr::to_str) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    let body = std::fs::read(file).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let mut stream = stream;
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

/// A tool that `.ci/run` fetches with npm; `None`, loudly, where it is missing.
pub fn tool(path: &str) -> Option<PathBuf> {
    let file = root().join("target/tools/node_modules").join(path);
    if file.is_file() {
        return Some(file);
    }
    skip(&format!("needs {path}: npm install --prefix target/tools axe-core@4.14.1 vnu-jar@26.9.27"));
    None
}

/// Says that a test is skipped, which is a fault where everything is to be there.
pub fn skip(why: &str) {
    assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "CI=true {why}");
    let thread = std::thread::current();
    let told = format!("SKIPPED {}: {why}\n", thread.name().unwrap_or("a test"));
    // Straight to the terminal: what a passing test prints is otherwise never seen.
    std::io::stderr().write_all(told.as_bytes()).expect("stderr takes it");
}

/// Everything that a page must never do, in one list; empty if it did nothing of it.
pub fn complaints(page: &Page, own: &str) -> Vec<String> {
    let mut all: Vec<String> = page.console_errors();
    all.extend(page.dialogs().into_iter().map(|words| format!("a dialog: {words}")));
    let foreign = |address: &String| !address.starts_with(own) && !address.starts_with("data:font/");
    all.extend(page.requests().into_iter().filter(foreign).map(|address| format!("asked for {address}")));
    all
}

/// What has jumped while the page was made, how far and from where to where, as browsers report it; empty if nothing
/// has.
pub fn layout_shifts(page: &Page) -> Vec<String> {
    strings(
        page,
        "new Promise((tell) => { const found = []; \
         const box = ({x, y, width, height}) => [x, y, width, height].map(Math.round).join(' '); \
         const moved = ({node, previousRect, currentRect}) => \
           `${(node?.outerHTML ?? node?.textContent ?? '').slice(0, 80)} (${box(previousRect)} to ${box(currentRect)})`; \
         new PerformanceObserver((list) => { for (const it of list.getEntries()) \
           found.push(`${it.value}: ${it.sources.map(moved).join(', ')}`); }) \
           .observe({type: 'layout-shift', buffered: true}); \
         requestAnimationFrame(() => setTimeout(() => tell(found), 120)); })",
    )
}

/// The list of strings that an expression gives.
#[track_caller]
pub fn strings(page: &Page, expression: &str) -> Vec<String> {
    let Value::Array(items) = page.evaluate(expression) else { panic!("{expression} gives no list") };
    items.iter().map(|item| item.as_str().expect("a text").to_owned()).collect()
}
