//! Tells an open page what happens to it: that it has changed, that its style has, and what is wrong.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{Response, StatusCode, header};
use hyper::body::Frame;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::address::{Address, parameter};
use super::answer::{look, plain, response};
use super::dress::policy_of_files;
use super::http::Door;
use super::preview::{Answer, File};
use super::surroundings::ReaderAddress;

/// How many events may wait for a page that does not listen.
const MOST_WAITING: usize = 8;

/// How long they may wait.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often a word is sent that nothing has happened, so that a page that is gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// Opens a stream of events for the page that the query names.
pub(super) fn open(door: &Arc<Door>, query: Option<&str>) -> Response<Body> {
    let page = parameter(query, "page").and_then(|page| Address::parse(&page));
    let Some(page) = page else { return plain(StatusCode::BAD_REQUEST, "Which page?") };
    let hash = parameter(query, "hash").unwrap_or_default();
    let Ok(permit) = Arc::clone(&door.shared.streams).try_acquire_owned() else {
        let mut full = plain(StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open.");
        full.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
        return full;
    };
    let (events, waiting) = mpsc::channel(MOST_WAITING);
    let telling = Telling { door: Arc::clone(door), page, hash, events, _permit: permit };
    tokio::spawn(telling.run());
    let mut stream = response(StatusCode::OK, "text/event-stream", &policy_of_files(), Bytes::new());
    *stream.body_mut() = Body::new(Events(waiting));
    stream
}

/// One open stream.
struct Telling {
    door: Arc<Door>,
    page: Address,
    /// Of the bytes that the page shows.
    hash: String,
    events: mpsc::Sender<Bytes>,
    _permit: OwnedSemaphorePermit,
}

/// What a page is told when it begins to listen.
#[derive(Serialize)]
struct Hello<'a> {
    reader: &'a str,
    readers: &'a [ReaderAddress],
}

/// The other end no longer listens.
struct Gone;

impl Telling {
    async fn run(mut self) {
        // Whoever has gone away needs nothing more.
        let _ = self.tell_all().await;
    }

    async fn tell_all(&mut self) -> Result<(), Gone> {
        let mut editions = self.door.shared.editions.clone();
        let first = Arc::clone(&editions.borrow().pages);
        let (mut statics, mut copies) = (Arc::clone(&first.statics), first.copies);
        drop(first);
        let (mut hello, mut faults) = (String::new(), String::new());
        loop {
            let edition = Arc::clone(&editions.borrow_and_update());
            self.tell_if_new("hello", self.hello(), &mut hello).await?;
            let pages = &edition.pages;
            if !Arc::ptr_eq(&statics, &pages.statics) {
                let differs = |(path, hash): &(&String, &String)| statics.get(*path) != Some(*hash);
                let changed: Vec<&String> =
                    pages.statics.iter().filter(differs).map(|(path, _)| path).collect();
                if !changed.is_empty() {
                    self.tell("files", &json(&changed)).await?;
                }
                statics = Arc::clone(&pages.statics);
            }
            if copies != pages.copies {
                copies = pages.copies;
                self.tell("pictures", "").await?;
            }
            let answer = look(&edition, &self.door.reader, &self.page).await;
            let (file, cause) = match &answer {
                Some(Answer::File(file) | Answer::Nothing(file)) => (Some(file), None),
                Some(Answer::Faulty { fault, .. }) => (None, Some(&fault.cause)),
                _ => (None, None),
            };
            let written_in = file.map(|file| Arc::clone(&file.written_in)).unwrap_or_default();
            let is_for_me = self.door.reader == "me";
            let shown = edition.faults.shown(&self.page.file, &written_in, cause, is_for_me);
            self.tell_if_new("faults", json(&shown), &mut faults).await?;
            if let Some(File { hash, .. }) = file.filter(|file| file.hash != self.hash) {
                self.hash.clone_from(hash);
                self.tell("reload", "").await?;
            }
            drop(edition);
            self.wait(&mut editions).await?;
        }
    }

    async fn wait(
        &self,
        editions: &mut tokio::sync::watch::Receiver<Arc<super::edition::Edition>>,
    ) -> Result<(), Gone> {
        loop {
            tokio::select! {
                changed = editions.changed() => return changed.map_err(|_| Gone),
                () = self.events.closed() => return Err(Gone),
                () = tokio::time::sleep(HEARTBEAT) => self.send(Bytes::from_static(b":\n\n")).await?,
            }
        }
    }

    fn hello(&self) -> String {
        let readers = self.door.shared.addresses.read().expect("nothing panics while it is held");
        // Where others look, the sites of other readers are not theirs to know.
        let readers = if self.door.guard.secret.is_some() { &[][..] } else { readers.as_slice() };
        json(&Hello { reader: &self.door.reader, readers })
    }

    async fn tell_if_new(&self, name: &str, data: String, before: &mut String) -> Result<(), Gone> {
        if data != *before {
            self.tell(name, &data).await?;
            *before = data;
        }
        Ok(())
    }

    /// `data` has no line breaks.
    async fn tell(&self, name: &str, data: &str) -> Result<(), Gone> {
        self.send(format!("event: {name}\ndata: {data}\n\n").into()).await
    }

    async fn send(&self, bytes: Bytes) -> Result<(), Gone> {
        self.events.send_timeout(bytes, PATIENCE).await.map_err(|_| Gone)
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings and numbers always serialise")
}

/// The body of a stream: events as they come.
struct Events(mpsc::Receiver<Bytes>);

impl HttpBody for Events {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.poll_recv(context).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}
