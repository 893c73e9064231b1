//! Guild channels: create, update, delete, order (`guilds.md` §6).

use tests::guild::send;
use tests::{Account, Guild, UNKNOWN, Value, ids, json, near, perms, s};

#[tokio::test]
async fn every_type_is_created_in_its_place() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let make = |body: Value| guild.owner.post(guild.path("/channels"), body);
    let text = make(
        json!({"type": 0, "name": "  Team  Talk! ", "topic": "t", "nsfw": true, "rate_limit_per_user": 5,
        "parent_id": guild.text_category}),
    )
    .await
    .ok();
    assert_eq!(
        (&text["name"], &text["topic"], &text["parent_id"]),
        (&json!("team-talk"), &json!("t"), &json!(guild.text_category))
    );
    assert_eq!(
        (&text["nsfw"], &text["rate_limit_per_user"]),
        (&json!(false), &json!(0)),
        "not settable here"
    );
    let event = gateway.expect("CHANNEL_CREATE", near("id", text["id"].clone())).await;
    assert_eq!(event["guild_id"], json!(guild.id));
    let voice = make(json!({"type": 2, "name": "Talk Room", "bitrate": 8000, "user_limit": 5})).await.ok();
    assert_eq!(
        (&voice["name"], &voice["bitrate"], &voice["user_limit"]),
        (&json!("Talk Room"), &json!(8000), &json!(5))
    );
    let category = make(json!({"type": 4, "name": "More"})).await.ok();
    assert_eq!(category["type"], 4);
    let link = make(json!({"type": 998, "name": "site", "url": "https://example.com/"})).await.ok();
    assert_eq!((&link["type"], s(&link, "url")), (&json!(998), "https://example.com/".into()));
    let list = ids(&member.get(guild.path("/channels")).await.ok());
    assert_eq!(list.len(), 8);
}

#[tokio::test]
async fn creation_refused() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let path = guild.path("/channels");
    let owner = &guild.owner;
    member.post(&path, json!({"type": 0, "name": "x"})).await.err(403, "MISSING_PERMISSIONS");
    Account::new().await.post(&path, json!({"type": 0, "name": "x"})).await.refused(403);
    owner.post(format!("/guilds/{UNKNOWN}/channels"), json!({"type": 0, "name": "x"})).await.refused(404);
    let elsewhere = Guild::new(owner).await.text_category;
    for parent in [UNKNOWN, &guild.general, &elsewhere] {
        owner
            .post(&path, json!({"type": 0, "name": "x", "parent_id": parent}))
            .await
            .field("parent_id", "INVALID_PARENT_CHANNEL");
    }
    for (body, at) in [
        (json!({"type": 0}), "name"),
        (json!({"type": 0, "name": "x".repeat(101)}), "name"),
        (json!({"type": 2, "name": "v", "bitrate": 7999}), "bitrate"),
        (json!({"type": 2, "name": "v", "bitrate": 320_001}), "bitrate"),
        (json!({"type": 2, "name": "v", "user_limit": 100}), "user_limit"),
        (json!({"type": 0, "name": "x", "topic": "y".repeat(1025)}), "topic"),
        (json!({"type": 1, "name": "x"}), "type"),
        (json!({"type": 77, "name": "x"}), "type"),
        (json!({"type": 998, "name": "x", "url": "ftp://example.com"}), "url"),
    ] {
        owner.post(&path, body).await.plain(at);
    }
    owner
        .post(&path, json!({"type": 4, "name": "\u{200b}\u{200d}"}))
        .await
        .field("name", "NAME_EMPTY_AFTER_NORMALIZATION");
    assert_eq!(owner.post(&path, json!({"type": 0, "name": "!!!"})).await.ok()["name"], "-");
}

