//! `conductor`: sends requests where they belong and replies back to who asked.
//!
//! The decisions are [`core::Core`]'s; here are the clock, the links it watches, and the metrics.
//! Errors leave by `error` with `error.reason`: `no_key`, `no_route`, `no_destination`,
//! `invalid_origin`, `unmatched_reply`, `draining`, `timeout`.

mod breaker;
mod config;
mod core;
mod meters;
mod routes;
#[cfg(test)]
mod tests;
mod tree;
mod valet;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use parking_lot::Mutex;
use rig_envelope::Message;
use rig_scenario::{Binding, Category, Manifest, Ports, Status, Terminus};
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};

use self::{
    config::Config,
    core::{Core, Step},
    meters::Meters,
};
use crate::{ConfigError, Emitter, Gear, GearContext, GearError, GearType, Tasks};

pub struct ConductorType(Manifest);

impl ConductorType {
    pub fn new() -> Self {
        Self(Manifest {
            gear_type: "conductor".into(),
            category: Category::Logic,
            status: Status::Stable,
            summary: "Routes requests to destinations, joins replies with them, tells what timed out.".into(),
            ports: Ports::new(
                &["in", "in_reply"],
                &["out_<name>", "out_response", "out_response_<origin>", "error"],
            ),
            config: config::schema(),
            terminus: Terminus::Opaque,
            doc: "conductor".into(),
        })
    }
}

impl GearType for ConductorType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: serde_json::Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        let core = Core::new(&Config::read(config)?, |port| match context.bindings.get(port) {
            Some(Binding::Link(gear)) => Some(gear.clone()),
            Some(Binding::Boundary | Binding::Unknown(_)) | None => None,
        });
        let meters = Meters::new(&context.name, &core);
        Ok(Box::new(Conductor {
            shared: Arc::new(Shared {
                core: Mutex::new(core),
                meters,
                begun: Instant::now(),
                opened: Notify::new(),
                settled: Notify::new(),
            }),
            context: context.clone(),
            tasks: Tasks::default(),
        }))
    }
}

struct Conductor {
    shared: Arc<Shared>,
    context: GearContext,
    tasks: Tasks,
}

struct Shared {
    core: Mutex<Core>,
    meters: Meters,
    begun: Instant,
    /// There is a ticket where there was none.
    opened: Notify,
    /// The last ticket was closed.
    settled: Notify,
}

impl Shared {
    fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Asks the core, and keeps the gauges true.
    fn ask<T>(&self, ask: impl FnOnce(&mut Core, Duration) -> T) -> T {
        let now = self.now();
        let mut core = self.core.lock();
        let before = core.in_flight();
        let answer = ask(&mut core, now);
        let after = core.in_flight();
        if before != after {
            self.meters.state(&core);
            if before == 0 {
                self.opened.notify_one();
            }
            if after == 0 {
                self.settled.notify_waiters();
            }
        }
        answer
    }

    async fn tell_timeouts(&self, context: &GearContext, emit: &Emitter) {
        loop {
            let deadline = self.core.lock().next_deadline();
            match deadline {
                Some(deadline) => sleep_until(self.begun + deadline).await,
                None => {
                    self.opened.notified().await;
                    continue;
                }
            }
            for (message, leaf) in self.ask(Core::timeouts) {
                self.meters.timeout(leaf);
                if let Err(error) =
                    emit.fail(message, GearError::new("timeout", "no reply came in time")).await
                {
                    context.failed(&error);
                }
            }
        }
    }
}

#[async_trait]
impl Gear for Conductor {
    async fn start(&self, emit: Emitter) -> Result<(), GearError> {
        // Not in the head of the loop: the lock would be held in its body, too.
        let links = self.shared.core.lock().links();
        for gear in links {
            let (shared, mut link) = (self.shared.clone(), self.context.links.of(&gear));
            let up = link.is_up();
            shared.core.lock().link(&gear, up);
            self.tasks.spawn(&self.context, async move {
                loop {
                    let up = link.changed().await;
                    shared.core.lock().link(&gear, up);
                }
            });
        }
        let (shared, context) = (self.shared.clone(), self.context.clone());
        self.tasks.spawn(&self.context, async move { shared.tell_timeouts(&context, &emit).await });
        Ok(())
    }

    async fn process(&self, port: &str, message: Message, emit: &Emitter) -> Result<(), GearError> {
        let shared = &*self.shared;
        let step = match port {
            "in" => shared.ask(|core, now| core.request(message, now)),
            "in_reply" => shared.ask(|core, now| core.reply(message, now)),
            other => return Err(GearError::new("no_input", format!("a conductor has no input {other}"))),
        };
        match step {
            Step::Forward { port, message, key, route, leaf } => match emit.emit(&port, message).await {
                Ok(()) => shared.meters.routed(route, leaf),
                Err(error) => {
                    shared.ask(|core, _| core.not_sent(&key));
                    return Err(error.into());
                }
            },
            Step::Answer { port, message, leaf, replayed } => {
                if replayed {
                    shared.meters.retransmission();
                } else {
                    shared.meters.replied(leaf);
                }
                emit.emit(&port, message).await?;
            }
            Step::Failed { reason, message } => {
                shared.meters.failed(reason);
                emit.fail(message, GearError::new(reason, explained(reason))).await?;
            }
            Step::Absorbed => shared.meters.retransmission(),
        }
        Ok(())
    }

    async fn drain(&self, deadline: Instant) {
        self.shared.core.lock().drain();
        loop {
            let settled = self.shared.settled.notified();
            if self.shared.core.lock().in_flight() == 0 {
                return;
            }
            tokio::select! {
                () = settled => {}
                () = sleep_until(deadline) => return,
            }
        }
    }

    async fn stop(&self) {
        self.tasks.abort().await;
    }
}

fn explained(reason: &str) -> &'static str {
    match reason {
        "no_key" => "a field of the correlation key is missing",
        "no_route" => "no route takes the request",
        "no_destination" => "no destination of the route is available",
        "invalid_origin" => "the request comes from a switch that is not known here",
        "unmatched_reply" => "nobody waits for this reply",
        "draining" => "the switch takes no new requests",
        _ => "the request was not answered in time",
    }
}
