//! Gears: the processing units of a scenario, and what all of them have in common.
//!
//! A gear type publishes a manifest and makes gears from their configuration. A gear is a folder:
//! `config.rs` (what it can be told), `core.rs` (what it decides, without clock or socket), `io.rs`
//! or `mod.rs` (the rest). The runtime that wires gears up lives in `rig-rack`.

mod coatcheck;
mod codec_iso8583;
mod conductor;
mod file;
mod frame;
mod generate;
mod http;
mod io_iso8583;
mod io_tcp;
mod log;
mod net;
mod registry;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use codec_iso8583::Specs;
pub use frame::{
    command::{Command, Controls},
    config::{self, ConfigError},
    context::{GearContext, Services},
    emitter::{EmitError, Emitter, Output},
    gear::{Gear, GearError, GearType},
    lane::{Lane, LaneReceiver, LaneSender},
    link::{Link, Links},
    tasks::Tasks,
};
pub use net::Listeners;
pub use registry::Registry;
pub use rig_envelope::{Message, Meta, Value};
