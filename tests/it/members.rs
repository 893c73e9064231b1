//! Members: list, get, edit, timeout, kick (`guilds.md` §4).

use tests::guild::send;
use tests::{Account, Guild, UNKNOWN, json, near, perms, s};

#[tokio::test]
async fn listing_and_getting() {
    let (guild, members) = Guild::with_members::<3>().await;
    let mut all: Vec<String> = members.iter().map(|m| m.id.clone()).collect();
    all.push(guild.owner.id.clone());
    all.sort_by_key(|id| id.parse::<u64>().unwrap());
    let page = |query: &str| members[0].get(guild.path(&format!("/members{query}")));
    let users = |v: &tests::Value| -> Vec<String> {
        v.as_array().unwrap().iter().map(|m| s(m, "/user/id")).collect()
    };
    assert_eq!(users(&page("").await.ok()), all[..1], "one by default");
    assert_eq!(users(&page("?limit=100").await.ok()), all);
    assert_eq!(users(&page(&format!("?limit=2&after={}", all[1])).await.ok()), all[2..]);
    for bad in ["?limit=0", "?limit=1001"] {
        page(bad).await.field("limit", "VALUE_MUST_BE_INTEGER_IN_RANGE");
    }
    page("?after=x").await.field("after", "INVALID_SNOWFLAKE_FORMAT");
    let member = members[0].get(guild.path(&format!("/members/{}", guild.owner.id))).await.ok();
    assert_eq!(
        (&member["user"]["id"], &member["mute"], &member["deaf"]),
        (&json!(guild.owner.id), &json!(false), &json!(false))
    );
    assert!(member["joined_at"].is_string());
    members[0].get(guild.path(&format!("/members/{UNKNOWN}"))).await.err(404, "UNKNOWN_MEMBER");
    let stranger = Account::new().await;
    for path in ["/members", "/members/@me"] {
        stranger.get(guild.path(path)).await.refused(404);
    }
    stranger.get(guild.path("/members")).await.err(404, "UNKNOWN_GUILD");
}

#[tokio::test]
async fn nicknames() {
    let (guild, [member, moderator]) = Guild::with_members::<2>().await;
    let of = |user: &str| guild.path(&format!("/members/{user}"));
    let mut gateway = guild.owner.online().await;
    gateway.activate(&guild.id).await;
    let mine = member.patch(of("@me"), json!({"nick": " Nick "})).await.ok();
    assert_eq!(mine["nick"], "Nick");
    let event = gateway.expect("GUILD_MEMBER_UPDATE", near("nick", "Nick")).await;
    assert_eq!((&event["user"]["id"], &event["guild_id"]), (&json!(member.id), &json!(guild.id)));
    member.patch(of("@me"), json!({"nick": "x".repeat(33)})).await.plain("nick");
    assert!(member.patch(of("@me"), json!({"nick": ""})).await.ok()["nick"].is_null());
    member.patch(of(&moderator.id), json!({"nick": "x"})).await.err(403, "MISSING_PERMISSIONS");
    let rank = guild.role(perms::MANAGE_NICKNAMES).await;
    guild.give(&moderator.id, &rank).await;
    assert_eq!(moderator.patch(of(&member.id), json!({"nick": "by mod"})).await.ok()["nick"], "by mod");
    moderator.patch(of(&guild.owner.id), json!({"nick": "x"})).await.err(403, "MISSING_PERMISSIONS");
    guild.give(&member.id, &rank).await;
    moderator.patch(of(&member.id), json!({"nick": "equal"})).await.err(403, "MISSING_PERMISSIONS");
    guild.everyone(perms::VIEW_CHANNEL).await;
    let plain = Account::new().await;
    guild.join(&plain).await;
    plain.patch(of("@me"), json!({"nick": "x"})).await.err(403, "MISSING_PERMISSIONS");
    plain.patch(of(UNKNOWN), json!({"nick": "x"})).await.err(404, "UNKNOWN_MEMBER");
}

