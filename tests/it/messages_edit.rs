//! Editing and deleting messages (`channels-and-messages.md` §5, §6).

use tests::guild::send;
use tests::{Account, Guild, UNKNOWN, befriend, dm, ids, json, near, perms, s};

#[tokio::test]
async fn the_author_edits() {
    let (guild, [member, reader]) = Guild::with_members::<2>().await;
    let message = s(&send(&member, &guild.general, "befor").await, "id");
    let path = format!("/channels/{}/messages/{message}", guild.general);
    let mut gateway = reader.online().await;
    let edited = member.patch(&path, json!({"content": format!("before <@{}>", reader.id)})).await.ok();
    assert!(edited["edited_timestamp"].is_string());
    assert_eq!(ids(&edited["mentions"]), [reader.id.clone()]);
    let event = gateway.expect("MESSAGE_UPDATE", near("id", message.clone())).await;
    assert_eq!((&event["content"], &event["guild_id"]), (&edited["content"], &json!(guild.id)));
    assert!(event["author"].is_object(), "complete: {event}");
    let stamp = edited["edited_timestamp"].clone();
    let flagged = member.patch(&path, json!({"flags": 4})).await.ok();
    assert_eq!(
        (&flagged["flags"], &flagged["edited_timestamp"]),
        (&json!(4), &stamp),
        "only content counts as an edit"
    );
    for body in [json!({}), json!({"content": ""}), json!({"content": " "})] {
        member.patch(&path, body).await.err(400, "CANNOT_SEND_EMPTY_MESSAGE");
    }
    member
        .patch(&path, json!({"content": "x".repeat(4001)}))
        .await
        .field("content", "CONTENT_EXCEEDS_MAX_LENGTH");
    member.patch(&path, json!({"content": 7})).await.field("message_data", "INVALID_MESSAGE_DATA");
    member
        .patch(&path, json!({"attachments": null, "content": "x"}))
        .await
        .field("message_data", "INVALID_MESSAGE_DATA");
    let missing = format!("/channels/{}/messages/{UNKNOWN}", guild.general);
    member.patch(missing, json!({"content": "x"})).await.err(404, "UNKNOWN_MESSAGE");
    // an edit needs no right to send
    guild.everyone(perms::DEFAULT & !perms::SEND_MESSAGES).await;
    member.patch(&path, json!({"content": "still mine"})).await.ok();
    guild.everyone(perms::DEFAULT & !perms::EMBED_LINKS).await;
    member.patch(&path, json!({"embeds": [{"title": "x"}]})).await.err(403, "MISSING_PERMISSIONS");
}

#[tokio::test]
async fn others_may_only_hide_embeds() {
    let (guild, [member, moderator, plain]) = Guild::with_members::<3>().await;
    let rank = guild.role(perms::MANAGE_MESSAGES).await;
    guild.give(&moderator.id, &rank).await;
    let message = s(&send(&member, &guild.general, "mine").await, "id");
    let path = format!("/channels/{}/messages/{message}", guild.general);
    moderator.patch(&path, json!({"content": "yours"})).await.err(403, "CANNOT_EDIT_OTHER_USER_MESSAGE");
    plain.patch(&path, json!({"flags": 4})).await.err(403, "CANNOT_EDIT_OTHER_USER_MESSAGE");
    let hidden = moderator.patch(&path, json!({"flags": 4 | 4096})).await.ok();
    assert_eq!((&hidden["flags"], &hidden["content"]), (&json!(4), &json!("mine")));
    assert_eq!(moderator.patch(&path, json!({"flags": 0})).await.ok()["flags"], 0);
    let friend = Account::new().await;
    befriend(&member, &friend).await;
    let private = dm(&member, &friend.id).await;
    let message = s(&send(&member, &private, "x").await, "id");
    friend
        .patch(format!("/channels/{private}/messages/{message}"), json!({"flags": 4}))
        .await
        .err(403, "CANNOT_EDIT_OTHER_USER_MESSAGE");
}

#[tokio::test]
async fn system_messages_stay_as_they_are() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let history = guild.owner.get(format!("/channels/{}/messages", guild.general)).await.ok();
    let joined =
        s(history.as_array().unwrap().iter().find(|m| m["type"] == 7).expect("a join message"), "id");
    let path = format!("/channels/{}/messages/{joined}", guild.general);
    member.patch(&path, json!({"content": "x"})).await.err(400, "CANNOT_MODIFY_SYSTEM_WEBHOOK");
    guild
        .owner
        .put(format!("/channels/{}/pins/{joined}", guild.general), json!({}))
        .await
        .err(400, "CANNOT_MODIFY_SYSTEM_WEBHOOK");
    member.delete(&path).await.no_content();
}

