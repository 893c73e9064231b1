//! Sending messages: rules, mentions, replies, forwards, embeds (`channels-and-messages.md` §3).

use tests::guild::send;
use tests::{Account, Guild, UNKNOWN, Value, befriend, dm, ids, json, near, perms, s};

#[tokio::test]
async fn a_message_reaches_those_who_can_see_it() {
    let (guild, [member, outsider]) = Guild::with_members::<2>().await;
    let role = guild.role(0).await;
    guild.give(&member.id, &role).await;
    let hidden = guild.hidden_text(Some(&role)).await;
    let (mut sees, mut not) = (member.online().await, outsider.online().await);
    let body = json!({"content": "  hello\u{202e}\u{0}  ", "nonce": "n-1", "tts": true, "flags": 4096 | 1 | 8192 << 4});
    let sent = guild.owner.post(format!("/channels/{hidden}/messages"), body).await.ok();
    assert_eq!(
        (&sent["nonce"], &sent["type"], &sent["channel_id"]),
        (&json!("n-1"), &json!(0), &json!(hidden))
    );
    assert_eq!(
        (&sent["author"]["id"], &sent["pinned"], &sent["edited_timestamp"]),
        (&json!(guild.owner.id), &json!(false), &json!(null))
    );
    assert_eq!(sent["flags"].as_u64().unwrap() & 4096, 4096);
    assert_eq!(sent["flags"].as_u64().unwrap() & 1, 0, "unknown bits are dropped");
    assert!(
        sent["content"].as_str().unwrap().contains("hello")
            && !sent["content"].as_str().unwrap().contains('\u{202e}')
    );
    assert_eq!(
        (&sent["attachments"], &sent["embeds"], &sent["mention_everyone"]),
        (&json!([]), &json!([]), &json!(false))
    );
    assert!(sent.get("guild_id").is_none() && sent.get("author").is_some());
    let event = sees.expect("MESSAGE_CREATE", near("id", sent["id"].clone())).await;
    assert_eq!(
        (&event["guild_id"], &event["channel_type"], &event["nonce"]),
        (&json!(guild.id), &json!(0), &json!("n-1"))
    );
    assert!(event["member"].is_object() && event["member"].get("user").is_none(), "{event}");
    guild.fence(&mut [&mut not]).await;
    not.absent("MESSAGE_CREATE", near("id", sent["id"].clone()));
    let id: u64 = s(&sent, "id").parse().unwrap();
    assert!(s(&sent, "timestamp").ends_with('Z') && id >> 22 > 0);
    assert_eq!(guild.owner.get(format!("/channels/{hidden}")).await.ok()["last_message_id"], sent["id"]);
}

#[tokio::test]
async fn shapes_that_are_no_message() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let post = format!("/channels/{}/messages", guild.general);
    let long = |n: usize| "x".repeat(n);
    for body in [
        json!({"content": 5}),
        json!({"content": "x", "nonce": long(33)}),
        json!({"content": "x", "nonce": ""}),
        json!({"content": "x", "tts": "yes"}),
        json!({"content": "x", "embeds": {}}),
        json!({"content": "x", "flags": "many"}),
        json!({"content": "x", "sticker_ids": ["1", "2", "3", "4"]}),
        json!({"embeds": [{"title": long(257)}]}),
        json!({"embeds": [{"description": long(4097)}]}),
        json!({"embeds": [{"footer": {"text": long(2049)}}]}),
        json!({"embeds": [{"author": {"name": long(257)}}]}),
        json!({"embeds": [{"fields": (0..26).map(|_| json!({"name": "n", "value": "v"})).collect::<Vec<_>>()}]}),
        json!({"embeds": [{"fields": [{"name": long(257), "value": "v"}]}]}),
        json!({"embeds": [{"url": "javascript:alert(1)"}]}),
        json!({"content": "x", "allowed_mentions": {"users": (0..101).map(|n| format!("{}", 100_000_000 + n)).collect::<Vec<_>>()}}),
        json!({"content": "x", "message_reference": {"message_id": "abc"}}),
        json!([1]),
        json!("text"),
    ] {
        owner.post(&post, body).await.field("message_data", "INVALID_MESSAGE_DATA");
    }
    owner
        .call("POST", &post)
        .raw("application/json", "{nonsense")
        .await
        .field("message_data", "INVALID_MESSAGE_DATA");
    for body in [
        json!({}),
        json!({"content": ""}),
        json!({"content": "  \n "}),
        json!({"content": null}),
        json!({"embeds": []}),
    ] {
        owner.post(&post, body).await.err(400, "CANNOT_SEND_EMPTY_MESSAGE");
    }
    owner.post(&post, json!({"content": long(4001)})).await.field("content", "CONTENT_EXCEEDS_MAX_LENGTH");
    owner.post(&post, json!({"content": long(4000)})).await.ok();
    // two UTF-16 units each
    owner
        .post(&post, json!({"content": "🦊".repeat(2001)}))
        .await
        .field("content", "CONTENT_EXCEEDS_MAX_LENGTH");
    owner.post(&post, json!({"content": "🦊".repeat(2000)})).await.ok();
    let embeds: Vec<Value> = (0..11).map(|_| json!({"title": "x"})).collect();
    owner.post(&post, json!({"embeds": embeds})).await.field("embeds", "TOO_MANY_EMBEDS");
    let embeds = json!([{"description": long(4000)}, {"description": long(2001)}]);
    owner.post(&post, json!({"embeds": embeds})).await.field("embeds", "EMBEDS_EXCEED_MAX_CHARACTERS");
}

