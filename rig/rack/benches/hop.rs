//! How many messages go over one hop in memory: a source, a gear that hands on, a gear that counts,
//! on a real rack. `cargo bench -p rig-rack --bench hop`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may panic and prints")]

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Instant,
};

use async_trait::async_trait;
use platform_kernel::{Clock, Rng};
use rig_envelope::Uuid;
use rig_gears::{ConfigError, Emitter, Gear, GearContext, GearError, GearType, Message, Registry, Services};
use rig_rack::{Host, Options, Rack};
use rig_scenario::{Category, Manifest, Ports, Scenario, Source, Status, Terminus};
use serde_json::Value;
use tokio::sync::Notify;

const MESSAGES: u64 = 2_000_000;
const SCENARIO: &str = "
meta: { name: hop, version: 1.0.0 }
gears:
  - { name: a, type: hop }
  - { name: b, type: hop }
  - { name: c, type: hop }
wires:
  - { from: a.out, to: b.in }
  - { from: b.out, to: c.in }
";

#[derive(Default)]
struct Seen {
    emit: Mutex<Option<Emitter>>,
    count: AtomicU64,
    all: Notify,
}

struct HopType(Manifest, Arc<Seen>);

impl GearType for HopType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, _: Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        Ok(Box::new(Hop(self.1.clone(), context.name.clone())))
    }
}

struct Hop(Arc<Seen>, Arc<str>);

#[async_trait]
impl Gear for Hop {
    async fn start(&self, emit: Emitter) -> Result<(), GearError> {
        if &*self.1 == "a" {
            *self.0.emit.lock().unwrap() = Some(emit);
        }
        Ok(())
    }
    async fn process(&self, _: &str, message: Message, emit: &Emitter) -> Result<(), GearError> {
        if &*self.1 == "b" {
            return Ok(emit.emit("out", message).await?);
        }
        if self.0.count.fetch_add(1, Relaxed) + 1 == MESSAGES {
            self.0.all.notify_one();
        }
        Ok(())
    }
}

struct NoValues;

impl Source for NoValues {
    fn env(&self, _: &str) -> Option<String> {
        None
    }
    fn secret(&self, _: &str) -> Option<String> {
        None
    }
}

#[tokio::main]
async fn main() {
    let seen = Arc::new(Seen::default());
    let manifest = Manifest {
        gear_type: "hop".into(),
        category: Category::Logic,
        status: Status::Stable,
        summary: "hands on".into(),
        ports: Ports::new(&["in"], &["out"]),
        config: Value::Bool(true),
        terminus: Terminus::Opaque,
        doc: "hop".into(),
    };
    let mut registry = Registry::new();
    registry.add(HopType(manifest, seen.clone()));
    let host = Host {
        clock: Clock::system(),
        rng: Rng::system(),
        machine: Uuid::nil(),
        registry,
        services: Services::default(),
        values: Arc::new(NoValues),
        base: PathBuf::from("."),
        hops: None,
    };
    let rack = Rack::new(Options::default(), host);
    rack.apply(&Scenario::parse(SCENARIO).unwrap()).await.unwrap();
    let emit = seen.emit.lock().unwrap().take().unwrap();
    let mut message = Message::from_raw(vec![b'x'; 200]);
    message.meta.insert("conn.id", "0123456789abcdef");
    let begun = Instant::now();
    for _ in 0..MESSAGES {
        emit.emit("out", message.clone()).await.unwrap();
    }
    seen.all.notified().await;
    let seconds = begun.elapsed().as_secs_f64();
    // Two wires: every message makes two hops.
    let rate = MESSAGES as f64 / seconds;
    println!("{MESSAGES} messages over 2 hops in {seconds:.2} s: {rate:.0} messages/s through both");
    rack.shutdown().await;
}
