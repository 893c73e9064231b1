//! What holds for every operation (`http-conventions.md` §1–§4).

use tests::{Account, Bot, Client, Guild, UNKNOWN, json};

#[tokio::test]
async fn paths() {
    let account = Account::new().await;
    assert_eq!(account.get("/v1/users/@me").await.ok()["id"], json!(account.id));
    assert_eq!(account.get("/users/@me").await.ok()["id"], json!(account.id));
    for path in ["/users/@me/", "/nowhere", "/v2/users/@me", "/v1/v1/users/@me", "//users/@me", "/"] {
        account.get(path).await.err(404, "NOT_FOUND");
    }
    let health = account.get("/_health").await;
    assert_eq!((health.status, health.text.as_str()), (200, "OK"));
}

#[tokio::test]
async fn request_ids() {
    let client = Client::anonymous();
    let answer = client.get("/users/@me").header("X-Request-ID", "my-own-id").await;
    assert_eq!(answer.header("x-request-id"), Some("my-own-id"));
    let mut seen = Vec::new();
    for path in ["/users/@me", "/nowhere", "/_health", "/.well-known/fluxer"] {
        let answer = client.get(path).await;
        let id = answer.header("x-request-id").unwrap_or_else(|| panic!("{path}")).to_owned();
        assert_eq!(id.len(), 36, "a UUID: {id}");
        seen.push(id);
    }
    seen.dedup();
    assert_eq!(seen.len(), 4);
}

#[tokio::test]
async fn errors_have_one_form() {
    let account = Account::new().await;
    let answer = account.post("/guilds", json!({"name": "x".repeat(101), "icon": 5})).await;
    assert!(answer.header("content-type").is_some_and(|t| t.starts_with("application/json")));
    let body = answer.err(400, "INVALID_FORM_BODY");
    assert!(body.get("status").is_none());
    assert_eq!(body["errors"].as_array().unwrap().len(), 2, "an entry each: {body}");
    for entry in body["errors"].as_array().unwrap() {
        assert!(
            entry["path"].is_string() && entry["message"].is_string() && entry["code"].is_string(),
            "{entry}"
        );
    }
}

#[tokio::test]
async fn login_is_asked_before_the_body() {
    let anonymous = Client::anonymous();
    anonymous.post("/guilds", json!({})).await.err(401, "UNAUTHORIZED");
    anonymous.get("/users/not-an-id").await.err(401, "UNAUTHORIZED");
    let bot = Bot::new(&Account::new().await).await;
    bot.post("/read-states/ack-bulk", json!({})).await.err(403, "ACCESS_DENIED");
    let account = Account::new().await;
    // and the form before membership
    account.patch(format!("/guilds/{UNKNOWN}"), json!({"name": 5})).await.err(400, "INVALID_FORM_BODY");
}

#[tokio::test]
async fn bodies_are_cleaned_before_they_are_read() {
    let account = Account::new().await;
    // empty, unparsable and absent bodies are an empty object
    for call in [
        account.call("POST", "/guilds"),
        account.call("POST", "/guilds").raw("application/json", ""),
        account.call("POST", "/guilds").raw("application/json", "{broken"),
        account.call("POST", "/guilds").raw("text/plain", "hello"),
    ] {
        call.await.field("name", "INVALID_FORMAT");
    }
    // unknown keys are ignored
    account.post("/guilds", json!({"name": "ok", "unknown": {"deep": [1]}})).await.ok();
    // TAB and controls are dropped, LF kept
    let me = account.patch("/users/@me", json!({"bio": "a\tb\u{7}c\nd\u{202e}"})).await.ok();
    assert_eq!(me["bio"], "abc\nd");
    // ids are taken as strings and as numbers, even unsafe ones
    let friend = Account::new().await;
    let raw = format!("{{\"recipients\": [{}]}}", friend.id);
    account
        .call("POST", "/users/@me/channels")
        .raw("application/json", raw)
        .await
        .err(400, "NOT_FRIENDS_WITH_USER");
}

