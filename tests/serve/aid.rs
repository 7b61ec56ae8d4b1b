//! A server that runs on a folder of its own, and the plainest of all browsers.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The day on which all tests take place.
pub const TODAY: &str = "2026-06-01";

/// How long anything may take. Only a test that fails waits that long.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Words that stand in what only the writer may see.
pub const SENTINEL: &str = "xylophone";

const FILES: [(&str, &str); 9] = [
    (
        "portfolio.yaml",
        "title: Test\nowner: {name: Robin Vale}\nreaders: {manager: {}}\n\
         defaults: {readers: {scope: manager, decision: manager, pilot: manager}}\n",
    ),
    (
        "scopes/reporting.md",
        "---\ntitle: Reporting\ndecision_rights:\n  - {area: Sending, delegation: consult}\n---\nSee [[first]].\n",
    ),
    (
        "decisions/first.md",
        "---\ntitle: The first\ndate: 2026-03-01\nscope: reporting\n---\nAlpha. See [[second]].\n",
    ),
    (
        "decisions/second.md",
        "---\ntitle: The second\ndate: 2026-04-01\ntags: [tagged]\n---\n# How\n\nBeta.\n",
    ),
    (
        "decisions/hidden.md",
        "---\ntitle: About a xylophone\ndate: 2026-04-02\nreaders: [me]\n---\nxylophone\n",
    ),
    (
        "pilots/trial/index.md",
        "---\ntitle: A trial\nstarts: 2026-05-01\nends: 2026-05-30\n\
         primary: {name: Days, direction: decrease, baseline: 3, target: 2, observations: days.csv}\n---\n\
         ![A dot](dot.png)\n",
    ),
    ("pilots/trial/days.csv", "date,value\n2026-05-04,3\n2026-05-11,2\n"),
    ("pages/about.md", "# About\n\nText.\n"),
    ("pages/long.md", "# Long\n\nText.\n"),
];

/// A picture of one pixel, which is white.
pub const DOT: &[u8] = include_bytes!("../assets/still.png");

/// A project on the disk.
pub struct Project {
    dir: TempDir,
    below: &'static str,
}

impl Project {
    pub fn new() -> Self {
        Self::below("")
    }

    /// A project in a folder of a larger one.
    pub fn below(below: &'static str) -> Self {
        let project = Self { dir: TempDir::new().unwrap(), below };
        std::fs::create_dir_all(project.dir.path().join(below)).unwrap();
        for (path, text) in FILES {
            project.write(path, text);
        }
        project.write_bytes("pilots/trial/dot.png", DOT);
        project
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().join(self.below).canonicalize().unwrap()
    }

    /// The folder that holds all that is larger.
    pub fn top(&self) -> &Path {
        self.dir.path()
    }

    /// The place of a file of the content folder.
    pub fn at(&self, path: &str) -> PathBuf {
        self.root().join("content").join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    pub fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.at(path)).unwrap()
    }

    /// Replaces a part of a file, in place.
    #[track_caller]
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path}: {text}");
        self.write(path, &text.replace(from, to));
    }
}

/// The real program, serving.
pub struct Serving {
    child: Child,
    /// The host and port of each reader's site.
    pub hosts: BTreeMap<String, String>,
    /// What it has said so far, line by line.
    pub said: Arc<Mutex<Vec<String>>>,
}

impl Serving {
    pub fn start(root: &Path) -> Self {
        Self::start_with(root, &[])
    }

    pub fn start_with(root: &Path, arguments: &[&str]) -> Self {
        Self::run(command(root, arguments))
    }

