//! `io_tcp`: messages over TCP and TLS, between delimiters or behind lengths.
//!
//! As a server, what names no connection goes to anyone who is connected, or waits for the next. As
//! a client, it is one connection that comes back by itself.

mod config;
mod core;

use rig_scenario::{Category, Manifest, Ports, Status, Terminus};

use crate::{ConfigError, Gear, GearContext, GearType, net::Engine};

pub struct IoTcpType(Manifest);

impl IoTcpType {
    pub fn new() -> Self {
        Self(Manifest {
            gear_type: "io_tcp".into(),
            category: Category::Io,
            status: Status::Stable,
            summary: "Messages over TCP or TLS, by delimiter or length, as server or client.".into(),
            ports: Ports::new(&["in"], &["out"]),
            config: config::schema(),
            terminus: Terminus::Io,
            doc: "io_tcp".into(),
        })
    }
}

impl GearType for IoTcpType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: serde_json::Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        let (settings, framing) = config::read(config)?;
        Ok(Box::new(Engine::new(settings, framing, context)))
    }
}
