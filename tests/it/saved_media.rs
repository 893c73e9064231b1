//! Saved media (`users.md` §10, `webhooks-invites-expressions.md` §6): pictures kept to be sent
//! again.

use tests::form::Form;
use tests::guild::send;
use tests::perms::{ATTACH_FILES, EMBED_LINKS, VIEW_CHANNEL};
use tests::site::{Answer, Site};
use tests::{Account, Bot, Client, Guild, UNKNOWN, Value, json, near, s};

const PATH: &str = "/users/@me/memes";

/// A GIF of one pixel, unlike every other.
fn gif(number: u8) -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0".to_vec();
    bytes.extend([number, 0, 0, 255, 255, 255]);
    bytes.extend(b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;");
    bytes
}

async fn fetch(from: &Client, url: &str) -> (u16, Vec<u8>) {
    let origin = from.base.trim_end_matches("/api").to_owned();
    let path = url.strip_prefix(&origin).unwrap_or_else(|| panic!("{url} is not at {origin}")).to_owned();
    let answer = Client { base: origin, auth: None, ..from.clone() }.get(path).await;
    (answer.status, answer.bytes)
}

/// A message with a picture; its attachment's id too.
async fn picture(from: &Account, channel: &str, number: u8) -> (String, String) {
    let body = json!({"attachments": [{"id": 0, "filename": "cat.gif", "description": "a cat"}]});
    let message = Form::message(&body).file(0, &gif(number)).post(from, channel).await.ok();
    (s(&message, "id"), s(&message["attachments"][0], "id"))
}

fn from_message(channel: &str, message: &str) -> String {
    format!("/channels/{channel}/messages/{message}/memes")
}

#[tokio::test]
async fn a_picture_is_kept_and_sent_again() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let (message, file) = picture(&guild.owner, &guild.general, 1).await;
    let mut gateway = member.online().await;
    let path = from_message(&guild.general, &message);
    let body = json!({"name": " Cat ", "attachment_id": file, "tags": ["", "pet", " pet "]});
    let meme = member.post(&path, body.clone()).await.status(201);
    gateway.expect("FAVORITE_MEME_CREATE", near("id", s(&meme, "id"))).await;
    assert_eq!(
        (&meme["name"], &meme["alt_text"], &meme["tags"], &meme["user_id"]),
        (&json!("Cat"), &json!("a cat"), &json!(["pet"]), &json!(member.id))
    );
    assert_eq!(
        (&meme["filename"], &meme["content_type"], &meme["width"], &meme["is_gifv"]),
        (&json!("cat.gif"), &json!("image/gif"), &json!(1), &json!(false))
    );
    member.post(&path, body).await.field("media", "MEDIA_ALREADY_IN_FAVORITE_MEMES");
    // it is listed, and the next session begins with it
    assert_eq!(member.get(PATH).await.ok(), json!([meme]));
    assert_eq!(member.get(format!("{PATH}/{}", s(&meme, "id"))).await.ok(), meme);
    assert_eq!(member.online().await.ready["favorite_memes"], json!([meme]));
    assert_eq!(guild.owner.online().await.ready["favorite_memes"], json!([]));
    // the source may go
    guild.owner.delete(format!("/channels/{}/messages/{message}", guild.general)).await.no_content();
    assert_eq!(fetch(&member, &s(&meme, "url")).await, (200, gif(1)));
    // sent, it is a file of the message, first and lasting
    let body = json!({"favorite_meme_id": meme["id"], "attachments": [{"id": 0, "filename": "b.txt"}]});
    let sent = Form::message(&body).file(0, b"hello").post(&member, &guild.general).await.ok();
    let [first, second] = [&sent["attachments"][0], &sent["attachments"][1]];
    assert_eq!((&first["filename"], &second["filename"]), (&json!("cat.gif"), &json!("b.txt")));
    assert_eq!((&first["content_hash"], &first["description"]), (&meme["content_hash"], &json!("a cat")));
    assert_eq!((&first["expires_at"], second["expires_at"].is_string()), (&Value::Null, true));
    assert_ne!(sent["flags"].as_i64().unwrap() & 131_072, 0, "{sent}");
    // and is not gone with what was saved
    member.delete(format!("{PATH}/{}", s(&meme, "id"))).await.no_content();
    gateway.expect("FAVORITE_MEME_DELETE", near("meme_id", s(&meme, "id"))).await;
    member.delete(format!("{PATH}/{}", s(&meme, "id"))).await.no_content();
    assert_eq!(fetch(&member, &s(first, "url")).await, (200, gif(1)));
    let mut tries = tokio::time::interval(std::time::Duration::from_millis(50));
    let mut status = 200;
    for _ in 0..600 {
        tries.tick().await;
        status = fetch(&member, &s(&meme, "url")).await.0;
        if status != 200 {
            break;
        }
    }
    assert_ne!(status, 200, "the object is deleted");
    let body = json!({"favorite_meme_id": meme["id"]});
    let path = format!("/channels/{}/messages", guild.general);
    member.post(path, body).await.err(404, "UNKNOWN_FAVORITE_MEME");
}

