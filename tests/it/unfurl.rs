//! Link previews (`jobs.md` §7, `channels-and-messages.md` §9), of pages the test serves itself.

use tests::guild::send;
use tests::site::{Answer, OPEN, Site};
use tests::{Account, Gateway, Guild, Value, befriend, dm, json, near, perms, s};

fn html(page: impl Into<Vec<u8>>) -> Answer {
    Answer("content-type: text/html; charset=utf-8\r\n".into(), page.into())
}
fn titled(title: &str) -> Answer {
    html(format!("<head><meta property=og:title content=\"{title}\"></head>"))
}

/// A small PNG made by hand: 3 by 2, grey.
fn png() -> Vec<u8> {
    const PNG: &str = "89504e470d0a1a0a0000000d4948445200000003000000020800000000b81f39c600000010494441\
        54789c6360606462e0e2e60100005800257312a5470000000049454e44ae426082";
    (0..PNG.len() / 2).map(|at| u8::from_str_radix(&PNG[2 * at..2 * at + 2], 16).unwrap()).collect()
}

async fn update(gateway: &mut Gateway, message: &Value) -> Value {
    gateway.expect("MESSAGE_UPDATE", near("id", s(message, "id"))).await
}

async fn reread(reader: &Account, message: &Value) -> Value {
    reader.get(format!("/channels/{}/messages/{}", s(message, "channel_id"), s(message, "id"))).await.ok()
}

/// Sends a message with a link that is previewed last: whatever came before has been done.
async fn settle(guild: &Guild, gateway: &mut Gateway) {
    let site = Site::open(&[("/fence", titled("fence"))]).await;
    let message = send(&guild.owner, &guild.general, &site.url("/fence")).await;
    update(gateway, &message).await;
}

#[tokio::test]
async fn a_link_unfolds_for_those_who_may_read_it() {
    let page = "<title>plain</title><meta property=og:title content=\"A &amp; B\">\
        <meta property=og:description content=said><meta name=theme-color content=#abc>\
        <meta property=og:image content=/p.png><meta property=og:image:alt content=alt>";
    let picture = Answer("content-type: image/png\r\n".into(), png());
    let site = Site::open(&[("/page", html(page)), ("/p.png", picture)]).await;
    let (guild, [author, stranger]) = Guild::with_members::<2>().await;
    let role = guild.role(0).await;
    guild.give(&author.id, &role).await;
    let hidden = guild.hidden_text(Some(&role)).await;
    let (mut reader, mut other) = (author.online().await, stranger.online().await);
    let message = send(&author, &hidden, &format!("see {}", site.url("/page"))).await;
    assert_eq!(message["embeds"], json!([]), "after the answer: {message}");
    let event = update(&mut reader, &message).await;
    let embed = &event["embeds"][0];
    assert_eq!((&embed["type"], &embed["title"]), (&json!("link"), &json!("A & B")), "{event}");
    assert_eq!((&embed["description"], &embed["color"]), (&json!("said"), &json!(0xAABBCC)));
    assert_eq!(embed["url"], json!(site.url("/page")));
    let thumbnail = &embed["thumbnail"];
    assert_eq!((&thumbnail["width"], &thumbnail["height"]), (&json!(3), &json!(2)), "{thumbnail}");
    assert_eq!((&thumbnail["content_type"], &thumbnail["flags"]), (&json!("image/png"), &json!(0)));
    assert_eq!(thumbnail["description"], "alt");
    assert!(s(thumbnail, "proxy_url").contains("/external/"), "{thumbnail}");
    assert_eq!((&event["edited_timestamp"], &event["guild_id"]), (&Value::Null, &json!(guild.id)));
    assert_eq!(reread(&author, &message).await["embeds"], event["embeds"]);
    guild.fence(&mut [&mut other]).await;
    other.absent("MESSAGE_UPDATE", near("id", s(&message, "id")));
    // What was seen lately is there at once, and nobody is asked again.
    let asked = site.asked();
    let again = send(&author, &guild.general, &format!("again {}", site.url("/page"))).await;
    assert_eq!(again["embeds"], event["embeds"]);
    // A link straight to a picture is one.
    let picture = send(&author, &guild.general, &site.url("/p.png")).await;
    let event = update(&mut reader, &picture).await;
    assert_eq!(event["embeds"][0]["type"], "image", "{event}");
    assert_eq!(event["embeds"][0]["thumbnail"]["width"], 3);
    assert_eq!(site.asked(), asked + 1);
}

