//! What is wrong is told with the culprit, the line and what was meant.

use rig_scenario::{Problem, Scenario, ready};

use crate::{SWITCH, types};

/// The switch with a part replaced, and what is said of it.
fn wrong(part: &str, by: &str) -> Problem {
    assert!(SWITCH.contains(part), "{part}");
    let text = SWITCH.replacen(part, by, 1);
    Scenario::parse(&text).and_then(|scenario| ready(&scenario, &types())).unwrap_err()
}

#[track_caller]
fn told(problem: &Problem, line: u64, words: &[&str], suggestion: Option<&str>) {
    assert_eq!(problem.line, line, "{problem}");
    for word in words {
        assert!(problem.message.contains(word), "`{word}` in: {problem}");
    }
    assert_eq!(problem.suggestion.as_deref(), suggestion, "{problem}");
}

#[test]
fn the_head() {
    told(&wrong(", version: v1.2.0", ""), 2, &["meta.version", "missing"], None);
    told(&wrong("v1.2.0", "latest"), 2, &["`latest`", "1.0.0"], None);
    told(&wrong("name: Test Switch, ", ""), 2, &["meta.name", "missing"], None);
    told(
        &wrong("meta: { name: Test Switch, version: v1.2.0 }", "name: x\nversion: 1.0.0"),
        2,
        &["under `meta:`"],
        None,
    );
    assert!(Scenario::parse("gears: []").unwrap_err().message.contains("meta"));
    assert!(Scenario::parse("meta: { name: a, version: 1.0.0 }").unwrap_err().message.contains("gears"));
}

#[test]
fn unknown_keys() {
    told(&wrong("deploy: east, labels", "deplyo: east, labels"), 6, &["deplyo"], Some("deploy"));
    told(&wrong("wires:", "wires_of_it:"), 13, &["wires_of_it"], None);
}

#[test]
fn not_yaml() {
    let problem = Scenario::parse("meta: { name: a\ngears: [").unwrap_err();
    assert!(
        problem.line > 0 && !problem.message.is_empty() && !problem.message.contains("line "),
        "{problem}"
    );
    assert!(Scenario::parse("").is_err());
    assert!(Scenario::parse("- 1\n- 2\n").is_err());
    assert!(Scenario::parse("meta: 5").is_err());
}

#[test]
fn racks() {
    told(
        &wrong("name: east, labels: { role", "name: East!, labels: { role"),
        4,
        &["East!", "rack"],
        Some("east"),
    );
    told(
        &wrong("  - { name: east, ", "  - { name: east }\n  - { name: east, "),
        5,
        &["two racks called `east`"],
        None,
    );
    told(
        &wrong("- { name: east, labels: { role: \"payments\" } }", "- { group: east }"),
        4,
        &["labels"],
        None,
    );
    told(
        &wrong("name: east, labels: { role", "labels: { role"),
        4,
        &["`name`", "`group`", "`defaults`"],
        None,
    );
    told(
        &wrong("name: east, labels: { role", "name: east, group: b, labels: { role"),
        4,
        &["not both"],
        None,
    );
}

#[test]
fn gears() {
    told(&wrong("{ name: decode, ", "{ "), 7, &["no `name`"], None);
    told(&wrong("name: decode,", "name: Decode It,"), 7, &["Decode It"], Some("decode-it"));
    told(&wrong("name: decode,", "name: terminals,"), 7, &["two gears called `terminals`"], None);
    told(&wrong("name: decode, type: codec_iso8583,", "name: decode,"), 7, &["`decode`", "no `type`"], None);
    told(
        &wrong("name: switch, type: conductor, deploy: east", "name: switch, type: conductor, deploy: eats"),
        8,
        &["`eats`", "east"],
        Some("east"),
    );
    told(
        &wrong("type: conductor", "type: conducter"),
        8,
        &["unknown gear type: conducter"],
        Some("conductor"),
    );
}

#[test]
fn wires() {
    told(&wrong("{ from: terminals.out, to: decode.in }", "{ to: decode.in }"), 14, &["no `from`"], None);
    told(&wrong("to: decode.in", "to: decode"), 14, &["`decode`", "gear.port"], None);
    told(&wrong("to: decode.in", "to: decode.in, lane: hto"), 14, &["`hto`"], Some("hot"));
    told(&wrong("to: decode.in", "to: decod.in"), 14, &["`decod`"], Some("decode.in"));
    told(&wrong("to: decode.in", "to: esat.decode.in"), 14, &["`esat`"], Some("east"));
    told(
        &wrong("to: switch.in_reply", "to: switch.in_repyl"),
        19,
        &["in, in_reply"],
        Some("switch.in_reply"),
    );
    told(
        &wrong("from: decode.out", "from: decode.outt"),
        15,
        &["codec_iso8583", "it has out"],
        Some("decode.out"),
    );
}

#[test]
fn between_racks_nothing_is_hot() {
    let text = SWITCH
        .replace("  - { name: east,", "  - { name: west }\n  - { name: east,")
        .replace(
            "name: decode, type: codec_iso8583, deploy: east",
            "name: decode, type: codec_iso8583, deploy: west",
        )
        .replace("to: decode.in }", "to: decode.in, lane: hot }");
    let problem = Scenario::parse(&text).unwrap_err();
    told(&problem, 15, &["cannot be hot", "terminals.out", "decode.in"], None);
}

#[test]
fn buckets_have_one_daemon() {
    let text = |gears: &str| {
        let text = format!("meta: {{ name: a, version: 1.0.0 }}\ngears:\n{gears}\nwires: []\n");
        ready(&Scenario::parse(&text).unwrap(), &types())
    };
    let gear = |name: &str, mode: &str, bucket: &str| {
        format!("  - {{ name: {name}, type: coatcheck, config: {{ mode: {mode}, bucket: {bucket} }} }}\n")
    };
    text(&(gear("d", "daemon", "toll") + &gear("s", "store", "toll"))).unwrap();
    let problem = text(&gear("s", "store", "toll")).unwrap_err();
    assert!(problem.message.contains("no daemon"), "{problem}");
    let problem = text(&(gear("d", "daemon", "toll") + &gear("s", "restore", "tol"))).unwrap_err();
    assert_eq!(problem.suggestion.as_deref(), Some("toll"));
    let problem = text(&(gear("d", "daemon", "toll") + &gear("e", "daemon", "toll"))).unwrap_err();
    assert!(problem.message.contains("two daemons"), "{problem}");
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(text in "\\PC{0,200}") {
        let _ = Scenario::parse(&text);
    }

    /// Lines of a good document left out, doubled or cut: read or refused.
    #[test]
    fn damaged_documents_are_read_or_refused(line in 0_usize..24, how in 0_u8..3, at in 0_usize..60) {
        let mut lines: Vec<String> = SWITCH.lines().map(str::to_owned).collect();
        let line = line % lines.len();
        match how {
            0 => { lines.remove(line); }
            1 => { let copy = lines[line].clone(); lines.insert(line, copy); }
            _ => { let end = at.min(lines[line].len()); lines[line].truncate(end); }
        }
        let _ = Scenario::parse(&lines.join("\n")).and_then(|scenario| ready(&scenario, &types()));
    }
}
