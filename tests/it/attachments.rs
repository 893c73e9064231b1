//! Files in messages (`channels-and-messages.md` §3, §5, §6, §8; `media.md` §8, §9).

use tests::form::Form;
use tests::guild::send;
use tests::perms::{ATTACH_FILES, READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL};
use tests::{Account, Client, Guild, UNKNOWN, Value, dm, json, near, s};

/// A 1×1 PNG.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\xdacd\xf8\xcfP\x0f\0\x03\x86\x01\x80Z4}k\0\0\0\0IEND\xaeB`\x82";

/// One second of silence at 8 kHz.
fn wav() -> Vec<u8> {
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(8036_u32.to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend(8000_u32.to_le_bytes());
    bytes.extend(16000_u32.to_le_bytes());
    bytes.extend(b"\x02\0\x10\0data");
    bytes.extend(16000_u32.to_le_bytes());
    bytes.extend([0; 16000]);
    let length = u32::try_from(bytes.len() - 8).unwrap();
    bytes[4..8].copy_from_slice(&length.to_le_bytes());
    bytes
}

/// What is at the address of an attachment now.
async fn fetch(from: &Client, attachment: &Value) -> (u16, Vec<u8>) {
    let url = s(attachment, "url");
    let origin = from.base.trim_end_matches("/api").to_owned();
    let path = url.strip_prefix(&origin).unwrap_or_else(|| panic!("{url} is not at {origin}")).to_owned();
    let here = Client { base: origin, auth: None, ..from.clone() };
    let answer = here.get(path).await;
    (answer.status, answer.bytes)
}

#[tokio::test]
async fn a_file_goes_with_a_message() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    let body = json!({"content": "look", "attachments": [
        {"id": "1", "filename": "second.txt", "title": "T", "description": "D", "flags": 8 | 32},
        {"id": 0, "filename": "pic.png"},
    ]});
    let form = Form::message(&body).file(0, PNG).file(1, b"hello").text("other", "ignored");
    let message = form.post(&guild.owner, &guild.general).await.ok();
    let [text, picture] = [&message["attachments"][0], &message["attachments"][1]];
    assert_eq!(message["attachments"].as_array().unwrap().len(), 2, "{message}");
    assert_eq!(
        (&text["filename"], &text["title"], &text["description"], &text["flags"], &text["size"]),
        (&json!("second.txt"), &json!("T"), &json!("D"), &json!(8), &json!(5))
    );
    assert_eq!((&text["content_type"], &text["width"]), (&json!("text/plain"), &Value::Null));
    assert_eq!((&picture["width"], &picture["height"]), (&json!(1), &json!(1)));
    assert_eq!(picture["content_type"], "image/png");
    assert_eq!(s(picture, "content_hash").len(), 64);
    assert_eq!(picture["url"], picture["proxy_url"]);
    let end = format!("/attachments/{}/{}/pic.png", guild.general, s(picture, "id"));
    assert!(s(picture, "url").ends_with(&end), "{picture}");
    assert!(text["expires_at"].is_string(), "{text}");
    let event = gateway.expect("MESSAGE_CREATE", near("id", s(&message, "id"))).await;
    assert_eq!(event["attachments"], message["attachments"]);
    let read = member.get(format!("/channels/{}/messages/{}", guild.general, s(&message, "id"))).await.ok();
    assert_eq!(read["attachments"], message["attachments"]);
    assert_eq!(fetch(&guild.owner, text).await, (200, b"hello".to_vec()));
    assert_eq!(fetch(&guild.owner, picture).await, (200, PNG.to_vec()));
}

