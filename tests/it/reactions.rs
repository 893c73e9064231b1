//! Reactions (`channels-and-messages.md` §7.2).

use tests::guild::send;
use tests::{Account, Guild, UNKNOWN, befriend, dm, ids, json, near, perms, s};

const FOX: &str = "%F0%9F%A6%8A";
const OWL: &str = "%F0%9F%A6%89";

#[tokio::test]
async fn adding_removing_and_listing() {
    let (guild, [member, other]) = Guild::with_members::<2>().await;
    let message = s(&send(&guild.owner, &guild.general, "react!").await, "id");
    let path = format!("/channels/{}/messages/{message}", guild.general);
    let mut gateway = guild.owner.online().await;
    gateway.activate(&guild.id).await;
    for who in [&member, &other] {
        who.put(format!("{path}/reactions/{FOX}/@me"), json!({})).await.no_content();
        let event = gateway.expect("MESSAGE_REACTION_ADD", near("user_id", who.id.clone())).await;
        assert_eq!((&event["emoji"]["name"], &event["message_id"]), (&json!("🦊"), &json!(message)));
        assert_eq!((&event["guild_id"], &event["member"]["user"]["id"]), (&json!(guild.id), &json!(who.id)));
        assert!(event.get("session_id").is_none());
    }
    member.put(format!("{path}/reactions/{FOX}/@me"), json!({})).await.no_content();
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("MESSAGE_REACTION_ADD", tests::any);
    member.put(format!("{path}/reactions/{OWL}/@me"), json!({})).await.no_content();
    let seen = member.get(&path).await.ok();
    assert_eq!(
        seen["reactions"],
        json!([{"emoji": {"name": "🦊"}, "count": 2, "me": true}, {"emoji": {"name": "🦉"}, "count": 1, "me": true}])
    );
    assert!(guild.owner.get(&path).await.ok()["reactions"][0].get("me").is_none());
    let mut users = vec![member.id.clone(), other.id.clone()];
    users.sort_by_key(|id| id.parse::<u64>().unwrap());
    let list = format!("{path}/reactions/{FOX}");
    assert_eq!(ids(&other.get(&list).await.ok()), users);
    assert_eq!(ids(&other.get(format!("{list}?limit=1")).await.ok()), users[..1]);
    assert_eq!(ids(&other.get(format!("{list}?after={}", users[0])).await.ok()), users[1..]);
    other.get(format!("{list}?limit=101")).await.plain("limit");
    assert_eq!(other.get(format!("{path}/reactions/%F0%9F%90%9F")).await.ok(), json!([]));
    member.delete(format!("{path}/reactions/{FOX}/@me")).await.no_content();
    let event = gateway.expect("MESSAGE_REACTION_REMOVE", near("user_id", member.id.clone())).await;
    assert_eq!(event["emoji"]["name"], "🦊");
    // even if there was nothing
    member.delete(format!("{path}/reactions/{FOX}/@me")).await.no_content();
    gateway.expect("MESSAGE_REACTION_REMOVE", near("user_id", member.id.clone())).await;
    assert_eq!(ids(&other.get(&list).await.ok()), [other.id.clone()]);
}

#[tokio::test]
async fn the_acting_session_is_not_told() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let message = s(&send(&owner, &guild.general, "x").await, "id");
    let (mut acting, mut second) = (owner.online().await, owner.online().await);
    acting.activate(&guild.id).await;
    second.activate(&guild.id).await;
    let path = format!(
        "/channels/{}/messages/{message}/reactions/{FOX}/@me?session_id={}",
        guild.general, acting.session_id
    );
    owner.put(path, json!({})).await.no_content();
    second
        .expect("MESSAGE_REACTION_ADD", |d| {
            d["message_id"] == json!(message) && d.get("session_id").is_none()
        })
        .await;
    guild.fence(&mut [&mut acting]).await;
    acting.absent("MESSAGE_REACTION_ADD", tests::any);
}

