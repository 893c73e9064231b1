//! The harness itself (`test-mode.md`).

use tests::{Account, Client, Guild, UNKNOWN, json};

#[tokio::test]
async fn user_state() {
    let account = Account::new().await;
    let path = |rest: &str| format!("/test/users/{}/{rest}", account.id);
    let client = Client::anonymous();
    assert_eq!(
        client.post(path("security-flags"), json!({})).await.ok(),
        json!({"success": true, "updated": false})
    );
    let answer = client
        .post(
            path("security-flags"),
            json!({"set_flags": ["STAFF"], "clear_flags": ["HAS_SESSION_STARTED"], "email_verified": true}),
        )
        .await
        .ok();
    assert_eq!(
        (&answer["updated"], &answer["flags"], &answer["email_verified"]),
        (&json!(true), &json!("1"), &json!(true))
    );
    client.post(path("security-flags"), json!({"set_flags": ["NOPE"]})).await.refused(400);
    client.post(format!("/test/users/{UNKNOWN}/security-flags"), json!({})).await.err(404, "UNKNOWN_USER");
    assert_eq!(client.patch(path("flags"), json!({"flags": "549755813888"})).await.ok()["success"], true);
    assert_eq!(client.get(format!("/v1{}", path("data-exists"))).await.ok()["user_exists"], true);
    assert_eq!(
        client.get(format!("/test/users/{UNKNOWN}/data-exists")).await.ok(),
        json!({"user_exists": false})
    );
    assert_eq!(client.get(path("sessions")).await.ok()["count"], 1);
    client.post(path("unclaim"), json!({})).await.ok();
    assert!(account.get("/users/@me").await.ok()["email"].is_null());
}

#[tokio::test]
async fn guilds_and_messages() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let client = Client::anonymous();
    let answer = client
        .post(
            format!("/test/guilds/{}/features", guild.id),
            json!({"add_features": ["MORE_EMOJI"], "remove_features": ["BANNER"]}),
        )
        .await
        .ok();
    let features = answer["features"].as_array().unwrap();
    assert!(features.contains(&json!("MORE_EMOJI")) && !features.contains(&json!("BANNER")));
    client.post(format!("/test/guilds/{UNKNOWN}/features"), json!({})).await.err(404, "UNKNOWN_GUILD");
    client.post("/test/messages/seed", json!({"messages": [{}]})).await.refused(400);
    client
        .post("/test/messages/seed", json!({"channel_id": guild.general, "messages": []}))
        .await
        .refused(400);
    let seeded = client
        .post("/test/messages/seed", json!({"channel_id": guild.general, "author_id": owner.id, "messages": [{"content": "seeded"}, {}]}))
        .await
        .ok();
    assert_eq!(seeded["messages"].as_array().unwrap().len(), 2);
    let history = owner.get(format!("/channels/{}/messages", guild.general)).await.ok();
    assert!(history.as_array().unwrap().iter().any(|m| m["content"] == "seeded"));
}
