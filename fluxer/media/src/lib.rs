//! The media proxy: pictures in the sizes and formats clients ask for, attachments, media of
//! other servers under signed addresses; and the link previews.
//!
//! Promises: nothing served is executed by a browser; work is bounded in memory, time and number,
//! shared by equal requests and kept on disk up to a bound; other servers are reached only through
//! the fetcher that guards this network.

mod answer;
mod attachments;
mod cache;
mod content;
mod default_avatars;
mod edge;
mod external;
mod flight;
mod images;
mod internal;
mod query;
mod route;
mod spool;
pub mod unfurl;
mod version;

use std::{io, path::PathBuf, sync::Arc, time::Instant};

use axum::{
    body::Body,
    http::{Method, Request, Response, StatusCode, request::Parts},
};
use fluxer_domain::App;

use answer::{Refusal, Served, failed, plain, preflight, respond};
use cache::Cache;
use content::Content;
pub use edge::Edge;
use query::{ImageQuery, MediaQuery};
use route::Route;
use spool::Spool;

/// Whether a path is the picture of people who have none, which static files have at the root.
pub fn is_default_avatar(path: &str) -> bool {
    path.strip_prefix("/avatars/").is_some_and(|file| default_avatars::number(file).is_some())
}

/// How the proxy is run.
#[derive(Debug)]
pub struct Options {
    /// Folder of its own, for the cache and for files that pass through.
    pub folder: PathBuf,
    /// Bytes of the cache on disk; 0 keeps nothing.
    pub cache_bytes: u64,
    /// Answers the operations meant for other servers of the instance.
    pub internal: bool,
    /// Serves the static bucket and nothing else.
    pub static_mode: bool,
    /// Answers only what comes through these.
    pub edge: Option<Edge>,
    /// Said by `/internal/telemetry`.
    pub telemetry: bool,
}

/// The proxy. One per process, shared.
pub struct Media {
    app: Arc<App>,
    options: Options,
    cache: Cache,
    spool: Spool,
    work: version::Work,
    fetches: external::Fetches,
}

impl Media {
    pub fn new(app: Arc<App>, options: Options) -> io::Result<Arc<Self>> {
        let cache = Cache::open(&options.folder.join("made"), options.cache_bytes, app.clock.clone())?;
        let spool = Spool::open(&options.folder.join("passing"))?;
        let (work, fetches) = Default::default();
        Ok(Arc::new(Self { app, options, cache, spool, work, fetches }))
    }

    /// Answers a request whose path is relative to the root of the proxy.
    pub async fn answer(self: &Arc<Self>, request: Request<Body>) -> Response<Body> {
        let started = Instant::now();
        let (parts, body) = request.into_parts();
        let (name, answered) = self.route(&parts, body).await;
        let response = answered.unwrap_or_else(Refusal::response);
        let status = response.status().as_u16().to_string();
        metrics::counter!("media_requests_total", "route" => name, "status" => status).increment(1);
        let took = started.elapsed().as_secs_f64() * 1000.0;
        metrics::histogram!("media_request_duration_ms", "route" => name).record(took);
        response
    }

    async fn route(
        self: &Arc<Self>,
        parts: &Parts,
        body: Body,
    ) -> (&'static str, Result<Response<Body>, Refusal>) {
        let path = parts.uri.path();
        let admitted = self.options.edge.as_ref().is_none_or(|edge| edge.admits(path, &parts.headers));
        if !admitted {
            return ("edge", Err(Refusal::Forbidden));
        }
        if self.options.static_mode && path != "/_health" {
            let served = match parts.method {
                Method::GET | Method::HEAD => self.fixed(path, parts).await,
                _ => Err(Refusal::Method),
            };
            return ("static", self.send(parts, served).await);
        }
        match Route::parse(path) {
            Ok(route) => (route.name(), self.ask(route, parts, body).await),
            Err(refusal) => ("none", Err(refusal)),
        }
    }

