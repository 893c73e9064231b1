//! Guild invites (`webhooks-invites-expressions.md` §2).

use tests::{Account, Bot, Client, Guild, UNKNOWN, json, near, perms, s};

#[tokio::test]
async fn creating_reading_accepting() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut manager = guild.owner.online().await;
    let mut plain = member.online().await;
    let path = format!("/channels/{}/invites", guild.general);
    let invite = member.post(&path, json!({"max_age": 3600, "max_uses": 2})).await.ok();
    let code = s(&invite, "code");
    assert!(code.len() == 8 && code.bytes().all(|b| b.is_ascii_alphanumeric()), "{code}");
    assert_eq!(
        (&invite["max_age"], &invite["max_uses"], &invite["uses"]),
        (&json!(3600), &json!(2), &json!(0))
    );
    manager.expect("INVITE_CREATE", near("code", code.clone())).await;
    assert_eq!(
        s(&member.post(&path, json!({"max_age": 3600, "max_uses": 2})).await.ok(), "code"),
        code,
        "reused"
    );
    let other = member.post(&path, json!({"max_age": 3600, "max_uses": 2, "unique": true})).await.ok();
    assert_ne!(s(&other, "code"), code);
    guild.fence(&mut [&mut manager, &mut plain]).await;
    plain.absent("INVITE_CREATE", tests::any);
    assert_eq!(manager.count("INVITE_CREATE"), 1, "one more for the unique one, none for the reuse");

    let seen = Client::anonymous().get(format!("/invites/{code}")).await.ok();
    assert_eq!(
        (&seen["type"], &seen["guild"]["id"], &seen["channel"]["id"]),
        (&json!(0), &json!(guild.id), &json!(guild.general))
    );
    assert_eq!(
        (&seen["inviter"]["id"], &seen["member_count"], &seen["temporary"]),
        (&json!(member.id), &json!(2), &json!(false))
    );
    assert!(seen["expires_at"].is_string() && seen.get("uses").is_none());
    let [a, b, c] = Account::several::<3>().await;
    let accept = |who: &Account| who.post(format!("/invites/{code}"), json!({}));
    let joined = accept(&a).await.ok();
    assert_eq!((&joined["guild"]["id"], joined.get("uses")), (&json!(guild.id), None));
    accept(&a).await.ok();
    let listed = guild.owner.get(guild.path("/invites")).await.ok();
    let uses = listed.as_array().unwrap().iter().find(|i| i["code"] == json!(code)).unwrap()["uses"].clone();
    assert_eq!(uses, 1, "a member's acceptance is no use");
    accept(&b).await.ok();
    accept(&c).await.err(404, "UNKNOWN_INVITE");
    Client::anonymous().get(format!("/invites/{code}")).await.err(404, "UNKNOWN_INVITE");
}

#[tokio::test]
async fn refused() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let path = format!("/channels/{}/invites", guild.general);
    let stranger = Account::new().await;
    for (body, at) in [
        (json!({"max_age": -1}), "max_age"),
        (json!({"max_age": 604_801}), "max_age"),
        (json!({"max_uses": 101}), "max_uses"),
        (json!({"unique": "x"}), "unique"),
    ] {
        member.post(&path, body).await.plain(at);
    }
    stranger.post(&path, json!({})).await.refused(403);
    member.post(format!("/channels/{UNKNOWN}/invites"), json!({})).await.err(404, "UNKNOWN_CHANNEL");
    stranger.post("/invites/nosuchcode", json!({})).await.err(404, "UNKNOWN_INVITE");
    Client::anonymous().get("/invites/nosuchcode").await.err(404, "UNKNOWN_INVITE");
    let code = guild.invite().await;
    Client::anonymous().post(format!("/invites/{code}"), json!({})).await.err(401, "UNAUTHORIZED");
    Bot::new(&stranger).await.post(format!("/invites/{code}"), json!({})).await.err(403, "ACCESS_DENIED");
    guild.owner.patch(guild.path(""), json!({"features": ["INVITES_DISABLED"]})).await.ok();
    stranger.post(format!("/invites/{code}"), json!({})).await.err(403, "INVITES_DISABLED");
    stranger.get(format!("/invites/{code}")).await.ok();
    guild.invite().await;
    guild.owner.patch(guild.path(""), json!({"features": []})).await.ok();
    guild.everyone(perms::VIEW_CHANNEL).await;
    member.post(&path, json!({})).await.err(403, "MISSING_PERMISSIONS");
}

