//! Diagrams hold every gear and wire, whatever they are called; the schema knows every type.

use rig_scenario::{Scenario, mermaid, schema, svg};

use crate::{SWITCH, types};

#[test]
fn mermaid_has_everything() {
    let text = mermaid(&Scenario::parse(SWITCH).unwrap());
    for line in [
        "title: \"Test Switch\" 1.2.0",
        "subgraph rack_g_east[\"east: payments\"]",
        "g_encode__a[\"<b>encode-a</b><br>codec_iso8583\"]",
        "peer_g_terminals([\"terminals\"]) <--> g_terminals",
        "g_switch -->|\"out_a\"| g_encode__a",
        "g_host__a -->|\"→ in_reply\"| g_switch",
    ] {
        assert!(text.contains(line), "{line}\nin\n{text}");
    }
}

#[test]
fn svg_is_well_formed_and_whole() {
    let scenario = Scenario::parse(SWITCH).unwrap();
    let text = svg(&scenario);
    assert_eq!(text.matches("class=\"wire").count(), scenario.wires.len() + 2, "wires, and two to peers");
    for gear in &scenario.gears {
        assert!(text.contains(&format!(">{}</text>", gear.name)), "{}", gear.name);
    }
    assert_eq!(text.matches('<').count(), text.matches('>').count());
    for banned in ["<script", "http://www.w3.org/1999", "@import", "NaN", "inf"] {
        assert!(!text.contains(banned), "{banned}");
    }
}

#[test]
fn boxes_do_not_overlap() {
    let text = svg(&Scenario::parse(SWITCH).unwrap());
    let boxes: Vec<(f64, f64)> = text
        .split("<g transform=\"translate(")
        .skip(1)
        .map(|rest| {
            let (x, y) = rest.split_once(')').unwrap().0.split_once(' ').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect();
    assert_eq!(boxes.len(), 9);
    for (at, a) in boxes.iter().enumerate() {
        for b in &boxes[at + 1..] {
            assert!((a.0 - b.0).abs() >= 196.0 || (a.1 - b.1).abs() >= 60.0, "{a:?} {b:?}");
        }
    }
}

#[test]
fn hostile_names_stay_text() {
    let text = SWITCH
        .replace("\"scheme A\"", "'\"]); </text><script>alert(1)</script> #quot;'")
        .replace("Test Switch", "a <b> \\\"");
    let scenario = Scenario::parse(&text).unwrap();
    assert!(!svg(&scenario).contains("<script"));
    assert!(!mermaid(&scenario).contains("<script"));
}

#[test]
fn the_schema_knows_every_type() {
    let schema = schema(&types());
    let gears = &schema["properties"]["gears"]["items"];
    assert_eq!(gears["allOf"].as_array().unwrap().len(), types().len());
    assert_eq!(gears["properties"]["type"]["anyOf"][0]["const"], "io_iso8583");
}
