//! How a rack behaves, and what it stands on.

use std::{path::PathBuf, sync::Arc, time::Duration};

use platform_kernel::{Clock, Rng};
use rig_envelope::Uuid;
use rig_gears::{Registry, Services};
use rig_scenario::Source;

use crate::hops::Hops;

/// Times and sizes.
#[derive(Clone, Debug)]
pub struct Options {
    /// Messages that may wait on one wire.
    pub lane_queue_size: usize,
    /// How long an emitter waits for room on a wire.
    pub lane_send_timeout: Duration,
    /// Between two probes of a wire that was not seen yet.
    pub handshake_interval: Duration,
    /// How long wires are probed before the gears are started anyway.
    pub convergence_timeout: Duration,
    /// How long gears may finish what was begun.
    pub drain_timeout: Duration,
    /// How long gears may take to let go.
    pub cleanup_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lane_queue_size: 1024,
            lane_send_timeout: Duration::from_secs(5),
            handshake_interval: Duration::from_millis(500),
            convergence_timeout: Duration::from_secs(5),
            drain_timeout: Duration::from_secs(35),
            cleanup_timeout: Duration::from_secs(2),
        }
    }
}

/// What comes from outside.
#[derive(Clone)]
pub struct Host {
    pub clock: Clock,
    pub rng: Rng,
    /// Nil while the machine has none.
    pub machine: Uuid,
    pub registry: Registry,
    pub services: Services,
    /// For `${env:…}` and `${secret:…}` in configurations.
    pub values: Arc<dyn Source + Send + Sync>,
    /// Where relative paths in configurations begin.
    pub base: PathBuf,
    /// Who wants to see what every gear does.
    pub hops: Option<Arc<dyn Hops>>,
}
