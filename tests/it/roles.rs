//! Roles: creation, editing, hierarchy, order (`guilds.md` §5, `permissions.md` §3).

use tests::{Account, Guild, UNKNOWN, Value, ids, json, near, perms, s};

#[tokio::test]
async fn creating() {
    let (guild, [manager, member]) = Guild::with_members::<2>().await;
    let rank = guild.role(perms::MANAGE_ROLES | perms::KICK_MEMBERS).await;
    guild.give(&manager.id, &rank).await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let roles = guild.path("/roles");
    let role =
        guild.owner.post(&roles, json!({"name": "Plain", "hoist": true, "mentionable": true})).await.ok();
    assert_eq!(role["permissions"], perms::DEFAULT.to_string());
    assert_eq!(
        (&role["position"], &role["hoist"], &role["mentionable"]),
        (&json!(1), &json!(false), &json!(false))
    );
    assert_eq!((&role["color"], &role["hoist_position"]), (&json!(0), &json!(null)));
    let event = gateway.expect("GUILD_ROLE_CREATE", |d| d["role"]["id"] == role["id"]).await;
    assert_eq!(event["guild_id"], json!(guild.id));
    // unknown bits are dropped, own bits may be granted, others not
    let all = i64::MAX.to_string();
    let mask: u64 = perms::NAMED.iter().map(|(_, bit)| bit).sum();
    let role = guild.owner.post(&roles, json!({"name": "all", "permissions": all})).await.ok();
    assert_eq!(role["permissions"], mask.to_string());
    let body = |p: u64| json!({"name": "r", "permissions": p.to_string()});
    manager.post(&roles, body(perms::KICK_MEMBERS)).await.ok();
    manager.post(&roles, body(perms::BAN_MEMBERS)).await.err(403, "MISSING_PERMISSIONS");
    member.post(&roles, body(0)).await.err(403, "MISSING_PERMISSIONS");
    Account::new().await.post(&roles, body(0)).await.err(404, "UNKNOWN_GUILD");
    guild.owner.post(format!("/guilds/{UNKNOWN}/roles"), body(0)).await.err(404, "UNKNOWN_GUILD");
    for (bad, path) in [
        (json!({}), "name"),
        (json!({"name": "x".repeat(101)}), "name"),
        (json!({"name": "x", "color": -1}), "color"),
        (json!({"name": "x", "color": 0x1_000_000}), "color"),
        (json!({"name": "x", "permissions": "many"}), "permissions"),
        (json!({"name": "x", "permissions": -4}), "permissions"),
    ] {
        guild.owner.post(&roles, bad).await.plain(path);
    }
}

#[tokio::test]
async fn listing_needs_manage_roles() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    member.get(guild.path("/roles")).await.err(403, "MISSING_PERMISSIONS");
    Account::new().await.get(guild.path("/roles")).await.err(404, "UNKNOWN_GUILD");
    let (a, b) = (guild.role(0).await, guild.role(0).await);
    guild.order(&[&b, &a]).await;
    assert_eq!(ids(&guild.owner.get(guild.path("/roles")).await.ok()), [b, a, guild.id.clone()]);
}

#[tokio::test]
async fn editing() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let id = guild.role(perms::DEFAULT).await;
    let path = guild.path(&format!("/roles/{id}"));
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let body = json!({"name": "Renamed", "color": 0x12_3456, "hoist": true, "hoist_position": 4, "mentionable": true, "position": 9});
    let role = guild.owner.patch(&path, body).await.ok();
    assert_eq!(
        (&role["name"], &role["color"], &role["position"]),
        (&json!("Renamed"), &json!(0x12_3456), &json!(1))
    );
    assert_eq!(
        (&role["hoist"], &role["hoist_position"], &role["mentionable"]),
        (&json!(true), &json!(4), &json!(true))
    );
    assert_eq!(role["permissions"], perms::DEFAULT.to_string());
    gateway.expect("GUILD_ROLE_UPDATE", |d| d["role"]["name"] == "Renamed").await;
    let role = guild.owner.patch(&path, json!({"hoist_position": null, "permissions": "0"})).await.ok();
    assert_eq!((&role["hoist_position"], &role["permissions"]), (&json!(null), &json!("0")));
    guild
        .owner
        .patch(guild.path(&format!("/roles/{UNKNOWN}")), json!({"name": "x"}))
        .await
        .err(404, "UNKNOWN_ROLE");
    member.patch(&path, json!({"name": "x"})).await.err(403, "MISSING_PERMISSIONS");
    // of @everyone only permissions and colour
    let body = json!({"name": "nobody", "color": 5, "hoist": true});
    let everyone = guild.owner.patch(guild.path(&format!("/roles/{}", guild.id)), body).await.ok();
    assert_eq!(
        (&everyone["name"], &everyone["color"], &everyone["hoist"]),
        (&json!("@everyone"), &json!(5), &json!(false))
    );
    let elsewhere = Guild::new(&guild.owner).await.role(0).await;
    guild
        .owner
        .patch(guild.path(&format!("/roles/{elsewhere}")), json!({"name": "x"}))
        .await
        .err(404, "UNKNOWN_ROLE");
}

