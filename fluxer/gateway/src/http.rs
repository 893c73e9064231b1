//! The gateway's HTTP side: the upgrade, on every path that clients and proxies use.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{Gateway, connection::Connection, ws::upgrade};

impl Gateway {
    /// Routes for the socket: `/`, `/gateway` and `/gateway/`.
    pub fn router(self: &Arc<Self>) -> Router {
        Router::new()
            .route("/", get(connect))
            .route("/gateway", get(connect))
            .route("/gateway/", get(connect))
            .with_state(self.clone())
    }

    /// Answers one upgrade request, for a server that routes itself.
    pub fn upgrade(self: &Arc<Self>, mut request: Request) -> Response {
        if self.is_draining() {
            return (StatusCode::SERVICE_UNAVAILABLE, "Shutting down").into_response();
        }
        let version_ok =
            request.uri().query().is_some_and(|query| query.split('&').any(|pair| pair == "v=1"));
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let ip = forwarded(request.headers()).or(peer);
        let (response, upgrading) = match upgrade::accept(&mut request) {
            Ok(accepted) => accepted,
            Err(refusal) => return *refusal,
        };
        let gateway = self.clone();
        tokio::spawn(async move {
            if let Ok(io) = upgrading.await {
                // A task of its own, so that the idle connection is no larger than it must be.
                tokio::spawn(Connection::new(gateway, io, ip, version_ok));
            }
        });
        response
    }
}

async fn connect(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    gateway.upgrade(request)
}

/// The first address of `X-Forwarded-For`, with what proxies add around it taken off.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let first = headers.get("x-forwarded-for")?.to_str().ok()?.split(',').next()?.trim();
    if let Ok(ip) = first.parse() {
        return Some(ip);
    }
    if let Some(inner) = first.strip_prefix('[') {
        return inner.split(']').next()?.parse().ok();
    }
    first.rsplit_once(':')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_addresses_lose_ports_and_brackets() {
        for (value, ip) in [
            ("1.2.3.4", Some("1.2.3.4")),
            (" 1.2.3.4:99 , 5.6.7.8", Some("1.2.3.4")),
            ("[::1]:80", Some("::1")),
            ("::1", Some("::1")),
            ("nonsense", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", value.parse().unwrap());
            assert_eq!(forwarded(&headers), ip.map(|ip| ip.parse().unwrap()), "{value}");
        }
    }
}