#[tokio::test]
async fn what_is_wrong_with_a_form() {
    let account = Account::new().await;
    let notes = account.id.clone();
    let path = format!("/channels/{notes}/messages");
    let raw = |kind: &str, body: &[u8]| account.call("POST", &path).raw(kind, body.to_vec());
    let unreadable = "FAILED_TO_PARSE_MULTIPART_FORM_DATA";
    raw("multipart/form-data", b"x").await.field("multipart_form", unreadable);
    raw("multipart/form-data; boundary=a", b"nothing").await.field("multipart_form", unreadable);
    raw(
        "multipart/form-data; boundary=a",
        b"--a\r\nContent-Disposition: form-data; name=\"files[0]\"\r\n\r\ncut",
    )
    .await
    .field("multipart_form", unreadable);
    let refused = |form: Form, path: &'static str, code: &'static str| {
        let call = form.post(&account, &notes);
        async move { call.await.field(path, code) }
    };
    let named = |name: &str| Form::naming("a", &["a.txt"]).named(name, b"a");
    let payload = "payload_json";
    refused(Form::default().file(0, b"a"), payload, "PAYLOAD_JSON_REQUIRED_FOR_MULTIPART").await;
    refused(Form::default().named(payload, b"{}"), payload, "PAYLOAD_JSON_REQUIRED_FOR_MULTIPART").await;
    refused(Form::default().text(payload, "{"), payload, "INVALID_JSON_IN_PAYLOAD_JSON").await;
    refused(Form::message(&json!({"content": 5})), "message_data", "INVALID_MESSAGE_DATA").await;
    let long = Form::naming("a", &[&"x".repeat(4000)]).file(0, b"a");
    refused(long, "message_data", "INVALID_MESSAGE_DATA").await;
    refused(named("files[x]"), "files", "INVALID_FILE_FIELD_NAME").await;
    refused(named("files[]"), "files", "INVALID_FILE_FIELD_NAME").await;
    refused(named("files[-1]"), "files", "INVALID_FILE_FIELD_NAME").await;
    refused(named("files[10]"), "files", "FILE_INDEX_EXCEEDS_MAXIMUM").await;
    refused(named("files[99999999999999999999]"), "files", "FILE_INDEX_EXCEEDS_MAXIMUM").await;
    let twice = named("files[0]").named("files[0]", b"b");
    refused(twice, "files", "MULTIPLE_FILES_FOR_INDEX_NOT_ALLOWED").await;
    refused(named("files[0]").named("files[00]", b"b"), "files", "DUPLICATE_FILE_INDEX").await;
    let bare = Form::message(&json!({"content": "a"})).file(0, b"a");
    refused(bare, "attachments", "ATTACHMENTS_METADATA_REQUIRED_WHEN_UPLOADING").await;
    let missing = Form::naming("a", &["a.txt", "b.txt"]).file(0, b"a");
    refused(missing, "attachments", "NO_FILE_FOR_ATTACHMENT_METADATA").await;
    let extra = Form::naming("a", &["a.txt"]).file(0, b"a").file(3, b"b");
    refused(extra, "attachments", "NO_METADATA_FOR_FILE").await;
    // The order of the parts does not matter, gaps neither.
    let body = json!({"attachments": [{"id": 7, "filename": "a.txt"}]});
    let late = Form::default().file(7, b"late").text(payload, &body.to_string());
    let message = late.post(&account, &notes).await.ok();
    assert_eq!(message["attachments"][0]["filename"], "a.txt");
    // Nothing of the refused ones was sent.
    let all = account.get(&path).await.ok();
    assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
    // In JSON, files that are not there are counted and nothing else.
    let body = json!({"attachments": [{"id": 0, "filename": "a.txt"}]});
    let message = account.post(&path, body).await.ok();
    assert_eq!(message["attachments"], json!([]));
}

#[tokio::test]
async fn who_may_upload() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let form = || Form::naming("", &["a.txt"]).file(0, b"a");
    let everybody = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY;
    guild.everyone(everybody).await;
    form().post(&member, &guild.general).await.err(403, "MISSING_PERMISSIONS");
    guild.everyone(everybody | ATTACH_FILES).await;
    form().post(&member, &guild.general).await.ok();
    guild.everyone(everybody & !SEND_MESSAGES | ATTACH_FILES).await;
    form().post(&member, &guild.general).await.err(403, "MISSING_PERMISSIONS");
    // The form is judged before the caller is.
    let bad = Form::naming("", &["a.txt"]).named("files[x]", b"a");
    bad.post(&member, &guild.general).await.field("files", "INVALID_FILE_FIELD_NAME");
    let stranger = Account::new().await;
    form().post(&stranger, &guild.general).await.refused(403);
    form().post(&stranger, UNKNOWN).await.err(404, "UNKNOWN_CHANNEL");
    let call = form().post(&Client::anonymous(), &guild.general);
    call.await.err(401, "UNAUTHORIZED");
    // Without a file it is a message like any other.
    Form::message(&json!({"content": "plain"})).post(&guild.owner, &guild.general).await.ok();
}

