//! Adding bots to guilds, and what bots may use (`oauth2-and-bots.md` §3, §7; conventions §1.2).

use tests::{Account, Bot, Guild, UNKNOWN, json, near, perms};

#[tokio::test]
async fn consent_adds_the_bot_with_its_role() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let bot = Bot::new(&guild.owner).await;
    let mut bots = bot.online().await;
    bot.join(&guild.owner, &guild.id, perms::KICK_MEMBERS | perms::SEND_MESSAGES).await;
    gateway.expect("GUILD_MEMBER_ADD", |d| d["user"]["id"] == json!(bot.id)).await;
    let role = gateway.expect("GUILD_ROLE_CREATE", tests::any).await;
    assert_eq!(role["role"]["name"], bot.application["name"]);
    assert_eq!(role["role"]["permissions"], (perms::KICK_MEMBERS | perms::SEND_MESSAGES).to_string());
    gateway.expect("GUILD_MEMBER_UPDATE", near("roles", json!([role["role"]["id"]]))).await;
    bots.expect("GUILD_CREATE", near("id", guild.id.clone())).await;
    let member = bot.get(guild.path(&format!("/members/{}", bot.id))).await.ok();
    assert_eq!((&member["roles"], &member["user"]["bot"]), (&json!([role["role"]["id"]]), &json!(true)));
    let plain = Bot::new(&guild.owner).await;
    plain.join(&guild.owner, &guild.id, 0).await;
    let member = plain.get(guild.path(&format!("/members/{}", plain.id))).await.ok();
    assert_eq!(member["roles"], json!([]), "no permissions, no role");
}

#[tokio::test]
async fn consent_refused() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let bot = Bot::new(&member).await;
    let consent = |who: &Account, body| who.post("/oauth2/authorize/consent", body);
    let body = json!({"client_id": bot.id, "scope": "bot", "guild_id": guild.id});
    let with = |key: &str, value: tests::Value| {
        let mut b = body.clone();
        b[key] = value;
        b
    };
    consent(&member, body.clone()).await.err(403, "MISSING_PERMISSIONS");
    bot.get(guild.path("")).await.err(403, "ACCESS_DENIED");
    let oauth = |answer: tests::Response, code: &str, why: Option<&str>| {
        let text = answer.text.clone();
        let body = answer.status(400);
        assert_eq!(body["error"], code, "{text}");
        assert!(body["error_description"].is_string(), "{text}");
        if let Some(why) = why {
            assert_eq!(body["error_description"], why, "{text}");
        }
    };
    let owner = &guild.owner;
    oauth(
        consent(owner, with("permissions", json!("abc"))).await,
        "invalid_request",
        Some("INVALID_PERMISSIONS_INTEGER"),
    );
    oauth(
        consent(owner, with("permissions", json!("-1"))).await,
        "invalid_request",
        Some("INVALID_PERMISSIONS_NEGATIVE"),
    );
    oauth(consent(owner, with("client_id", json!(UNKNOWN))).await, "invalid_client", None);
    oauth(
        consent(owner, with("redirect_uri", json!("https://not.registered/"))).await,
        "invalid_request",
        None,
    );
    oauth(consent(owner, with("scope", json!("bot everything"))).await, "invalid_request", None);
    oauth(consent(owner, json!({"client_id": bot.id, "scope": "identify"})).await, "invalid_request", None);
    consent(owner, body.clone()).await.ok();
    consent(owner, body.clone()).await.err(400, "BOT_ALREADY_IN_GUILD");
    member.patch(format!("/oauth2/applications/{}", bot.id), json!({"bot_public": false})).await.ok();
    let other = Guild::new(owner).await;
    consent(owner, with("guild_id", json!(other.id))).await.err(403, "ACCESS_DENIED");
    tests::Client::anonymous().post("/oauth2/authorize/consent", body).await.err(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn what_bots_may_not_use() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let bot = guild.bot(perms::ADMINISTRATOR).await;
    for (method, path) in [
        ("GET", "/users/@me/relationships".to_owned()),
        ("POST", format!("/users/@me/relationships/{}", member.id)),
        ("PUT", format!("/users/@me/relationships/{}", member.id)),
        ("DELETE", format!("/users/@me/relationships/{}", member.id)),
        ("GET", "/users/@me/settings".into()),
        ("PATCH", "/users/@me/settings".into()),
        ("PATCH", format!("/users/@me/guilds/{}/settings", guild.id)),
        ("GET", "/users/@me/notes".into()),
        ("PUT", format!("/users/@me/notes/{}", member.id)),
        ("GET", "/auth/sessions".into()),
        ("POST", "/auth/sessions/logout".into()),
        ("GET", "/oauth2/applications/@me".into()),
        ("PATCH", "/users/@me".into()),
        ("POST", format!("/channels/{}/messages/{UNKNOWN}/ack", guild.general)),
        ("DELETE", format!("/channels/{}/messages/ack", guild.general)),
        ("POST", "/read-states/ack-bulk".into()),
        ("PATCH", guild.path("/vanity-url")),
        ("GET", "/users/@me/sudo/mfa-methods".into()),
        ("POST", "/users/@me/disable".into()),
        ("POST", "/users/@me/delete".into()),
        ("POST", "/auth/verify/resend".into()),
        ("POST", "/users/@me/email-change/start".into()),
        ("POST", "/users/@me/password-change/start".into()),
        ("DELETE", "/users/@me/authorized-ips".into()),
    ] {
        bot.call(method, &path).json(&json!({})).await.err(403, "ACCESS_DENIED");
    }
}

