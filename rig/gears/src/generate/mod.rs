//! `generate`: a source that makes messages from a template at a steady rate.
//!
//! `count` messages, or without end; `${n}` in texts of the template is the message's number.

use std::time::Duration;

use async_trait::async_trait;
use rig_envelope::{Message, Value, from_json};
use rig_scenario::{Category, Manifest, Ports, Status, Terminus};
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::{
    ConfigError, Emitter, Gear, GearContext, GearError, GearType, Tasks,
    config::{self, parse},
};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Config {
    #[serde(with = "config::duration")]
    interval: Duration,
    /// 0: without end.
    count: u64,
    meta: std::collections::BTreeMap<String, String>,
    data: serde_json::Map<String, serde_json::Value>,
    raw: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(1),
            count: 0,
            meta: Default::default(),
            data: Default::default(),
            raw: String::new(),
        }
    }
}

pub struct GenerateType(Manifest);

impl GenerateType {
    pub fn new() -> Self {
        Self(Manifest {
            gear_type: "generate".into(),
            category: Category::Io,
            status: Status::Stable,
            summary: "Makes messages from a template at a steady rate.".into(),
            ports: Ports::new(&[], &["out"]),
            config: json!({
                "$schema": "http://json-schema.org/draft-07/schema#",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "interval": config::duration_schema("1s", "between two messages; 0: as fast as they are taken"),
                    "count": {"type": "integer", "minimum": 0, "default": 0, "description": "0: without end"},
                    "meta": {"type": "object", "additionalProperties": {"type": "string"}},
                    "data": {"type": "object"},
                    "raw": {"type": "string", "default": ""}
                }
            }),
            terminus: Terminus::Io,
            doc: "generate".into(),
        })
    }
}

impl GearType for GenerateType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: serde_json::Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        let config = parse::<Config>(config)?;
        Ok(Box::new(Generate { config, context: context.clone(), tasks: Tasks::default() }))
    }
}

struct Generate {
    config: Config,
    context: GearContext,
    tasks: Tasks,
}

#[async_trait]
impl Gear for Generate {
    async fn start(&self, emit: Emitter) -> Result<(), GearError> {
        let (config, context) = (self.config.clone(), self.context.clone());
        self.tasks.spawn(&self.context, async move {
            let mut ticks = (!config.interval.is_zero()).then(|| {
                let mut ticks = interval_at(Instant::now(), config.interval);
                ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
                ticks
            });
            let mut number = 0;
            while config.count == 0 || number < config.count {
                if let Some(ticks) = &mut ticks {
                    ticks.tick().await;
                } else if number % 64 == 0 {
                    tokio::task::yield_now().await;
                }
                if let Err(error) = emit.emit("out", message(&config, number)).await {
                    context.failed(&error.into());
                }
                number += 1;
            }
        });
        Ok(())
    }
    async fn process(&self, port: &str, _message: Message, _emit: &Emitter) -> Result<(), GearError> {
        Err(GearError::new("no_input", format!("a generate gear has no input {port}")))
    }
    async fn drain(&self, _deadline: Instant) {
        self.tasks.abort().await;
    }
    async fn stop(&self) {
        self.tasks.abort().await;
    }
}

fn message(config: &Config, number: u64) -> Message {
    let number = number.to_string();
    let filled = |text: &str| text.replace("${n}", &number);
    let mut message = Message::from_raw(filled(&config.raw).into_bytes());
    message.meta = config.meta.iter().map(|(key, value)| (key.as_str(), filled(value))).collect();
    message.data =
        config.data.iter().map(|(key, value)| (key.as_str(), fill(from_json(value), &filled))).collect();
    message
}

fn fill(value: Value, filled: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::Text(text) if text.contains("${n}") => Value::from(filled(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(|item| fill(item, filled)).collect()),
        Value::Map(map) => {
            Value::Map(map.iter().map(|(key, value)| (key.clone(), fill(value.clone(), filled))).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Bench;

    #[tokio::test(start_paused = true)]
    async fn messages_come_at_their_time() {
        let config = json!({
            "interval": "2s", "count": 3, "raw": "line ${n}", "meta": {"k": "${n}"},
            "data": {"a": {"b": ["x${n}", 7]}}
        });
        let start = Instant::now();
        let mut bench = Bench::new(&GenerateType::new(), config, &["out"]).await;
        for number in 0..3 {
            let message = bench.next("out").await;
            assert_eq!(message.raw, format!("line {number}"));
            assert_eq!(message.meta.get("k"), Some(&*number.to_string()));
            let items = message.data.get("a.b").and_then(Value::as_array).unwrap();
            assert_eq!(items[0].as_str(), Some(&*format!("x{number}")));
            assert_eq!(start.elapsed(), Duration::from_secs(2 * number));
        }
        bench.gear.stop().await;
    }
}
