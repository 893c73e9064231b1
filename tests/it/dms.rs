//! Direct messages (`users.md` §6, `channels-and-messages.md` §3.3, §11).

use tests::guild::send;
use tests::{Account, Bot, Guild, UNKNOWN, befriend, dm, ids, json, near, s};

#[tokio::test]
async fn a_dm_opens_for_the_caller_and_for_the_other_with_the_first_message() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let (mut at, mut bt) = (a.online().await, b.online().await);
    let channel = a.post("/users/@me/channels", json!({"recipient_id": b.id})).await.ok();
    assert_eq!((&channel["type"], ids(&channel["recipients"])), (&json!(1), vec![b.id.clone()]));
    let id = s(&channel, "id");
    at.expect("CHANNEL_CREATE", near("id", id.clone())).await;
    assert!(!ids(&b.get("/users/@me/channels").await.ok()).contains(&id));
    send(&a, &id, "hello").await;
    let opened = bt.expect_event("CHANNEL_CREATE", near("id", id.clone())).await;
    assert_eq!(ids(&opened.d["recipients"]), [a.id.clone()], "from the receiver's point of view");
    let message = bt.expect_event("MESSAGE_CREATE", near("content", "hello")).await;
    assert!(opened.s < message.s, "the channel comes before its message");
    assert_eq!((&message.d["channel_type"], &message.d["author"]["id"]), (&json!(1), &json!(a.id)));
    assert!(message.d.get("guild_id").is_none());
    at.expect("MESSAGE_CREATE", near("content", "hello")).await;
    assert!(ids(&b.get("/users/@me/channels").await.ok()).contains(&id));
    // the same channel from either side
    assert_eq!((dm(&a, &b.id).await, dm(&b, &a.id).await), (id.clone(), id));
}

#[tokio::test]
async fn closing_keeps_history_and_a_message_reopens() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let id = dm(&a, &b.id).await;
    send(&b, &id, "one").await;
    let (mut at, mut bt) = (a.online().await, b.online().await);
    a.delete(format!("/channels/{id}")).await.no_content();
    at.expect("CHANNEL_DELETE", near("id", id.clone())).await;
    assert!(!ids(&a.get("/users/@me/channels").await.ok()).contains(&id));
    assert!(ids(&b.get("/users/@me/channels").await.ok()).contains(&id));
    send(&b, &id, "two").await;
    let opened = at.expect_event("CHANNEL_CREATE", near("id", id.clone())).await;
    let message = at.expect_event("MESSAGE_CREATE", near("content", "two")).await;
    assert!(opened.s < message.s);
    bt.expect("MESSAGE_CREATE", near("content", "two")).await;
    bt.absent("CHANNEL_DELETE", tests::any);
    let texts = a.get(format!("/channels/{id}/messages")).await.ok();
    assert_eq!(texts.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn who_may_open_a_dm() {
    let [a, b] = Account::several::<2>().await;
    let open = |who: &Account, id: &str| who.post("/users/@me/channels", json!({"recipient_id": id}));
    open(&a, &b.id).await.err(400, "CANNOT_SEND_MESSAGES_TO_USER");
    open(&a, &a.id).await.field("recipient_id", "CANNOT_DM_YOURSELF");
    open(&a, UNKNOWN).await.err(404, "UNKNOWN_USER");
    a.post("/users/@me/channels", json!({})).await.err(400, "INVALID_FORM_BODY");
    a.post("/users/@me/channels", json!({"recipient_id": b.id, "recipients": [b.id]}))
        .await
        .err(400, "INVALID_FORM_BODY");
    let unclaimed = Account::unclaimed().await;
    let guild = Guild::new(&a).await;
    guild.join(&unclaimed).await;
    open(&unclaimed, &a.id).await.err(400, "UNCLAIMED_ACCOUNT_CANNOT_SEND_DIRECT_MESSAGES");
    open(&a, &unclaimed.id).await.ok();
    guild.join(&b).await;
    open(&a, &b.id).await.ok();
    let c = Account::new().await;
    befriend(&a, &c).await;
    c.put(format!("/users/@me/relationships/{}", a.id), json!({"type": 2})).await.ok();
    open(&a, &c.id).await.err(400, "CANNOT_SEND_MESSAGES_TO_USER");
    open(&c, &a.id).await.err(400, "CANNOT_SEND_MESSAGES_TO_USER");
}

#[tokio::test]
async fn blocks_stop_messages_both_ways_in_an_existing_dm() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let id = dm(&a, &b.id).await;
    send(&a, &id, "before").await;
    b.put(format!("/users/@me/relationships/{}", a.id), json!({"type": 2})).await.ok();
    let post = format!("/channels/{id}/messages");
    a.post(&post, json!({"content": "x"})).await.err(400, "CANNOT_SEND_MESSAGES_TO_USER");
    b.post(&post, json!({"content": "x"})).await.err(400, "CANNOT_SEND_MESSAGES_TO_USER");
    // opening an existing one is not a question of permission
    assert_eq!(dm(&a, &b.id).await, id);
    a.get(post).await.ok();
}

#[tokio::test]
async fn a_guild_may_be_excluded_from_dms() {
    let (guild, [a, b]) = Guild::with_members::<2>().await;
    let id = dm(&a, &b.id).await;
    send(&a, &id, "allowed").await;
    b.patch("/users/@me/settings", json!({"restricted_guilds": [guild.id]})).await.ok();
    let post = format!("/channels/{id}/messages");
    a.post(&post, json!({"content": "x"})).await.err(400, "CANNOT_SEND_MESSAGES_TO_USER");
    befriend(&a, &b).await;
    a.post(&post, json!({"content": "x"})).await.ok();
}