#[tokio::test]
async fn what_bots_may_use() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let bot = guild.bot(perms::ADMINISTRATOR).await;
    let message = tests::s(&tests::guild::send(&bot, &guild.general, "beep").await, "id");
    for (method, path, body, status) in [
        ("GET", "/users/@me".to_owned(), json!({}), 200),
        ("GET", format!("/users/{}", member.id), json!({}), 200),
        ("GET", format!("/users/{}/profile", member.id), json!({}), 200),
        ("GET", "/users/@me/guilds".into(), json!({}), 200),
        ("GET", "/gateway/bot".into(), json!({}), 200),
        ("GET", guild.path(""), json!({}), 200),
        ("PATCH", guild.path(""), json!({"name": "by a bot"}), 200),
        ("GET", guild.path("/members?limit=5"), json!({}), 200),
        ("POST", guild.path("/channels"), json!({"type": 0, "name": "bots"}), 200),
        ("POST", guild.path("/roles"), json!({"name": "bots"}), 200),
        ("GET", guild.path("/bans"), json!({}), 200),
        ("POST", format!("/channels/{}/invites", guild.general), json!({}), 200),
        ("POST", format!("/channels/{}/typing", guild.general), json!({}), 204),
        ("PUT", format!("/channels/{}/pins/{message}", guild.general), json!({}), 204),
        ("POST", format!("/channels/{}/pins/ack", guild.general), json!({}), 204),
        (
            "PUT",
            format!("/channels/{}/messages/{message}/reactions/%F0%9F%A6%8A/@me", guild.general),
            json!({}),
            204,
        ),
        ("PATCH", guild.path(&format!("/members/{}", member.id)), json!({"nick": "human"}), 200),
        ("POST", "/users/@me/channels".into(), json!({"recipient_id": member.id}), 200),
        ("POST", "/users/@me/preload-messages".into(), json!({"channels": []}), 200),
        // sudo is proven for a bot
        (
            "POST",
            format!("/channels/{}/messages/bulk-delete", guild.general),
            json!({"message_ids": [message]}),
            204,
        ),
        ("DELETE", guild.path(&format!("/members/{}", member.id)), json!({}), 204),
        ("DELETE", format!("/users/@me/guilds/{}", guild.id), json!({}), 204),
    ] {
        bot.call(method, &path).json(&body).await.status(status);
    }
}
