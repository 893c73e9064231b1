//! The scenario as a Mermaid flowchart.

use std::{
    collections::BTreeMap,
    fmt::{self, Write},
};

use super::ports;
use crate::{Gear, Lane, Scenario};

/// Mermaid source, a `flowchart LR`. Racks are frames.
pub fn mermaid(scenario: &Scenario) -> String {
    let mut text = String::new();
    // Writing into a String cannot fail.
    let _ = write(scenario, &mut text);
    text
}

fn write(scenario: &Scenario, out: &mut String) -> fmt::Result {
    writeln!(out, "---\ntitle: {} {}\n---\nflowchart LR", quoted(&scenario.name), scenario.version)?;
    let mut racks: BTreeMap<Option<&str>, Vec<&Gear>> = BTreeMap::new();
    for gear in &scenario.gears {
        racks.entry(gear.deploy.as_deref()).or_default().push(gear);
    }
    for (rack, gears) in racks {
        if let Some(rack) = rack {
            let role = scenario.racks.iter().find(|target| target.name.as_deref() == Some(rack));
            let role = role.and_then(|target| target.labels.get("role"));
            let title = role.map_or_else(|| rack.to_owned(), |role| format!("{rack}: {role}"));
            writeln!(out, "  subgraph rack_{}[\"{}\"]", id(rack), escaped(&title))?;
        }
        for gear in gears {
            writeln!(
                out,
                "    {}[\"<b>{}</b><br>{}\"]",
                id(&gear.name),
                escaped(&gear.name),
                escaped(&gear.gear_type)
            )?;
        }
        if rack.is_some() {
            writeln!(out, "  end")?;
        }
    }
    for gear in &scenario.gears {
        if let Some(peer) = gear.labels.get("peer") {
            writeln!(out, "  peer_{0}([\"{1}\"]) <--> {0}", id(&gear.name), escaped(peer))?;
        }
    }
    for wire in &scenario.wires {
        let arrow = match wire.lane {
            Lane::Hot => "-->",
            Lane::Guaranteed => "-.->",
        };
        let label = ports(wire);
        let label = if label.is_empty() { label } else { format!("|\"{}\"|", escaped(&label)) };
        writeln!(out, "  {} {arrow}{label} {}", id(&wire.from.gear), id(&wire.to.gear))?;
    }
    Ok(())
}

/// `end` and the like are words of the language: every name is marked.
fn id(name: &str) -> String {
    format!("g_{}", name.replace('-', "__"))
}

fn escaped(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '"' => "#quot;".to_owned(),
            '<' => "#lt;".to_owned(),
            '>' => "#gt;".to_owned(),
            '#' => "#35;".to_owned(),
            c if c.is_control() => " ".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

/// As a YAML text in double quotes, which JSON's is.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
