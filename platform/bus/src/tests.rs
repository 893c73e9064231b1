use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use super::*;

struct Number(u32);
impl Payload for Number {
    fn encode(&self) -> Bytes {
        Bytes::copy_from_slice(&self.0.to_be_bytes())
    }
}

fn number(event: &Event) -> (u64, u32) {
    (event.0.id, event.1.downcast_ref::<Number>().expect("a Number").0)
}

#[tokio::test]
async fn a_subscriber_receives_what_it_wants_once_and_in_order() {
    let bus = Bus::local();
    let mut some = bus.subscribe("guild", 8);
    let mut all = bus.subscribe("guild", 8);
    some.want(1);
    some.want(1);
    all.want(1);
    all.want_all();
    all.want(2);
    for (id, value) in [(1, 10), (2, 20), (1, 11)] {
        bus.publish(Topic::new("guild", id), Arc::new(Number(value))).await;
    }
    bus.publish(Topic::new("user", 1), Arc::new(Number(99))).await;
    some.unwant(1);
    bus.publish(Topic::new("guild", 1), Arc::new(Number(12))).await;
    bus.close();
    let mut seen = Vec::new();
    while let Some(event) = some.recv().await {
        seen.push(number(&event));
    }
    assert_eq!(seen, [(1, 10), (1, 11)]);
    seen.clear();
    while let Some(event) = all.recv().await {
        seen.push(number(&event));
    }
    assert_eq!(seen, [(1, 10), (2, 20), (1, 11), (1, 12)]);
}

#[tokio::test]
async fn a_full_channel_makes_the_publisher_wait_and_loses_nothing() {
    let bus = Bus::local();
    let mut slow = bus.subscribe("guild", 1);
    slow.want(1);
    let publisher = tokio::spawn({
        let bus = bus.clone();
        async move {
            for value in 0..100 {
                bus.publish(Topic::new("guild", 1), Arc::new(Number(value))).await;
            }
        }
    });
    tokio::task::yield_now().await;
    assert!(!publisher.is_finished());
    for value in 0..100 {
        assert_eq!(number(&slow.recv().await.expect("open")), (1, value));
    }
    publisher.await.expect("publisher");
    assert!(slow.try_recv().is_none());
}

#[tokio::test]
async fn a_dropped_subscription_frees_a_waiting_publisher() {
    let bus = Bus::local();
    let gone = bus.subscribe("guild", 1);
    gone.want(1);
    bus.publish(Topic::new("guild", 1), Arc::new(Number(0))).await;
    let waiting = bus.publish(Topic::new("guild", 1), Arc::new(Number(1)));
    drop(gone);
    waiting.await;
}

#[tokio::test]
async fn listeners_run_before_publish_returns() {
    let bus = Bus::local();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let listener = seen.clone();
    bus.subscribe_fn("guild", Arc::new(move |topic, _| listener.lock().push(topic.id)));
    // Delivery happens at the call, not when the future is polled.
    drop(bus.publish(Topic::new("guild", 4), Arc::new(Number(0))));
    assert_eq!(*seen.lock(), [4]);
}

#[derive(Serialize, Deserialize)]
struct Double(u32);
impl Request for Double {
    type Reply = u32;
    const NAME: &'static str = "test.double";
    const TIMEOUT: std::time::Duration = std::time::Duration::from_millis(50);
}

#[tokio::test(start_paused = true)]
async fn requests_are_answered_or_say_why_not() {
    let bus = Bus::local();
    assert_eq!(bus.request(Double(2)).await, Err(RequestError::NoResponder("test.double")));
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = calls.clone();
    bus.respond::<Double>(move |Double(value)| {
        counter.fetch_add(1, SeqCst);
        async move {
            match value {
                0 => std::future::pending().await,
                1 => panic!("as the test wants"),
                _ => value * 2,
            }
        }
    });
    assert_eq!(bus.request(Double(21)).await, Ok(42));
    assert_eq!(bus.request(Double(0)).await, Err(RequestError::Timeout("test.double")));
    assert_eq!(bus.request(Double(1)).await, Err(RequestError::Failed("test.double")));
    assert_eq!(calls.load(SeqCst), 3);
}

#[tokio::test]
async fn a_responder_also_answers_encoded_requests() {
    let responder = request::responder::<Double>(|Double(value): Double| async move { value * 2 });
    assert_eq!((responder.encoded)(b"5").await, Ok(Bytes::from_static(b"10")));
    assert!(matches!((responder.encoded)(b"x").await, Err(RequestError::Codec { .. })));
}
