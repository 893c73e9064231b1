//! Answers: headers, ranges, conditions. Whatever the proxy says carries the headers that keep a
//! browser from executing it, refusals included.

use std::ops::Range;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header},
};
use platform_kernel::Timestamp;

use crate::content::Content;

/// Why nothing is served. Short texts: clients show none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    BadRequest,
    /// As above, with the reason.
    Bad(String),
    Unauthorized,
    Forbidden,
    NotFound,
    Method,
    TooLarge,
    Unsatisfiable(u64),
    /// Too much to do at the moment.
    Busy,
    /// The instance's own fault; the log knows more.
    Failed,
}

impl Refusal {
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest | Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unsatisfiable(_) => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub fn response(self) -> Response<Body> {
        let status = self.status();
        let text = match &self {
            Self::Bad(reason) => reason.clone(),
            _ => status.canonical_reason().unwrap_or_default().to_owned(),
        };
        let mut response = plain(status, "text/plain; charset=utf-8", text.into());
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::Unsatisfiable(size) => set(headers, header::CONTENT_RANGE, &format!("bytes */{size}")),
            Self::Busy => set(headers, header::RETRY_AFTER, "5"),
            Self::Method => set(headers, header::ALLOW, "GET, HEAD, OPTIONS"),
            _ => {}
        }
        response
    }
}

/// Logs what went wrong in here and hides it.
pub fn failed(error: impl std::fmt::Display) -> Refusal {
    tracing::error!(%error, "Media could not be served.");
    Refusal::Failed
}

/// What is served.
#[derive(Debug, Clone)]
pub struct Served {
    pub content: Content,
    pub content_type: String,
    /// Without the quotes; changes with the content.
    pub etag: String,
    pub modified: Timestamp,
    /// Name under which it is to be saved.
    pub download: Option<String>,
    pub immutable: bool,
}

/// A small answer without conditions.
pub fn plain(status: StatusCode, content_type: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    guard(response.headers_mut());
    response
}

/// No media is a document: not sniffed, not run, not framed with powers; but shown by any page.
fn guard(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "Accept-Ranges, Content-Length, Content-Range, ETag"),
        (header::VARY, "Accept-Encoding, Range"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// The answer to a preflight.
pub fn preflight() -> Response<Body> {
    let mut response = plain(StatusCode::NO_CONTENT, "text/plain", Body::empty());
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    set(headers, header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS");
    set(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, "Range, If-None-Match, If-Modified-Since, If-Range");
    set(headers, header::ACCESS_CONTROL_MAX_AGE, "86400");
    response
}

/// Serves it the way it was asked for.
pub async fn respond(
    served: Served,
    method: &Method,
    asked: &HeaderMap,
    now: Timestamp,
) -> Result<Response<Body>, Refusal> {
    const YEAR: i64 = 31_536_000;
    let size = served.content.size();
    let mut response = Response::new(Body::empty());
    guard(response.headers_mut());
    let headers = response.headers_mut();
    set(headers, header::CONTENT_TYPE, &served.content_type);
    set(headers, header::ACCEPT_RANGES, "bytes");
    let streams = served.content_type.starts_with("video/") || served.content_type.starts_with("audio/");
    set(
        headers,
        header::CACHE_CONTROL,
        match (streams, served.immutable) {
            (true, _) => "public, max-age=31536000, no-transform, immutable",
            (false, true) => "public, max-age=31536000, immutable",
            (false, false) => "public, max-age=31536000",
        },
    );
    set(headers, header::EXPIRES, &now.plus_seconds(YEAR).http_date());
    set(headers, header::LAST_MODIFIED, &served.modified.http_date());
    set(headers, header::ETAG, &format!("\"{}\"", served.etag));
    if let Some(name) = &served.download {
        set(headers, header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{}\"", encode(name)));
    }
    if unchanged(asked, &served) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let part = match ranges_apply(asked, &served) {
        true => part(asked.get(header::RANGE).and_then(|value| value.to_str().ok()), size),
        false => Part::Whole,
    };
    let range = match part {
        Part::Whole => 0..size,
        Part::Some(range) => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let told = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            set(response.headers_mut(), header::CONTENT_RANGE, &told);
            range
        }
        Part::None => return Err(Refusal::Unsatisfiable(size)),
    };
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    if *method != Method::HEAD {
        *response.body_mut() = served.content.body(range).await?;
    }
    Ok(response)
}

/// Every byte that is not one of encodeURIComponent's own, as `%XX`.
fn encode(name: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'!')
        .remove(b'~')
        .remove(b'*')
        .remove(b'\'')
        .remove(b'(')
        .remove(b')');
    utf8_percent_encode(name, COMPONENT).to_string()
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether the client has it already. A tag outweighs a date.
fn unchanged(asked: &HeaderMap, served: &Served) -> bool {
    if asked.contains_key(header::IF_NONE_MATCH) {
        let tags = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        return tags.flat_map(|tags| tags.split(',')).map(str::trim).any(|tag| {
            let tag = tag.strip_prefix("W/").unwrap_or(tag);
            tag == "*" || tag.trim_matches('"') == served.etag
        });
    }
    let since = text(asked, header::IF_MODIFIED_SINCE).and_then(Timestamp::parse_http_date);
    since.is_some_and(|since| served.modified.seconds() <= since.seconds())
}

