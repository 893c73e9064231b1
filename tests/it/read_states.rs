//! Acknowledgements, mention counters, typing (`channels-and-messages.md` §7.3, §7.4).

use tests::guild::send;
use tests::{Account, Bot, Gateway, Guild, Value, befriend, dm, json, near, s};

/// The read state of a channel as a fresh session sees it.
async fn state(of: &Account, channel: &str) -> Option<Value> {
    let session: Gateway = of.online().await;
    let all = session.ready["read_states"].as_array().expect("read_states").clone();
    session.close().await;
    all.into_iter().find(|r| r["id"] == channel)
}

/// Polls until the counter is as wanted: counters rise in the background. Few tries: a look is an
/// IDENTIFY, and those are limited.
async fn mentions(of: &Account, channel: &str, wanted: i64) -> bool {
    let mut tries = tokio::time::interval(std::time::Duration::from_millis(250));
    for _ in 0..8 {
        tries.tick().await;
        if state(of, channel).await.is_some_and(|r| r["mention_count"] == wanted) {
            return true;
        }
    }
    false
}

#[tokio::test]
async fn acknowledging_moves_the_mark_and_tells_other_devices() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let first = s(&send(&guild.owner, &guild.general, "one").await, "id");
    let last = s(&send(&guild.owner, &guild.general, "two").await, "id");
    let mut gateway = member.online().await;
    let ack = |m: &str| format!("/channels/{}/messages/{m}/ack", guild.general);
    member.post(ack(&last), json!({"mention_count": 3, "manual": true})).await.no_content();
    let event = gateway.expect("MESSAGE_ACK", near("message_id", last.clone())).await;
    assert_eq!((&event["mention_count"], &event["manual"]), (&json!(3), &json!(true)));
    assert_eq!(event["channel_id"], json!(guild.general));
    let seen = state(&member, &guild.general).await.expect("a read state");
    assert_eq!((&seen["last_message_id"], &seen["mention_count"]), (&json!(last), &json!(3)));
    // backwards is allowed
    member.post(ack(&first), json!({})).await.no_content();
    gateway.expect("MESSAGE_ACK", near("message_id", first.clone())).await;
    let seen = state(&member, &guild.general).await.expect("a read state");
    assert_eq!((&seen["last_message_id"], &seen["mention_count"]), (&json!(first), &json!(0)));
    member.delete(format!("/channels/{}/messages/ack", guild.general)).await.no_content();
    assert!(state(&member, &guild.general).await.is_none());
    Account::new().await.post(ack(&last), json!({})).await.refused(403);
    Bot::new(&member).await.post(ack(&last), json!({})).await.err(403, "ACCESS_DENIED");
}

#[tokio::test]
async fn acknowledging_in_bulk_is_silent() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let other = guild.text().await;
    let (a, b) = (
        s(&send(&guild.owner, &guild.general, "a").await, "id"),
        s(&send(&guild.owner, &other, "b").await, "id"),
    );
    let mut gateway = member.online().await;
    let body = json!({"read_states": [
        {"channel_id": guild.general, "message_id": a}, {"channel_id": other, "message_id": b},
    ]});
    member.post("/read-states/ack-bulk", body).await.no_content();
    member.put(format!("/users/@me/notes/{}", guild.owner.id), json!({"note": "fence"})).await.no_content();
    gateway.expect("USER_NOTE_UPDATE", tests::any).await;
    gateway.absent("MESSAGE_ACK", tests::any);
    assert_eq!(state(&member, &other).await.expect("a state")["last_message_id"], json!(b));
    member.post("/read-states/ack-bulk", json!({"read_states": []})).await.plain("read_states");
    let many: Vec<Value> = (0..101).map(|_| json!({"channel_id": other, "message_id": b})).collect();
    member.post("/read-states/ack-bulk", json!({"read_states": many})).await.plain("read_states");
}

#[tokio::test]
async fn sending_reads_ones_own_message() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let message = s(&send(&member, &guild.general, "mine").await, "id");
    let seen = state(&member, &guild.general).await.expect("a read state");
    assert_eq!((&seen["last_message_id"], &seen["mention_count"]), (&json!(message), &json!(0)));
}

#[tokio::test]
async fn mentions_count_for_those_who_can_see_them() {
    let (guild, [a, b, outsider]) = Guild::with_members::<3>().await;
    let role = guild.role(0).await;
    let hidden = guild.hidden_text(Some(&role)).await;
    guild.give(&a.id, &role).await;
    send(&guild.owner, &hidden, &format!("<@{}> and <@{}>", a.id, outsider.id)).await;
    assert!(mentions(&a, &hidden, 1).await);
    send(&guild.owner, &hidden, "@everyone now").await;
    assert!(mentions(&a, &hidden, 2).await);
    assert!(state(&outsider, &hidden).await.is_none_or(|r| r["mention_count"] == 0));
    // a reply counts for the author replied to, the author never for themselves
    let first = s(&send(&b, &guild.general, &format!("<@{}>", b.id)).await, "id");
    let body = json!({"content": "re", "message_reference": {"message_id": first}});
    a.post(format!("/channels/{}/messages", guild.general), body).await.ok();
    assert!(mentions(&b, &guild.general, 1).await);
}

#[tokio::test]
async fn every_dm_counts() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let id = dm(&a, &b.id).await;
    send(&a, &id, "one").await;
    send(&a, &id, "two").await;
    assert!(mentions(&b, &id, 2).await);
    assert!(state(&a, &id).await.is_none_or(|r| r["mention_count"] == 0));
}

#[tokio::test]
async fn typing() {
    let (guild, [member, reader]) = Guild::with_members::<2>().await;
    let mut gateway = guild.owner.online().await;
    gateway.activate(&guild.id).await;
    let mut passive = reader.online().await;
    let path = format!("/channels/{}/typing", guild.general);
    member.post(&path, json!({})).await.no_content();
    let event = gateway.expect("TYPING_START", near("user_id", member.id.clone())).await;
    assert_eq!((&event["channel_id"], &event["guild_id"]), (&json!(guild.general), &json!(guild.id)));
    assert!(event["timestamp"].as_u64().is_some_and(|t| t > 1_500_000_000_000), "milliseconds: {event}");
    assert_eq!(event["member"]["user"]["id"], json!(member.id));
    guild.fence(&mut [&mut passive]).await;
    passive.absent("TYPING_START", tests::any);
    guild.overwrite(&guild.general, &member.id, 1, 0, tests::perms::SEND_MESSAGES).await;
    member.post(&path, json!({})).await.err(403, "MISSING_PERMISSIONS");
    member
        .post(format!("/channels/{}/typing", guild.voice), json!({}))
        .await
        .err(400, "CANNOT_SEND_MESSAGES_IN_NON_TEXT_CHANNEL");
    Account::new().await.post(&path, json!({})).await.refused(403);
}
