//! The switch's core, with a clock of the test's own.

use std::{collections::HashMap, sync::Arc, time::Duration};

use proptest::prelude::*;
use rig_envelope::{Message, Uuid};
use rig_scenario::Binding;
use serde_json::{Value, json};

use super::{
    ConductorType,
    config::Config,
    core::{Core, Step},
};
use crate::testing::{Bench, context};

const fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn config(more: &Value) -> Config {
    let mut config = json!({
        "correlation_key": ["stan", "terminal"],
        "routes": [
            {"name": "a", "match": {"field": "pan", "prefix": "4"}, "destination": {"failover": ["out_a", "out_b"]}},
            {"name": "b", "match": {"field": "pan", "prefix": "5"}, "destination": "out_b"},
        ],
        "valet": {"default_ttl": "10s", "retain_after_close": "5s"},
    });
    for (key, value) in more.as_object().unwrap() {
        config[key] = value.clone();
    }
    Config::read(config).unwrap()
}

/// A switch whose outputs depend on no link.
fn free(more: &Value) -> Core {
    Core::new(&config(more), |_| None)
}

fn message(pan: &str, stan: &str) -> Message {
    let mut message = Message::from_raw("bytes");
    message.id = Uuid::from_u128(1);
    for (field, value) in [("pan", pan), ("stan", stan), ("terminal", "T1"), ("iso8583.field.62", "private")]
    {
        message.data.set(field, value).unwrap();
    }
    message.meta.insert("conn.id", "c7");
    message.meta.insert("iso8583.mti", "0200");
    message
}

fn answer(stan: &str) -> Message {
    let mut answer = Message::from_raw("answer");
    answer.data.set("stan", stan).unwrap();
    answer.data.set("terminal", "T1").unwrap();
    answer.meta.insert("conn.id", "host");
    answer.meta.insert("iso8583.mti", "0210");
    answer
}

#[track_caller]
fn forwarded(step: Step) -> (String, Message) {
    match step {
        Step::Forward { port, message, .. } => (port.to_string(), message),
        other => panic!("not forwarded: {other:?}"),
    }
}

#[track_caller]
fn failed(step: Step, wanted: &str) {
    match step {
        Step::Failed { reason, message } => {
            assert_eq!(reason, wanted);
            assert_eq!(message.meta.get("error.reason"), Some(wanted));
        }
        other => panic!("not failed: {other:?}"),
    }
}

#[test]
fn a_reply_goes_to_who_asked_with_its_context() {
    let mut core = free(&json!({"park_fields": ["iso8583.field.62"]}));
    let (port, sent) = forwarded(core.request(message("4111", "1"), at(0)));
    assert_eq!(port, "out_a");
    assert!(sent.data.get("iso8583.field.62").is_none(), "parked, not sent");
    assert_eq!(core.in_flight(), 1);
    let Step::Answer { port, message, leaf, replayed: false } = core.reply(answer("1"), at(1)) else {
        panic!()
    };
    assert_eq!((&*port, leaf), ("out_response", 0));
    assert_eq!(message.raw, "answer");
    assert_eq!(message.meta.get("conn.id"), Some("c7"), "the request's");
    assert_eq!(message.meta.get("iso8583.mti"), Some("0210"), "the reply's");
    assert_eq!(message.data.get("iso8583.field.62").and_then(|value| value.as_str()), Some("private"));
    assert_eq!(message.ref_id, Uuid::from_u128(1));
    assert_eq!(core.in_flight(), 0);
    failed(core.reply(answer("1"), at(1)), "unmatched_reply");
    failed(core.reply(answer("2"), at(1)), "unmatched_reply");
}

#[test]
fn what_is_replayed_goes_to_who_asks_now() {
    let mut core = free(&json!({}));
    let again = |stan: &str| {
        let mut again = message("4111", stan);
        again.meta.insert("conn.id", "c8");
        again
    };
    forwarded(core.request(message("4111", "1"), at(0)));
    core.reply(answer("1"), at(1));
    let Step::Answer { message: replayed, replayed: true, .. } = core.request(again("1"), at(2)) else {
        panic!()
    };
    assert_eq!(replayed.meta.get("conn.id"), Some("c8"));
    assert_eq!(replayed.meta.get("iso8583.mti"), Some("0210"), "the reply's");
    forwarded(core.request(message("4111", "2"), at(2)));
    assert_eq!(core.timeouts(at(12)).len(), 1);
    let Step::Failed { reason: "timeout", message: replayed } = core.request(again("2"), at(13)) else {
        panic!()
    };
    assert_eq!(replayed.meta.get("conn.id"), Some("c8"));
    assert_eq!(replayed.meta.get("error.reason"), Some("timeout"));
}

