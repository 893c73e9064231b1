//! Two people who share no guild, no group and no friendship learn nothing of each other: every
//! operation that takes an id is walked, and every event the other causes is kept from the stranger.

use tests::guild::send;
use tests::{Account, Guild, Value, befriend, dm, json, s};

/// A word that occurs only in the other's private things.
struct Private {
    other: Account,
    guild: Guild,
    friend: Account,
    secret: String,
    hidden: String,
    message: String,
    private: String,
    letter: String,
    role: String,
}

async fn other_life() -> Private {
    let [other, friend] = Account::several::<2>().await;
    let guild = Guild::new(&other).await;
    guild.join(&friend).await;
    befriend(&other, &friend).await;
    let secret = format!("secret-{}", tests::unique::word());
    let hidden = guild.text().await;
    let message = s(&send(&other, &hidden, &secret).await, "id");
    let private = dm(&other, &friend.id).await;
    let letter = s(&send(&other, &private, &secret).await, "id");
    other.patch("/users/@me", json!({"bio": secret, "pronouns": "se/cret"})).await.ok();
    other.patch("/users/@me/settings", json!({"custom_status": {"text": secret}})).await.ok();
    other.patch(guild.path("/members/@me"), json!({"nick": secret[..20]})).await.ok();
    let role = guild.role(0).await;
    Private { other, guild, friend, secret, hidden, message, private, letter, role }
}

