//! Programs on messages, and the gear around them.

use proptest::prelude::*;
use rig_envelope::{Bytes, Map, Message, Value, from_json};
use rig_gears::{
    GearType,
    testing::{Bench, context},
};
use serde_json::json;

use crate::{
    config::RawMode,
    gear::RemapType,
    program::{Ended, Outputs, Program},
};

fn program(source: &str) -> Program {
    Program::compile(source, "UTC").unwrap_or_else(|text| panic!("{text}")).0
}

fn message(data: serde_json::Value, meta: &[(&str, &str)]) -> Message {
    let mut message = Message::from_raw(&b"as it came"[..]);
    message.data = from_json(&data).as_map().cloned().unwrap();
    for (key, value) in meta {
        message.meta.insert(*key, *value);
    }
    message
}

fn run(source: &str, message: &mut Message) -> Ended {
    program(source).run(message, "in", RawMode::Auto).unwrap()
}

fn data(message: &Message) -> serde_json::Value {
    rig_envelope::to_json(&Value::Map(message.data.clone()))
}

/// The decline builder of a switch: request to response, and the reason as a response code.
pub const DECLINE: &str = r#"
mti = string!(%iso8583.mti)
function = to_int!(slice!(mti, 2, 3))
%iso8583.mti = slice!(mti, 0, 2) + to_string(function + 1) + "0"
.iso8583.field."39" = if %error.reason == "timeout" { "68" }
    else if %error.reason == "no_destination" { "91" }
    else if %error.reason == "no_route" { "30" }
    else { "96" }
"#;

#[tokio::test]
async fn a_decline_is_built() {
    let mut bench = Bench::new(&RemapType::new(), json!({"source": DECLINE}), &["out"]).await;
    for (mti, reason, response, code) in [
        ("0100", "timeout", "0110", "68"),
        ("0200", "no_destination", "0210", "91"),
        ("0201", "no_route", "0210", "30"),
        ("0420", "breaker_open", "0430", "96"),
    ] {
        let fields = json!({"2": "4000000000000002", "11": "000001", "41": "TERM0001"});
        let mut request = message(
            json!({"iso8583": {"field": fields}, "card": {"pan": "4000000000000002"}}),
            &[
                ("iso8583.mti", mti),
                ("error.reason", reason),
                ("conn.id", "c7"),
                ("codec.protocol", "iso8583"),
            ],
        );
        request.id = rig_envelope::Uuid::from_u128(7);
        request.ts = 42;
        let before = request.clone();
        bench.process("in", request).await.unwrap();
        let reply = bench.next("out").await;
        let field =
            |number: &str| reply.key_field(&format!("data.iso8583.field.{number}")).unwrap().into_owned();
        assert_eq!((reply.meta.get("iso8583.mti"), &*field("39")), (Some(response), code), "{reason}");
        assert_eq!((&*field("2"), &*field("11"), &*field("41")), ("4000000000000002", "000001", "TERM0001"));
        assert_eq!(reply.key_field("data.card.pan"), before.key_field("data.card.pan"));
        // The request's bytes are no longer what the fields say: the encoder writes new ones.
        assert!(reply.raw.is_empty());
        assert_eq!((reply.id, reply.ts, reply.meta.get("conn.id")), (before.id, 42, Some("c7")));
    }
}

#[test]
fn what_is_not_touched_stays_as_it_came() {
    let before = message(json!({"a": {"b": 1}, "list": [1, "x", null]}), &[("conn.id", "c1")]);
    for source in [
        ".",
        ". = .",
        ".a.b = 1",
        ".list[1] = \"x\"",
        ".a = {\"b\": 1}",
        "del(.none)",
        "x = .a.b",
        "for_each(object!(.a)) -> |_k, _v| { null }",
    ] {
        let mut message = before.clone();
        assert_eq!(run(source, &mut message), Ended::Goes(Outputs::Default), "{source}");
        assert!(message == before, "{source}");
    }
    let mut message = before.clone();
    run("%conn.id = \"c2\"\n%new = 5", &mut message);
    assert_eq!((message.meta.get("conn.id"), message.meta.get("new")), (Some("c2"), Some("5")));
    assert!(message.data == before.data && message.raw == before.raw);
}

