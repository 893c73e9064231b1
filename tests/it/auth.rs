//! Registration, login, logout (`auth.md` §2–§6).

use tests::account::registration;
use tests::unique::word;
use tests::{Account, Bot, Client, json, s};

#[tokio::test]
async fn registering_answers_a_session_and_sends_a_verification_mail() {
    let body = registration();
    let client = Client::anonymous();
    let answer = client.post("/auth/register", body.clone()).await.ok();
    let token = s(&answer, "token");
    assert!(token.starts_with("flx_") && token.len() == 40, "{token}");
    assert!(token[4..].bytes().all(|b| b.is_ascii_alphanumeric()), "{token}");
    assert!(answer.get("mfa").is_none());

    let me = client.with_auth(&token).get("/users/@me").await.ok();
    assert_eq!(me["id"], answer["user_id"]);
    assert_eq!((&me["username"], &me["email"]), (&body["username"], &body["email"]));
    assert_eq!((&me["verified"], &me["mfa_enabled"]), (&json!(false), &json!(false)));
    assert!(me["password_last_changed_at"].is_string());
    assert_eq!(s(&me, "discriminator").len(), 4);
    assert_ne!(me["discriminator"], "0000");
    let mails = tests::account::mails(&client, body["email"].as_str().unwrap(), "email_verification").await;
    assert_eq!(mails.len(), 1);
    assert_eq!(s(&mails[0], "token").len(), 64);
}

#[tokio::test]
async fn registration_names_each_bad_field() {
    let client = Client::anonymous();
    let too_long = "x".repeat(257);
    let cases = [
        ("email", json!("not-an-address"), "INVALID_EMAIL_FORMAT"),
        ("password", json!("short"), "PASSWORD_LENGTH_INVALID"),
        ("password", json!(too_long), "PASSWORD_LENGTH_INVALID"),
        ("username", json!("a".repeat(33)), "USERNAME_LENGTH_INVALID"),
        ("username", json!("with space"), "USERNAME_INVALID_CHARACTERS"),
        ("username", json!("naïve"), "USERNAME_INVALID_CHARACTERS"),
        ("username", json!("EveryOne"), "USERNAME_RESERVED_VALUE"),
        ("username", json!("here"), "USERNAME_RESERVED_VALUE"),
        ("username", json!("the_Fluxer_team"), "USERNAME_CANNOT_CONTAIN_RESERVED_TERMS"),
        ("global_name", json!("x".repeat(33)), "GLOBAL_NAME_LENGTH_INVALID"),
        ("global_name", json!("Everyone"), "GLOBAL_NAME_RESERVED_VALUE"),
        ("global_name", json!("a System Message b"), "GLOBAL_NAME_CANNOT_CONTAIN_RESERVED_TERMS"),
        ("email", json!(7), "INVALID_FORMAT"),
        ("username", json!(["a"]), "INVALID_FORMAT"),
        // an empty string is null, and these are not nullable
        ("password", json!(""), "INVALID_FORMAT"),
        ("consent", json!("yes"), "INVALID_FORMAT"),
    ];
    for (field, value, code) in cases {
        let mut body = registration();
        body[field] = value;
        client.post("/auth/register", body).await.field(field, code);
    }
    for field in ["consent", "date_of_birth"] {
        let mut body = registration();
        body.as_object_mut().unwrap().remove(field);
        client.post("/auth/register", body).await.field(field, "INVALID_FORMAT");
    }
    let refusals = [
        ("consent", json!(false)),
        ("date_of_birth", json!("2999-01-01")),
        ("date_of_birth", json!("2020-01-01")),
        ("date_of_birth", json!("1990-13-45")),
        ("date_of_birth", json!("1990/01/01")),
        ("date_of_birth", json!("90-1-1")),
    ];
    for (field, value) in refusals {
        let mut body = registration();
        body[field] = value;
        client.post("/auth/register", body).await.plain(field);
    }
}

#[tokio::test]
async fn an_email_is_taken_in_any_letter_case() {
    let body = registration();
    let first = Account::register(body.clone()).await;
    let mut again = registration();
    again["email"] = json!(first.email.to_uppercase());
    let answer = Client::anonymous().post("/auth/register", again).await.plain("email");
    assert_eq!(answer["errors"][0]["message"], "Email already in use");
}

#[tokio::test]
async fn a_name_is_derived_when_none_is_given() {
    let mut body = registration();
    body.as_object_mut().unwrap().remove("username");
    body["global_name"] = json!("Magic Tester");
    let me = Account::register(body).await.get("/users/@me").await.ok();
    assert_eq!((&me["username"], &me["global_name"]), (&json!("Magic_Tester"), &json!("Magic Tester")));

    let mut body = registration();
    body.as_object_mut().unwrap().remove("username");
    let me = Account::register(body).await.get("/users/@me").await.ok();
    assert!(!s(&me, "username").is_empty());

    let client = Client::anonymous();
    let path = "/auth/username-suggestions";
    let answer = client.post(path, json!({"global_name": "Magic Tester"})).await.ok();
    assert_eq!(answer, json!({"suggestions": ["Magic_Tester"]}));
    assert_eq!(client.post(path, json!({"global_name": "🦊"})).await.ok(), json!({"suggestions": []}));
}

