//! Sequence numbers, replay, RESUME (`gateway.md` §7, §21).

use tests::gateway::Frame;
use tests::guild::send;
use tests::{Account, Guild, json, near, s};

#[tokio::test]
async fn what_was_missed_is_replayed_in_order() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    guild.fence(&mut [&mut gateway]).await;
    let before = gateway.seq;
    gateway.reconnect().await;
    for n in 0..3 {
        send(&guild.owner, &guild.general, &format!("missed {n}")).await;
    }
    gateway.events.clear();
    gateway.resume().await;
    let missed: Vec<_> = gateway.events.iter().filter(|e| e.t == "MESSAGE_CREATE").collect();
    let texts: Vec<String> = missed.iter().map(|e| s(&e.d, "content")).collect();
    assert_eq!(texts, ["missed 0", "missed 1", "missed 2"]);
    assert!(missed[0].s > before);
    let message = s(&send(&guild.owner, &guild.general, "live").await, "id");
    gateway.expect("MESSAGE_CREATE", near("id", message)).await;
}

#[tokio::test]
async fn resumed_ends_the_replay_with_the_clients_number() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    guild.fence(&mut [&mut gateway]).await;
    gateway.resume_from(1).await;
    loop {
        match gateway.frame().await {
            Frame::Op(frame) if frame["t"] == "RESUMED" => {
                assert_eq!((&frame["s"], &frame["d"]), (&json!(1), &json!(null)));
                break;
            }
            Frame::Op(frame) => assert!(frame["s"].as_u64().is_some_and(|s| s > 1), "{frame}"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn acknowledged_events_are_not_replayed() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    for _ in 0..3 {
        guild.fence(&mut [&mut gateway]).await;
    }
    let acknowledged = gateway.seq;
    gateway.heartbeat(json!(acknowledged)).await;
    gateway.resume_from(1).await;
    match gateway.frame().await {
        Frame::Op(frame) => {
            assert!(
                frame["t"] == "RESUMED" || frame["s"].as_u64().is_some_and(|s| s > acknowledged),
                "{frame}"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn resumes_that_fail() {
    let [account, other] = Account::several::<2>().await;
    let mut gateway = account.online().await;
    let id = gateway.session_id.clone();
    gateway.reconnect().await;
    gateway
        .send(json!({"op": 6, "d": {"token": account.token, "session_id": "0".repeat(32), "seq": 1}}))
        .await;
    assert_eq!(gateway.expect_op(9).await, json!(false));
    // the same socket may identify
    gateway.seq = 0;
    gateway.identify_with(&account.token, json!({})).await;
    assert_ne!(gateway.session_id, id);

    let mut thief = other.online().await;
    thief.reconnect().await;
    thief
        .send(json!({"op": 6, "d": {"token": other.token, "session_id": gateway.session_id, "seq": 1}}))
        .await;
    assert_eq!(thief.expect_close().await.0, 4004);

    gateway.resume_from(1_000_000).await;
    match gateway.frame().await {
        Frame::Closed(code, _) => assert_eq!(code, 4007),
        Frame::Op(frame) => assert_eq!(frame["op"], 9, "{frame}"),
    }
}

#[tokio::test]
async fn subscriptions_survive() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    gateway.resume().await;
    guild.owner.post(format!("/channels/{}/typing", guild.general), json!({})).await.no_content();
    gateway.expect("TYPING_START", near("user_id", guild.owner.id.clone())).await;
}

#[tokio::test]
async fn a_short_absence_is_not_noticed() {
    let [a, b] = Account::several::<2>().await;
    tests::befriend(&a, &b).await;
    let mut watching = a.online().await;
    let mut gateway = b.online().await;
    watching.expect("PRESENCE_UPDATE", |d| d["user"]["id"] == json!(b.id) && d["status"] == "online").await;
    gateway.resume().await;
    // the fence is another presence of the same person
    gateway.send(json!({"op": 3, "d": {"status": "dnd"}})).await;
    watching.expect("PRESENCE_UPDATE", |d| d["user"]["id"] == json!(b.id) && d["status"] == "dnd").await;
    watching.absent("PRESENCE_UPDATE", near("status", "offline"));
}

#[tokio::test]
async fn a_long_absence_ends_the_session() {
    let [a, b] = Account::several::<2>().await;
    tests::befriend(&a, &b).await;
    let mut watching = a.online().await;
    let mut gateway = b.online().await;
    watching.expect("PRESENCE_UPDATE", |d| d["user"]["id"] == json!(b.id) && d["status"] == "online").await;
    gateway.reconnect().await;
    watching.expect("PRESENCE_UPDATE", |d| d["user"]["id"] == json!(b.id) && d["status"] == "offline").await;
    gateway.resume_from(gateway.seq).await;
    assert_eq!(gateway.expect_op(9).await, json!(false));
}