#[tokio::test]
async fn the_hierarchy_limits_managers() {
    let (guild, [manager, member]) = Guild::with_members::<2>().await;
    let (high, rank, low) = (
        guild.role(0).await,
        guild.role(perms::MANAGE_ROLES | perms::KICK_MEMBERS).await,
        guild.role(0).await,
    );
    guild.order(&[&high, &rank, &low]).await;
    guild.give(&manager.id, &rank).await;
    let role = |id: &str| guild.path(&format!("/roles/{id}"));
    manager.patch(role(&low), json!({"name": "low"})).await.ok();
    for id in [&high, &rank] {
        manager.patch(role(id), json!({"name": "x"})).await.err(403, "MISSING_PERMISSIONS");
        manager.delete(role(id)).await.err(403, "MISSING_PERMISSIONS");
    }
    let bits = |p: u64| json!({"permissions": p.to_string()});
    manager.patch(role(&low), bits(perms::KICK_MEMBERS)).await.ok();
    manager.patch(role(&low), bits(perms::ADMINISTRATOR)).await.err(403, "MISSING_PERMISSIONS");
    manager.patch(role(&guild.id), bits(perms::DEFAULT | perms::KICK_MEMBERS)).await.ok();
    let give = |user: &str, id: &str| guild.path(&format!("/members/{user}/roles/{id}"));
    manager.put(give(&member.id, &low), json!({})).await.no_content();
    for id in [&high, &rank] {
        manager.put(give(&member.id, id), json!({})).await.err(403, "MISSING_PERMISSIONS");
    }
    manager.delete(give(&manager.id, &rank)).await.err(403, "MISSING_PERMISSIONS");
    manager.delete(role(&low)).await.no_content();
}

#[tokio::test]
async fn among_equals_the_older_role_is_higher() {
    let (guild, [manager]) = Guild::with_members::<1>().await;
    let older = guild.role(0).await;
    let rank = guild.role(perms::MANAGE_ROLES).await;
    let newer = guild.role(0).await;
    guild.give(&manager.id, &rank).await;
    manager.patch(guild.path(&format!("/roles/{newer}")), json!({"name": "n"})).await.ok();
    manager
        .patch(guild.path(&format!("/roles/{older}")), json!({"name": "o"}))
        .await
        .err(403, "MISSING_PERMISSIONS");
}

#[tokio::test]
async fn giving_and_taking() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let role = guild.role(0).await;
    let path = |user: &str, role: &str| guild.path(&format!("/members/{user}/roles/{role}"));
    let mut gateway = guild.owner.online().await;
    gateway.activate(&guild.id).await;
    guild.give(&member.id, &role).await;
    gateway.expect("GUILD_MEMBER_UPDATE", near("roles", json!([role]))).await;
    guild.give(&member.id, &role).await;
    gateway.expect("GUILD_MEMBER_UPDATE", near("roles", json!([role]))).await;
    assert_eq!(member.get(guild.path("/members/@me")).await.ok()["roles"], json!([role]));
    guild.take(&member.id, &role).await;
    guild.take(&member.id, &role).await;
    let owner = &guild.owner;
    owner.put(path(UNKNOWN, &role), json!({})).await.err(404, "UNKNOWN_MEMBER");
    owner.put(path(&member.id, UNKNOWN), json!({})).await.err(404, "UNKNOWN_ROLE");
    owner.put(path(&member.id, &guild.id), json!({})).await.field("role_id", "INVALID_ROLE_ID");
    member.put(path(&owner.id, &role), json!({})).await.err(403, "MISSING_PERMISSIONS");
    member.delete(path(UNKNOWN, &role)).await.err(404, "UNKNOWN_MEMBER");
}