#[tokio::test]
async fn embeds() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let post = format!("/channels/{}/messages", guild.general);
    let embed = json!({"title": "T", "description": "D", "url": "https://example.com/a", "color": 255, "type": "video",
        "fields": [{"name": "n", "value": "v", "inline": true}], "footer": {"text": "f"}, "author": {"name": "a"},
        "timestamp": "2024-01-01T00:00:00.000Z"});
    let message = member.post(&post, json!({"embeds": [embed]})).await.ok();
    let got = &message["embeds"][0];
    assert_eq!((&got["type"], &got["title"], &got["color"]), (&json!("rich"), &json!("T"), &json!(255)));
    assert_eq!((&got["fields"][0]["inline"], &got["footer"]["text"]), (&json!(true), &json!("f")));
    let bad = json!({"embeds": [{"image": {"url": "attachment://a.png"}}]});
    member.post(&post, bad).await.field("embeds", "CANNOT_REFERENCE_ATTACHMENTS_WITHOUT_ATTACHMENTS");
    guild.everyone(perms::DEFAULT & !perms::EMBED_LINKS).await;
    member.post(&post, json!({"embeds": [{"title": "x"}]})).await.err(403, "MISSING_PERMISSIONS");
    member.post(&post, json!({"content": "x", "embeds": []})).await.ok();
    guild.everyone(perms::DEFAULT & !perms::SEND_MESSAGES).await;
    member.post(&post, json!({"content": "x"})).await.err(403, "MISSING_PERMISSIONS");
}

#[tokio::test]
async fn nonces_are_remembered() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let mut gateway = owner.online().await;
    let post = format!("/channels/{}/messages", guild.general);
    let body = json!({"content": "once", "nonce": "same"});
    let first = owner.post(&post, body.clone()).await.ok();
    let again = owner.post(&post, body.clone()).await.ok();
    assert_eq!(first["id"], again["id"]);
    owner.post(format!("/channels/{}/messages", guild.text().await), body).await.err(404, "UNKNOWN_MESSAGE");
    guild.fence(&mut [&mut gateway]).await;
    let heard = gateway.events.iter().filter(|e| e.t == "MESSAGE_CREATE" && e.d["content"] == "once").count();
    assert_eq!(heard, 1);
}

