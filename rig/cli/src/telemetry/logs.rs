//! Log lines on standard output: one JSON object each, or for people on a terminal.
//!
//! Every line has time, level, message and who spoke: `flux.type` (RACK or GEAR), `flux.name`,
//! `component`, the source. A gear that talks too much is throttled. Whatever looks like a card
//! number is masked here, after everybody else.

use std::{
    fmt,
    io::{self, IsTerminal, Write},
    sync::Arc,
    time::Instant,
};

use parking_lot::Mutex;
use platform_kernel::Clock;
use serde_json::{Map, Value};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    EnvFilter, Layer,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
    util::SubscriberInitExt,
};

use super::{
    mask::masked,
    throttle::{Limit, Throttle},
};
use crate::config::Config;

/// Writes the lines.
pub struct Lines {
    rack: Arc<str>,
    clock: Clock,
    json: bool,
    colours: bool,
    began: Instant,
    throttle: Option<Mutex<Throttle>>,
}

/// Installs the log of the process.
pub fn install(config: &Config, rack: &str, plain: bool) -> anyhow::Result<()> {
    let level = match (config.flag("logging.trace"), config.flag("logging.debug")) {
        (true, _) => "trace",
        (_, true) => "debug",
        _ => config.text("logging.level"),
    };
    // Libraries are heard from warnings on, however much the rig itself says.
    let filter = EnvFilter::builder().parse(format!("warn,rig={level},fluxrig={level}"))?;
    let terminal = io::stdout().is_terminal();
    let json = match config.text("logging.format") {
        "json" => true,
        "pretty" => false,
        _ => !terminal,
    };
    let throttle = config.flag("logging.throttling.enabled").then(|| {
        let limit = Limit {
            rate: config.fraction("logging.throttling.rate"),
            burst: config.number("logging.throttling.burst") as f64,
        };
        Mutex::new(Throttle::new(limit))
    });
    let lines = Lines {
        rack: rack.into(),
        clock: Clock::system(),
        json,
        colours: terminal && !plain,
        began: Instant::now(),
        throttle,
    };
    tracing_subscriber::registry().with(lines.with_filter(filter)).try_init()?;
    Ok(())
}

#[derive(Default)]
struct Fields {
    message: String,
    gear: Option<String>,
    rest: Map<String, Value>,
}

impl Fields {
    fn put(&mut self, field: &Field, text: String) {
        let text = masked(&text).into_owned();
        match field.name() {
            "message" => self.message = text,
            "gear" => self.gear = Some(text),
            name => {
                self.rest.insert(name.to_owned(), text.into());
            }
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field, format!("{value:?}"));
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value.to_owned());
    }
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.rest.insert(field.name().to_owned(), value.into());
    }
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.number(field, value.to_string(), value.into());
    }
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.number(field, value.to_string(), value.into());
    }
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.rest.insert(field.name().to_owned(), value.into());
    }
}

impl Fields {
    /// A number that reads like a card is one.
    fn number(&mut self, field: &Field, text: String, value: Value) {
        let shown = masked(&text);
        let value = if *shown == *text { value } else { shown.into_owned().into() };
        self.rest.insert(field.name().to_owned(), value);
    }
}

impl Lines {
    /// The line of an event; none where its gear was too loud.
    fn line(&self, event: &Event<'_>) -> Option<String> {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let metadata = event.metadata();
        if let (Some(gear), Some(throttle)) = (&fields.gear, &self.throttle) {
            match throttle.lock().passes(gear, self.began.elapsed()) {
                Some(0) => {}
                Some(left_out) => {
                    fields.rest.insert("left_out".into(), left_out.into());
                }
                None => {
                    metrics::counter!("flux.log.left_out", "flux.name" => gear.clone()).increment(1);
                    return None;
                }
            }
        }
        let component = component(metadata.target());
        Some(match self.json {
            true => self.as_json(metadata, component, fields),
            false => self.as_text(metadata, component, &fields),
        })
    }

    fn as_json(&self, metadata: &tracing::Metadata<'_>, component: &str, fields: Fields) -> String {
        let mut line = Map::new();
        let mut put = |key: &str, value: Value| line.insert(key.to_owned(), value);
        put("time", self.clock.now().to_string().into());
        put("level", metadata.level().as_str().into());
        put("msg", fields.message.into());
        put("flux.type", if fields.gear.is_some() { "GEAR" } else { "RACK" }.into());
        put("flux.name", fields.gear.as_deref().unwrap_or(&self.rack).into());
        put("flux.rack", self.rack.to_string().into());
        put("component", component.into());
        let source = metadata.file().unwrap_or_default().rsplit("rig/").next().unwrap_or_default();
        put("source", format!("{source}:{}", metadata.line().unwrap_or_default()).into());
        line.extend(fields.rest);
        let mut text = Value::Object(line).to_string();
        text.push('\n');
        text
    }

