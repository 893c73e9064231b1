//! The wire protocol: opening, frames, heartbeats, close codes (`gateway.md` §1–§5, §8, §9, §21).

use tests::gateway::{Frame, identify};
use tests::{Account, Bot, Gateway, json};

async fn socket() -> Gateway {
    Gateway::connect(&tests::server::base()).await
}

#[tokio::test]
async fn another_version_is_closed_without_hello() {
    for query in ["?v=2", "", "?encoding=json", "?v=one"] {
        let mut gateway = Gateway::open(&tests::server::base(), query).await;
        match gateway.frame().await {
            Frame::Closed(code, reason) => {
                assert_eq!((code, reason.as_str()), (4012, "Invalid API version"), "{query}")
            }
            other => panic!("{query}: {other:?}"),
        }
    }
    for query in ["?v=1", "?v=1&encoding=etf", "?v=1&compress=none", "?v=1&compress=zstd-stream"] {
        Gateway::open(&tests::server::base(), query).await.expect_op(10).await;
    }
}

#[tokio::test]
async fn frames_that_are_refused() {
    let big = format!("{{\"op\":1,\"d\":\"{}\"}}", "x".repeat(4096));
    for (text, code, reason) in [
        (big.as_str(), 4002, "Payload too large"),
        ("{not json", 4002, "Decode failed"),
        ("", 4002, "Decode failed"),
        ("[1]", 4002, "Invalid payload"),
        ("7", 4002, "Invalid payload"),
        ("{\"d\":null}", 4002, "Invalid payload"),
        ("{\"op\":1}", 4001, "Unknown opcode"),
        ("{\"op\":99,\"d\":null}", 4001, "Unknown opcode"),
        ("{\"op\":0,\"d\":null}", 4001, "Unknown opcode"),
        ("{\"op\":5,\"d\":null}", 4001, "Unknown opcode"),
        ("{\"op\":13,\"d\":{}}", 4001, "Unknown opcode"),
        ("{\"op\":3,\"d\":{\"status\":\"online\"}}", 4003, "Not authenticated"),
        ("{\"op\":3,\"d\":{}}", 4003, "Not authenticated"),
        ("{\"op\":4,\"d\":{}}", 4003, "Not authenticated"),
        ("{\"op\":8,\"d\":{}}", 4003, "Not authenticated"),
        ("{\"op\":14,\"d\":{}}", 4003, "Not authenticated"),
        ("{\"op\":2,\"d\":{}}", 4002, "Invalid identify payload"),
        ("{\"op\":2,\"d\":{\"token\":\"x\"}}", 4002, "Invalid identify payload"),
        (
            "{\"op\":2,\"d\":{\"token\":5,\"properties\":{\"os\":\"\",\"browser\":\"\",\"device\":\"\"}}}",
            4002,
            "Invalid identify payload",
        ),
    ] {
        let mut gateway = socket().await;
        gateway.send_text(text).await;
        assert_eq!(gateway.expect_close().await, (code, reason.to_owned()), "{text:.60}");
    }
}

#[tokio::test]
async fn identify_fields_that_are_refused() {
    let account = Account::new().await;
    for extra in [
        json!({"properties": {"os": "x", "browser": "y"}}),
        json!({"properties": {"os": 1, "browser": "y", "device": "z"}}),
        json!({"ignored_events": "MESSAGE_CREATE"}),
        json!({"flags": -1}),
        json!({"flags": "2"}),
    ] {
        let mut gateway = socket().await;
        gateway.send(identify(&account.token, extra.clone())).await;
        assert_eq!(gateway.expect_close().await.0, 4002, "{extra}");
    }
    // and what is ignored
    let extra = json!({"intents": 0, "shard": [0, 1], "compress": true, "large_threshold": 50, "presence": null,
        "initial_guild_id": "nonsense", "ignored_events": null, "whatever": {"a": 1}});
    Gateway::log_in_with(&account.base, &account.token, extra).await;
}

#[tokio::test]
async fn tokens_that_are_refused() {
    let owner = Account::new().await;
    let bot = Bot::new(&owner).await;
    let harness = json!({"user_id": owner.id, "scopes": ["identify"]});
    let oauth = tests::s(&owner.post("/test/oauth2/access-token", harness).await.ok(), "token");
    for token in ["", "flx_nonsense", &format!("{}.x", bot.id), &oauth] {
        let mut gateway = socket().await;
        gateway.send(identify(token, json!({}))).await;
        assert_eq!(gateway.expect_close().await, (4004, "Invalid token".to_owned()), "{token}");
    }
    Gateway::log_in(&owner.base, &format!("Bot {}", bot.token)).await;
}

