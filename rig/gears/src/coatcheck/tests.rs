//! The coat check as a scenario sees it.

use rig_envelope::Message;
use serde_json::{Value, json};

use super::CoatCheckType;
use crate::{
    GearContext, GearType,
    testing::{Bench, context},
};

/// A daemon, a store and a restore on one rack.
async fn three(daemon: Value, store: Value, restore: Value) -> (Bench, Bench, Bench) {
    let around = context("daemon");
    let gear = async |context: GearContext, mode: &str, more: Value, outputs: &[&str]| {
        let mut config = json!({"mode": mode, "bucket": "flights"});
        if mode != "daemon" {
            config["key_fields"] = json!(["meta.class", "data.stan"]);
            config["key_normalize"] = json!("numeric");
        }
        for (key, value) in more.as_object().unwrap() {
            config[key] = value.clone();
        }
        Bench::within(context, &CoatCheckType::new(), config, outputs).await
    };
    let daemon = gear(around.clone(), "daemon", daemon, &["out"]).await;
    let store = gear(around.clone(), "store", store, &["out", "error"]).await;
    (daemon, store, gear(around, "restore", restore, &["out", "error"]).await)
}

fn request(stan: &str) -> Message {
    let mut message = Message::from_raw("asked");
    message.id = rig_envelope::Uuid::from_u128(9);
    message.trace = "abc".into();
    message.meta.insert("class", "02");
    message.meta.insert("conn.id", "c1");
    message.data.set("stan", stan).unwrap();
    message.data.set("amount", "100").unwrap();
    message
}

fn reply(stan: &str) -> Message {
    let mut message = Message::from_raw("answered");
    message.meta.insert("class", "2");
    message.meta.insert("conn.id", "host");
    message.data.set("stan", stan).unwrap();
    message
}

#[tokio::test(start_paused = true)]
async fn what_is_parked_comes_back() {
    let (_daemon, mut store, mut restore) = three(
        json!({}),
        json!({"value_fields": ["meta.conn.id", "data.amount"]}),
        json!({"merge_strategy": "overwrite"}),
    )
    .await;
    store.process("in", request("000042")).await.unwrap();
    let passed = store.next("out").await;
    assert_eq!((passed.raw.clone(), passed.meta.get("conn.id")), ("asked".into(), Some("c1")), "as it was");
    for _ in 0..2 {
        restore.process("in", reply("42")).await.unwrap();
        let joined = restore.next("out").await;
        assert_eq!(joined.meta.get("conn.id"), Some("c1"));
        assert_eq!(joined.meta.get("class"), Some("2"), "was not parked");
        assert_eq!(joined.data.get("amount").and_then(|value| value.as_str()), Some("100"));
        assert_eq!((joined.ref_id, &*joined.trace), (rig_envelope::Uuid::from_u128(9), "abc"));
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_reply_has_stays_unless_told() {
    let (_daemon, mut store, mut restore) = three(json!({}), json!({}), json!({})).await;
    store.process("in", request("1")).await.unwrap();
    store.next("out").await;
    restore.process("in", reply("1")).await.unwrap();
    let joined = restore.next("out").await;
    assert_eq!(joined.meta.get("conn.id"), Some("host"));
    assert!(joined.data.get("amount").is_some(), "everything was parked");
}

#[tokio::test(start_paused = true)]
async fn what_nobody_comes_for_is_told() {
    let (mut daemon, mut store, mut restore) =
        three(json!({"default_ttl": "10s", "max_ttl": "20s", "include_values": true}), json!({}), json!({}))
            .await;
    store.process("in", request("1")).await.unwrap();
    let mut longer = request("2");
    longer.meta.insert("coatcheck.ttl", "1h");
    store.process("in", longer).await.unwrap();
    store.next("out").await;
    let begun = tokio::time::Instant::now();
    let event = daemon.next("out").await;
    assert_eq!(begun.elapsed().as_secs(), 10);
    assert_eq!(event.meta.get("event.type"), Some("flux.event.timeout"));
    assert_eq!(event.meta.get("timeout.bucket"), Some("flights"));
    assert_eq!(event.data.get("expired_ctx.data.stan").and_then(|value| value.as_str()), Some("1"));
    daemon.next("out").await;
    assert_eq!(begun.elapsed().as_secs(), 20, "no longer than the bucket allows");
    restore.process("in", reply("1")).await.unwrap();
    assert_eq!(restore.next("error").await.meta.get("error.reason"), Some("not_parked"));
}

#[tokio::test(start_paused = true)]
async fn what_is_missing() {
    let (_daemon, mut store, mut restore) =
        three(json!({}), json!({}), json!({"on_missing": "forward"})).await;
    restore.process("in", reply("7")).await.unwrap();
    assert_eq!(restore.next("out").await.meta.get("conn.id"), Some("host"));
    let mut without = request("1");
    without.data.remove("stan");
    store.process("in", without).await.unwrap();
    assert_eq!(store.next("error").await.meta.get("error.reason"), Some("no_key"));
    let mut odd = request("1");
    odd.meta.insert("coatcheck.ttl", "soon");
    store.process("in", odd).await.unwrap();
    assert_eq!(store.next("error").await.meta.get("error.reason"), Some("bad_ttl"));
    let lonely = json!({"mode": "store", "bucket": "none", "key_fields": ["data.stan"]});
    let mut lonely = Bench::new(&CoatCheckType::new(), lonely, &["out", "error"]).await;
    lonely.process("in", request("1")).await.unwrap();
    assert_eq!(lonely.next("error").await.meta.get("error.reason"), Some("no_bucket"));
}

#[test]
fn configurations_that_are_none() {
    for (bad, told) in [
        (json!({"bucket": "b"}), "mode"),
        (json!({"mode": "store", "bucket": "b"}), "key_fields"),
        (json!({"mode": "daemon", "bucket": ""}), "empty"),
        (json!({"mode": "daemon", "bucket": "b", "storage": "file"}), "needs a bus"),
        (json!({"mode": "daemon", "bucket": "b", "default_ttl": 5}), "unit"),
        (json!({"mode": "daemon", "bucket": "b", "ttl": "5s"}), "ttl"),
    ] {
        let error = CoatCheckType::new().build(bad.clone(), &context("g")).err().unwrap();
        assert!(error.0.contains(told), "{bad}: {error}");
    }
}