#[tokio::test]
async fn who_is_mentioned() {
    let (guild, [member, other]) = Guild::with_members::<2>().await;
    let quiet = s(&guild.role_named("quiet", 0).await, "id");
    let loud = s(&guild.role_named("loud", 0).await, "id");
    guild.owner.patch(guild.path(&format!("/roles/{loud}")), json!({"mentionable": true})).await.ok();
    let post = format!("/channels/{}/messages", guild.general);
    let (m, o) = (&member.id, &other.id);
    let all = format!("<@{m}> <@!{o}> `<@&{quiet}>` <@&{loud}> <@{UNKNOWN}> @everyone");
    let mentions = |v: &Value| {
        let mut users = ids(&v["mentions"]);
        users.sort();
        let roles: Vec<String> = serde_roles(v);
        (users, roles, v["mention_everyone"].clone())
    };
    let mut both = vec![m.clone(), o.clone()];
    both.sort();
    let said = member.post(&post, json!({"content": all})).await.ok();
    assert_eq!(mentions(&said), (both.clone(), vec![loud.clone()], json!(false)), "without MENTION_EVERYONE");
    let said = guild.owner.post(&post, json!({"content": all})).await.ok();
    let mut roles = vec![quiet.clone(), loud.clone()];
    roles.sort();
    assert_eq!(mentions(&said), (both.clone(), roles, json!(true)));
    for (content, everyone) in [
        ("`@everyone`", false),
        ("```\n@here\n```", false),
        ("https://example.com/@everyone", false),
        ("[@everyone](https://example.com)", true),
        ("mail@everyone", true),
        ("@here", true),
    ] {
        let said = guild.owner.post(&post, json!({"content": content})).await.ok();
        assert_eq!(said["mention_everyone"], everyone, "{content}");
    }
    for (allowed, users, roles, everyone) in [
        (json!({"parse": []}), 0, 0, false),
        (json!({"parse": ["users"]}), 2, 0, false),
        (json!({"users": [m]}), 1, 0, false),
        (json!({"users": [m], "parse": []}), 1, 0, false),
        (json!({"parse": ["everyone", "roles"]}), 0, 2, true),
        (json!({"roles": [loud]}), 0, 1, false),
        (json!({}), 2, 2, true),
    ] {
        let said = guild.owner.post(&post, json!({"content": all, "allowed_mentions": allowed})).await.ok();
        let got = mentions(&said);
        assert_eq!((got.0.len(), got.1.len(), got.2), (users, roles, json!(everyone)), "{allowed}");
    }
    let conflict = json!({"content": all, "allowed_mentions": {"parse": ["users"], "users": [m]}});
    guild
        .owner
        .post(&post, conflict)
        .await
        .field("allowed_mentions", "PARSE_AND_USERS_OR_ROLES_CANNOT_BE_USED_TOGETHER");
}

fn serde_roles(v: &Value) -> Vec<String> {
    let mut roles: Vec<String> = v["mention_roles"]
        .as_array()
        .map(|all| all.iter().filter_map(|r| r.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    roles.sort();
    roles
}

#[tokio::test]
async fn replies() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let post = format!("/channels/{}/messages", guild.general);
    let first = s(&send(&member, &guild.general, "question").await, "id");
    let body = |id: &str| json!({"content": "answer", "message_reference": {"message_id": id}});
    let reply = guild.owner.post(&post, body(&first)).await.ok();
    assert_eq!((&reply["type"], &reply["referenced_message"]["id"]), (&json!(19), &json!(first)));
    assert_eq!(ids(&reply["mentions"]), [member.id.clone()]);
    assert_eq!(
        (&reply["message_reference"]["message_id"], &reply["message_reference"]["type"]),
        (&json!(first), &json!(0))
    );
    let mut quiet = body(&first);
    quiet["allowed_mentions"] = json!({"replied_user": false});
    let reply = guild.owner.post(&post, quiet).await.ok();
    assert!(reply["mentions"].as_array().is_none_or(Vec::is_empty));
    let own = member.post(&post, body(&first)).await.ok();
    assert!(own["mentions"].as_array().is_none_or(Vec::is_empty), "not for oneself");
    guild.owner.post(&post, body(UNKNOWN)).await.err(404, "UNKNOWN_MESSAGE");
    let other = guild.text().await;
    guild.owner.post(format!("/channels/{other}/messages"), body(&first)).await.err(404, "UNKNOWN_MESSAGE");
    let history = guild.owner.get(&post).await.ok();
    let joined = history.as_array().unwrap().iter().find(|m| m["type"] == 7).expect("a join message");
    guild
        .owner
        .post(&post, body(&s(joined, "id")))
        .await
        .field("message_reference", "CANNOT_REPLY_TO_SYSTEM_MESSAGE");
    guild.owner.delete(format!("{post}/{first}")).await.no_content();
    let history = guild.owner.get(&post).await.ok();
    assert!(history[0]["referenced_message"].is_null(), "the answer outlives the question");
}

#[tokio::test]
async fn forwards() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let source = s(&send(&guild.owner, &guild.general, &format!("news <@{}>", member.id)).await, "id");
    let target = guild.text().await;
    let post = format!("/channels/{target}/messages");
    let reference =
        json!({"type": 1, "channel_id": guild.general, "message_id": source, "guild_id": guild.id});
    let forward = |reference: &Value| member.post(&post, json!({"message_reference": reference}));
    let message = forward(&reference).await.ok();
    assert_eq!((&message["type"], &message["content"]), (&json!(0), &json!("")));
    let snapshot = &message["message_snapshots"][0];
    assert!(snapshot["content"].as_str().unwrap().starts_with("news"));
    assert!(message["mentions"].as_array().is_none_or(Vec::is_empty));
    assert_eq!(message["message_reference"]["type"], 1);
    let both = json!({"content": "x", "message_reference": reference});
    member.post(&post, both).await.field("message_reference", "FORWARD_MESSAGES_CANNOT_CONTAIN_CONTENT");
    let bare = json!({"type": 1, "message_id": source});
    forward(&bare).await.field("message_reference", "FORWARD_REFERENCE_REQUIRES_CHANNEL_AND_MESSAGE");
    let mut wrong = reference.clone();
    wrong["guild_id"] = json!(UNKNOWN);
    forward(&wrong).await.field("message_reference.guild_id", "GUILD_ID_MUST_MATCH_REFERENCED_MESSAGE");
    let mut gone = reference.clone();
    gone["message_id"] = json!(UNKNOWN);
    forward(&gone).await.err(404, "UNKNOWN_MESSAGE");
    // a forward of a forward does not nest
    let again = json!({"type": 1, "channel_id": target, "message_id": message["id"], "guild_id": guild.id});
    let twice = guild
        .owner
        .post(format!("/channels/{}/messages", guild.general), json!({"message_reference": again}))
        .await
        .ok();
    assert!(twice["message_snapshots"][0]["content"].as_str().unwrap().starts_with("news"));
    member
        .patch(format!("{post}/{}", s(&message, "id")), json!({"content": "x"}))
        .await
        .field("message", "MESSAGES_WITH_SNAPSHOTS_CANNOT_BE_EDITED");
    let hidden = guild.hidden_text(None).await;
    let secret = s(&send(&guild.owner, &hidden, "secret").await, "id");
    let leak = json!({"type": 1, "channel_id": hidden, "message_id": secret, "guild_id": guild.id});
    forward(&leak).await.err(403, "MISSING_PERMISSIONS");
    let stranger = Account::new().await;
    befriend(&stranger, &member).await;
    let away = dm(&stranger, &member.id).await;
    stranger
        .post(format!("/channels/{away}/messages"), json!({"message_reference": reference}))
        .await
        .refused(403);
}

