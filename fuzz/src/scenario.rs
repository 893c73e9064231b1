//! Scenarios in YAML: read and drawn, or refused with a place that is in the document.

use rig_scenario::{Scenario, mermaid, svg};

/// Whether the input was a scenario.
pub fn run(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    match Scenario::parse(text) {
        Ok(scenario) => {
            for wire in &scenario.wires {
                assert!(scenario.gear(&wire.from.gear).is_some() && scenario.gear(&wire.to.gear).is_some());
            }
            let drawn = svg(&scenario);
            assert!(drawn.starts_with("<svg") && drawn.trim_end().ends_with("</svg>"));
            assert!(mermaid(&scenario).lines().count() > scenario.gears.len());
            true
        }
        Err(problem) => {
            assert!(problem.line <= text.lines().count() as u64 + 1, "{problem}");
            assert!(!problem.message.is_empty());
            false
        }
    }
}