#[tokio::test]
async fn previews_come_in_the_order_of_the_links() {
    let names = ["/a", "/b", "/c", "/d", "/e", "/f"];
    let files: Vec<_> = names.iter().map(|name| (*name, titled(name))).collect();
    let site = Site::open(&files).await;
    let (guild, []) = Guild::with_members::<0>().await;
    let mut gateway = guild.owner.online().await;
    let links = names.map(|name| site.url(name)).join(" ");
    let content = format!("{} {links} `{}` <{}>", site.url("/gone"), site.url("/f"), site.url("/f"));
    let message = send(&guild.owner, &guild.general, &content).await;
    let event = update(&mut gateway, &message).await;
    let titles: Vec<_> = event["embeds"].as_array().unwrap().iter().map(|embed| s(embed, "title")).collect();
    assert_eq!(titles, ["/a", "/b", "/c", "/d"], "five links are looked at, the first is gone");
}

#[tokio::test]
async fn a_page_is_read_once_for_all() {
    let site = Site::closed(&[("/page", titled("once"))]).await;
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    let mut messages = Vec::new();
    for number in 0..4 {
        messages.push(send(&member, &guild.general, &format!("{number} {}", site.url("/page"))).await);
    }
    site.arrived.notified().await;
    site.gate.add_permits(OPEN);
    for message in &messages {
        assert_eq!(update(&mut gateway, message).await["embeds"][0]["title"], "once");
    }
    assert_eq!(site.asked(), 1);
}

#[tokio::test]
async fn where_links_stay_links() {
    let site = Site::open(&[("/page", titled("page")), ("/known", titled("known"))]).await;
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = guild.owner.online().await;
    let known = send(&guild.owner, &guild.general, &site.url("/known")).await;
    update(&mut gateway, &known).await;
    guild.everyone(perms::DEFAULT & !perms::EMBED_LINKS).await;
    let message =
        send(&member, &guild.general, &format!("{} {}", site.url("/page"), site.url("/known"))).await;
    assert_eq!(message["embeds"], json!([]));
    // Embeds of one's own stand alone.
    let own = json!({"content": site.url("/page"), "embeds": [{"title": "own"}]});
    let own = guild.owner.post(format!("/channels/{}/messages", guild.general), own).await.ok();
    settle(&guild, &mut gateway).await;
    gateway.absent("MESSAGE_UPDATE", near("id", s(&message, "id")));
    gateway.absent("MESSAGE_UPDATE", near("id", s(&own, "id")));
    assert_eq!(reread(&guild.owner, &own).await["embeds"][0]["title"], "own");
    assert_eq!(site.asked(), 1, "nobody asked for the page");
    // Suppressed: previewed for when somebody shows them again, but nobody is told.
    let body = json!({"content": site.url("/page"), "flags": 4});
    let quiet = guild.owner.post(format!("/channels/{}/messages", guild.general), body).await.ok();
    settle(&guild, &mut gateway).await;
    gateway.absent("MESSAGE_UPDATE", near("id", s(&quiet, "id")));
    // In private they are always previewed.
    befriend(&guild.owner, &member).await;
    let private = dm(&member, &guild.owner.id).await;
    let message = send(&member, &private, &format!("{}?private", site.url("/known"))).await;
    settle(&guild, &mut gateway).await;
    assert_eq!(reread(&member, &message).await["embeds"], json!([]), "there is no such page");
    let message = send(&member, &private, &site.url("/known")).await;
    assert_eq!(message["embeds"][0]["title"], "known");
}

#[tokio::test]
async fn editing_looks_again() {
    let site = Site::open(&[("/one", titled("one")), ("/two", titled("two"))]).await;
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    let message = send(&member, &guild.general, &site.url("/one")).await;
    update(&mut gateway, &message).await;
    let path = format!("/channels/{}/messages/{}", guild.general, s(&message, "id"));
    let edited = member.patch(&path, json!({"content": site.url("/two")})).await.ok();
    assert_eq!(edited["embeds"], json!([]), "the old link is gone: {edited}");
    assert_eq!(update(&mut gateway, &message).await["embeds"], json!([]));
    let event = update(&mut gateway, &message).await;
    assert_eq!(event["embeds"][0]["title"], "two");
    assert_eq!(event["edited_timestamp"], edited["edited_timestamp"]);
    let both = format!("{} {}", site.url("/two"), site.url("/one"));
    let edited = member.patch(&path, json!({"content": both})).await.ok();
    let titles: Vec<_> = edited["embeds"].as_array().unwrap().iter().map(|embed| s(embed, "title")).collect();
    assert_eq!(titles, ["two", "one"], "both are known");
    let edited = member.patch(&path, json!({"flags": 0})).await.ok();
    assert_eq!(edited["embeds"].as_array().unwrap().len(), 2, "the same text keeps them");
    let edited = member.patch(&path, json!({"content": "none"})).await.ok();
    assert_eq!(edited["embeds"], json!([]));
    let own =
        member.patch(&path, json!({"content": site.url("/one"), "embeds": [{"title": "own"}]})).await.ok();
    assert_eq!(own["embeds"][0]["title"], "own");
}