#[test]
fn changes_are_put_where_they_were_made() {
    for (source, wanted) in [
        (".a.c = 2", json!({"a": {"b": 1, "c": 2}, "l": [1, 2]})),
        (".n.e.w = true", json!({"a": {"b": 1}, "l": [1, 2], "n": {"e": {"w": true}}})),
        ("del(.a.b)", json!({"a": {}, "l": [1, 2]})),
        ("del(.a.b, compact: true)", json!({"l": [1, 2]})),
        (".a.b.c = 1.5", json!({"a": {"b": {"c": 1.5}}, "l": [1, 2]})),
        (".l[0] = \"é\"", json!({"a": {"b": 1}, "l": ["é", 2]})),
        (".l = push(array!(.l), 3)", json!({"a": {"b": 1}, "l": [1, 2, 3]})),
        ("del(.l[0])", json!({"a": {"b": 1}, "l": [2]})),
        (". = {\"x\": .a.b}", json!({"x": 1})),
        (". |= {\"x\": null}", json!({"a": {"b": 1}, "l": [1, 2], "x": null})),
        ("x = del(.l)\n.m = x", json!({"a": {"b": 1}, "m": [1, 2]})),
        (".\"x.y\" = 1", json!({"a": {"b": 1}, "l": [1, 2], "x.y": 1})),
        ("del(.a.b)\n.a.c = 2", json!({"a": {"c": 2}, "l": [1, 2]})),
        ("., err = parse_json(\"{}\")\n.e = err == null", json!({"e": true})),
    ] {
        let mut message = message(json!({"a": {"b": 1}, "l": [1, 2]}), &[]);
        run(source, &mut message);
        assert_eq!(data(&message), wanted, "{source}");
        // Content that changed is what raw says.
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&message.raw).unwrap(), wanted, "{source}");
    }
}

#[test]
fn metadata_is_read_and_written_by_its_names() {
    let given = [("iso8583.mti", "0200"), ("iso8583.mti_class", "02"), ("peer.ip", "127.0.0.1"), ("k", "v")];
    let mut message = message(json!({}), &given);
    let source = r#"
        .same = %iso8583.mti == %"iso8583.mti" && %iso8583.mti == "0200"
        .missing = %none == null && %peer.none == null
        .peer = %peer
        del(%k)
        %peer.ip = null
        %"a.b" = 1
        %c = {"d": true, "e": {"f": 2.5}}
        .seen = %a.b
        %iso8583.mti_class = upcase(string!(%iso8583.mti_class)) + "x"
    "#;
    run(source, &mut message);
    assert_eq!(
        data(&message),
        json!({"same": true, "missing": true, "peer": {"ip": "127.0.0.1"}, "seen": 1})
    );
    let meta: Vec<_> = message.meta.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let wanted = [
        ("a.b", "1"),
        ("c.d", "true"),
        ("c.e.f", "2.5"),
        ("iso8583.mti", "0200"),
        ("iso8583.mti_class", "02x"),
    ];
    assert_eq!(meta, wanted);
    let mut all = Message::default();
    all.meta.insert("x.y", "1");
    run(".all = keys(%)\n%z = 1", &mut all);
    assert_eq!(data(&all), json!({"all": ["input", "raw", "ts", "x"]}));
    let refused = program("%list = [1]").run(&mut all, "in", RawMode::Auto).unwrap_err();
    assert!(refused.detail.contains("%list") && all.meta.get("z") == Some("1"), "{refused}");
}

#[test]
fn the_message_itself_can_be_read() {
    let mut message = message(json!({}), &[]);
    message.id = rig_envelope::Uuid::from_u128(7);
    message.trace = "ab".into();
    message.ts = 5;
    run(".v = [%flux_id, %ref_flux_id, %trace_id, %ts, %input, %raw]", &mut message);
    let id = message.id.to_string();
    assert_eq!(data(&message), json!({"v": [id, null, "ab", 5, "in", "as it came"]}));
    for own in ["flux_id", "ref_flux_id", "trace_id", "ts", "input"] {
        let error = Program::compile(&format!("%{own} = \"x\""), "UTC").err().unwrap();
        assert!(error.contains("read-only"), "{error}");
    }
}

