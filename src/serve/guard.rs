//! Who may ask: this machine's browser, for the site at its own name, and no other page in it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};

use super::address::parameter;
use super::dress::OWN;
use super::secret::Secret;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Which requests are answered.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    /// The names by which the server was printed, with their port: `127.0.0.1:4000`.
    pub(super) names: Vec<String>,
    /// What a request must know as well, where others than this machine can ask.
    pub(super) secret: Option<Secret>,
}

/// Why a request is not answered, in words for whoever reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) StatusCode, pub(super) &'static str);

/// A request that may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// It may.
    Free,
    /// It may, and has just shown the secret in its address: the browser is to keep it.
    KeepSecret,
}

impl Guard {
    /// Looks at a request before anything is done for it.
    pub(super) fn pass(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<Pass, Refusal> {
        if method != Method::GET && method != Method::HEAD {
            return Err(Refusal(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD"));
        }
        let has_body = headers.contains_key(header::TRANSFER_ENCODING)
            || headers.get_all(header::CONTENT_LENGTH).iter().any(|length| length != "0");
        if has_body {
            return Err(Refusal(StatusCode::BAD_REQUEST, "a request for a page has no body"));
        }
        if uri.scheme().is_some() || uri.authority().is_some() || !uri.path().starts_with('/') {
            return Err(Refusal(StatusCode::BAD_REQUEST, "the target of the request must be a path"));
        }
        let host = one(headers, &header::HOST)?;
        let Some(host) = host else {
            return Err(Refusal(StatusCode::BAD_REQUEST, "the request names no host"));
        };
        if !self.names.iter().any(|name| name == host) {
            return Err(Refusal(StatusCode::FORBIDDEN, "this server has another name"));
        }
        if let Some(origin) = one(headers, &header::ORIGIN)?
            && origin.strip_prefix("http://") != Some(host)
        {
            return Err(Refusal(StatusCode::FORBIDDEN, "not for pages from elsewhere"));
        }
        let is_own = uri.path().starts_with(OWN);
        let site = one(headers, &SEC_FETCH_SITE)?;
        let is_from_here = matches!(site, None | Some("same-origin" | "none"));
        // A link may lead here from anywhere; what it leads to is nothing that the other page could read.
        let is_followed_link = one(headers, &SEC_FETCH_MODE)? == Some("navigate")
            && one(headers, &SEC_FETCH_DEST)? == Some("document")
            && !is_own;
        if !is_from_here && !is_followed_link {
            return Err(Refusal(StatusCode::FORBIDDEN, "not for pages from elsewhere"));
        }
        if uri.path() == format!("{OWN}events") && site != Some("same-origin") {
            return Err(Refusal(StatusCode::FORBIDDEN, "only a page of this site may listen"));
        }
        self.secret_of(uri, headers)
    }

    fn secret_of(&self, uri: &Uri, headers: &HeaderMap) -> Result<Pass, Refusal> {
        let Some(secret) = &self.secret else { return Ok(Pass::Free) };
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        if pairs.any(|(name, value)| name == COOKIE && secret.is(value)) {
            return Ok(Pass::Free);
        }
        match parameter(uri.query(), PARAMETER) {
            Some(shown) if secret.is(&shown) => Ok(Pass::KeepSecret),
            _ => Err(Refusal(StatusCode::FORBIDDEN, "open the link that the server has printed")),
        }
    }
}

/// The name under which a browser keeps the secret.
pub(super) const COOKIE: &str = "bailiwick";

/// The parameter of an address that shows the secret.
pub(super) const PARAMETER: &str = "key";

/// The value of a header that may stand there once.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() {
        return Err(Refusal(StatusCode::BAD_REQUEST, "a header stands there twice"));
    }
    match first.map(HeaderValue::to_str) {
        None => Ok(None),
        Some(Ok(value)) => Ok(Some(value)),
        Some(Err(_)) => Err(Refusal(StatusCode::BAD_REQUEST, "a header is no plain text")),
    }
}
