//! Scenarios as the commands take them: a file, or `name:version` of the store; and everything
//! that can be said of one before it runs.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use parking_lot::Mutex;
use platform_kernel::{Clock, Rng};
use rig_envelope::{EntityType, Ids, Uuid};
use rig_gears::{GearContext, Registry, Services, Specs};
use rig_iso8583::SpecStore;
use rig_scenario::{Lane, Problem, Scenario, Source};
use tokio::time::Instant;

use crate::{
    console::Usage,
    store::{Kind, Store},
};

/// The text of a scenario, and where it came from.
#[derive(Clone, Debug)]
pub struct Document {
    pub text: String,
    /// What it is called in complaints.
    pub name: String,
    /// None: it came from the store, and does not change.
    pub path: Option<PathBuf>,
    /// Where relative paths in it begin.
    pub base: PathBuf,
}

impl Document {
    /// A file, or an entry of the store.
    pub fn open(reference: &str, store: &Store) -> anyhow::Result<Self> {
        let path = Path::new(reference.strip_prefix("file://").unwrap_or(reference));
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Self {
                text,
                name: reference.to_owned(),
                path: Some(path.to_owned()),
                base: path.parent().map(Path::to_owned).unwrap_or_default(),
            }),
            Err(error) if reference.contains(['/', '.']) && !reference.contains(':') => {
                Err(Usage::error(format!("{}: {error}", path.display())))
            }
            Err(_) => {
                let (entry, text) = store
                    .find(Kind::Scenario, reference)
                    .map_err(|error| Usage::error(format!("there is no file `{reference}`, and {error}")))?;
                let name = format!("{}:{}", entry.name, entry.tag);
                Ok(Self { text, name, path: None, base: PathBuf::from(".") })
            }
        }
    }

    /// The scenario, if everything that can be told without gears holds.
    pub fn scenario(&self, registry: &Registry, values: &dyn Source) -> Result<Scenario, Vec<Problem>> {
        let manifests = registry.manifests();
        let scenario = Scenario::parse(&self.text).map_err(|problem| vec![problem])?;
        rig_scenario::ready(&scenario, &manifests).map_err(|problem| vec![problem])?;
        let problems = rig_scenario::config_problems(&scenario, &self.text, &manifests, values);
        if problems.is_empty() { Ok(scenario) } else { Err(problems) }
    }
}

/// Makes every gear and lets it prepare itself, as far as it goes without opening anything.
pub async fn rehearse(
    scenario: &Scenario,
    registry: &Registry,
    values: &dyn Source,
    specs: SpecStore,
    base: &Path,
) -> Vec<Problem> {
    let services = Services::default();
    services.put::<Specs>(Mutex::new(specs));
    let (clock, rng) = (Clock::system(), Rng::system());
    let ids = Ids::new(clock.clone(), rng.clone(), Uuid::nil());
    let manifests = registry.manifests();
    let mut problems = Vec::new();
    for gear in &scenario.gears {
        let Some(gear_type) = registry.get(&gear.gear_type) else { continue };
        let context = GearContext {
            name: Arc::from(&*gear.name),
            id: ids.entity_id(EntityType::Gear),
            ids: ids.clone(),
            clock: clock.clone(),
            rng: rng.clone(),
            links: Default::default(),
            controls: Default::default(),
            services: services.clone(),
            bindings: Arc::new(rig_scenario::bindings(scenario, &manifests, &gear.name)),
            base: base.to_owned(),
        };
        let mut say = |text: String| problems.push(gear.problem(format!("the gear {}: {text}", gear.name)));
        let config = serde_json::Value::Object(gear.config.clone());
        let config = match rig_scenario::expand(&config, values) {
            Ok(config) => config,
            Err(error) => {
                say(error.to_string());
                continue;
            }
        };
        match gear_type.build(config, &context) {
            Err(error) => say(error.to_string()),
            Ok(made) => {
                if let Err(error) = made.init().await {
                    say(error.detail);
                }
                made.drain(Instant::now()).await;
                made.stop().await;
            }
        }
    }
    problems
}

/// What works, and is perhaps not meant.
pub fn oddities(scenario: &Scenario) -> Vec<Problem> {
    let mut odd = Vec::new();
    for wire in scenario.wires.iter().filter(|wire| wire.lane == Lane::Guaranteed) {
        odd.push(wire.problem(format!(
            "the wire {} → {} is guaranteed: that takes a Mixer; `fluxrig run` alone refuses it",
            wire.from, wire.to
        )));
    }
    let wired: BTreeSet<_> =
        scenario.wires.iter().flat_map(|wire| [&*wire.from.gear, &*wire.to.gear]).collect();
    for gear in scenario.gears.iter().filter(|gear| !wired.contains(&*gear.name)) {
        let is_daemon = gear.config.get("mode").and_then(serde_json::Value::as_str) == Some("daemon");
        if !is_daemon {
            odd.push(gear.problem(format!("no wire reaches or leaves the gear {}", gear.name)));
        }
    }
    odd
}

/// The rack a scenario is run as: the name given, or the only one the scenario has. None: the
/// scenario names no racks, and any will do.
pub fn rack_of(scenario: &Scenario, given: Option<&str>) -> Result<Option<String>, String> {
    let names: Vec<_> =
        scenario.racks.iter().filter(|rack| !rack.is_group).filter_map(|rack| rack.name.as_deref()).collect();
    match (given, &names[..]) {
        (Some(name), names) if names.is_empty() || names.contains(&name) => Ok(Some(name.to_owned())),
        (Some(name), names) => Err(format!("the scenario has no rack `{name}`; it has {}", names.join(", "))),
        (None, [only]) => Ok(Some((*only).to_owned())),
        (None, []) => Ok(None),
        (None, several) => Err(format!(
            "the scenario has the racks {}: say with --name which of them this is",
            several.join(", ")
        )),
    }
}
