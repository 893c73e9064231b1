//! `codec_iso8583`: ISO 8583 bytes to fields, and fields to bytes, by a specification.
//!
//! The specification is looked up when the gear is initialised and stays the same until the gear is
//! made anew. Of what it logs nothing holds a value.

mod config;
mod core;

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use async_trait::async_trait;
use metrics::Histogram;
use parking_lot::Mutex;
use rig_envelope::Message;
use rig_iso8583::{REFERENCE, Resolver, Spec, SpecStore};
use rig_scenario::{Category, Manifest, Ports, Status, Terminus};

use self::config::{Config, OnError};
use crate::{Command, ConfigError, Emitter, Gear, GearContext, GearError, GearType, config::parse};

/// The specifications a rack was given, among its services.
pub type Specs = Mutex<SpecStore>;

pub struct CodecType(Manifest);

impl CodecType {
    pub fn new() -> Self {
        Self(Manifest {
            gear_type: "codec_iso8583".into(),
            category: Category::Codec,
            status: Status::Stable,
            summary: "Decodes and encodes ISO 8583 by a specification.".into(),
            ports: Ports::new(&["in"], &["out"]),
            config: config::schema(),
            terminus: Terminus::Transparent,
            doc: "codec_iso8583".into(),
        })
    }
}

impl GearType for CodecType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: serde_json::Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        // Looked up once: a name and labels for every message cost more than the message.
        let fields = |direction| {
            metrics::histogram!(
                "flux.codec.iso8583.fields_count",
                "flux.name" => context.name.to_string(), "direction" => direction
            )
        };
        Ok(Box::new(Codec {
            config: parse(config)?,
            context: context.clone(),
            spec: OnceLock::new(),
            decoded: fields("decode"),
            encoded: fields("encode"),
        }))
    }
}

struct Codec {
    config: Config,
    context: GearContext,
    spec: OnceLock<Arc<Spec>>,
    /// Elements of the messages that were read and written.
    decoded: Histogram,
    encoded: Histogram,
}

/// Looks beside a file, then in the rack's store.
struct Beside {
    folder: PathBuf,
    specs: Arc<Specs>,
}

impl Resolver for Beside {
    fn resolve(&self, reference: &str) -> Result<String, String> {
        if let Some(text) = self.specs.lock().get(reference) {
            return Ok(text.to_owned());
        }
        if reference.starts_with('/') || reference.split('/').any(|part| part == "..") {
            return Err("a reference stays in the specification's own folder".into());
        }
        std::fs::read_to_string(self.folder.join(reference)).map_err(|error| error.to_string())
    }
}

impl Codec {
    fn load(&self) -> Result<Spec, GearError> {
        let name = &*self.config.spec_path;
        let unusable = |why: String| GearError::new("bad_spec", format!("{name}: {why}"));
        if let Some(spec) = Spec::base(name) {
            return Ok(spec);
        }
        let specs = self.context.services.get_or_default::<Specs>();
        let stored = specs.lock().get(name).map(str::to_owned);
        if let Some(text) = stored {
            // A stored specification has no folder to look into.
            let resolver = specs.lock().clone();
            return Spec::load(&text, &resolver).map_err(|problems| unusable(problems.to_string()));
        }
        let path = self.context.base.join(name);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(_) if name == "iso8583-v87-ascii" => REFERENCE.to_owned(),
            Err(error) => return Err(unusable(error.to_string())),
        };
        let folder = path.parent().map(PathBuf::from).unwrap_or_default();
        Spec::load(&text, &Beside { folder, specs }).map_err(|problems| unusable(problems.to_string()))
    }

    fn apply(&self, spec: &Spec, envelope: &mut Message) -> Result<(), GearError> {
        let outcome = core::apply(spec, &self.config, envelope)?;
        let fields = if outcome.decoded { &self.decoded } else { &self.encoded };
        fields.record(outcome.message.elements().count() as f64);
        for violation in &outcome.violations {
            let severity = format!("{:?}", violation.severity).to_lowercase();
            // Only types of the catalog have rules: the label is bounded.
            let mti = outcome.message.mti().to_owned();
            metrics::counter!(
                "flux.iso8583.violations",
                "severity" => severity, "kind" => violation.kind.name(), "mti" => mti
            )
            .increment(1);
            tracing::debug!(
                gear = &*self.context.name, flux_id = %envelope.id, rule = violation.text,
                "Message breaks a spec rule"
            );
        }
        let (gear, mti) = (&*self.context.name, outcome.message.mti());
        let direction = if outcome.decoded { "decode" } else { "encode" };
        tracing::debug!(gear, flux_id = %envelope.id, direction, mti, "Codec message processed");
        if tracing::enabled!(tracing::Level::TRACE) {
            let fields = spec.dump(&outcome.message);
            tracing::trace!(gear, flux_id = %envelope.id, fields, "Codec field dump");
        }
        core::rejected(&outcome.violations).map_or(Ok(()), Err)
    }
}

