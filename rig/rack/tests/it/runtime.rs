use rig_gears::{EmitError, GearError};
use rig_rack::{ApplyError, Options};

use crate::{number, numbered, quick, rack, received, scenario};

const LINE: [&str; 2] = ["a.out b.in", "b.out c.in"];

#[tokio::test]
async fn messages_arrive_in_order_and_none_is_lost() {
    let (rack, probe) = rack(quick());
    let applied = rack.apply(&scenario(&["a source", "b pass", "c sink"], &LINE)).await.unwrap();
    assert_eq!((applied.unconverged, applied.started.len()), (0, 3));
    let emit = probe.emitter("a");
    let sending = tokio::spawn(async move {
        for n in 0..500 {
            emit.emit("out", numbered(n)).await.unwrap();
        }
    });
    let first = probe.of("c").next().await;
    assert_eq!((number(&first), first.path.len()), (0, 2));
    assert_eq!(received(&probe.of("c"), 499).await, (1..500).collect::<Vec<_>>());
    sending.await.unwrap();
    rack.shutdown().await;
    assert_eq!((probe.starts("b"), probe.stops("a"), probe.stops("c")), (1, 1, 1));
}

#[tokio::test]
async fn fan_out_gives_to_all_and_fan_in_mixes() {
    let (rack, probe) = rack(quick());
    let gears = ["a source", "b source", "p pass", "x sink", "y sink"];
    let wires = ["a.out p.in", "b.out p.other", "p.out x.in", "p.out y.in"];
    rack.apply(&scenario(&gears, &wires)).await.unwrap();
    for n in 0..3 {
        probe.emitter("a").emit("out", numbered(n)).await.unwrap();
        probe.emitter("b").emit("out", numbered(100 + n)).await.unwrap();
    }
    for sink in ["x", "y"] {
        let numbers = received(&probe.of(sink), 6).await;
        let (from_b, from_a): (Vec<_>, Vec<_>) = numbers.into_iter().partition(|&n| n >= 100);
        assert_eq!((from_a, from_b), (vec![0, 1, 2], vec![100, 101, 102]), "each wire keeps its order");
    }
    rack.shutdown().await;
}

#[tokio::test(start_paused = true)]
async fn a_slow_end_is_felt_at_the_beginning() {
    let (rack, probe) = rack(quick());
    rack.apply(&scenario(&["a source", "c sink"], &["a.out c.in"])).await.unwrap();
    let sink = probe.of("c");
    sink.permits.forget_permits(1_000_000);
    let emit = probe.emitter("a");
    let mut sent = 0;
    // Every wire is bounded: at some point nothing more goes in, and the emitter hears of it.
    let error = loop {
        match emit.emit("out", numbered(sent)).await {
            Ok(()) => sent += 1,
            Err(error) => break error,
        }
        assert!(sent < 200, "the wire took everything");
    };
    assert_eq!(error, EmitError::Full("out".into()));
    sink.permits.add_permits(1_000_000);
    assert_eq!(received(&sink, sent as usize).await, (0..sent).collect::<Vec<_>>());
    rack.shutdown().await;
}

#[tokio::test]
async fn a_panic_costs_one_message() {
    let (rack, probe) = rack(quick());
    rack.apply(&scenario(&["a source", "b pass", "c sink"], &LINE)).await.unwrap();
    let emit = probe.emitter("a");
    for (n, what) in ["go", "panic", "go", "fail", "go"].into_iter().enumerate() {
        let mut message = numbered(n as u64);
        message.meta.insert("do", what);
        emit.emit("out", message).await.unwrap();
    }
    assert_eq!(received(&probe.of("c"), 3).await, [0, 2, 4]);
    rack.shutdown().await;
}

#[tokio::test]
async fn what_is_under_way_is_delivered_before_the_end() {
    let (rack, probe) = rack(Options { lane_queue_size: 64, ..quick() });
    rack.apply(&scenario(&["a source", "b pass", "c sink"], &LINE)).await.unwrap();
    let emit = probe.emitter("a");
    for n in 0..50 {
        emit.emit("out", numbered(n)).await.unwrap();
    }
    rack.shutdown().await;
    assert_eq!(received(&probe.of("c"), 50).await, (0..50).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_cannot_run_is_said() {
    let (rack, probe) = rack(quick());
    let apply = async |gears: &[&str], wires: &[&str]| rack.apply(&scenario(gears, wires)).await.unwrap_err();
    let wires = ["a.out b.in"];
    assert_eq!(apply(&["a source", "b none"], &wires).await, ApplyError::UnknownType("none".into()));
    let text = "`bad` is bad".to_owned();
    let wanted = ApplyError::Config { gear: "b".into(), text };
    assert_eq!(apply(&["a source", "b sink { bad: 1 }"], &wires).await, wanted);
    assert!(matches!(apply(&["a source", "b sink"], &["a.out b.out"]).await, ApplyError::Scenario(_)));
    assert_eq!(probe.starts("a"), 0);
    let error = GearError::new("bind", "the address is taken");
    let wanted = ApplyError::Start { gear: "a".into(), error };
    assert_eq!(apply(&["a source { fails: 1 }", "b sink"], &wires).await, wanted);
    assert_eq!((probe.starts("b"), probe.stops("b")), (1, 1));
    assert!(rack.gears().await.is_empty());
}
