use rig_rack::Options;

use crate::{numbered, quick, rack, received, scenario};

#[tokio::test]
async fn only_what_changed_restarts() {
    let (rack, probe) = rack(quick());
    let wires = ["a.out b.in", "b.out c.in"];
    let first = scenario(&["a source", "b pass", "c sink"], &wires);
    rack.apply(&first).await.unwrap();
    let again = rack.apply(&first).await.unwrap();
    assert_eq!(again.kept, ["a", "b", "c"]);
    let applied = rack.apply(&scenario(&["a source", "b pass { x: 1 }", "c sink"], &wires)).await.unwrap();
    assert_eq!((applied.restarted, applied.kept), (vec!["b".to_owned()], vec!["a".into(), "c".into()]));
    assert_eq!(["a", "b", "c"].map(|gear| probe.starts(gear)), [1, 2, 1]);
    // Wiring: c is reached by one more wire, d is new, a and b stay.
    let gears = ["a source", "b pass { x: 1 }", "c sink", "d source"];
    let applied = rack.apply(&scenario(&gears, &[wires[0], wires[1], "d.out c.in"])).await.unwrap();
    assert_eq!((applied.started, applied.restarted), (vec!["d".to_owned()], vec!["c".to_owned()]));
    probe.emitter("a").emit("out", numbered(1)).await.unwrap();
    assert_eq!(received(&probe.of("c"), 1).await, [1]);
    probe.emitter("d").emit("out", numbered(2)).await.unwrap();
    assert_eq!(received(&probe.of("c"), 1).await, [2]);
    let applied = rack.apply(&scenario(&["d source", "c sink"], &["d.out c.in"])).await.unwrap();
    assert_eq!((applied.stopped, applied.kept), (vec!["a".to_owned(), "b".into()], vec!["d".to_owned()]));
    rack.shutdown().await;
}

#[tokio::test]
async fn nothing_is_lost_while_a_gear_in_the_middle_restarts() {
    let (rack, probe) = rack(Options { lane_queue_size: 16, ..quick() });
    let with = |x| {
        let pass = format!("b pass {{ x: {x} }}");
        scenario(&["a source", &pass, "c sink"], &["a.out b.in", "b.out c.in"])
    };
    rack.apply(&with(0)).await.unwrap();
    let emit = probe.emitter("a");
    let sending = tokio::spawn(async move {
        for n in 0..2_000 {
            emit.emit("out", numbered(n)).await.unwrap();
        }
    });
    for x in 1..5 {
        assert_eq!(rack.apply(&with(x)).await.unwrap().restarted, ["b"]);
    }
    sending.await.unwrap();
    assert_eq!(received(&probe.of("c"), 2_000).await, (0..2_000).collect::<Vec<_>>());
    assert_eq!(probe.starts("a"), 1);
    rack.shutdown().await;
}

#[tokio::test]
async fn a_change_that_does_not_start_is_taken_back() {
    let (rack, probe) = rack(quick());
    let wires = ["a.out b.in", "b.out c.in"];
    rack.apply(&scenario(&["a source", "b pass", "c sink"], &wires)).await.unwrap();
    let broken = scenario(&["a source", "b pass { fails: 1 }", "c sink"], &wires);
    assert!(rack.apply(&broken).await.is_err());
    probe.emitter("a").emit("out", numbered(7)).await.unwrap();
    assert_eq!(received(&probe.of("c"), 1).await, [7]);
    assert_eq!(["a", "b", "c"].map(|gear| probe.starts(gear)), [1, 2, 1]);
    rack.shutdown().await;
}
