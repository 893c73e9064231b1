//! Metrics and log lines of the test process, to be looked at.

use std::{
    collections::BTreeMap,
    io::Write,
    sync::{
        Arc, Mutex, Once,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};

type Id = (String, Vec<(String, String)>);

static VALUES: Mutex<BTreeMap<Id, Arc<AtomicU64>>> = Mutex::new(BTreeMap::new());
static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Begins to gather, once.
pub fn observe() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        metrics::set_global_recorder(Gathered).unwrap();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(|| Lines)
            .init();
    });
}

/// A counter's or a gauge's value of one gear; zero while there is none.
pub fn metric(name: &str, gear: &str, reason: Option<&str>) -> u64 {
    let values = VALUES.lock().unwrap();
    let of = |labels: &[(String, String)], key: &str, value: &str| {
        labels.iter().any(|(name, of)| name == key && of == value)
    };
    values
        .iter()
        .filter(|((of_name, labels), _)| {
            of_name == name
                && of(labels, "flux.name", gear)
                && reason.is_none_or(|reason| of(labels, "reason", reason))
        })
        .map(|((name, _), value)| {
            let value = value.load(SeqCst);
            if name.ends_with("active") { f64::from_bits(value) as u64 } else { value }
        })
        .sum()
}

/// Whether a line of the log has all of the texts in it.
pub fn logged(texts: &[&str]) -> bool {
    log().lines().any(|line| texts.iter().all(|text| line.contains(text)))
}

pub fn log() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
}

struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

struct Gathered;

fn value(key: &Key) -> Arc<AtomicU64> {
    let labels = key.labels().map(|label| (label.key().to_owned(), label.value().to_owned())).collect();
    VALUES.lock().unwrap().entry((key.name().to_owned(), labels)).or_default().clone()
}

impl Recorder for Gathered {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(value(key))
    }
    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(value(key))
    }
    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}
