//! The recorder behind the `metrics` macros of every crate, and the numbers of the process
//! itself, rendered for Prometheus when somebody asks.

use std::fs;

use metrics::{Unit, describe_gauge, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use platform_kernel::{Clock, Timestamp};

/// Histograms are in milliseconds unless their name ends in `seconds` or `bytes`.
const MILLISECONDS: &[f64] =
    &[0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0, 10_000.0];
const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
const BYTES: &[f64] = &[256.0, 1024.0, 4096.0, 16_384.0, 65_536.0, 262_144.0, 1_048_576.0, 16_777_216.0];

#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
    clock: Clock,
    started: Timestamp,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl Metrics {
    /// Installs the recorder of the process.
    pub fn install(clock: Clock, version: &str) -> anyhow::Result<Self> {
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("seconds".into()), SECONDS)?
            .set_buckets_for_metric(Matcher::Suffix("bytes".into()), BYTES)?
            .set_buckets(MILLISECONDS)?
            .build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder)?;
        describe_gauge!("process_resident_memory_bytes", Unit::Bytes, "Resident memory of the process.");
        describe_gauge!("process_open_fds", "Open file descriptors.");
        describe_gauge!(
            "process_start_time_seconds",
            Unit::Seconds,
            "Start of the process since the Unix epoch."
        );
        describe_gauge!("process_threads", "Threads of the process.");
        let started = clock.now();
        gauge!("process_start_time_seconds").set(started.millis() as f64 / 1000.0);
        gauge!("fluxer_build_info", "version" => version.to_owned()).set(1.0);
        Ok(Self { handle, clock, started })
    }

    /// Seconds since the start.
    pub fn uptime(&self) -> i64 {
        self.clock.now().since(self.started) / 1000
    }

    /// Everything, in the text format.
    pub fn render(&self) -> String {
        process();
        self.handle.render()
    }

    /// Folds what histograms have gathered; without it they grow while nobody asks.
    pub fn upkeep(&self) {
        self.handle.run_upkeep();
    }
}

fn process() {
    // Elsewhere than on Linux these stay absent.
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<f64>().ok()
        };
        if let Some(kib) = field("VmRSS:") {
            gauge!("process_resident_memory_bytes").set(kib * 1024.0);
        }
        if let Some(threads) = field("Threads:") {
            gauge!("process_threads").set(threads);
        }
    }
    if let Ok(open) = fs::read_dir("/proc/self/fd") {
        gauge!("process_open_fds").set(open.count() as f64);
    }
}
