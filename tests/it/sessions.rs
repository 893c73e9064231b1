//! Listing and revoking sessions (`auth.md` §6), and what that does to the gateway.

use tests::{Account, Client, json, s};

#[tokio::test]
async fn sessions_are_listed_with_the_newest_use_first() {
    let account = Account::new().await;
    let other = account.log_in().await;
    other.get("/users/@me").await.ok();
    let list = account.get("/auth/sessions").await.ok();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 2);
    for session in list {
        assert!(!s(session, "id_hash").contains('='), "unpadded base64url: {session}");
        assert!(
            session["approx_last_used_at"].is_string() && session["client_info"].is_object(),
            "{session}"
        );
    }
    Client::anonymous().get("/auth/sessions").await.err(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn revoking_needs_the_password_and_ends_gateway_sessions() {
    let account = Account::new().await;
    let other = account.log_in().await;
    let mut theirs = other.online().await;
    let mut own = account.online().await;
    let hash = s(&theirs.ready, "auth_session_id_hash");
    assert_ne!(hash, s(&own.ready, "auth_session_id_hash"));
    let body = |password: Option<&str>| match password {
        Some(p) => json!({"session_id_hashes": [hash], "password": p}),
        None => json!({"session_id_hashes": [hash]}),
    };
    let refusal = account.post("/auth/sessions/logout", body(None)).await.err(403, "SUDO_MODE_REQUIRED");
    assert_eq!(refusal["has_mfa"], false);
    account
        .post("/auth/sessions/logout", body(Some("not-the-password")))
        .await
        .field("password", "INVALID_PASSWORD");
    other.get("/users/@me").await.ok();
    account.post("/auth/sessions/logout", body(Some(&account.password))).await.no_content();
    other.get("/users/@me").await.err(401, "UNAUTHORIZED");
    // the session dies with its socket attached: op 9, and the socket may identify again
    theirs.expect_op(9).await;
    theirs.seq = 0;
    theirs.identify_with(&account.token, json!({})).await;
    own.heartbeat(json!(null)).await;
    account.get("/users/@me").await.ok();
    // idempotent, unknown hashes ignored
    account.post("/auth/sessions/logout", body(Some(&account.password))).await.no_content();
    let unknown = json!({"session_id_hashes": ["AAAA"], "password": account.password});
    account.post("/auth/sessions/logout", unknown).await.no_content();
}

#[tokio::test]
async fn a_revoked_token_cannot_identify_or_resume() {
    let account = Account::new().await;
    let other = account.log_in().await;
    let mut gateway = other.online().await;
    other.post("/auth/logout", json!({})).await.no_content();
    gateway.expect_op(9).await;
    gateway.send(tests::gateway::identify(&other.token, json!({}))).await;
    assert_eq!(gateway.expect_close().await.0, 4004);
    gateway.resume_from(gateway.seq).await;
    gateway.expect_op(9).await;
}

#[tokio::test]
async fn another_user_cannot_revoke_my_session() {
    let [mine, stranger] = Account::several::<2>().await;
    let gateway = mine.online().await;
    let hash = s(&gateway.ready, "auth_session_id_hash");
    let body = json!({"session_id_hashes": [hash], "password": stranger.password});
    stranger.post("/auth/sessions/logout", body).await.no_content();
    mine.get("/users/@me").await.ok();
}
