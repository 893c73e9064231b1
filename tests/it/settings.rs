//! User settings and per-guild notification settings (`users.md` §3).

use tests::{Account, Bot, Guild, UNKNOWN, json, near};

#[tokio::test]
async fn defaults_at_registration() {
    let settings = Account::new().await.get("/users/@me/settings").await.ok();
    for (key, value) in [
        ("theme", json!("system")),
        ("status", json!("online")),
        ("locale", json!("en-US")),
        ("message_display_compact", json!(false)),
        ("render_embeds", json!(true)),
        ("render_reactions", json!(true)),
        ("animate_emoji", json!(true)),
        ("gif_auto_play", json!(true)),
        ("animate_stickers", json!(0)),
        ("render_spoilers", json!(1)),
        ("friend_source_flags", json!(7)),
        ("incoming_call_flags", json!(8)),
        ("group_dm_add_permission_flags", json!(8)),
        ("default_guilds_restricted", json!(false)),
        ("bot_default_guilds_restricted", json!(false)),
        ("restricted_guilds", json!([])),
        ("bot_restricted_guilds", json!([])),
        ("afk_timeout", json!(600)),
        ("time_format", json!(0)),
        ("trusted_domains", json!([])),
        ("custom_status", json!(null)),
    ] {
        assert_eq!(settings[key], value, "{key}");
    }
    let mut body = tests::account::registration();
    body["date_of_birth"] = json!("2011-01-01");
    let minor = Account::register(body).await;
    assert_eq!(minor.get("/users/@me/settings").await.ok()["friend_source_flags"], 3);
}

#[tokio::test]
async fn a_patch_merges_and_tells_every_session() {
    let account = Account::new().await;
    let mut one = account.online().await;
    let mut two = account.log_in().await.online().await;
    let body = json!({"theme": "light", "afk_timeout": 60, "locale": "de"});
    let settings = account.patch("/users/@me/settings", body).await.ok();
    assert_eq!(
        (&settings["theme"], &settings["afk_timeout"], &settings["status"]),
        (&json!("light"), &json!(60), &json!("online"))
    );
    for gateway in [&mut one, &mut two] {
        let event = gateway.expect("USER_SETTINGS_UPDATE", near("theme", "light")).await;
        assert_eq!(event["render_embeds"], true, "the complete settings");
    }
    one.expect("USER_UPDATE", near("id", account.id.clone())).await;
    assert_eq!(account.get("/users/@me/settings").await.ok(), settings);
    for (body, path) in [
        (json!({"theme": "plaid"}), "theme"),
        (json!({"locale": "xx"}), "locale"),
        (json!({"status": "sleeping"}), "status"),
        (json!({"animate_emoji": "yes"}), "animate_emoji"),
        (json!({"render_spoilers": 9}), "render_spoilers"),
        (json!({"restricted_guilds": ["x"]}), "restricted_guilds.0"),
    ] {
        account.patch("/users/@me/settings", body).await.plain(path);
    }
    assert_eq!(account.get("/users/@me/settings").await.ok(), settings);
    let bot = Bot::new(&account).await;
    bot.get("/users/@me/settings").await.err(403, "ACCESS_DENIED");
    bot.patch("/users/@me/settings", json!({"theme": "light"})).await.err(403, "ACCESS_DENIED");
}

#[tokio::test]
async fn flag_fields_are_normalised() {
    let account = Account::new().await;
    for (field, sent, kept) in [
        ("friend_source_flags", 4, 0),
        ("friend_source_flags", 5, 1),
        ("friend_source_flags", 7, 7),
        ("incoming_call_flags", 1 | 8 | 32, 8 | 32),
        ("incoming_call_flags", 2 | 8 | 16, 16),
        ("group_dm_add_permission_flags", 1 | 8, 8),
        ("group_dm_add_permission_flags", 8 | 16, 16),
        ("group_dm_add_permission_flags", 4 | 16, 4),
    ] {
        let settings = account.patch("/users/@me/settings", json!({field: sent})).await.ok();
        assert_eq!(settings[field], kept, "{field} = {sent}");
    }
}

