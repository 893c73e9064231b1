//! The front door: the table of paths of a monolith. Gives every request its client's
//! address, opens the way to the API, the gateway, the web client, health and metrics, and
//! logs what was answered. Knows no operation.

mod page;

use std::{net::SocketAddr, sync::Arc, time::Instant};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri, header, uri::PathAndQuery},
};
use fluxer_gateway::Gateway;
use fluxer_media::Media;
use fluxer_web::{Client, Verdict};
use subtle::ConstantTimeEq;
use tower::ServiceExt;
use tracing::Instrument;

use crate::{
    edge::Trust,
    health::Health,
    listener::Answer,
    objects,
    telemetry::{metrics::Metrics, traces},
};
pub use page::Page;

/// Everything behind the listener.
pub struct Front {
    pub trust: Trust,
    pub api: Router,
    pub gateway: Option<Arc<Gateway>>,
    /// The queue's own service, for this machine only.
    pub queue: Router,
    pub media: Option<Arc<Media>>,
    /// The media proxy has the root for itself.
    pub media_at_root: bool,
    /// Serves the objects under [`objects::PREFIX`], where they are on this machine.
    pub objects: Option<platform_s3::Service>,
    pub health: Health,
    pub metrics: Option<Metrics>,
    /// Lets scrapers on other machines read the metrics; empty: nobody.
    pub metrics_token: String,
    /// The web client, where this process has one.
    pub client: Option<Client>,
    /// Shown instead of the client.
    pub page: Page,
    /// Spans leave the process: join the caller's trace.
    pub traced: bool,
    /// Paths that make no spans.
    pub untraced: Vec<String>,
}

impl Answer for Front {
    async fn answer(self: Arc<Self>, mut request: Request<Body>, peer: SocketAddr) -> Response<Body> {
        let forwarded = request.headers().contains_key("x-forwarded-for");
        let client = self.trust.client(peer.ip(), request.headers_mut());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(client, peer.port())));
        let local = peer.ip().to_canonical().is_loopback() && !forwarded;
        let path = request.uri().path();
        let started = Instant::now();
        let log = (!path.starts_with("/_") && tracing::enabled!(tracing::Level::DEBUG))
            .then(|| (request.method().clone(), loggable(path)));
        let response = if self.traced && !self.untraced.iter().any(|other| other == path) {
            let span = tracing::info_span!("http");
            traces::accept(&span, request.headers());
            let mut response = self.route(request, local).instrument(span.clone()).await;
            traces::announce(&span, response.headers_mut());
            response
        } else {
            self.route(request, local).await
        };
        if let Some((method, path)) = log {
            let request_id = response.headers().get("x-request-id").and_then(|id| id.to_str().ok());
            tracing::debug!(
                %method,
                path,
                status = response.status().as_u16(),
                duration_ms = started.elapsed().as_secs_f64() * 1000.0,
                request_id,
                "Request completed"
            );
        }
        response
    }
}

impl Front {
    async fn route(&self, mut request: Request<Body>, local: bool) -> Response<Body> {
        let path = request.uri().path();
        let alone = self.media_at_root && !matches!(path, "/metrics" | "/_ready" | "/_live");
        if let Some(media) = self.media.as_ref().filter(|_| alone) {
            return media.answer(request).await;
        }
        match path {
            "/gateway" | "/gateway/" => return self.gateway(request),
            "/" if upgrades(request.headers()) => return self.gateway(request),
            "/" if self.client.is_none() && matches!(*request.method(), Method::GET | Method::HEAD) => {
                return self.page.answer();
            }
            "/metrics" => return self.metrics(&request, local),
            "/_health" => return self.health.report().await,
            "/_ready" => return self.health.ready().await,
            "/_live" => return self.health.live(),
            _ => {}
        }
        if path == "/queue" || path.starts_with("/queue/") {
            if !local {
                return text(StatusCode::FORBIDDEN, "the queue is for this machine");
            }
            *request.uri_mut() = below(request.uri(), "/queue".len());
            return infallible(self.queue.clone().oneshot(request).await);
        }
        // For those who name this host as the one of static files.
        if let Some(media) = self.media.as_ref().filter(|_| fluxer_media::is_default_avatar(path)) {
            return media.answer(request).await;
        }
        if let Some(media) = self.media.as_ref().filter(|_| path.starts_with("/media/")) {
            *request.uri_mut() = below(request.uri(), "/media".len());
            return media.answer(request).await;
        }
        if let Some(service) = &self.objects
            && (path == objects::PREFIX
                || path.strip_prefix(objects::PREFIX).is_some_and(|p| p.starts_with('/')))
        {
            return service.answer(request.map(platform_s3::Body::http_body_unsync)).await.map(Body::new);
        }
        if path == "/api" || path.starts_with("/api/") {
            *request.uri_mut() = below(request.uri(), "/api".len());
            return infallible(self.api.clone().oneshot(request).await);
        }
        match &self.client {
            Some(client) => self.client_or_api(client, request).await,
            None => infallible(self.api.clone().oneshot(request).await),
        }
    }