#[tokio::test]
async fn heartbeats() {
    let mut gateway = socket().await;
    // without a session any d is fine
    for d in [json!(null), json!(7), json!(3), json!("x")] {
        gateway.heartbeat(d).await;
    }
    gateway.send(json!({"op": 1, "d": null})).await;
    match gateway.frame().await {
        Frame::Op(frame) => assert_eq!(frame, json!({"op": 11}), "the key d is absent"),
        other => panic!("{other:?}"),
    }
    gateway.send_binary(br#"{"op":1,"d":null}"#.to_vec()).await;
    gateway.expect_op(11).await;

    let account = Account::new().await;
    for (good, bad) in
        [(json!(1), json!("1")), (json!(5), json!(3)), (json!(null), json!(-1)), (json!(900_000), json!(2))]
    {
        let mut gateway = account.online().await;
        gateway.heartbeat(good.clone()).await;
        gateway.send(json!({"op": 1, "d": bad})).await;
        assert_eq!(gateway.expect_close().await, (4007, "Invalid sequence".to_owned()), "{good} then {bad}");
    }
}

#[tokio::test]
async fn a_second_identify_is_refused() {
    let account = Account::new().await;
    let mut gateway = account.online().await;
    gateway.send(identify(&account.token, json!({}))).await;
    assert_eq!(gateway.expect_close().await, (4005, "Already authenticated".to_owned()));
}

#[tokio::test]
async fn too_many_frames_are_abuse() {
    let mut gateway = socket().await;
    for _ in 0..121 {
        gateway.send(json!({"op": 1, "d": null})).await;
    }
    assert_eq!(gateway.expect_close().await, (4008, "Rate limited".to_owned()));
    // 120 are none
    let mut gateway = socket().await;
    for _ in 0..120 {
        gateway.send(json!({"op": 1, "d": null})).await;
    }
    for _ in 0..120 {
        gateway.expect_op(11).await;
    }
}

#[tokio::test]
async fn too_many_identifications_are_abuse() {
    let account = Account::new().await;
    let mut refused = None;
    for n in 0..21 {
        let mut gateway = socket().await;
        gateway.send(identify(&account.token, json!({}))).await;
        match gateway.frame().await {
            Frame::Op(frame) => assert_eq!(frame["t"], "READY"),
            Frame::Closed(code, _) => refused = refused.or(Some((n, code))),
        }
    }
    assert_eq!(refused, Some((20, 4008)));
}

#[tokio::test]
async fn bad_arguments_do_not_crash_a_session() {
    let account = Account::new().await;
    let mut gateway = account.online().await;
    for frame in [
        json!({"op": 14, "d": {}}),
        json!({"op": 14, "d": {"subscriptions": {"x": {"active": true}}}}),
        json!({"op": 14, "d": {"subscriptions": []}}),
        json!({"op": 8, "d": {}}),
        json!({"op": 8, "d": {"guild_id": "1", "user_ids": "5", "nonce": "x".repeat(40)}}),
        json!({"op": 14, "d": {"subscriptions": {"1": {"member_list_channels": {"2": [[0, -5], ["a"], 3]}}}}}),
    ] {
        gateway.send(frame).await;
    }
    gateway.heartbeat(json!(null)).await;
    for d in [json!({}), json!({"status": "sleeping"}), json!("x")] {
        let mut gateway = account.online().await;
        gateway.send(json!({"op": 3, "d": d})).await;
        let code = gateway.expect_close().await.0;
        assert!(code == 1011 || code == 4002, "{code}");
    }
    let mut gateway = socket().await;
    gateway.send(json!({"op": 6, "d": {"session_id": "x"}})).await;
    let code = gateway.expect_close().await.0;
    assert!(code == 1011 || code == 4002, "{code}");
}

#[tokio::test]
async fn events_may_be_ignored() {
    let account = Account::new().await;
    let guild = tests::Guild::new(&account).await;
    let mut gateway =
        Gateway::log_in_with(&account.base, &account.token, json!({"ignored_events": ["user_note_update"]}))
            .await;
    let other = Account::new().await;
    account.put(format!("/users/@me/notes/{}", other.id), json!({"note": "x"})).await.no_content();
    account.patch("/users/@me/settings", json!({"theme": "light"})).await.ok();
    gateway.expect("USER_SETTINGS_UPDATE", tests::any).await;
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("USER_NOTE_UPDATE", tests::any);
}

#[tokio::test]
async fn the_bot_endpoint() {
    let owner = Account::new().await;
    let bot = Bot::new(&owner).await;
    for auth in [
        format!("Bot {}", bot.token),
        format!("bot {}", bot.token),
        bot.token.clone(),
        format!("Bearer {}", bot.token),
    ] {
        let answer = owner.with_auth(auth).get("/gateway/bot").await.ok();
        assert!(answer["url"].as_str().is_some_and(|u| u.starts_with("ws")), "{answer}");
        assert_eq!(answer["shards"], 1);
        assert_eq!(
            answer["session_start_limit"],
            json!({"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1})
        );
    }
    tests::Client::anonymous().get("/gateway/bot").await.err(401, "MISSING_AUTHORIZATION");
    for auth in [owner.token.clone(), format!("Bot {}.wrong", bot.id), "Bot x".into()] {
        owner.with_auth(auth).get("/gateway/bot").await.err(401, "INVALID_AUTH_TOKEN");
    }
    owner.get("/gateway").await.err(404, "NOT_FOUND");
}
