//! Export of traces, error reporting, what the client is told.

use platform_kernel::config::Secret;

platform_kernel::section! {
    /// Export by OTLP over HTTP.
    pub struct Telemetry {
        enabled: bool,
        /// Base URL of the collector; `/v1/traces` is appended.
        otlp_endpoint: String => "\"http://127.0.0.1:4318\"",
        /// Sent as bearer token.
        api_key: Secret,
        service_name: String = "fluxer".into(),
        environment: String = "development".into(),
        /// Share of traces that are kept, 0 to 1.
        trace_sampling_ratio: f64 = 1.0,
        /// Milliseconds.
        export_timeout: u32 = 30_000,
        metric_export_interval_ms: u32 = 60_000,
        /// Paths that make no spans.
        ignore_incoming_paths: Vec<String> = vec!["/_health".into()],
    }

    /// Error reporting.
    pub struct Sentry {
        enabled: bool,
        dsn: String,
    }

    /// What the web client is told.
    pub struct AppPublic {
        api_version: u32 = 1,
        bootstrap_api_endpoint: String,
        bootstrap_api_public_endpoint: String,
        sentry_dsn: String,
    }
}
