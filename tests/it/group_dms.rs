//! Group conversations (`users.md` §6, `channels-and-messages.md` §11).

use tests::guild::send;
use tests::{Account, Guild, UNKNOWN, befriend, dm, ids, json, near, s};

/// A group of an owner and two friends.
async fn group() -> (String, [Account; 3]) {
    let all = Account::several::<3>().await;
    befriend(&all[0], &all[1]).await;
    befriend(&all[0], &all[2]).await;
    let body = json!({"recipients": [all[1].id, all[2].id]});
    let channel = all[0].post("/users/@me/channels", body).await.ok();
    assert_eq!((&channel["type"], &channel["owner_id"]), (&json!(3), &json!(all[0].id)));
    (s(&channel, "id"), all)
}

#[tokio::test]
async fn creation_tells_everybody() {
    let all = Account::several::<3>().await;
    befriend(&all[0], &all[1]).await;
    befriend(&all[0], &all[2]).await;
    let mut bt = all[1].online().await;
    let body = json!({"recipients": [all[1].id, all[2].id]});
    let id = s(&all[0].post("/users/@me/channels", body).await.ok(), "id");
    let created = bt.expect_event("CHANNEL_CREATE", near("id", id.clone())).await;
    let mut others = ids(&created.d["recipients"]);
    others.sort();
    let mut expected = vec![all[0].id.clone(), all[2].id.clone()];
    expected.sort();
    assert_eq!(others, expected);
    for _ in 0..2 {
        let added =
            bt.expect_event("MESSAGE_CREATE", |d| d["channel_id"] == json!(id) && d["type"] == 1).await;
        assert!(created.s < added.s);
        assert_eq!((&added.d["author"]["id"], &added.d["channel_type"]), (&json!(all[0].id), &json!(3)));
        assert_eq!(added.d["mentions"].as_array().unwrap().len(), 1);
    }
    assert!(ids(&all[2].get("/users/@me/channels").await.ok()).contains(&id));
}

#[tokio::test]
async fn creation_refused() {
    let [a, b, c] = Account::several::<3>().await;
    befriend(&a, &b).await;
    let make = |recipients| a.post("/users/@me/channels", json!({"recipients": recipients}));
    make(json!([b.id, b.id])).await.field("recipients", "DUPLICATE_RECIPIENTS_NOT_ALLOWED");
    make(json!([a.id, b.id])).await.field("recipients", "CANNOT_ADD_YOURSELF_TO_GROUP_DM");
    make(json!([b.id, c.id])).await.err(400, "NOT_FRIENDS_WITH_USER");
    make(json!([b.id, UNKNOWN])).await.err(404, "UNKNOWN_USER");
    let ten: Vec<String> = (0..10).map(|n| format!("{}", 100_000_000_000_u64 + n)).collect();
    make(json!(ten)).await.err(400, "INVALID_FORM_BODY");
    b.patch("/users/@me/settings", json!({"group_dm_add_permission_flags": 16})).await.ok();
    make(json!([b.id])).await.err(403, "MISSING_ACCESS");
}

#[tokio::test]
async fn adding_and_removing() {
    let (id, [owner, b, c]) = group().await;
    let [d, stranger] = Account::several::<2>().await;
    befriend(&b, &d).await;
    let recipient = |user: &str| format!("/channels/{id}/recipients/{user}");
    let (mut ot, mut dt, mut ct) = (owner.online().await, d.online().await, c.online().await);
    stranger.put(recipient(&d.id), json!({})).await.err(403, "MISSING_ACCESS");
    b.put(recipient(&stranger.id), json!({})).await.err(400, "NOT_FRIENDS_WITH_USER");
    b.put(recipient(&d.id), json!({})).await.no_content();
    dt.expect("CHANNEL_CREATE", near("id", id.clone())).await;
    let added = ot.expect("CHANNEL_RECIPIENT_ADD", near("channel_id", id.clone())).await;
    assert_eq!(added["user"]["id"], json!(d.id));
    let message = ot.expect("MESSAGE_CREATE", |m| m["channel_id"] == json!(id) && m["type"] == 1).await;
    assert_eq!((&message["author"]["id"], &message["mentions"][0]["id"]), (&json!(b.id), &json!(d.id)));
    b.put(recipient(&d.id), json!({})).await.no_content();

    b.delete(recipient(&d.id)).await.err(403, "MISSING_PERMISSIONS");
    owner.delete(recipient(&stranger.id)).await.field("user_id", "USER_NOT_IN_CHANNEL");
    owner.delete(recipient(&d.id)).await.no_content();
    dt.expect("CHANNEL_DELETE", near("id", id.clone())).await;
    ct.expect("CHANNEL_RECIPIENT_REMOVE", |e| e["user"]["id"] == json!(d.id)).await;
    ct.expect("MESSAGE_CREATE", |m| m["channel_id"] == json!(id) && m["type"] == 2).await;
    d.get(format!("/channels/{id}")).await.err(404, "UNKNOWN_CHANNEL");
    send(&owner, &id, "just us").await;
    ct.expect("MESSAGE_CREATE", near("content", "just us")).await;
    dt.absent("MESSAGE_CREATE", near("content", "just us"));
    let one = dm(&owner, &b.id).await;
    owner
        .put(format!("/channels/{one}/recipients/{}", c.id), json!({}))
        .await
        .err(400, "INVALID_CHANNEL_TYPE");
}

