//! Presence: who is shown what (`gateway.md` §10).

use tests::{Account, Gateway, Guild, Value, befriend, json, near};

fn of(id: &str, status: &'static str) -> impl Fn(&Value) -> bool {
    let id = id.to_owned();
    move |d| d["user"]["id"] == json!(id) && d["status"] == status
}

async fn set(gateway: &mut Gateway, status: &str) {
    gateway.send(json!({"op": 3, "d": {"status": status}})).await;
}

#[tokio::test]
async fn friends_see_each_other_come_change_and_go() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let mut watching = a.online().await;
    let mut gateway = b.online().await;
    let seen = watching.expect("PRESENCE_UPDATE", of(&b.id, "online")).await;
    assert!(seen.get("guild_id").is_none());
    for key in ["username", "discriminator", "flags"] {
        assert!(!seen["user"][key].is_null(), "{key}: {seen}");
    }
    assert!(seen["mobile"].is_boolean() && seen["afk"].is_boolean());
    for status in ["idle", "dnd", "online"] {
        set(&mut gateway, status).await;
        let accept = |d: &Value| d["user"]["id"] == json!(b.id) && d["status"] == status;
        watching.expect("PRESENCE_UPDATE", accept).await;
    }
    set(&mut gateway, "invisible").await;
    let gone = watching.expect("PRESENCE_UPDATE", of(&b.id, "offline")).await;
    assert!(gone["custom_status"].is_null());
    // never of oneself
    watching.absent("PRESENCE_UPDATE", |d| d["user"]["id"] == json!(a.id));
}

#[tokio::test]
async fn several_sessions_make_one_presence() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let mut watching = a.online().await;
    let (mut one, mut two) = (b.online().await, b.online().await);
    watching.expect("PRESENCE_UPDATE", of(&b.id, "online")).await;
    // online outranks dnd: nothing is published, but both sessions are told of the sessions
    set(&mut one, "dnd").await;
    for gateway in [&mut one, &mut two] {
        let all = gateway.expect("SESSIONS_REPLACE", |d| d.as_array().is_some_and(|l| l.len() == 3)).await;
        assert_eq!((&all[0]["session_id"], &all[0]["status"]), (&json!("all"), &json!("online")));
        let mut statuses: Vec<&str> =
            all.as_array().unwrap()[1..].iter().filter_map(|s| s["status"].as_str()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, ["dnd", "online"]);
    }
    set(&mut two, "dnd").await;
    watching.expect("PRESENCE_UPDATE", of(&b.id, "dnd")).await;
    set(&mut two, "invisible").await;
    watching.expect("PRESENCE_UPDATE", of(&b.id, "offline")).await;
    let all = one.expect("SESSIONS_REPLACE", |d| d[0]["status"] == "invisible").await;
    assert_eq!(all.as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn custom_status_comes_from_settings() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let mut watching = a.online().await;
    let _gateway = b.online().await;
    watching.expect("PRESENCE_UPDATE", of(&b.id, "online")).await;
    b.patch("/users/@me/settings", json!({"custom_status": {"text": "on holiday"}})).await.ok();
    watching.expect("PRESENCE_UPDATE", |d| d["custom_status"]["text"] == "on holiday").await;
    b.patch("/users/@me/settings", json!({"custom_status": null})).await.ok();
    watching
        .expect("PRESENCE_UPDATE", |d| d["user"]["id"] == json!(b.id) && d["custom_status"].is_null())
        .await;
}

#[tokio::test]
async fn the_stored_status_is_the_starting_point() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    b.patch("/users/@me/settings", json!({"status": "dnd"})).await.ok();
    let mut watching = a.online().await;
    let gateway = Gateway::log_in_with(&b.base, &b.token, json!({"presence": {"status": "online"}})).await;
    watching.expect("PRESENCE_UPDATE", of(&b.id, "dnd")).await;
    assert_eq!(gateway.ready["sessions"][0]["status"], "dnd");
}

#[tokio::test]
async fn friendship_opens_and_closes_the_view() {
    let [a, b] = Account::several::<2>().await;
    let (mut at, mut bt) = (a.online().await, b.online().await);
    befriend(&a, &b).await;
    at.expect("PRESENCE_UPDATE", of(&b.id, "online")).await;
    bt.expect("PRESENCE_UPDATE", of(&a.id, "online")).await;
    a.delete(format!("/users/@me/relationships/{}", b.id)).await.no_content();
    at.expect("PRESENCE_UPDATE", of(&b.id, "offline")).await;
    bt.expect("PRESENCE_UPDATE", of(&a.id, "offline")).await;
}

#[tokio::test]
async fn group_members_see_each_other() {
    let [a, b, c] = Account::several::<3>().await;
    befriend(&a, &b).await;
    befriend(&a, &c).await;
    a.post("/users/@me/channels", json!({"recipients": [b.id, c.id]})).await.ok();
    let mut watching = b.online().await;
    let _gateway = c.online().await;
    let seen = watching.expect("PRESENCE_UPDATE", of(&c.id, "online")).await;
    assert!(seen.get("guild_id").is_none());
}

#[tokio::test]
async fn guild_members_are_watched_by_name() {
    let (guild, [watcher, one, two]) = Guild::with_members::<3>().await;
    let mut watching = watcher.online().await;
    watching.activate(&guild.id).await;
    let (mut first, mut second) = (one.online().await, two.online().await);
    guild.fence(&mut [&mut watching]).await;
    watching.absent("PRESENCE_UPDATE", tests::any);
    watching.subscribe(&guild.id, json!({"members": [one.id, watcher.id]})).await;
    let seen = watching.expect("PRESENCE_UPDATE", of(&one.id, "online")).await;
    assert_eq!(seen["guild_id"], json!(guild.id));
    set(&mut first, "idle").await;
    watching.expect("PRESENCE_UPDATE", of(&one.id, "idle")).await;
    watching.subscribe(&guild.id, json!({"members": [two.id]})).await;
    watching.expect("PRESENCE_UPDATE", of(&two.id, "online")).await;
    set(&mut first, "dnd").await;
    first.expect("SESSIONS_REPLACE", |d| d[0]["status"] == "dnd").await;
    set(&mut second, "dnd").await;
    watching.expect("PRESENCE_UPDATE", of(&two.id, "dnd")).await;
    guild.fence(&mut [&mut watching]).await;
    watching.absent("PRESENCE_UPDATE", of(&one.id, "dnd"));
    watching.absent("PRESENCE_UPDATE", |d| d["user"]["id"] == json!(watcher.id));
}

#[tokio::test]
async fn a_profile_change_is_shown_to_friends() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let mut watching = a.online().await;
    let mut gateway = b.online().await;
    watching.expect("PRESENCE_UPDATE", of(&b.id, "online")).await;
    b.patch("/users/@me", json!({"global_name": "Bee"})).await.ok();
    gateway.expect("USER_UPDATE", near("global_name", "Bee")).await;
    watching.expect("PRESENCE_UPDATE", |d| d["user"]["global_name"] == "Bee").await;
}
