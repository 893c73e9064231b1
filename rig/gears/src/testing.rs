//! For the tests of gears: a gear with its surroundings, its outputs held open.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::{collections::HashMap, sync::Arc, time::Duration};

use platform_kernel::{Clock, Rng, Timestamp};
use rig_envelope::{EntityType, Ids, Message, Uuid};
use serde_json::Value;

use crate::{Emitter, Gear, GearContext, GearError, GearType, Lane, LaneReceiver, Output};

pub struct Bench {
    pub gear: Box<dyn Gear>,
    pub emit: Emitter,
    outputs: HashMap<String, LaneReceiver>,
}

pub fn context(name: &str) -> GearContext {
    let clock = Clock::fixed(Timestamp::from_millis(1_700_000_000_000));
    let rng = Rng::seeded(1);
    let ids = Ids::new(clock.clone(), rng.clone(), Uuid::nil());
    GearContext {
        name: Arc::from(name),
        id: ids.entity_id(EntityType::Gear),
        ids,
        clock,
        rng,
        links: Default::default(),
        controls: Default::default(),
        services: Default::default(),
        bindings: Default::default(),
        base: std::env::temp_dir(),
    }
}

impl Bench {
    /// A gear that is initialised and started, with lanes of 1024 at the named outputs.
    pub async fn new(gear_type: &impl GearType, config: Value, outputs: &[&str]) -> Self {
        Self::within(context("gear"), gear_type, config, outputs).await
    }
    pub async fn within(
        context: GearContext,
        gear_type: &impl GearType,
        config: Value,
        outputs: &[&str],
    ) -> Self {
        let gear = gear_type.build(config, &context).unwrap();
        let (mut wired, mut receivers) = (Vec::new(), HashMap::new());
        for &port in outputs {
            let (lane, receiver) = Lane::new(1024);
            wired.push(Output { port: port.into(), id: Uuid::nil(), lanes: vec![lane.sender()] });
            receivers.insert(port.to_owned(), receiver);
        }
        let emit = Emitter::new(
            &context.name,
            context.id.0,
            context.ids.clone(),
            context.clock.clone(),
            wired,
            Duration::from_secs(5),
        );
        gear.init().await.unwrap();
        gear.start(emit.clone()).await.unwrap();
        Self { gear, emit, outputs: receivers }
    }
    pub async fn process(&self, port: &str, message: Message) -> Result<(), GearError> {
        self.gear.process(port, message, &self.emit).await
    }
    /// The next message that leaves by a port; waits for it.
    pub async fn next(&mut self, port: &str) -> Message {
        self.outputs.get_mut(port).unwrap().recv().await.unwrap()
    }
}