#[tokio::test]
async fn custom_status() {
    let account = Account::new().await;
    let set = |status| account.patch("/users/@me/settings", json!({"custom_status": status}));
    let settings = set(json!({"text": "at sea", "emoji_name": "⛵"})).await.ok();
    assert_eq!(
        (&settings["custom_status"]["text"], &settings["custom_status"]["emoji_name"]),
        (&json!("at sea"), &json!("⛵"))
    );
    set(json!({"text": "x".repeat(129)})).await.plain("custom_status.text");
    set(json!({"text": "past", "expires_at": "2020-01-01T00:00:00.000Z"}))
        .await
        .plain("custom_status.expires_at");
    set(json!({"emoji_id": UNKNOWN})).await.field("custom_status.emoji_id", "CUSTOM_EMOJI_NOT_FOUND");
    assert_eq!(set(json!(null)).await.ok()["custom_status"], json!(null));
}

#[tokio::test]
async fn trusted_domains_are_all_or_some() {
    let account = Account::new().await;
    let set = |domains| account.patch("/users/@me/settings", json!({"trusted_domains": domains}));
    assert_eq!(set(json!(["*"])).await.ok()["trusted_domains"], json!(["*"]));
    set(json!(["*", "example.com"])).await.field("trusted_domains", "VALIDATION_ERROR");
    assert_eq!(set(json!([])).await.ok()["trusted_domains"], json!([]));
}

#[tokio::test]
async fn folders_follow_membership() {
    let account = Account::new().await;
    let mut gateway = account.online().await;
    let (one, two) = (Guild::new(&account).await, Guild::new(&account).await);
    gateway
        .expect("USER_SETTINGS_UPDATE", |d| d["guild_folders"][0]["guild_ids"] == json!([two.id, one.id]))
        .await;
    let settings = account.get("/users/@me/settings").await.ok();
    assert_eq!(settings["guild_folders"][0]["id"], -1);
    let folders = json!([{"id": 5, "name": "games", "guild_ids": [one.id, UNKNOWN, one.id]}]);
    let settings = account.patch("/users/@me/settings", json!({"guild_folders": folders})).await.ok();
    let folders = settings["guild_folders"].as_array().unwrap();
    let find = |id: i64| folders.iter().find(|f| f["id"] == id).unwrap_or_else(|| panic!("{folders:?}"));
    assert_eq!(find(5)["guild_ids"], json!([one.id]));
    assert_eq!(find(-1)["guild_ids"], json!([two.id]));
    account.post(one.path("/delete"), json!({"password": account.password})).await.no_content();
    let settings = account.get("/users/@me/settings").await.ok();
    assert_eq!(
        settings["guild_folders"].as_array().unwrap().len(),
        1,
        "empty folders are dropped: {settings}"
    );
}

#[tokio::test]
async fn guild_notification_settings() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    let path = format!("/users/@me/guilds/{}/settings", guild.id);
    let settings = member.patch(&path, json!({"muted": true})).await.ok();
    assert_eq!((&settings["guild_id"], &settings["muted"]), (&json!(guild.id), &json!(true)));
    assert_eq!(
        (&settings["message_notifications"], &settings["suppress_everyone"]),
        (&json!(3), &json!(false))
    );
    gateway
        .expect("USER_GUILD_SETTINGS_UPDATE", |d| d["guild_id"] == json!(guild.id) && d["muted"] == true)
        .await;
    let overrides = json!({&guild.general: {"collapsed": false, "message_notifications": 1, "muted": true}});
    let settings = member.patch(&path, json!({"channel_overrides": overrides})).await.ok();
    assert_eq!(
        (&settings["muted"], &settings["channel_overrides"][&guild.general]["muted"]),
        (&json!(true), &json!(true))
    );
    let settings = member.patch(&path, json!({"channel_overrides": {}})).await.ok();
    assert_eq!(settings["channel_overrides"], json!(null));
    member.patch(&path, json!({"message_notifications": 9})).await.plain("message_notifications");
    let settings = member.patch("/users/@me/guilds/@me/settings", json!({"suppress_roles": true})).await.ok();
    assert_eq!((&settings["guild_id"], &settings["suppress_roles"]), (&json!(null), &json!(true)));
    gateway.close().await;
    let ready = member.online().await.ready;
    let all = ready["user_guild_settings"].as_array().unwrap();
    assert!(
        all.iter().any(|e| e["guild_id"] == json!(guild.id)) && all.iter().any(|e| e["guild_id"].is_null()),
        "{all:?}"
    );
}