#[tokio::test]
async fn lists_and_deletion() {
    let (guild, [member, other]) = Guild::with_members::<2>().await;
    let path = format!("/channels/{}/invites", guild.general);
    let mine = s(&member.post(&path, json!({})).await.ok(), "code");
    let second = s(&guild.owner.post(&path, json!({"unique": true})).await.ok(), "code");
    for call in [member.get(&path), member.get(guild.path("/invites"))] {
        call.await.err(403, "MISSING_PERMISSIONS");
    }
    let list = guild.owner.get(guild.path("/invites")).await.ok();
    let codes: Vec<&str> = list.as_array().unwrap().iter().filter_map(|i| i["code"].as_str()).collect();
    let (new, old) = (codes.iter().position(|c| *c == second), codes.iter().position(|c| *c == mine));
    assert!(new.is_some() && new < old, "newest first: {codes:?}");
    assert!(list[0]["uses"].is_number() && list[0]["created_at"].is_string());
    Account::new().await.get(guild.path("/invites")).await.err(404, "UNKNOWN_GUILD");
    let stranger = Account::new().await;
    stranger.delete(format!("/invites/{mine}")).await.err(404, "UNKNOWN_GUILD");
    other.delete(format!("/invites/{mine}")).await.err(403, "MISSING_PERMISSIONS");
    let mut manager = guild.owner.online().await;
    member.delete(format!("/invites/{mine}")).await.no_content();
    let event = manager.expect("INVITE_DELETE", near("code", mine.clone())).await;
    assert_eq!((&event["channel_id"], &event["guild_id"]), (&json!(guild.general), &json!(guild.id)));
    member.delete(format!("/invites/{mine}")).await.err(404, "UNKNOWN_INVITE");
    let rank = guild.role(perms::MANAGE_GUILD).await;
    guild.give(&other.id, &rank).await;
    other.delete(format!("/invites/{second}")).await.no_content();
}

#[tokio::test]
async fn temporary_membership_needs_presence() {
    let (guild, _) = Guild::with_members::<0>().await;
    let path = format!("/channels/{}/invites", guild.general);
    let code = s(&guild.owner.post(&path, json!({"temporary": true})).await.ok(), "code");
    let visitor = Account::new().await;
    visitor.post(format!("/invites/{code}"), json!({})).await.err(400, "TEMPORARY_INVITE_REQUIRES_PRESENCE");
    let mut gateway = visitor.online().await;
    visitor.post(format!("/invites/{code}"), json!({})).await.ok();
    gateway.expect("GUILD_CREATE", near("id", guild.id.clone())).await;
    // the visit ends with the last session
    let mut watching = guild.owner.online().await;
    watching.activate(&guild.id).await;
    gateway.close().await;
    watching.expect("GUILD_MEMBER_REMOVE", |d| d["user"]["id"] == json!(visitor.id)).await;
}

#[tokio::test]
async fn an_unclaimed_person_may_join() {
    let (guild, _) = Guild::with_members::<0>().await;
    let unclaimed = Account::unclaimed().await;
    guild.join(&unclaimed).await;
    let post = format!("/channels/{}/messages", guild.general);
    unclaimed.get(&post).await.ok();
    unclaimed.post(&post, json!({"content": "x"})).await.err(400, "UNCLAIMED_ACCOUNT_CANNOT_SEND_MESSAGES");
}