#[tokio::test]
async fn what_of_a_message_can_be_saved() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let owner = &guild.owner;
    let site = Site::open(&[("/dog.gif", Answer("content-type: image/gif\r\n".into(), gif(2)))]).await;
    let embeds = json!([
        {"title": "none"},
        {"image": {"url": site.url("/dog.gif")}},
        {"image": {"url": site.url("/gone.gif")}},
    ]);
    let body = json!({"embeds": embeds, "attachments": [{"id": 0, "filename": "a.txt"}]});
    let message = Form::message(&body).file(0, b"text").post(owner, &guild.general).await.ok();
    let path = from_message(&guild.general, &s(&message, "id"));
    let text = s(&message["attachments"][0], "id");
    let body = |key: &str, value: Value| json!({"name": "dog", key: value});
    member.post(&path, json!({"name": "dog"})).await.field("media", "NO_VALID_MEDIA_IN_MESSAGE");
    member.post(&path, json!({"embed_index": 1})).await.plain("name");
    member
        .post(&path, json!({"name": " ", "embed_index": 1}))
        .await
        .field("name", "FAVORITE_MEME_NAME_REQUIRED");
    member.post(&path, body("embed_index", json!(0))).await.field("media", "NO_VALID_MEDIA_IN_MESSAGE");
    member.post(&path, body("embed_index", json!(2))).await.err(400, "MEDIA_METADATA_ERROR");
    member.post(&path, body("embed_index", json!(3))).await.field("embed_index", "EMBED_INDEX_OUT_OF_BOUNDS");
    let code = "ATTACHMENT_ID_NOT_FOUND_IN_MESSAGE";
    member.post(&path, body("attachment_id", json!(UNKNOWN))).await.field("preferred_attachment_id", code);
    let tags: Vec<String> = (0..11).map(|number| format!("t{number}")).collect();
    member.post(&path, json!({"name": "dog", "embed_index": 1, "tags": tags})).await.plain("tags");
    let unknown = from_message(&guild.general, UNKNOWN);
    member.post(unknown, body("embed_index", json!(1))).await.err(404, "UNKNOWN_MESSAGE");
    Account::new().await.post(&path, body("embed_index", json!(1))).await.refused(403);
    assert_eq!(member.get(PATH).await.ok(), json!([]));
    // a file that is no media leads to the first embed that has some
    let meme = member.post(&path, body("attachment_id", json!(text))).await.status(201);
    assert_eq!((&meme["filename"], &meme["alt_text"]), (&json!("dog.gif"), &Value::Null));
    assert_eq!(fetch(&member, &s(&meme, "url")).await, (200, gif(2)));
    let code = "MEDIA_ALREADY_IN_FAVORITE_MEMES";
    member.post(&path, body("embed_index", json!(1))).await.field("media", code);
    // who may not see the channel may not save from it
    guild.overwrite(&guild.general, &member.id, 1, 0, VIEW_CHANNEL).await;
    member.post(&path, body("embed_index", json!(1))).await.refused(403);
}

#[tokio::test]
async fn an_address_is_fetched() {
    let picture = |number| Answer("content-type: image/gif\r\n".into(), gif(number));
    let site = Site::open(&[
        ("/a/fun%20ny.gif?", picture(3)),
        ("/view", picture(4)),
        ("/wrong.png", picture(5)),
        ("/page", Answer("content-type: text/html\r\n".into(), b"<p>".to_vec())),
        ("/broken.gif", Answer("content-type: image/gif\r\n".into(), b"GIF89a".to_vec())),
    ])
    .await;
    let account = Account::new().await;
    let save = |body: Value| account.post(PATH, body);
    let meme =
        save(json!({"url": site.url("/a/fun%20ny.gif?x=1"), "tenor_slug_id": "cat-1"})).await.status(201);
    assert_eq!((&meme["name"], &meme["filename"]), (&json!("fun_ny.gif"), &json!("fun_ny.gif")));
    assert_eq!((&meme["tenor_slug_id"], &meme["klipy_slug"]), (&json!("view/cat-1"), &Value::Null));
    assert_eq!(fetch(&account, &s(&meme, "url")).await, (200, gif(3)));
    let meme = save(json!({"url": site.url("/view"), "name": "v", "alt_text": "t"})).await.status(201);
    assert_eq!((&meme["filename"], &meme["alt_text"]), (&json!("view.gif"), &json!("t")));
    let meme = save(json!({"url": site.url("/wrong.png")})).await.status(201);
    assert_eq!((&meme["filename"], &meme["content_type"]), (&json!("wrong.gif"), &json!("image/gif")));
    for path in ["/page", "/gone", "/broken.gif"] {
        save(json!({"url": site.url(path)})).await.err(400, "MEDIA_METADATA_ERROR");
    }
    // not into the network the server stands in
    save(json!({"url": "http://10.0.0.1/a.gif"})).await.err(400, "MEDIA_METADATA_ERROR");
    save(json!({"url": "file:///etc/passwd"})).await.plain("url");
    // what this instance has itself is not asked for over the network
    let other = Account::new().await;
    let own = other.post(PATH, json!({"url": meme["url"]})).await.status(201);
    assert_eq!(own["content_hash"], meme["content_hash"]);
    assert_eq!(fetch(&other, &s(&own, "url")).await, (200, gif(5)));
    for path in ["avatars/1/a.png", "attachments/../x", "attachments/1/2/no.gif", "external/a/b"] {
        let origin = s(&meme, "url").split("/attachments/").next().unwrap().to_owned();
        other.post(PATH, json!({"url": format!("{origin}/{path}")})).await.err(400, "MEDIA_METADATA_ERROR");
    }
    let bot = Bot::new(&account).await;
    bot.get(PATH).await.err(403, "ACCESS_DENIED");
}