#[test]
fn raw_is_what_the_rule_says() {
    let decoded = [("codec.protocol", "iso8583")];
    for (source, meta, mode, wanted) in [
        (".b = 2", &[][..], RawMode::Auto, &br#"{"b":2}"#[..]),
        (".b = 2", &decoded, RawMode::Auto, b""),
        (".b = 2", &decoded, RawMode::Json, br#"{"b":2}"#),
        (".b = 2", &[], RawMode::Empty, b""),
        (".b = 2", &[], RawMode::Keep, b"as it came"),
        (". = \"text\"", &decoded, RawMode::Auto, b"text"),
        (". = [1, \"x\"]", &[], RawMode::Auto, br#"[1,"x"]"#),
        ("%raw = \"new\"", &[], RawMode::Auto, b"new"),
        (".b = 2\n%raw = encode_json([.b])", &[], RawMode::Empty, b"[2]"),
        ("%raw = null", &[], RawMode::Auto, b""),
        ("%raw = decode_base16!(\"ff00\")", &[], RawMode::Auto, &[0xFF, 0]),
        (". = object!(parse_json!(\"{\\\"b\\\":2}\"))", &[], RawMode::Auto, br#"{"b":2}"#),
    ] {
        let mut message = message(json!({}), meta);
        program(source).run(&mut message, "in", mode).unwrap();
        assert_eq!(message.raw[..], *wanted, "{source} {mode:?}");
    }
}

#[test]
fn bytes_stay_bytes() {
    let mut message = Message::default();
    message.data.set("mac", Bytes::from_static(&[0xFF, 0])).unwrap();
    message.data.set("text", "é").unwrap();
    run(".copy = .mac\n.hex = encode_base16(string!(.mac))\n.both = string!(.text) + \"!\"", &mut message);
    assert_eq!(message.data.get("copy"), Some(&Value::Bytes(Bytes::from_static(&[0xFF, 0]))));
    assert_eq!(message.data.get("hex").and_then(Value::as_str), Some("ff00"));
    assert_eq!(message.data.get("both").and_then(Value::as_str), Some("é!"));
}

#[test]
fn hashes_are_those_of_the_standard_library() {
    let mut message = Message::default();
    let source = r#"
        .mac = encode_base64(hmac("Hello there", "super-secret-key"))
        .mac224 = encode_base16(hmac("Hello there", "super-secret-key", algorithm: "SHA-224"))
        .sha = sha2("foobar", variant: "SHA-512/224")
        .default = sha2("foobar")
        .abc = sha2("abc", variant: "SHA-256")
    "#;
    run(source, &mut message);
    let text = |path: &str| message.data.get(path).and_then(Value::as_str).unwrap();
    assert_eq!(text("mac"), "eLGE8YMviv85NPXgISRUZxstBNSU47JQdcXkUWcClmI=");
    assert_eq!(text("mac224"), "42fccbc2b7d22a143b92f265a8046187558a94d11ddbb30622207e90");
    assert_eq!(text("default").len(), 64);
    assert_eq!(text("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn mistakes_are_shown_where_they_are() {
    for (source, wanted) in [
        (".a = 1\n.b = to_int(.x)\n", &["error[E103]", "2:6", "^"][..]),
        (".a = upcase(.b)", &["error[E103]", "upcase!(.b)", "string"]),
        (".a = upcase(5)", &["error[E110]", "^", "string"]),
        (".a = nothing(.b)", &["call to undefined function", "nothing"]),
        (".a = ", &["syntax error"]),
        ("log(.pan)", &["call to undefined function"]),
        ("http_request!(\"http://127.0.0.1\")", &["call to undefined function"]),
    ] {
        let made = RemapType::new().build(json!({"source": source}), &context("r"));
        let error = made.err().unwrap_or_else(|| panic!("{source} is taken")).0;
        for part in wanted {
            assert!(error.contains(part), "{source}: no {part} in\n{error}");
        }
        assert!(error.starts_with("source: ") && !error.contains("https://"), "{error}");
    }
    for config in [
        json!({}),
        json!({"source": ".", "file": "x"}),
        json!({"file": "not/there.vrl"}),
        json!({"source": ".", "timezone": "Mars"}),
    ] {
        assert!(RemapType::new().build(config, &context("r")).is_err());
    }
}

#[tokio::test]
async fn failures_go_where_they_are_to_go() {
    const PAN: &str = "4111111111111111x";
    let source = "\n.n = to_int!(.pan)\n.changed = true";
    for (policy, port) in [("error", Some("error")), ("pass", Some("out")), ("drop", None)] {
        let config = json!({"source": source, "on_error": policy});
        let mut bench = Bench::new(&RemapType::new(), config, &["out", "error"]).await;
        let before = message(json!({"pan": PAN}), &[]);
        let outcome = bench.process("in", before.clone()).await;
        let Some(port) = port else {
            assert_eq!(outcome.unwrap_err().detail, "line 2: `to_int!(.pan)` failed");
            continue;
        };
        outcome.unwrap();
        let after = bench.next(port).await;
        assert_eq!(after.meta.get("error.reason"), Some("remap_failed"));
        assert_eq!(after.meta.get("error.detail"), Some("line 2: `to_int!(.pan)` failed"));
        assert!(after.data == before.data && after.raw == before.raw);
    }
    let alone = Bench::new(&RemapType::new(), json!({"source": source}), &["out"]).await;
    let error = alone.process("in", message(json!({"pan": PAN}), &[])).await.unwrap_err();
    assert!(error.reason == "remap_failed" && !error.detail.contains("4111"), "{error}");
}

#[tokio::test]
async fn messages_are_routed_and_dropped() {
    let source = r#"
        if .to == "nowhere" { abort }
        if .to == "both" { %output = ["out_a", "out_b"] }
        if .to == "b" { %output = "out_b" }
        if .to == "none" { %output = [] }
    "#;
    let ports = &["out", "out_a", "out_b"];
    let mut bench = Bench::new(&RemapType::new(), json!({"source": source}), ports).await;
    for to in ["nowhere", "none", "both", "b", "default"] {
        bench.process("in", message(json!({"to": to}), &[])).await.unwrap();
    }
    for (port, wanted) in [("out_a", &["both"][..]), ("out_b", &["both", "b"]), ("out", &["default"])] {
        for to in wanted {
            let got = bench.next(port).await;
            assert_eq!((data(&got), got.meta.is_empty()), (json!({"to": to}), true));
        }
    }
    let declared = json!({"source": ".", "ports": {"outputs": ["first", "error"]}});
    let mut bench = Bench::new(&RemapType::new(), declared, &["first"]).await;
    bench.process("in", Message::default()).await.unwrap();
    assert_eq!(bench.next("first").await.path.len(), 1);
    let lost = Bench::new(&RemapType::new(), json!({"source": "%output = \"out_x\""}), &["out"]).await;
    assert_eq!(lost.process("in", Message::default()).await.unwrap_err().reason, "not_wired");
    let odd = Bench::new(&RemapType::new(), json!({"source": "%output = 5"}), &["out"]).await;
    assert!(odd.process("in", Message::default()).await.unwrap_err().detail.contains("%output"));
}

fn values() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|is| json!(is)),
        any::<i64>().prop_map(|number| json!(number)),
        (-1e9..1e9f64).prop_map(|number| json!(number)),
        "[a-zé.]{0,30}".prop_map(|text| json!(text)),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| json!(items)),
            prop::collection::btree_map("[abc]", inner, 0..4).prop_map(|fields| json!(fields)),
        ]
    })
}

