//! Scenarios on a rack, with gears made for the tests beside the real ones.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod gears;
mod reload;
mod runtime;
mod sample;

use std::{path::PathBuf, sync::Arc, time::Duration};

use platform_kernel::{Clock, Rng};
use rig_envelope::Uuid;
use rig_gears::{Message, Registry, Services};
use rig_rack::{Host, Options, Rack};
use rig_scenario::{Scenario, Source};

use crate::gears::{Handle, Probe};

struct NoValues;

impl Source for NoValues {
    fn env(&self, _name: &str) -> Option<String> {
        None
    }
    fn secret(&self, _name: &str) -> Option<String> {
        None
    }
}

/// A rack that knows the types `source`, `pass` and `sink` of the tests, and the hands on them.
fn rack(options: Options) -> (Rack, Arc<Probe>) {
    let probe = Arc::new(Probe::default());
    (Rack::new(options, host(&probe)), probe)
}

fn host(probe: &Arc<Probe>) -> Host {
    let mut registry = Registry::builtin();
    for gear_type in gears::types(probe) {
        registry.add(gear_type);
    }
    Host {
        clock: Clock::system(),
        rng: Rng::system(),
        machine: Uuid::nil(),
        registry,
        services: Services::default(),
        values: Arc::new(NoValues),
        base: PathBuf::from("."),
        hops: None,
    }
}

/// `gears`: lines `name type config`; `wires`: `a.out b.in`.
fn scenario(gears: &[&str], wires: &[&str]) -> Scenario {
    let mut text = "meta: { name: test, version: 1.0.0 }\ngears:\n".to_owned();
    for gear in gears {
        let mut parts = gear.splitn(3, ' ');
        let (name, gear_type) = (parts.next().unwrap(), parts.next().unwrap());
        let config = parts.next().unwrap_or("{}");
        text.push_str(&format!("  - {{ name: {name}, type: {gear_type}, config: {config} }}\n"));
    }
    text.push_str("wires:\n");
    for wire in wires {
        let (from, to) = wire.split_once(' ').unwrap();
        text.push_str(&format!("  - {{ from: {from}, to: {to} }}\n"));
    }
    Scenario::parse(&text).unwrap()
}

fn numbered(number: u64) -> Message {
    Message::from_raw(number.to_string())
}

fn number(message: &Message) -> u64 {
    std::str::from_utf8(&message.raw).unwrap().parse().unwrap()
}

fn quick() -> Options {
    Options {
        lane_queue_size: 4,
        lane_send_timeout: Duration::from_secs(5),
        drain_timeout: Duration::from_secs(10),
        ..Options::default()
    }
}

async fn received(handle: &Handle, count: usize) -> Vec<u64> {
    let mut numbers = Vec::new();
    while numbers.len() < count {
        numbers.push(number(&handle.next().await));
    }
    numbers
}
