//! Guild lifecycle: create, read, update, transfer, leave, delete (`guilds.md` §2).

use tests::guild::send;
use tests::{Account, Guild, UNKNOWN, ids, json, near, perms, s};

#[tokio::test]
async fn creation_gives_channels_a_role_and_an_owner() {
    let owner = Account::new().await;
    let mut gateway = owner.online().await;
    let guild = owner.post("/guilds", json!({"name": "  A guild  "})).await.ok();
    let id = s(&guild, "id");
    assert_eq!((&guild["name"], &guild["owner_id"]), (&json!("A guild"), &json!(owner.id)));
    let mut features: Vec<&str> =
        guild["features"].as_array().unwrap().iter().filter_map(|f| f.as_str()).collect();
    features.sort_unstable();
    assert_eq!(features, ["ANIMATED_BANNER", "ANIMATED_ICON", "BANNER", "INVITE_SPLASH"]);
    for (key, value) in [
        ("afk_timeout", json!(300)),
        ("verification_level", json!(0)),
        ("mfa_level", json!(0)),
        ("nsfw_level", json!(0)),
        ("explicit_content_filter", json!(0)),
        ("system_channel_flags", json!(0)),
        ("default_message_notifications", json!(0)),
        ("disabled_operations", json!(0)),
    ] {
        assert_eq!(guild[key], value, "{key}");
    }
    let channels = owner.get(format!("/guilds/{id}/channels")).await.ok();
    let shape: Vec<(i64, &str)> = channels
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["type"].as_i64().unwrap(), c["name"].as_str().unwrap()))
        .collect();
    for want in [(4, "Text Channels"), (4, "Voice Channels"), (0, "general"), (2, "General")] {
        assert!(shape.contains(&want), "{want:?} in {shape:?}");
    }
    assert_eq!(shape.len(), 4);
    let general = channels.as_array().unwrap().iter().find(|c| c["type"] == 0).unwrap();
    assert_eq!(guild["system_channel_id"], general["id"]);
    let voice = channels.as_array().unwrap().iter().find(|c| c["type"] == 2).unwrap();
    assert_eq!((&voice["bitrate"], &voice["user_limit"]), (&json!(64000), &json!(0)));
    let roles = owner.get(format!("/guilds/{id}/roles")).await.ok();
    assert_eq!(ids(&roles), [id.clone()]);
    assert_eq!((&roles[0]["name"], &roles[0]["position"]), (&json!("@everyone"), &json!(0)));
    assert_eq!(roles[0]["permissions"], perms::DEFAULT.to_string());
    let state = gateway.expect("GUILD_CREATE", near("id", id.clone())).await;
    assert_eq!(state["properties"]["name"], "A guild", "nested on the gateway: {state}");
    assert_eq!(state["channels"].as_array().unwrap().len(), 4);
    let member = owner.get(format!("/guilds/{id}/members/@me")).await.ok();
    assert_eq!(member["roles"], json!([]));
}

#[tokio::test]
async fn creation_refused_or_bare() {
    let owner = Account::new().await;
    for (name, code) in [
        (json!("x".repeat(101)), "STRING_LENGTH_INVALID"),
        (json!(""), "INVALID_FORMAT"),
        (json!("   "), "STRING_LENGTH_INVALID"),
        (json!(null), "INVALID_FORMAT"),
    ] {
        owner.post("/guilds", json!({"name": name})).await.field("name", code);
    }
    let bare = owner.post("/guilds", json!({"name": "bare", "empty_features": true})).await.ok();
    assert_eq!(bare["features"], json!([]));
    let unclaimed = Account::unclaimed().await;
    let guild = unclaimed.post("/guilds", json!({"name": "mine"})).await.ok();
    assert!(guild["features"].as_array().unwrap().contains(&json!("INVITES_DISABLED")));
    let forced = unclaimed.patch(format!("/guilds/{}", s(&guild, "id")), json!({"features": []})).await.ok();
    assert!(forced["features"].as_array().unwrap().contains(&json!("INVITES_DISABLED")));
}

#[tokio::test]
async fn reading() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let stranger = Account::new().await;
    assert_eq!(member.get(guild.path("")).await.ok()["id"], json!(guild.id));
    stranger.get(guild.path("")).await.err(403, "ACCESS_DENIED");
    member.get(format!("/guilds/{UNKNOWN}")).await.err(404, "UNKNOWN_GUILD");
    member.get("/guilds/abc").await.field("guild_id", "INVALID_SNOWFLAKE_FORMAT");
}

