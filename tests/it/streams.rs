//! Pictures of shared screens (`channels-and-messages.md` §13, `voice.md` §10).

use base64::{Engine, engine::general_purpose::STANDARD};
use tests::{Account, Client, Guild, UNKNOWN, Value, befriend, dm, json, perms};

/// The beginning of every JPEG; nobody decodes the picture before a viewer does.
fn jpeg(length: usize) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0];
    bytes.resize(length, 7);
    bytes
}

fn body(channel: &str, bytes: &[u8]) -> Value {
    json!({"channel_id": channel, "thumbnail": STANDARD.encode(bytes)})
}

#[tokio::test]
async fn viewers_see_the_newest_picture() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let path = format!("/streams/{}:{}:con-1/preview", guild.id, guild.voice);
    let answer = member.get(&path).await;
    assert_eq!((answer.status, answer.text.as_str()), (404, ""));
    for length in [1000, 1_000_000] {
        guild.owner.post(&path, body(&guild.voice, &jpeg(length))).await.no_content();
        let answer = member.get(&path).await;
        assert_eq!((answer.status, answer.bytes.len()), (200, length));
        for (name, value) in [
            ("content-type", "image/jpeg"),
            ("cache-control", "no-store, private"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name}");
        }
    }
    let other = format!("/streams/{}:{}:con-2/preview", guild.id, guild.voice);
    assert_eq!(member.get(&other).await.status, 404, "another stream");
    let said = json!({"channel_id": guild.voice, "thumbnail": "data:image/jpeg;base64,/9j/", "content_type": "image/jpeg"});
    guild.owner.post(&other, said).await.no_content();
    assert_eq!(member.get(&other).await.bytes, [0xFF, 0xD8, 0xFF]);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_changes_nothing() {
    let (guild, []) = Guild::with_members::<0>().await;
    let path = format!("/streams/{}:{}:c/preview", guild.id, guild.voice);
    let thumbnail = |text: &str| json!({"channel_id": guild.voice, "thumbnail": text});
    for (sent, code) in [
        (body(&guild.voice, b"\x89PNG\r\n\x1a\n and more"), "PREVIEW_MUST_BE_JPEG"),
        (body(&guild.voice, &jpeg(1_000_001)), "FILE_SIZE_TOO_LARGE"),
        (thumbnail("data:image/jpeg;base64,"), "STREAM_THUMBNAIL_PAYLOAD_EMPTY"),
        (thumbnail("nothing readable!"), "INVALID_STREAM_THUMBNAIL_PAYLOAD"),
        (body(&guild.general, &jpeg(9)), "STREAM_KEY_CHANNEL_MISMATCH"),
    ] {
        guild.owner.post(&path, sent).await.err(400, code);
    }
    for sent in [json!({}), thumbnail(""), thumbnail(&"/".repeat(2_000_001)), json!({"thumbnail": "/9j/"})] {
        guild.owner.post(&path, sent).await.err(400, "INVALID_FORM_BODY");
    }
    assert_eq!(guild.owner.get(&path).await.status, 404);
    for key in ["x", "1:2", "1:2:3:4", "1:2:%2E%2E%2Fx", "dm:x:1"] {
        guild.owner.get(format!("/streams/{key}/preview")).await.err(400, "INVALID_STREAM_KEY_FORMAT");
        let region = guild.owner.patch(format!("/streams/{key}/stream"), json!({"region": "eu"}));
        region.await.err(400, "INVALID_STREAM_KEY_FORMAT");
    }
    let region = format!("/streams/{}:{}:c/stream", guild.id, guild.voice);
    guild.owner.patch(&region, json!({"region": "eu"})).await.no_content();
    guild.owner.patch(&region, json!({})).await.no_content();
    guild.owner.patch(&region, json!({"region": ""})).await.err(400, "INVALID_FORM_BODY");
}

#[tokio::test]
async fn only_those_who_may_listen_in_see_it() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let path = format!("/streams/{}:{}:c/preview", guild.id, guild.voice);
    guild.owner.post(&path, body(&guild.voice, &jpeg(9))).await.no_content();
    assert_eq!(member.get(&path).await.status, 200);
    guild.overwrite(&guild.voice, &guild.id, 0, 0, perms::CONNECT).await;
    member.get(&path).await.err(403, "MISSING_PERMISSIONS");
    member.post(&path, body(&guild.voice, &jpeg(9))).await.err(403, "MISSING_PERMISSIONS");
    let stranger = Account::new().await;
    stranger.get(&path).await.err(403, "ACCESS_DENIED");
    Client::anonymous().get(&path).await.refused(401);
    guild.owner.get(format!("/streams/{}:{UNKNOWN}:c/preview", guild.id)).await.err(404, "UNKNOWN_CHANNEL");
    for scope in ["dm", "1"] {
        let wrong = format!("/streams/{scope}:{}:c/preview", guild.voice);
        guild.owner.get(wrong).await.err(400, "STREAM_KEY_SCOPE_MISMATCH");
    }
    let bot = guild.bot(perms::DEFAULT).await;
    bot.get(&path).await.err(403, "ACCESS_DENIED");
    // In private the two who talk.
    befriend(&stranger, &member).await;
    let private = dm(&member, &stranger.id).await;
    let path = format!("/streams/dm:{private}:c/preview");
    member.post(&path, body(&private, &jpeg(9))).await.no_content();
    assert_eq!(stranger.get(&path).await.status, 200);
    guild.owner.get(&path).await.err(404, "UNKNOWN_CHANNEL");
}