#[tokio::test]
async fn two_people_may_share_a_name_but_not_a_tag() {
    let name = word();
    let mut tags = Vec::new();
    for _ in 0..5 {
        let mut body = registration();
        body["username"] = json!(name);
        let me = Account::register(body).await.get("/users/@me").await.ok();
        tags.push(s(&me, "discriminator"));
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 5);
}

#[tokio::test]
async fn an_unclaimed_account_has_a_working_session() {
    let account = Account::unclaimed().await;
    let me = account.get("/users/@me").await.ok();
    assert_eq!((&me["email"], &me["verified"]), (&json!(null), &json!(false)));
    assert!(me["password_last_changed_at"].is_null());
}

#[tokio::test]
async fn registering_with_an_invite_joins_the_guild() {
    let owner = Account::new().await;
    let guild = tests::Guild::new(&owner).await;
    let mut body = registration();
    body["invite_code"] = json!(guild.invite().await);
    let account = Account::register(body).await;
    assert_eq!(account.get(format!("/guilds/{}", guild.id)).await.ok()["id"], json!(guild.id));
    // and a bad code is no reason to refuse
    let mut body = registration();
    body["invite_code"] = json!("nosuchcode");
    Account::register(body).await;
}

#[tokio::test]
async fn login_by_password() {
    let account = Account::new().await;
    let client = Client { auth: None, ..account.client.clone() };
    let login = |email: &str, password: &str| {
        client.post("/auth/login", json!({"email": email, "password": password}))
    };
    let answer = login(&account.email, &account.password).await.ok();
    assert_eq!(answer["user_id"], json!(account.id));
    assert!(answer.get("ticket").is_none());
    assert_ne!(s(&answer, "token"), account.token);
    login(&account.email.to_uppercase(), &account.password).await.ok();

    for (email, password) in
        [(account.email.as_str(), "wrong-password"), ("nobody@example.com", "wrong-password")]
    {
        let answer = login(email, password).await.field("email", "INVALID_EMAIL_OR_PASSWORD");
        assert_eq!(answer["errors"].as_array().unwrap().len(), 2, "{answer}");
        assert!(answer["errors"].as_array().unwrap().iter().any(|e| e["path"] == "password"));
    }
    client.post("/auth/login", json!({"password": "long-enough"})).await.field("email", "INVALID_FORMAT");
    client.post("/auth/login", json!({"email": account.email})).await.field("password", "INVALID_FORMAT");
}

#[tokio::test]
async fn a_login_joins_by_invite_too() {
    let owner = Account::new().await;
    let guild = tests::Guild::new(&owner).await;
    let account = Account::new().await;
    let body =
        json!({"email": account.email, "password": account.password, "invite_code": guild.invite().await});
    Client { auth: None, ..account.client.clone() }.post("/auth/login", body).await.ok();
    account.get(guild.path("")).await.ok();
}

#[tokio::test]
async fn login_from_an_unknown_address_needs_authorisation() {
    let account = Account::new().await;
    let elsewhere = Client::anonymous();
    let login = json!({"email": account.email, "password": account.password});
    let refusal = elsewhere.post("/auth/login", login.clone()).await.err(403, "IP_AUTHORIZATION_REQUIRED");
    assert_eq!(refusal["ip_authorization_required"], true);
    assert_eq!((&refusal["email"], &refusal["resend_available_in"]), (&json!(account.email), &json!(30)));
    let ticket = s(&refusal, "ticket");
    let poll = format!("/auth/ip-authorization/poll?ticket={ticket}");
    assert_eq!(elsewhere.get(&poll).await.ok()["completed"], false);
    elsewhere
        .post("/auth/ip-authorization/resend", json!({"ticket": ticket}))
        .await
        .err(429, "IP_AUTHORIZATION_RESEND_COOLDOWN");

    let mail = account.mail("ip_authorization").await;
    assert_eq!(mail["ip"], json!(elsewhere.address));
    let confirm = json!({"token": s(&mail, "token")});
    Client::anonymous().post("/auth/authorize-ip", confirm.clone()).await.no_content();
    Client::anonymous().post("/auth/authorize-ip", confirm).await.plain("token");
    let done = elsewhere.get(&poll).await.ok();
    assert_eq!((&done["completed"], &done["user_id"]), (&json!(true), &json!(account.id)));
    assert_eq!(elsewhere.with_auth(s(&done, "token")).get("/users/@me").await.ok()["id"], json!(account.id));
    elsewhere.post("/auth/login", login).await.ok();

    let unknown = "A".repeat(64);
    elsewhere
        .get(format!("/auth/ip-authorization/poll?ticket={unknown}"))
        .await
        .field("ticket", "INVALID_OR_EXPIRED_AUTHORIZATION_TICKET");
    elsewhere.post("/auth/ip-authorization/resend", json!({"ticket": unknown})).await.plain("ticket");
}

