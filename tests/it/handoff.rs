//! Carrying a login to the desktop application, and the end of accounts (`auth.md` §14, §16).

use tests::{Account, Client, json, s};

#[tokio::test]
async fn a_login_is_handed_over_once() {
    let account = Account::new().await;
    let desktop = Client::anonymous();
    let started = desktop.post("/auth/handoff/initiate", json!({})).await.ok();
    let code = s(&started, "code");
    assert!(code.len() == 9 && code.as_bytes()[4] == b'-' && started["expires_at"].is_string(), "{started}");
    let status = format!("/auth/handoff/{code}/status");
    assert_eq!(desktop.get(&status).await.ok(), json!({"status": "pending"}));
    desktop.get("/auth/handoff/short/status").await.err(400, "INVALID_HANDOFF_CODE");

    let complete = |code: &str, token: &str, user: &str| {
        let body = json!({"code": code, "token": token, "user_id": user});
        Client::anonymous().post("/auth/handoff/complete", body)
    };
    complete(&code, "flx_nosuchtoken", &account.id).await.err(401, "INVALID_TOKEN");
    complete(&code, &account.token, "1").await.err(400, "SESSION_TOKEN_MISMATCH");
    complete("ZZZZ-ZZZZ", &account.token, &account.id).await.err(400, "INVALID_HANDOFF_CODE");
    let typed = code.replace('-', " ").to_lowercase();
    complete(&typed, &account.token, &account.id).await.no_content();
    complete(&code, &account.token, &account.id).await.err(400, "INVALID_HANDOFF_CODE");
    let done = desktop.get(&status).await.ok();
    assert_eq!((&done["status"], &done["user_id"]), (&json!("completed"), &json!(account.id)));
    assert_ne!(s(&done, "token"), account.token);
    desktop.with_auth(s(&done, "token")).get("/users/@me").await.ok();
    assert_eq!(desktop.get(&status).await.ok(), json!({"status": "expired"}));
}

#[tokio::test]
async fn a_cancelled_handoff_is_over() {
    let desktop = Client::anonymous();
    let code = s(&desktop.post("/auth/handoff/initiate", json!({})).await.ok(), "code");
    desktop.delete(format!("/auth/handoff/{code}")).await.no_content();
    assert_eq!(desktop.get(format!("/auth/handoff/{code}/status")).await.ok()["status"], "expired");
    desktop.delete("/auth/handoff/bad").await.err(400, "INVALID_HANDOFF_CODE");
}

#[tokio::test]
async fn a_deleted_account_leaves_nothing_of_a_person() {
    let [account, other] = Account::several::<2>().await;
    let tag = account.tag().await;
    let path = format!("/test/worker/process-pending-deletion/{}", account.id);
    account.post(&path, json!({})).await.err(400, "NO_PENDING_DELETION");
    account.post("/users/@me/delete", json!({"password": account.password})).await.no_content();
    other.post(&path, json!({})).await.ok();
    let state = other.get(format!("/test/users/{}/data-exists", account.id)).await.ok();
    for key in ["email_cleared", "phone_cleared", "password_cleared", "has_deleted_flag"] {
        assert_eq!(state[key], true, "{key} in {state}");
    }
    assert_eq!((&state["sessions_count"], &state["has_self_deleted_flag"]), (&json!(0), &json!(false)));
    let seen = other.get(format!("/users/{}", account.id)).await.ok();
    assert_eq!((&seen["username"], &seen["discriminator"]), (&json!("DeletedUser"), &json!("0000")));
    // address and tag are free again
    let mut body = tests::account::registration();
    body["email"] = json!(account.email);
    Account::register(body).await;
    let taken = other
        .get(format!(
            "/users/check-tag?username={}&discriminator={}",
            s(&tag, "username"),
            s(&tag, "discriminator")
        ))
        .await
        .ok();
    assert_eq!(taken["taken"], false);
}