#[tokio::test]
async fn the_list_of_own_guilds() {
    let owner = Account::new().await;
    let mut all = Vec::new();
    for _ in 0..3 {
        all.push(Guild::new(&owner).await.id);
    }
    let list = owner.get("/users/@me/guilds").await.ok();
    assert_eq!(ids(&list), all);
    assert_eq!(list[0]["permissions"], u64::MAX.to_string());
    assert!(list[0].get("approximate_member_count").is_none());
    let counted = owner.get("/users/@me/guilds?with_counts=true").await.ok();
    assert_eq!(counted[0]["approximate_member_count"], 1);
    assert_eq!(ids(&owner.get("/users/@me/guilds?limit=2").await.ok()), all[..2]);
    let page = |query: String| owner.get(format!("/users/@me/guilds?{query}"));
    assert_eq!(ids(&page(format!("after={}", all[0])).await.ok()), all[1..]);
    assert_eq!(ids(&page(format!("before={}", all[2])).await.ok()), all[..2]);
    assert_eq!(ids(&page(format!("after={}&before={}", all[1], all[1])).await.ok()), all[2..]);
    assert_eq!(ids(&page(format!("after={UNKNOWN}")).await.ok()), all);
    page("limit=0".into()).await.field("limit", "VALUE_MUST_BE_INTEGER_IN_RANGE");
    page("limit=201".into()).await.field("limit", "VALUE_MUST_BE_INTEGER_IN_RANGE");
    let member = Account::new().await;
    let guild = Guild::new(&owner).await;
    guild.join(&member).await;
    let list = member.get("/users/@me/guilds").await.ok();
    assert_eq!(list[0]["permissions"], perms::DEFAULT.to_string());
}

#[tokio::test]
async fn updating() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let owner = &guild.owner;
    let body = json!({"name": "Renamed", "afk_channel_id": guild.voice, "afk_timeout": 60, "system_channel_flags": 3,
        "verification_level": 1, "default_message_notifications": 1, "splash_card_alignment": 2});
    let updated = owner.patch(guild.path(""), body).await.ok();
    assert_eq!((&updated["name"], &updated["afk_timeout"]), (&json!("Renamed"), &json!(60)));
    assert_eq!((&updated["system_channel_flags"], &updated["verification_level"]), (&json!(1), &json!(1)));
    let event = gateway.expect("GUILD_UPDATE", near("name", "Renamed")).await;
    assert_eq!((&event["id"], &event["guild_id"]), (&json!(guild.id), &json!(guild.id)));
    assert!(event.get("properties").is_none(), "flat: {event}");
    // null leaves a level, clears a channel
    let updated =
        owner.patch(guild.path(""), json!({"verification_level": null, "afk_channel_id": null})).await.ok();
    assert_eq!((&updated["verification_level"], &updated["afk_channel_id"]), (&json!(1), &json!(null)));
    for (body, path, code) in [
        (json!({"afk_channel_id": guild.general}), "afk_channel_id", "AFK_CHANNEL_MUST_BE_VOICE"),
        (json!({"afk_channel_id": UNKNOWN}), "afk_channel_id", "AFK_CHANNEL_MUST_BE_IN_GUILD"),
        (json!({"system_channel_id": guild.voice}), "system_channel_id", "SYSTEM_CHANNEL_MUST_BE_TEXT"),
        (json!({"system_channel_id": UNKNOWN}), "system_channel_id", "SYSTEM_CHANNEL_MUST_BE_IN_GUILD"),
        (
            json!({"message_history_cutoff": "2001-01-01T00:00:00Z"}),
            "message_history_cutoff",
            "MESSAGE_HISTORY_CUTOFF_BEFORE_GUILD_CREATION",
        ),
        (
            json!({"message_history_cutoff": "2999-01-01T00:00:00Z"}),
            "message_history_cutoff",
            "MESSAGE_HISTORY_CUTOFF_IN_FUTURE",
        ),
    ] {
        owner.patch(guild.path(""), body).await.field(path, code);
    }
    for (body, path) in [
        (json!({"afk_timeout": 59}), "afk_timeout"),
        (json!({"afk_timeout": 3601}), "afk_timeout"),
        (json!({"verification_level": 5}), "verification_level"),
        (json!({"nsfw_level": "x"}), "nsfw_level"),
        (json!({"name": "x".repeat(101)}), "name"),
        (json!({"icon": "!!!"}), "icon"),
        (json!({"system_channel_id": "nine"}), "system_channel_id"),
    ] {
        owner.patch(guild.path(""), body).await.plain(path);
    }
    assert_eq!(owner.get(guild.path("")).await.ok()["name"], "Renamed");
    member.patch(guild.path(""), json!({"name": "x"})).await.err(403, "MISSING_PERMISSIONS");
    Account::new().await.patch(guild.path(""), json!({"name": "x"})).await.err(403, "ACCESS_DENIED");
    owner.patch(format!("/guilds/{UNKNOWN}"), json!({"name": "x"})).await.err(404, "UNKNOWN_GUILD");
}

