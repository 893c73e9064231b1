//! What has to run for a scenario, and how that differs from what runs.

use std::collections::{BTreeMap, BTreeSet};

use rig_scenario::{Binding, Lane, Scenario, Wire, bindings};
use serde_json::Value;

use crate::{apply::ApplyError, options::Host};

/// One gear that is to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub gear_type: String,
    /// With references to the environment and to secrets replaced.
    pub config: Value,
    /// Wires that leave or reach it.
    pub wires: BTreeSet<Route>,
    pub bindings: BTreeMap<String, Binding>,
}

/// A wire by its ends: gear and port, twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub from: (String, String),
    pub to: (String, String),
}

/// Everything that is to run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub parts: BTreeMap<String, Part>,
    pub routes: BTreeSet<Route>,
    /// In the order of the scenario.
    pub order: Vec<String>,
}

impl Plan {
    pub fn new(scenario: &Scenario, host: &Host) -> Result<Self, ApplyError> {
        let manifests = host.registry.manifests();
        scenario.check_ports(&manifests).map_err(ApplyError::Scenario)?;
        let mut plan = Self::default();
        for wire in &scenario.wires {
            if wire.lane == Lane::Guaranteed {
                return Err(ApplyError::Guaranteed(format!("{} → {}", wire.from, wire.to)));
            }
            plan.routes.insert(route(wire));
        }
        for gear in &scenario.gears {
            if host.registry.get(&gear.gear_type).is_none() {
                return Err(ApplyError::UnknownType(gear.gear_type.clone()));
            }
            let mut config = rig_scenario::expand(&Value::Object(gear.config.clone()), &*host.values)
                .map_err(|error| ApplyError::Config { gear: gear.name.clone(), text: error.to_string() })?;
            // A gear hears of its declared ports wherever they are declared.
            if let (Some(ports), Value::Object(fields)) = (&gear.ports, &mut config) {
                let ports = serde_json::json!({"inputs": ports.inputs, "outputs": ports.outputs});
                fields.insert("ports".into(), ports);
            }
            let bindings = bindings(scenario, &manifests, &gear.name);
            for (port, binding) in &bindings {
                if let Binding::Unknown(why) = binding {
                    tracing::debug!(gear = gear.name, port, "counts as always available: {why}");
                }
            }
            let wires = plan
                .routes
                .iter()
                .filter(|route| route.from.0 == gear.name || route.to.0 == gear.name)
                .cloned()
                .collect();
            let part = Part { gear_type: gear.gear_type.clone(), config, wires, bindings };
            plan.parts.insert(gear.name.clone(), part);
            plan.order.push(gear.name.clone());
        }
        Ok(plan)
    }
}

fn route(wire: &Wire) -> Route {
    Route {
        from: (wire.from.gear.clone(), wire.from.port.clone()),
        to: (wire.to.gear.clone(), wire.to.port.clone()),
    }
}
