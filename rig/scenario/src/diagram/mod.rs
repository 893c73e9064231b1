//! Pictures of a scenario: as Mermaid text, which many tools draw, and as SVG, drawn here.
//!
//! Both say the same: gears with their types, who is behind a socket (`labels.peer`), wires with
//! the names of their ports where these are not the plain `out` and `in`; what travels through a
//! stored stream is dashed.

mod mermaid;
mod svg;

pub use mermaid::mermaid;
pub use svg::svg;

use crate::{Scenario, Wire};

/// The ports of a wire, where they say something.
fn ports(wire: &Wire) -> String {
    match (&*wire.from.port, &*wire.to.port) {
        ("out", "in") => String::new(),
        (from, "in") => from.to_owned(),
        ("out", to) => format!("→ {to}"),
        (from, to) => format!("{from} → {to}"),
    }
}

/// What stands below a gear's name.
fn subtitle(scenario: &Scenario, gear: &crate::Gear) -> String {
    let several = scenario.racks.iter().filter(|rack| rack.name.is_some()).count() > 1;
    match &gear.deploy {
        Some(rack) if several => format!("{} · {rack}", gear.gear_type),
        _ => gear.gear_type.clone(),
    }
}
