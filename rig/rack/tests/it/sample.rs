//! `sample`: lets every n-th message through.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use async_trait::async_trait;
use rig_gears::{ConfigError, Emitter, Gear, GearContext, GearError, GearType, Message, config};
use rig_scenario::{Category, Manifest, Ports, Status, Terminus};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    every: u64,
}

pub struct SampleType(Manifest);

impl SampleType {
    pub fn new() -> Self {
        Self(Manifest {
            gear_type: "sample".into(),
            category: Category::Logic,
            status: Status::Stable,
            summary: "Lets every n-th message through.".into(),
            ports: Ports::new(&["in"], &["out"]),
            config: json!({
                "type": "object", "additionalProperties": false, "required": ["every"],
                "properties": {"every": {"type": "integer", "minimum": 1, "description": "one of so many"}},
            }),
            terminus: Terminus::Transparent,
            doc: "sample".into(),
        })
    }
}

impl GearType for SampleType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: Value, _context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        let Config { every } = config::parse(config)?;
        if every == 0 {
            return Err(ConfigError::new("`every` is at least 1"));
        }
        Ok(Box::new(Sample { every, seen: AtomicU64::new(0) }))
    }
}

struct Sample {
    every: u64,
    seen: AtomicU64,
}

#[async_trait]
impl Gear for Sample {
    async fn process(&self, _port: &str, message: Message, emit: &Emitter) -> Result<(), GearError> {
        if self.seen.fetch_add(1, Relaxed).is_multiple_of(self.every) {
            emit.emit("out", message).await?;
        }
        Ok(())
    }
}

mod tests {
    use rig_gears::Registry;
    use rig_rack::{Host, Options, Rack};

    use super::SampleType;
    use crate::{gears::types, host, numbered, quick, received, scenario};

    #[test]
    fn the_page_has_this_gear() {
        let page = include_str!("../../../../docs/rig/write-a-gear.md");
        let text = include_str!("sample.rs");
        let code = text.split("\nmod tests {").next().unwrap_or_default();
        assert!(
            page.contains(code),
            "docs/rig/write-a-gear.md has another gear than rig/rack/tests/it/sample.rs"
        );
    }

    #[tokio::test]
    async fn every_second_message_goes_through() {
        let probe = Default::default();
        let mut registry = Registry::new();
        for gear_type in types(&probe) {
            registry.add(gear_type);
        }
        registry.add(SampleType::new());
        let rack = Rack::new(Options { lane_queue_size: 64, ..quick() }, Host { registry, ..host(&probe) });
        let gears = ["a source", "b sample { every: 2 }", "c sink"];
        rack.apply(&scenario(&gears, &["a.out b.in", "b.out c.in"])).await.unwrap();
        for n in 0..10 {
            probe.emitter("a").emit("out", numbered(n)).await.unwrap();
        }
        assert_eq!(received(&probe.of("c"), 5).await, [0, 2, 4, 6, 8]);
        let refused = scenario(&["a source", "b sample { every: 0 }"], &["a.out b.in"]);
        assert!(rack.apply(&refused).await.is_err());
        rack.shutdown().await;
    }
}
