//! The switch's metrics: handles are made once, so that counting costs an addition.

use metrics::{Counter, Gauge, counter, gauge};

use super::core::Core;

struct Destination {
    /// By route.
    routed: Vec<Counter>,
    replied: Counter,
    timeouts: Counter,
    in_flight: Gauge,
    breaker: Gauge,
}

pub struct Meters {
    gear: String,
    destinations: Vec<Destination>,
    retransmissions: Counter,
    unmatched: Counter,
}

impl Meters {
    pub fn new(gear: &str, core: &Core) -> Self {
        let routes: Vec<_> = core.routes().map(str::to_owned).collect();
        let destinations = core
            .destinations()
            .map(|(port, ..)| {
                let labels = [("flux.name", gear.to_owned()), ("destination", port.to_owned())];
                Destination {
                    routed: routes
                        .iter()
                        .map(|route| {
                            let route = ("route", route.clone());
                            counter!("flux.conductor.routed", &[labels[0].clone(), labels[1].clone(), route])
                        })
                        .collect(),
                    replied: counter!("flux.conductor.replied", &labels),
                    timeouts: counter!("flux.conductor.timeouts", &labels),
                    in_flight: gauge!("flux.conductor.in_flight", &labels),
                    breaker: gauge!("flux.conductor.breaker_state", &labels),
                }
            })
            .collect();
        Self {
            destinations,
            retransmissions: counter!("flux.conductor.retransmissions", "flux.name" => gear.to_owned()),
            unmatched: counter!("flux.conductor.unmatched", "flux.name" => gear.to_owned()),
            gear: gear.to_owned(),
        }
    }

    pub fn routed(&self, route: usize, leaf: usize) {
        self.destinations[leaf].routed[route].increment(1);
    }
    pub fn replied(&self, leaf: usize) {
        self.destinations[leaf].replied.increment(1);
    }
    pub fn timeout(&self, leaf: usize) {
        self.destinations[leaf].timeouts.increment(1);
    }
    pub fn retransmission(&self) {
        self.retransmissions.increment(1);
    }
    pub fn failed(&self, reason: &'static str) {
        if reason == "unmatched_reply" {
            self.unmatched.increment(1);
        } else {
            counter!("flux.conductor.refused", "flux.name" => self.gear.clone(), "reason" => reason)
                .increment(1);
        }
    }
    /// What is under way, and the breakers.
    pub fn state(&self, core: &Core) {
        for (destination, (_, under_way, breaker)) in self.destinations.iter().zip(core.destinations()) {
            // Far below where a float stops counting.
            destination.in_flight.set(f64::from(u32::try_from(under_way).unwrap_or(u32::MAX)));
            if let Some(breaker) = breaker {
                destination.breaker.set(f64::from(breaker as u8));
            }
        }
    }
}