    async fn ask(
        self: &Arc<Self>,
        route: Route,
        parts: &Parts,
        body: Body,
    ) -> Result<Response<Body>, Refusal> {
        if matches!(route, Route::Metadata | Route::Thumbnail | Route::Frames) {
            return self.internal(route, parts, body).await;
        }
        match parts.method {
            Method::OPTIONS => return Ok(preflight()),
            Method::GET | Method::HEAD => {}
            _ => return Err(Refusal::Method),
        }
        let query = parts.uri.query();
        let served = match route {
            Route::Health => return Ok(plain(StatusCode::OK, "text/plain; charset=utf-8", "OK".into())),
            Route::Telemetry => return Ok(self.telemetry()),
            Route::DefaultAvatar(number) => {
                self.default_avatar(number, ImageQuery::parse(query)?, parts).await
            }
            Route::Image { prefix, hash, extension } => {
                self.image(&prefix, &hash, &extension, ImageQuery::parse(query)?, parts).await
            }
            Route::Emoji(id) => {
                self.expression(format!("emojis/{id}"), false, ImageQuery::parse(query)?, parts).await
            }
            Route::Sticker(id) => {
                self.expression(format!("stickers/{id}"), true, ImageQuery::parse(query)?, parts).await
            }
            Route::Attachment { channel, id, name } => {
                self.attachment(&channel, &id, name, MediaQuery::parse(query)?, parts).await
            }
            Route::External { signature, path } => {
                self.external(&signature, &path, MediaQuery::parse(query)?, parts).await
            }
            Route::Theme(id) => self.theme(&id).await,
            Route::Metadata | Route::Thumbnail | Route::Frames => Err(Refusal::NotFound),
        };
        self.send(parts, served).await
    }

    async fn send(&self, parts: &Parts, served: Result<Served, Refusal>) -> Result<Response<Body>, Refusal> {
        respond(served?, &parts.method, &parts.headers, self.app.clock.now()).await
    }

    fn telemetry(&self) -> Response<Body> {
        let body = serde_json::json!({
            "telemetry_enabled": self.options.telemetry,
            "service": "fluxer-media",
            "timestamp": self.app.clock.now(),
        });
        plain(StatusCode::OK, "application/json", body.to_string().into())
    }

    /// The object as it is, under the content type it was stored with.
    async fn stored(&self, bucket: &'static str, key: String) -> Result<Served, Refusal> {
        let meta = self.app.blobs.head(bucket, &key).await;
        let meta = match meta {
            Ok(meta) => meta.ok_or(Refusal::NotFound)?,
            Err(platform_blobs::Error::InvalidKey(_)) => return Err(Refusal::NotFound),
            Err(error) => return Err(failed(error)),
        };
        let blobs = self.app.blobs.clone();
        Ok(Served {
            content: Content::Object { blobs, bucket, key, size: meta.size },
            content_type: meta.content_type,
            etag: meta.etag,
            modified: meta.modified,
            download: None,
            immutable: false,
        })
    }

    async fn theme(&self, id: &str) -> Result<Served, Refusal> {
        let stored = self.stored(CDN, format!("themes/{id}.css")).await?;
        Ok(Served { content_type: "text/css; charset=utf-8".into(), immutable: true, ..stored })
    }

    /// Static mode.
    async fn fixed(self: &Arc<Self>, path: &str, parts: &Parts) -> Result<Served, Refusal> {
        let segments = path.trim_start_matches('/').split('/').map(route::decode);
        let key = segments.collect::<Option<Vec<_>>>().ok_or(Refusal::NotFound)?.join("/");
        match (self.stored(STATIC, key).await, Route::parse(path)) {
            // An operator's own come first.
            (Err(Refusal::NotFound), Ok(Route::DefaultAvatar(number))) => {
                self.default_avatar(number, ImageQuery::parse(parts.uri.query())?, parts).await
            }
            (served, _) => served,
        }
    }
}

/// What the proxy serves.
const CDN: &str = fluxer_domain::images::BUCKET;
const UPLOADS: &str = "uploads";
const STATIC: &str = "static";
