//! What happens to a session when its view of a guild changes (`gateway.md` §16.1, §16.2).

use tests::guild::send;
use tests::{Guild, json, near, perms, s};

#[tokio::test]
async fn losing_and_gaining_a_channel_by_overwrite() {
    let (guild, [member, other]) = Guild::with_members::<2>().await;
    let channel = guild.text().await;
    let (mut gateway, mut control) = (member.online().await, other.online().await);
    gateway.activate(&guild.id).await;
    control.activate(&guild.id).await;
    guild.overwrite(&channel, &member.id, 1, 0, perms::VIEW_CHANNEL).await;
    let gone = gateway.expect("CHANNEL_DELETE", near("id", channel.clone())).await;
    assert_eq!(gone["guild_id"], json!(guild.id));
    control.expect("CHANNEL_UPDATE", near("id", channel.clone())).await;
    let secret = s(&send(&guild.owner, &channel, "secret").await, "id");
    control.expect("MESSAGE_CREATE", near("id", secret.clone())).await;
    guild.owner.delete(format!("/channels/{channel}/permissions/{}", member.id)).await.no_content();
    let back = gateway.expect("CHANNEL_CREATE", near("id", channel.clone())).await;
    assert_eq!((&back["type"], &back["guild_id"]), (&json!(0), &json!(guild.id)));
    guild.fence(&mut [&mut gateway, &mut control]).await;
    gateway.absent("MESSAGE_CREATE", near("id", secret));
    control.absent("CHANNEL_DELETE", tests::any);
}

#[tokio::test]
async fn the_transition_precedes_the_role_event() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let everyone = |d: &tests::Value| d["role"]["id"] == json!(guild.id);
    guild.everyone(perms::DEFAULT & !perms::VIEW_CHANNEL).await;
    let gone = gateway.expect_event("CHANNEL_DELETE", near("id", guild.general.clone())).await;
    let role = gateway.expect_event("GUILD_ROLE_UPDATE", everyone).await;
    assert!(gone.s < role.s);
    guild.everyone(perms::DEFAULT).await;
    let back = gateway.expect_event("CHANNEL_CREATE", near("id", guild.general.clone())).await;
    let role = gateway.expect_event("GUILD_ROLE_UPDATE", everyone).await;
    assert!(back.s < role.s);
}

#[tokio::test]
async fn roles_given_taken_and_deleted() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let role = guild.role(0).await;
    let hidden = guild.hidden_text(Some(&role)).await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    guild.give(&member.id, &role).await;
    let seen = gateway.expect_event("CHANNEL_CREATE", near("id", hidden.clone())).await;
    let update = gateway.expect_event("GUILD_MEMBER_UPDATE", near("roles", json!([role]))).await;
    assert!(seen.s < update.s);
    send(&guild.owner, &hidden, "now you hear").await;
    gateway.expect("MESSAGE_CREATE", near("content", "now you hear")).await;
    guild.take(&member.id, &role).await;
    gateway.expect("CHANNEL_DELETE", near("id", hidden.clone())).await;
    guild.give(&member.id, &role).await;
    gateway.expect("CHANNEL_CREATE", near("id", hidden.clone())).await;
    guild.owner.delete(guild.path(&format!("/roles/{role}"))).await.no_content();
    gateway.expect("CHANNEL_DELETE", near("id", hidden.clone())).await;
    send(&guild.owner, &hidden, "now you do not").await;
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("MESSAGE_CREATE", near("content", "now you do not"));
    member.get(format!("/channels/{hidden}")).await.err(403, "MISSING_PERMISSIONS");
}

#[tokio::test]
async fn passive_sessions_are_told_of_transitions_too() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let channel = guild.text().await;
    let mut gateway = member.online().await;
    guild.overwrite(&channel, &member.id, 1, 0, perms::VIEW_CHANNEL).await;
    gateway.expect("CHANNEL_DELETE", near("id", channel.clone())).await;
    guild.owner.delete(format!("/channels/{channel}/permissions/{}", member.id)).await.no_content();
    gateway.expect("CHANNEL_CREATE", near("id", channel)).await;
}

#[tokio::test]
async fn every_channel_event_keeps_to_those_who_see() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let owner = &guild.owner;
    let body = json!({"type": 0, "name": "secret", "permission_overwrites": [
        {"id": guild.id, "type": 0, "allow": "0", "deny": perms::VIEW_CHANNEL.to_string()}]});
    let hidden = s(&owner.post(guild.path("/channels"), body).await.ok(), "id");
    let c = format!("/channels/{hidden}");
    let message = s(&send(owner, &hidden, "x").await, "id");
    owner.patch(&c, json!({"topic": "t"})).await.ok();
    owner.post(format!("{c}/typing"), json!({})).await.no_content();
    owner.patch(format!("{c}/messages/{message}"), json!({"content": "y"})).await.ok();
    owner.put(format!("{c}/messages/{message}/reactions/%F0%9F%A6%8A/@me"), json!({})).await.no_content();
    owner.delete(format!("{c}/messages/{message}/reactions")).await.no_content();
    owner.put(format!("{c}/pins/{message}"), json!({})).await.no_content();
    owner.post(format!("{c}/messages/bulk-delete"), json!({"message_ids": [message]})).await.no_content();
    let other = s(&send(owner, &hidden, "z").await, "id");
    owner.delete(format!("{c}/messages/{other}")).await.no_content();
    owner.post(format!("{c}/invites"), json!({})).await.ok();
    owner.patch(guild.path("/channels"), json!([{"id": hidden, "position": 0}])).await.no_content();
    let bulk = gateway.expect("CHANNEL_UPDATE_BULK", tests::any).await;
    assert!(!tests::ids(&bulk["channels"]).contains(&hidden), "{bulk}");
    owner.delete(&c).await.no_content();
    guild.fence(&mut [&mut gateway]).await;
    for event in &gateway.events {
        assert!(!event.d.to_string().contains(&hidden), "{event:?}");
    }
}
