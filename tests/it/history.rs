//! Reading messages: pages, and who may read them (`channels-and-messages.md` §4, `permissions.md` §5).

use tests::guild::send;
use tests::{Account, Gateway, Guild, UNKNOWN, ids, json, near, perms, s};

/// A channel with ten messages, oldest first.
async fn ten(guild: &Guild) -> (String, Vec<String>) {
    let channel = guild.text().await;
    let mut all = Vec::new();
    for n in 0..10 {
        all.push(s(&send(&guild.owner, &channel, &format!("m{n}")).await, "id"));
    }
    (channel, all)
}

#[tokio::test]
async fn pages() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let (channel, all) = ten(&guild).await;
    let page = |query: String| owner.get(format!("/channels/{channel}/messages{query}"));
    let newest = |from: usize, to: usize| -> Vec<String> { all[from..to].iter().rev().cloned().collect() };
    for (query, from, to) in [
        (String::new(), 0, 10),
        ("?limit=3".into(), 7, 10),
        (format!("?before={}&limit=3", all[5]), 2, 5),
        // the newest after the mark, not the next ones
        (format!("?after={}&limit=3", all[2]), 7, 10),
        (format!("?after={}&before={}", all[2], all[6]), 3, 6),
        (format!("?around={}&limit=5", all[5]), 3, 8),
        (format!("?around={}&limit=4", all[5]), 3, 7),
        // a shortage on one side is filled from the other
        (format!("?around={}&limit=5", all[0]), 0, 5),
        (format!("?around={}&limit=5", all[9]), 5, 10),
        (format!("?before={}", all[0]), 0, 0),
    ] {
        assert_eq!(ids(&page(query.clone()).await.ok()), newest(from, to), "{query}");
    }
    for bad in ["?limit=0", "?limit=101", "?limit=x"] {
        page(bad.into()).await.plain("limit");
    }
    for bad in ["?before=", "?before=x", "?before=-1"] {
        page(bad.into()).await.plain("before");
    }
    let one = owner.get(format!("/channels/{channel}/messages/{}", all[4])).await.ok();
    assert_eq!(one["content"], "m4");
    owner.get(format!("/channels/{channel}/messages/{UNKNOWN}")).await.err(404, "UNKNOWN_MESSAGE");
    owner.get(format!("/channels/{}/messages/{}", guild.general, all[4])).await.err(404, "UNKNOWN_MESSAGE");
}

#[tokio::test]
async fn pages_reach_over_years() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let channel = guild.text().await;
    let body = json!({"channel_id": channel, "author_id": owner.id, "messages": [
        {"timestamp": "2016-05-01T00:00:00.000Z", "content": "ancient"},
        {"timestamp": "2020-02-02T00:00:00.000Z", "content": "old"},
        {"timestamp": "2024-07-01T00:00:00.000Z", "content": "recent"},
    ]});
    owner.post("/test/messages/seed", body).await.ok();
    send(&owner, &channel, "now").await;
    let texts =
        |v: tests::Value| -> Vec<String> { v.as_array().unwrap().iter().map(|m| s(m, "content")).collect() };
    let first = owner.get(format!("/channels/{channel}/messages?limit=2")).await.ok();
    let mark = s(&first[1], "id");
    assert_eq!(texts(first), ["now", "recent"]);
    let second = owner.get(format!("/channels/{channel}/messages?limit=2&before={mark}")).await.ok();
    assert_eq!(texts(second), ["old", "ancient"]);
}

#[tokio::test]
async fn without_history_nothing_stored_is_seen_but_new_words_are_heard() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let (channel, all) = ten(&guild).await;
    guild.everyone(perms::DEFAULT & !perms::READ_MESSAGE_HISTORY).await;
    let c = format!("/channels/{channel}");
    assert_eq!(member.get(format!("{c}/messages")).await.ok(), json!([]));
    assert_eq!(member.get(format!("{c}/messages/pins")).await.ok()["items"], json!([]));
    let m = format!("{c}/messages/{}", all[0]);
    let reply = json!({"content": "x", "message_reference": {"message_id": all[0]}});
    for call in [
        member.get(&m),
        member.put(format!("{m}/reactions/%F0%9F%A6%8A/@me"), json!({})),
        member.get(format!("{m}/reactions/%F0%9F%A6%8A")),
        member.post(format!("{c}/messages"), reply),
    ] {
        call.await.err(404, "UNKNOWN_MESSAGE");
    }
    let mut gateway: Gateway = member.online().await;
    let fresh = s(&send(&guild.owner, &channel, "fresh").await, "id");
    gateway.expect("MESSAGE_CREATE", near("id", fresh.clone())).await;
    guild.owner.patch(format!("{c}/messages/{fresh}"), json!({"content": "edited"})).await.ok();
    guild.owner.put(format!("{c}/messages/{fresh}/reactions/%F0%9F%A6%8A/@me"), json!({})).await.no_content();
    guild.owner.delete(format!("{c}/messages/{fresh}")).await.no_content();
    guild
        .owner
        .post(format!("{c}/messages/bulk-delete"), json!({"message_ids": [all[0], all[1]]}))
        .await
        .no_content();
    gateway.expect("MESSAGE_DELETE_BULK", tests::any).await;
    for event in ["MESSAGE_UPDATE", "MESSAGE_REACTION_ADD", "MESSAGE_DELETE"] {
        gateway.absent(event, tests::any);
    }
}

#[tokio::test]
async fn a_cutoff_opens_the_recent_past() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let channel = guild.text().await;
    guild.everyone(perms::DEFAULT & !perms::READ_MESSAGE_HISTORY).await;
    // one message certainly older than the cutoff, which may not precede the guild itself
    let body = json!({"channel_id": channel, "author_id": guild.owner.id, "messages": [
        {"timestamp": "2020-02-02T00:00:00.000Z", "content": "old"}]});
    let old = s(&guild.owner.post("/test/messages/seed", body).await.ok(), "/messages/0/message_id");
    let mark = send(&guild.owner, &channel, "mark").await;
    guild.owner.patch(guild.path(""), json!({"message_history_cutoff": mark["timestamp"]})).await.ok();
    assert_eq!(ids(&member.get(format!("/channels/{channel}/messages")).await.ok()), [s(&mark, "id")]);
    member.get(format!("/channels/{channel}/messages/{}", s(&mark, "id"))).await.ok();
    member.get(format!("/channels/{channel}/messages/{old}")).await.err(404, "UNKNOWN_MESSAGE");
    let mut gateway = member.online().await;
    for id in [&old, &s(&mark, "id")] {
        let path = format!("/channels/{channel}/messages/{id}/reactions/%F0%9F%A6%8A/@me");
        guild.owner.put(path, json!({})).await.no_content();
    }
    gateway.expect("MESSAGE_REACTION_ADD", near("message_id", mark["id"].clone())).await;
    gateway.absent("MESSAGE_REACTION_ADD", tests::any);
}