#[tokio::test]
async fn forgetting_addresses_makes_the_next_login_ask() {
    let account = Account::new().await;
    account.delete("/users/@me/authorized-ips").await.err(403, "SUDO_MODE_REQUIRED");
    let sudo = json!({"password": account.password});
    account.call("DELETE", "/users/@me/authorized-ips").json(&sudo).await.no_content();
    let login = json!({"email": account.email, "password": account.password});
    let client = Client { auth: None, ..account.client.clone() };
    client.post("/auth/login", login).await.err(403, "IP_AUTHORIZATION_REQUIRED");
}

#[tokio::test]
async fn the_forms_of_the_authorization_header() {
    let account = Account::new().await;
    let token = &account.token;
    for good in [token.clone(), format!("Bearer {token}")] {
        assert_eq!(account.with_auth(good).get("/users/@me").await.ok()["id"], json!(account.id));
    }
    for bad in [
        format!("Bot {token}"),
        format!("Admin {token}"),
        format!("Basic {token}"),
        format!("Bearer  {token}"),
        format!("{token} x"),
        "flx_nosuchtoken".to_owned(),
        String::new(),
        "Bearer ".to_owned(),
    ] {
        account.with_auth(bad).get("/users/@me").await.err(401, "UNAUTHORIZED");
    }
    Client::anonymous().get("/users/@me").await.err(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn logout_ends_this_session_only() {
    let account = Account::new().await;
    let other = account.log_in().await;
    account.post("/auth/logout", json!({})).await.no_content();
    account.get("/users/@me").await.err(401, "UNAUTHORIZED");
    other.get("/users/@me").await.ok();
    account.post("/auth/logout", json!({})).await.no_content();
    Client::anonymous().post("/auth/logout", json!({})).await.no_content();
}

#[tokio::test]
async fn disabled_and_banned_accounts() {
    let account = Account::new().await;
    account.post("/users/@me/disable", json!({})).await.err(403, "SUDO_MODE_REQUIRED");
    account
        .post("/users/@me/disable", json!({"password": "not-the-password"}))
        .await
        .field("password", "INVALID_PASSWORD");
    account.post("/users/@me/disable", json!({"password": account.password})).await.no_content();
    account.get("/users/@me").await.err(401, "UNAUTHORIZED");
    let again = account.log_in().await;
    again.get("/users/@me").await.ok();

    let gone = Account::new().await;
    gone.set_flags(&["DELETED"]).await;
    let login = json!({"email": gone.email, "password": gone.password});
    let client = Client { auth: None, ..gone.client.clone() };
    client.post("/auth/login", login).await.err(403, "ACCOUNT_SUSPENDED_PERMANENTLY");
}

#[tokio::test]
async fn deleting_an_account_and_coming_back() {
    let owner = Account::new().await;
    let guild = tests::Guild::new(&owner).await;
    let sudo = json!({"password": owner.password});
    owner.post("/users/@me/delete", json!({})).await.err(403, "SUDO_MODE_REQUIRED");
    owner.post("/users/@me/delete", sudo.clone()).await.err(400, "USER_OWNS_GUILDS");
    owner.post(guild.path("/delete"), sudo.clone()).await.no_content();
    owner.post("/users/@me/delete", sudo).await.no_content();
    owner.get("/users/@me").await.err(401, "UNAUTHORIZED");
    assert!(owner.mail("self_deletion_scheduled").await["deletion_date"].is_string());
    let state = owner.get(format!("/test/users/{}/data-exists", owner.id)).await.ok();
    assert_eq!(state["has_self_deleted_flag"], true);
    let back = owner.log_in().await;
    let state = back.get(format!("/test/users/{}/data-exists", owner.id)).await.ok();
    assert_eq!(
        (&state["has_self_deleted_flag"], &state["pending_deletion_at"]),
        (&json!(false), &json!(null))
    );
}

#[tokio::test]
async fn a_bot_cannot_log_in_or_hold_sessions() {
    let owner = Account::new().await;
    let bot = Bot::new(&owner).await;
    assert_eq!(bot.get("/users/@me").await.ok()["bot"], true);
    bot.get("/auth/sessions").await.err(403, "ACCESS_DENIED");
}

#[tokio::test]
async fn suspicious_accounts_are_told_why() {
    let account = Account::new().await;
    account.security(json!({"suspicious_activity_flag_names": ["REQUIRE_VERIFIED_EMAIL"]})).await;
    let refusal = account.get("/users/@me").await.err(403, "ACCOUNT_SUSPICIOUS_ACTIVITY");
    assert_eq!(refusal["data"]["suspicious_activity_flags"], 1);
    account.get("/users/@me/relationships").await.err(403, "ACCOUNT_SUSPICIOUS_ACTIVITY");
    account.get("/auth/sessions").await.ok();
    let token = s(&account.mail("email_verification").await, "token");
    Client::anonymous().post("/auth/verify", json!({"token": token})).await.no_content();
    let me = account.get("/users/@me").await.ok();
    assert_eq!((&me["verified"], &me["required_actions"]), (&json!(true), &json!(null)));
}