#[tokio::test]
async fn names_of_files_are_made_harmless() {
    let account = Account::new().await;
    let cases = [
        ("../../etc/passwd", "____etc_passwd"),
        ("a b\u{202e}gpj.exe", "a_bgpj.exe"),
        ("<svg onload=1>.svg", "svg_onload1.svg"),
        ("con.txt", "_con.txt"),
        ("...", "unnamed"),
        ("größe.png", "größe.png"),
    ];
    let names: Vec<&str> = cases.iter().map(|(name, _)| *name).collect();
    let mut form = Form::naming("", &names);
    for index in 0..cases.len() {
        form = form.file(index, b"x");
    }
    let message = form.post(&account, &account.id).await.ok();
    for (index, (name, kept)) in cases.iter().enumerate() {
        let file = &message["attachments"][index];
        assert_eq!(file["filename"], *kept, "{name:?}");
        assert_eq!(fetch(&account, file).await.0, 200, "{name:?}: {file}");
    }
}

#[tokio::test]
async fn an_edit_replaces_keeps_and_removes() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let form = Form::naming("two", &["a.txt", "b.txt"]).file(0, b"a").file(1, b"b");
    let message = form.post(&guild.owner, &guild.general).await.ok();
    let [a, b] = [message["attachments"][0].clone(), message["attachments"][1].clone()];
    let path = format!("/channels/{}/messages/{}", guild.general, s(&message, "id"));
    // Not mentioned: untouched.
    let edited = guild.owner.patch(&path, json!({"content": "still two"})).await.ok();
    assert_eq!(edited["attachments"], message["attachments"]);
    let mut gateway = member.online().await;
    let body =
        json!({"attachments": [{"id": 5, "filename": "c.txt"}, {"id": s(&a, "id"), "description": "kept"}]});
    let edited = Form::message(&body).file(5, b"c").send(&guild.owner, "PATCH", &path).await.ok();
    let names: Vec<String> =
        edited["attachments"].as_array().unwrap().iter().map(|file| s(file, "filename")).collect();
    assert_eq!(names, ["c.txt", "a.txt"]);
    assert_eq!(edited["attachments"][1]["description"], "kept");
    let event = gateway.expect("MESSAGE_UPDATE", near("id", s(&message, "id"))).await;
    assert_eq!(event["attachments"], edited["attachments"]);
    assert_eq!(fetch(&guild.owner, &edited["attachments"][0]).await, (200, b"c".to_vec()));
    gone(&guild.owner, &b).await;
    // A moderator only describes and removes.
    let own = Form::naming("mine", &["m.txt"]).file(0, b"m").post(&member, &guild.general).await.ok();
    let theirs = format!("/channels/{}/messages/{}", guild.general, s(&own, "id"));
    let new = Form::naming("", &["n.txt"]).file(0, b"n");
    new.send(&guild.owner, "PATCH", &theirs).await.field("attachments", "CANNOT_EDIT_ATTACHMENT_METADATA");
    let edited = guild.owner.patch(&theirs, json!({"attachments": [], "flags": 0})).await.ok();
    assert_eq!(edited["attachments"], json!([]));
    gone(&guild.owner, &own["attachments"][0]).await;
}

/// The object of the attachment is taken away.
async fn gone(from: &Client, attachment: &Value) {
    from.post("/test/worker/process-assets", json!({})).await; // not every server has it
    let mut tries = tokio::time::interval(std::time::Duration::from_millis(50));
    for _ in 0..400 {
        tries.tick().await;
        if fetch(from, attachment).await.0 != 200 {
            return;
        }
    }
    panic!("{attachment} is still there");
}

