//! User objects, the own profile, other people's profiles, notes (`users.md` §2, §4).

use tests::unique::word;
use tests::{Account, Bot, Client, Guild, UNKNOWN, befriend, json, near, s};

/// A 1×1 PNG.
const PNG: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[tokio::test]
async fn partial_users_show_nothing_private() {
    let [viewer, other] = Account::several::<2>().await;
    let user = viewer.get(format!("/users/{}", other.id)).await.ok();
    let mut keys: Vec<&str> = user.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["avatar", "avatar_color", "discriminator", "flags", "global_name", "id", "username"]);
    assert_eq!(user["username"], json!(other.username));
    viewer.get(format!("/users/{UNKNOWN}")).await.err(404, "UNKNOWN_USER");
    viewer.get("/users/not-an-id").await.field("user_id", "INVALID_SNOWFLAKE_FORMAT");
    Client::anonymous().get(format!("/users/{}", other.id)).await.err(401, "UNAUTHORIZED");
    let bot = Bot::new(&viewer).await;
    assert_eq!(bot.get(format!("/users/{}", other.id)).await.ok()["id"], json!(other.id));
    assert_eq!(viewer.get(format!("/users/{}", bot.id)).await.ok()["bot"], true);
}

#[tokio::test]
async fn public_flags_only_and_deleted_people_are_anonymous() {
    let [viewer, other] = Account::several::<2>().await;
    other.set_flags(&["STAFF", "BUG_HUNTER", "RATE_LIMIT_BYPASS"]).await;
    assert_eq!(viewer.get(format!("/users/{}", other.id)).await.ok()["flags"], 9);
    other.set_flags(&["STAFF_HIDDEN"]).await;
    assert_eq!(viewer.get(format!("/users/{}", other.id)).await.ok()["flags"], 8);
    other.set_flags(&["DELETED"]).await;
    let gone = viewer.get(format!("/users/{}", other.id)).await.ok();
    assert_eq!((&gone["username"], &gone["discriminator"]), (&json!("DeletedUser"), &json!("0000")));
    assert_eq!((&gone["global_name"], &gone["flags"]), (&json!("Deleted User"), &json!(0)));
}

#[tokio::test]
async fn editing_the_own_profile() {
    let account = Account::new().await;
    let mut gateway = account.online().await;
    let body = json!({"bio": "hello", "pronouns": "they/them", "accent_color": 0xff_8800, "global_name": "  Mx.  Test "});
    let me = account.patch("/users/@me", body).await.ok();
    assert_eq!((&me["bio"], &me["pronouns"]), (&json!("hello"), &json!("they/them")));
    assert_eq!((&me["accent_color"], &me["global_name"]), (&json!(0xff_8800), &json!("Mx. Test")));
    gateway.expect("USER_UPDATE", near("bio", "hello")).await;
    // empty means none
    let me =
        account.patch("/users/@me", json!({"bio": "", "accent_color": null, "global_name": null})).await.ok();
    assert_eq!(
        (&me["bio"], &me["accent_color"], &me["global_name"]),
        (&json!(null), &json!(null), &json!(null))
    );
    assert_eq!(me["pronouns"], "they/them");

    for (field, value, code) in [
        ("bio", json!("x".repeat(321)), "STRING_LENGTH_INVALID"),
        ("pronouns", json!("x".repeat(41)), "STRING_LENGTH_INVALID"),
        ("accent_color", json!(-1), "COLOR_VALUE_TOO_LOW"),
        ("accent_color", json!(0x1_000_000), "COLOR_VALUE_TOO_HIGH"),
        ("accent_color", json!("red"), "INVALID_FORMAT"),
        ("global_name", json!("x".repeat(33)), "GLOBAL_NAME_LENGTH_INVALID"),
    ] {
        account.patch("/users/@me", json!({field: value})).await.field(field, code);
    }
    account.patch("/users/@me", json!({"premium_enabled_override": true})).await.err(403, "MISSING_ACCESS");
}

