//! The interface between a gear and the runtime.
//!
//! Hooks come in this order: `init` of all gears, then `start` of all, then `process`, and at the
//! end `drain` and `stop`. `process` is called for one message of a wire at a time, in the order of
//! the wire, and for several wires at once: state a gear changes stands behind a lock. A panic in
//! a hook costs the message, not the rack.

use std::borrow::Cow;

use async_trait::async_trait;
use rig_envelope::Message;
use rig_scenario::Manifest;
use tokio::time::Instant;

use super::{
    command::Command,
    config::ConfigError,
    context::GearContext,
    emitter::{EmitError, Emitter},
};

/// A kind of gear.
pub trait GearType: Send + Sync {
    fn manifest(&self) -> &Manifest;
    /// Makes a gear, or says what is wrong with its configuration. Opens nothing.
    fn build(&self, config: serde_json::Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError>;
}

/// One gear of a running scenario.
#[async_trait]
pub trait Gear: Send + Sync {
    /// Prepares what others may ask for before anything runs.
    async fn init(&self) -> Result<(), GearError> {
        Ok(())
    }
    /// Opens listeners, starts background work. Sources emit from here on.
    async fn start(&self, _emit: Emitter) -> Result<(), GearError> {
        Ok(())
    }
    /// Handles one message that came in by `port`. An error is counted and logged, and the message
    /// is gone: a gear with an `error` port sends it there itself ([`Emitter::fail`]).
    async fn process(&self, port: &str, message: Message, emit: &Emitter) -> Result<(), GearError>;
    /// Handles a command; one it does not know is an error.
    async fn control(&self, command: Command) -> Result<(), GearError> {
        Err(GearError::new("unknown_command", format!("{} means nothing to this gear", command.cmd)))
    }
    /// Takes nothing new and finishes what was begun, until the deadline at the latest. `process` is
    /// still called meanwhile.
    async fn drain(&self, _deadline: Instant) {}
    /// Releases everything. May be called twice, and without a start.
    async fn stop(&self) {}
}

/// Why a gear could not do something. The detail is for people and never holds field values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail} ({reason})")]
pub struct GearError {
    /// Short and stable: a metric's label and `error.reason`.
    pub reason: Cow<'static, str>,
    pub detail: String,
}

impl GearError {
    pub fn new(reason: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self { reason: reason.into(), detail: detail.into() }
    }
}

impl From<EmitError> for GearError {
    fn from(error: EmitError) -> Self {
        Self::new(error.reason(), error.to_string())
    }
}