    fn as_text(&self, metadata: &tracing::Metadata<'_>, component: &str, fields: &Fields) -> String {
        let paint = |code: u8, text: &str| match self.colours {
            true => format!("\x1b[{code}m{text}\x1b[0m"),
            false => text.to_owned(),
        };
        let code = match *metadata.level() {
            Level::ERROR => 31,
            Level::WARN => 33,
            Level::INFO => 32,
            Level::DEBUG | Level::TRACE => 2,
        };
        let time = self.clock.now().to_string();
        let who = fields.gear.as_deref().unwrap_or(component);
        let mut text = format!(
            "{} {} {} {}",
            paint(2, time.get(11..23).unwrap_or(&time)),
            paint(code, &format!("{:5}", metadata.level().as_str())),
            paint(1, &format!("{who:16}")),
            fields.message.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'"),
        );
        for (key, value) in &fields.rest {
            let value =
                value.as_str().map_or_else(|| value.to_string(), |text| text.escape_debug().to_string());
            text.push_str(&paint(2, &format!(" {key}={value}")));
        }
        text.push('\n');
        text
    }
}

/// The part of the program: `rig_gears::conductor` is the conductor.
fn component(target: &str) -> &str {
    let mut parts = target.split("::");
    match (parts.next(), parts.next()) {
        (Some("rig_gears"), Some("frame")) => "gear",
        (Some("rig_gears"), Some(part)) => part,
        (Some(part), _) => part.strip_prefix("rig_").unwrap_or(part),
        (None, _) => target,
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        // One write a line keeps lines of different threads apart. Nobody can be told when
        // standard output is gone.
        if let Some(line) = self.line(event) {
            let _ = io::stdout().lock().write_all(line.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Capture(Lines, Arc<Mutex<Vec<String>>>);
    impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Capture {
        fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
            self.1.lock().extend(self.0.line(event));
        }
    }

    fn lines(json: bool, throttle: Option<Limit>, say: impl FnOnce()) -> Vec<String> {
        let captured = Arc::<Mutex<Vec<String>>>::default();
        let lines = Lines {
            rack: "till".into(),
            clock: Clock::system(),
            json,
            colours: false,
            began: Instant::now(),
            throttle: throttle.map(|limit| Mutex::new(Throttle::new(limit))),
        };
        let subscriber = tracing_subscriber::registry().with(Capture(lines, captured.clone()));
        tracing::subscriber::with_default(subscriber, say);
        Arc::try_unwrap(captured).unwrap().into_inner()
    }

    #[test]
    fn who_spoke_is_in_every_line() {
        let lines = lines(true, None, || {
            tracing::warn!(
                gear = "decode",
                reason = "bad",
                n = 4_111_111_111_111_111_u64,
                "pan 4111111111111111"
            );
            tracing::info!("two\nlines");
        });
        let [gear, rack] = [0, 1].map(|at| serde_json::from_str::<Value>(&lines[at]).unwrap());
        assert_eq!((&gear["flux.type"], &gear["flux.name"]), (&"GEAR".into(), &"decode".into()));
        assert_eq!((&gear["level"], &gear["msg"]), (&"WARN".into(), &"pan 411111******1111".into()));
        assert_eq!((&gear["n"], &gear["reason"]), (&"411111******1111".into(), &"bad".into()));
        assert_eq!((&rack["flux.type"], &rack["flux.name"]), (&"RACK".into(), &"till".into()));
        assert_eq!(lines[1].matches('\n').count(), 1);
    }

    #[test]
    fn for_people() {
        let lines = lines(false, None, || tracing::info!(gear = "decode", n = 1, "it's \"here\"\n"));
        assert!(lines[0].ends_with("INFO  decode           it's \"here\"\\n n=1\n"), "{}", lines[0]);
    }

    #[test]
    fn a_loud_gear_is_throttled() {
        let limit = Limit { rate: 0.0, burst: 2.0 };
        let lines = lines(true, Some(limit), || {
            for _ in 0..10 {
                tracing::info!(gear = "loud", "x");
            }
            tracing::info!("the rack is not");
        });
        assert_eq!(lines.len(), 4);
    }

    #[test]
    fn components() {
        for (target, wanted) in [
            ("rig_gears::conductor::core", "conductor"),
            ("rig_gears::frame::link", "gear"),
            ("rig_rack::apply", "rack"),
            ("other", "other"),
        ] {
            assert_eq!(component(target), wanted);
        }
    }
}