#[tokio::test]
async fn ids_out_of_form_or_range() {
    let account = Account::new().await;
    for (id, code) in [
        ("abc", "INVALID_SNOWFLAKE_FORMAT"),
        ("-1", "INVALID_SNOWFLAKE_FORMAT"),
        ("1.5", "INVALID_SNOWFLAKE_FORMAT"),
        ("0123", "INVALID_SNOWFLAKE_FORMAT"),
        ("9223372036854775808", "SNOWFLAKE_OUT_OF_RANGE"),
        ("99999999999999999999999999", "SNOWFLAKE_OUT_OF_RANGE"),
    ] {
        account.get(format!("/users/{id}")).await.field("user_id", code);
        account.get(format!("/channels/{id}")).await.field("channel_id", code);
    }
    for id in ["0", "9223372036854775807"] {
        account.get(format!("/users/{id}")).await.err(404, "UNKNOWN_USER");
    }
}

#[tokio::test]
async fn messages_speak_the_callers_language() {
    let client = Client::anonymous();
    let plain = client.get("/users/@me").await.err(401, "UNAUTHORIZED");
    // codes never change
    let other =
        client.get("/users/@me").header("Accept-Language", "de, en;q=0.5").await.err(401, "UNAUTHORIZED");
    assert_eq!(plain["code"], other["code"]);
    let nonsense =
        client.get("/users/@me").header("Accept-Language", ";;q=x,,*").await.err(401, "UNAUTHORIZED");
    assert_eq!(plain, nonsense);
}

#[tokio::test]
async fn origins() {
    let account = Account::new().await;
    let webapp = tests::s(&account.get("/.well-known/fluxer").await.ok(), "/endpoints/webapp");
    let origin = webapp.trim_end_matches('/').to_owned();
    let answer = account.get("/users/@me").header("Origin", &origin).await;
    assert_eq!(answer.header("access-control-allow-origin"), Some(origin.as_str()));
    assert!(answer.header("vary").is_some_and(|v| v.to_ascii_lowercase().contains("origin")));
    assert!(answer.header("access-control-allow-credentials").is_none());
    let answer = account.get("/users/@me").header("Origin", "https://evil.example").await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, None));
    let preflight = account.call("OPTIONS", "/guilds").header("Origin", &origin).await;
    assert_eq!(preflight.status, 204);
    assert!(preflight.header("access-control-allow-methods").is_some_and(|m| m.contains("PATCH")));
    assert!(preflight.header("access-control-allow-headers").is_some_and(|m| m.contains("Authorization")));
    assert_eq!(preflight.header("access-control-max-age"), Some("86400"));
}

#[tokio::test]
async fn sudo_by_password_is_asked_every_time() {
    let account = Account::new().await;
    let methods = account.get("/users/@me/sudo/mfa-methods").await.ok();
    assert_eq!(methods, json!({"totp": false, "sms": false, "webauthn": false, "has_mfa": false}));
    let guild = Guild::new(&account).await;
    let path = guild.path("/transfer-ownership");
    let answer = account.post(&path, json!({"new_owner_id": UNKNOWN, "password": account.password})).await;
    assert!(answer.header("x-fluxer-sudo-mode-jwt").is_none(), "no token for a password");
    answer.err(404, "UNKNOWN_MEMBER");
    account.post(&path, json!({"new_owner_id": UNKNOWN})).await.err(403, "SUDO_MODE_REQUIRED");
    let forged = account.post(&path, json!({"new_owner_id": UNKNOWN}));
    forged.header("X-Fluxer-Sudo-Mode-JWT", "eyJhbGciOiJub25lIn0.e30.").await.err(403, "SUDO_MODE_REQUIRED");
}

#[tokio::test]
async fn an_unavailable_guild_is_closed_to_http() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let body = json!({"add_features": ["UNAVAILABLE_FOR_EVERYONE_BUT_STAFF"]});
    guild.owner.post(format!("/test/guilds/{}/features", guild.id), body).await.ok();
    member.get(guild.path("")).await.err(403, "MISSING_ACCESS");
    member.get(format!("/channels/{}", guild.general)).await.err(403, "MISSING_ACCESS");
    member.set_flags(&["STAFF"]).await;
    member.get(guild.path("")).await.ok();
    let body = json!({"add_features": ["UNAVAILABLE_FOR_EVERYONE"]});
    guild.owner.post(format!("/test/guilds/{}/features", guild.id), body).await.ok();
    member.get(guild.path("")).await.err(403, "MISSING_ACCESS");
}
