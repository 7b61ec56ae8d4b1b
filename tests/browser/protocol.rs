//! Commands and events as JSON over a pipe, each closed by a zero byte.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Instant;

use serde_json::{Value, json};

use super::PATIENCE;

/// The answer to a command, or what the browser has against it.
type Answer = Result<Value, String>;

/// The connection to one browser, shared by its pages.
pub(super) struct Connection {
    state: Mutex<State>,
    /// Told of every event.
    arrived: Condvar,
}

struct State {
    input: ChildStdin,
    last_command: u64,
    waiting: HashMap<u64, Sender<Answer>>,
    /// The events of each session since it began.
    events: HashMap<String, Vec<Value>>,
}

impl Connection {
    pub(super) fn new(input: ChildStdin, output: ChildStdout) -> Arc<Self> {
        let state = State { input, last_command: 0, waiting: HashMap::new(), events: HashMap::new() };
        let connection = Arc::new(Self { state: Mutex::new(state), arrived: Condvar::new() });
        let listening = Arc::clone(&connection);
        std::thread::spawn(move || listening.listen(output));
        connection
    }

    fn listen(&self, output: ChildStdout) {
        let mut output = BufReader::new(output);
        let mut message = Vec::new();
        while matches!(output.read_until(0, &mut message), Ok(length) if length > 0) {
            message.pop();
            let value: Value = serde_json::from_slice(&message).expect("the browser speaks JSON");
            message.clear();
            self.take(value);
        }
        // Whoever still waits learns that nothing more will come.
        self.state.lock().expect("no thread panics here").waiting.clear();
    }

    fn take(&self, mut message: Value) {
        let mut state = self.state.lock().expect("no thread panics here");
        if let Some(id) = message["id"].as_u64() {
            let answer = match message["error"]["message"].as_str() {
                Some(error) => Err(error.to_owned()),
                None => Ok(message["result"].take()),
            };
            if let Some(waiting) = state.waiting.remove(&id) {
                let _ = waiting.send(answer);
            }
            return;
        }
        let session = message["sessionId"].as_str().unwrap_or_default().to_owned();
        let is_dialog = message["method"] == "Page.javascriptDialogOpening";
        state.events.entry(session.clone()).or_default().push(message);
        drop(state);
        self.arrived.notify_all();
        if is_dialog {
            // A dialog stops the page until somebody answers.
            self.tell(Some(&session), "Page.handleJavaScriptDialog", json!({"accept": false}));
        }
    }

    /// Sends a command and waits for its answer.
    pub(super) fn send(&self, session: Option<&str>, method: &str, parameters: Value) -> Answer {
        let (sender, receiver) = channel();
        self.write(session, method, parameters, Some(sender))?;
        receiver.recv_timeout(PATIENCE).map_err(|_| "the browser does not answer".to_owned())?
    }

    /// Sends a command, whatever comes of it.
    pub(super) fn tell(&self, session: Option<&str>, method: &str, parameters: Value) {
        let _ = self.write(session, method, parameters, None);
    }

    #[expect(clippy::needless_pass_by_value, reason = "made for the call, with `json!`")]
    fn write(
        &self,
        session: Option<&str>,
        method: &str,
        parameters: Value,
        waiting: Option<Sender<Answer>>,
    ) -> Result<(), String> {
        let mut state = self.state.lock().expect("no thread panics here");
        state.last_command += 1;
        let id = state.last_command;
        let mut command = json!({"id": id, "method": method, "params": parameters});
        if let Some(session) = session {
            command["sessionId"] = json!(session);
        }
        if let Some(waiting) = waiting {
            state.waiting.insert(id, waiting);
        }
        let mut bytes = command.to_string().into_bytes();
        bytes.push(0);
        state.input.write_all(&bytes).map_err(|error| error.to_string())
    }

    /// How many events of a session there have been.
    pub(super) fn event_count(&self, session: &str) -> usize {
        self.state.lock().expect("no thread panics here").events.get(session).map_or(0, Vec::len)
    }

    /// The parameters of a session's events of that name, from the given one on.
    pub(super) fn events(&self, session: &str, from: usize, method: &str) -> Vec<Value> {
        let state = self.state.lock().expect("no thread panics here");
        let events = state.events.get(session).map_or(&[][..], |events| &events[from.min(events.len())..]);
        events.iter().filter(|event| event["method"] == method).map(|event| event["params"].clone()).collect()
    }

    /// Waits for an event of that name, from the given one on.
    pub(super) fn wait_for_event(&self, session: &str, from: usize, method: &str) -> Result<(), String> {
        let deadline = Instant::now() + PATIENCE;
        let mut state = self.state.lock().expect("no thread panics here");
        loop {
            let events =
                state.events.get(session).map_or(&[][..], |events| &events[from.min(events.len())..]);
            if events.iter().any(|event| event["method"] == method) {
                return Ok(());
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(format!("{method} does not happen"));
            }
            state = self.arrived.wait_timeout(state, left).expect("no thread panics here").0;
        }
    }
}
