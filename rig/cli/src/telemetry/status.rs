//! `/metrics`, `/health` and `/ready` over HTTP, for who watches the rack. Answers GET and HEAD
//! and nothing else; holds no secret, and is bound to the address the configuration names.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode, body::Incoming, header::CONTENT_TYPE, service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::Semaphore};

use super::metrics::Metrics;

/// Connections at once; a monitor needs one.
const CONNECTIONS: usize = 64;
/// How long a request may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the rack is doing, as the two health addresses tell it.
#[derive(Clone, Debug, Default)]
pub struct Status {
    pub rack: String,
    pub scenario: String,
    pub version: String,
    pub hash: String,
    pub gears: Vec<String>,
    /// Takes messages.
    pub is_ready: bool,
    /// Why the last change of the scenario was refused; empty: it was not.
    pub refused: String,
}

pub type Shared = Arc<Mutex<Status>>;

/// Listens, and answers until the process ends. The address it got is returned.
pub async fn serve(address: &str, metrics: Option<Metrics>, status: Shared) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("observability.listen: {address} cannot be listened on"))?;
    let bound = listener.local_addr()?;
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::spawn(async move {
        loop {
            let Ok(slot) = slots.clone().acquire_owned().await else { return };
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let (metrics, status) = (metrics.clone(), status.clone());
            tokio::spawn(async move {
                let answer = service_fn(|request| {
                    let response = answer(&request, metrics.as_ref(), &status);
                    async move { Ok::<_, Infallible>(response) }
                });
                let _ = hyper::server::conn::http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(PATIENCE)
                    .serve_connection(TokioIo::new(stream), answer)
                    .await;
                drop(slot);
            });
        }
    });
    Ok(bound)
}

fn answer(request: &Request<Incoming>, metrics: Option<&Metrics>, status: &Shared) -> Response<Full<Bytes>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return text(StatusCode::METHOD_NOT_ALLOWED, "text/plain", "only GET\n".into());
    }
    match (request.uri().path(), metrics) {
        ("/metrics", Some(metrics)) => {
            text(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", metrics.render())
        }
        ("/health" | "/healthz", _) => object(StatusCode::OK, &told(&status.lock())),
        ("/ready" | "/readyz", _) => {
            let status = status.lock();
            let code = if status.is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
            object(code, &told(&status))
        }
        _ => text(StatusCode::NOT_FOUND, "text/plain", "there are /metrics, /health and /ready\n".into()),
    }
}

fn told(status: &Status) -> Value {
    json!({
        "status": if status.is_ready { "ready" } else { "not ready" },
        "rack": status.rack,
        "scenario": {"name": status.scenario, "version": status.version, "hash": status.hash},
        "gears": status.gears,
        "refused": (!status.refused.is_empty()).then_some(&status.refused),
    })
}

fn object(code: StatusCode, value: &Value) -> Response<Full<Bytes>> {
    text(code, "application/json", format!("{value}\n"))
}

fn text(code: StatusCode, kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = code;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(kind));
    response
}
