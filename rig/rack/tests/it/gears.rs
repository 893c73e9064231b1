//! Gears whose ends the tests hold: `source` emits what it is given, `pass` hands on (and panics or
//! fails when told to), `sink` gives away what it gets, one message for one permit.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};

use async_trait::async_trait;
use rig_gears::{ConfigError, Emitter, Gear, GearContext, GearError, GearType, Message};
use rig_scenario::{Category, Manifest, Ports, Status, Terminus};
use serde_json::Value;
use tokio::sync::{Mutex, Semaphore, mpsc};

/// What the tests see of all gears, by name.
#[derive(Default)]
pub struct Probe {
    handles: std::sync::Mutex<HashMap<String, Arc<Handle>>>,
}

pub struct Handle {
    pub starts: AtomicUsize,
    pub stops: AtomicUsize,
    pub emit: std::sync::Mutex<Option<Emitter>>,
    /// Messages a sink may still take.
    pub permits: Semaphore,
    sender: mpsc::UnboundedSender<Message>,
    receiver: Mutex<mpsc::UnboundedReceiver<Message>>,
}

impl Probe {
    pub fn of(&self, name: &str) -> Arc<Handle> {
        let make = || {
            let (sender, receiver) = mpsc::unbounded_channel();
            Arc::new(Handle {
                starts: AtomicUsize::new(0),
                stops: AtomicUsize::new(0),
                emit: Default::default(),
                permits: Semaphore::new(1_000_000),
                sender,
                receiver: Mutex::new(receiver),
            })
        };
        self.handles.lock().unwrap().entry(name.to_owned()).or_insert_with(make).clone()
    }
    pub fn emitter(&self, name: &str) -> Emitter {
        self.of(name).emit.lock().unwrap().clone().unwrap()
    }
    pub fn starts(&self, name: &str) -> usize {
        self.of(name).starts.load(SeqCst)
    }
    pub fn stops(&self, name: &str) -> usize {
        self.of(name).stops.load(SeqCst)
    }
}

impl Handle {
    pub async fn next(&self) -> Message {
        self.receiver.lock().await.recv().await.unwrap()
    }
}

pub struct TestType {
    manifest: Manifest,
    probe: Arc<Probe>,
}

pub fn types(probe: &Arc<Probe>) -> Vec<TestType> {
    let of = |name: &str, category, inputs: &[&str], outputs: &[&str]| TestType {
        manifest: Manifest {
            gear_type: name.into(),
            category,
            status: Status::Stable,
            summary: "for tests".into(),
            ports: Ports::new(inputs, outputs),
            config: Value::Bool(true),
            terminus: Terminus::Opaque,
            doc: name.into(),
        },
        probe: probe.clone(),
    };
    vec![
        of("source", Category::Io, &[], &["out"]),
        of("pass", Category::Logic, &["in", "other"], &["out"]),
        of("sink", Category::Logic, &["in"], &[]),
    ]
}

impl GearType for TestType {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }
    fn build(&self, config: Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        if config.get("bad").is_some() {
            return Err(ConfigError::new("`bad` is bad"));
        }
        let is_sink = self.manifest.gear_type == "sink";
        Ok(Box::new(TestGear { handle: self.probe.of(&context.name), config, is_sink }))
    }
}

struct TestGear {
    handle: Arc<Handle>,
    config: Value,
    is_sink: bool,
}

#[async_trait]
impl Gear for TestGear {
    async fn start(&self, emit: Emitter) -> Result<(), GearError> {
        if self.config.get("fails").is_some() {
            return Err(GearError::new("bind", "the address is taken"));
        }
        self.handle.starts.fetch_add(1, SeqCst);
        *self.handle.emit.lock().unwrap() = Some(emit);
        Ok(())
    }
    async fn process(&self, _port: &str, message: Message, emit: &Emitter) -> Result<(), GearError> {
        if self.is_sink {
            self.handle.permits.acquire().await.unwrap().forget();
            self.handle.sender.send(message).unwrap();
            return Ok(());
        }
        match message.meta.get("do") {
            Some("panic") => panic!("told to"),
            Some("fail") => Err(GearError::new("told", "told to")),
            _ => Ok(emit.emit("out", message).await?),
        }
    }
    async fn stop(&self) {
        self.handle.stops.fetch_add(1, SeqCst);
        *self.handle.emit.lock().unwrap() = None;
    }
}
