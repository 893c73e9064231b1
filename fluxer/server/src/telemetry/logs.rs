//! One JSON object a line on standard output: flat, with the members that dashboards look for.
//! Fields of the spans around an event are its own, inner ones winning.

use std::{
    fmt,
    io::{self, Write},
};

use platform_kernel::Clock;
use serde_json::{Map, Value};
use tracing::{
    Event, Id, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Record},
};
use tracing_subscriber::{Layer, layer::Context, registry::LookupSpan};

use super::traces;
use crate::{build_info::Build, config::Config};

/// The layer that writes the lines.
#[derive(Debug)]
pub struct JsonLines {
    clock: Clock,
    service: String,
    env: &'static str,
    version: String,
    traced: bool,
}

/// What a span has recorded.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").into());
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.into());
    }
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.insert(field.name().to_owned(), value.into());
    }
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.insert(field.name().to_owned(), value.into());
    }
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().to_owned(), value.into());
    }
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.0.insert(field.name().to_owned(), value.into());
    }
    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        let mut error = Map::new();
        error.insert("message".into(), value.to_string().into());
        let mut causes = Vec::new();
        let mut source = value.source();
        while let Some(cause) = source {
            causes.push(Value::from(cause.to_string()));
            source = cause.source();
        }
        if !causes.is_empty() {
            error.insert("causes".into(), causes.into());
        }
        self.0.insert(field.name().to_owned(), error.into());
    }
}

impl JsonLines {
    pub fn new(config: &Config, build: &Build, traced: bool) -> Self {
        Self {
            clock: Clock::system(),
            service: config.telemetry.service_name.clone(),
            env: config.env.as_str(),
            version: build.version(),
            traced,
        }
    }

    fn line<S>(&self, event: &Event<'_>, context: &Context<'_, S>) -> String
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        let mut line = Fields::default();
        let mut put = |key: &str, value: &str| line.0.insert(key.to_owned(), value.into());
        put("timestamp", &self.clock.now().to_string());
        put("level", &event.metadata().level().as_str().to_ascii_lowercase());
        put("service", &self.service);
        put("env", self.env);
        put("version", &self.version);
        put("target", event.metadata().target());
        if let Some(scope) = context.event_scope(event) {
            for span in scope.from_root() {
                if let Some(fields) = span.extensions().get::<Fields>() {
                    line.0.extend(fields.0.iter().map(|(key, value)| (key.clone(), value.clone())));
                }
            }
        }
        if self.traced
            && let Some(span) = context.event_span(event)
            && let Some((trace, span)) = traces::ids(&span.id())
        {
            line.0.insert("trace_id".into(), trace.into());
            line.0.insert("span_id".into(), span.into());
        }
        event.record(&mut line);
        let mut text = Value::Object(line.0).to_string();
        text.push('\n');
        text
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for JsonLines {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().insert(fields);
        }
    }
    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        // One write a line keeps lines of different threads apart. Nobody can be told when
        // standard output is gone.
        let _ = io::stdout().lock().write_all(self.line(event, &context).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    struct Capture(JsonLines, Arc<Mutex<Vec<String>>>);
    impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Capture {
        fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
            self.0.on_new_span(attributes, id, context);
        }
        fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
            self.1.lock().unwrap().push(self.0.line(event, &context));
        }
    }

    #[test]
    fn a_line_is_flat_and_carries_its_spans() {
        let lines = Arc::default();
        let layer = JsonLines::new(&Config::default(), &Build::default(), false);
        let subscriber = tracing_subscriber::registry().with(Capture(layer, Arc::clone(&lines)));
        tracing::subscriber::with_default(subscriber, || {
            let _span = tracing::info_span!("request", request_id = "r1", status = 1).entered();
            tracing::warn!(status = 500, ok = true, "two\nlines");
        });
        let lines = lines.lock().unwrap();
        let line: Value = serde_json::from_str(&lines[0]).unwrap();
        assert!(lines[0].ends_with("}\n") && lines[0].matches('\n').count() == 1);
        assert_eq!(line["level"], "warn");
        assert_eq!((&line["request_id"], &line["status"]), (&"r1".into(), &500.into()));
        assert_eq!((&line["message"], &line["ok"]), (&"two\nlines".into(), &true.into()));
        assert_eq!((&line["service"], &line["env"]), (&"fluxer".into(), &"production".into()));
    }
}
