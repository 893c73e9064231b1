use std::time::Duration;

use rig_iso8583::{Iso8583Message, NoReferences, SimulationState, Spec, Validation};

const SIMULATION: &str = r#"
  x-fluxrig-simulation:
    mix: [{ use: 0200, weight: 9 }, { use: 0800 }]
    defaults: { 7: $NOW, 11: $STAN, 41: TERM0001 }
    "0200":
      pan: { choose: [{ value: "$PAN(411111,16)", weight: 3 }, { value: "$PAN(5,19)", weight: 1, note: long }] }
      3: "000000"
      3.2: { choose: { from: account_type, weights: { 20: 1, 30: 0 } } }
      4: "$RAND(100,999)"
      12: $NOW
      14: "2812"
      22: "02"
      37: $RRN
      42: "$SEQ(7)"
      49: $ENUM
      48: "$$literal"
    templates:
      0210: { fields: { 38: $AUTH, 60: $UUID } }
      0800: { 70: "301" }
    responder:
      echo: [pan, 3, 4, 11, 41]
      delay: 10ms
      default: { 39: "00", 37: "$ECHO(37)" }
      rules:
        - { name: dear, when: "field(4) > 500", set: { 39: "51", 49: $INVALID }, delay: 20ms..30ms }
        - { name: none }
"#;

fn with(block: &str) -> Result<Spec, String> {
    let text = format!("{}{block}", rig_iso8583::REFERENCE);
    Spec::load(&text, &NoReferences).map_err(|problems| problems.to_string())
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, digit)| u32::from(digit - b'0') * if index % 2 == 1 { 2 } else { 1 })
        .map(|value| value / 10 + value % 10)
        .sum();
    sum.is_multiple_of(10)
}

/// 2026-11-25T07:45:39Z
const NOW: i64 = 1_795_592_739_000;

#[test]
fn requests_keep_the_rules_of_their_specification() {
    let spec = with(SIMULATION).unwrap();
    let mut state = SimulationState::new(1);
    let (mut stans, mut types, mut lengths) = (Vec::new(), [0, 0], [0, 0]);
    for index in 0..400 {
        let message = spec.simulate(&mut state, NOW).unwrap().unwrap();
        let wire = spec.encode(&message).unwrap();
        let read = spec.decode(&wire).unwrap();
        assert_eq!(read.text(7), Some("1125074539"));
        stans.push(read.text(11).unwrap().parse::<u32>().unwrap_or(0));
        types[usize::from(read.mti() == "0800")] += 1;
        if read.mti() == "0800" {
            continue;
        }
        let found = spec.violations(&read, Validation::Enforce, None);
        assert!(found.is_empty(), "{index}: {found:?}");
        let pan = read.text(2).unwrap();
        assert!(luhn(pan) && matches!((&pan[..1], pan.len()), ("4", 16) | ("5", 19)), "{pan}");
        lengths[usize::from(pan.len() == 19)] += 1;
        assert_eq!(read.text(3), Some("002000"));
        assert!((100..=999).contains(&read.text(4).unwrap().parse::<u32>().unwrap()));
        assert_eq!(read.text(37).unwrap()[..6], *"632907");
        assert_eq!(read.text(48), Some("$literal"));
        assert_eq!(read.text(42).unwrap().parse::<u32>().unwrap(), 6 + types[0]);
    }
    assert!(stans.windows(2).all(|pair| (pair[0] + 1) % 1_000_000 == pair[1]));
    assert!((300..400).contains(&types[0]) && lengths[0] > 2 * lengths[1], "{types:?} {lengths:?}");

    let again = spec.simulate(&mut SimulationState::new(1), NOW).unwrap().unwrap();
    let first = spec.simulate(&mut SimulationState::new(1), NOW).unwrap().unwrap();
    assert_eq!(spec.encode(&first), spec.encode(&again));
    assert_eq!(
        with("").unwrap().simulate(&mut state, NOW).unwrap().map(|message| message.mti().to_owned()),
        None
    );
}

