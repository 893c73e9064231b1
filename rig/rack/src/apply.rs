//! Bringing a scenario up, changing it, taking it down.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rig_envelope::{EntityType, Ids};
use rig_gears::{Command, ConfigError, Controls, Emitter, Gear, GearContext, GearError, Lane, Links, Output};
use rig_scenario::{Problem, Scenario};
use tokio::{sync::Mutex, time::Instant};

use crate::{
    convergence::converge,
    drain::drain,
    options::{Host, Options},
    plan::{Part, Plan, Route},
    running::{Inlet, Running},
};

/// Why a scenario does not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    #[error("{0}")]
    Scenario(Problem),
    #[error("unknown gear type: {0}")]
    UnknownType(String),
    #[error("the gear {gear}: {text}")]
    Config { gear: String, text: String },
    #[error("the wire {0} is guaranteed: that takes a Mixer, and this rack has none")]
    Guaranteed(String),
    #[error("the gear {gear} did not start: {error}")]
    Start { gear: String, error: GearError },
}

/// What a change came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Gears that are new.
    pub started: Vec<String>,
    /// Gears that were stopped and started again.
    pub restarted: Vec<String>,
    pub stopped: Vec<String>,
    /// Gears that never stopped.
    pub kept: Vec<String>,
    /// Wires no probe came through in time.
    pub unconverged: usize,
}

/// A wire that is there: the end to send by and the end to read.
struct Cable {
    lane: Lane,
    inlet: Inlet,
}

#[derive(Default)]
struct State {
    plan: Plan,
    gears: BTreeMap<String, Arc<Running>>,
    cables: BTreeMap<Route, Cable>,
}

/// Runs one scenario at a time.
pub struct Rack {
    options: Options,
    host: Host,
    ids: Ids,
    links: Links,
    controls: Controls,
    state: Mutex<State>,
}

/// A gear that is made and not yet running.
type Made = (String, Part, GearContext, Box<dyn Gear>);

impl Rack {
    pub fn new(options: Options, host: Host) -> Self {
        let ids = Ids::new(host.clock.clone(), host.rng.clone(), host.machine);
        let (links, controls) = (Links::default(), Controls::default());
        Self { options, host, ids, links, controls, state: Mutex::default() }
    }
    pub fn links(&self) -> &Links {
        &self.links
    }
    /// Hands a command to a gear. False: no such gear runs, or it has too many to do.
    pub fn control(&self, gear: &str, command: Command) -> bool {
        self.controls.send(gear, command)
    }
    /// The gears that run, in the order of the scenario.
    pub async fn gears(&self) -> Vec<String> {
        self.state.lock().await.plan.order.clone()
    }

    /// Runs the scenario instead of what runs now. The same scenario again changes nothing. On an
    /// error about the scenario nothing is touched; where a gear does not start, what ran before
    /// is brought back.
    pub async fn apply(&self, scenario: &Scenario) -> Result<Applied, ApplyError> {
        let plan = Plan::new(scenario, &self.host)?;
        let mut state = self.state.lock().await;
        let before = state.plan.clone();
        let made = self.made(&plan, &changed(&before, &plan))?;
        match self.change(&mut state, plan, made).await {
            Ok(applied) => Ok(applied),
            Err(error) => {
                tracing::error!("{error}; what ran before is brought back");
                let changed = before.parts.keys().filter(|name| !state.gears.contains_key(*name)).cloned();
                let again = match self.made(&before, &changed.collect()) {
                    Ok(made) => self.change(&mut state, before, made).await,
                    Err(error) => Err(error),
                };
                if let Err(error) = again {
                    tracing::error!("{error}: that gear and those behind it do not run");
                }
                Err(error)
            }
        }
    }

    /// Takes everything down: inputs close, what is under way is finished as far as
    /// `drain_timeout` allows.
    pub async fn shutdown(&self) {
        let mut state = self.state.lock().await;
        let gears: Vec<_> = state.gears.values().cloned().collect();
        let lanes = lanes(&state.cables);
        drain(&gears, &lanes, &self.host, Instant::now() + self.options.drain_timeout).await;
        self.stop(&gears).await;
        *state = State::default();
    }

    /// Makes the named gears of a plan.
    fn made(&self, plan: &Plan, names: &BTreeSet<String>) -> Result<Vec<Made>, ApplyError> {
        let mut made = Vec::with_capacity(names.len());
        for name in plan.order.iter().filter(|name| names.contains(*name)) {
            let Some(part) = plan.parts.get(name) else { continue };
            let Some(gear_type) = self.host.registry.get(&part.gear_type) else {
                return Err(ApplyError::UnknownType(part.gear_type.clone()));
            };
            let context = self.context(name, part);
            let gear = gear_type
                .build(part.config.clone(), &context)
                .map_err(|ConfigError(text)| ApplyError::Config { gear: name.clone(), text })?;
            made.push((name.clone(), part.clone(), context, gear));
        }
        Ok(made)
    }

    fn context(&self, name: &str, part: &Part) -> GearContext {
        GearContext {
            name: Arc::from(name),
            id: self.ids.entity_id(EntityType::Gear),
            ids: self.ids.clone(),
            clock: self.host.clock.clone(),
            rng: self.host.rng.clone(),
            links: self.links.clone(),
            controls: self.controls.clone(),
            services: self.host.services.clone(),
            bindings: Arc::new(part.bindings.clone()),
            base: self.host.base.clone(),
        }
    }