#[tokio::test]
async fn timeouts() {
    let (guild, [member, moderator, peer]) = Guild::with_members::<3>().await;
    let rank = guild.role(perms::MODERATE_MEMBERS).await;
    guild.give(&moderator.id, &rank).await;
    let of = |user: &str| guild.path(&format!("/members/{user}"));
    let until = |at: &str| json!({"communication_disabled_until": at});
    let soon = soon(&guild).await;
    member.patch(of(&peer.id), until(&soon)).await.err(403, "MISSING_PERMISSIONS");
    moderator.patch(of(&moderator.id), until(&soon)).await.err(403, "MISSING_PERMISSIONS");
    moderator.patch(of("@me"), until(&soon)).await.err(403, "MISSING_PERMISSIONS");
    moderator.patch(of(&guild.owner.id), until(&soon)).await.err(403, "MISSING_PERMISSIONS");
    moderator
        .patch(of(&member.id), until("2999-01-01T00:00:00Z"))
        .await
        .field("communication_disabled_until", "TIMEOUT_CANNOT_EXCEED_365_DAYS");
    moderator.patch(of(&member.id), until("not a time")).await.plain("communication_disabled_until");
    let quiet = moderator.patch(of(&member.id), until(&soon)).await.ok();
    assert_eq!((&quiet["mute"], quiet["communication_disabled_until"].is_string()), (&json!(true), true));
    // a timed-out member may neither speak nor react
    let message = s(&send(&guild.owner, &guild.general, "hush").await, "id");
    let channel = format!("/channels/{}", guild.general);
    member
        .post(format!("{channel}/messages"), json!({"content": "x"}))
        .await
        .err(403, "COMMUNICATION_DISABLED");
    member
        .put(format!("{channel}/messages/{message}/reactions/%F0%9F%A6%8A/@me"), json!({}))
        .await
        .err(403, "COMMUNICATION_DISABLED");
    member.get(format!("{channel}/messages")).await.ok();
    let free = moderator.patch(of(&member.id), json!({"communication_disabled_until": null})).await.ok();
    assert_eq!(free["mute"], false);
    send(&member, &guild.general, "free").await;
    let past = moderator.patch(of(&member.id), until("2020-01-01T00:00:00Z")).await.ok();
    assert_eq!(past["mute"], false);
    guild.give(&peer.id, &rank).await;
    moderator.patch(of(&peer.id), until(&soon)).await.err(403, "MISSING_PERMISSIONS");
}

/// A time an hour after the guild's newest message, in the API's own form.
async fn soon(guild: &Guild) -> String {
    let at = s(&send(&guild.owner, &guild.general, "what time is it").await, "timestamp");
    let year: u32 = at[..4].parse().unwrap();
    // the same day next month, or in January: certainly ahead, certainly less than a year
    let month: u32 = at[5..7].parse().unwrap();
    let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    format!("{year:04}-{month:02}-01T00:00:00.000Z")
}

#[tokio::test]
async fn replacing_roles() {
    let (guild, [member, manager]) = Guild::with_members::<2>().await;
    let (high, rank, low) = (guild.role(0).await, guild.role(perms::MANAGE_ROLES).await, guild.role(0).await);
    guild.order(&[&high, &rank, &low]).await;
    guild.give(&manager.id, &rank).await;
    let path = guild.path(&format!("/members/{}", member.id));
    let set = |who: &Account, roles| who.patch(&path, json!({"roles": roles}));
    assert_eq!(set(&manager, json!([low])).await.ok()["roles"], json!([low]));
    set(&manager, json!([high])).await.err(403, "MISSING_PERMISSIONS");
    set(&manager, json!([low, UNKNOWN])).await.err(403, "MISSING_PERMISSIONS");
    set(&guild.owner, json!([UNKNOWN])).await.err(404, "UNKNOWN_ROLE");
    set(&guild.owner, json!([guild.id])).await.field("roles", "INVALID_ROLE_ID");
    set(&guild.owner, json!([high, low])).await.ok();
    // what stays is not judged
    assert_eq!(set(&manager, json!([high])).await.ok()["roles"], json!([high]));
    set(&member, json!([])).await.err(403, "MISSING_PERMISSIONS");
    // one's own roles are not a matter of `@me`
    let mine = member.patch(guild.path("/members/@me"), json!({"roles": []})).await.ok();
    assert_eq!(mine["roles"], json!([high]));
}

