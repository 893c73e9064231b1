//! The web client, served: files embedded when the program was built, or those of a folder. Owns what a browser
//! is told about them: caching, compression, the content security policy. Promises that only the client's own
//! addresses become its page; everything else is for others to answer. Must not know any operation of the API:
//! the discovery document comes in as text.

mod encoding;
mod files;
mod index;
mod language;
mod policy;
mod routes;

use std::path::PathBuf;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header},
};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use files::{Found, Source};
use index::Index;
use platform_kernel::Rng;
pub use policy::Origins;

/// The discovery document as JSON, as it is now.
type Discovery = Box<dyn Fn() -> String + Send + Sync>;

/// A client that can be served.
pub struct Client {
    source: Source,
    /// The embedded page; that of a folder is read each time.
    index: Option<Index>,
    origins: Origins,
    discovery: Discovery,
    rng: Rng,
}

/// Who should answer a request.
#[derive(Debug)]
pub enum Verdict {
    Answer(Response<Body>),
    /// Not the client's. With `true` it is a person's browser that asks: if nobody knows the address, the
    /// client says so better than a line of JSON.
    Pass(bool),
}

impl Client {
    /// The client inside the program, or in `folder`; `None` when there is none.
    pub fn open(folder: Option<PathBuf>, origins: Origins, discovery: Discovery, rng: Rng) -> Option<Self> {
        let source = match folder {
            Some(folder) => Source::Folder(folder),
            None => Source::embedded()?,
        };
        let index = source.embedded_index().map(Index::parse);
        Some(Self { source, index, origins, discovery, rng })
    }

    pub async fn answer(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Verdict {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return Verdict::Pass(false);
        }
        let path = uri.path();
        let mut response = if let Some(name) = path.strip_prefix("/assets/") {
            match self.source.find(&format!("assets/{name}"), headers).await {
                Some(found) => hashed(found),
                None => missing(),
            }
        } else {
            let navigation = is_navigation(headers);
            if routes::is_page(path) && (navigation || !routes::is_shared(path)) {
                self.page(headers, StatusCode::OK).await
            } else if let Some(name) = routes::file(path)
                && let Some(found) = self.source.find(name, headers).await
            {
                named(found, headers)
            } else {
                return Verdict::Pass(navigation);
            }
        };
        if method == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
        Verdict::Answer(response)
    }

    /// The client's page for an address that nobody knows.
    pub async fn not_found(&self, headers: &HeaderMap) -> Response<Body> {
        self.page(headers, StatusCode::NOT_FOUND).await
    }

    async fn page(&self, headers: &HeaderMap, status: StatusCode) -> Response<Body> {
        let read;
        let index = match &self.index {
            Some(index) => index,
            None => match self.source.read_index().await {
                Ok(text) => {
                    read = Index::parse(&text);
                    &read
                }
                Err(hint) => return text(StatusCode::SERVICE_UNAVAILABLE, &hint),
            },
        };
        let nonce = BASE64.encode(self.rng.bytes::<16>());
        let language = language::choose(headers, &index.languages);
        let body = index.render(&nonce, language, &(self.discovery)());
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let policy = self.origins.policy(&nonce);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        // Every answer has a nonce of its own, so there is nothing to compare.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept, accept-language"));
        for (name, value) in [(header::CONTENT_SECURITY_POLICY, &policy), (header::LINK, &index.link)] {
            if !value.is_empty()
                && let Ok(value) = HeaderValue::from_str(value)
            {
                headers.insert(name, value);
            }
        }
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS));
        guarded(response)
    }
}

/// What pages may ask the browser for.
const PERMISSIONS: &str = "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), \
                           usb=(), serial=(), hid=(), bluetooth=(), midi=(), browsing-topics=()";

/// A browser that goes to an address because a person does.
fn is_navigation(headers: &HeaderMap) -> bool {
    let is = |name: &str, value: &str| {
        headers.get(name).and_then(|found| found.to_str().ok()).map(|found| found.contains(value))
    };
    !headers.contains_key(header::AUTHORIZATION)
        && is("sec-fetch-mode", "navigate").unwrap_or(true)
        && is("accept", "text/html").unwrap_or(false)
}

/// A file whose name changes with its content.
fn hashed(found: Found) -> Response<Body> {
    let mut response = found.response();
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, forever);
    guarded(response)
}

/// A file whose name stays: looked at again each time, sent again when it changed.
fn named(found: Found, headers: &HeaderMap) -> Response<Body> {
    let tag = HeaderValue::from_str(&found.tag);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = known.is_some_and(|known| {
        known
            .split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"))
            .any(|tag| tag == found.tag || tag == "*")
    });
    let mut response = found.response();
    if same {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().remove(header::CONTENT_ENCODING);
    }
    if let Ok(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    guarded(response)
}

fn missing() -> Response<Body> {
    let mut response = text(StatusCode::NOT_FOUND, "no such file");
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn guarded(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

fn text(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(text.to_owned()));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    guarded(response)
}

#[cfg(test)]
mod tests;