#[tokio::test]
async fn changes_and_limits() {
    let files: Vec<(String, Answer)> = (0..12)
        .map(|number| {
            (format!("/{number}.gif"), Answer("content-type: image/gif\r\n".into(), gif(100 + number)))
        })
        .collect();
    let files: Vec<(&str, Answer)> =
        files.iter().map(|(path, answer)| (path.as_str(), answer.clone())).collect();
    let site = Site::open(&files).await;
    let [account, other] = Account::several::<2>().await;
    // the same at the same time is saved once
    let again = || account.post(PATH, json!({"url": site.url("/0.gif"), "alt_text": "x", "tags": ["a"]}));
    let all = futures_util::future::join_all((0..6).map(|_| async { again().await.status })).await;
    assert_eq!(all.iter().filter(|status| **status == 201).count(), 1, "{all:?}");
    let list = account.get(PATH).await.ok();
    assert_eq!(list.as_array().map(Vec::len), Some(1), "{list}");
    let path = format!("{PATH}/{}", s(&list[0], "id"));
    let mut gateway = account.online().await;
    let meme = account.patch(&path, json!({"name": " new "})).await.ok();
    gateway.expect("FAVORITE_MEME_UPDATE", near("id", s(&meme, "id"))).await;
    assert_eq!(
        (&meme["name"], &meme["alt_text"], &meme["tags"]),
        (&json!("new"), &json!("x"), &json!(["a"]))
    );
    let meme = account.patch(&path, json!({"alt_text": null, "tags": ["b", "c"]})).await.ok();
    assert_eq!(
        (&meme["name"], &meme["alt_text"], &meme["tags"]),
        (&json!("new"), &Value::Null, &json!(["b", "c"]))
    );
    let tags: Vec<String> = (0..11).map(|number| format!("t{number}")).collect();
    account.patch(&path, json!({"tags": tags})).await.plain("tags");
    account.patch(&path, json!({"name": ""})).await.field("name", "FAVORITE_MEME_NAME_REQUIRED");
    account.patch(&path, json!({"name": "x".repeat(101)})).await.field("name", "STRING_LENGTH_INVALID");
    assert_eq!(account.get(&path).await.ok(), meme);
    other.get(&path).await.err(404, "UNKNOWN_FAVORITE_MEME");
    other.patch(&path, json!({"name": "mine"})).await.err(404, "UNKNOWN_FAVORITE_MEME");
    other.delete(&path).await.no_content();
    assert_eq!(account.get(PATH).await.ok(), json!([meme]));
    // only one's own is sent
    let (guild, [member]) = Guild::with_members::<1>().await;
    let body = json!({"favorite_meme_id": meme["id"]});
    let channel = format!("/channels/{}/messages", guild.general);
    member.post(&channel, body).await.err(404, "UNKNOWN_FAVORITE_MEME");
    // and only where pictures may be sent
    guild.join(&account).await;
    let body = json!({"favorite_meme_id": meme["id"]});
    for missing in [EMBED_LINKS, ATTACH_FILES] {
        guild.overwrite(&guild.general, &account.id, 1, 0, missing).await;
        account.post(&channel, body.clone()).await.err(403, "MISSING_PERMISSIONS");
    }
    guild.overwrite(&guild.general, &account.id, 1, 0, 0).await;
    let sent = account.post(&channel, body).await.ok();
    assert_eq!(sent["attachments"].as_array().map(Vec::len), Some(1), "{sent}");
    // an edit keeps it
    let edited = account.patch(format!("{channel}/{}", s(&sent, "id")), json!({"content": "hi"})).await.ok();
    assert_eq!(edited["attachments"], sent["attachments"]);
    let plain = send(&guild.owner, &guild.general, "nothing").await;
    let nothing = from_message(&guild.general, &s(&plain, "id"));
    let body = json!({"name": "a", "embed_index": 0});
    account.post(nothing, body).await.field("embed_index", "EMBED_INDEX_OUT_OF_BOUNDS");
}
