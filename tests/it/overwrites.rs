//! Channel permission overwrites (`guilds.md` §6.5).

use tests::{Account, Guild, UNKNOWN, befriend, dm, json, near, perms};

#[tokio::test]
async fn setting_and_removing() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let path = |target: &str| format!("/channels/{}/permissions/{target}", guild.general);
    let body = json!({"type": 1, "allow": i64::MAX.to_string(), "deny": "0"});
    guild.owner.put(path(&member.id), body).await.no_content();
    let event = gateway.expect("CHANNEL_UPDATE", near("id", guild.general.clone())).await;
    let mask: u64 = perms::NAMED.iter().map(|(_, bit)| bit).sum();
    assert_eq!(
        event["permission_overwrites"],
        json!([{"id": member.id, "type": 1, "allow": mask.to_string(), "deny": "0"}])
    );
    let body = json!({"type": 1, "deny": perms::SEND_MESSAGES.to_string()});
    guild.owner.put(path(&member.id), body).await.no_content();
    let channel = guild.owner.get(format!("/channels/{}", guild.general)).await.ok();
    assert_eq!(channel["permission_overwrites"].as_array().unwrap().len(), 1, "replaced");
    assert_eq!(channel["permission_overwrites"][0]["allow"], "0");
    guild.owner.delete(path(&member.id)).await.no_content();
    guild.owner.delete(path(&member.id)).await.no_content();
    // the target need not exist
    guild.owner.put(path(UNKNOWN), json!({"type": 0, "allow": "0", "deny": "0"})).await.no_content();
}

#[tokio::test]
async fn refused() {
    let (guild, [manager, member]) = Guild::with_members::<2>().await;
    let rank = guild.role(perms::MANAGE_ROLES).await;
    guild.give(&manager.id, &rank).await;
    let path = format!("/channels/{}/permissions/{}", guild.general, member.id);
    let body = |p: u64| json!({"type": 1, "allow": p.to_string(), "deny": "0"});
    manager.put(&path, body(perms::SEND_MESSAGES)).await.no_content();
    manager.put(&path, body(perms::BAN_MEMBERS)).await.err(403, "MISSING_PERMISSIONS");
    let deny = json!({"type": 1, "allow": "0", "deny": perms::BAN_MEMBERS.to_string()});
    manager.put(&path, deny).await.err(403, "MISSING_PERMISSIONS");
    member.put(&path, body(0)).await.err(403, "MISSING_PERMISSIONS");
    member.delete(&path).await.err(403, "MISSING_PERMISSIONS");
    Account::new().await.put(&path, body(0)).await.refused(403);
    guild
        .owner
        .put(format!("/channels/{UNKNOWN}/permissions/{}", member.id), body(0))
        .await
        .err(404, "UNKNOWN_CHANNEL");
    for (bad, at) in [
        (json!({"allow": "0"}), "type"),
        (json!({"type": 2}), "type"),
        (json!({"type": 0, "allow": "x"}), "allow"),
        (json!({"type": 0, "deny": "99999999999999999999"}), "deny"),
    ] {
        guild.owner.put(&path, bad).await.plain(at);
    }
    let friend = Account::new().await;
    befriend(&guild.owner, &friend).await;
    let private = dm(&guild.owner, &friend.id).await;
    guild
        .owner
        .put(format!("/channels/{private}/permissions/{}", friend.id), body(0))
        .await
        .err(404, "UNKNOWN_CHANNEL");
}

#[tokio::test]
async fn the_order_of_computation() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let (a, b) = (guild.role(0).await, guild.role(0).await);
    let channel = guild.text().await;
    let post = format!("/channels/{channel}/messages");
    let can = || member.post(&post, json!({"content": "x"}));
    let send = perms::SEND_MESSAGES;
    guild.overwrite(&channel, &guild.id, 0, 0, send).await;
    can().await.err(403, "MISSING_PERMISSIONS");
    guild.give(&member.id, &a).await;
    guild.give(&member.id, &b).await;
    guild.overwrite(&channel, &a, 0, send, 0).await;
    can().await.ok();
    // among roles allow wins
    guild.overwrite(&channel, &b, 0, 0, send).await;
    can().await.ok();
    guild.overwrite(&channel, &member.id, 1, 0, send).await;
    can().await.err(403, "MISSING_PERMISSIONS");
    let admin = guild.role(perms::ADMINISTRATOR).await;
    guild.give(&member.id, &admin).await;
    can().await.ok();
    guild.take(&member.id, &admin).await;
    can().await.err(403, "MISSING_PERMISSIONS");
}