#[tokio::test]
async fn features_and_images() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let updated = owner
        .patch(guild.path(""), json!({"features": ["INVITES_DISABLED", "VANITY_URL", "PARTNERED"]}))
        .await
        .ok();
    let features = updated["features"].as_array().unwrap();
    assert!(features.contains(&json!("INVITES_DISABLED")) && features.contains(&json!("BANNER")));
    assert!(!features.contains(&json!("VANITY_URL")) && !features.contains(&json!("PARTNERED")));
    let bare = s(&owner.post("/guilds", json!({"name": "bare", "empty_features": true})).await.ok(), "id");
    let png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    for (field, code) in [
        ("banner", "GUILD_BANNER_REQUIRES_FEATURE"),
        ("splash", "INVITE_SPLASH_REQUIRES_FEATURE"),
        ("embed_splash", "EMBED_SPLASH_REQUIRES_FEATURE"),
    ] {
        owner.patch(format!("/guilds/{bare}"), json!({field: png})).await.field(field, code);
        owner.patch(format!("/guilds/{bare}"), json!({field: null})).await.ok();
        let set = owner.patch(guild.path(""), json!({field: png})).await.ok();
        assert!(set[field].is_string(), "{field}: {set}");
    }
    let icon = s(&owner.patch(format!("/guilds/{bare}"), json!({"icon": png})).await.ok(), "icon");
    assert_eq!(icon.len(), 8);
}

#[tokio::test]
async fn requiring_mfa_of_moderators() {
    let (guild, [admin]) = Guild::with_members::<1>().await;
    let role = guild.role(perms::ADMINISTRATOR).await;
    guild.give(&admin.id, &role).await;
    let patch = |who: &Account, body| who.patch(guild.path(""), body);
    patch(&guild.owner, json!({"mfa_level": 1})).await.err(403, "SUDO_MODE_REQUIRED");
    patch(&admin, json!({"mfa_level": 1, "password": admin.password})).await.err(403, "MISSING_PERMISSIONS");
    patch(&guild.owner, json!({"mfa_level": 1, "password": guild.owner.password}))
        .await
        .field("mfa_level", "MUST_ENABLE_2FA_BEFORE_REQUIRING_FOR_MODS");
}

#[tokio::test]
async fn flexible_names_toggle() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let owner = &guild.owner;
    let path = guild.path("/text-channel-flexible-names");
    member.patch(&path, json!({"enabled": true})).await.err(403, "MISSING_PERMISSIONS");
    owner.patch(&path, json!({})).await.plain("enabled");
    let on = owner.patch(&path, json!({"enabled": true})).await.ok();
    assert!(on["features"].as_array().unwrap().contains(&json!("TEXT_CHANNEL_FLEXIBLE_NAMES")));
    let free = owner.post(guild.path("/channels"), json!({"type": 0, "name": "Free Name!"})).await.ok();
    assert_eq!(free["name"], "Free Name!");
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    owner.patch(&path, json!({"enabled": false})).await.ok();
    let bulk = gateway.expect("CHANNEL_UPDATE_BULK", tests::any).await;
    let renamed =
        bulk["channels"].as_array().unwrap().iter().find(|c| c["id"] == free["id"]).expect("in the bulk");
    assert_eq!(renamed["name"], "free-name");
    owner.patch(guild.path("/detached-banner"), json!({"enabled": true})).await.ok();
}

#[tokio::test]
async fn transferring() {
    let (guild, [heir, other]) = Guild::with_members::<2>().await;
    let owner = &guild.owner;
    let path = guild.path("/transfer-ownership");
    let body = |id: &str, password: &str| json!({"new_owner_id": id, "password": password});
    owner.post(&path, json!({"new_owner_id": heir.id})).await.err(403, "SUDO_MODE_REQUIRED");
    other.post(&path, body(&heir.id, &other.password)).await.err(403, "MISSING_PERMISSIONS");
    owner.post(&path, body(UNKNOWN, &owner.password)).await.err(404, "UNKNOWN_MEMBER");
    let bot = guild.bot(0).await;
    owner.post(&path, body(&bot.id, &owner.password)).await.err(400, "CANNOT_TRANSFER_OWNERSHIP_TO_BOT");
    Account::new().await.post(&path, body(&heir.id, "whatever-it-is")).await.refused(400);
    let mut gateway = other.online().await;
    gateway.activate(&guild.id).await;
    let guild_now = owner.post(&path, body(&heir.id, &owner.password)).await.ok();
    assert_eq!(guild_now["owner_id"], json!(heir.id));
    gateway.expect("GUILD_UPDATE", near("owner_id", heir.id.clone())).await;
    owner.delete(format!("/users/@me/guilds/{}", guild.id)).await.no_content();
    heir.delete(format!("/users/@me/guilds/{}", guild.id))
        .await
        .field("guild_id", "CANNOT_LEAVE_GUILD_AS_OWNER");
}