#[test]
fn the_responder_follows_the_first_rule_that_holds() {
    let spec = with(SIMULATION).unwrap();
    let mut state = SimulationState::new(2);
    let mut request = Iso8583Message::of("0200");
    for (element, value) in
        [(2, "4111111111111111"), (3, "003000"), (4, "100"), (11, "7"), (37, "000000000001")]
    {
        spec.wire().set(&mut request, element, value.as_bytes()).unwrap();
    }
    let (answer, delay) = spec.respond(&request, &mut state, NOW).unwrap().unwrap();
    assert_eq!((answer.mti(), answer.text(39), delay), ("0210", Some("00"), Duration::from_millis(10)));
    assert_eq!((answer.text(3), answer.text(37)), (Some("003000"), Some("000000000001")));
    assert_eq!((answer.text(38).map(str::len), answer.text(60).map(str::len)), (Some(6), Some(36)));
    assert!(answer.text(41).is_none() && spec.encode(&answer).is_ok());

    request.set(4, "501");
    let (answer, delay) = spec.respond(&request, &mut state, NOW).unwrap().unwrap();
    assert_eq!(answer.text(39), Some("51"));
    assert!(!["840", "858", "978"].contains(&answer.text(49).unwrap()));
    assert!((Duration::from_millis(20)..=Duration::from_millis(30)).contains(&delay));
    assert!(spec.respond(&answer, &mut state, NOW).unwrap().is_none());
}

#[test]
fn what_cannot_be_drawn_is_told_at_once() {
    let problems = with(
        r#"
  x-fluxrig-simulation:
    mix: [{ use: 0300 }, { use: 0200, weight: many }]
    defaults: { 66: "1", 11: $STAMP, 4: $ENUM, 39: { choose: { from: nowhere } } }
    "0200":
      39: { choose: { from: response_code, weights: { 77: 1 } } }
      2: "$PAN(4)"
      41: $NOW
      4: "$RAND(5,1)"
    responder:
      rules: [{ name: x, when: "field(2" , delay: soon }]
"#,
    )
    .unwrap_err();
    for expected in [
        "simulation mix: `0300` is not in the catalog",
        "a weight is a whole number",
        "simulation defaults, 66: the wire layer",
        "there is no macro $STAMP",
        "$ENUM: the place has no value set",
        "there is no value set `nowhere`",
        "does not list `77`",
        "$PAN takes 2 arguments, not 1",
        "$NOW: no layout is declared",
        "smaller number first",
        "the condition does not parse",
        "a delay is like 50ms",
    ] {
        assert!(problems.contains(expected), "{expected} is not in\n{problems}");
    }
}

#[test]
fn labels_of_metrics_are_few() {
    let block = |dimensions: &str, histograms: &str| {
        with(&format!(
            "\n  x-fluxrig-observability: {{ dimensions: {dimensions}, histograms: {histograms} }}\n"
        ))
    };
    let spec = block("[mti, resp_code, 3.1]", "[{ field: txn_amount, by: 49, unit: minor }]").unwrap();
    assert_eq!(spec.dimensions().len(), 3);
    assert_eq!(spec.histograms()[0].by, rig_iso8583::Path::parse("49"));
    for (dimensions, histograms, expected) in [
        ("[pan]", "[]", "`pan` could have any number of values"),
        ("[nothing]", "[]", "there is no `nothing`"),
        ("[]", "[{ field: 4, by: mti }]", "different currencies"),
        ("[]", "[{ field: 4 }]", "different currencies"),
        ("[]", "[{ by: mti }]", "needs `field`"),
    ] {
        let problems = block(dimensions, histograms).unwrap_err();
        assert!(problems.contains(expected), "{expected} is not in\n{problems}");
    }
}

#[test]
fn conditions_do_not_wait_for_each_other() {
    let document = |first: &str, second: &str, around: &str| {
        let text = format!(
            "spec:\n  id: c\n  version: 1.0.0\n  name: c\n  wire: {{source: 'moov:spec87ascii'}}\n{around}  messages: \
             {{catalog: {{0100: {{name: a, flow: request}}}}}}\n  fields:\n    2: {{messages: [{{mti: 0100, usage: \
             mandatory, when: '{first}'}}]}}\n    3: {{messages: [{{mti: 0100, usage: optional, when: '{second}'}}]}}\n"
        );
        Spec::load(&text, &NoReferences).map_err(|problems| problems.to_string())
    };
    assert!(document("present(3)", "present(4)", "").is_ok());
    assert_eq!(
        document("present(3)", "present(2)", "").unwrap_err(),
        "line 8: 0100: the conditions of DE 2, 3 go in a circle"
    );
    let wrong = document("present(3)", "true", "  validation_policy: {unlisted: maybe}\n").unwrap_err();
    assert!(wrong.contains("unlisted is optional or forbidden"), "{wrong}");

    let strict = document("present(9)", "true", "  validation_policy: {unlisted: forbidden}\n").unwrap();
    let mut message = Iso8583Message::of("0100");
    for (element, value) in [(2, "4111111111111111"), (4, "1")] {
        message.set(element, value);
    }
    let found = strict.violations(&message, Validation::Enforce, None);
    let texts: Vec<_> = found.iter().map(|violation| violation.text.as_str()).collect();
    assert_eq!(
        texts,
        ["DE 4: must not be present and is"],
        "2 is listed, though its condition does not hold"
    );
}