#[tokio::test]
async fn voice_fields_without_voice() {
    let (guild, [member, moderator]) = Guild::with_members::<2>().await;
    let path = guild.path(&format!("/members/{}", member.id));
    moderator.patch(&path, json!({"mute": true})).await.err(403, "MISSING_PERMISSIONS");
    moderator.patch(&path, json!({"channel_id": guild.voice})).await.err(403, "MISSING_PERMISSIONS");
    let rank = guild.role(perms::MUTE_MEMBERS | perms::MOVE_MEMBERS).await;
    guild.give(&moderator.id, &rank).await;
    let muted = moderator.patch(&path, json!({"mute": true, "deaf": true})).await.ok();
    assert_eq!((&muted["mute"], &muted["deaf"]), (&json!(true), &json!(true)));
    moderator.patch(&path, json!({"channel_id": guild.voice})).await.err(400, "USER_NOT_IN_VOICE");
}

#[tokio::test]
async fn kicking() {
    let (guild, [member, moderator, peer]) = Guild::with_members::<3>().await;
    let of = |user: &str| guild.path(&format!("/members/{user}"));
    member.delete(of(&peer.id)).await.err(403, "MISSING_PERMISSIONS");
    let rank = guild.role(perms::KICK_MEMBERS).await;
    guild.give(&moderator.id, &rank).await;
    guild.give(&peer.id, &rank).await;
    moderator.delete(of(UNKNOWN)).await.err(404, "UNKNOWN_MEMBER");
    moderator.delete(of(&moderator.id)).await.err(404, "UNKNOWN_MEMBER");
    moderator.delete(of(&guild.owner.id)).await.err(404, "UNKNOWN_MEMBER");
    moderator.delete(of(&peer.id)).await.err(403, "MISSING_PERMISSIONS");
    let (mut theirs, mut watching) = (member.online().await, peer.online().await);
    watching.activate(&guild.id).await;
    moderator.delete(of(&member.id)).await.no_content();
    theirs.expect("GUILD_DELETE", near("id", guild.id.clone())).await;
    watching.expect("GUILD_MEMBER_REMOVE", |d| d["user"]["id"] == json!(member.id)).await;
    member.get(guild.path("")).await.err(403, "ACCESS_DENIED");
    guild.join(&member).await;
}

#[tokio::test]
async fn joining_is_announced() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut watching = member.online().await;
    watching.activate(&guild.id).await;
    let joiner = Account::new().await;
    let mut theirs = joiner.online().await;
    guild.join(&joiner).await;
    let added = watching.expect_event("GUILD_MEMBER_ADD", |d| d["user"]["id"] == json!(joiner.id)).await;
    assert_eq!(added.d["guild_id"], json!(guild.id));
    let hello = watching.expect_event("MESSAGE_CREATE", near("type", 7)).await;
    assert_eq!(
        (&hello.d["author"]["id"], &hello.d["channel_id"]),
        (&json!(joiner.id), &json!(guild.general))
    );
    assert!(added.s < hello.s);
    let state = theirs.expect("GUILD_CREATE", near("id", guild.id.clone())).await;
    assert!(
        state["members"].as_array().unwrap().iter().any(|m| m["user"]["username"] == json!(joiner.username)),
        "full users"
    );
    assert_eq!(state["member_count"], 3);
    // suppressed by flag
    guild.owner.patch(guild.path(""), json!({"system_channel_flags": 1})).await.ok();
    let quiet = Account::new().await;
    guild.join(&quiet).await;
    guild.fence(&mut [&mut watching]).await;
    watching.absent("MESSAGE_CREATE", |d| d["type"] == 7 && d["author"]["id"] == json!(quiet.id));
}
