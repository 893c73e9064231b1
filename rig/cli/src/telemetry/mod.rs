//! What a running rack tells the outside: log lines, metrics, health.

pub mod logs;
mod mask;
pub mod metrics;
pub mod otlp;
pub mod status;
mod throttle;
