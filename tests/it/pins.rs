//! Pinned messages (`channels-and-messages.md` §7.1).

use tests::guild::send;
use tests::{Account, Guild, UNKNOWN, json, near, perms, s};

#[tokio::test]
async fn pinning_and_unpinning() {
    let (guild, [member, moderator]) = Guild::with_members::<2>().await;
    let rank = guild.role(perms::PIN_MESSAGES).await;
    guild.give(&moderator.id, &rank).await;
    let message = s(&send(&member, &guild.general, "keep this").await, "id");
    let pin = format!("/channels/{}/pins/{message}", guild.general);
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    member.put(&pin, json!({})).await.err(403, "MISSING_PERMISSIONS");
    moderator.put(&pin, json!({})).await.no_content();
    let event = gateway.expect("CHANNEL_PINS_UPDATE", near("channel_id", guild.general.clone())).await;
    assert!(event["last_pin_timestamp"].is_string());
    let notice = gateway.expect("MESSAGE_CREATE", near("type", 6)).await;
    assert_eq!(
        (&notice["message_reference"]["message_id"], &notice["author"]["id"]),
        (&json!(message), &json!(moderator.id))
    );
    gateway.expect("MESSAGE_UPDATE", |d| d["id"] == json!(message) && d["pinned"] == true).await;
    moderator.put(&pin, json!({})).await.no_content();
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("CHANNEL_PINS_UPDATE", tests::any);

    let list = member.get(format!("/channels/{}/messages/pins", guild.general)).await.ok();
    assert_eq!((&list["items"][0]["message"]["id"], &list["has_more"]), (&json!(message), &json!(false)));
    assert!(list["items"][0]["pinned_at"].is_string());
    member.delete(&pin).await.err(403, "MISSING_PERMISSIONS");
    moderator.delete(&pin).await.no_content();
    gateway.expect("MESSAGE_UPDATE", |d| d["id"] == json!(message) && d["pinned"] == false).await;
    moderator.delete(&pin).await.no_content();
    let list = member.get(format!("/channels/{}/messages/pins", guild.general)).await.ok();
    assert_eq!(list["items"], json!([]));
    moderator
        .put(format!("/channels/{}/pins/{UNKNOWN}", guild.general), json!({}))
        .await
        .err(404, "UNKNOWN_MESSAGE");
    Account::new().await.get(format!("/channels/{}/messages/pins", guild.general)).await.refused(403);
}

#[tokio::test]
async fn pages_of_pins() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let mut all = Vec::new();
    for n in 0..3 {
        let id = s(&send(&owner, &guild.general, &format!("p{n}")).await, "id");
        owner.put(format!("/channels/{}/pins/{id}", guild.general), json!({})).await.no_content();
        all.push(id);
    }
    let path = format!("/channels/{}/messages/pins", guild.general);
    let first = owner.get(format!("{path}?limit=2")).await.ok();
    let of = |v: &tests::Value| -> Vec<String> {
        v["items"].as_array().unwrap().iter().map(|i| s(i, "/message/id")).collect()
    };
    assert_eq!((of(&first), &first["has_more"]), (vec![all[2].clone(), all[1].clone()], &json!(true)));
    let mark = s(&first["items"][1], "pinned_at");
    let rest = owner.get(format!("{path}?before={mark}")).await.ok();
    assert_eq!((of(&rest), &rest["has_more"]), (vec![all[0].clone()], &json!(false)));
    owner.get(format!("{path}?limit=51")).await.plain("limit");
    owner.get(format!("{path}?before=yesterday")).await.plain("before");
}

#[tokio::test]
async fn acknowledging_pins() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let ack = format!("/channels/{}/pins/ack", guild.general);
    member.post(&ack, json!({})).await.no_content();
    let message = s(&send(&guild.owner, &guild.general, "x").await, "id");
    guild.owner.put(format!("/channels/{}/pins/{message}", guild.general), json!({})).await.no_content();
    let mut gateway = member.online().await;
    member.post(&ack, json!({})).await.no_content();
    let event = gateway.expect("CHANNEL_PINS_ACK", near("channel_id", guild.general.clone())).await;
    let channel = member.get(format!("/channels/{}", guild.general)).await.ok();
    assert_eq!(event["timestamp"], channel["last_pin_timestamp"]);
    gateway.close().await;
    let ready = member.online().await.ready;
    let state =
        ready["read_states"].as_array().unwrap().iter().find(|r| r["id"] == json!(guild.general)).cloned();
    assert_eq!(state.expect("a read state")["last_pin_timestamp"], channel["last_pin_timestamp"]);
}

#[tokio::test]
async fn deleting_a_pinned_message_unpins_it() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let message = s(&send(&owner, &guild.general, "x").await, "id");
    owner.put(format!("/channels/{}/pins/{message}", guild.general), json!({})).await.no_content();
    let mut gateway = owner.online().await;
    gateway.activate(&guild.id).await;
    owner.delete(format!("/channels/{}/messages/{message}", guild.general)).await.no_content();
    gateway.expect("CHANNEL_PINS_UPDATE", near("channel_id", guild.general.clone())).await;
    let list = owner.get(format!("/channels/{}/messages/pins", guild.general)).await.ok();
    assert_eq!(list["items"], json!([]));
}
