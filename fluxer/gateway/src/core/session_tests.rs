use super::*;
use proptest::prelude::*;

fn event(name: &'static str) -> Arc<Event> {
    Arc::new(Event::raw(name, b"{}"))
}
fn numbered(n: usize) -> Arc<Event> {
    Arc::new(Event::raw("E", n.to_string().as_bytes()))
}
fn started(debounce: bool) -> Core {
    let mut core = Core::new(0, BTreeSet::new(), debounce);
    core.start(0, event("READY"), Vec::new()).unwrap();
    core.tick(PRESENCE_HOLD_MS).unwrap();
    assert!(matches!(core.pull(), Some(Outgoing::Dispatch(1, _))));
    core
}
fn drain(core: &mut Core) -> Vec<String> {
    std::iter::from_fn(|| core.pull())
        .map(|out| match out {
            Outgoing::Dispatch(seq, event) => format!("{seq}:{}", event.name),
            Outgoing::Resumed(seq) => format!("{seq}:RESUMED"),
        })
        .collect()
}

#[test]
fn everything_waits_for_ready_and_presences_longer() {
    let mut core = Core::new(0, BTreeSet::from(["TYPING_START".into()]), false);
    for name in ["MESSAGE_CREATE", "PRESENCE_UPDATE", "TYPING_START"] {
        core.dispatch(10, event(name)).unwrap();
    }
    assert!(drain(&mut core).is_empty() && !core.is_ready());
    core.start(50, event("READY"), vec![event("TYPING_START")]).unwrap();
    assert_eq!(drain(&mut core), ["1:READY", "2:TYPING_START", "3:MESSAGE_CREATE"]);
    assert_eq!(core.deadline(), Some(200));
    core.dispatch(100, event("PRESENCE_UPDATE")).unwrap();
    assert!(drain(&mut core).is_empty());
    core.tick(200).unwrap();
    assert_eq!(drain(&mut core), ["4:PRESENCE_UPDATE", "5:PRESENCE_UPDATE"]);
    core.dispatch(201, event("PRESENCE_UPDATE")).unwrap();
    assert_eq!(drain(&mut core), ["6:PRESENCE_UPDATE"]);
    assert_eq!(core.deadline(), None);
}

#[test]
fn heartbeats_acknowledge_and_never_go_back() {
    let mut core = started(false);
    for n in 0..5 {
        core.dispatch(300, numbered(n)).unwrap();
    }
    drain(&mut core);
    core.acknowledge(Some(Ok(4))).unwrap();
    assert_eq!(core.acknowledge(Some(Ok(3))), Err(Close::SEQUENCE));
    assert_eq!(core.acknowledge(Some(Err(()))), Err(Close::SEQUENCE));
    core.acknowledge(None).unwrap();
    assert!(core.resume(Some(2)).unwrap());
    assert_eq!(drain(&mut core), ["5:E", "6:E", "2:RESUMED"]);
    core.acknowledge(Some(Ok(1_000_000))).unwrap();
    core.dispatch(301, numbered(9)).unwrap();
    assert_eq!(drain(&mut core), ["7:E"]);
}

#[test]
fn a_resume_ahead_of_the_server_or_without_number_is_refused() {
    let mut core = started(false);
    assert_eq!(core.resume(Some(2)), Ok(false));
    assert_eq!(core.resume(None), Err(Close::SEQUENCE));
    assert_eq!(core.resume(Some(1)), Ok(true));
    assert_eq!(drain(&mut core), ["1:RESUMED"]);
}

#[test]
fn resumed_precedes_what_happens_during_the_replay() {
    let mut core = started(false);
    core.dispatch(300, numbered(0)).unwrap();
    assert!(core.resume(Some(1)).unwrap());
    core.dispatch(301, numbered(1)).unwrap();
    assert_eq!(drain(&mut core), ["2:E", "1:RESUMED", "3:E"]);
}

#[test]
fn an_unacknowledged_backlog_ends_the_session() {
    let mut core = started(false);
    for n in 0..4096 {
        core.dispatch(300, numbered(n)).unwrap();
    }
    drain(&mut core);
    let close = core.dispatch(300, numbered(0)).unwrap_err();
    assert_eq!(close.code, 4013);
    assert!(
        close.reason.starts_with("Acknowledgement backlog exceeded: kind=events unacked="),
        "{}",
        close.reason
    );
}

#[test]
fn debounced_reactions_keep_their_place_before_what_undoes_them() {
    let mut core = started(true);
    let mut add = Event::raw("MESSAGE_REACTION_ADD", b"{}");
    add.reaction = Some(Box::new(crate::core::event::Reaction {
        channel: 1,
        message: 2,
        guild: None,
        user: 3,
        emoji: "x".into(),
        entry: "{}".into(),
    }));
    let add = Arc::new(add);
    core.dispatch(1000, add.clone()).unwrap();
    core.dispatch(1001, event("MESSAGE_CREATE")).unwrap();
    assert_eq!(drain(&mut core), ["2:MESSAGE_CREATE"]);
    assert_eq!(core.deadline(), Some(1650));
    core.dispatch(1002, event("MESSAGE_REACTION_REMOVE_ALL")).unwrap();
    assert_eq!(drain(&mut core), ["3:MESSAGE_REACTION_ADD", "4:MESSAGE_REACTION_REMOVE_ALL"]);
    core.dispatch(2000, add).unwrap();
    core.tick(2649).unwrap();
    assert!(drain(&mut core).is_empty());
    core.tick(2650).unwrap();
    assert_eq!(drain(&mut core), ["5:MESSAGE_REACTION_ADD"]);
}

#[derive(Debug, Clone)]
enum Step {
    Dispatch(u8),
    Read(usize),
    /// Lose the last so many of what was read, then resume from there.
    Drop(usize),
    Beat,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1u8..8).prop_map(Step::Dispatch),
        (0usize..6).prop_map(Step::Read),
        (0usize..6).prop_map(Step::Drop),
        Just(Step::Beat),
    ]
}

proptest! {
    /// However the connection breaks, the client ends with every event once and in order.
    #[test]
    fn nothing_is_lost_or_doubled(steps in prop::collection::vec(step(), 1..80)) {
        let mut core = started(false);
        let mut total = 0;
        let mut seen: Vec<Vec<u8>> = Vec::new();
        let mut acknowledged = 0;
        let read = |core: &mut Core, seen: &mut Vec<Vec<u8>>, most: usize| {
            for _ in 0..most {
                match core.pull() {
                    Some(Outgoing::Dispatch(seq, event)) => {
                        assert_eq!(seq as usize, seen.len() + 2);
                        seen.push(event.payload().to_vec());
                    }
                    Some(Outgoing::Resumed(_)) => {}
                    None => break,
                }
            }
        };
        for step in steps {
            match step {
                Step::Dispatch(count) => for _ in 0..count {
                    core.dispatch(1000, numbered(total)).unwrap();
                    total += 1;
                },
                Step::Read(most) => read(&mut core, &mut seen, most),
                Step::Drop(lost) => {
                    seen.truncate(seen.len().saturating_sub(lost).max(acknowledged));
                    assert!(core.resume(Some(seen.len() as u64 + 1)).unwrap());
                }
                Step::Beat => {
                    core.acknowledge(Some(Ok(seen.len() as u64 + 1))).unwrap();
                    acknowledged = seen.len();
                }
            }
        }
        read(&mut core, &mut seen, usize::MAX);
        let expected: Vec<Vec<u8>> = (0..total).map(|n| n.to_string().into_bytes()).collect();
        prop_assert_eq!(seen, expected);
    }
}