#[async_trait]
impl Gear for Codec {
    async fn init(&self) -> Result<(), GearError> {
        let spec = self.load()?;
        tracing::info!(gear = &*self.context.name, spec = spec.id, hash = spec.short_hash(), "specification");
        let _ = self.spec.set(Arc::new(spec));
        Ok(())
    }

    async fn process(&self, _port: &str, mut message: Message, emit: &Emitter) -> Result<(), GearError> {
        let Some(spec) = self.spec.get() else {
            return Err(GearError::new("not_initialised", "the specification is not there yet"));
        };
        // Small texts and a shared map: nothing is allocated.
        let (connection, source) =
            (message.meta.entry("conn.id").cloned(), message.meta.entry("fluxrig.source").cloned());
        let Err(mut error) = self.apply(spec, &mut message) else {
            return Ok(emit.emit("out", message).await?);
        };
        error.detail =
            format!("Codec processing failed: {} (specification {})", error.detail, spec.short_hash());
        match self.config.on_error {
            OnError::Reject => Err(error),
            OnError::Drop => {
                self.context.failed(&error);
                Ok(())
            }
            OnError::Kill => {
                if let (Some(connection), Some(source)) = (connection, source) {
                    self.context.controls.send(&source, Command::close(&connection, &error.reason));
                }
                Err(error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Bench, context};

    const ECHO: &[u8] = b"0800822000000000000004000000000000000102030405000001301";

    #[tokio::test]
    async fn there_and_back() {
        let config = |direction| json!({"spec_path": "iso8583-v87-ascii", "direction": direction});
        let mut decode = Bench::new(&CodecType::new(), config("decode"), &["out"]).await;
        decode.process("in", Message::from_raw(ECHO)).await.unwrap();
        let mut message = decode.next("out").await;
        assert_eq!(message.key_field("data.net_mgmt_code").as_deref(), Some("301"));
        assert_eq!(message.meta.get("iso8583.mti"), Some("0800"));
        message.raw = Default::default();
        let mut encode = Bench::new(&CodecType::new(), config("auto"), &["out"]).await;
        encode.process("in", message).await.unwrap();
        assert_eq!(encode.next("out").await.raw[..], *ECHO);
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_dropped_rejected_or_ends_the_connection() {
        for (policy, refused) in [("drop", false), ("reject", true), ("kill", true)] {
            let context = context("codec");
            let mut commands = context.controls.register("terminals");
            let config = json!({"spec_path": "moov:spec87ascii", "on_error": policy});
            let bench = Bench::within(context, &CodecType::new(), config, &["out"]).await;
            let mut message = Message::from_raw(&b"0200F"[..]);
            message.meta.insert("conn.id", "c1");
            message.meta.insert("fluxrig.source", "terminals");
            assert_eq!(bench.process("in", message).await.is_err(), refused, "{policy}");
            assert_eq!(commands.try_recv().is_ok(), policy == "kill");
        }
    }

    #[tokio::test]
    async fn rules_are_enforced() {
        let config = json!({"spec_path": "iso8583-v87-ascii", "validation": "enforce", "on_error": "reject"});
        let bench = Bench::new(&CodecType::new(), config, &["out"]).await;
        let error = bench.process("in", Message::from_raw(&b"08100000000000000000"[..])).await.unwrap_err();
        assert!(error.detail.contains("DE 39: is mandatory and is not present"), "{error}");
    }

    #[tokio::test]
    async fn a_specification_that_is_not_there_is_told_at_once() {
        let codec = CodecType::new().build(json!({"spec_path": "nowhere.yaml"}), &context("c")).unwrap();
        assert_eq!(codec.init().await.unwrap_err().reason, "bad_spec");
    }
}