#[tokio::test]
async fn avatars_are_kept_by_content() {
    let account = Account::new().await;
    let first = s(&account.patch("/users/@me", json!({"avatar": PNG})).await.ok(), "avatar");
    assert_eq!(first.len(), 8, "eight hex digits: {first}");
    assert_eq!(s(&account.patch("/users/@me", json!({"avatar": PNG})).await.ok(), "avatar"), first);
    let me = account.patch("/users/@me", json!({"avatar": null})).await.ok();
    assert_eq!((&me["avatar"], &me["avatar_color"]), (&json!(null), &json!(null)));
    let text = "data:text/plain;base64,aGVsbG8gd29ybGQgdGhpcyBpcyBubyBpbWFnZQ==";
    account.patch("/users/@me", json!({"avatar": text})).await.plain("avatar");
    account.patch("/users/@me", json!({"avatar": "!!!"})).await.field("avatar", "INVALID_BASE64_FORMAT");
    assert!(account.get("/users/@me").await.ok()["avatar"].is_null());
}

#[tokio::test]
async fn changing_name_and_tag() {
    let account = Account::new().await;
    let pw = &account.password;
    let name = word();
    account.patch("/users/@me", json!({"username": name})).await.err(403, "SUDO_MODE_REQUIRED");
    let me = account.patch("/users/@me", json!({"username": name, "password": pw})).await.ok();
    assert_eq!(me["username"], json!(name));
    let tag = s(&me, "discriminator");
    // letter case alone keeps the number
    let me = account.patch("/users/@me", json!({"username": name.to_uppercase(), "password": pw})).await.ok();
    assert_eq!((&me["username"], &me["discriminator"]), (&json!(name.to_uppercase()), &json!(tag)));
    for (field, value, code) in [
        ("username", json!("a b"), "USERNAME_INVALID_CHARACTERS"),
        ("username", json!("x".repeat(33)), "USERNAME_LENGTH_INVALID"),
        ("discriminator", json!("abc"), "DISCRIMINATOR_INVALID_FORMAT"),
        ("discriminator", json!("0000"), "VISIONARY_REQUIRED_FOR_DISCRIMINATOR"),
    ] {
        account.patch("/users/@me", json!({field: value, "password": pw})).await.field(field, code);
    }
    // somebody else holds the tag
    let mut body = tests::account::registration();
    body["username"] = json!(name);
    let rival = Account::register(body).await;
    let path = format!("/users/check-tag?username={name}&discriminator={tag}");
    assert_eq!(rival.get(&path).await.ok(), json!({"taken": true}));
    assert_eq!(account.get(&path).await.ok(), json!({"taken": false}));
    rival
        .patch("/users/@me", json!({"discriminator": tag, "password": rival.password}))
        .await
        .field("discriminator", "TAG_ALREADY_TAKEN");
    let free = if tag == "4242" { "4243" } else { "4242" };
    let me = rival.patch("/users/@me", json!({"discriminator": free, "password": rival.password})).await.ok();
    assert_eq!(me["discriminator"], free);
    for _ in 0..4 {
        account.patch("/users/@me", json!({"username": word(), "password": pw})).await.ok();
    }
    account
        .patch("/users/@me", json!({"username": word(), "password": pw}))
        .await
        .field("username", "USERNAME_CHANGED_TOO_MANY_TIMES");
}

