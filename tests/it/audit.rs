//! The audit log: what is written by whom, and who may read it (`guilds.md` §9).

use tests::guild::send;
use tests::{Account, Guild, UNKNOWN, Value, json, perms, s};

async fn entries(guild: &Guild, query: &str) -> Vec<Value> {
    let log = guild.owner.get(guild.path(&format!("/audit-logs{query}"))).await.ok();
    log["audit_log_entries"].as_array().expect("entries").clone()
}

/// The newest entry of an action.
async fn last(guild: &Guild, action: u64) -> Value {
    entries(guild, &format!("?action_type={action}&limit=1"))
        .await
        .pop()
        .unwrap_or_else(|| panic!("no entry {action}"))
}

fn change<'a>(entry: &'a Value, key: &str) -> &'a Value {
    let all = entry["changes"].as_array().unwrap_or_else(|| panic!("no changes in {entry}"));
    all.iter().find(|c| c["key"] == key).unwrap_or_else(|| panic!("no change of {key} in {entry}"))
}

#[tokio::test]
async fn operations_leave_their_entries() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let (owner, reason) = (&guild.owner, "because");
    let why = |call: tests::Call| call.header("X-Audit-Log-Reason", reason);

    why(owner.patch(guild.path(""), json!({"name": "audited"}))).await.ok();
    let entry = last(&guild, 1).await;
    assert_eq!(
        (&entry["user_id"], &entry["target_id"], &entry["reason"]),
        (&json!(owner.id), &json!(guild.id), &json!(reason))
    );
    assert_eq!(change(&entry, "name")["new_value"], "audited");

    let channel =
        s(&owner.post(guild.path("/channels"), json!({"type": 0, "name": "made"})).await.ok(), "id");
    let entry = last(&guild, 10).await;
    assert_eq!((&entry["target_id"], &entry["options"]["type"]), (&json!(channel), &json!(0)));
    assert_eq!(change(&entry, "name")["new_value"], "made");
    owner.patch(format!("/channels/{channel}"), json!({"topic": "t"})).await.ok();
    assert_eq!(change(&last(&guild, 11).await, "topic")["new_value"], "t");

    let role = guild.role(0).await;
    assert_eq!(last(&guild, 30).await["target_id"], json!(role));
    let body = json!({"permissions": perms::KICK_MEMBERS.to_string()});
    owner.patch(guild.path(&format!("/roles/{role}")), body).await.ok();
    let entry = last(&guild, 31).await;
    assert_eq!(change(&entry, "permissions_diff")["new_value"]["added"], json!(["KICK_MEMBERS"]));
    guild.give(&member.id, &role).await;
    assert_eq!(last(&guild, 25).await["target_id"], json!(member.id));
    owner.patch(guild.path(&format!("/members/{}", member.id)), json!({"nick": "n"})).await.ok();
    assert_eq!(change(&last(&guild, 24).await, "nick")["new_value"], "n");
    owner.delete(guild.path(&format!("/roles/{role}"))).await.no_content();
    assert_eq!(change(&last(&guild, 32).await, "name").get("new_value"), None);

    let code =
        s(&owner.post(format!("/channels/{channel}/invites"), json!({"max_uses": 3})).await.ok(), "code");
    let entry = last(&guild, 40).await;
    assert_eq!((&entry["target_id"], &entry["options"]["max_uses"]), (&json!(code), &json!(3)));
    owner.delete(format!("/invites/{code}")).await.no_content();
    assert_eq!(last(&guild, 42).await["target_id"], json!(code));

    let message = s(&send(&member, &channel, "x").await, "id");
    owner.put(format!("/channels/{channel}/pins/{message}"), json!({})).await.no_content();
    let entry = last(&guild, 74).await;
    assert_eq!((&entry["target_id"], &entry["options"]["channel_id"]), (&json!(message), &json!(channel)));
    owner.delete(format!("/channels/{channel}/pins/{message}")).await.no_content();
    assert_eq!(last(&guild, 75).await["options"]["message_id"], json!(message));
    owner.delete(format!("/channels/{channel}/messages/{message}")).await.no_content();
    assert_eq!(last(&guild, 72).await["target_id"], json!(message));
    let other = s(&send(&member, &channel, "y").await, "id");
    owner
        .post(format!("/channels/{channel}/messages/bulk-delete"), json!({"message_ids": [other, UNKNOWN]}))
        .await
        .no_content();
    let entry = last(&guild, 73).await;
    assert_eq!((&entry["options"]["count"], &entry["target_id"]), (&json!(1), &json!(null)));

    why(owner.delete(format!("/channels/{channel}"))).await.no_content();
    let entry = last(&guild, 12).await;
    assert!(entry["reason"].is_null(), "not kept for channels: {entry}");

    let bot = guild.bot(0).await;
    assert_eq!(last(&guild, 28).await["target_id"], json!(bot.id));
    why(owner.delete(guild.path(&format!("/members/{}", bot.id)))).await.no_content();
    assert_eq!(last(&guild, 20).await["reason"], reason);
    owner
        .put(guild.path(&format!("/bans/{}", member.id)), json!({"reason": "in the body"}))
        .await
        .no_content();
    let entry = last(&guild, 22).await;
    assert_eq!((&entry["options"]["delete_member_days"], &entry["reason"]), (&json!("0"), &json!(null)));
    owner.delete(guild.path(&format!("/bans/{}", member.id))).await.no_content();
    assert_eq!(last(&guild, 23).await["target_id"], json!(member.id));
}

