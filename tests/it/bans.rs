//! Bans (`guilds.md` §4.4).

use tests::guild::send;
use tests::{Account, Client, Guild, UNKNOWN, json, near, perms, s};

#[tokio::test]
async fn banning_removes_and_keeps_out() {
    let (guild, [member, moderator, watcher]) = Guild::with_members::<3>().await;
    let rank = guild.role(perms::BAN_MEMBERS).await;
    guild.give(&moderator.id, &rank).await;
    let ban = |user: &str| guild.path(&format!("/bans/{user}"));
    let (mut theirs, mut watching) = (member.online().await, watcher.online().await);
    theirs.activate(&guild.id).await;
    watching.activate(&guild.id).await;
    moderator.put(ban(&member.id), json!({"reason": "noise"})).await.no_content();
    let banned = theirs.expect_event("GUILD_BAN_ADD", |d| d["user"]["id"] == json!(member.id)).await;
    let gone = theirs.expect_event("GUILD_DELETE", near("id", guild.id.clone())).await;
    assert!(banned.s < gone.s);
    let first = watching.expect_event("GUILD_BAN_ADD", near("guild_id", guild.id.clone())).await;
    let then = watching.expect_event("GUILD_MEMBER_REMOVE", |d| d["user"]["id"] == json!(member.id)).await;
    assert!(first.s < then.s);
    let list = moderator.get(guild.path("/bans")).await.ok();
    assert_eq!((&list[0]["user"]["id"], &list[0]["moderator_id"]), (&json!(member.id), &json!(moderator.id)));
    assert_eq!((&list[0]["reason"], &list[0]["expires_at"]), (&json!("noise"), &json!(null)));
    assert!(list[0].get("ip").is_none());
    let code = guild.invite().await;
    member.post(format!("/invites/{code}"), json!({})).await.err(403, "USER_BANNED_FROM_GUILD");
    moderator.delete(ban(&member.id)).await.no_content();
    watching.expect("GUILD_BAN_REMOVE", |d| d["user"]["id"] == json!(member.id)).await;
    moderator.delete(ban(&member.id)).await.field("user_id", "USER_IS_NOT_BANNED");
    member.post(format!("/invites/{code}"), json!({})).await.ok();
}

#[tokio::test]
async fn bans_refused() {
    let (guild, [member, moderator, peer]) = Guild::with_members::<3>().await;
    let rank = guild.role(perms::BAN_MEMBERS).await;
    guild.give(&moderator.id, &rank).await;
    guild.give(&peer.id, &rank).await;
    let ban = |user: &str| guild.path(&format!("/bans/{user}"));
    for call in [
        member.put(ban(&moderator.id), json!({})),
        member.delete(ban(&moderator.id)),
        member.get(guild.path("/bans")),
        moderator.put(ban(&guild.owner.id), json!({})),
        moderator.put(ban(&peer.id), json!({})),
    ] {
        call.await.err(403, "MISSING_PERMISSIONS");
    }
    Account::new().await.get(guild.path("/bans")).await.refused(403);
    moderator.put(ban(&moderator.id), json!({})).await.err(404, "UNKNOWN_MEMBER");
    moderator.put(ban("x"), json!({})).await.field("user_id", "INVALID_SNOWFLAKE_FORMAT");
    for (body, path) in [
        (json!({"delete_message_days": 8}), "delete_message_days"),
        (json!({"ban_duration_seconds": 5}), "ban_duration_seconds"),
        (json!({"reason": "x".repeat(513)}), "reason"),
    ] {
        moderator.put(ban(&member.id), body).await.plain(path);
    }
    // somebody who never was a member may be banned beforehand, known or not
    let stranger = Account::new().await;
    moderator.put(ban(&stranger.id), json!({"ban_duration_seconds": 3600})).await.no_content();
    moderator.put(ban(UNKNOWN), json!({})).await.no_content();
    stranger
        .post(format!("/invites/{}", guild.invite().await), json!({}))
        .await
        .err(403, "USER_BANNED_FROM_GUILD");
    let list = moderator.get(guild.path("/bans")).await.ok();
    let temporary =
        list.as_array().unwrap().iter().find(|b| b["user"]["id"] == json!(stranger.id)).expect("listed");
    assert!(temporary["expires_at"].is_string());
}

#[tokio::test]
async fn a_ban_covers_the_address() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    member.get("/users/@me").await.ok();
    // a second account at the same address
    let body = tests::account::registration();
    let second = Account::register_with(Client { auth: None, ..member.client.clone() }, body).await;
    second.get("/users/@me").await.ok();
    guild.owner.put(guild.path(&format!("/bans/{}", member.id)), json!({})).await.no_content();
    let code = guild.invite().await;
    second.post(format!("/invites/{code}"), json!({})).await.err(403, "USER_IP_BANNED_FROM_GUILD");
}

#[tokio::test]
async fn a_ban_may_take_the_messages_along() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let gone = s(&send(&member, &guild.general, "spam").await, "id");
    let kept = s(&send(&guild.owner, &guild.general, "ham").await, "id");
    let mut gateway = guild.owner.online().await;
    guild
        .owner
        .put(guild.path(&format!("/bans/{}", member.id)), json!({"delete_message_days": 1}))
        .await
        .no_content();
    gateway
        .expect("MESSAGE_DELETE_BULK", |d| d["ids"].as_array().is_some_and(|ids| ids.contains(&json!(gone))))
        .await;
    let left = tests::ids(&guild.owner.get(format!("/channels/{}/messages", guild.general)).await.ok());
    assert!(left.contains(&kept) && !left.contains(&gone));
}