#[tokio::test]
async fn what_changes_meanwhile_wins() {
    let site = Site::closed(&[("/slow", titled("slow")), ("/late", titled("late"))]).await;
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = guild.owner.online().await;
    let edited = send(&member, &guild.general, &site.url("/slow")).await;
    let deleted = send(&member, &guild.general, &site.url("/late")).await;
    site.arrived.notified().await;
    let path = |message: &Value| format!("/channels/{}/messages/{}", guild.general, s(message, "id"));
    member.patch(path(&edited), json!({"content": "nothing any more"})).await.ok();
    member.delete(path(&deleted)).await.no_content();
    site.gate.add_permits(OPEN);
    assert_eq!(update(&mut gateway, &edited).await["content"], "nothing any more");
    settle(&guild, &mut gateway).await;
    gateway.absent("MESSAGE_UPDATE", near("id", s(&edited, "id")));
    gateway.absent("MESSAGE_UPDATE", near("id", s(&deleted, "id")));
    assert_eq!(reread(&member, &edited).await["embeds"], json!([]));
    member.get(path(&deleted)).await.err(404, "UNKNOWN_MESSAGE");
}

#[tokio::test]
async fn hostile_pages_have_no_or_a_harmless_preview() {
    let attribute = format!("<title>ok</title><meta property=og:title content=\"{}\">", "x".repeat(10 << 20));
    let nested = format!("<title>ok</title>{}", "<div>".repeat(100_000));
    let script = "<title>ok</title><script>document.title = '<meta property=og:title content=bad>'</script>";
    let lie = b"<title>ok \xff\xfe\xe9</title>".to_vec();
    let pixel = "<title>ok</title><meta property=og:image content=javascript:alert(1)>\
        <meta property=og:image content=http://127.0.1.1:1/none.png>";
    let steering = "<title>ok \u{202e}\u{0}\u{1b}[31m</title>";
    let inward = Answer("location: http://169.254.169.254/latest\r\n".into(), Vec::new());
    let inward_too = Answer("location: http://[::1]/\r\n".into(), Vec::new());
    let bomb = Answer("content-type: text/html\r\ncontent-encoding: gzip\r\n".into(), vec![0x1f, 0x8b, 8, 0]);
    let endless =
        Answer("content-type: text/html\r\nx-endless: yes\r\n".into(), b"<title>ok</title>".to_vec());
    let round = Answer("location: /round\r\n".into(), Vec::new());
    let binary = Answer("content-type: image/png\r\n".into(), b"not a picture".to_vec());
    let site = Site::open(&[
        ("/attribute", html(attribute)),
        ("/nested", html(nested)),
        ("/script", html(script)),
        ("/lie", Answer("content-type: text/html; charset=utf-8\r\n".into(), lie)),
        ("/pixel", html(pixel)),
        ("/steering", html(steering)),
        ("/inward", inward),
        ("/inward-too", inward_too),
        ("/bomb", bomb),
        ("/endless", endless),
        ("/round", round),
        ("/binary", binary),
        ("/json", Answer("content-type: application/json\r\n".into(), b"{}".to_vec())),
    ])
    .await;
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    for path in ["/attribute", "/nested", "/script", "/lie", "/pixel", "/steering", "/endless"] {
        let message = send(&member, &guild.general, &site.url(path)).await;
        let event = update(&mut gateway, &message).await;
        let title = s(&event["embeds"][0], "title");
        assert!(title.starts_with("ok") && !title.contains(['\u{202e}', '\u{1b}']), "{path}: {event}");
    }
    let message = send(&member, &guild.general, &site.url("/binary")).await;
    let event = update(&mut gateway, &message).await;
    assert_eq!(event["embeds"][0]["thumbnail"]["width"], Value::Null, "nothing is known of it: {event}");
    let mut silent = Vec::new();
    for path in ["/inward", "/inward-too", "/bomb", "/round", "/json", "/missing"] {
        silent.push(send(&member, &guild.general, &site.url(path)).await);
    }
    settle(&guild, &mut gateway).await;
    for message in &silent {
        gateway.absent("MESSAGE_UPDATE", near("id", s(message, "id")));
        assert_eq!(reread(&member, message).await["embeds"], json!([]), "{message}");
    }
}
