//! Who is at the other end: client address and what its headers say of it.

use std::net::SocketAddr;

use axum::{extract::ConnectInfo, http::Extensions, http::HeaderMap};
use fluxer_wire::text::{length, normalize};

/// What is known of the client before it is authenticated.
#[derive(Debug, Clone)]
pub struct Client {
    pub ip: String,
    pub user_agent: Option<String>,
    pub accept_language: Option<String>,
    /// `X-Fluxer-Platform: desktop`.
    pub is_desktop: bool,
    pub audit_reason: Option<String>,
}

pub fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

impl Client {
    /// The server in front has settled whose address it is.
    pub fn read(headers: &HeaderMap, extensions: &Extensions) -> Self {
        let address = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
        Self {
            ip: address.map_or_else(|| "0.0.0.0".to_owned(), |ip| ip.to_string()),
            user_agent: header(headers, "user-agent").map(|text| text.chars().take(512).collect()),
            accept_language: header(headers, "accept-language").map(str::to_owned),
            is_desktop: header(headers, "x-fluxer-platform") == Some("desktop"),
            audit_reason: audit_reason(headers),
        }
    }
}

/// The header's text if 1–512 characters of it remain; percent-encoding is undone, since
/// headers cannot carry other letters.
fn audit_reason(headers: &HeaderMap) -> Option<String> {
    let raw = headers.get("x-audit-log-reason")?.as_bytes();
    let text = percent_encoding::percent_decode(raw).decode_utf8_lossy();
    let reason = normalize(&text);
    (1..=512).contains(&length(&reason)).then_some(reason)
}