#[tokio::test]
async fn overwrites_at_creation() {
    let (guild, [manager]) = Guild::with_members::<1>().await;
    let rank = guild.role(perms::MANAGE_CHANNELS).await;
    guild.give(&manager.id, &rank).await;
    guild.overwrite(&guild.text_category, &rank, 0, 0, perms::ADD_REACTIONS).await;
    let path = guild.path("/channels");
    let child =
        manager.post(&path, json!({"type": 0, "name": "child", "parent_id": guild.text_category})).await.ok();
    assert_eq!(child["permission_overwrites"][0]["id"], json!(rank), "copied from the category");
    assert_eq!(child["permission_overwrites"][0]["deny"], perms::ADD_REACTIONS.to_string());
    let with = |allow: u64| {
        json!({"type": 0, "name": "x", "permission_overwrites": [
        {"id": guild.id, "type": 0, "allow": allow.to_string(), "deny": "0"}]})
    };
    manager.post(&path, with(perms::BAN_MEMBERS)).await.err(403, "MISSING_PERMISSIONS");
    let made = manager.post(&path, with(perms::SEND_MESSAGES)).await.ok();
    assert_eq!(made["permission_overwrites"][0]["allow"], perms::SEND_MESSAGES.to_string());
}

#[tokio::test]
async fn updating_by_type() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let owner = &guild.owner;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let text = format!("/channels/{}", guild.general);
    let body = json!({"name": "New Name", "topic": "about", "nsfw": true, "rate_limit_per_user": 10, "bitrate": 9000});
    let channel = owner.patch(&text, body).await.ok();
    assert_eq!((&channel["name"], &channel["topic"]), (&json!("new-name"), &json!("about")));
    assert_eq!((&channel["nsfw"], &channel["rate_limit_per_user"]), (&json!(true), &json!(10)));
    gateway.expect("CHANNEL_UPDATE", near("name", "new-name")).await;
    let channel = owner.patch(&text, json!({"topic": null, "name": null})).await.ok();
    assert_eq!((&channel["topic"], &channel["name"]), (&json!(null), &json!("new-name")));
    // dispatched even when nothing changed
    owner.patch(&text, json!({"name": "new-name"})).await.ok();
    for _ in 0..2 {
        gateway.expect("CHANNEL_UPDATE", near("id", guild.general.clone())).await;
    }
    let voice = format!("/channels/{}", guild.voice);
    let channel = owner.patch(&voice, json!({"bitrate": 96000, "user_limit": 3, "nsfw": true})).await.ok();
    assert_eq!((&channel["bitrate"], &channel["user_limit"]), (&json!(96000), &json!(3)));
    owner.patch(&text, json!({"rate_limit_per_user": 21_601})).await.plain("rate_limit_per_user");
    owner.patch(&voice, json!({"rtc_region": "atlantis"})).await.plain("rtc_region");
    let detached = owner.patch(&text, json!({"parent_id": null})).await.ok();
    assert!(detached["parent_id"].is_null());
    member.patch(&text, json!({"name": "x"})).await.err(403, "MISSING_PERMISSIONS");
    member.get(&text).await.ok();
    owner.get(format!("/channels/{UNKNOWN}")).await.err(404, "UNKNOWN_CHANNEL");
    owner.patch(format!("/channels/{UNKNOWN}"), json!({"name": "x"})).await.err(404, "UNKNOWN_CHANNEL");
    Account::new().await.get(&text).await.refused(403);
}

#[tokio::test]
async fn a_category_hands_changes_to_synced_children() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let own = s(
        &owner
            .post(
                guild.path("/channels"),
                json!({"type": 0, "name": "own", "parent_id": guild.text_category}),
            )
            .await
            .ok(),
        "id",
    );
    guild.overwrite(&own, &guild.id, 0, perms::PIN_MESSAGES, 0).await;
    let overwrites =
        json!([{"id": guild.id, "type": 0, "allow": "0", "deny": perms::SEND_MESSAGES.to_string()}]);
    let path = format!("/channels/{}", guild.text_category);
    owner.patch(path, json!({"permission_overwrites": overwrites})).await.ok();
    let synced = owner.get(format!("/channels/{}", guild.general)).await.ok();
    assert_eq!(synced["permission_overwrites"][0]["deny"], perms::SEND_MESSAGES.to_string());
    let kept = owner.get(format!("/channels/{own}")).await.ok();
    assert_eq!(kept["permission_overwrites"][0]["allow"], perms::PIN_MESSAGES.to_string());
}