#[tokio::test]
async fn rules_for_a_new_emoji_and_for_joining_in() {
    let (guild, [member, silent]) = Guild::with_members::<2>().await;
    let message = s(&send(&guild.owner, &guild.general, "x").await, "id");
    let path = |emoji: &str| format!("/channels/{}/messages/{message}/reactions/{emoji}/@me", guild.general);
    for bad in ["abc", "%F0%9F%A6%8A%F0%9F%A6%8A", "fox"] {
        member.put(path(bad), json!({})).await.field("emoji", "NOT_A_VALID_UNICODE_EMOJI");
    }
    member.put(path(&format!("fox:{UNKNOWN}")), json!({})).await.field("emoji", "CUSTOM_EMOJI_NOT_FOUND");
    guild.overwrite(&guild.general, &silent.id, 1, 0, perms::ADD_REACTIONS).await;
    silent.put(path(FOX), json!({})).await.err(403, "MISSING_PERMISSIONS");
    member.put(path(FOX), json!({})).await.no_content();
    silent.put(path(FOX), json!({})).await.no_content();
    let missing = format!("/channels/{}/messages/{UNKNOWN}/reactions/{FOX}", guild.general);
    member.put(format!("{missing}/@me"), json!({})).await.err(404, "UNKNOWN_MESSAGE");
    member.get(&missing).await.err(404, "UNKNOWN_MESSAGE");
    member.delete(format!("{missing}/@me")).await.no_content();
    let stranger = Account::new().await;
    stranger.put(path(FOX), json!({})).await.refused(403);
}

#[tokio::test]
async fn thirty_kinds_are_enough() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let message = s(&send(&owner, &guild.general, "x").await, "id");
    let path = |n: u32| {
        let emoji = char::from_u32(0x1F400 + n).unwrap().to_string();
        let encoded: String = emoji.bytes().map(|b| format!("%{b:02X}")).collect();
        format!("/channels/{}/messages/{message}/reactions/{encoded}/@me", guild.general)
    };
    for n in 0..30 {
        owner.put(path(n), json!({})).await.no_content();
    }
    owner.put(path(30), json!({})).await.err(400, "MAX_REACTIONS");
    let order = owner.get(format!("/channels/{}/messages/{message}", guild.general)).await.ok();
    assert_eq!(order["reactions"].as_array().unwrap().len(), 30);
    assert_eq!(order["reactions"][0]["emoji"]["name"], "🐀", "first reacted, first listed");
}

#[tokio::test]
async fn clearing() {
    let (guild, [author, moderator, plain]) = Guild::with_members::<3>().await;
    let rank = guild.role(perms::MANAGE_MESSAGES).await;
    guild.give(&moderator.id, &rank).await;
    let message = s(&send(&author, &guild.general, "x").await, "id");
    let base = format!("/channels/{}/messages/{message}/reactions", guild.general);
    let mut gateway = plain.online().await;
    gateway.activate(&guild.id).await;
    let fill = || async {
        for emoji in [FOX, OWL] {
            plain.put(format!("{base}/{emoji}/@me"), json!({})).await.no_content();
        }
    };
    fill().await;
    for path in [format!("{base}/{FOX}/{}", author.id), format!("{base}/{FOX}"), base.clone()] {
        plain.delete(path).await.err(403, "MISSING_PERMISSIONS");
    }
    for who in [&author, &moderator] {
        fill().await;
        who.delete(format!("{base}/{FOX}/{}", plain.id)).await.no_content();
        gateway.expect("MESSAGE_REACTION_REMOVE", near("user_id", plain.id.clone())).await;
        who.delete(format!("{base}/{OWL}")).await.no_content();
        let event =
            gateway.expect("MESSAGE_REACTION_REMOVE_EMOJI", near("message_id", message.clone())).await;
        assert_eq!(event["emoji"]["name"], "🦉");
        fill().await;
        who.delete(&base).await.no_content();
        gateway.expect("MESSAGE_REACTION_REMOVE_ALL", near("message_id", message.clone())).await;
    }
    let seen = plain.get(format!("/channels/{}/messages/{message}", guild.general)).await.ok();
    assert!(seen["reactions"].as_array().is_none_or(Vec::is_empty));
}

#[tokio::test]
async fn in_a_dm_only_the_author_clears() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let id = dm(&a, &b.id).await;
    let message = s(&send(&a, &id, "x").await, "id");
    let mut gateway = a.online().await;
    let base = format!("/channels/{id}/messages/{message}/reactions");
    b.put(format!("{base}/{FOX}/@me?session_id=abc"), json!({})).await.no_content();
    let event = gateway.expect("MESSAGE_REACTION_ADD", near("user_id", b.id.clone())).await;
    assert!(event.get("session_id").is_none() && event.get("guild_id").is_none());
    b.delete(&base).await.err(403, "MISSING_PERMISSIONS");
    a.delete(&base).await.no_content();
}
