//! How many is too many (`http-conventions.md` §6, `users.md` §1, §2.1).

use tests::{Account, Guild, befriend, json, s};

#[tokio::test]
async fn roles() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    for _ in 0..249 {
        guild.role(0).await;
    }
    let refusal = owner.post(guild.path("/roles"), json!({"name": "x"})).await.err(400, "MAX_GUILD_ROLES");
    assert_eq!(refusal["max_guild_roles"], 250);
}

#[tokio::test]
async fn channels() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let path = guild.path("/channels");
    // one child is there already
    for n in 0..49 {
        let body = json!({"type": 0, "name": format!("c{n}"), "parent_id": guild.text_category});
        owner.post(&path, body).await.ok();
    }
    let body = json!({"type": 0, "name": "x", "parent_id": guild.text_category});
    owner.post(&path, body).await.err(400, "MAX_CATEGORY_CHANNELS");
    let loose = guild.text().await;
    let attach = json!({"parent_id": guild.text_category});
    owner.patch(format!("/channels/{loose}"), attach).await.err(400, "MAX_CATEGORY_CHANNELS");
    let moved = json!([{"id": loose, "parent_id": guild.text_category}]);
    owner.patch(&path, moved).await.err(400, "MAX_CATEGORY_CHANNELS");
    for n in 54..500 {
        owner.post(&path, json!({"type": 4, "name": format!("c{n}")})).await.ok();
    }
    owner.post(&path, json!({"type": 4, "name": "x"})).await.err(400, "MAX_GUILD_CHANNELS");
}

#[tokio::test]
async fn guilds() {
    let owner = Account::new().await;
    for n in 0..200 {
        owner.post("/guilds", json!({"name": format!("g{n}"), "empty_features": true})).await.ok();
    }
    owner.post("/guilds", json!({"name": "one more"})).await.err(400, "MAX_GUILDS");
    let other = Guild::new(&Account::new().await).await;
    owner.post(format!("/invites/{}", other.invite().await), json!({})).await.err(400, "MAX_GUILDS");
}

#[tokio::test]
async fn group_members() {
    let owner = Account::new().await;
    let mut friends = Vec::new();
    for _ in 0..9 {
        let friend = Account::new().await;
        befriend(&owner, &friend).await;
        friends.push(friend.id);
    }
    let group = s(&owner.post("/users/@me/channels", json!({"recipients": friends})).await.ok(), "id");
    // ten with the owner; the limit is 25
    for _ in 0..15 {
        let friend = Account::new().await;
        befriend(&owner, &friend).await;
        owner.put(format!("/channels/{group}/recipients/{}", friend.id), json!({})).await.no_content();
    }
    let late = Account::new().await;
    befriend(&owner, &late).await;
    let refusal = owner
        .put(format!("/channels/{group}/recipients/{}", late.id), json!({}))
        .await
        .err(400, "MAX_GROUP_DM_RECIPIENTS");
    assert_eq!(refusal["max_group_dm_recipients"], 25);
    let code = s(&owner.post(format!("/channels/{group}/invites"), json!({})).await.ok(), "code");
    late.post(format!("/invites/{code}"), json!({})).await.err(400, "MAX_GROUP_DM_RECIPIENTS");
}

#[tokio::test]
async fn groups() {
    let [owner, friend] = Account::several::<2>().await;
    befriend(&owner, &friend).await;
    let body = json!({"group_dm_count": 150, "recipients": [friend.id]});
    owner.post(format!("/test/users/{}/private-channels", owner.id), body).await.ok();
    let refusal =
        owner.post("/users/@me/channels", json!({"recipients": [friend.id]})).await.err(400, "MAX_GROUP_DMS");
    assert_eq!(refusal["max_group_dms"], 150);
}

#[tokio::test]
async fn profile_changes() {
    let account = Account::new().await;
    for (field, code) in
        [("bio", "BIO_CHANGED_TOO_MANY_TIMES"), ("pronouns", "PRONOUNS_CHANGED_TOO_MANY_TIMES")]
    {
        for n in 0..25 {
            account.patch("/users/@me", json!({field: format!("v{n}")})).await.ok();
        }
        account.patch("/users/@me", json!({field: "more"})).await.field(field, code);
        assert_eq!(account.get("/users/@me").await.ok()[field], "v24");
    }
    for n in 0..25 {
        account.patch("/users/@me", json!({"accent_color": n})).await.ok();
    }
    account
        .patch("/users/@me", json!({"accent_color": 99}))
        .await
        .field("accent_color", "ACCENT_COLOR_CHANGED_TOO_MANY_TIMES");
}