#[tokio::test]
async fn outsiders_do_not_know_the_channel() {
    let [a, b, stranger] = Account::several::<3>().await;
    befriend(&a, &b).await;
    let id = dm(&a, &b.id).await;
    let message = s(&send(&a, &id, "private").await, "id");
    let c = format!("/channels/{id}");
    let m = format!("{c}/messages/{message}");
    for (method, path) in [
        ("GET", c.clone()),
        ("PATCH", c.clone()),
        ("DELETE", c.clone()),
        ("GET", format!("{c}/messages")),
        ("POST", format!("{c}/messages")),
        ("GET", m.clone()),
        ("PATCH", m.clone()),
        ("DELETE", m.clone()),
        ("POST", format!("{c}/typing")),
        ("GET", format!("{c}/messages/pins")),
        ("PUT", format!("{c}/pins/{message}")),
        ("PUT", format!("{m}/reactions/%F0%9F%A6%8A/@me")),
        ("GET", format!("{m}/reactions/%F0%9F%A6%8A")),
        ("POST", format!("{m}/ack")),
    ] {
        let body = json!({"content": "x", "name": "x"});
        stranger.call(method, &path).json(&body).await.err(404, "UNKNOWN_CHANNEL");
    }
}

#[tokio::test]
async fn bots_and_people() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let bot = guild.bot(0).await;
    let mut gateway = bot.online().await;
    let mut mine = member.online().await;
    let id = dm(&member, &bot.id).await;
    send(&member, &id, "hello bot").await;
    gateway.expect("CHANNEL_CREATE", near("id", id.clone())).await;
    gateway.expect("MESSAGE_CREATE", near("content", "hello bot")).await;
    send(&bot, &id, "hello human").await;
    let heard = mine.expect("MESSAGE_CREATE", near("content", "hello human")).await;
    assert_eq!(heard["author"]["bot"], true);
    let other = Account::new().await;
    bot.post("/users/@me/channels", json!({"recipient_id": other.id}))
        .await
        .err(400, "CANNOT_SEND_MESSAGES_TO_USER");
    Bot::new(&member).await.get("/users/@me/relationships").await.err(403, "ACCESS_DENIED");
}

#[tokio::test]
async fn personal_notes_are_ones_own() {
    let [a, b] = Account::several::<2>().await;
    let mut at = a.online().await;
    let notes = at.ready["private_channels"].as_array().unwrap().iter().find(|c| c["type"] == 999).cloned();
    assert_eq!(s(&notes.expect("a notes channel"), "id"), a.id);
    send(&a, &a.id, "to self").await;
    at.expect("MESSAGE_CREATE", |d| d["content"] == "to self" && d["channel_type"] == 999).await;
    a.delete(format!("/channels/{}", a.id)).await.err(400, "CANNOT_EXECUTE_ON_DM");
    a.patch(format!("/channels/{}", a.id), json!({"name": "x"})).await.err(400, "INVALID_FORM_BODY");
    b.get(format!("/channels/{}/messages", a.id)).await.err(404, "UNKNOWN_CHANNEL");
    // an unclaimed account may write to itself
    let unclaimed = Account::unclaimed().await;
    let _session = unclaimed.online().await;
    send(&unclaimed, &unclaimed.id, "mine").await;
}

#[tokio::test]
async fn pinned_conversations() {
    let [a, b, c] = Account::several::<3>().await;
    befriend(&a, &b).await;
    befriend(&a, &c).await;
    let (one, two) = (dm(&a, &b.id).await, dm(&a, &c.id).await);
    let mut at = a.online().await;
    let pin = |id: &str| format!("/users/@me/channels/{id}/pin");
    a.put(pin(&one), json!({})).await.no_content();
    let list = at.expect("USER_PINNED_DMS_UPDATE", tests::any).await;
    assert_eq!(list, json!([one]));
    a.put(pin(&two), json!({})).await.no_content();
    at.expect("USER_PINNED_DMS_UPDATE", |d| d.as_array().is_some_and(|l| l.len() == 2)).await;
    a.delete(pin(&one)).await.no_content();
    assert_eq!(at.expect("USER_PINNED_DMS_UPDATE", tests::any).await, json!([two]));
    let guild = Guild::new(&a).await;
    a.put(pin(&guild.general), json!({})).await.field("channel_id", "CHANNEL_MUST_BE_DM_OR_GROUP_DM");
    at.close().await;
    assert_eq!(a.online().await.ready["pinned_dms"], json!([two]));
}

#[tokio::test]
async fn preloading_the_newest_messages() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let id = dm(&a, &b.id).await;
    send(&a, &id, "old").await;
    send(&a, &id, "new").await;
    for path in ["/users/@me/preload-messages", "/users/@me/channels/messages/preload"] {
        let map = a.post(path, json!({"channels": [id, UNKNOWN]})).await.ok();
        assert_eq!(map[&id]["content"], "new");
        assert!(map.get(UNKNOWN).is_none_or(tests::Value::is_null));
    }
    let many: Vec<String> = (0..101).map(|n| format!("{}", 100_000_000_000_u64 + n)).collect();
    a.post("/users/@me/preload-messages", json!({"channels": many})).await.plain("channels");
}
