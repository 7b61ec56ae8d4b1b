//! Listens: one door for each reader, so that a reader's site has an origin of its own, where nothing of another's
//! can be reached by any address.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::{Semaphore, watch};

use super::address::{Address, parameter};
use super::answer::{LastGood, answer, look, plain, response};
use super::connections::{Connection, Connections};
use super::dress::{OWN, policy_of_files};
use super::edition::Edition;
use super::guard::{COOKIE, Guard, PARAMETER, Pass, Refusal};
use super::preview::Answer;
use super::secret::Secret;
use super::stream;
use super::surroundings::ReaderAddress;
use crate::model::readers::Reader;

/// How many event streams are open at a time.
const MOST_STREAMS: usize = 64;

/// How long the head of a request may take.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 32 * 1024;

/// How long the first page of an edition is waited for before it is told of.
const FIRST_PAGE: Duration = Duration::from_secs(3);

/// How many ports are tried when the wanted one is taken.
const PORTS: u16 = 64;

/// What all doors share.
pub(super) struct Shared {
    pub(super) editions: watch::Receiver<Arc<Edition>>,
    /// Where each reader's site is.
    pub(super) addresses: RwLock<Vec<ReaderAddress>>,
    pub(super) streams: Arc<Semaphore>,
    connections: Arc<Connections>,
    last_good: LastGood,
}

/// Where the site for one reader is asked for.
pub(super) struct Door {
    pub(super) shared: Arc<Shared>,
    pub(super) reader: String,
    pub(super) guard: Guard,
}

/// All doors.
pub(super) struct Listeners {
    runtime: tokio::runtime::Handle,
    shared: Arc<Shared>,
    first: String,
    ip: IpAddr,
    secret: Option<Secret>,
    shown_content: String,
}

