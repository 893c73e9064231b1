//! READY for people and for bots (`gateway.md` §5, §6).

use tests::guild::send;
use tests::{Account, Bot, Gateway, Guild, befriend, dm, ids, json, near, s};

#[tokio::test]
async fn every_key_is_there() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let guild = Guild::new(&a).await;
    guild.join(&b).await;
    let direct = dm(&a, &b.id).await;
    a.put(format!("/users/@me/notes/{}", b.id), json!({"note": "x"})).await.no_content();
    let other = b.online().await;
    let ready = a.online().await.ready;
    assert_eq!(ready["version"], 1);
    assert!(s(&ready, "session_id").len() == 32 && !s(&ready, "auth_session_id_hash").is_empty());
    assert!(s(&ready, "session_id").bytes().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()));
    assert_eq!((&ready["user"]["id"], &ready["user"]["email"]), (&json!(a.id), &json!(a.email)));
    for (key, array) in [
        ("guilds", true),
        ("private_channels", true),
        ("relationships", true),
        ("users", true),
        ("presences", true),
        ("sessions", true),
        ("user_settings", false),
        ("user_guild_settings", true),
        ("read_states", true),
        ("notes", false),
        ("pinned_dms", true),
        ("favorite_memes", true),
        ("rtc_regions", true),
    ] {
        assert!(if array { ready[key].is_array() } else { ready[key].is_object() }, "{key}: {}", ready[key]);
    }
    assert!(ready["country_code"].is_string());
    assert_eq!(ready["notes"][&b.id], "x");

    let relationship = &ready["relationships"][0];
    assert_eq!((&relationship["id"], &relationship["type"]), (&json!(b.id), &json!(1)));
    assert!(relationship.get("user").is_none(), "users are in `users`: {relationship}");
    let channels = ids(&ready["private_channels"]);
    assert!(channels.contains(&direct) && channels.contains(&a.id));
    let state = &ready["guilds"][0];
    assert_eq!((&state["id"], &state["properties"]["owner_id"]), (&json!(guild.id), &json!(a.id)));
    assert_eq!((&state["member_count"], &state["presences"]), (&json!(2), &json!([])));
    assert_eq!(state["channels"].as_array().unwrap().len(), 4);
    for key in ["roles", "emojis", "stickers", "members", "voice_states"] {
        assert!(state[key].is_array(), "{key}: {state}");
    }
    assert!(state["properties"].get("permissions").is_none_or(tests::Value::is_null));
    assert_eq!(state["members"].as_array().unwrap().len(), 1, "only the own member");
    assert_eq!(state["members"][0]["user"], json!({"id": a.id}), "reduced");
    let partial =
        ready["users"].as_array().unwrap().iter().find(|u| u["id"] == json!(b.id)).expect("the friend");
    let mut keys: Vec<&str> = partial.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["avatar", "avatar_color", "discriminator", "flags", "global_name", "id", "username"]);
    let mut all = ids(&ready["users"]);
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count, "no duplicates");
    let presence =
        ready["presences"].as_array().unwrap().iter().find(|p| p["user"]["id"] == json!(b.id)).cloned();
    let presence = presence.expect("the friend is online");
    assert_eq!((&presence["status"], presence.get("guild_id")), (&json!("online"), None));
    assert!(
        !ready["presences"].as_array().unwrap().iter().any(|p| p["user"]["id"] == json!(a.id)),
        "never self"
    );
    drop(other);
}

#[tokio::test]
async fn hidden_channels_are_not_in_the_state() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let hidden = guild.hidden_text(None).await;
    let ready = member.online().await.ready;
    let listed = ids(&ready["guilds"][0]["channels"]);
    assert!(!listed.contains(&hidden) && listed.contains(&guild.general));
    let ready = guild.owner.online().await.ready;
    assert!(ids(&ready["guilds"][0]["channels"]).contains(&hidden));
}

#[tokio::test]
async fn starting_a_session_marks_the_account() {
    let account = Account::fresh().await;
    let presence = format!("/test/users/{}/presence/has-active", account.id);
    assert_eq!(account.get(&presence).await.ok()["has_active"], false);
    let gateway = account.online().await;
    assert_eq!(account.get(&presence).await.ok()["has_active"], true);
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    guild.join(&account).await;
    send(&account, &guild.general, "allowed now").await;
    drop(gateway);
}

#[tokio::test]
async fn a_bot_gets_its_guilds_one_by_one() {
    let owner = Account::new().await;
    let bot = Bot::new(&owner).await;
    let (one, two) = (Guild::new(&owner).await, Guild::new(&owner).await);
    bot.join(&owner, &one.id, 0).await;
    bot.join(&owner, &two.id, 0).await;
    let mut gateway = bot.online().await;
    assert_eq!(gateway.ready["guilds"], json!([]));
    for key in
        ["private_channels", "relationships", "users", "presences", "read_states", "user_guild_settings"]
    {
        assert_eq!(gateway.ready[key], json!([]), "{key}");
    }
    assert!(gateway.ready["user_settings"].is_null() && gateway.ready["user"]["bot"] == true);
    for id in [&one.id, &two.id] {
        let away =
            gateway.expect_event("GUILD_DELETE", |d| d["id"] == json!(id) && d["unavailable"] == true).await;
        let here = gateway.expect_event("GUILD_CREATE", |d| d["id"] == json!(id)).await;
        assert!(away.s < here.s);
        let own =
            here.d["members"].as_array().unwrap().iter().find(|m| m["user"]["id"] == json!(bot.id)).cloned();
        assert_eq!(own.expect("itself")["user"]["bot"], true, "full users");
    }
    for field in ["is_staff", "mfa_enabled", "verified", "premium_will_cancel", "used_mobile_client"] {
        assert!(gateway.ready["user"][field].is_boolean(), "{field}");
    }
}

#[tokio::test]
async fn a_bot_hears_everything_it_may_see() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let bot = guild.bot(tests::perms::VIEW_CHANNEL).await;
    let mut gateway = bot.online().await;
    gateway.expect("GUILD_CREATE", near("id", guild.id.clone())).await;
    let hidden = guild.hidden_text(None).await;
    send(&guild.owner, &hidden, "not for bots").await;
    member.post(format!("/channels/{}/typing", guild.general), json!({})).await.no_content();
    gateway.expect("TYPING_START", near("user_id", member.id.clone())).await;
    guild.owner.patch(guild.path(""), json!({"name": "new name"})).await.ok();
    gateway.expect("GUILD_UPDATE", near("name", "new name")).await;
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("MESSAGE_CREATE", near("content", "not for bots"));
    gateway.absent("PRESENCE_UPDATE", tests::any);
}

#[tokio::test]
async fn the_initial_guild_starts_active() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let extra = json!({"initial_guild_id": guild.id});
    let mut gateway = Gateway::log_in_with(&member.base, &member.token, extra).await;
    guild.owner.post(format!("/channels/{}/typing", guild.general), json!({})).await.no_content();
    gateway.expect("TYPING_START", near("user_id", guild.owner.id.clone())).await;
}

#[tokio::test]
async fn private_edits_do_not_leak_into_users() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    b.patch("/users/@me", json!({"bio": "a secret bio", "pronouns": "x/y"})).await.ok();
    let ready = a.online().await.ready;
    assert!(!ready["users"].to_string().contains("a secret bio") && !ready.to_string().contains(&b.email));
}
