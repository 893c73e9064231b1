//! Bookmarks and the feed of mentions (`users.md` §7, §8).

use tests::guild::send;
use tests::{Account, Guild, UNKNOWN, json, near, s};

#[tokio::test]
async fn bookmarks() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let message = s(&send(&guild.owner, &guild.general, "remember").await, "id");
    let mut gateway = member.online().await;
    let path = "/users/@me/saved-messages";
    let body = |m: &str| json!({"channel_id": guild.general, "message_id": m});
    member.post(path, body(&message)).await.no_content();
    gateway.expect("SAVED_MESSAGE_CREATE", near("id", message.clone())).await;
    member.post(path, body(&message)).await.no_content();
    let list = member.get(path).await.ok();
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&list[0]["message_id"], &list[0]["message"]["content"]),
        (&json!(message), &json!("remember"))
    );
    member.post(path, body(UNKNOWN)).await.err(404, "UNKNOWN_MESSAGE");
    Account::new().await.post(path, body(&message)).await.refused(403);
    // unreadable: listed, without its text
    guild.overwrite(&guild.general, &member.id, 1, 0, tests::perms::VIEW_CHANNEL).await;
    let list = member.get(path).await.ok();
    assert_eq!((&list[0]["status"], &list[0]["message"]), (&json!("missing_permissions"), &json!(null)));
    member.delete(format!("{path}/{message}")).await.no_content();
    gateway.expect("SAVED_MESSAGE_DELETE", near("message_id", message.clone())).await;
    member.delete(format!("{path}/{message}")).await.no_content();
    assert_eq!(member.get(path).await.ok(), json!([]));
}

#[tokio::test]
async fn the_feed_of_mentions() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let text = format!("hello <@{}>", member.id);
    let message = s(&send(&guild.owner, &guild.general, &text).await, "id");
    let path = "/users/@me/mentions";
    let mut tries = tokio::time::interval(std::time::Duration::from_millis(50));
    let mut list = json!([]);
    for _ in 0..100 {
        tries.tick().await;
        list = member.get(path).await.ok();
        if list != json!([]) {
            break;
        }
    }
    assert_eq!(list[0]["id"], json!(message), "{list}");
    assert_eq!(member.get(format!("{path}?guilds=false")).await.ok(), json!([]));
    let mut gateway = member.online().await;
    member.delete(format!("{path}/{message}")).await.no_content();
    gateway.expect("RECENT_MENTION_DELETE", near("message_id", message.clone())).await;
    assert_eq!(member.get(path).await.ok(), json!([]));
    member.delete(format!("{path}/{message}")).await.no_content();
}
