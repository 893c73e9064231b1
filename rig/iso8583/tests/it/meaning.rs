use rig_iso8583::{
    Condition, Iso8583Message, NoReferences, Spec, SpecStore, Validation, masked, response_mti,
    semantics::{Sensitivity, Severity},
};

use crate::reference;

fn holds(condition: &str, message: &Iso8583Message) -> bool {
    Condition::parse(condition).unwrap().holds(message, &|path| path.element == 4)
}

#[test]
fn conditions_are_total() {
    let mut message = Iso8583Message::of("0110");
    message.set(4, "0100");
    message.set(22, "5");
    for (condition, expected) in [
        ("field(39) != '00'", false),
        ("!(field(39) == '00')", true),
        ("present(35) == false", true),
        ("present(4)", true),
        ("field(4) == 100", true),
        ("field(22) == '05'", false),
        ("field(22) < 7 && mti == '0110'", true),
        ("field(4) > 99 || field(39) == '00'", true),
        ("present(4) == '1'", false),
        ("present(4) != '1'", true),
        ("mti > 'abc'", false),
        ("!!true", true),
    ] {
        assert_eq!(holds(condition, &message), expected, "{condition}");
    }
}

#[test]
fn conditions_that_do_not_parse_say_where() {
    for (condition, position) in [
        ("field(39) = '00'", 11),
        ("field(x) == 1", 7),
        ("'00'", 5),
        ("present(2) &&", 14),
        ("field(2) == 'a", 14),
    ] {
        assert_eq!(Condition::parse(condition).unwrap_err().position, position, "{condition}");
    }
    assert!(Condition::parse(&format!("{}true", "!".repeat(31))).is_ok());
    assert!(Condition::parse(&format!("{}true", "!".repeat(32))).is_err());
    assert!(Condition::parse(&format!("{}true{}", "(".repeat(9000), ")".repeat(9000))).is_err());
}

fn sale(spec: &Spec) -> Iso8583Message {
    let mut message = Iso8583Message::of("0200");
    for (number, value) in [
        (2, "4111111111111111"),
        (3, "000000"),
        (4, "100"),
        (7, "102030405"),
        (11, "1"),
        (14, "2812"),
        (22, "90"),
        (41, "TERM0001"),
        (42, "MERCHANT0000001"),
        (49, "840"),
    ] {
        spec.wire().set(&mut message, number, value.as_bytes()).unwrap();
    }
    message
}

#[test]
fn rules_of_the_reference() {
    let spec = reference();
    let mut message = sale(&spec);
    let broken = |message: &Iso8583Message| -> Vec<String> {
        spec.violations(message, Validation::Enforce, None).into_iter().map(|found| found.text).collect()
    };
    assert_eq!(broken(&message), Vec::<String>::new());
    message.set(22, "5");
    assert_eq!(broken(&message).len(), 1, "a chip message carries its data");
    message.set(22, "90");
    message.set(49, "999");
    assert!(broken(&message)[0].starts_with("DE 49: carries \"999\""));
    message.set(49, "840");
    message.remove(2);
    assert_eq!(
        broken(&message),
        ["DE 2: is mandatory and is not present", "a card number or a track is there"]
    );
    let warned = spec.violations(&message, Validation::Warn, None);
    assert!(warned.iter().all(|violation| violation.severity == Severity::Warn));
    assert!(spec.violations(&message, Validation::Off, None).is_empty());
}

#[test]
fn an_echo_is_compared_with_the_request() {
    let spec = reference();
    let request = sale(&spec);
    let mut response = Iso8583Message::of("0210");
    for (number, value) in [(4, "100"), (11, "2"), (37, "000000000001"), (38, "A00001"), (39, "00")] {
        response.set(number, value);
    }
    let found = spec.violations(&response, Validation::Enforce, Some(&request));
    let texts: Vec<_> = found.iter().map(|violation| violation.text.as_str()).collect();
    assert!(texts.contains(&"DE 11: is not what the request carried"), "{texts:?}");
}

#[test]
fn nothing_sensitive_is_shown() {
    let spec = reference();
    let mut message = sale(&spec);
    message.set(35, "4111111111111111=28121010000000000");
    message.set(52, [1, 2, 3, 4, 5, 6, 7, 8]);
    let shown = format!("{} {message:?}", spec.dump(&message));
    assert!(shown.contains("F002(pan)=411111******1111"), "{shown}");
    assert!(!shown.contains("411111111") && !shown.contains("2812"), "{shown}");
    let bare = Spec::base("moov:spec87ascii").unwrap();
    assert!(!bare.dump(&message).contains("4111111111"));
    assert_eq!(masked("1234567890", Sensitivity::Pan), "**********");
}

#[test]
fn all_problems_are_told() {
    let text = "spec:\n  id: Bad\n  wire:\n    source: moov:spec87ascii\n  messages:\n    catalog: {0100: {name: a, flow: \
                request}}\n  fields:\n    2: {length: 3, values_ref: nowhere}\n    35: {sensitivity: sad, log_mask: \
                false}\n    4: {format: {kind: amount}}\n    39: {messages: [{mti: 0110, usage: mandatory}, {mti: 0100, \
                usage: sometimes, when: 'field(130) =='}]}\n  checks: [{mti: 0100, name: c, assert: 'field(66) == 1', \
                severity: loud}]\n";
    let problems = Spec::load(text, &NoReferences).unwrap_err().to_string();
    for expected in [
        "`id` has lower-case",
        "`version` is missing",
        "`name` is missing",
        "DE 2: `length` belongs into the wire layer",
        "there is no value set `nowhere`",
        "log_mask: false",
        "an amount needs currency_field",
        "0110 is not in the catalog",
        "usage is mandatory",
        "at position 14",
        "reads 66, which is not declared",
        "severity is reject or warn",
    ] {
        assert!(problems.contains(expected), "{expected} is not in\n{problems}");
    }
}

#[test]
fn the_store_finds_by_name_tag_and_hash() {
    let mut store = SpecStore::default();
    let hash = store.put("host-a", "v1", "text".into());
    assert_eq!(store.get("host-a:v1"), Some("text"));
    assert_eq!(store.get("host-a"), Some("text"));
    assert_eq!(store.get(&hash[..12]), Some("text"));
    assert_eq!(store.get("host-a:v2"), None);
    let child = "spec:\n  id: child\n  version: 1.0.0\n  name: child\n  extends: parent:v1\n";
    store.put("parent", "v1", rig_iso8583::REFERENCE.to_owned());
    let spec = Spec::load(child, &store).unwrap();
    assert_eq!((spec.id.as_str(), spec.catalog().len()), ("child", 8));
}

#[test]
fn responses() {
    assert_eq!(response_mti("0200").as_deref(), Some("0210"));
    assert_eq!(response_mti("0420").as_deref(), Some("0430"));
    assert_eq!(response_mti("x200"), None);
}
