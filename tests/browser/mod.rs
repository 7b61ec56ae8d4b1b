//! A real browser for tests: headless Chromium, driven over a pipe by the DevTools protocol.
//!
//! Include it with `#[path = "../browser/mod.rs"] mod browser;`. A test begins with
//! `let Some(browser) = Browser::start() else { return };`, opens a page with [`Browser::open`] and asks it.
//! Where there is no Chromium, `start` prints a line that begins with `SKIPPED`; with `CI=true` it fails.

#![allow(dead_code, reason = "each test binary uses its own part of it")]

mod keys;
mod page;
mod protocol;

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub use page::Page;
use protocol::Connection;
use serde_json::{Value, json};

/// How long anything in the browser may take before the test fails.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A running browser. Every page has its own cookies and storage.
pub struct Browser {
    connection: Arc<Connection>,
    child: Child,
    // Deleted when the browser is gone.
    _profile: tempfile::TempDir,
}

/// What a page is shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// The colour scheme that the reader prefers.
    pub scheme: Scheme,
    /// `screen` or `print`.
    pub medium: &'static str,
}

/// A colour scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

impl Screen {
    pub const PHONE: Self = Self { width: 390, height: 844, scheme: Scheme::Light, medium: "screen" };
    pub const DESKTOP: Self = Self { width: 1280, height: 900, scheme: Scheme::Light, medium: "screen" };

    pub fn dark(self) -> Self {
        Self { scheme: Scheme::Dark, ..self }
    }

    pub fn on_paper(self) -> Self {
        Self { medium: "print", ..self }
    }
}

impl Browser {
    /// Starts a browser, if there is one.
    pub fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    /// Starts a browser with more arguments, such as `--host-resolver-rules=…`.
    pub fn start_with(arguments: &[&str]) -> Option<Self> {
        let program =
            ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| is_there(name));
        let Some(program) = program else {
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "CI=true needs chromium");
            // Straight to the terminal: what a passing test prints is otherwise never seen.
            let thread = std::thread::current();
            let told = format!("SKIPPED {}: needs chromium\n", thread.name().unwrap_or("a test"));
            std::io::Write::write_all(&mut std::io::stderr(), told.as_bytes()).expect("stderr takes it");
            return None;
        };
        let profile = tempfile::tempdir().expect("a temporary folder can be made");
        // The browser reads commands from descriptor 3 and answers on descriptor 4.
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null", program]);
        command.args(FLAGS).arg(format!("--user-data-dir={}", profile.path().display())).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the browser starts");
        let input = child.stdin.take().expect("it is piped");
        let output = child.stdout.take().expect("it is piped");
        Some(Self { connection: Connection::new(input, output), child, _profile: profile })
    }

    /// Opens an empty page.
    #[track_caller]
    pub fn open(&self, screen: Screen) -> Page {
        let context = self.send("Target.createBrowserContext", json!({}))["browserContextId"].clone();
        let target = json!({"url": "about:blank", "browserContextId": context});
        let target = self.send("Target.createTarget", target)["targetId"].clone();
        let attached = self.send("Target.attachToTarget", json!({"targetId": target, "flatten": true}));
        let session = attached["sessionId"].as_str().expect("a page has a session").to_owned();
        Page::new(Arc::clone(&self.connection), session, context, screen)
    }

    #[track_caller]
    fn send(&self, method: &str, parameters: Value) -> Value {
        self.connection.send(None, method, parameters).unwrap_or_else(|error| panic!("{method}: {error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.connection.tell(None, "Browser.close", json!({}));
        let deadline = Instant::now() + Duration::from_secs(5);
        while Instant::now() < deadline {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Nothing is asked of the network but what a page asks for, and pictures come out the same everywhere.
const FLAGS: [&str; 13] = [
    "--headless=new",
    "--remote-debugging-pipe",
    // Tests often run as root, where the browser's own sandbox does not start.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-proxy-server",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
];

fn is_there(program: &str) -> bool {
    let version = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}