#[tokio::test]
async fn deleting() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let owner = &guild.owner;
    let message = s(&send(owner, &guild.general, "gone soon").await, "id");
    let code = guild.invite().await;
    member.delete(format!("/channels/{}", guild.general)).await.err(403, "MISSING_PERMISSIONS");
    owner.delete(format!("/channels/{}", guild.general)).await.no_content();
    let event = gateway.expect("CHANNEL_DELETE", near("id", guild.general.clone())).await;
    assert_eq!((&event["type"], &event["guild_id"]), (&json!(0), &json!(guild.id)));
    gateway.expect("GUILD_UPDATE", near("system_channel_id", json!(null))).await;
    owner.get(format!("/channels/{}/messages/{message}", guild.general)).await.err(404, "UNKNOWN_CHANNEL");
    owner.get(format!("/invites/{code}")).await.err(404, "UNKNOWN_INVITE");
    owner.delete(format!("/channels/{}", guild.general)).await.err(404, "UNKNOWN_CHANNEL");
    let category = owner.get(format!("/channels/{}", guild.voice)).await.ok()["parent_id"].clone();
    owner.delete(format!("/channels/{}", category.as_str().unwrap())).await.no_content();
    gateway.expect("CHANNEL_UPDATE", |d| d["id"] == json!(guild.voice) && d["parent_id"].is_null()).await;
    assert!(owner.get(format!("/channels/{}", guild.voice)).await.ok()["parent_id"].is_null());
}

#[tokio::test]
async fn reordering() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let owner = &guild.owner;
    let path = guild.path("/channels");
    let make = |body: Value| owner.post(&path, body);
    let a = s(&make(json!({"type": 0, "name": "a", "parent_id": guild.text_category})).await.ok(), "id");
    let v = s(&make(json!({"type": 2, "name": "v", "parent_id": guild.text_category})).await.ok(), "id");
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    owner.patch(&path, json!([{"id": a, "position": 0}])).await.no_content();
    let bulk = gateway.expect("CHANNEL_UPDATE_BULK", tests::any).await;
    assert_eq!(bulk["channels"].as_array().unwrap().len(), 6, "all channels");
    let order = |list: &Value| {
        let mut all: Vec<(i64, String)> =
            list.as_array().unwrap().iter().map(|c| (c["position"].as_i64().unwrap(), s(c, "id"))).collect();
        all.sort();
        all.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
    };
    let now = order(&owner.get(&path).await.ok());
    let at = |id: &str| now.iter().position(|c| c == id).unwrap();
    assert!(
        at(&guild.text_category) < at(&a) && at(&a) < at(&guild.general) && at(&guild.general) < at(&v),
        "{now:?}"
    );
    // again: nothing changes, nothing is sent
    owner.patch(&path, json!([{"id": a, "position": 0}])).await.no_content();
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("CHANNEL_UPDATE_BULK", tests::any);
    owner.patch(&path, json!([{"id": a, "parent_id": null, "position": 0}])).await.no_content();
    assert_eq!(order(&owner.get(&path).await.ok())[0], a);

    for (body, at, code) in [
        (json!([{"id": UNKNOWN, "position": 0}]), "id", "CHANNEL_NOT_FOUND"),
        (json!([{"id": a, "parent_id": UNKNOWN}]), "parent_id", "INVALID_PARENT_CHANNEL"),
        (json!([{"id": a, "parent_id": guild.general}]), "parent_id", "PARENT_MUST_BE_CATEGORY"),
        (
            json!([{"id": guild.text_category, "parent_id": guild.text_category}]),
            "parent_id",
            "CATEGORIES_CANNOT_HAVE_PARENTS",
        ),
        (
            json!([{"id": v, "position": 0}]),
            "preceding_sibling_id",
            "VOICE_CHANNELS_CANNOT_BE_ABOVE_TEXT_CHANNELS",
        ),
    ] {
        owner.patch(&path, body).await.field(at, code);
    }
    member.patch(&path, json!([{"id": a, "position": 1}])).await.err(403, "MISSING_PERMISSIONS");
}

