//! What a sound document comes to.

use std::collections::BTreeSet;

use rig_scenario::{Binding, Lane, Scenario, bindings, projected, ready};
use serde_json::json;

use crate::{SWITCH, types};

#[test]
fn a_switch_is_read() {
    let scenario = Scenario::parse(SWITCH).unwrap();
    assert_eq!((&*scenario.name, &*scenario.version), ("Test Switch", "1.2.0"));
    assert_eq!(scenario.gears.len(), 7);
    assert_eq!(scenario.gears[0].config["bind"], json!(":8583"));
    assert!(scenario.wires.iter().all(|wire| wire.lane == Lane::Hot));
    assert_eq!(scenario.hash.len(), 64);
    ready(&scenario, &types()).unwrap();
    assert_eq!(Scenario::parse(SWITCH).unwrap(), scenario);
}

#[test]
fn outputs_are_bound_to_the_links_behind_them() {
    let scenario = Scenario::parse(SWITCH).unwrap();
    let bound = bindings(&scenario, &types(), "switch");
    assert_eq!(bound["out_a"], Binding::Link("host-a".into()), "through the codec");
    assert_eq!(bound["out_b"], Binding::Link("host-b".into()));
    assert!(
        matches!(&bound["out_response"], Binding::Unknown(why) if why.contains("terminals")),
        "{bound:?}"
    );
}

#[test]
fn outputs_that_lead_to_several_ends_are_bound_to_none() {
    let both =
        SWITCH.replace("to: host-b.in }", "to: host-b.in }\n  - { from: switch.out_b, to: host-a.in }");
    let scenario = Scenario::parse(&both).unwrap();
    assert!(matches!(&bindings(&scenario, &types(), "switch")["out_b"], Binding::Unknown(_)));
    let opaque = SWITCH.replace("{ name: encode-a, type: codec_iso8583", "{ name: encode-a, type: coatcheck");
    let scenario = Scenario::parse(&opaque).unwrap();
    assert!(matches!(&bindings(&scenario, &types(), "switch")["out_a"], Binding::Unknown(_)));
}

const TWO: &str = r#"
meta: { name: two, version: 1.0.0 }
racks: [{ name: east }, { name: west }, { group: edge, match: { labels: { site: edge } } }]
gears:
  - { name: a, type: conductor, deploy: east }
  - { name: b, type: conductor, deploy: west }
  - { name: c, type: log, deploy: { group: edge } }
  - { name: everywhere, type: log }
wires:
  - { from: a.out_west, to: b.in }
  - { from: a.error, to: everywhere.in }
  - { from: b.error, to: everywhere.in, lane: guaranteed }
  - { from: b.out_x, to: c.in }
"#;

#[test]
fn lanes_follow_the_racks() {
    let scenario = Scenario::parse(TWO).unwrap();
    let lanes: Vec<_> = scenario.wires.iter().map(|wire| wire.lane).collect();
    assert_eq!(lanes, [Lane::Guaranteed, Lane::Hot, Lane::Guaranteed, Lane::Guaranteed]);
    assert_eq!(bindings(&scenario, &types(), "a")["out_west"], Binding::Boundary);
}

#[test]
fn a_rack_runs_its_part() {
    let scenario = Scenario::parse(TWO).unwrap();
    let names = |rack: &str, groups: &[&str]| {
        let groups: BTreeSet<_> = groups.iter().map(|&group| group.to_owned()).collect();
        let part = projected(&scenario, rack, &groups);
        (part.gears.iter().map(|gear| gear.name.clone()).collect::<Vec<_>>(), part.wires.len())
    };
    assert_eq!(names("east", &[]), (vec!["a".into(), "everywhere".into()], 3));
    assert_eq!(names("elsewhere", &["edge"]), (vec!["c".into(), "everywhere".into()], 3));
}

#[test]
fn ports_may_stand_in_two_places() {
    let text = |inner: &str, outer: &str| {
        format!(
            "meta: {{ name: a, version: 1.0.0 }}\ngears:\n  - {{ name: x, type: t, config: {{ {inner} }}, {outer} }}\n  - {{ name: y, type: t }}\nwires:\n  - {{ from: x.one, to: y.in }}\n"
        )
    };
    Scenario::parse(&text("", "ports: { outputs: [one] }")).unwrap();
    Scenario::parse(&text("ports: { outputs: [one] }", "ports: { outputs: [other] }")).unwrap();
    let problem =
        Scenario::parse(&text("ports: { outputs: [other] }", "ports: { outputs: [one] }")).unwrap_err();
    assert!(problem.message.contains("it has other"), "{problem}");
}

#[test]
fn pipes_are_wires() {
    let scenario = Scenario::parse(&SWITCH.replace("wires:", "pipes:")).unwrap();
    assert_eq!(scenario.wires.len(), 9);
}
