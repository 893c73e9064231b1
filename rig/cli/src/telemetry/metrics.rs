//! The recorder behind the `metrics` macros of every crate, and the numbers of the process itself,
//! rendered for Prometheus when somebody asks. Prometheus knows no dots: there `flux.gear.errors`
//! is `flux_gear_errors`; the names as they were given are kept beside.

use std::{collections::BTreeMap, fs, sync::Arc};

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use parking_lot::Mutex;

const MILLISECONDS: &[f64] = &[
    0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0,
    5000.0, 10_000.0, 30_000.0,
];
const COUNTS: &[f64] = &[1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 50.0, 100.0];

type Names = Arc<Mutex<BTreeMap<String, String>>>;

#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
    names: Names,
}

impl Metrics {
    /// Installs the recorder of the process.
    pub fn install() -> anyhow::Result<Self> {
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("fields_count".into()), COUNTS)?
            .set_buckets(MILLISECONDS)?
            .build_recorder();
        let (handle, names) = (recorder.handle(), Names::default());
        metrics::set_global_recorder(Naming { recorder, names: names.clone() })?;
        gauge!("flux.build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        Ok(Self { handle, names })
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
    /// The name of a metric or a label as it was given, for one as Prometheus has it.
    pub fn given(&self, name: &str) -> String {
        self.names.lock().get(name).cloned().unwrap_or_else(|| name.to_owned())
    }
}

/// Keeps the names on their way to the recorder. Handles are made once for each series, or nearly:
/// nothing here is on a hot path.
struct Naming {
    recorder: PrometheusRecorder,
    names: Names,
}

impl Naming {
    fn keep(&self, key: &Key) {
        let dotted = |name: &str| name.contains('.');
        let labels = || key.labels().map(metrics::Label::key);
        if !dotted(key.name()) && !labels().any(dotted) {
            return;
        }
        let mut names = self.names.lock();
        for name in std::iter::once(key.name()).chain(labels()).filter(|name| dotted(name)) {
            names.entry(name.replace('.', "_")).or_insert_with(|| name.to_owned());
        }
    }
}

impl Recorder for Naming {
    fn describe_counter(&self, key: KeyName, unit: Option<Unit>, text: SharedString) {
        self.recorder.describe_counter(key, unit, text);
    }
    fn describe_gauge(&self, key: KeyName, unit: Option<Unit>, text: SharedString) {
        self.recorder.describe_gauge(key, unit, text);
    }
    fn describe_histogram(&self, key: KeyName, unit: Option<Unit>, text: SharedString) {
        self.recorder.describe_histogram(key, unit, text);
    }
    fn register_counter(&self, key: &Key, metadata: &Metadata<'_>) -> Counter {
        self.keep(key);
        self.recorder.register_counter(key, metadata)
    }
    fn register_gauge(&self, key: &Key, metadata: &Metadata<'_>) -> Gauge {
        self.keep(key);
        self.recorder.register_gauge(key, metadata)
    }
    fn register_histogram(&self, key: &Key, metadata: &Metadata<'_>) -> Histogram {
        self.keep(key);
        self.recorder.register_histogram(key, metadata)
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
