//! Probes on new wires: gears start only when a message would arrive.

use std::time::Duration;

use rig_envelope::{Ids, Message};
use rig_gears::Lane;
use tokio::time::{Instant, timeout_at};

use crate::{options::Options, plan::Route};

/// Probes the wires until each was seen, or the time is over; says how many were not.
pub async fn converge(lanes: &[(&Route, &Lane)], ids: &Ids, options: &Options) -> usize {
    let end = Instant::now() + options.convergence_timeout;
    loop {
        let waiting: Vec<_> = lanes.iter().filter(|(_, lane)| !lane.converged()).collect();
        if waiting.is_empty() {
            return 0;
        }
        if Instant::now() >= end {
            for (route, _) in &waiting {
                tracing::warn!(from = ?route.from, to = ?route.to, "no probe came through this wire");
            }
            return waiting.len();
        }
        for (_, lane) in &waiting {
            // A full wire has messages on it already: the next round asks again.
            let _ = lane.sender().send(Message::probe(ids.flux_id()), Duration::ZERO).await;
        }
        let next = (Instant::now() + options.handshake_interval).min(end);
        for (_, lane) in waiting {
            if timeout_at(next, lane.convergence()).await.is_err() {
                break;
            }
        }
    }
}
