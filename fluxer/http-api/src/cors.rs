//! Which web pages may read answers: the web app and the marketing site.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use fluxer_domain::App;

/// The request's `Origin`, if it is one of ours.
pub fn allowed_origin(app: &App, headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    let text = origin.to_str().ok()?;
    let endpoints = &app.settings.endpoints;
    let ours = [&endpoints.app, &endpoints.marketing];
    ours.into_iter().any(|url| origin_of(url) == text).then(|| origin.clone())
}

/// Scheme, host and port of a URL.
fn origin_of(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or(url, |end| &url[..host + end])
}

/// The answer to every OPTIONS request.
pub fn preflight() -> Response {
    const ALLOWED_HEADERS: &str = "Content-Type, Authorization, X-Requested-With, Accept-Language, X-Request-ID, \
         X-Audit-Log-Reason, X-Fluxer-Sudo-Mode-JWT, X-Captcha-Token, X-Captcha-Type, X-Fluxer-Platform";
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, HEAD, PUT, PATCH, POST, DELETE, OPTIONS"),
    );
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(ALLOWED_HEADERS));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}