#[test]
fn what_cannot_be_routed_is_told_and_not_parked() {
    let mut core = free(&json!({}));
    failed(core.request(message("6011", "1"), at(0)), "no_route");
    let mut without = message("4111", "1");
    without.data.remove("stan");
    failed(core.request(without, at(0)), "no_key");
    core.drain();
    failed(core.request(message("4111", "1"), at(0)), "draining");
    assert_eq!(core.in_flight(), 0);
}

#[test]
fn the_same_request_again() {
    let mut core = free(&json!({}));
    forwarded(core.request(message("4111", "1"), at(0)));
    assert!(matches!(core.request(message("4111", "1"), at(1)), Step::Absorbed));
    assert!(matches!(core.reply(answer("1"), at(2)), Step::Answer { replayed: false, .. }));
    assert!(matches!(core.request(message("4111", "1"), at(6)), Step::Answer { replayed: true, .. }));
    forwarded(core.request(message("4111", "1"), at(7)));
}

#[test]
fn what_is_not_answered_is_told_once() {
    let mut core = free(&json!({}));
    for stan in 0..40 {
        forwarded(core.request(message("4111", &stan.to_string()), at(0)));
    }
    assert_eq!(core.next_deadline(), Some(at(10)));
    assert!(core.timeouts(at(9)).is_empty());
    let first = core.timeouts(at(10));
    assert_eq!((first.len(), core.timeouts(at(10)).len(), core.timeouts(at(10)).len()), (32, 8, 0));
    assert_eq!(first[0].0.meta.get("error.reason"), Some("timeout"));
    assert_eq!((first[0].0.raw.clone(), first[0].1), ("bytes".into(), 0));
    failed(core.reply(answer("3"), at(11)), "unmatched_reply");
    failed(core.request(message("4111", "3"), at(11)), "timeout");
}

#[test]
fn links_decide() {
    let mut core = Core::new(&config(&json!({})), |port| Some(port.replace("out_", "host-")));
    assert_eq!(core.links().into_iter().collect::<Vec<_>>(), ["host-a", "host-b"]);
    failed(core.request(message("4111", "1"), at(0)), "no_destination");
    core.link("host-b", true);
    assert_eq!(forwarded(core.request(message("4111", "2"), at(0))).0, "out_b");
    core.link("host-a", true);
    assert_eq!(forwarded(core.request(message("4111", "3"), at(0))).0, "out_a");
    core.link("host-a", false);
    assert_eq!(forwarded(core.request(message("4111", "4"), at(0))).0, "out_b");
    core.link("host-b", false);
    failed(core.request(message("5111", "5"), at(0)), "no_destination");
}

/// The gear itself, which watches the links from its start on.
#[tokio::test]
async fn a_link_is_watched_while_it_runs() {
    let mut context = context("switch");
    context.bindings = Arc::new([("out_a".to_owned(), Binding::Link("host".into()))].into());
    let links = context.links.clone();
    let settings = json!({
        "correlation_key": ["stan"], "routes": [{"destination": "out_a"}],
    });
    let mut bench = Bench::within(context, &ConductorType::new(), settings, &["out_a", "error"]).await;
    bench.process("in", message("4", "1")).await.unwrap();
    let refused = bench.next("error").await;
    assert_eq!(refused.meta.get("error.reason"), Some("no_destination"));
    links.set("host", true);
    tokio::task::yield_now().await;
    bench.process("in", message("4", "2")).await.unwrap();
    assert_eq!(bench.next("out_a").await.key_field("stan").as_deref(), Some("2"));
}

#[test]
fn what_was_not_sent_may_come_again() {
    let mut core = free(&json!({"max_in_flight": 1}));
    let Step::Forward { key, .. } = core.request(message("5111", "1"), at(0)) else { panic!() };
    core.not_sent(&key);
    assert_eq!(core.in_flight(), 0);
    assert_eq!(forwarded(core.request(message("5111", "1"), at(0))).0, "out_b");
    failed(core.request(message("5111", "2"), at(0)), "no_destination");
}

