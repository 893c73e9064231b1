//! Health of the process as orchestrators and people ask for it: alive, ready, and a report
//! by service. A probe that is slow makes its service degraded.

use std::time::{Duration, Instant};

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use fluxer_domain::rows::UserRow;
use fluxer_wire::UserId;
use platform_blobs::Blobs;
use platform_kernel::{Clock, Shutdown};
use platform_queue::Queue;
use platform_store::Store;
use serde_json::{Map, Value, json};

use crate::{build_info::Build, telemetry::metrics::Metrics};

/// Slower than this is degraded, slower than [`GIVE_UP`] unhealthy.
const SLOW: Duration = Duration::from_secs(1);
const GIVE_UP: Duration = Duration::from_secs(4);

#[derive(Debug)]
pub struct Health {
    pub store: Store,
    pub blobs: Blobs,
    pub queue: Queue,
    pub clock: Clock,
    pub build: Build,
    pub metrics: Option<Metrics>,
    pub shutdown: Shutdown,
    /// Which roles run here.
    pub api: bool,
    pub gateway: bool,
    pub media: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Disabled,
    Healthy,
    Degraded,
    Unhealthy,
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::Unhealthy => "unhealthy",
        }
    }
}

struct Probe {
    status: Status,
    latency: Duration,
    message: Option<String>,
}

impl Probe {
    async fn run<T>(probe: impl Future<Output = Result<T, String>>) -> Self {
        let started = Instant::now();
        let outcome = tokio::time::timeout(GIVE_UP, probe).await;
        let latency = started.elapsed();
        let (status, message) = match outcome {
            Err(_) => (Status::Unhealthy, Some("no answer in time".to_owned())),
            Ok(Err(message)) => (Status::Unhealthy, Some(message)),
            Ok(Ok(_)) if latency > SLOW => (Status::Degraded, Some("slow".to_owned())),
            Ok(Ok(_)) => (Status::Healthy, None),
        };
        Self { status, latency, message }
    }
    fn json(&self) -> Value {
        let mut value = json!({"status": self.status.word(), "latencyMs": self.latency.as_millis() as u64});
        if let Some(message) = &self.message {
            value["message"] = message.as_str().into();
        }
        value
    }
}

fn answer(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl Health {
    async fn database(&self) -> Probe {
        let read = self.store.get::<UserRow>((UserId::new(0),));
        Probe::run(async { read.await.map_err(|error| error.to_string()) }).await
    }
    async fn objects(&self) -> Probe {
        let head = self.blobs.head("cdn", "health-probe");
        Probe::run(async { head.await.map_err(|error| error.to_string()) }).await
    }

    /// The NATS server, if jobs are kept by one. While it is away jobs are taken, and wait.
    async fn jetstream(&self) -> Option<Probe> {
        if !self.queue.is_remote() {
            return None;
        }
        let mut probe =
            Probe::run(async { self.queue.probe().await.map_err(|error| error.to_string()) }).await;
        probe.status = probe.status.min(Status::Degraded);
        Some(probe)
    }

    /// Everything, by service; 503 when something is unhealthy.
    pub async fn report(&self) -> Response<Body> {
        let (database, objects, jetstream) = tokio::join!(self.database(), self.objects(), self.jetstream());
        let worst = database.status.max(objects.status);
        let worst = jetstream.as_ref().map_or(worst, |probe| worst.max(probe.status));
        let plain = |running: bool| json!({"status": if running { Status::Healthy } else { Status::Disabled }.word()});
        let services: Map<String, Value> = [
            ("database", database.json()),
            ("kv", plain(true)),
            ("s3", objects.json()),
            ("jetstream", jetstream.map_or_else(|| plain(false), |probe| probe.json())),
            ("mediaProxy", plain(self.media)),
            ("admin", plain(false)),
            ("api", plain(self.api)),
            ("gateway", plain(self.gateway)),
            ("app", plain(false)),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        let body = json!({
            "status": worst.word(),
            "timestamp": self.clock.now(),
            "uptime": self.metrics.as_ref().map_or(0, Metrics::uptime),
            "version": self.build.number,
            "services": services,
        });
        let status =
            if worst == Status::Unhealthy { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
        answer(status, &body)
    }

    /// Whether requests should be sent here: not while shutting down or without a database.
    pub async fn ready(&self) -> Response<Body> {
        let (database, objects) = tokio::join!(self.database(), self.objects());
        let check = |probe: &Probe| {
            let mut check = json!({"ready": probe.status != Status::Unhealthy});
            if let Some(message) = &probe.message {
                check["message"] = message.as_str().into();
            }
            check
        };
        let ready = !self.shutdown.is_requested()
            && database.status != Status::Unhealthy
            && objects.status != Status::Unhealthy;
        let body = json!({
            "ready": ready,
            "timestamp": self.clock.now(),
            "checks": {"database": check(&database), "kv": {"ready": true}, "s3": check(&objects)},
        });
        answer(if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, &body)
    }

    /// That the process answers at all.
    pub fn live(&self) -> Response<Body> {
        answer(StatusCode::OK, &json!({"alive": true, "timestamp": self.clock.now()}))
    }
}
