//! `coatcheck`: parks the context of a request under a key and gives it back to the reply.
//!
//! Three modes of one type: `store` parks and passes the message on as it is, `restore` joins what
//! was parked with the message that has the same key, `daemon` owns the bucket and tells what
//! nobody came for. A bucket is in the rack's memory and outlives a reload of the scenario.

mod bucket;
mod config;
mod key;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::Arc, time::Duration};

use async_trait::async_trait;
use parking_lot::Mutex;
use rig_envelope::{Message, Meta, Text, Uuid, Value};
use rig_scenario::{Category, Manifest, Ports, Status, Terminus, parse_duration};
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};

use self::{
    bucket::Bucket,
    config::{Config, Mode, OnMissing},
};
use crate::{ConfigError, Emitter, Gear, GearContext, GearError, GearType, Tasks};

const TTL: &str = "coatcheck.ttl";
/// Timeouts told at one time.
const TIMEOUTS: usize = 32;

pub struct CoatCheckType(Manifest);

impl CoatCheckType {
    pub fn new() -> Self {
        Self(Manifest {
            gear_type: "coatcheck".into(),
            category: Category::Logic,
            status: Status::Stable,
            summary: "Parks context under a key and gives it back to the message with the same key.".into(),
            ports: Ports::new(&["in"], &["out", "error"]),
            config: config::schema(),
            terminus: Terminus::Opaque,
            doc: "coatcheck".into(),
        })
    }
}

impl GearType for CoatCheckType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: serde_json::Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        let config = Config::read(config)?;
        Ok(Box::new(CoatCheck {
            config: Arc::new(config),
            context: context.clone(),
            tasks: Tasks::default(),
        }))
    }
}

/// The buckets of a rack, by name.
#[derive(Default)]
struct Buckets(Mutex<HashMap<String, Arc<Shared>>>);

/// A bucket and its clock.
struct Shared {
    bucket: Mutex<Bucket<Parked>>,
    begun: Instant,
    default_ttl: Duration,
    max_ttl: Duration,
    /// Something was parked: a deadline may be nearer.
    parked: Notify,
}

/// What is kept of a message.
#[derive(Clone, Debug)]
struct Parked {
    id: Uuid,
    src_id: Uuid,
    trace: Text,
    meta: Meta,
    data: Vec<(String, Value)>,
}

struct CoatCheck {
    config: Arc<Config>,
    context: GearContext,
    tasks: Tasks,
}

impl CoatCheck {
    fn bucket(&self) -> Result<Arc<Shared>, GearError> {
        let buckets = self.context.services.get_or_default::<Buckets>();
        let found = buckets.0.lock().get(&self.config.bucket).cloned();
        found.ok_or_else(|| GearError::new("no_bucket", format!("bucket not found: {}", self.config.bucket)))
    }

    fn key(&self, message: &Message) -> Result<String, GearError> {
        let mut values = Vec::with_capacity(self.config.key_fields.len());
        for field in &self.config.key_fields {
            let value = message.key_field(field);
            values.push(
                value.ok_or_else(|| GearError::new("no_key", format!("the key field {field} is missing")))?,
            );
        }
        Ok(key::key(values.iter().map(AsRef::as_ref), self.config.key_normalize))
    }

    fn store(&self, message: &Message) -> Result<(), GearError> {
        let (shared, key) = (self.bucket()?, self.key(message)?);
        let asked = match message.meta.get(TTL) {
            Some(text) => {
                parse_duration(text).map_err(|error| GearError::new("bad_ttl", error.to_string()))?
            }
            None => shared.default_ttl,
        };
        let until = shared.begun.elapsed() + asked.min(shared.max_ttl);
        shared.bucket.lock().put(key, parked(message, self.config.value_fields.as_deref()), until);
        shared.parked.notify_one();
        Ok(())
    }

    /// The message with what was parked; None: nothing was, and it is dropped.
    fn restore(&self, message: &mut Message) -> Result<Option<()>, GearError> {
        let (shared, key) = (self.bucket()?, self.key(message)?);
        let now = shared.begun.elapsed();
        let found = shared.bucket.lock().get(&key, now).cloned();
        let Some(parked) = found else {
            return match self.config.on_missing {
                OnMissing::Error => {
                    Err(GearError::new("not_parked", "nothing is parked under the message's key"))
                }
                OnMissing::Drop => Ok(None),
                OnMissing::Forward => Ok(Some(())),
            };
        };
        let overwrites = self.config.overwrites();
        for (key, value) in parked.meta.iter() {
            if overwrites || !message.meta.contains(key) {
                message.meta.insert(key.clone(), value.clone());
            }
        }
        for (path, value) in parked.data {
            if overwrites || message.data.get(&path).is_none() {
                // Something else in the way of the path stays.
                let _ = message.data.set(&path, value);
            }
        }
        if message.ref_id.is_nil() {
            message.ref_id = parked.id;
        }
        if message.trace.is_empty() {
            message.trace = parked.trace;
        }
        Ok(Some(()))
    }

