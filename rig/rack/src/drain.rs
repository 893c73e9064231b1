//! The end without loss: inputs first, then what is on the wires, then what is waited for.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures_util::future::join_all;
use rig_gears::Lane;
use rig_scenario::Category;
use tokio::time::Instant;

use crate::{options::Host, plan::Route, running::Running};

/// How often the wires are looked at while they empty.
const LOOK: Duration = Duration::from_millis(5);

/// Sockets and files take nothing new; what came in goes through; switches wait for their
/// replies; what these cause goes through, too.
pub async fn drain(gears: &[Arc<Running>], lanes: &BTreeMap<Route, Lane>, host: &Host, deadline: Instant) {
    let (outer, inner): (Vec<_>, Vec<_>) = gears.iter().partition(|running| {
        let gear_type = host.registry.get(&running.part.gear_type);
        gear_type.is_some_and(|gear_type| gear_type.manifest().category == Category::Io)
    });
    join_all(outer.iter().map(|gear| gear.drain(deadline))).await;
    at_rest(lanes, deadline).await;
    join_all(inner.iter().map(|gear| gear.drain(deadline))).await;
    at_rest(lanes, deadline).await;
}

async fn at_rest(lanes: &BTreeMap<Route, Lane>, deadline: Instant) {
    // Twice in a row: a gear may be between taking a message and sending what comes of it.
    let mut still = 0;
    while still < 2 && Instant::now() < deadline {
        still = if lanes.values().all(|lane| lane.under_way() == 0) { still + 1 } else { 0 };
        tokio::time::sleep(LOOK).await;
    }
}