proptest! {
    /// Reading only what the program names comes to the same as reading everything.
    #[test]
    fn reading_less_changes_nothing(
        fields in prop::collection::btree_map("[abcd]", values(), 0..5),
        meta in prop::collection::btree_map("[ab](\\.[ab])?", "[a-z]{0,3}", 0..4),
        at in 0..PROGRAMS.len(),
    ) {
        let mut message = Message::from_raw(&b"as it came"[..]);
        message.data = fields.iter().map(|(key, value)| (key.as_str(), from_json(value))).collect::<Map>();
        for (key, value) in &meta {
            // One name is not the beginning of another: a tree cannot hold both.
            if !meta.keys().any(|other| other.starts_with(&format!("{key}."))) {
                message.meta.insert(key.as_str(), value.as_str());
            }
        }
        let (mut one, mut other) = (message.clone(), message.clone());
        let less = program(PROGRAMS[at]).run(&mut one, "in", RawMode::Auto);
        let all = program(PROGRAMS[at]).reading_everything().run(&mut other, "in", RawMode::Auto);
        prop_assert_eq!(less, all);
        prop_assert!(one == other, "{}: {} {}", PROGRAMS[at], data(&one), data(&other));
        if one.data == message.data {
            prop_assert!(one.raw == message.raw);
        }
    }
}

const PROGRAMS: &[&str] = &[
    ".a.b = .c",
    ".a.b.c = 1\n.d = .a",
    "del(.a.b)",
    "del(.a.b, compact: true)",
    ".a[1] = .b[0]",
    ".a.b[-1].c = true",
    ".d = exists(.a.b)\ndel(.a)",
    ".a = .",
    ". = {\"a\": .b}",
    ".b = .a.b || .a.c",
    "%a = .a == 1\n%b.a = %a.b",
    "%a.b = %b\ndel(%b)",
    ".d = %a.b\n.c = exists(%b)",
    "if .a == null { .a.a = 1 } else { .b.b = .a }",
    ".d = to_int!(.a)",
];