    /// Runs a command that serves in the end.
    pub fn run(mut command: Command) -> Self {
        let mut child =
            command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the program runs");
        let errors = BufReader::new(child.stderr.take().expect("it is piped"));
        let said = Arc::new(Mutex::new(Vec::new()));
        let hears = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                hears.lock().unwrap().push(line);
            }
        });
        let mut serving = Self { child, hosts: BTreeMap::new(), said };
        serving.wait_for_words("Ctrl-C stops");
        for line in serving.said.lock().unwrap().iter() {
            if let Some((address, reader)) = line.trim().split_once("  for ") {
                let host = address.trim_start_matches("http://").split('/').next().unwrap().to_owned();
                serving.hosts.insert(reader.to_owned(), host);
            }
        }
        serving
    }

    /// The host and port of the writer's site.
    pub fn host(&self) -> &str {
        &self.hosts["me"]
    }

    /// The address of a page of the writer's site.
    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.host())
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Reply {
        get(self.host(), path)
    }

    /// Waits until a page of the writer's site shows something.
    #[track_caller]
    pub fn wait_for(&self, path: &str, words: &str) {
        self.wait_until(path, |reply| reply.text().contains(words), words);
    }

    #[track_caller]
    pub fn wait_until(&self, path: &str, test: impl Fn(&Reply) -> bool, what: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let reply = self.get(path);
            if test(&reply) {
                return;
            }
            let said = self.said.lock().unwrap().join("\n");
            assert!(Instant::now() < deadline, "{path} never shows {what}:\n{}\n{said}", reply.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the program has said something, from the given line on.
    #[track_caller]
    pub fn wait_for_words(&mut self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if self.said.lock().unwrap().iter().any(|line| line.contains(words)) {
                return;
            }
            let ended = self.child.try_wait().unwrap();
            let said = self.said.lock().unwrap().join("\n");
            assert!(ended.is_none() && Instant::now() < deadline, "never says `{words}`:\n{said}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
    }

    /// Stops the program by a signal; its exit code.
    pub fn stop(mut self, signal: rustix::process::Signal) -> Option<i32> {
        self.signal(signal);
        self.child.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
    command.args(["serve", "--today", TODAY, "--root"]).arg(root).args(arguments);
    if !arguments.contains(&"--port") {
        command.args(["--port", "0"]);
    }
    command
}

/// What came back.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

#[track_caller]
pub fn get(host: &str, path: &str) -> Reply {
    ask(host, format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
        .unwrap_or_else(|| panic!("no answer to {path}"))
}

/// Sends bytes and reads whatever comes back until the end; `None` if nothing does.
pub fn ask(host: &str, request: &[u8]) -> Option<Reply> {
    let mut stream = TcpStream::connect(host).expect("the server listens");
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // The server may close while we still write.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = bytes[end + 4..].to_vec();
    Some(Reply { status, head, body })
}

/// An open stream of events.
pub struct Events {
    stream: BufReader<TcpStream>,
}

impl Events {
    /// Listens as a page of the site would.
    pub fn open(host: &str, page: &str, hash: &str) -> Self {
        let stream = TcpStream::connect(host).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!(
            "GET /_bailiwick/events?page={page}&hash={hash} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n\r\n"
        );
        (&stream).write_all(request.as_bytes()).unwrap();
        Self { stream: BufReader::new(stream) }
    }

    /// The next event: its name and its data.
    #[track_caller]
    pub fn next(&mut self) -> (String, String) {
        let (mut name, mut line) = (String::new(), String::new());
        loop {
            line.clear();
            let length = self.stream.read_line(&mut line).expect("an event comes in time");
            assert!(length > 0, "the stream has ended");
            if let Some(event) = line.trim_end().strip_prefix("event: ") {
                name = event.to_owned();
            } else if let Some(data) = line.trim_end_matches('\n').strip_prefix("data: ") {
                return (name, data.to_owned());
            }
        }
    }

    /// The data of the next event of that name; the names of those before it.
    #[track_caller]
    pub fn next_named(&mut self, wanted: &str) -> (String, Vec<String>) {
        let mut before = Vec::new();
        loop {
            let (name, data) = self.next();
            if name == wanted {
                return (data, before);
            }
            before.push(name);
        }
    }
}

/// The hash that a served page names.
pub fn hash_of(page: &str) -> String {
    let at = page.find("data-hash=\"").expect("the page has the script") + "data-hash=\"".len();
    page[at..].split('"').next().unwrap().to_owned()
}