#[tokio::test]
async fn deleting() {
    let (guild, [member, moderator, plain]) = Guild::with_members::<3>().await;
    let rank = guild.role(perms::MANAGE_MESSAGES).await;
    guild.give(&moderator.id, &rank).await;
    let path = |id: &str| format!("/channels/{}/messages/{id}", guild.general);
    let first = s(&send(&member, &guild.general, "first").await, "id");
    let second = s(&send(&member, &guild.general, "second").await, "id");
    let mut gateway = plain.online().await;
    plain.delete(path(&first)).await.err(403, "MISSING_PERMISSIONS");
    member.delete(path(&second)).await.no_content();
    let event = gateway.expect("MESSAGE_DELETE", near("id", second.clone())).await;
    assert_eq!((&event["channel_id"], &event["guild_id"]), (&json!(guild.general), &json!(guild.id)));
    assert_eq!((&event["content"], &event["author_id"]), (&json!("second"), &json!(member.id)));
    let channel = plain.get(format!("/channels/{}", guild.general)).await.ok();
    assert_eq!(channel["last_message_id"], json!(first));
    member.get(path(&second)).await.err(404, "UNKNOWN_MESSAGE");
    member.delete(path(&second)).await.err(404, "UNKNOWN_MESSAGE");
    moderator.delete(path(&first)).await.no_content();
    // moderating needs the right to speak
    guild.everyone(perms::DEFAULT & !perms::SEND_MESSAGES).await;
    let third = s(&send(&guild.owner, &guild.general, "third").await, "id");
    moderator.delete(path(&third)).await.err(403, "MISSING_PERMISSIONS");
    let friend = Account::new().await;
    befriend(&member, &friend).await;
    let private = dm(&member, &friend.id).await;
    let message = s(&send(&member, &private, "x").await, "id");
    friend.delete(format!("/channels/{private}/messages/{message}")).await.err(403, "MISSING_PERMISSIONS");
}

#[tokio::test]
async fn deleting_in_bulk() {
    let (guild, [member, moderator]) = Guild::with_members::<2>().await;
    let rank = guild.role(perms::MANAGE_MESSAGES).await;
    guild.give(&moderator.id, &rank).await;
    let path = format!("/channels/{}/messages/bulk-delete", guild.general);
    let mut all = Vec::new();
    for n in 0..4 {
        all.push(s(&send(&member, &guild.general, &format!("m{n}")).await, "id"));
    }
    let mut gateway = member.online().await;
    member.post(&path, json!({"message_ids": all})).await.err(403, "MISSING_PERMISSIONS");
    moderator
        .post(&path, json!({"message_ids": []}))
        .await
        .field("message_ids", "MESSAGE_IDS_CANNOT_BE_EMPTY");
    let many: Vec<String> = (0..101).map(|n| format!("{}", 100_000_000_000_u64 + n)).collect();
    moderator
        .post(&path, json!({"message_ids": many}))
        .await
        .field("message_ids", "CANNOT_DELETE_MORE_THAN_100_MESSAGES");
    moderator.post(&path, json!({"message_ids": [UNKNOWN]})).await.no_content();
    let some = [all[0].clone(), all[1].clone(), UNKNOWN.to_owned()];
    moderator.post(&path, json!({"message_ids": some})).await.no_content();
    let event =
        gateway.expect("MESSAGE_DELETE_BULK", |d| d["ids"].as_array().is_some_and(|i| i.len() == 3)).await;
    assert_eq!((&event["ids"], &event["guild_id"]), (&json!(some), &json!(guild.id)));
    let left = ids(&member.get(format!("/channels/{}/messages", guild.general)).await.ok());
    assert!(!left.contains(&all[0]) && !left.contains(&all[1]) && left.contains(&all[2]));
    let friend = Account::new().await;
    befriend(&member, &friend).await;
    let private = dm(&member, &friend.id).await;
    let one = s(&send(&member, &private, "x").await, "id");
    member
        .post(format!("/channels/{private}/messages/bulk-delete"), json!({"message_ids": [one]}))
        .await
        .err(400, "CANNOT_EXECUTE_ON_DM");
}

#[tokio::test]
async fn edits_and_deletions_in_a_dm_reach_both() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let id = dm(&a, &b.id).await;
    let message = s(&send(&a, &id, "x").await, "id");
    let mut gateway = b.online().await;
    let path = format!("/channels/{id}/messages/{message}");
    a.patch(&path, json!({"content": "y"})).await.ok();
    gateway.expect("MESSAGE_UPDATE", near("content", "y")).await;
    a.delete(path).await.no_content();
    gateway.expect("MESSAGE_DELETE", near("id", message)).await;
}
