use std::collections::BTreeMap;

use fluxer_domain::EventName;
use fluxer_wire::Permissions;
use serde_json::{Value, json};

use crate::world::{World, any, role};

/// The rows a client has after applying an update, as `group id` or `user id`.
fn apply(rows: &mut BTreeMap<u64, String>, update: &Value) {
    let name = |item: &Value| match item.get("group") {
        Some(group) => format!("{} {}", group["id"].as_str().unwrap(), group["count"]),
        None => item["member"]["user"]["username"].as_str().unwrap().to_owned(),
    };
    let shift = |rows: &mut BTreeMap<u64, String>, from: u64, by: i64| {
        let moved = rows.split_off(&from);
        rows.extend(moved.into_iter().map(|(index, row)| (index.saturating_add_signed(by), row)));
    };
    for op in update["ops"].as_array().unwrap() {
        let index = op["index"].as_u64();
        match op["op"].as_str().unwrap() {
            "SYNC" => {
                let (start, end) = (op["range"][0].as_u64().unwrap(), op["range"][1].as_u64().unwrap());
                rows.retain(|index, _| *index < start || *index > end);
                rows.extend(
                    op["items"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(name)
                        .enumerate()
                        .map(|(i, row)| (start + i as u64, row)),
                );
            }
            "INSERT" => {
                shift(rows, index.unwrap(), 1);
                rows.insert(index.unwrap(), name(&op["item"]));
            }
            "DELETE" => {
                rows.remove(&index.unwrap());
                shift(rows, index.unwrap(), -1);
            }
            "UPDATE" => {
                rows.insert(index.unwrap(), name(&op["item"]));
            }
            other => panic!("unknown operation {other}"),
        }
    }
}

#[tokio::test]
async fn the_sidebar_follows_presence_roles_and_names() {
    let world = World::new().await;
    let (owner, owner_token) = world.user("ann").await;
    let (other, token) = world.user("ben").await;
    let (third, _) = world.user("cid").await;
    let (guild, channel) = world.guild(owner, &[owner, other, third]).await;
    let (mut ann, _) = world.connect(&owner_token).await;
    let lists = |ranges: Value| json!({"op": 14, "d": {"subscriptions": {guild.to_string(): {"member_list_channels": {channel.to_string(): ranges}}}}});
    ann.send(lists(json!([[0, 99]]))).await;
    let mut rows = BTreeMap::new();
    let update = ann.expect("GUILD_MEMBER_LIST_UPDATE", any).await;
    assert_eq!(
        (&update["id"], &update["member_count"], &update["online_count"]),
        (&json!(channel), &json!(3), &json!(1))
    );
    apply(&mut rows, &update);
    let shown = |rows: &BTreeMap<u64, String>| rows.values().cloned().collect::<Vec<_>>();
    assert_eq!(shown(&rows), ["online 1", "ann", "offline 2", "ben", "cid"]);
    ann.send(lists(json!([[0, 99]]))).await;

    let (ben, _) = world.connect(&token).await;
    while shown(&rows) != ["online 2", "ann", "ben", "offline 1", "cid"] {
        apply(&mut rows, &ann.expect("GUILD_MEMBER_LIST_UPDATE", any).await);
    }
    let mut mods = role(guild, world.app.next_id(), Permissions::DEFAULT);
    (mods.hoist, mods.position) = (true, 1);
    let id = mods.role_id;
    world.set_role(guild, mods, EventName::GuildRoleCreate).await;
    world
        .set_member(guild, other, |row| {
            row.role_ids.insert(id);
            row.nick = Some("Zoe".into());
        })
        .await;
    let head = format!("{id} 1");
    while shown(&rows) != [head.as_str(), "ben", "online 1", "ann", "offline 1", "cid"] {
        apply(&mut rows, &ann.expect("GUILD_MEMBER_LIST_UPDATE", any).await);
    }
    drop(ben);
    ann.send(lists(json!([]))).await;
    ann.send(lists(json!([[2, 3]]))).await;
    let update = ann.expect("GUILD_MEMBER_LIST_UPDATE", |d| d["ops"][0]["range"] == json!([2, 3])).await;
    let mut rows = BTreeMap::new();
    apply(&mut rows, &update);
    assert_eq!(shown(&rows), ["online 1", "ann"]);
}

#[tokio::test]
async fn watched_members_presences_arrive_with_the_guild() {
    let world = World::new().await;
    let (owner, owner_token) = world.user("ann").await;
    let (other, token) = world.user("ben").await;
    let (guild, _) = world.guild(owner, &[owner, other]).await;
    let (mut ann, _) = world.connect(&owner_token).await;
    let watch =
        |users: Value| json!({"op": 14, "d": {"subscriptions": {guild.to_string(): {"members": users}}}});
    ann.send(watch(json!([other, owner]))).await;
    ann.beat().await;
    let (mut ben, _) = world.connect(&token).await;
    let seen = ann.expect("PRESENCE_UPDATE", any).await;
    assert_eq!((&seen["user"]["id"], &seen["guild_id"]), (&json!(other), &json!(guild)));
    ann.send(watch(json!([]))).await;
    ann.beat().await;
    ben.send(json!({"op": 3, "d": {"status": "idle"}})).await;
    ben.expect("SESSIONS_REPLACE", any).await;
    ann.beat().await;
    assert!(ann.names().iter().all(|name| name != "PRESENCE_UPDATE"));
}
