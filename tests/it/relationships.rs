//! Friend requests, friends, blocks (`users.md` §5).

use tests::{Account, Bot, Guild, UNKNOWN, Value, befriend, json, near};

fn rel(id: &str) -> String {
    format!("/users/@me/relationships/{id}")
}

async fn kinds(of: &Account) -> Vec<(String, i64)> {
    let list = of.get("/users/@me/relationships").await.ok();
    let each = |r: &Value| (tests::s(r, "id"), r["type"].as_i64().expect("a type"));
    list.as_array().unwrap().iter().map(each).collect()
}

#[tokio::test]
async fn requesting_and_accepting() {
    let [a, b] = Account::several::<2>().await;
    let (mut at, mut bt) = (a.online().await, b.online().await);
    let sent = a.post("/users/@me/relationships", b.tag().await).await.ok();
    assert_eq!((&sent["type"], &sent["id"], &sent["user"]["id"]), (&json!(4), &json!(b.id), &json!(b.id)));
    at.expect("RELATIONSHIP_ADD", |d| d["id"] == json!(b.id) && d["type"] == 4).await;
    let incoming = bt.expect("RELATIONSHIP_ADD", |d| d["id"] == json!(a.id) && d["type"] == 3).await;
    assert_eq!(incoming["user"]["username"], json!(a.username));
    // asking twice changes nothing
    assert_eq!(a.post(rel(&b.id), json!({})).await.ok()["type"], 4);
    let friend = b.put(rel(&a.id), json!({})).await.ok();
    assert_eq!(friend["type"], 1);
    let one = at.expect("RELATIONSHIP_UPDATE", |d| d["id"] == json!(b.id) && d["type"] == 1).await;
    let two = bt.expect("RELATIONSHIP_UPDATE", |d| d["id"] == json!(a.id) && d["type"] == 1).await;
    assert_eq!(one["since"], two["since"]);
    at.absent("RELATIONSHIP_ADD", tests::any);
    assert_eq!((kinds(&a).await, kinds(&b).await), (vec![(b.id.clone(), 1)], vec![(a.id.clone(), 1)]));
    a.post("/users/@me/relationships", b.tag().await).await.err(400, "ALREADY_FRIENDS");
    assert_eq!(a.post(rel(&b.id), json!({})).await.ok()["type"], 1);
}

#[tokio::test]
async fn crossing_requests_become_a_friendship() {
    let [a, b] = Account::several::<2>().await;
    a.post(rel(&b.id), json!({})).await.ok();
    assert_eq!(b.post(rel(&a.id), json!({})).await.ok()["type"], 1);
    assert_eq!(kinds(&a).await, [(b.id.clone(), 1)]);
}

#[tokio::test]
async fn requests_that_are_refused() {
    let [a, b] = Account::several::<2>().await;
    a.post(rel(&a.id), json!({})).await.err(400, "CANNOT_SEND_FRIEND_REQUEST_TO_SELF");
    a.post(rel(UNKNOWN), json!({})).await.err(404, "UNKNOWN_USER");
    let nobody = json!({"username": tests::unique::word(), "discriminator": "0001"});
    a.post("/users/@me/relationships", nobody).await.err(400, "NO_USERS_WITH_FLUXERTAG_EXIST");
    a.post("/users/@me/relationships", json!({"username": "x"})).await.plain("discriminator");
    let unclaimed = Account::unclaimed().await;
    unclaimed.post(rel(&a.id), json!({})).await.err(400, "UNCLAIMED_ACCOUNT_CANNOT_SEND_FRIEND_REQUESTS");
    a.post(rel(&unclaimed.id), json!({})).await.ok();
    unclaimed.put(rel(&a.id), json!({})).await.err(400, "UNCLAIMED_ACCOUNT_CANNOT_ACCEPT_FRIEND_REQUESTS");
    let bot = Bot::new(&a).await;
    bot.post(rel(&a.id), json!({})).await.err(403, "ACCESS_DENIED");
    a.post(rel(&bot.id), json!({})).await.err(400, "FRIEND_REQUEST_BLOCKED");
    b.set_flags(&["DELETED"]).await;
    a.post(rel(&b.id), json!({})).await.err(400, "FRIEND_REQUEST_BLOCKED");
    a.put(rel(&b.id), json!({})).await.refused(400);
    let stranger = Account::new().await;
    a.put(rel(&stranger.id), json!({})).await.err(404, "UNKNOWN_USER");
}

#[tokio::test]
async fn who_may_ask_is_a_setting() {
    let [target, stranger, mutual] = Account::several::<3>().await;
    target.patch("/users/@me/settings", json!({"friend_source_flags": 0})).await.ok();
    stranger.post(rel(&target.id), json!({})).await.err(400, "FRIEND_REQUEST_BLOCKED");
    let guild = Guild::new(&target).await;
    guild.join(&stranger).await;
    stranger.post(rel(&target.id), json!({})).await.err(400, "FRIEND_REQUEST_BLOCKED");
    target.patch("/users/@me/settings", json!({"friend_source_flags": 2})).await.ok();
    stranger.post(rel(&target.id), json!({})).await.ok();
    target.patch("/users/@me/settings", json!({"friend_source_flags": 1})).await.ok();
    let other = Account::new().await;
    other.post(rel(&target.id), json!({})).await.err(400, "FRIEND_REQUEST_BLOCKED");
    befriend(&mutual, &other).await;
    mutual.patch("/users/@me/settings", json!({"friend_source_flags": 7})).await.ok();
    befriend(&target, &mutual).await;
    other.post(rel(&target.id), json!({})).await.ok();
}

