//! What has to hold before a scenario runs: the types are known, and each thing there has to be
//! one of is there once. And the part of it that one rack runs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    Manifest, Problem, Scenario,
    problem::{closest, listed},
};

/// Whether racks that know these types can run the scenario. The configuration of a gear is
/// checked by its type when it is made.
pub fn ready(scenario: &Scenario, known: &[Manifest]) -> Result<(), Problem> {
    for gear in &scenario.gears {
        if !known.iter().any(|manifest| manifest.gear_type == gear.gear_type) {
            let types = || known.iter().map(|manifest| &*manifest.gear_type);
            let text = format!(
                "unknown gear type: {} (of the gear {}); there are {}",
                gear.gear_type,
                gear.name,
                listed(types())
            );
            return Err(Problem::at(gear.place, text).suggest(closest(&gear.gear_type, types())));
        }
    }
    scenario.check_ports(known)?;
    coat_checks(scenario)
}

/// Each bucket has exactly one daemon.
fn coat_checks(scenario: &Scenario) -> Result<(), Problem> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut daemons = BTreeMap::new();
    let mut used = Vec::new();
    for gear in scenario.gears.iter().filter(|gear| gear.gear_type == "coatcheck") {
        let bucket = text(gear.config.get("bucket"));
        if text(gear.config.get("mode")) != "daemon" {
            used.push((bucket, gear));
        } else if let Some(first) = daemons.insert(bucket.clone(), &gear.name) {
            let text = format!("the bucket `{bucket}` has two daemons: {first} and {}", gear.name);
            return Err(Problem::at(gear.place, text));
        }
    }
    for (bucket, gear) in used {
        if !daemons.contains_key(&bucket) {
            let text = format!("the gear {} uses the bucket `{bucket}`, which has no daemon", gear.name);
            let suggestion = closest(&bucket, daemons.keys().map(String::as_str));
            return Err(Problem::at(gear.place, text).suggest(suggestion));
        }
    }
    Ok(())
}

/// What the rack runs: gears that go to it (or to one of its groups, or everywhere), and every
/// wire with an end among them. A scenario that names no racks is whole.
pub fn projected(scenario: &Scenario, rack: &str, groups: &BTreeSet<String>) -> Scenario {
    let here = |place: Option<&str>| place.is_none_or(|place| place == rack || groups.contains(place));
    let gears: Vec<_> = scenario.gears.iter().filter(|gear| here(gear.deploy.as_deref())).cloned().collect();
    let wires = scenario
        .wires
        .iter()
        .filter(|wire| [&wire.from, &wire.to].into_iter().any(|end| here(scenario.rack_of(end))))
        .cloned()
        .collect();
    Scenario { gears, wires, ..scenario.clone() }
}