    /// The API also answers at the root, beside the client's pages and files.
    async fn client_or_api(&self, client: &Client, request: Request<Body>) -> Response<Body> {
        let person = match client.answer(request.method(), request.uri(), request.headers()).await {
            Verdict::Answer(response) => return response,
            Verdict::Pass(person) => person,
        };
        let headers = person.then(|| request.headers().clone());
        let answer = infallible(self.api.clone().oneshot(request).await);
        match headers {
            Some(headers) if answer.status() == StatusCode::NOT_FOUND => client.not_found(&headers).await,
            _ => answer,
        }
    }

    fn gateway(&self, request: Request<Body>) -> Response<Body> {
        match &self.gateway {
            Some(gateway) => gateway.upgrade(request),
            None => text(StatusCode::NOT_FOUND, "no gateway runs here"),
        }
    }

    fn metrics(&self, request: &Request<Body>, local: bool) -> Response<Body> {
        let Some(metrics) = &self.metrics else {
            return text(StatusCode::NOT_FOUND, "metrics are switched off");
        };
        let bearer = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let known = bearer.and_then(|value| value.strip_prefix("Bearer ")).is_some_and(|token| {
            !self.metrics_token.is_empty() && token.as_bytes().ct_eq(self.metrics_token.as_bytes()).into()
        });
        if !local && !known {
            let hint = "metrics are for this machine; set native.metrics.token to read them from another";
            return text(StatusCode::FORBIDDEN, hint);
        }
        let mut response = Response::new(Body::from(metrics.render()));
        let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

fn infallible(answer: Result<Response<Body>, std::convert::Infallible>) -> Response<Body> {
    match answer {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

fn upgrades(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE).and_then(|value| value.to_str().ok());
    upgrade.is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// The address without its first `length` bytes of path.
fn below(uri: &Uri, length: usize) -> Uri {
    let rest = uri.path_and_query().map_or("", |path| &path.as_str()[length..]);
    let rest = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
    // A suffix of a valid path that starts with a slash is one.
    PathAndQuery::try_from(rest).map_or_else(|_| Uri::from_static("/"), Uri::from)
}

/// The path as logs may hold it: without the tokens that webhook paths carry.
fn loggable(path: &str) -> String {
    let mut segments: Vec<&str> = path.split('/').collect();
    if let Some(webhooks) =
        segments.iter().position(|segment| matches!(*segment, "webhooks" | "interactions"))
        && let Some(token) = segments.get_mut(webhooks + 2)
    {
        *token = "***";
    }
    segments.join("/")
}

pub(crate) fn text(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_api_prefix_is_taken_off() {
        for (from, to) in [
            ("/api", "/"),
            ("/api/", "/"),
            ("/api/v1/users/@me", "/v1/users/@me"),
            ("/api?x=1", "/?x=1"),
            ("/api/a%2Fb?limit=1&q=ü", "/a%2Fb?limit=1&q=ü"),
        ] {
            assert_eq!(below(&from.parse().unwrap(), 4).to_string(), to);
        }
    }

    #[test]
    fn logs_hold_no_webhook_token() {
        assert_eq!(loggable("/api/v1/webhooks/1/secret/slack"), "/api/v1/webhooks/1/***/slack");
        assert_eq!(loggable("/webhooks/1"), "/webhooks/1");
        assert_eq!(loggable("/channels/1/messages"), "/channels/1/messages");
    }
}