#[tokio::test]
async fn a_friendly_bot_accepts_at_once() {
    let owner = Account::new().await;
    let bot = Bot::new(&owner).await;
    owner.patch(format!("/oauth2/applications/{}/bot", bot.id), json!({"bot_flags": 16})).await.ok();
    assert_eq!(owner.post(rel(&bot.id), json!({})).await.ok()["type"], 1);
    let [other] = Account::several::<1>().await;
    owner.patch(format!("/oauth2/applications/{}/bot", bot.id), json!({"bot_flags": 48})).await.ok();
    assert_eq!(other.post(rel(&bot.id), json!({})).await.ok()["type"], 4);
}

#[tokio::test]
async fn blocking_is_silent_for_the_blocked_and_ends_friendship() {
    let [a, b] = Account::several::<2>().await;
    befriend(&a, &b).await;
    let (mut at, mut bt) = (a.online().await, b.online().await);
    assert_eq!(a.put(rel(&b.id), json!({"type": 2})).await.ok()["type"], 2);
    at.expect("RELATIONSHIP_ADD", |d| d["id"] == json!(b.id) && d["type"] == 2).await;
    bt.expect("RELATIONSHIP_REMOVE", near("id", a.id.clone())).await;
    assert_eq!((kinds(&a).await, kinds(&b).await), (vec![(b.id.clone(), 2)], vec![]));
    a.put(rel(&b.id), json!({"type": 2})).await.ok();
    a.post(rel(&b.id), json!({})).await.err(400, "CANNOT_SEND_FRIEND_REQUEST_TO_BLOCKED_USER");
    b.post(rel(&a.id), json!({})).await.err(400, "FRIEND_REQUEST_BLOCKED");
    a.put(rel(UNKNOWN), json!({"type": 2})).await.err(404, "UNKNOWN_USER");
    a.delete(rel(&b.id)).await.no_content();
    at.expect("RELATIONSHIP_REMOVE", near("id", b.id.clone())).await;
    b.put("/users/@me/notes/".to_owned() + &a.id, json!({"note": "fence"})).await.no_content();
    bt.expect("USER_NOTE_UPDATE", tests::any).await;
    bt.absent("RELATIONSHIP_ADD", tests::any);
    bt.absent("RELATIONSHIP_REMOVE", tests::any);
}

#[tokio::test]
async fn blocking_the_sender_of_a_request_leaves_them_waiting() {
    let [a, b] = Account::several::<2>().await;
    a.post(rel(&b.id), json!({})).await.ok();
    let mut at = a.online().await;
    b.put(rel(&a.id), json!({"type": 2})).await.ok();
    assert_eq!(kinds(&a).await, [(b.id.clone(), 4)]);
    a.put("/users/@me/notes/".to_owned() + &b.id, json!({"note": "fence"})).await.no_content();
    at.expect("USER_NOTE_UPDATE", tests::any).await;
    at.absent("RELATIONSHIP_REMOVE", tests::any);
}

#[tokio::test]
async fn removing() {
    let [a, b, c] = Account::several::<3>().await;
    a.delete(rel(&b.id)).await.err(404, "UNKNOWN_USER");
    befriend(&a, &b).await;
    let (mut at, mut bt) = (a.online().await, b.online().await);
    a.delete(rel(&b.id)).await.no_content();
    at.expect("RELATIONSHIP_REMOVE", near("id", b.id.clone())).await;
    bt.expect("RELATIONSHIP_REMOVE", near("id", a.id.clone())).await;
    assert!(kinds(&b).await.is_empty());
    // taking back a request tells both, ignoring one tells nobody else
    a.post(rel(&b.id), json!({})).await.ok();
    a.delete(rel(&b.id)).await.no_content();
    bt.expect("RELATIONSHIP_REMOVE", near("id", a.id.clone())).await;
    c.post(rel(&a.id), json!({})).await.ok();
    a.delete(rel(&c.id)).await.no_content();
    assert_eq!((kinds(&a).await, kinds(&c).await), (vec![], vec![(a.id.clone(), 4)]));
}

#[tokio::test]
async fn a_nickname_for_a_friend_is_private() {
    let [a, b] = Account::several::<2>().await;
    a.patch(rel(&b.id), json!({"nickname": "Bee"})).await.err(404, "UNKNOWN_USER");
    befriend(&a, &b).await;
    let mut at = a.online().await;
    assert_eq!(a.patch(rel(&b.id), json!({"nickname": "Bee"})).await.ok()["nickname"], "Bee");
    at.expect("RELATIONSHIP_UPDATE", near("nickname", "Bee")).await;
    assert!(b.get("/users/@me/relationships").await.ok()[0]["nickname"].is_null());
    assert!(a.patch(rel(&b.id), json!({"nickname": null})).await.ok()["nickname"].is_null());
}
