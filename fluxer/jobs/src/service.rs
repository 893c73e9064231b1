//! The queue over HTTP, for workers in other processes: enqueue, lease, acknowledge, and look.
//! A thin skin over [`Queue`]; failures are plain text, as this protocol has it.

use std::{fmt::Write, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, Query, Request, State, rejection::JsonRejection},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use platform_kernel::Timestamp;
use platform_queue::{Calendar, Job, JobInfo, Queue};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

const MAX_BODY: usize = 1024 * 1024;
const MAX_ATTEMPTS: u32 = 3;
const LONGEST_WAIT_MS: u64 = 20_000;
const POLL: Duration = Duration::from_millis(100);

struct Service {
    queue: Queue,
    secret: String,
    visibility_ms: i64,
}

type Answer = Result<Response, Failure>;
type Shared = State<Arc<Service>>;

struct Failure(StatusCode, String);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.0, format!("Error: {}", self.1)).into_response()
    }
}

impl From<platform_queue::Error> for Failure {
    fn from(error: platform_queue::Error) -> Self {
        let status = match error {
            platform_queue::Error::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self(status, error.to_string())
    }
}

fn wrong(reason: impl Into<String>) -> Failure {
    Failure(StatusCode::BAD_REQUEST, reason.into())
}
fn missing(what: &str) -> Failure {
    Failure(StatusCode::NOT_FOUND, format!("{what} not found"))
}

/// The routes, below whatever they are mounted at. An empty secret asks for none; leases last
/// `visibility_ms` unless asked otherwise.
pub fn router(queue: Queue, secret: String, visibility_ms: u32) -> Router {
    let service = Arc::new(Service { queue, secret, visibility_ms: i64::from(visibility_ms.max(1_000)) });
    Router::new()
        .route("/enqueue", post(enqueue))
        .route("/dequeue", get(dequeue))
        .route("/ack", post(ack))
        .route("/nack", post(nack))
        .route("/visibility", post(visibility))
        .route("/cron", post(cron))
        .route("/retry/{job_id}", post(retry))
        .route("/job/{job_id}", delete(cancel))
        .route("/stats", get(stats))
        .route("/metrics", get(measures))
        .layer(middleware::from_fn_with_state(service.clone(), admit))
        // asked by health checks, which know no secret
        .route("/_health", get(|| async { Json(json!({"status": "ok"})) }))
        .fallback(|| async { missing("route") })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(service)
}

async fn admit(State(service): Shared, request: Request, next: Next) -> Answer {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    if service.secret.is_empty() || bool::from(given.as_bytes().ct_eq(service.secret.as_bytes())) {
        return Ok(next.run(request).await);
    }
    Err(Failure(StatusCode::UNAUTHORIZED, "the secret is missing or wrong".into()))
}

fn body<T: DeserializeOwned>(sent: Result<Json<T>, JsonRejection>) -> Result<T, Failure> {
    match sent {
        Ok(Json(body)) => Ok(body),
        Err(error) => Err(wrong(error.body_text())),
    }
}

fn null() -> Response {
    Json(Value::Null).into_response()
}

#[derive(Deserialize)]
struct Enqueue {
    task_type: String,
    payload: Value,
    #[serde(default)]
    priority: u32,
    run_at: Option<Timestamp>,
    max_attempts: Option<u32>,
    deduplication_id: Option<String>,
}

fn name(what: &str, text: &str) -> Result<(), Failure> {
    match text.chars().count() {
        1..=256 => Ok(()),
        _ => Err(wrong(format!("{what} has 1 to 256 characters"))),
    }
}

async fn enqueue(State(service): Shared, sent: Result<Json<Enqueue>, JsonRejection>) -> Answer {
    let sent = body(sent)?;
    name("task_type", &sent.task_type)?;
    let max_attempts = sent.max_attempts.unwrap_or(MAX_ATTEMPTS);
    if sent.priority > 100 {
        return Err(wrong("priority is 0 to 100"));
    }
    if !(1..=100).contains(&max_attempts) {
        return Err(wrong("max_attempts is 1 to 100"));
    }
    let priority = u8::try_from(sent.priority).unwrap_or(100);
    let mut job = Job::new(sent.task_type, &sent.payload).priority(priority).max_attempts(max_attempts);
    if let Some(at) = sent.run_at {
        job = job.at(at);
    }
    let (id, enqueued) = match sent.deduplication_id {
        Some(unique) => {
            name("deduplication_id", &unique)?;
            let pushed = service.queue.push_unique(job, &unique).await?;
            (pushed.id, pushed.enqueued)
        }
        None => (service.queue.push_named(job).await?, true),
    };
    Ok(Json(json!({"job_id": id, "enqueued": enqueued})).into_response())
}

#[derive(Deserialize)]
struct Dequeue {
    #[serde(default)]
    task_types: String,
    limit: Option<usize>,
    wait_time_ms: Option<u64>,
    visibility_timeout_ms: Option<i64>,
}

async fn dequeue(State(service): Shared, Query(asked): Query<Dequeue>) -> Answer {
    let kinds: Vec<&str> =
        asked.task_types.split(',').map(str::trim).filter(|kind| !kind.is_empty()).collect();
    let limit = asked.limit.unwrap_or(1);
    let wait = asked.wait_time_ms.unwrap_or(0);
    let visibility = asked.visibility_timeout_ms.unwrap_or(service.visibility_ms);
    if kinds.is_empty() {
        return Err(wrong("task_types names at least one"));
    }
    if !(1..=100).contains(&limit) || wait > 30_000 || !(1_000..=43_200_000).contains(&visibility) {
        return Err(wrong(
            "limit is 1 to 100, wait_time_ms 0 to 30000, visibility_timeout_ms 1000 to 43200000",
        ));
    }
    let deadline = tokio::time::Instant::now() + Duration::from_millis(wait.min(LONGEST_WAIT_MS));
    let leased = loop {
        let leased = service.queue.lease(&kinds, limit, visibility).await?;
        if !leased.is_empty() || tokio::time::Instant::now() >= deadline {
            break leased;
        }
        tokio::time::sleep(POLL).await;
    };
    let entry = |leased: &platform_queue::Leased| {
        json!({
            "receipt": leased.receipt,
            "visibility_deadline": leased.deadline,
            "job": job(&leased.job),
        })
    };
    Ok(Json(leased.iter().map(entry).collect::<Vec<_>>()).into_response())
}

fn job(job: &JobInfo) -> Value {
    let payload: Value = serde_json::from_str(&job.payload).unwrap_or_default();
    json!({
        "id": job.id,
        "task_type": job.kind,
        "payload": payload,
        "priority": job.priority,
        "run_at": job.due_at,
        "created_at": job.created_at,
        "attempts": job.attempts,
        "max_attempts": job.max_attempts,
        "error": job.last_error,
        "deduplication_id": job.id.strip_prefix("u:"),
    })
}

#[derive(Deserialize)]
struct Receipt {
    receipt: String,
    error: Option<String>,
    timeout_ms: Option<i64>,
}

async fn ack(State(service): Shared, sent: Result<Json<Receipt>, JsonRejection>) -> Answer {
    match service.queue.ack(&body(sent)?.receipt).await? {
        true => Ok(null()),
        false => Err(missing("receipt")),
    }
}

async fn nack(State(service): Shared, sent: Result<Json<Receipt>, JsonRejection>) -> Answer {
    let sent = body(sent)?;
    let reason = sent.error.as_deref().unwrap_or("the worker gave no reason");
    match service.queue.nack(&sent.receipt, reason).await? {
        true => Ok(null()),
        false => Err(missing("receipt")),
    }
}

async fn visibility(State(service): Shared, sent: Result<Json<Receipt>, JsonRejection>) -> Answer {
    let sent = body(sent)?;
    let Some(timeout) = sent.timeout_ms.filter(|ms| (1_000..=43_200_000).contains(ms)) else {
        return Err(wrong("timeout_ms is 1000 to 43200000"));
    };
    match service.queue.prolong(&sent.receipt, timeout).await? {
        true => Ok(null()),
        false => Err(missing("receipt")),
    }
}

const fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct Cron {
    id: String,
    task_type: String,
    #[serde(default)]
    payload: Value,
    cron_expression: String,
    #[serde(default = "yes")]
    enabled: bool,
}

async fn cron(State(service): Shared, sent: Result<Json<Cron>, JsonRejection>) -> Answer {
    let sent = body(sent)?;
    name("id", &sent.id)?;
    name("task_type", &sent.task_type)?;
    let calendar = Calendar {
        name: sent.id,
        kind: sent.task_type,
        payload: sent.payload.to_string(),
        expression: sent.cron_expression,
        enabled: sent.enabled,
    };
    service.queue.schedule(calendar).await?;
    Ok(null())
}

async fn retry(State(service): Shared, Path(id): Path<String>) -> Answer {
    let Some(letter) = service.queue.find_dead(&id).await? else { return Err(missing("job")) };
    match service.queue.replay(&letter.kind.clone(), &letter).await? {
        true => Ok(null()),
        false => Err(missing("job")),
    }
}

async fn cancel(State(service): Shared, Path(id): Path<String>) -> Answer {
    match service.queue.cancel_waiting(&id).await? {
        true => Ok(null()),
        false => Err(missing("job")),
    }
}

async fn stats(State(service): Shared) -> Answer {
    let (mut ready, mut processing, mut scheduled, mut dead) = (0, 0, 0, 0);
    for depth in service.queue.depths().await?.values() {
        ready += depth.ready;
        processing += depth.running;
        scheduled += depth.scheduled;
        dead += depth.dead;
    }
    let queue =
        json!({"ready": ready, "processing": processing, "scheduled": scheduled, "dead_letter": dead});
    Ok(Json(json!({"queue": queue, "crons": service.queue.calendars().await?})).into_response())
}

async fn measures(State(service): Shared) -> Answer {
    let mut text = String::new();
    for (kind, depth) in service.queue.depths().await? {
        let kind: String = kind.chars().filter(|c| !matches!(c, '"' | '\\' | '\n')).collect();
        for (state, count) in [
            ("ready", depth.ready),
            ("processing", depth.running),
            ("scheduled", depth.scheduled),
            ("dead_letter", depth.dead),
        ] {
            // writing to a String cannot fail
            let _ = writeln!(text, "fluxer_queue_jobs{{task_type=\"{kind}\",state=\"{state}\"}} {count}");
        }
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}
