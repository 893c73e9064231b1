//! Export of spans by OTLP over HTTP, when configured; nothing of it runs otherwise.

use std::{collections::HashMap, time::Duration};

use anyhow::Context as _;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::{
    Context, KeyValue,
    propagation::{Extractor, Injector, TextMapPropagator},
    trace::{TraceContextExt, TracerProvider},
};
use opentelemetry_otlp::{Protocol, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    runtime,
    trace::{Sampler, SdkTracerProvider, span_processor_with_async_runtime::BatchSpanProcessor},
};
use tracing::{Span, dispatcher};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{Layer, Registry};

use crate::{build_info::Build, config::Config};

/// How long the end of the process waits for the collector.
const FLUSH: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub struct Exporter(SdkTracerProvider);

impl Exporter {
    /// `None` unless telemetry is enabled.
    pub fn open(config: &Config, build: &Build) -> anyhow::Result<Option<Self>> {
        let telemetry = &config.telemetry;
        if !telemetry.enabled {
            return Ok(None);
        }
        let mut headers = HashMap::new();
        if !telemetry.api_key.is_empty() {
            headers.insert("authorization".to_owned(), format!("Bearer {}", telemetry.api_key.expose()));
        }
        platform_outbound::install_tls();
        let exporter = opentelemetry_otlp::SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", telemetry.otlp_endpoint.trim_end_matches('/')))
            .with_timeout(Duration::from_millis(telemetry.export_timeout.into()))
            .with_headers(headers)
            .build()
            .context("telemetry.otlp_endpoint cannot be used")?;
        let resource = Resource::builder()
            .with_service_name(telemetry.service_name.clone())
            .with_attributes([
                KeyValue::new("service.version", build.version()),
                KeyValue::new("deployment.environment", telemetry.environment.clone()),
                KeyValue::new("service.instance.id", std::process::id().to_string()),
            ])
            .build();
        let sampler =
            Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(telemetry.trace_sampling_ratio)));
        let provider = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_sampler(sampler)
            .with_span_processor(BatchSpanProcessor::builder(exporter, runtime::Tokio).build())
            .build();
        Ok(Some(Self(provider)))
    }

    pub(super) fn layer(&self) -> Box<dyn Layer<Registry> + Send + Sync> {
        tracing_opentelemetry::layer().with_tracer(self.0.tracer("fluxer")).boxed()
    }

    pub(super) async fn flush(self) {
        // The provider blocks until its processor answers, which runs on the runtime.
        let flushed = tokio::task::spawn_blocking(move || self.0.shutdown());
        let _ = tokio::time::timeout(FLUSH, flushed).await;
    }
}

/// Trace and span id of a span, when it is exported.
pub(super) fn ids(span: &tracing::Id) -> Option<(String, String)> {
    let context =
        dispatcher::get_default(|dispatch| tracing_opentelemetry::get_otel_context(span, dispatch))?;
    let span = context.span().span_context().clone();
    span.is_valid().then(|| (span.trace_id().to_string(), span.span_id().to_string()))
}

struct Headers<'a>(&'a HeaderMap);
impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }
    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}

struct Answer<'a>(&'a mut HeaderMap);
impl Injector for Answer<'_> {
    fn set(&mut self, key: &str, value: String) {
        if value.is_empty() {
            return;
        }
        if let (Ok(key), Ok(value)) = (HeaderName::try_from(key), HeaderValue::try_from(value)) {
            self.0.insert(key, value);
        }
    }
}

/// Makes `span` part of the trace that the request belongs to.
pub fn accept(span: &Span, request: &HeaderMap) {
    if request.contains_key("traceparent") {
        let parent = TraceContextPropagator::new().extract(&Headers(request));
        // Without the layer there is no trace to join.
        let _ = span.set_parent(parent);
    }
}

/// Tells the client which trace the answer belongs to.
pub fn announce(span: &Span, answer: &mut HeaderMap) {
    let context: Context = span.context();
    if context.span().span_context().is_valid() {
        TraceContextPropagator::new().inject_context(&context, &mut Answer(answer));
    }
}
