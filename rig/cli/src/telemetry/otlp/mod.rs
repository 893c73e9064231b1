//! Export by OTLP over HTTP, as JSON: one span for each hop, and the metrics.
//!
//! Nothing waits for the collector: what does not fit into the queue is left out and counted, and
//! a collector that is away costs a warning. Spans carry ids and names, never values.

mod numbers;
mod spans;

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, Uri, header};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use platform_kernel::Clock;
use rig_rack::{Hop, Hops};
use serde_json::{Value, json};
use tokio::{net::TcpStream, sync::mpsc, task::JoinHandle};

use super::metrics::Metrics;
use crate::{config::Config, console::Usage};

/// Hops that may wait for their export.
const QUEUE: usize = 16_384;
/// How long the end of the process waits for the collector.
const FLUSH: Duration = Duration::from_secs(2);
/// Between two warnings of a collector that is away.
const SILENCE: Duration = Duration::from_secs(60);

/// Where to, and what the resource is called.
#[derive(Clone)]
struct Target {
    base: Uri,
    headers: Vec<(String, String)>,
    timeout: Duration,
    resource: Value,
}

/// The running export.
pub struct Otlp {
    hops: mpsc::Sender<Hop>,
    ratio: f64,
    stop: mpsc::Sender<()>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Otlp {
    /// None where the configuration names no collector. Needs the runtime.
    pub fn open(config: &Config, rack: &str, metrics: Metrics) -> anyhow::Result<Option<Arc<Self>>> {
        let Some(endpoint) = config.named("observability.otlp.endpoint") else { return Ok(None) };
        let base: Uri = endpoint.parse().map_err(|_| wrong(endpoint))?;
        if base.scheme_str() != Some("http") || base.host().is_none() {
            return Err(wrong(endpoint));
        }
        let headers = config.text("observability.otlp.headers");
        let headers = headers.split(',').filter_map(|header| header.split_once('='));
        let target = Target {
            base,
            headers: headers.map(|(name, value)| (name.trim().into(), value.trim().into())).collect(),
            timeout: config.duration("observability.otlp.timeout"),
            resource: json!({"attributes": [
                attribute("service.name", config.text("telemetry.service_name")),
                attribute("service.version", env!("CARGO_PKG_VERSION")),
                attribute("service.instance.id", rack),
            ]}),
        };
        let (hops, queue) = mpsc::channel(QUEUE);
        let (stop, stopped) = mpsc::channel(1);
        let batch = config.number("telemetry.max_batch_size").max(1);
        let interval = config.duration("telemetry.batch_interval").max(Duration::from_millis(10));
        let task = tokio::spawn(export(target, metrics, queue, stopped, batch, interval));
        let ratio = config.fraction("observability.sampling_ratio");
        Ok(Some(Arc::new(Self { hops, ratio, stop, task: Mutex::new(Some(task)) })))
    }
    /// Sends what waits; takes two seconds at most.
    pub async fn flush(&self) {
        let task = self.task.lock().take();
        let _ = self.stop.try_send(());
        if let Some(task) = task {
            let _ = tokio::time::timeout(FLUSH, task).await;
        }
    }
}

fn wrong(endpoint: &str) -> anyhow::Error {
    Usage::error(format!(
        "observability.otlp.endpoint: `{endpoint}` is no http:// address (a collector on this machine forwards with TLS)"
    ))
}

impl Hops for Otlp {
    fn wants(&self, trace: &[u8; 16]) -> bool {
        // The last bytes are random, and the same for all hops of a trace.
        let mut tail = [0; 8];
        tail.copy_from_slice(&trace[8..]);
        self.ratio >= 1.0 || (u64::from_be_bytes(tail) << 2 >> 2) as f64 / ((1_u64 << 62) as f64) < self.ratio
    }
    fn hop(&self, hop: Hop) {
        if self.hops.try_send(hop).is_err() {
            metrics::counter!("flux.otlp.left_out").increment(1);
        }
    }
}

/// Gathers and sends until told to stop; then sends what is left.
async fn export(
    target: Target,
    metrics: Metrics,
    mut queue: mpsc::Receiver<Hop>,
    mut stop: mpsc::Receiver<()>,
    batch: usize,
    interval: Duration,
) {
    let begun = Clock::system().now().millis();
    let mut warned: Option<Instant> = None;
    let mut waiting = Vec::with_capacity(batch);
    let mut tick = tokio::time::interval(interval);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut last = false;
    while !last {
        let mut is_due = false;
        tokio::select! {
            _ = stop.recv() => last = true,
            _ = tick.tick() => is_due = true,
            _ = queue.recv_many(&mut waiting, batch) => {}
        }
        if last {
            while let Ok(hop) = queue.try_recv() {
                waiting.push(hop);
            }
        }
        let mut outcome = Ok(());
        if waiting.len() >= batch || ((is_due || last) && !waiting.is_empty()) {
            outcome = target.post("/v1/traces", &spans::request(&target.resource, &waiting)).await;
            waiting.clear();
        }
        if is_due || last {
            let now = Clock::system().now().millis();
            let numbers = numbers::request(&target.resource, &metrics, begun, now);
            outcome = outcome.and(target.post("/v1/metrics", &numbers).await);
        }
        if let Err(error) = outcome
            && warned.is_none_or(|at| at.elapsed() >= SILENCE)
        {
            tracing::warn!("the collector does not take what there is to export: {error:#}");
            warned = Some(Instant::now());
        }
    }
}

impl Target {
    async fn post(&self, path: &str, body: &Value) -> anyhow::Result<()> {
        tokio::time::timeout(self.timeout, self.sent(path, body)).await.context("it took too long")?
    }

    async fn sent(&self, path: &str, body: &Value) -> anyhow::Result<()> {
        let (host, port) = (self.base.host().unwrap_or_default(), self.base.port_u16().unwrap_or(4318));
        let stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let whole = format!("{}{path}", self.base.path().trim_end_matches('/'));
        let mut request = Request::post(whole)
            .header(header::HOST, format!("{host}:{port}"))
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let response = sender.send_request(request.body(Full::new(Bytes::from(body.to_string())))?).await?;
        let status = response.status();
        // Read to its end, within reason, so that the connection closes in order.
        let _ = Limited::new(response.into_body(), 64 * 1024).collect().await;
        if !status.is_success() {
            bail!("it answers {status}");
        }
        Ok(())
    }
}

fn attribute(key: &str, value: &str) -> Value {
    json!({"key": key, "value": {"stringValue": value}})
}

fn attributes(labels: &BTreeMap<String, String>) -> Vec<Value> {
    labels.iter().map(|(key, value)| attribute(key, value)).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn otlp(ratio: f64) -> Otlp {
        let (hops, _) = mpsc::channel(1);
        let (stop, _) = mpsc::channel(1);
        Otlp { hops, ratio, stop, task: Mutex::new(None) }
    }

    #[test]
    fn a_share_of_the_traces_is_wanted() {
        let rng = platform_kernel::Rng::seeded(7);
        let traces: Vec<[u8; 16]> = (0..1000).map(|_| rng.bytes()).collect();
        let count = |ratio| {
            let otlp = otlp(ratio);
            traces.iter().filter(|trace| otlp.wants(trace)).count()
        };
        assert_eq!((count(1.0), count(0.0)), (1000, 0));
        assert!((200..300).contains(&count(0.25)), "{}", count(0.25));
    }
}
