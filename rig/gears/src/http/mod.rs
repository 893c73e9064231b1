//! `http`: a server whose requests become messages and wait for their replies, or a client whose
//! messages become requests.
//!
//! What others can cost is bounded: bytes of heads and bodies, the time they may take, connections
//! and requests under way. Neither bodies nor field values are ever logged.

mod client;
mod config;
mod server;
mod template;
#[cfg(test)]
mod tests;

use rig_scenario::{Category, Manifest, Ports, Status, Terminus};

use self::config::Config;
use crate::{ConfigError, Gear, GearContext, GearType};

pub struct HttpType(Manifest);

impl HttpType {
    pub fn new() -> Self {
        Self(Manifest {
            gear_type: "http".into(),
            category: Category::Io,
            status: Status::Stable,
            summary: "Answers HTTP requests with messages, or asks HTTP servers.".into(),
            ports: Ports::new(&["in"], &["out", "error"]),
            config: config::schema(),
            terminus: Terminus::Io,
            doc: "http".into(),
        })
    }
}

impl GearType for HttpType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: serde_json::Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        Ok(match config::read(config)? {
            Config::Server(config) => Box::new(server::Server::new(config, context)?),
            Config::Client(config) => Box::new(client::Client::new(config, context)?),
        })
    }
}