#[tokio::test]
async fn files_go_with_their_message() {
    let guild = Guild::new(&Account::new().await).await;
    let owner = &guild.owner;
    let upload = async || Form::naming("x", &["a.txt"]).file(0, b"a").post(owner, &guild.general).await.ok();
    let message = upload().await;
    owner.delete(format!("/channels/{}/messages/{}", guild.general, s(&message, "id"))).await.no_content();
    gone(owner, &message["attachments"][0]).await;
    let message = upload().await;
    let file = &message["attachments"][0];
    let path = format!("/channels/{}/messages/{}", guild.general, s(&message, "id"));
    owner.delete(format!("{path}/attachments/{}", s(file, "id"))).await.no_content();
    assert_eq!(owner.get(&path).await.ok()["attachments"], json!([]));
    gone(owner, file).await;
}

#[tokio::test]
async fn forwards_have_copies() {
    let guild = Guild::new(&Account::new().await).await;
    let owner = &guild.owner;
    let message = Form::naming("x", &["a.png"]).file(0, PNG).post(owner, &guild.general).await.ok();
    let other = guild.text().await;
    let reference = json!({"type": 1, "channel_id": guild.general, "message_id": s(&message, "id")});
    let path = format!("/channels/{other}/messages");
    let forward = owner.post(&path, json!({"message_reference": reference})).await.ok();
    let copy = &forward["message_snapshots"][0]["attachments"][0];
    assert_ne!(copy["id"], message["attachments"][0]["id"], "{forward}");
    assert_eq!(copy["width"], 1);
    owner.delete(format!("/channels/{}/messages/{}", guild.general, s(&message, "id"))).await.no_content();
    gone(owner, &message["attachments"][0]).await;
    assert_eq!(fetch(owner, copy).await, (200, PNG.to_vec()));
    owner.delete(format!("{path}/{}", s(&forward, "id"))).await.no_content();
    gone(owner, copy).await;
}

#[tokio::test]
async fn embeds_show_files_of_the_message() {
    let account = Account::new().await;
    let embeds = json!([{"title": "t", "image": {"url": "attachment://p q.png"}}]);
    let files = json!([{"id": 0, "filename": "p q.png"}]);
    let form = Form::message(&json!({"embeds": embeds, "attachments": files})).file(0, PNG);
    let message = form.post(&account, &account.id).await.ok();
    let image = &message["embeds"][0]["image"];
    assert_eq!((&image["url"], &image["width"]), (&message["attachments"][0]["url"], &json!(1)), "{message}");
    let body = json!({"embeds": embeds, "attachments": [{"id": 0, "filename": "x.png"}]});
    let other = Form::message(&body).file(0, PNG).post(&account, &account.id);
    other.await.field("embeds[0].image.url", "REFERENCED_ATTACHMENT_NOT_FOUND");
}

#[tokio::test]
async fn voice_messages_are_sound() {
    let account = Account::new().await;
    let voice = |name: &str| {
        let file = json!({"id": 0, "filename": name, "waveform": "AAAA", "duration": 3});
        Form::message(&json!({"flags": 8192, "attachments": [file]}))
    };
    let refused = voice("a.png").file(0, PNG).post(&account, &account.id).await;
    refused.field("attachments.0.upload_filename", "VOICE_MESSAGES_ATTACHMENT_MUST_BE_AUDIO");
    let message = voice("a.wav").file(0, &wav()).post(&account, &account.id).await.ok();
    let file = &message["attachments"][0];
    assert_eq!((&file["waveform"], &file["duration"]), (&json!("AAAA"), &json!(1)), "{file}");
}