    /// Stops what is replaced or gone, and starts what was made.
    async fn change(&self, state: &mut State, plan: Plan, made: Vec<Made>) -> Result<Applied, ApplyError> {
        let mut applied = Applied::default();
        let fresh: BTreeSet<_> = made.iter().map(|(name, ..)| name.clone()).collect();
        let (mut leaving, mut names) = (Vec::new(), Vec::new());
        for (name, running) in &state.gears {
            match (plan.parts.contains_key(name), fresh.contains(name)) {
                (true, false) => applied.kept.push(name.clone()),
                (true, true) => applied.restarted.push(name.clone()),
                (false, _) => applied.stopped.push(name.clone()),
            }
            if fresh.contains(name) || !plan.parts.contains_key(name) {
                leaving.push(running.clone());
                names.push(name.clone());
            }
        }
        applied.started = fresh.iter().filter(|name| !state.gears.contains_key(*name)).cloned().collect();
        if !leaving.is_empty() {
            // Wires between others stay busy meanwhile and must not be waited for.
            let mut lanes = lanes(&state.cables);
            lanes.retain(|route, _| names.contains(&route.from.0) && names.contains(&route.to.0));
            drain(&leaving, &lanes, &self.host, Instant::now() + self.options.drain_timeout).await;
            self.stop(&leaving).await;
            state.gears.retain(|name, _| !names.contains(name));
        }
        state.cables.retain(|route, _| plan.routes.contains(route));
        let new: Vec<_> =
            plan.routes.iter().filter(|route| !state.cables.contains_key(*route)).cloned().collect();
        for route in &new {
            let (lane, receiver) = Lane::new(self.options.lane_queue_size);
            let inlet = Arc::new(tokio::sync::Mutex::new(receiver));
            state.cables.insert(route.clone(), Cable { lane, inlet });
        }
        state.plan = plan;
        self.start(state, made, &new, &mut applied).await?;
        Ok(applied)
    }

    async fn start(
        &self,
        state: &mut State,
        made: Vec<Made>,
        new: &[Route],
        applied: &mut Applied,
    ) -> Result<(), ApplyError> {
        let mut starting = Vec::with_capacity(made.len());
        for (name, part, context, gear) in made {
            let emit = self.emitter(&context, &part, &state.cables);
            let inlets = part
                .wires
                .iter()
                .filter(|route| route.to.0 == name)
                .filter_map(|route| Some((route.clone(), state.cables.get(route)?.inlet.clone())))
                .collect();
            starting.push((
                name,
                Arc::new(Running::new(part, context, gear, emit, inlets, self.host.hops.clone())),
            ));
        }
        let mut outcome = Ok(());
        for (name, running) in &starting {
            if let Err(error) = running.init().await {
                outcome = Err(ApplyError::Start { gear: name.clone(), error });
                break;
            }
        }
        if outcome.is_ok() {
            let probed: Vec<_> =
                new.iter().filter_map(|route| Some((route, &state.cables.get(route)?.lane))).collect();
            applied.unconverged = converge(&probed, &self.ids, &self.options).await;
            // Those at the ends of wires first, so that sources find everyone there.
            for (name, running) in starting.iter().rev() {
                tracing::info!(gear = &**name, gear_type = running.part.gear_type, "starting gear");
                match running.start().await {
                    Ok(()) => running.open(),
                    Err(error) => {
                        outcome = Err(ApplyError::Start { gear: name.clone(), error });
                        break;
                    }
                }
            }
        }
        if outcome.is_err() {
            let all: Vec<_> = starting.into_iter().map(|(_, running)| running).collect();
            self.stop(&all).await;
        } else {
            state.gears.extend(starting);
        }
        outcome
    }

    fn emitter(&self, context: &GearContext, part: &Part, cables: &BTreeMap<Route, Cable>) -> Emitter {
        let mut outputs: BTreeMap<&str, Output> = BTreeMap::new();
        for route in part.wires.iter().filter(|route| *route.from.0 == *context.name) {
            let Some(cable) = cables.get(route) else { continue };
            let port = &*route.from.1;
            let output = outputs.entry(port).or_insert_with(|| Output {
                port: port.to_owned(),
                id: self.ids.entity_id(EntityType::PortOutput).0,
                lanes: Vec::new(),
            });
            output.lanes.push(cable.lane.sender());
        }
        Emitter::new(
            &context.name,
            context.id.0,
            self.ids.clone(),
            self.host.clock.clone(),
            outputs.into_values().collect(),
            self.options.lane_send_timeout,
        )
    }

    async fn stop(&self, gears: &[Arc<Running>]) {
        futures_util::future::join_all(gears.iter().map(|gear| gear.stop(self.options.cleanup_timeout)))
            .await;
    }
}

fn lanes(cables: &BTreeMap<Route, Cable>) -> BTreeMap<Route, Lane> {
    cables.iter().map(|(route, cable)| (route.clone(), cable.lane.clone())).collect()
}

/// Gears of the new plan that are not in the old one as they are.
fn changed(before: &Plan, after: &Plan) -> BTreeSet<String> {
    after
        .parts
        .iter()
        .filter(|(name, part)| before.parts.get(*name) != Some(part))
        .map(|(name, _)| name.clone())
        .collect()
}