#[tokio::test]
async fn leaving_passes_the_ownership_on() {
    let (id, [owner, b, c]) = group().await;
    let mut bt = b.online().await;
    owner.delete(format!("/channels/{id}?silent=true")).await.no_content();
    bt.expect("CHANNEL_RECIPIENT_REMOVE", |e| e["user"]["id"] == json!(owner.id)).await;
    let heir = s(&b.get(format!("/channels/{id}")).await.ok(), "owner_id");
    assert!(heir == b.id || heir == c.id);
    send(&c, &id, "fence").await;
    bt.expect("MESSAGE_CREATE", near("content", "fence")).await;
    bt.absent("MESSAGE_CREATE", near("type", 2));
    owner.get(format!("/channels/{id}")).await.err(404, "UNKNOWN_CHANNEL");
    c.delete(format!("/channels/{id}")).await.no_content();
    bt.expect("MESSAGE_CREATE", near("type", 2)).await;
    b.delete(format!("/channels/{id}")).await.no_content();
    bt.expect("CHANNEL_DELETE", near("id", id.clone())).await;
    b.get(format!("/channels/{id}")).await.err(404, "UNKNOWN_CHANNEL");
}

#[tokio::test]
async fn name_owner_and_nicks() {
    let (id, [owner, b, c]) = group().await;
    let mut ct = c.online().await;
    let patch = |who: &Account, body| who.patch(format!("/channels/{id}"), body);
    assert_eq!(patch(&b, json!({"name": "the crew"})).await.ok()["name"], "the crew");
    ct.expect("CHANNEL_UPDATE", near("name", "the crew")).await;
    let message = ct.expect("MESSAGE_CREATE", near("type", 4)).await;
    assert_eq!((&message["content"], &message["author"]["id"]), (&json!("the crew"), &json!(b.id)));
    patch(&b, json!({"owner_id": b.id})).await.err(403, "MISSING_PERMISSIONS");
    patch(&owner, json!({"owner_id": UNKNOWN})).await.err(404, "UNKNOWN_USER");
    patch(&b, json!({"nicks": {&b.id: "Bee"}})).await.ok();
    patch(&b, json!({"nicks": {&c.id: "Cee"}})).await.err(403, "MISSING_PERMISSIONS");
    let channel = patch(&owner, json!({"nicks": {&c.id: "Cee"}})).await.ok();
    assert_eq!((&channel["nicks"][&b.id], &channel["nicks"][&c.id]), (&json!("Bee"), &json!("Cee")));
    patch(&owner, json!({"nicks": {UNKNOWN: "x"}})).await.err(404, "UNKNOWN_USER");
    assert_eq!(patch(&owner, json!({"owner_id": b.id})).await.ok()["owner_id"], json!(b.id));
    assert!(patch(&b, json!({"name": null})).await.ok()["name"].is_null());
}

#[tokio::test]
async fn invites_to_a_group() {
    let (id, [owner, b, _c]) = group().await;
    let [joiner, stranger] = Account::several::<2>().await;
    let invites = format!("/channels/{id}/invites");
    let code = s(&b.post(&invites, json!({})).await.ok(), "code");
    assert_eq!(s(&b.post(&invites, json!({})).await.ok(), "code"), code, "reused");
    b.get(&invites).await.err(403, "MISSING_PERMISSIONS");
    assert_eq!(owner.get(&invites).await.ok().as_array().unwrap().len(), 1);
    let seen = stranger.get(format!("/invites/{code}")).await.ok();
    assert_eq!((&seen["type"], &seen["member_count"]), (&json!(1), &json!(3)));
    let unclaimed = Account::unclaimed().await;
    unclaimed
        .post(format!("/invites/{code}"), json!({}))
        .await
        .err(400, "UNCLAIMED_ACCOUNT_CANNOT_JOIN_GROUP_DMS");
    joiner.post(format!("/invites/{code}"), json!({})).await.ok();
    assert!(ids(&joiner.get("/users/@me/channels").await.ok()).contains(&id));
    stranger.delete(format!("/invites/{code}")).await.refused(404);
    joiner.delete(format!("/invites/{code}")).await.err(403, "MISSING_PERMISSIONS");
    owner.delete(format!("/invites/{code}")).await.no_content();
    stranger.get(format!("/invites/{code}")).await.err(404, "UNKNOWN_INVITE");
    let guild = Guild::new(&owner).await;
    guild.join(&stranger).await;
    let plain = dm(&owner, &stranger.id).await;
    owner.post(format!("/channels/{plain}/invites"), json!({})).await.err(400, "INVALID_CHANNEL_TYPE");
}