#[tokio::test]
async fn deleting() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let role = guild.role(0).await;
    guild.give(&member.id, &role).await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let path = |id: &str| guild.path(&format!("/roles/{id}"));
    member.delete(path(&role)).await.err(403, "MISSING_PERMISSIONS");
    guild.owner.delete(path(&guild.id)).await.err(404, "UNKNOWN_ROLE");
    guild.owner.delete(path(&role)).await.no_content();
    gateway.expect("GUILD_ROLE_DELETE", near("role_id", role.clone())).await;
    guild.owner.delete(path(&role)).await.err(404, "UNKNOWN_ROLE");
    assert_eq!(member.get(guild.path("/members/@me")).await.ok()["roles"], json!([]));
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("GUILD_MEMBER_UPDATE", tests::any);
}

#[tokio::test]
async fn reordering() {
    let (guild, [manager, member]) = Guild::with_members::<2>().await;
    let mut all = Vec::new();
    for _ in 0..4 {
        all.push(guild.role(0).await);
    }
    let order: Vec<&str> = all.iter().map(String::as_str).collect();
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    guild.order(&order).await;
    let bulk = gateway.expect("GUILD_ROLE_UPDATE_BULK", tests::any).await;
    assert!(bulk["roles"].as_array().is_some_and(|r| !r.is_empty()));
    let positions: Vec<Value> = guild
        .owner
        .get(guild.path("/roles"))
        .await
        .ok()
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["position"].clone())
        .collect();
    assert_eq!(positions, [json!(4), json!(3), json!(2), json!(1), json!(0)]);
    guild.order(&order).await;
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("GUILD_ROLE_UPDATE_BULK", tests::any);

    let path = guild.path("/roles");
    let owner = &guild.owner;
    owner
        .patch(&path, json!([{"id": guild.id, "position": 3}]))
        .await
        .field("id", "CANNOT_REORDER_EVERYONE_ROLE");
    owner.patch(&path, json!([{"id": UNKNOWN, "position": 3}])).await.field("id", "INVALID_ROLE_ID");
    member.patch(&path, json!([{"id": all[0], "position": 1}])).await.err(403, "MISSING_PERMISSIONS");
    Account::new().await.patch(&path, json!([])).await.err(404, "UNKNOWN_GUILD");
    // a manager at the second place may shuffle what is below, and only that
    let body = json!({"permissions": perms::MANAGE_ROLES.to_string()});
    owner.patch(guild.path(&format!("/roles/{}", all[1])), body).await.ok();
    guild.give(&manager.id, &all[1]).await;
    manager
        .patch(&path, json!([{"id": all[3], "position": 2}, {"id": all[2], "position": 1}]))
        .await
        .no_content();
    let now = ids(&owner.get(&path).await.ok());
    assert_eq!(now[..4], [all[0].clone(), all[1].clone(), all[3].clone(), all[2].clone()]);
    manager.patch(&path, json!([{"id": all[0], "position": 1}])).await.err(403, "MISSING_PERMISSIONS");
    manager.patch(&path, json!([{"id": all[2], "position": 9}])).await.err(403, "MISSING_PERMISSIONS");
}

#[tokio::test]
async fn hoisted_order() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let (a, b) = (guild.role(0).await, guild.role(0).await);
    let path = guild.path("/roles/hoist-positions");
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    guild
        .owner
        .patch(&path, json!([{"id": a, "hoist_position": 2}, {"id": b, "hoist_position": 1}]))
        .await
        .no_content();
    let bulk = gateway.expect("GUILD_ROLE_UPDATE_BULK", tests::any).await;
    assert_eq!(bulk["roles"].as_array().unwrap().len(), 2);
    guild
        .owner
        .patch(&path, json!([{"id": guild.id, "hoist_position": 1}]))
        .await
        .field("id", "CANNOT_SET_HOIST_FOR_EVERYONE_ROLE");
    guild
        .owner
        .patch(&path, json!([{"id": UNKNOWN, "hoist_position": 1}]))
        .await
        .field("id", "INVALID_ROLE_ID");
    member.patch(&path, json!([])).await.err(403, "MISSING_PERMISSIONS");
    member.delete(&path).await.err(403, "MISSING_PERMISSIONS");
    guild.owner.delete(&path).await.no_content();
    let roles = guild.owner.get(guild.path("/roles")).await.ok();
    assert!(roles.as_array().unwrap().iter().all(|r| r["hoist_position"].is_null()));
    assert_eq!(s(&roles[0], "id").len(), a.len());
}
