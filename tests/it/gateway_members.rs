//! REQUEST_GUILD_MEMBERS (`gateway.md` §13).

use tests::{Account, Gateway, Guild, Value, json, near, perms, s};

async fn ask(gateway: &mut Gateway, guild: &str, mut what: Value) {
    what["guild_id"] = json!(guild);
    gateway.send(json!({"op": 8, "d": what})).await;
}

fn users(chunk: &Value) -> Vec<String> {
    let mut all: Vec<String> =
        chunk["members"].as_array().unwrap().iter().map(|m| s(m, "/user/id")).collect();
    all.sort();
    all
}

#[tokio::test]
async fn by_id_by_prefix_and_presence() {
    let (guild, [member, other]) = Guild::with_members::<2>().await;
    let _online = other.online().await;
    let name = format!("Zed{}", tests::unique::word());
    other.patch(guild.path("/members/@me"), json!({"nick": name})).await.ok();
    let mut gateway = member.online().await;
    ask(
        &mut gateway,
        &guild.id,
        json!({"user_ids": [other.id, tests::UNKNOWN], "presences": true, "nonce": "one"}),
    )
    .await;
    let chunk = gateway.expect("GUILD_MEMBERS_CHUNK", near("nonce", "one")).await;
    assert_eq!((&chunk["guild_id"], users(&chunk)), (&json!(guild.id), vec![other.id.clone()]));
    assert_eq!((&chunk["chunk_index"], &chunk["chunk_count"]), (&json!(0), &json!(1)));
    assert_eq!(chunk["presences"][0]["user"]["id"], json!(other.id));
    assert_eq!(chunk["members"][0]["user"]["username"], json!(other.username));
    ask(&mut gateway, &guild.id, json!({"query": name.to_uppercase(), "limit": 25, "nonce": "two"})).await;
    let chunk = gateway.expect("GUILD_MEMBERS_CHUNK", near("nonce", "two")).await;
    assert_eq!(users(&chunk), [other.id.clone()]);
    assert!(chunk.get("presences").is_none());
    // the nick hides the name behind it
    ask(&mut gateway, &guild.id, json!({"query": other.username, "limit": 25, "nonce": "three"})).await;
    let chunk = gateway.expect("GUILD_MEMBERS_CHUNK", near("nonce", "three")).await;
    assert_eq!((users(&chunk).len(), &chunk["chunk_count"]), (0, &json!(1)), "an empty answer is an answer");
    ask(&mut gateway, &guild.id, json!({"query": "", "limit": 1, "nonce": "four"})).await;
    assert_eq!(users(&gateway.expect("GUILD_MEMBERS_CHUNK", near("nonce", "four")).await).len(), 1);
    ask(&mut gateway, &guild.id, json!({"query": "", "limit": 1, "nonce": "x".repeat(33)})).await;
    gateway.expect("GUILD_MEMBERS_CHUNK", |d| d.get("nonce").is_none()).await;
}

#[tokio::test]
async fn everybody_only_for_those_who_moderate() {
    let (guild, [member, moderator]) = Guild::with_members::<2>().await;
    let rank = guild.role(perms::MANAGE_ROLES | perms::KICK_MEMBERS | perms::BAN_MEMBERS).await;
    guild.give(&moderator.id, &rank).await;
    let all = json!({"query": "", "limit": 0, "nonce": "all"});
    let (mut plain, mut may) = (member.online().await, moderator.online().await);
    ask(&mut may, &guild.id, all.clone()).await;
    assert_eq!(users(&may.expect("GUILD_MEMBERS_CHUNK", tests::any).await).len(), 3);
    ask(&mut plain, &guild.id, all).await;
    let too_many: Vec<String> = (0..101).map(|n| format!("{}", 100_000_000 + n)).collect();
    ask(&mut plain, &guild.id, json!({"user_ids": too_many, "nonce": "many"})).await;
    let stranger = Guild::new(&Account::new().await).await;
    ask(&mut plain, &stranger.id, json!({"query": "", "limit": 5, "nonce": "foreign"})).await;
    ask(&mut plain, &guild.id, json!({"query": "", "limit": 1, "nonce": "fence"})).await;
    plain.expect("GUILD_MEMBERS_CHUNK", near("nonce", "fence")).await;
    plain.absent("GUILD_MEMBERS_CHUNK", tests::any);
}