#[tokio::test]
async fn profiles_are_for_people_who_know_each_other() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let [stranger, friend] = Account::several::<2>().await;
    let owner = &guild.owner;
    owner.patch("/users/@me", json!({"bio": "owner's bio"})).await.ok();
    let profile = |id: &str, query: &str| format!("/users/{id}/profile{query}");
    stranger.get(profile(&owner.id, "")).await.err(403, "MISSING_ACCESS");
    stranger.get(profile(UNKNOWN, "")).await.err(404, "UNKNOWN_USER");
    // an outgoing request does not open the door, an incoming one does
    stranger.post(format!("/users/@me/relationships/{}", owner.id), json!({})).await.ok();
    stranger.get(profile(&owner.id, "")).await.err(403, "MISSING_ACCESS");
    owner.get(profile(&stranger.id, "")).await.ok();

    befriend(&friend, owner).await;
    befriend(&friend, &member).await;
    let seen = friend.get(profile(&owner.id, "?with_mutual_guilds=true&with_mutual_friends=true")).await.ok();
    assert_eq!(seen["user_profile"]["bio"], "owner's bio");
    assert_eq!(seen["mutual_guilds"], json!([]));
    let query = format!("?guild_id={}&with_mutual_guilds=true&with_mutual_friends=true", guild.id);
    let seen = member.get(profile(&owner.id, &query)).await.ok();
    assert_eq!(seen["user"]["id"], json!(owner.id));
    assert_eq!(seen["guild_member"]["user"]["id"], json!(owner.id));
    assert_eq!(seen["mutual_guilds"][0]["id"], json!(guild.id));
    assert_eq!(tests::ids(&seen["mutual_friends"]), [friend.id.clone()]);
    let own = owner.get(profile(&owner.id, "?with_mutual_guilds=true&with_mutual_friends=true")).await.ok();
    assert!(own.get("mutual_friends").is_none() && own.get("mutual_guilds").is_none());
    assert!(own["user"].get("email").is_none());
    let bot = Bot::new(&friend).await;
    stranger.get(profile(&bot.id, "")).await.ok();
}

#[tokio::test]
async fn notes() {
    let [mine, other] = Account::several::<2>().await;
    let mut gateway = mine.online().await;
    let path = format!("/users/@me/notes/{}", other.id);
    mine.get(&path).await.err(404, "UNKNOWN_USER");
    mine.put(&path, json!({"note": "owes me a coffee"})).await.no_content();
    let event = gateway.expect("USER_NOTE_UPDATE", near("id", other.id.clone())).await;
    assert_eq!(event["note"], "owes me a coffee");
    assert_eq!(mine.get(&path).await.ok()["note"], "owes me a coffee");
    assert_eq!(mine.get("/users/@me/notes").await.ok(), json!({&other.id: "owes me a coffee"}));
    assert_eq!(other.get("/users/@me/notes").await.ok(), json!({}));
    mine.put(&path, json!({"note": "x".repeat(257)})).await.field("note", "STRING_LENGTH_INVALID");
    mine.put(&path, json!({"note": null})).await.no_content();
    let event = gateway.expect("USER_NOTE_UPDATE", near("id", other.id.clone())).await;
    assert_eq!(event["note"], "");
    mine.get(&path).await.err(404, "UNKNOWN_USER");
    mine.put(format!("/users/@me/notes/{UNKNOWN}"), json!({"note": "x"})).await.err(404, "UNKNOWN_USER");
    Bot::new(&mine).await.get("/users/@me/notes").await.err(403, "ACCESS_DENIED");
}

#[tokio::test]
async fn a_users_private_object() {
    let account = Account::new().await;
    let me = account.get("/users/@me").await.ok();
    for flag in [
        "is_staff",
        "verified",
        "mfa_enabled",
        "nsfw_allowed",
        "premium_will_cancel",
        "premium_badge_hidden",
        "premium_badge_masked",
        "premium_badge_timestamp_hidden",
        "premium_badge_sequence_hidden",
        "premium_purchase_disabled",
        "premium_enabled_override",
        "has_dismissed_premium_onboarding",
        "has_ever_purchased",
        "has_unread_gift_inventory",
        "used_mobile_client",
    ] {
        assert!(me[flag].is_boolean(), "{flag} in {me}");
    }
    assert!(me["acls"].is_array() && me["traits"].is_array());
    assert_eq!(me["acls"], json!([]));
    assert_eq!((&me["nsfw_allowed"], &me["required_actions"]), (&json!(true), &json!(null)));
    let mut body = tests::account::registration();
    body["date_of_birth"] = json!("2011-01-01");
    let minor = Account::register(body).await;
    assert_eq!(minor.get("/users/@me").await.ok()["nsfw_allowed"], false);
}
