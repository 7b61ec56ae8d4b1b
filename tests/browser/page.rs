//! One page in the browser: go somewhere, ask it something, press, click, look.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::protocol::Connection;
use super::{PATIENCE, Scheme, Screen, keys};

/// A page, with all that has happened in it.
pub struct Page {
    connection: Arc<Connection>,
    session: String,
    /// What the page shares with no other: it goes when the page goes.
    context: Value,
}

impl Drop for Page {
    fn drop(&mut self) {
        self.connection.tell(None, "Target.disposeBrowserContext", json!({"browserContextId": self.context}));
    }
}

impl Page {
    #[track_caller]
    pub(super) fn new(connection: Arc<Connection>, session: String, context: Value, screen: Screen) -> Self {
        let page = Self { connection, session, context };
        for domain in ["Page", "Runtime", "Network", "Log"] {
            page.send(&format!("{domain}.enable"), json!({}));
        }
        page.show_on(screen);
        page
    }

    /// Changes what the page is shown on.
    #[track_caller]
    pub fn show_on(&self, screen: Screen) {
        let Screen { width, height, scheme, medium } = screen;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.send("Emulation.setDeviceMetricsOverride", metrics);
        let scheme = if scheme == Scheme::Dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.send("Emulation.setEmulatedMedia", json!({"media": medium, "features": features}));
    }

    /// Goes to an address (`http:` or `file:`) and waits until it is loaded.
    #[track_caller]
    pub fn goto(&self, address: &str) {
        let before = self.connection.event_count(&self.session);
        let went = self.send("Page.navigate", json!({"url": address}));
        assert!(went["errorText"].is_null(), "{address}: {}", went["errorText"]);
        // Within a page, to another heading, nothing is loaded.
        if !went["loaderId"].is_null() {
            let loaded = self.connection.wait_for_event(&self.session, before, "Page.loadEventFired");
            loaded.unwrap_or_else(|error| panic!("{address}: {error}"));
        }
    }

    /// The value of an expression; promises are awaited.
    ///
    /// # Errors
    /// What was thrown, or that the page went away meanwhile.
    pub fn try_evaluate(&self, expression: &str) -> Result<Value, String> {
        let parameters = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let mut answer = self.connection.send(Some(&self.session), "Runtime.evaluate", parameters)?;
        if answer["exceptionDetails"].is_null() {
            Ok(answer["result"]["value"].take())
        } else {
            let thrown = &answer["exceptionDetails"];
            Err(thrown["exception"]["description"].as_str().unwrap_or(&thrown.to_string()).to_owned())
        }
    }

    /// The value of an expression, which must not throw.
    #[track_caller]
    pub fn evaluate(&self, expression: &str) -> Value {
        self.try_evaluate(expression).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// The text that an expression gives.
    #[track_caller]
    pub fn text(&self, expression: &str) -> String {
        let value = self.evaluate(expression);
        value.as_str().unwrap_or_else(|| panic!("{expression} is {value}, and no text")).to_owned()
    }

    /// Waits until an expression is true on a page that has all its styles and scripts.
    #[track_caller]
    pub fn wait_for(&self, condition: &str) {
        let deadline = Instant::now() + PATIENCE;
        let question = format!("document.readyState === 'complete' && Boolean({condition})");
        // A page that is just being left answers with an error, which is not the last word.
        while self.try_evaluate(&question) != Ok(Value::Bool(true)) {
            assert!(Instant::now() < deadline, "never true: {condition}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Presses a key: `Enter`, `Escape`, `ArrowDown`, `/`, `a`, `Shift+Tab`.
    #[track_caller]
    pub fn press(&self, key: &str) {
        self.send("Input.dispatchKeyEvent", keys::event(key, "keyDown"));
        self.send("Input.dispatchKeyEvent", keys::event(key, "keyUp"));
    }

    /// Types a text where the focus is.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        self.send("Input.insertText", json!({"text": text}));
    }

    /// Clicks into the middle of the first element that a selector finds.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        self.click_on(&format!("document.querySelector({})", json!(selector)));
    }

    /// Clicks into the middle of the element that an expression gives.
    #[track_caller]
    pub fn click_on(&self, element: &str) {
        let place = self.evaluate(&format!(
            "(() => {{ const it = {element}; it.scrollIntoView({{block: 'center', behavior: 'instant'}}); \
             const box = it.getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1});
            self.send("Input.dispatchMouseEvent", event);
        }
    }

    /// Writes what is seen into a PNG file.
    #[track_caller]
    pub fn screenshot(&self, file: &Path) {
        self.capture(file, json!({"format": "png"}));
    }

    /// Writes the page from top to bottom into a PNG file.
    #[track_caller]
    pub fn screenshot_whole(&self, file: &Path) {
        let size = self.send("Page.getLayoutMetrics", json!({}))["cssContentSize"].clone();
        let clip = json!({"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1});
        self.capture(file, json!({"format": "png", "captureBeyondViewport": true, "clip": clip}));
    }

    #[track_caller]
    fn capture(&self, file: &Path, parameters: Value) {
        let shot = self.send("Page.captureScreenshot", parameters);
        let bytes = STANDARD.decode(shot["data"].as_str().expect("a picture")).expect("it is base64");
        std::fs::write(file, bytes).expect("the picture can be written");
    }

    /// What the console complains of, uncaught exceptions and failed requests included.
    pub fn console_errors(&self) -> Vec<String> {
        let exceptions = self.events("Runtime.exceptionThrown").into_iter().map(|event| {
            let details = &event["exceptionDetails"];
            details["exception"]["description"].as_str().unwrap_or(&details.to_string()).to_owned()
        });
        let is_complaint = |level: &Value| level == "error" || level == "warning";
        let called = self.events("Runtime.consoleAPICalled").into_iter();
        let called =
            called.filter(|event| is_complaint(&event["type"])).map(|event| event["args"].to_string());
        let logged = self.events("Log.entryAdded").into_iter().map(|mut event| event["entry"].take());
        let logged = logged.filter(|entry| is_complaint(&entry["level"])).map(|entry| {
            format!("{} ({})", entry["text"].as_str().unwrap_or(""), entry["url"].as_str().unwrap_or(""))
        });
        exceptions.chain(called).chain(logged).collect()
    }

    /// What the page's Content-Security-Policy has forbidden.
    pub fn policy_violations(&self) -> Vec<String> {
        let is_violation = |text: &String| text.contains("Content Security Policy");
        self.console_errors().into_iter().filter(is_violation).collect()
    }

    /// The words of all dialogs that have opened; each was closed at once.
    pub fn dialogs(&self) -> Vec<String> {
        let opened = self.events("Page.javascriptDialogOpening").into_iter();
        opened.map(|event| event["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The addresses of all requests, in their order.
    pub fn requests(&self) -> Vec<String> {
        let sent = self.events("Network.requestWillBeSent").into_iter();
        sent.map(|event| event["request"]["url"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The parameters of all events of that name since the page was opened. Other domains than `Page`, `Runtime`,
    /// `Network` and `Log` must be enabled with [`Page::send`] first.
    pub fn events(&self, method: &str) -> Vec<Value> {
        self.connection.events(&self.session, 0, method)
    }

    /// Any command of the protocol.
    #[track_caller]
    pub fn send(&self, method: &str, parameters: Value) -> Value {
        let answer = self.connection.send(Some(&self.session), method, parameters);
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }
}