    fn open_bucket(&self) {
        let buckets = self.context.services.get_or_default::<Buckets>();
        let mut buckets = buckets.0.lock();
        let (default_ttl, max_ttl) = (self.config.default_ttl, self.config.max_ttl);
        let same = buckets
            .get(&self.config.bucket)
            .is_some_and(|bucket| bucket.default_ttl == default_ttl && bucket.max_ttl == max_ttl);
        if !same {
            let (bucket, begun) = match buckets.remove(&self.config.bucket) {
                Some(before) => (std::mem::take(&mut *before.bucket.lock()), before.begun),
                None => (Bucket::default(), Instant::now()),
            };
            let shared =
                Shared { bucket: Mutex::new(bucket), begun, default_ttl, max_ttl, parked: Notify::new() };
            buckets.insert(self.config.bucket.clone(), Arc::new(shared));
        }
    }
}

fn parked(message: &Message, fields: Option<&[String]>) -> Parked {
    let (mut meta, mut data) = (Meta::new(), Vec::new());
    match fields {
        None => {
            meta = message.meta.clone();
            data.extend(message.data.iter().map(|(key, value)| (key.to_string(), value.clone())));
        }
        Some(fields) => {
            for field in fields {
                if let Some(key) = field.strip_prefix("meta.") {
                    if let Some(value) = message.meta.get(key) {
                        meta.insert(key, value);
                    }
                } else {
                    let path = field.strip_prefix("data.").unwrap_or(field);
                    data.extend(message.data.get(path).map(|value| (path.to_owned(), value.clone())));
                }
            }
        }
    }
    Parked { id: message.id, src_id: message.src_id, trace: message.trace.clone(), meta, data }
}

async fn tell_timeouts(shared: Arc<Shared>, config: Arc<Config>, context: GearContext, emit: Emitter) {
    loop {
        let parked = shared.parked.notified();
        let deadline = shared.bucket.lock().next_deadline();
        match deadline {
            None => {
                parked.await;
                continue;
            }
            Some(deadline) => tokio::select! {
                () = sleep_until(shared.begun + deadline) => {}
                // What was just parked may be due before.
                () = parked => continue,
            },
        }
        let now = shared.begun.elapsed();
        let over = shared.bucket.lock().expire(now, TIMEOUTS);
        for (key, parked) in over {
            metrics::counter!("flux.coatcheck.timeouts", "flux.name" => context.name.to_string())
                .increment(1);
            if !emit.is_wired("out") {
                continue;
            }
            if let Err(error) = emit.emit("out", event(&key, parked, &config)).await {
                context.failed(&error.into());
            }
        }
    }
}

/// What is told of something nobody came for.
fn event(key: &str, parked: Parked, config: &Config) -> Message {
    let mut event = Message { ref_id: parked.id, trace: parked.trace, ..Message::default() };
    event.meta.insert("event.type", "flux.event.timeout");
    event.meta.insert("timeout.key", key);
    event.meta.insert("timeout.bucket", config.bucket.clone());
    event.meta.insert("expired.src_id", parked.src_id.to_string());
    if config.include_values {
        for (key, value) in parked.meta.iter() {
            let _ = event.data.set(&format!("expired_ctx.meta.{key}"), value.as_str());
        }
        for (path, value) in parked.data {
            let _ = event.data.set(&format!("expired_ctx.data.{path}"), value);
        }
    }
    event
}

#[async_trait]
impl Gear for CoatCheck {
    async fn init(&self) -> Result<(), GearError> {
        if self.config.mode == Mode::Daemon {
            self.open_bucket();
        }
        Ok(())
    }

    async fn start(&self, emit: Emitter) -> Result<(), GearError> {
        if self.config.mode == Mode::Daemon {
            let work = tell_timeouts(self.bucket()?, self.config.clone(), self.context.clone(), emit);
            self.tasks.spawn(&self.context, work);
        }
        Ok(())
    }

    async fn process(&self, _port: &str, mut message: Message, emit: &Emitter) -> Result<(), GearError> {
        let outcome = match self.config.mode {
            Mode::Store => self.store(&message).map(Some),
            Mode::Restore => self.restore(&mut message),
            Mode::Daemon => Err(GearError::new("no_input", "the daemon of a bucket takes no messages")),
        };
        match outcome {
            Ok(Some(())) => Ok(emit.emit("out", message).await?),
            Ok(None) => Ok(()),
            Err(error) => emit.fail(message, error).await,
        }
    }

    async fn stop(&self) {
        self.tasks.abort().await;
    }
}