/// Method, path, body of every operation of this build that names somebody else's thing.
fn operations(p: &Private) -> Vec<(&'static str, String, Value)> {
    let (u, f, g, c, m) = (&p.other.id, &p.friend.id, &p.guild.id, &p.hidden, &p.message);
    let fox = "%F0%9F%A6%8A";
    let mut all: Vec<(&'static str, String, Value)> = Vec::new();
    for (method, path, body) in [
        ("GET", "", json!({})),
        ("PATCH", "", json!({"name": "x"})),
        ("POST", "/delete", json!({})),
        ("POST", "/transfer-ownership", json!({"new_owner_id": u})),
        ("GET", "/channels", json!({})),
        ("POST", "/channels", json!({"type": 0, "name": "x"})),
        ("PATCH", "/channels", json!([])),
        ("GET", "/members?limit=100", json!({})),
        ("GET", "/members/@me", json!({})),
        ("GET", "/roles", json!({})),
        ("POST", "/roles", json!({"name": "x"})),
        ("PATCH", "/roles", json!([])),
        ("GET", "/bans", json!({})),
        ("GET", "/invites", json!({})),
        ("GET", "/vanity-url", json!({})),
        ("DELETE", "/roles/hoist-positions", json!({})),
        ("PATCH", "/text-channel-flexible-names", json!({"enabled": true})),
    ] {
        all.push((method, format!("/guilds/{g}{path}"), body));
    }
    for user in [u, f] {
        all.push(("GET", format!("/guilds/{g}/members/{user}"), json!({})));
        all.push(("PATCH", format!("/guilds/{g}/members/{user}"), json!({"nick": "x"})));
        all.push(("DELETE", format!("/guilds/{g}/members/{user}"), json!({})));
        all.push(("PUT", format!("/guilds/{g}/bans/{user}"), json!({})));
        all.push(("DELETE", format!("/guilds/{g}/bans/{user}"), json!({})));
        all.push(("PUT", format!("/guilds/{g}/members/{user}/roles/{}", p.role), json!({})));
        all.push(("DELETE", format!("/guilds/{g}/members/{user}/roles/{}", p.role), json!({})));
        all.push((
            "GET",
            format!("/users/{user}/profile?with_mutual_friends=true&with_mutual_guilds=true"),
            json!({}),
        ));
        all.push(("GET", format!("/users/{user}/profile?guild_id={g}"), json!({})));
        all.push(("POST", "/users/@me/channels".into(), json!({"recipient_id": user})));
        all.push(("POST", "/users/@me/channels".into(), json!({"recipients": [user]})));
        all.push(("GET", format!("/users/@me/notes/{user}"), json!({})));
        all.push(("DELETE", format!("/users/@me/relationships/{user}"), json!({})));
        all.push(("PATCH", format!("/users/@me/relationships/{user}"), json!({"nickname": "x"})));
        all.push(("PUT", format!("/users/@me/relationships/{user}"), json!({})));
    }
    all.push(("DELETE", format!("/users/@me/guilds/{g}"), json!({})));
    all.push(("PATCH", format!("/guilds/{g}/roles/{}", p.role), json!({"name": "x"})));
    all.push(("DELETE", format!("/guilds/{g}/roles/{}", p.role), json!({})));
    for (channel, message) in [(c, m), (&p.private, &p.letter)] {
        let base = format!("/channels/{channel}");
        let msg = format!("{base}/messages/{message}");
        for (method, path, body) in [
            ("GET", base.clone(), json!({})),
            ("PATCH", base.clone(), json!({"name": "x"})),
            ("DELETE", base.clone(), json!({})),
            ("GET", format!("{base}/messages"), json!({})),
            ("GET", format!("{base}/messages?around={message}"), json!({})),
            ("POST", format!("{base}/messages"), json!({"content": "x"})),
            ("GET", msg.clone(), json!({})),
            ("PATCH", msg.clone(), json!({"content": "x"})),
            ("DELETE", msg.clone(), json!({})),
            ("POST", format!("{base}/messages/bulk-delete"), json!({"message_ids": [message]})),
            ("GET", format!("{base}/messages/pins"), json!({})),
            ("PUT", format!("{base}/pins/{message}"), json!({})),
            ("DELETE", format!("{base}/pins/{message}"), json!({})),
            ("POST", format!("{base}/pins/ack"), json!({})),
            ("PUT", format!("{msg}/reactions/{fox}/@me"), json!({})),
            ("DELETE", format!("{msg}/reactions/{fox}/@me"), json!({})),
            ("GET", format!("{msg}/reactions/{fox}"), json!({})),
            ("DELETE", format!("{msg}/reactions"), json!({})),
            ("DELETE", format!("{msg}/reactions/{fox}"), json!({})),
            ("DELETE", format!("{msg}/reactions/{fox}/{u}"), json!({})),
            ("POST", format!("{base}/typing"), json!({})),
            ("POST", format!("{msg}/ack"), json!({})),
            ("PUT", format!("{base}/permissions/{u}"), json!({"type": 1})),
            ("DELETE", format!("{base}/permissions/{u}"), json!({})),
            ("POST", format!("{base}/invites"), json!({})),
            ("GET", format!("{base}/invites"), json!({})),
            ("PUT", format!("{base}/recipients/{u}"), json!({})),
            ("DELETE", format!("{base}/recipients/{u}"), json!({})),
        ] {
            all.push((method, path, body));
        }
        all.push(("PUT", format!("/users/@me/channels/{channel}/pin"), json!({})));
    }
    all
}

#[tokio::test]
async fn no_operation_tells_a_stranger_anything() {
    let p = other_life().await;
    let stranger = Account::new().await;
    let own = Guild::new(&stranger).await;
    let _online = p.other.online().await;
    for (method, path, body) in operations(&p) {
        let answer = stranger.call(method, &path).json(&body).await;
        assert!(
            (400..500).contains(&answer.status),
            "{method} {path} answered {}: {}",
            answer.status,
            answer.text
        );
        for word in [&p.secret, &p.secret[..20].to_owned(), &p.friend.username] {
            assert!(!answer.text.contains(word.as_str()), "{method} {path} tells {word}: {}", answer.text);
        }
    }
    // operations that do answer: what they say of the other is the public card, nothing more
    let card = stranger.get(format!("/users/{}", p.other.id)).await.ok();
    for key in ["bio", "pronouns", "email", "phone", "status", "presence", "guilds", "locale"] {
        assert!(card.get(key).is_none(), "{key}: {card}");
    }
    let preload =
        stranger.post("/users/@me/preload-messages", json!({"channels": [p.private, p.hidden]})).await.ok();
    assert!(!preload.to_string().contains(&p.secret));
    // one may not carry their things over
    let reference =
        json!({"type": 1, "channel_id": p.hidden, "message_id": p.message, "guild_id": p.guild.id});
    let forward = json!({"message_reference": reference});
    let answer = stranger.post(format!("/channels/{}/messages", own.general), forward).await;
    assert!(matches!(answer.status, 403 | 404) && !answer.text.contains(&p.secret), "{}", answer.text);
    let reply = json!({"content": "x", "message_reference": {"message_id": p.message}});
    stranger.post(format!("/channels/{}/messages", own.general), reply).await.err(404, "UNKNOWN_MESSAGE");
    for path in ["/users/@me/guilds", "/users/@me/channels", "/users/@me/relationships"] {
        let text = stranger.get(path).await.ok().to_string();
        assert!(!text.contains(&p.other.id) && !text.contains(&p.guild.id), "{path}: {text}");
    }
    // a mention in one's own guild does not turn a stranger into a member
    let mention = send(&stranger, &own.general, &format!("<@{}>", p.other.id)).await;
    assert!(!mention.to_string().contains(&p.secret));
    stranger.get(own.path(&format!("/members/{}", p.other.id))).await.err(404, "UNKNOWN_MEMBER");
    let unchanged = p.other.get(format!("/channels/{}/messages/{}", p.hidden, p.message)).await.ok();
    assert_eq!(unchanged["content"], json!(p.secret));
}

#[tokio::test]
async fn no_event_reaches_a_stranger() {
    let p = other_life().await;
    let stranger = Account::new().await;
    let own = Guild::new(&stranger).await;
    let mut gateway = stranger.online().await;
    let ready = gateway.ready.to_string();
    assert!(!ready.contains(&p.other.id) && !ready.contains(&p.guild.id) && !ready.contains(&p.secret));
    // everything a session can ask for, asked about the other
    gateway
        .subscribe(
            &p.guild.id,
            json!({"active": true, "sync": true, "typing": true, "members": [p.other.id, p.friend.id],
            "member_list_channels": {p.hidden.as_str(): [[0, 99]]}}),
        )
        .await;
    gateway.subscribe(&own.id, json!({"active": true, "members": [p.other.id], "member_list_channels": {p.hidden.as_str(): [[0, 99]]}})).await;
    for body in [json!({"user_ids": [p.other.id]}), json!({"query": "", "limit": 10})] {
        for guild in [&p.guild.id, &own.id] {
            let mut d = body.clone();
            d["guild_id"] = json!(guild);
            d["presences"] = json!(true);
            gateway.send(json!({"op": 8, "d": d})).await;
        }
    }
    // the other lives
    let mut theirs = p.other.online().await;
    theirs.send(json!({"op": 3, "d": {"status": "dnd"}})).await;
    theirs.expect("SESSIONS_REPLACE", tests::any).await;
    let c = format!("/channels/{}", p.hidden);
    let m = format!("{c}/messages/{}", p.message);
    for call in [
        p.other.post(format!("{c}/messages"), json!({"content": p.secret})),
        p.other.patch(&m, json!({"content": format!("{} again", p.secret)})),
        p.other.put(format!("{m}/reactions/%F0%9F%A6%8A/@me"), json!({})),
        p.other.post(format!("{c}/typing"), json!({})),
        p.other.put(format!("{c}/pins/{}", p.message), json!({})),
        p.other.patch(&c, json!({"topic": p.secret})),
        p.other.patch(p.guild.path(""), json!({"name": p.secret})),
        p.other.patch(p.guild.path("/members/@me"), json!({"nick": "x"})),
        p.other.patch("/users/@me", json!({"bio": "changed", "global_name": "Changed"})),
        p.other.patch("/users/@me/settings", json!({"status": "idle"})),
        p.other.post(p.guild.path("/roles"), json!({"name": p.secret})),
        p.other.post(format!("/channels/{}/messages", p.private), json!({"content": p.secret})),
        p.other.put(format!("/users/@me/notes/{}", stranger.id), json!({"note": p.secret})),
        p.other.put(p.guild.path(&format!("/bans/{}", stranger.id)), json!({})),
        p.other.delete(p.guild.path(&format!("/bans/{}", stranger.id))),
        p.other.delete(p.guild.path(&format!("/members/{}", p.friend.id))),
        p.other.delete(&m),
        p.other.delete(&c),
    ] {
        let answer = call.await;
        assert!(matches!(answer.status, 200 | 204), "{}", answer.text);
    }
    theirs.close().await;
    own.fence(&mut [&mut gateway]).await;
    stranger.put(format!("/users/@me/notes/{}", stranger.id), json!({"note": "fence"})).await.no_content();
    gateway.expect("USER_NOTE_UPDATE", tests::any).await;
    for event in &gateway.events {
        let text = event.d.to_string();
        for word in [&p.other.id, &p.friend.id, &p.guild.id, &p.hidden, &p.private, &p.secret] {
            assert!(!text.contains(word.as_str()), "{} tells {word}: {text}", event.t);
        }
    }
}

#[tokio::test]
async fn an_outgoing_request_or_a_block_opens_nothing() {
    let p = other_life().await;
    let stranger = Account::new().await;
    let mut gateway = stranger.online().await;
    let _theirs = p.other.online().await;
    let relation = format!("/users/@me/relationships/{}", p.other.id);
    let sent = stranger.post(&relation, json!({})).await.ok();
    assert!(!sent.to_string().contains(&p.secret));
    stranger.get(format!("/users/{}/profile", p.other.id)).await.err(403, "MISSING_ACCESS");
    stranger.put(&relation, json!({"type": 2})).await.ok();
    p.other.patch("/users/@me/settings", json!({"status": "dnd"})).await.ok();
    stranger.put(format!("/users/@me/notes/{}", stranger.id), json!({"note": "fence"})).await.no_content();
    gateway.expect("USER_NOTE_UPDATE", tests::any).await;
    gateway.absent("PRESENCE_UPDATE", tests::any);
    stranger.get(format!("/users/{}/profile", p.other.id)).await.err(403, "MISSING_ACCESS");
}