#[test]
fn a_breaker_turns_to_the_next() {
    let mut core = free(&json!({"breaker": {"trip_after": 1, "cooldown": "30s", "half_open_probes": 1}}));
    assert_eq!(forwarded(core.request(message("4111", "1"), at(0))).0, "out_a");
    assert_eq!(core.timeouts(at(10)).len(), 1);
    assert_eq!(forwarded(core.request(message("4111", "2"), at(11))).0, "out_b");
    assert_eq!(forwarded(core.request(message("4111", "3"), at(41))).0, "out_a", "a probe");
    assert_eq!(forwarded(core.request(message("4111", "4"), at(41))).0, "out_b", "only one");
    assert!(matches!(core.reply(answer("3"), at(42)), Step::Answer { .. }));
    assert_eq!(forwarded(core.request(message("4111", "5"), at(42))).0, "out_a");
}

#[test]
fn switches_hand_requests_to_each_other() {
    let mut core = free(&json!({"origin": "east", "known_origins": ["west"]}));
    let from = |origin: &str, stan: &str| {
        let mut message = message("4111", stan);
        message.meta.insert("conductor.origin", origin);
        message
    };
    let (_, sent) = forwarded(core.request(from("west", "1"), at(0)));
    assert_eq!(sent.meta.get("conductor.origin"), Some("east"));
    let Step::Answer { port, .. } = core.reply(answer("1"), at(1)) else { panic!() };
    assert_eq!(&*port, "out_response_west");
    forwarded(core.request(from("east", "2"), at(0)));
    let Step::Answer { port, .. } = core.reply(answer("2"), at(1)) else { panic!() };
    assert_eq!(&*port, "out_response", "its own");
    for origin in ["north", "we.st", "", &"w".repeat(129)] {
        failed(core.request(from(origin, "3"), at(0)), "invalid_origin");
    }
}

#[test]
fn configurations_that_are_none() {
    for bad in [
        json!({"correlation_key": []}),
        json!({"routes": []}),
        json!({"valet": {"default_ttl": 30}}),
        json!({"valet": {"default_ttl": "0s"}}),
        json!({"valet": {"store": "shared"}}),
        json!({"breaker": {"trip_after": 0}}),
        json!({"unknown": 1}),
    ] {
        let mut value = json!({"correlation_key": ["stan"], "routes": [{"destination": "out_a"}]});
        for (key, given) in bad.as_object().unwrap() {
            value[key] = given.clone();
        }
        assert!(Config::read(value).is_err(), "{bad}");
    }
}

proptest! {
    /// Whatever happens: a reply meets the request of its key or none, each request ends once, and
    /// nothing is left over.
    #[test]
    fn nothing_is_crossed_and_nothing_ends_twice(steps in prop::collection::vec((0_u8..5, 0_u8..8, 0_u64..4), 1..150)) {
        let mut core = Core::new(&config(&json!({"max_in_flight": 3})), |port| (port == "out_a").then(|| "host-a".into()));
        let (mut now, mut serial) = (0, 0_u128);
        let mut open: HashMap<u8, Uuid> = HashMap::new();
        for (what, stan, pass) in steps {
            now += pass;
            for (told, _) in core.timeouts(at(now)) {
                let stan: u8 = told.data.get("stan").unwrap().to_text().unwrap().parse().unwrap();
                prop_assert_eq!(open.remove(&stan), Some(told.id));
            }
            match what {
                0 | 1 => {
                    serial += 1;
                    let mut request = message("4111", &stan.to_string());
                    request.id = Uuid::from_u128(serial);
                    match core.request(request, at(now)) {
                        Step::Forward { key, .. } if what == 1 && stan == 0 => core.not_sent(&key),
                        Step::Forward { message, .. } => prop_assert!(open.insert(stan, message.id).is_none()),
                        Step::Absorbed => prop_assert!(open.contains_key(&stan)),
                        Step::Answer { replayed, .. } => prop_assert!(replayed && !open.contains_key(&stan)),
                        Step::Failed { reason, .. } => prop_assert!(["timeout", "no_destination"].contains(&reason)),
                    }
                }
                2 => match core.reply(answer(&stan.to_string()), at(now)) {
                    Step::Answer { message, .. } => prop_assert_eq!(open.remove(&stan), Some(message.ref_id)),
                    Step::Failed { reason, .. } => {
                        prop_assert_eq!(reason, "unmatched_reply");
                        prop_assert!(!open.contains_key(&stan));
                    }
                    other => prop_assert!(false, "{other:?}"),
                },
                what => core.link("host-a", what == 3),
            }
            prop_assert_eq!(core.in_flight(), open.len());
            prop_assert_eq!(core.destinations().map(|(_, under_way, _)| under_way).sum::<usize>(), open.len());
        }
        let mut told = 0;
        loop {
            let batch = core.timeouts(at(now + 11)).len();
            if batch == 0 { break }
            told += batch;
        }
        prop_assert_eq!((told, core.in_flight()), (open.len(), 0));
    }
}
