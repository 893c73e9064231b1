use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::world::{World, any};

#[tokio::test]
async fn another_version_is_closed_without_hello() {
    let world = World::new().await;
    for query in ["", "?v=2", "?v=11", "?encoding=json"] {
        assert_eq!(world.socket(query).await.closed().await, (4012, "Invalid API version".into()), "{query}");
    }
}

#[tokio::test]
async fn bad_frames_close_with_their_code() {
    let world = World::new().await;
    let cases = [
        (Message::text("{"), 4002, "Decode failed"),
        (Message::text("[]"), 4002, "Invalid payload"),
        (Message::binary(vec![0xFF, 0xFE]), 4002, "Decode failed"),
        (Message::text(" ".repeat(4097)), 4002, "Payload too large"),
        (Message::text(r#"{"op":1}"#), 4001, "Unknown opcode"),
        (Message::text(r#"{"op":99,"d":{}}"#), 4001, "Unknown opcode"),
        (Message::text(r#"{"op":2,"d":{}}"#), 4002, "Invalid identify payload"),
        (Message::text(r#"{"op":3,"d":{"status":"idle"}}"#), 4003, "Not authenticated"),
        (Message::text(r#"{"op":14,"d":{"subscriptions":{}}}"#), 4003, "Not authenticated"),
    ];
    for (message, code, reason) in cases {
        let mut client = world.hello().await;
        client.send_raw(message.clone()).await;
        assert_eq!(client.closed().await, (code, reason.into()), "{message:?}");
    }
}

#[tokio::test]
async fn heartbeats_are_answered_before_and_after_identify() {
    let world = World::new().await;
    let (_, token) = world.user("ann").await;
    let mut client = world.hello().await;
    client.send(json!({"op": 1, "d": "whatever"})).await;
    assert_eq!(client.frame().await, json!({"op": 11}));
    client.identify(&token, json!({})).await;
    for d in [json!(null), json!(5), json!(1_000_000)] {
        client.send(json!({"op": 1, "d": d})).await;
        assert_eq!(client.expect_op(11).await, json!({"op": 11}));
    }
    client.send(json!({"op": 1, "d": 3})).await;
    assert_eq!(client.closed().await, (4007, "Invalid sequence".into()));
}

#[tokio::test]
async fn a_flood_is_ended_and_a_bad_token_refused() {
    let world = World::new().await;
    let mut client = world.hello().await;
    for _ in 0..121 {
        client.send(json!({"op": 1, "d": null})).await;
    }
    assert_eq!(client.closed().await, (4008, "Rate limited".into()));
    for token in ["flx_nobody", "123.nobody", "", "Bot 1.2"] {
        let mut client = world.hello().await;
        let d = json!({"token": token, "properties": {"os": "", "browser": "", "device": ""}});
        client.send(json!({"op": 2, "d": d})).await;
        assert_eq!(client.closed().await, (4004, "Invalid token".into()), "{token}");
    }
}

#[tokio::test]
async fn a_dropped_client_resumes_without_loss() {
    let world = World::new().await;
    let (user, token) = world.user("ann").await;
    let (guild, channel) = world.guild(user, &[user]).await;
    let (mut client, _) = world.connect(&token).await;
    world.say(guild, channel, user, "one").await;
    client.expect("MESSAGE_CREATE", |d| d["content"] == "one").await;
    let (session, seq) = (client.session.clone(), client.seq);
    client.beat().await;
    drop(client);
    world.say(guild, channel, user, "two").await;
    world.say(guild, channel, user, "three").await;

    let mut wrong = world.hello().await;
    wrong.send(json!({"op": 6, "d": {"token": "other", "session_id": session, "seq": seq}})).await;
    assert_eq!(wrong.closed().await.0, 4004);
    let mut ahead = world.hello().await;
    ahead.send(json!({"op": 6, "d": {"token": token, "session_id": session, "seq": seq + 100}})).await;
    assert_eq!(ahead.frame().await, json!({"op": 9, "d": false}));

    let mut client = world.hello().await;
    client.seq = seq;
    client.send(json!({"op": 6, "d": {"token": token, "session_id": session, "seq": seq}})).await;
    for content in ["two", "three"] {
        client.expect("MESSAGE_CREATE", |d| d["content"] == content).await;
    }
    let resumed = client.frame().await;
    assert_eq!(resumed, json!({"op": 0, "t": "RESUMED", "d": null, "s": seq}));
    world.say(guild, channel, user, "four").await;
    client.expect("MESSAGE_CREATE", |d| d["content"] == "four").await;
}

#[tokio::test]
async fn an_unknown_session_leaves_the_socket_usable() {
    let world = World::new().await;
    let (_, token) = world.user("ann").await;
    let mut client = world.hello().await;
    for id in [json!("00"), json!("0".repeat(32)), json!(7)] {
        client.send(json!({"op": 6, "d": {"token": token, "session_id": id, "seq": 1}})).await;
        assert_eq!(client.frame().await, json!({"op": 9, "d": false}));
    }
    client.identify(&token, json!({})).await;
    client
        .send(json!({"op": 2, "d": {"token": token, "properties": {"os": "", "browser": "", "device": ""}}}))
        .await;
    assert_eq!(client.closed().await, (4005, "Already authenticated".into()));
}

#[tokio::test]
async fn revoked_sessions_get_op_9_and_draining_says_reconnect() {
    let world = World::new().await;
    let (user, token) = world.user("ann").await;
    let (mut client, ready) = world.connect(&token).await;
    let hash = ready["auth_session_id_hash"].as_str().unwrap().to_owned();
    let end = |hashes| fluxer_domain::events::Control::TerminateSessions { hashes };
    world.app.control_user(user, end(Some(vec!["other".into()]))).await;
    client.beat().await;
    world.app.control_user(user, end(Some(vec![hash]))).await;
    assert_eq!(client.expect_op(9).await, json!({"op": 9, "d": false}));
    client.seq = 0;
    client.identify(&token, json!({})).await;
    let drained = world.gateway.drain(std::time::Duration::from_secs(20));
    let watching = async {
        assert_eq!(client.expect_op(7).await["d"], json!(null));
        client.closed().await
    };
    let (_, close) = tokio::join!(drained, watching);
    assert_eq!(close.0, 1012);
}

#[tokio::test]
async fn ready_names_everyone_it_refers_to_and_nothing_private() {
    let world = World::new().await;
    let (user, token) = world.user("ann").await;
    let (guild, channel) = world.guild(user, &[user]).await;
    let (_client, ready) = world.connect(&token).await;
    let state = &ready["guilds"][0];
    assert_eq!(state["id"], json!(guild));
    assert_eq!(state["properties"]["owner_id"], json!(user));
    assert_eq!(state["channels"][0]["id"], json!(channel));
    assert_eq!(state["members"][0]["user"], json!({"id": user}));
    assert_eq!((&state["member_count"], &state["online_count"]), (&json!(1), &json!(1)));
    let own = ready["users"].as_array().unwrap().iter().find(|u| u["id"] == json!(user)).unwrap();
    assert!(own.get("email").is_none() && own["discriminator"] == "0001");
    assert_eq!(ready["user"]["email"], "ann@example.com");
    assert_eq!(ready["private_channels"][0]["type"], 999);
    assert_eq!(ready["user_settings"]["status"], "online");
    let list = ready["sessions"].as_array().unwrap();
    assert_eq!((list.len(), &list[0]["session_id"]), (2, &json!("all")));
    assert!(any(&ready) && ready["guilds"].as_array().unwrap().len() == 1);
}