/// A port on which nobody listens yet: the wanted one, else the next that is free.
///
/// # Errors
/// When none of them can be had.
pub(super) fn bind(ip: IpAddr, wanted: u16) -> io::Result<TcpListener> {
    let mut refused = None;
    for port in wanted..=wanted.saturating_add(PORTS) {
        match TcpListener::bind(SocketAddr::new(ip, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(refused.unwrap_or_else(|| io::Error::other("there is no such port")))
}

impl Listeners {
    pub(super) fn new(
        runtime: tokio::runtime::Handle,
        editions: watch::Receiver<Arc<Edition>>,
        first: String,
        ip: IpAddr,
        shown_content: String,
    ) -> io::Result<Self> {
        let shared = Shared {
            editions,
            addresses: RwLock::default(),
            streams: Arc::new(Semaphore::new(MOST_STREAMS)),
            connections: Arc::default(),
            last_good: LastGood::default(),
        };
        let secret = if ip.is_loopback() { None } else { Some(Secret::new()?) };
        Ok(Self { runtime, shared: Arc::new(shared), first, ip, secret, shown_content })
    }

    /// The reader who was asked for.
    pub(super) fn first(&self) -> &str {
        &self.first
    }

    /// The content folder as messages name it.
    pub(super) fn shown_content(&self) -> &str {
        &self.shown_content
    }

    /// Whether nobody but this machine can ask.
    pub(super) fn is_for_this_machine(&self) -> bool {
        self.secret.is_none()
    }

    /// Opens the door of a reader.
    pub(super) fn open(&self, reader: &str, listener: TcpListener) -> io::Result<ReaderAddress> {
        listener.set_nonblocking(true)?;
        let at = listener.local_addr()?;
        let mut names = vec![at.to_string()];
        if at.ip() == IpAddr::from([127, 0, 0, 1]) {
            names.push(format!("localhost:{}", at.port()));
        }
        let key = self
            .secret
            .as_ref()
            .map(|secret| format!("?{PARAMETER}={}", secret.as_str()))
            .unwrap_or_default();
        let address = ReaderAddress { reader: reader.to_owned(), address: format!("http://{at}/{key}") };
        self.shared.addresses.write().expect("nothing panics while it is held").push(address.clone());
        let guard = Guard { names, secret: self.secret.clone() };
        let door = Arc::new(Door { shared: Arc::clone(&self.shared), reader: reader.to_owned(), guard });
        let _inside = self.runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener)?;
        self.runtime.spawn(accept(listener, door));
        Ok(address)
    }

    /// Opens doors for the readers who have none yet; which ones. Only this machine sees more than one reader.
    pub(super) fn open_for_all(&self, edition: &Edition) -> Vec<ReaderAddress> {
        let Some(ingredients) = edition.pages.ingredients.as_ref().filter(|_| self.is_for_this_machine())
        else {
            return Vec::new();
        };
        let has_door = |reader: &str| {
            let addresses = self.shared.addresses.read().expect("nothing panics while it is held");
            addresses.iter().any(|address| address.reader == reader)
        };
        let readers = Reader::all(&ingredients.portfolio.config);
        let missing = readers.iter().map(Reader::name).filter(|reader| !has_door(reader));
        let first_port = self.first_port().saturating_add(1);
        // Without a door for a reader everything else still works.
        missing.filter_map(|reader| self.open(reader, bind(self.ip, first_port).ok()?).ok()).collect()
    }

    fn first_port(&self) -> u16 {
        let addresses = self.shared.addresses.read().expect("nothing panics while it is held");
        let first = addresses.first().and_then(|first| first.address.trim_end_matches('/').rsplit_once(':'));
        first.and_then(|(_, port)| port.parse().ok()).unwrap_or(0)
    }

    /// All addresses, that of the reader who was asked for first.
    pub(super) fn addresses(&self) -> Vec<ReaderAddress> {
        self.shared.addresses.read().expect("nothing panics while it is held").clone()
    }

    /// The address of a page of the reader who was asked for.
    pub(super) fn address_of(&self, page: &str) -> String {
        let addresses = self.addresses();
        let base = addresses.first().map_or("", |first| first.address.split('?').next().unwrap_or_default());
        let path = Address::of_file(page);
        format!("{}{}", base.trim_end_matches('/'), path.strip_suffix("index.html").unwrap_or(&path))
    }

    /// Waits until an edition shows a page, or any page at all; whether it has it.
    pub(super) fn wait_for(&self, edition: &Edition, page: Option<&str>) -> bool {
        // Every site has this one, and it is soon made: a page that somebody looks at must not wait for it.
        let any = "404.html";
        let address = Address { file: page.unwrap_or(any).to_owned(), may_be_folder: false };
        let look = async { tokio::time::timeout(FIRST_PAGE, look(edition, &self.first, &address)).await };
        matches!(self.runtime.block_on(look), Ok(Some(Answer::File(_))))
    }
}

async fn accept(listener: tokio::net::TcpListener, door: Arc<Door>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, most likely: others close theirs in time.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Nobody is left without an answer but when all others are being answered.
        let Some(place) = Connections::enter(&door.shared.connections) else { continue };
        let _ = stream.set_nodelay(true);
        let state = (Arc::clone(&door), Arc::clone(place.connection()));
        let service = TowerToHyperService::new(Router::new().fallback(respond).with_state(state));
        tokio::spawn(async move {
            let mut server = http1::Builder::new();
            server.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(LARGEST_HEAD);
            tokio::select! {
                // Whatever ends a connection is the business of the other end.
                _ = server.serve_connection(TokioIo::new(stream), service) => {}
                () = place.must_go() => {}
            }
        });
    }
}

async fn respond(
    State((door, connection)): State<(Arc<Door>, Arc<Connection>)>,
    request: Request,
) -> Response<Body> {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let mut response = match door.guard.pass(&method, &uri, request.headers()) {
        Ok(Pass::Free) => {
            connection.while_answering(found(&door, uri.path(), uri.query(), &method, &connection)).await
        }
        Ok(Pass::KeepSecret) => keep_secret(&uri),
        Err(Refusal(status, words)) => {
            let mut refused = plain(status, words);
            // What may follow in the connection is not to be trusted either.
            refused.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            if status == StatusCode::METHOD_NOT_ALLOWED {
                refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            }
            refused
        }
    };
    if method == Method::HEAD
        && response.headers().get(header::CONTENT_TYPE).is_some_and(|it| it == "text/event-stream")
    {
        *response.body_mut() = Body::empty();
    }
    response
}

async fn found(
    door: &Arc<Door>,
    path: &str,
    query: Option<&str>,
    method: &Method,
    connection: &Connection,
) -> Response<Body> {
    let file = |kind: &str, bytes: &'static str| {
        response(StatusCode::OK, kind, &policy_of_files(), Bytes::from_static(bytes.as_bytes()))
    };
    match path.strip_prefix(OWN) {
        Some("client.js") => file("text/javascript; charset=utf-8", include_str!("client.js")),
        Some("client.css") => file("text/css; charset=utf-8", include_str!("client.css")),
        Some("events") if method == Method::HEAD => plain(StatusCode::OK, ""),
        Some("events") => {
            let answer = stream::open(door, query);
            // Whoever is refused one is as idle as others.
            if answer.status() == StatusCode::OK {
                connection.becomes_stream();
            }
            answer
        }
        Some(_) => plain(StatusCode::NOT_FOUND, "There is nothing at this address."),
        None => {
            let edition = Arc::clone(&door.shared.editions.borrow());
            answer(&edition, &door.reader, path, &door.shared.last_good).await
        }
    }
}

/// Lets the browser keep the secret, and takes it out of the address. By a page rather than by a redirect: a cookie
/// of this kind is not sent along the redirects of a link from elsewhere.
fn keep_secret(uri: &axum::http::Uri) -> Response<Body> {
    let secret = parameter(uri.query(), PARAMETER).unwrap_or_default();
    let path = Address::parse(uri.path()).map_or("/".to_owned(), |address| Address::of_file(&address.file));
    let html = format!(
        "<!doctype html>\n<meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url={path}\">\n\
         <title>One moment</title><p><a href=\"{path}\">To the site</a></p>\n"
    );
    let mut page = response(StatusCode::OK, "text/html; charset=utf-8", &policy_of_files(), html.into());
    let cookie = format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        page.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    page
}