#[tokio::test]
async fn reading() {
    let (guild, [member, auditor]) = Guild::with_members::<2>().await;
    let path = guild.path("/audit-logs");
    member.get(&path).await.err(403, "MISSING_PERMISSIONS");
    Account::new().await.get(&path).await.refused(403);
    member.get(format!("/guilds/{UNKNOWN}/audit-logs")).await.refused(404);
    let role = guild.role(perms::VIEW_AUDIT_LOG).await;
    guild.give(&auditor.id, &role).await;
    let log = auditor.get(&path).await.ok();
    assert!(log["users"].is_array() && log["webhooks"].is_array());
    let all = entries(&guild, "").await;
    let mut ids = tests::ids(&json!(all));
    let newest_first = ids.clone();
    ids.sort_by_key(|id| std::cmp::Reverse(id.parse::<u64>().unwrap()));
    assert_eq!(ids, newest_first);
    assert_eq!(entries(&guild, "?limit=1").await.len(), 1);
    let older = entries(&guild, &format!("?before={}", ids[0])).await;
    assert_eq!(tests::ids(&json!(older)), ids[1..]);
    for (query, at) in [("?limit=0", "limit"), ("?limit=101", "limit"), ("?before=x", "before")] {
        auditor.get(format!("{path}{query}")).await.plain(at);
    }
    auditor
        .get(format!("{path}?before={UNKNOWN}&after={UNKNOWN}"))
        .await
        .field("before", "CANNOT_SPECIFY_BOTH_BEFORE_AND_AFTER");
    guild.bot(perms::ADMINISTRATOR).await.get(&path).await.err(403, "ACCESS_DENIED");
}

#[tokio::test]
async fn a_run_of_deletions_becomes_one() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    for n in 0..3 {
        let id = s(&send(&owner, &guild.general, &format!("{n}")).await, "id");
        owner.delete(format!("/channels/{}/messages/{id}", guild.general)).await.no_content();
    }
    let all = entries(&guild, "").await;
    let merged: Vec<_> = all.iter().filter(|e| e["action_type"] == 73).collect();
    assert_eq!((merged.len(), &merged[0]["options"]["count"]), (1, &json!(3)));
    assert!(!all.iter().any(|e| e["action_type"] == 72));
}

#[tokio::test]
async fn overwrites_and_order_leave_none() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let (a, b) = (guild.role(0).await, guild.role(0).await);
    let before = entries(&guild, "").await.len();
    guild.overwrite(&guild.general, &a, 0, 0, 0).await;
    guild.order(&[&b, &a]).await;
    owner
        .patch(guild.path("/channels"), json!([{"id": guild.general, "parent_id": null}]))
        .await
        .no_content();
    owner.patch(format!("/channels/{}", guild.general), json!({"name": "general"})).await.ok();
    assert_eq!(entries(&guild, "").await.len(), before);
}