#[tokio::test]
async fn leaving() {
    let (guild, [member, watcher]) = Guild::with_members::<2>().await;
    let leave = format!("/users/@me/guilds/{}", guild.id);
    guild.owner.delete(&leave).await.field("guild_id", "CANNOT_LEAVE_GUILD_AS_OWNER");
    let (mut mine, mut theirs) = (member.online().await, watcher.online().await);
    theirs.activate(&guild.id).await;
    let role = guild.role(0).await;
    guild.give(&member.id, &role).await;
    member.delete(&leave).await.no_content();
    let gone = mine.expect("GUILD_DELETE", near("id", guild.id.clone())).await;
    assert!(gone.get("unavailable").is_none(), "out, not away: {gone}");
    let removed = theirs.expect("GUILD_MEMBER_REMOVE", |d| d["user"]["id"] == json!(member.id)).await;
    assert_eq!(removed["guild_id"], json!(guild.id));
    member.delete(&leave).await.err(404, "UNKNOWN_MEMBER");
    member.get(guild.path("")).await.err(403, "ACCESS_DENIED");
    send(&guild.owner, &guild.general, "after").await;
    guild.fence(&mut [&mut theirs]).await;
    // nothing of the guild comes any more, and a return starts afresh
    guild.join(&member).await;
    mine.expect("GUILD_CREATE", near("id", guild.id.clone())).await;
    mine.absent("MESSAGE_CREATE", near("content", "after"));
    assert_eq!(member.get(guild.path("/members/@me")).await.ok()["roles"], json!([]));
}

#[tokio::test]
async fn deleting() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let code = guild.invite().await;
    let mut gateway = member.online().await;
    let path = guild.path("/delete");
    guild.owner.post(&path, json!({})).await.err(403, "SUDO_MODE_REQUIRED");
    member.post(&path, json!({"password": member.password})).await.err(403, "MISSING_PERMISSIONS");
    guild
        .owner
        .post(&path, json!({"password": "not-the-password"}))
        .await
        .field("password", "INVALID_PASSWORD");
    guild.owner.post(&path, json!({"password": guild.owner.password})).await.no_content();
    gateway.expect("GUILD_DELETE", near("id", guild.id.clone())).await;
    for who in [&member, &guild.owner] {
        who.get(guild.path("")).await.err(404, "UNKNOWN_GUILD");
        who.get(format!("/channels/{}", guild.general)).await.err(404, "UNKNOWN_CHANNEL");
        assert_eq!(who.get("/users/@me/guilds").await.ok(), json!([]));
    }
    member.get(format!("/invites/{code}")).await.err(404, "UNKNOWN_INVITE");
}

#[tokio::test]
async fn the_vanity_address() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let owner = &guild.owner;
    let path = guild.path("/vanity-url");
    assert_eq!(owner.get(&path).await.ok(), json!({"code": null, "uses": 0}));
    member.get(&path).await.err(403, "MISSING_PERMISSIONS");
    let code = tests::unique::word();
    owner.patch(&path, json!({"code": code})).await.field("code", "VANITY_URL_REQUIRES_FEATURE");
    owner
        .post(format!("/test/guilds/{}/features", guild.id), json!({"add_features": ["VANITY_URL"]}))
        .await
        .ok();
    for (bad, error) in [
        ("a", "VANITY_URL_CODE_LENGTH_INVALID"),
        ("-abc", "VANITY_URL_INVALID_CHARACTERS"),
        ("a_b", "VANITY_URL_INVALID_CHARACTERS"),
        ("my-fluxer", "VANITY_URL_CODE_CANNOT_CONTAIN_FLUXER"),
    ] {
        owner.patch(&path, json!({"code": bad})).await.field("code", error);
    }
    owner.patch(&path, json!({"code": code.to_uppercase()})).await.ok();
    assert_eq!(owner.get(&path).await.ok()["code"], json!(code));
    let joiner = Account::new().await;
    joiner.post(format!("/invites/{code}"), json!({})).await.ok();
    assert_eq!(owner.get(&path).await.ok()["uses"], 1);
    owner.delete(format!("/invites/{code}")).await.err(404, "UNKNOWN_INVITE");
    owner.patch(&path, json!({"code": null})).await.ok();
    joiner.get(format!("/invites/{code}")).await.err(404, "UNKNOWN_INVITE");
}
