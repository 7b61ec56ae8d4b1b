//! What a browser gets for an address.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};

use super::address::Address;
use super::dress::{Dressed, dressed, policy_of_files};
use super::edition::Edition;
use super::preview::{Answer, File};
use crate::source::Copied;

/// How long a page may take. A template can count to a number that it never reaches.
const LONGEST: Duration = Duration::from_secs(20);

/// How many pages are kept as they last could be shown.
const MOST_KEPT: usize = 256;

/// Pages as they last could be shown, by reader and path.
#[derive(Default)]
pub(super) struct LastGood(Mutex<HashMap<(String, String), File>>);

impl LastGood {
    fn keep(&self, reader: &str, file: &File) {
        let mut kept = self.0.lock().expect("nothing panics while it is held");
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert((reader.to_owned(), file.path.clone()), file.clone());
    }

    fn get(&self, reader: &str, path: &str) -> Option<File> {
        let kept = self.0.lock().expect("nothing panics while it is held");
        kept.get(&(reader.to_owned(), path.to_owned())).cloned()
    }
}

/// What a reader's site has at an address; `None` if there is no such site, or if the page does not come to an end.
pub(super) async fn look(edition: &Edition, reader: &str, address: &Address) -> Option<Answer> {
    let preview = edition.pages.preview(reader)?;
    tokio::time::timeout(LONGEST, preview.at(address)).await.ok()?
}

/// Answers a request for a page or a file.
pub(super) async fn answer(
    edition: &Edition,
    reader: &str,
    path: &str,
    last_good: &LastGood,
) -> Response<Body> {
    let Some(address) = Address::parse(path) else {
        return plain(StatusCode::NOT_FOUND, "There is nothing at this address.");
    };
    match look(edition, reader, &address).await {
        Some(Answer::File(file)) => {
            last_good.keep(reader, &file);
            shown(&file, StatusCode::OK)
        }
        // Browsers ask for it unasked, and complain of every answer but this.
        Some(Answer::Nothing(_)) if address.file == "favicon.ico" => plain(StatusCode::NO_CONTENT, ""),
        Some(Answer::Nothing(file)) => shown(&file, StatusCode::NOT_FOUND),
        Some(Answer::Folder) => redirect(&format!("{}/", Address::of_file(&address.file))),
        Some(Answer::Asset { path, source }) => asset(edition, path, source.to_string()).await,
        Some(Answer::Faulty { path, .. }) => match last_good.get(reader, &path) {
            Some(file) => shown(&file, StatusCode::OK),
            None => bare(&path, StatusCode::INTERNAL_SERVER_ERROR, "This page cannot be shown."),
        },
        None if edition.pages.preview(reader).is_none() => {
            bare(&address.file, StatusCode::NOT_FOUND, "There is no site to show.")
        }
        None => bare(&address.file, StatusCode::INTERNAL_SERVER_ERROR, "This page does not come to an end."),
    }
}

fn shown(file: &File, status: StatusCode) -> Response<Body> {
    let kind = content_type(&file.path);
    if !file.path.ends_with(".html") {
        return response(status, kind, &policy_of_files(), file.bytes.clone());
    }
    let Dressed { bytes, policy } = dressed(&file.bytes, &file.path, &file.hash);
    response(status, kind, &policy, bytes.into())
}

/// A page for what has none, on which faults can be shown all the same.
fn bare(page: &str, status: StatusCode, words: &str) -> Response<Body> {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{words}</title></head>\n\
         <body><p>{words}</p>\n</body>\n</html>\n"
    );
    let Dressed { bytes, policy } = dressed(html.as_bytes(), page, "");
    response(status, "text/html; charset=utf-8", &policy, bytes.into())
}

async fn asset(edition: &Edition, path: String, source: String) -> Response<Body> {
    let folder = edition.pages.folder.clone();
    let read = move || match folder.copied(&source) {
        Ok(Copied::Bytes(bytes)) => Ok(bytes),
        Ok(Copied::File(mut file)) => {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes)
                .map(|_| bytes)
                .map_err(|error| error.to_string())
        }
        Err(unfit) => Err(unfit.reason),
    };
    match tokio::task::spawn_blocking(read).await {
        Ok(Ok(bytes)) => response(StatusCode::OK, content_type(&path), &policy_of_files(), bytes.into()),
        Ok(Err(_)) | Err(_) => plain(StatusCode::NOT_FOUND, "This file cannot be read."),
    }
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = plain(StatusCode::TEMPORARY_REDIRECT, "It is a folder.");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

/// A few words that no browser takes for anything else.
pub(super) fn plain(status: StatusCode, words: &str) -> Response<Body> {
    response(status, "text/plain; charset=utf-8", &policy_of_files(), format!("{words}\n").into())
}

/// Every answer says that nothing may be kept, guessed, framed or read by another site.
pub(super) fn response(status: StatusCode, kind: &str, policy: &str, bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        // A policy comes from a template, which may hold what no header can.
        let value = HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static("default-src 'none'"));
        headers.insert(name, value);
    };
    set(header::CONTENT_TYPE, kind);
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    response
}

/// What a file is, by its name. What is not known is offered to be kept, never shown.
fn content_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml",
        "txt" | "md" | "yaml" | "yml" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "pdf" => "application/pdf",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        _ => "application/octet-stream",
    }
}