/// Whether a range is of what the client knows: always, unless it says what that was.
fn ranges_apply(asked: &HeaderMap, served: &Served) -> bool {
    match text(asked, header::IF_RANGE) {
        None => true,
        Some(tag) if tag.starts_with('"') => tag.trim_matches('"') == served.etag,
        Some(date) => {
            Timestamp::parse_http_date(date).is_some_and(|at| at.seconds() == served.modified.seconds())
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Some(Range<u64>),
    None,
}

/// One range of bytes. Several, or nonsense, are the whole.
pub fn part(asked: Option<&str>, size: u64) -> Part {
    let Some((unit, range)) = asked.and_then(|asked| asked.split_once('=')) else { return Part::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") || range.contains(',') {
        return Part::Whole;
    }
    let Some((first, last)) = range.trim().split_once('-') else { return Part::Whole };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let range = match (first, number(first), last, number(last)) {
        (_, Some(first), "", _) => first..size,
        (_, Some(first), _, Some(last)) if first <= last => first..size.min(last.saturating_add(1)),
        ("", _, _, Some(length)) => size.saturating_sub(length)..size,
        _ => return Part::Whole,
    };
    if range.start < range.end { Part::Some(range) } else { Part::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_rfc_9110() {
        for (asked, expected) in [
            ("bytes=0-0", Part::Some(0..1)),
            ("bytes=0-", Part::Some(0..10)),
            ("Bytes=5-99", Part::Some(5..10)),
            ("bytes=9-9", Part::Some(9..10)),
            ("bytes=-3", Part::Some(7..10)),
            ("bytes=-99", Part::Some(0..10)),
            ("bytes=2-99999999999999999999999", Part::Some(2..10)),
            ("bytes=10-", Part::None),
            ("bytes=99999999999999999999999-", Part::None),
            ("bytes=-0", Part::None),
            ("bytes=5-4", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes 0-1", Part::Whole),
            ("items=0-1", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(part(Some(asked), 10), expected, "{asked}");
        }
        assert_eq!(part(None, 10), Part::Whole);
        assert_eq!(part(Some("bytes=0-"), 0), Part::None);
        assert_eq!(part(Some("bytes=-5"), 0), Part::None);
    }

    fn served() -> Served {
        Served {
            content: Content::Bytes("0123456789".into()),
            content_type: "image/png".into(),
            etag: "tag".into(),
            modified: Timestamp::from_millis(784_111_777_123),
            download: None,
            immutable: false,
        }
    }

    async fn ask(headers: &[(HeaderName, &'static str)]) -> (u16, Option<String>, String) {
        let asked = headers.iter().map(|(n, v)| (n.clone(), HeaderValue::from_static(v))).collect();
        let response = match respond(served(), &Method::GET, &asked, Timestamp::from_millis(0)).await {
            Ok(response) => response,
            Err(refusal) => refusal.response(),
        };
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        let range = response.headers().get("content-range").map(|range| range.to_str().unwrap().to_owned());
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), 100).await.unwrap();
        (status, range, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn conditions_are_looked_at_in_order() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        let before = "Sun, 06 Nov 1994 08:49:36 GMT";
        let whole = (200, None, "0123456789".to_owned());
        let same = (304, None, String::new());
        let some = (206, Some("bytes 2-3/10".to_owned()), "23".to_owned());
        assert_eq!(ask(&[]).await, whole);
        assert_eq!(ask(&[(header::IF_NONE_MATCH, "\"x\", W/\"tag\"")]).await, same);
        assert_eq!(ask(&[(header::IF_NONE_MATCH, "*")]).await, same);
        assert_eq!(ask(&[(header::IF_NONE_MATCH, "\"x\""), (header::IF_MODIFIED_SINCE, date)]).await, whole);
        assert_eq!(ask(&[(header::IF_MODIFIED_SINCE, date)]).await, same);
        assert_eq!(ask(&[(header::IF_MODIFIED_SINCE, before)]).await, whole);
        assert_eq!(ask(&[(header::IF_MODIFIED_SINCE, "yesterday")]).await, whole);
        let range = (header::RANGE, "bytes=2-3");
        assert_eq!(ask(std::slice::from_ref(&range)).await, some);
        assert_eq!(ask(&[range.clone(), (header::IF_RANGE, "\"tag\"")]).await, some);
        assert_eq!(ask(&[range.clone(), (header::IF_RANGE, date)]).await, some);
        assert_eq!(ask(&[range.clone(), (header::IF_RANGE, "W/\"tag\"")]).await, whole);
        assert_eq!(ask(&[range, (header::IF_RANGE, before)]).await, whole);
        let (status, range, _) = ask(&[(header::RANGE, "bytes=10-")]).await;
        assert_eq!((status, range.as_deref()), (416, Some("bytes */10")));
    }

    #[test]
    fn names_survive_as_uri_components() {
        assert_eq!(encode("a b\"é\r\n(1).png"), "a%20b%22%C3%A9%0D%0A(1).png");
    }
}
