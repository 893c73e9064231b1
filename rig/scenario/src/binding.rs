//! Which link an output depends on: the walk from a switch's output, through gears that only
//! pass messages on, to the socket they leave by.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Endpoint, Lane, Manifest, Scenario, Terminus, manifest::Category};

/// When an output can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// While the link of this gear is up.
    Link(String),
    /// Always, as far as this rack can tell: messages leave it.
    Boundary,
    /// Always: where its messages end cannot be said. The text says why; worth a warning.
    Unknown(String),
}

/// The bindings of every output of the gear that a wire leaves from, by port.
pub fn bindings(scenario: &Scenario, known: &[Manifest], gear: &str) -> BTreeMap<String, Binding> {
    let ports: BTreeSet<_> = scenario
        .wires
        .iter()
        .filter(|wire| wire.from.gear == gear)
        .map(|wire| wire.from.port.clone())
        .collect();
    ports.into_iter().map(|port| (port.clone(), walk(scenario, known, gear, &port))).collect()
}

fn walk(scenario: &Scenario, known: &[Manifest], gear: &str, port: &str) -> Binding {
    let mut ends = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut waiting = next(scenario, |from| from.gear == gear && from.port == port);
    let mut boundary = false;
    while let Some((to, lane)) = waiting.pop() {
        // Between racks every wire is guaranteed; within one it may be, and is no boundary.
        let away = lane == Lane::Guaranteed
            && scenario.gear(&to.gear).is_none_or(|found| apart(scenario, gear, found.deploy.as_deref(), to));
        if away {
            boundary = true;
            continue;
        }
        if !seen.insert(to.gear.clone()) {
            continue;
        }
        let Some(found) = scenario.gear(&to.gear) else { continue };
        let Some(manifest) = known.iter().find(|manifest| manifest.gear_type == found.gear_type) else {
            return Binding::Unknown(format!("{} is of an unknown type", found.name));
        };
        match manifest.terminus {
            Terminus::Io
                if manifest.category == Category::Io
                    && found.config.get("mode").is_none_or(|mode| mode != "client") =>
            {
                return Binding::Unknown(format!(
                    "{} waits to be called and has no link of its own",
                    found.name
                ));
            }
            Terminus::Io if manifest.category == Category::Io => {
                ends.insert(found.name.clone());
            }
            Terminus::Transparent => waiting.extend(next(scenario, |from| from.gear == found.name)),
            Terminus::Io | Terminus::Opaque => {
                return Binding::Unknown(format!("what {} makes of a message cannot be told", found.name));
            }
        }
    }
    let mut ends = ends.into_iter();
    match (ends.next(), ends.next(), boundary) {
        (Some(only), None, false) => Binding::Link(only),
        (None, _, true) => Binding::Boundary,
        (None, _, false) => Binding::Unknown("it leads nowhere".into()),
        (Some(one), Some(other), _) => Binding::Unknown(format!("it leads to both {one} and {other}")),
        (Some(one), None, true) => Binding::Unknown(format!("it leads to {one} and to another rack")),
    }
}

fn apart(scenario: &Scenario, gear: &str, there: Option<&str>, to: &Endpoint) -> bool {
    let here = scenario.gear(gear).and_then(|gear| gear.deploy.as_deref());
    let there = to.rack.as_deref().or(there);
    matches!((here, there), (Some(here), Some(there)) if here != there)
}

fn next(scenario: &Scenario, from: impl Fn(&Endpoint) -> bool) -> Vec<(&Endpoint, Lane)> {
    scenario.wires.iter().filter(|wire| from(&wire.from)).map(|wire| (&wire.to, wire.lane)).collect()
}