#[tokio::test]
async fn locking_permissions_on_the_move() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    guild.overwrite(&guild.text_category, &guild.id, 0, 0, perms::SEND_MESSAGES).await;
    let loose = guild.text().await;
    let body = json!([{"id": loose, "parent_id": guild.text_category, "lock_permissions": true}]);
    owner.patch(guild.path("/channels"), body).await.no_content();
    let channel = owner.get(format!("/channels/{loose}")).await.ok();
    assert_eq!(channel["parent_id"], json!(guild.text_category));
    assert_eq!(channel["permission_overwrites"][0]["deny"], perms::SEND_MESSAGES.to_string());
}

#[tokio::test]
async fn rooms_that_are_not_for_text() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    for channel in [&guild.voice, &guild.text_category] {
        let path = format!("/channels/{channel}");
        for call in [
            owner.post(format!("{path}/messages"), json!({"content": "x"})),
            owner.post(format!("{path}/typing"), json!({})),
            owner.put(format!("{path}/pins/{UNKNOWN}"), json!({})),
            owner.put(format!("{path}/messages/{UNKNOWN}/reactions/%F0%9F%A6%8A/@me"), json!({})),
        ] {
            call.await.err(400, "CANNOT_SEND_MESSAGES_IN_NON_TEXT_CHANNEL");
        }
        assert_eq!(owner.get(format!("{path}/messages")).await.ok(), json!([]));
    }
}

#[tokio::test]
async fn adults_only() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let mut body = tests::account::registration();
    body["date_of_birth"] = json!("2011-01-01");
    let minor = Account::register(body).await;
    minor.set_flags(&["HAS_SESSION_STARTED"]).await;
    guild.join(&minor).await;
    let message = s(&send(&owner, &guild.general, "x").await, "id");
    let path = format!("/channels/{}", guild.general);
    owner.patch(&path, json!({"nsfw": true})).await.ok();
    for call in [
        minor.get(&path),
        minor.get(format!("{path}/messages")),
        minor.get(format!("{path}/messages/{message}")),
        minor.post(format!("{path}/messages"), json!({"content": "x"})),
    ] {
        call.await.err(403, "NSFW_CONTENT_AGE_RESTRICTED");
    }
    minor.post(format!("{path}/typing"), json!({})).await.no_content();
    owner.get(&path).await.ok();
    owner.patch(&path, json!({"nsfw": false})).await.ok();
    minor.get(&path).await.ok();
    owner.patch(guild.path(""), json!({"nsfw_level": 3})).await.ok();
    minor.get(&path).await.err(403, "NSFW_CONTENT_AGE_RESTRICTED");
}

/// A text channel made after a voice channel gets the position of that one.
#[tokio::test]
async fn equal_positions_do_not_block_a_new_order() {
    let guild = Guild::new(&Account::new().await).await;
    let make = |kind: u16, name: &str| {
        guild.owner.post(
            guild.path("/channels"),
            json!({"type": kind, "name": name, "parent_id": guild.text_category}),
        )
    };
    let voice = make(2, "talk").await.ok();
    let text = make(0, "later").await.ok();
    assert_eq!(text["position"], voice["position"]);
    let order = json!([{"id": s(&text, "id"), "position": 0}]);
    guild.owner.patch(guild.path("/channels"), order).await.no_content();
}
