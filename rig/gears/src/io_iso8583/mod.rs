//! `io_iso8583`: ISO 8583 messages over TCP and TLS, as the host that terminals call or as the
//! client of a host.
//!
//! Takes frames apart and puts them together; what is in a message is the codec's business. A reply
//! goes to the connection its request came by, and to no other.

mod config;
mod core;
#[cfg(test)]
mod tests;

use rig_scenario::{Category, Manifest, Ports, Status, Terminus};

use crate::{ConfigError, Gear, GearContext, GearType, net::Engine};

pub struct IoIso8583Type(Manifest);

impl IoIso8583Type {
    pub fn new() -> Self {
        Self(Manifest {
            gear_type: "io_iso8583".into(),
            category: Category::Io,
            status: Status::Stable,
            summary: "ISO 8583 messages over TCP or TLS, as server or client.".into(),
            ports: Ports::new(&["in"], &["out"]),
            config: config::schema(),
            terminus: Terminus::Io,
            doc: "io_iso8583".into(),
        })
    }
}

impl GearType for IoIso8583Type {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: serde_json::Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        let (settings, framing) = config::read(config, &context.name)?;
        if framing.log_raw {
            tracing::warn!(gear = &*context.name, "unsafe_raw_frame_log: frames are logged with card data");
        }
        Ok(Box::new(Engine::new(settings, framing, context)))
    }
}