#[tokio::test]
async fn voice_messages_carry_nothing_else() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let post = format!("/channels/{}/messages", guild.general);
    for (extra, path, code) in [
        (json!({"content": "x"}), "content", "VOICE_MESSAGES_CANNOT_HAVE_CONTENT"),
        (json!({"embeds": [{"title": "x"}]}), "embeds", "VOICE_MESSAGES_CANNOT_HAVE_EMBEDS"),
        (json!({"sticker_ids": [UNKNOWN]}), "sticker_ids", "VOICE_MESSAGES_CANNOT_HAVE_STICKERS"),
        (json!({}), "attachments", "VOICE_MESSAGES_REQUIRE_SINGLE_ATTACHMENT"),
    ] {
        let mut body = extra;
        body["flags"] = json!(8192);
        owner.post(&post, body).await.field(path, code);
    }
}

#[tokio::test]
async fn permissions_to_send() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let hidden = guild.hidden_text(None).await;
    let body = json!({"content": "x"});
    member.post(format!("/channels/{hidden}/messages"), body.clone()).await.err(403, "MISSING_PERMISSIONS");
    member.post(format!("/channels/{UNKNOWN}/messages"), body.clone()).await.err(404, "UNKNOWN_CHANNEL");
    member
        .post("/channels/zero/messages", body.clone())
        .await
        .field("channel_id", "INVALID_SNOWFLAKE_FORMAT");
    Account::new().await.post(format!("/channels/{}/messages", guild.general), body).await.refused(403);
    let sticker = json!({"sticker_ids": [UNKNOWN]});
    member
        .post(format!("/channels/{}/messages", guild.general), sticker)
        .await
        .field("sticker", "CUSTOM_STICKER_NOT_FOUND");
}

#[tokio::test]
async fn unknown_emojis_become_text() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let said = send(&owner, &guild.general, &format!("a <:fox:{UNKNOWN}> `<:fox:{UNKNOWN}>`")).await;
    assert_eq!(said["content"], json!(format!("a :fox: `<:fox:{UNKNOWN}>`")));
}