#[tokio::test]
async fn scheduled_messages_keep_their_files() {
    let account = Account::new().await;
    let guild = Guild::new(&account).await;
    let features = json!({"add_features": ["MT_MESSAGE_SCHEDULING"]});
    account.post(format!("/test/guilds/{}/features", guild.id), features).await.ok();
    let now = s(&send(&account, &guild.general, "now").await, "timestamp");
    let body = json!({
        "content": "later",
        "attachments": [{"id": 0, "filename": "a.txt"}],
        // what it is here now, it is there in twelve hours
        "scheduled_local_at": now[..19],
        "timezone": "Etc/GMT+12",
    });
    let path = format!("/channels/{}/messages/schedule", guild.general);
    let form = Form::message(&body).file(0, b"scheduled");
    let scheduled = form.send(&account, "POST", path).await.status(201);
    assert_eq!(scheduled["payload"]["attachments"][0]["filename"], "a.txt", "{scheduled}");
    let id = s(&scheduled, "id");
    let run = format!("/test/worker/send-scheduled-message/{}/{id}", account.id);
    account.post(run, json!({})).await.ok();
    let list = account.get(format!("/channels/{}/messages", guild.general)).await.ok();
    assert_eq!(list[0]["content"], "later", "{list}");
    assert_eq!(fetch(&account, &list[0]["attachments"][0]).await, (200, b"scheduled".to_vec()));
}

#[tokio::test]
async fn files_in_direct_messages() {
    let [a, b] = Account::several::<2>().await;
    tests::account::befriend(&a, &b).await;
    let channel = dm(&a, &b.id).await;
    let mut gateway = b.online().await;
    let message = Form::naming("", &["a.txt"]).file(0, b"secret").post(&a, &channel).await.ok();
    let event = gateway.expect("MESSAGE_CREATE", near("id", s(&message, "id"))).await;
    assert_eq!(event["attachments"], message["attachments"]);
    let reply = json!({
        "content": "re", "attachments": [{"id": 0, "filename": "b.txt"}],
        "message_reference": {"message_id": s(&message, "id")},
    });
    let reply = Form::message(&reply).file(0, b"b").post(&b, &channel).await.ok();
    assert_eq!(reply["referenced_message"]["attachments"], message["attachments"]);
    send(&a, &channel, "and text").await;
}

#[tokio::test]
async fn attachments_expire_and_are_renewed() {
    let guild = Guild::new(&Account::new().await).await;
    let owner = &guild.owner;
    let message = Form::naming("x", &["a.txt"]).file(0, b"a").post(owner, &guild.general).await.ok();
    let id = s(&message["attachments"][0], "id");
    let path = format!("/channels/{}/messages/{}", guild.general, s(&message, "id"));
    let decay = format!("/test/attachment-decay/{id}");
    let row = owner.get(&decay).await.ok()["row"].clone();
    assert_eq!((&row["lifetime_days"], &row["size_bytes"]), (&json!(1095), &json!("1")), "{row}");
    let set = async |expires_at: Value| {
        let row = json!({
            "attachment_id": id, "channel_id": guild.general, "message_id": s(&message, "id"),
            "filename": "a.txt", "expires_at": expires_at,
        });
        owner.post("/test/attachment-decay/rows", json!({"rows": [row]})).await.ok();
    };
    let shown = async || s(&owner.get(&path).await.ok()["attachments"][0], "expires_at");
    // Far away: reading changes nothing.
    set(json!("2039-01-01T00:00:00.000Z")).await;
    assert_eq!(shown().await, "2039-01-01T00:00:00.000Z");
    // Over in an hour: read, it has a month again.
    let sent_at = (s(&message, "id").parse::<u64>().unwrap() >> 22) + 1_420_070_400_000;
    set(json!(sent_at + 3_600_000)).await;
    let soon = s(&owner.get(&decay).await.ok()["row"], "expires_at");
    let later = shown().await;
    assert!(later > soon, "{later} is not after {soon}");
    assert_eq!(owner.get(&decay).await.ok()["row"]["expires_at"], json!(later));
    // Over: it says so, before and after the job has run.
    set(json!(sent_at - 1)).await;
    for _ in 0..2 {
        let file = owner.get(&path).await.ok()["attachments"][0].clone();
        assert_eq!((&file["url"], &file["proxy_url"]), (&Value::Null, &Value::Null), "{file}");
        assert_eq!((&file["expired"], &file["filename"]), (&json!(true), &json!("a.txt")), "{file}");
        owner.post("/test/worker/expire-attachments", json!({})).await.ok();
    }
}
