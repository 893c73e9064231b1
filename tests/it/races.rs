//! Many at once: what must happen once happens once, and nothing is left half done.

use std::collections::BTreeSet;

use tests::guild::send;
use tests::{Account, Call, Client, Guild, Response, befriend, ids, json, s};

/// Makes the calls at the same time and waits for all answers.
async fn together(calls: Vec<Call>) -> Vec<Response> {
    let tasks: Vec<_> = calls.into_iter().map(|call| tokio::spawn(call.into_future())).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("an answer"));
    }
    answers
}

fn with_status(answers: &[Response], status: u16) -> usize {
    answers.iter().filter(|a| a.status == status).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_address_one_account() {
    let body = tests::account::registration();
    let register = |_| {
        let mut body = body.clone();
        body["username"] = json!(tests::unique::word());
        Client::anonymous().post("/auth/register", body)
    };
    let answers = together((0..8).map(register).collect()).await;
    assert_eq!((with_status(&answers, 200), with_status(&answers, 400)), (1, 7), "{answers:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_name_many_tags() {
    let body = tests::account::registration();
    let register = |n| {
        let mut body = body.clone();
        body["email"] = json!(format!("{n}-{}", s(&body, "email")));
        Client::anonymous().post("/auth/register", body)
    };
    let answers = together((0..8).map(register).collect()).await;
    let mut tags = BTreeSet::new();
    for answer in answers {
        let client = Client::anonymous().with_auth(s(&answer.ok(), "token"));
        tags.insert(s(&client.get("/users/@me").await.ok(), "discriminator"));
    }
    assert_eq!(tags.len(), 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_use_of_an_invite() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let people = Account::several::<8>().await;
    let body = json!({"max_uses": 1, "unique": true});
    let code = s(&owner.post(format!("/channels/{}/invites", guild.general), body).await.ok(), "code");
    let answers =
        together(people.iter().map(|p| p.post(format!("/invites/{code}"), json!({}))).collect()).await;
    assert_eq!((with_status(&answers, 200), with_status(&answers, 404)), (1, 7), "{answers:?}");
    let members = owner.get(guild.path("/members?limit=100")).await.ok();
    assert_eq!(members.as_array().map(Vec::len), Some(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn joining_twice_is_joining_once() {
    let (guild, [watcher]) = Guild::with_members::<1>().await;
    let mut gateway = watcher.online().await;
    gateway.activate(&guild.id).await;
    let joiner = Account::new().await;
    let code = guild.invite().await;
    let answers =
        together((0..6).map(|_| joiner.post(format!("/invites/{code}"), json!({}))).collect()).await;
    assert_eq!(with_status(&answers, 200), 6, "{answers:?}");
    guild.fence(&mut [&mut gateway]).await;
    let added = gateway.events.iter().filter(|e| e.t == "GUILD_MEMBER_ADD").count();
    let welcomed = gateway.events.iter().filter(|e| e.t == "MESSAGE_CREATE" && e.d["type"] == 7).count();
    assert_eq!((added, welcomed), (1, 1));
    assert_eq!(joiner.get(format!("/invites/{code}")).await.ok()["member_count"], 3);
    // and out again
    let leave = format!("/users/@me/guilds/{}", guild.id);
    let answers = together((0..4).map(|_| joiner.delete(&leave)).collect()).await;
    assert_eq!((with_status(&answers, 204), with_status(&answers, 404)), (1, 3), "{answers:?}");
    assert_eq!(joiner.get(format!("/invites/{code}")).await.ok()["member_count"], 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_nonce_one_message() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let post = format!("/channels/{}/messages", guild.general);
    let body = json!({"content": "once", "nonce": "the-nonce"});
    let answers = together((0..8).map(|_| owner.post(&post, body.clone())).collect()).await;
    let made: BTreeSet<String> = answers.into_iter().map(|a| s(&a.ok(), "id")).collect();
    assert_eq!(made.len(), 1);
    assert_eq!(ids(&owner.get(&post).await.ok()).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_at_once_keep_one_order() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let channel = guild.text().await;
    let mut gateway = member.online().await;
    let post = format!("/channels/{channel}/messages");
    let answers =
        together((0..40).map(|n| guild.owner.post(&post, json!({"content": format!("{n}")}))).collect())
            .await;
    let made: BTreeSet<u64> = answers.into_iter().map(|a| s(&a.ok(), "id").parse().unwrap()).collect();
    assert_eq!(made.len(), 40);
    let mut heard = Vec::new();
    for _ in 0..40 {
        let event = gateway.expect("MESSAGE_CREATE", |d| d["channel_id"] == json!(channel)).await;
        heard.push(s(&event, "id").parse::<u64>().unwrap());
    }
    assert_eq!(heard, made.into_iter().collect::<Vec<_>>(), "heard in the order of the ids");
    let last = s(&member.get(format!("/channels/{channel}")).await.ok(), "last_message_id");
    assert_eq!(last.parse::<u64>().unwrap(), *heard.last().unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn crossing_requests_and_conversations() {
    let [a, b] = Account::several::<2>().await;
    let path = |id: &str| format!("/users/@me/relationships/{id}");
    together(vec![a.post(path(&b.id), json!({})), b.post(path(&a.id), json!({}))]).await;
    let kind = |list: tests::Value| list[0]["type"].as_i64();
    let seen = (
        kind(a.get("/users/@me/relationships").await.ok()),
        kind(b.get("/users/@me/relationships").await.ok()),
    );
    assert!(matches!(seen, (Some(1), Some(1))), "{seen:?}");
    let open = |who: &Account, id: &str| who.post("/users/@me/channels", json!({"recipient_id": id}));
    let calls = (0..8).map(|n| if n % 2 == 0 { open(&a, &b.id) } else { open(&b, &a.id) }).collect();
    let channels: BTreeSet<String> = together(calls).await.into_iter().map(|r| s(&r.ok(), "id")).collect();
    assert_eq!(channels.len(), 1, "{channels:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reactions_and_pins_at_once() {
    let (guild, people) = Guild::with_members::<6>().await;
    let message = s(&send(&guild.owner, &guild.general, "x").await, "id");
    let path = format!("/channels/{}/messages/{message}", guild.general);
    let react = |who: &Account| who.put(format!("{path}/reactions/%F0%9F%A6%8A/@me"), json!({}));
    let answers = together(people.iter().chain(&people).map(react).collect()).await;
    assert_eq!(with_status(&answers, 204), 12, "{answers:?}");
    assert_eq!(guild.owner.get(&path).await.ok()["reactions"][0]["count"], 6);
    let pin = format!("/channels/{}/pins/{message}", guild.general);
    let answers = together((0..6).map(|_| guild.owner.put(&pin, json!({}))).collect()).await;
    assert_eq!(with_status(&answers, 204), 6, "{answers:?}");
    let history = guild.owner.get(format!("/channels/{}/messages", guild.general)).await.ok();
    let notices = history.as_array().unwrap().iter().filter(|m| m["type"] == 6).count();
    assert_eq!(notices, 1);
    let pins = guild.owner.get(format!("/channels/{}/messages/pins", guild.general)).await.ok();
    assert_eq!(pins["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_do_not_mix() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let mut roles = Vec::new();
    for _ in 0..6 {
        roles.push(guild.role(0).await);
    }
    let order = |turn: usize| {
        let body: Vec<_> = roles
            .iter()
            .enumerate()
            .map(|(n, id)| json!({"id": id, "position": (n + turn) % 6 + 1}))
            .collect();
        owner.patch(guild.path("/roles"), json!(body))
    };
    let answers = together((0..6).map(order).collect()).await;
    assert!(answers.iter().all(|a| matches!(a.status, 204 | 423)), "{answers:?}");
    assert!(with_status(&answers, 204) >= 1);
    let list = owner.get(guild.path("/roles")).await.ok();
    let mut positions: Vec<i64> =
        list.as_array().unwrap().iter().map(|r| r["position"].as_i64().unwrap()).collect();
    positions.sort_unstable();
    assert_eq!(positions, [0, 1, 2, 3, 4, 5, 6]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_of_different_things_all_count() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut roles = Vec::new();
    for _ in 0..8 {
        roles.push(guild.role(0).await);
    }
    let give = |role: &String| {
        guild.owner.put(guild.path(&format!("/members/{}/roles/{role}", member.id)), json!({}))
    };
    let mut calls: Vec<Call> = roles.iter().map(give).collect();
    calls.push(member.patch(guild.path("/members/@me"), json!({"nick": "kept"})));
    let answers = together(calls).await;
    assert!(answers.iter().all(|a| matches!(a.status, 200 | 204)), "{answers:?}");
    let seen = member.get(guild.path("/members/@me")).await.ok();
    assert_eq!((seen["roles"].as_array().map(Vec::len), &seen["nick"]), (Some(8), &json!("kept")));

    let channel = guild.text().await;
    let put = |role: &String| {
        let path = format!("/channels/{channel}/permissions/{role}");
        guild.owner.put(path, json!({"type": 0, "allow": "0", "deny": "1"}))
    };
    let mut calls: Vec<Call> = roles.iter().map(put).collect();
    calls.push(guild.owner.patch(format!("/channels/{channel}"), json!({"topic": "kept"})));
    together(calls).await;
    let seen = guild.owner.get(format!("/channels/{channel}")).await.ok();
    assert_eq!(
        (seen["permission_overwrites"].as_array().map(Vec::len), &seen["topic"]),
        (Some(8), &json!("kept"))
    );
    let friend = Account::new().await;
    befriend(&member, &friend).await;
    let settings = [json!({"theme": "light"}), json!({"afk_timeout": 60}), json!({"render_embeds": false})];
    together(settings.iter().map(|b| member.patch("/users/@me/settings", b.clone())).collect()).await;
    let now = member.get("/users/@me/settings").await.ok();
    assert_eq!(
        (&now["theme"], &now["afk_timeout"], &now["render_embeds"]),
        (&json!("light"), &json!(60), &json!(false))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_hears_of_each_change_once() {
    let [owner, first, second] = Account::several::<3>().await;
    befriend(&owner, &first).await;
    befriend(&owner, &second).await;
    let group = s(&owner.post("/users/@me/channels", json!({"recipients": [first.id]})).await.ok(), "id");
    let recipient = format!("/channels/{group}/recipients/{}", second.id);
    let answers = together((0..6).map(|_| owner.put(&recipient, json!({}))).collect()).await;
    assert_eq!(with_status(&answers, 204), 6, "{answers:?}");
    together((0..6).map(|_| owner.delete(&recipient)).collect()).await;
    let messages = owner.get(format!("/channels/{group}/messages")).await.ok();
    let kinds: Vec<_> = messages.as_array().unwrap().iter().map(|m| m["type"].as_i64()).collect();
    assert_eq!(kinds, [Some(2), Some(1), Some(1)], "one leaving, one coming, and the first one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_brought_twice_comes_once() {
    let guild = Guild::new(&Account::new().await).await;
    let application = guild.owner.post("/oauth2/applications", json!({"name": "Twice"})).await.ok();
    let body =
        json!({"client_id": application["id"], "scope": "bot", "guild_id": guild.id, "permissions": "8"});
    let bring = |_| guild.owner.post("/oauth2/authorize/consent", body.clone());
    let answers = together((0..4).map(bring).collect()).await;
    assert_eq!((with_status(&answers, 200), with_status(&answers, 400)), (1, 3), "{answers:?}");
    let roles = guild.owner.get(format!("/guilds/{}/roles", guild.id)).await.ok();
    assert_eq!(roles.as_array().unwrap().iter().filter(|r| r["name"] == "Twice").count(), 1);
}
