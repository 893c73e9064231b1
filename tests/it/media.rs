//! The media proxy (`media.md` §1): what is set through the API comes back in every size and
//! format, and nothing else does. Pictures are made here, byte by byte.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use imagesize::ImageType;
use sha2::Sha256;
use tests::http::Response;
use tests::{Account, Client, Guild, json, s};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A client of the proxy of the shared instance.
fn proxy() -> Client {
    Client { base: format!("{}/media", root()), ..Client::anonymous() }
}

fn root() -> String {
    Client::anonymous().base.strip_suffix("/api").expect("the API is below the root").to_owned()
}

/// A picture with a gradient, without compression.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut raw = Vec::new();
    for y in 0..height {
        raw.push(0);
        (0..width).for_each(|x| raw.extend([(x * 255 / width) as u8, (y * 255 / height) as u8, 128]));
    }
    let mut data = vec![0x78, 1];
    let mut blocks = raw.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        data.push(u8::from(blocks.peek().is_none()));
        data.extend((block.len() as u16).to_le_bytes());
        data.extend((!(block.len() as u16)).to_le_bytes());
        data.extend(block);
    }
    let (a, b) = raw.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    data.extend(((b << 16) | a).to_be_bytes());
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [(b"IHDR", header), (b"IDAT", data), (b"IEND", Vec::new())] {
        let chunk = [&kind[..], &content].concat();
        let sum = !chunk.iter().fold(!0_u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                (sum >> 1) ^ (0xEDB8_8320 & (!(sum & 1)).wrapping_add(1))
            })
        });
        file.extend((content.len() as u32).to_be_bytes());
        file.extend(chunk);
        file.extend(sum.to_be_bytes());
    }
    file
}

/// A GIF of two frames in two colours, without compression.
fn gif(width: u16, height: u16) -> Vec<u8> {
    let size = [width.to_le_bytes(), height.to_le_bytes()].concat();
    let mut file = [&b"GIF89a"[..], &size, &[0xF6, 0, 0]].concat();
    (0..128_u8).for_each(|at| file.extend([at * 2, 255 - at, 0]));
    file.extend(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0");
    for frame in 0..2_u8 {
        file.extend([0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0]);
        file.extend(&size);
        file.extend([0, 7]);
        // Codes stay eight bits long when the table is cleared often enough.
        let pixels = vec![frame * 100; usize::from(width) * usize::from(height)];
        let mut codes = Vec::new();
        for run in pixels.chunks(100) {
            codes.push(0x80);
            codes.extend(run);
        }
        codes.push(0x81);
        for block in codes.chunks(255) {
            file.push(block.len() as u8);
            file.extend(block);
        }
        file.push(0);
    }
    file.push(0x3B);
    file
}

fn uri(kind: &str, bytes: &[u8]) -> String {
    format!("data:image/{kind};base64,{}", STANDARD.encode(bytes))
}

/// Whatever the answer, no browser will run it.
#[track_caller]
fn harmless(answer: &Response) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("access-control-allow-origin", "*"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}: {answer:?}");
    }
}

#[track_caller]
fn picture(answer: &Response, content_type: &str, width: usize, height: usize) {
    harmless(answer);
    assert_eq!((answer.status, answer.header("content-type")), (200, Some(content_type)), "{}", answer.text);
    let kind = match imagesize::image_type(&answer.bytes).unwrap() {
        ImageType::Jpeg => "image/jpeg",
        ImageType::Png => "image/png",
        ImageType::Gif => "image/gif",
        ImageType::Webp => "image/webp",
        ImageType::Heif(_) => "image/avif",
        other => panic!("{other:?}"),
    };
    let size = imagesize::blob_size(&answer.bytes).unwrap();
    assert_eq!((kind, size.width, size.height), (content_type, width, height));
}

#[track_caller]
fn refused(answer: &Response, status: u16) {
    harmless(answer);
    assert_eq!((answer.status, answer.header("content-type")), (status, Some("text/plain; charset=utf-8")));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

/// Whether a picture moves, by what its format says.
fn moves(answer: &Response) -> bool {
    let has = |what: &[u8]| answer.bytes.windows(what.len()).any(|at| at == what);
    has(b"ANMF") || has(b"NETSCAPE2.0")
}

#[tokio::test]
async fn avatars_come_in_every_format_and_size() {
    let (account, proxy) = (Account::new().await, proxy());
    let avatar = uri("png", &png(300, 200));
    let hash = s(&account.patch("/users/@me", json!({ "avatar": avatar })).await.ok(), "avatar");
    let base = format!("/avatars/{}/{hash}", account.id);
    for (extension, content_type) in [
        ("png", "image/png"),
        ("jpg", "image/jpeg"),
        ("jpeg", "image/jpeg"),
        ("gif", "image/gif"),
        ("webp", "image/webp"),
    ] {
        picture(&proxy.get(format!("{base}.{extension}")).await, content_type, 128, 85);
    }
    for (query, width, height) in
        [("?size=16", 16, 10), ("?size=160&quality=low", 160, 106), ("?size=4096&quality=lossless", 300, 200)]
    {
        picture(&proxy.get(format!("{base}.webp{query}")).await, "image/webp", width, height);
    }
    picture(&proxy.get(format!("{base}.avif?size=64")).await, "image/avif", 64, 42);
    // The path decides, not the parameter; and a still picture is one under its animated name.
    picture(&proxy.get(format!("{base}.webp?format=png&animated=true")).await, "image/webp", 128, 85);
    picture(&proxy.get(format!("/avatars/{}/a_{hash}.gif", account.id)).await, "image/gif", 128, 85);
    for bad in ["?size=127", "?size=", "?format=bmp", "?quality=best", "?animated=yes"] {
        refused(&proxy.get(format!("{base}.webp{bad}")).await, 400);
    }
    for bad in [".svg", ".PNG", ".exe", "", ".png.png", "-x.png"] {
        refused(&proxy.get(format!("{base}{bad}")).await, 400);
    }
    refused(&proxy.get(format!("/avatars/{}/ffffffff.png", account.id)).await, 404);
    refused(&proxy.get(format!("/avatars/1/{hash}.png")).await, 404);
    for unknown in
        ["/", "/avatars", "/_metadata", "/nothing/here", "/avatars/1/x.png/", "/avatars/1/%2e%2e%2fx.png"]
    {
        let answer = proxy.get(unknown).await;
        harmless(&answer);
        assert!(matches!(answer.status, 400 | 404), "{unknown}: {}", answer.status);
    }
    refused(&proxy.call("POST", &format!("{base}.png")).await, 405);
    assert_eq!(proxy.call("OPTIONS", &format!("{base}.png")).await.status, 204);
    assert_eq!(proxy.get("/_health").await.text, "OK");
}

/// At the root too: there is where `static_cdn_domain` leads if it names this host.
#[tokio::test]
async fn those_without_a_picture_have_one() {
    let (media, root) = (proxy(), Client { base: root(), ..Client::anonymous() });
    let mut seen = std::collections::BTreeSet::new();
    for number in 0..6 {
        let path = format!("/avatars/{number}.png");
        let answer = media.get(&path).await;
        picture(&answer, "image/png", 128, 128);
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000"));
        assert_eq!(root.get(&path).await.bytes, answer.bytes);
        assert!(seen.insert(answer.bytes), "two look alike");
    }
    picture(&root.get("/avatars/3.png?size=512").await, "image/png", 512, 512);
    let etag = root.get("/avatars/3.png").await.header("etag").expect("a tag").to_owned();
    assert_eq!(root.get("/avatars/3.png").header("If-None-Match", etag).await.status, 304);
    refused(&root.get("/avatars/3.png?size=5").await, 400);
    refused(&media.get("/avatars/6.png").await, 404);
}

#[tokio::test]
async fn answers_are_cached_and_conditional() {
    let (account, proxy) = (Account::new().await, proxy());
    let avatar = uri("png", &png(64, 64));
    let hash = s(&account.patch("/users/@me", json!({ "avatar": avatar })).await.ok(), "avatar");
    let path = format!("/avatars/{}/{hash}.png", account.id);
    let first = proxy.get(&path).await;
    picture(&first, "image/png", 64, 64);
    assert_eq!(first.header("cache-control"), Some("public, max-age=31536000"));
    assert_eq!(first.header("accept-ranges"), Some("bytes"));
    assert_eq!(first.header("vary"), Some("Accept-Encoding, Range"));
    let etag = first.header("etag").unwrap().to_owned();
    let modified = first.header("last-modified").unwrap().to_owned();
    assert!(first.header("expires").unwrap().ends_with(" GMT") && modified.ends_with(" GMT"));
    let again = proxy.get(&path).await;
    assert_eq!((again.header("etag"), &again.bytes), (Some(&*etag), &first.bytes));
    let other = proxy.get(format!("{path}?size=16")).await;
    assert_ne!(other.header("etag"), Some(&*etag));
    for (name, value, status) in [
        ("If-None-Match", etag.as_str(), 304),
        ("If-None-Match", "\"other\"", 200),
        ("If-Modified-Since", &modified, 304),
        ("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT", 200),
        ("Range", "bytes=0-9", 206),
        ("Range", "bytes=-9", 206),
        ("Range", "bytes=99999999-", 416),
        ("Range", "bytes=1-2,4-5", 200),
    ] {
        let answer = proxy.get(&path).header(name, value).await;
        harmless(&answer);
        assert_eq!(answer.status, status, "{name}: {value}");
        let size = first.bytes.len();
        match (status, value) {
            (304, _) => assert!(answer.bytes.is_empty() && answer.header("etag") == Some(&*etag)),
            (206, "bytes=-9") => assert_eq!(answer.bytes, first.bytes[size - 9..]),
            (206, _) => {
                assert_eq!(answer.header("content-range"), Some(&*format!("bytes 0-9/{size}")));
                assert_eq!(answer.bytes, first.bytes[..10]);
            }
            (416, _) => assert_eq!(answer.header("content-range"), Some(&*format!("bytes */{size}"))),
            _ => assert_eq!(answer.bytes, first.bytes),
        }
    }
    let head = proxy.call("HEAD", &path).await;
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(&*first.bytes.len().to_string()));
    // Many at once are served what one was made.
    let all: Vec<_> =
        (0..40).map(|_| tokio::spawn(proxy.get(format!("{path}?size=48")).into_future())).collect();
    let mut bodies = Vec::new();
    for answer in all {
        let answer = answer.await.unwrap();
        picture(&answer, "image/png", 48, 48);
        bodies.push(answer.bytes);
    }
    assert!(bodies.windows(2).all(|two| two[0] == two[1]));
}

#[tokio::test]
async fn guilds_have_icons_emojis_and_stickers() {
    let (owner, proxy) = (Account::new().await, proxy());
    let guild = Guild::new(&owner).await;
    for (field, folder) in
        [("icon", "icons"), ("banner", "banners"), ("splash", "splashes"), ("embed_splash", "embed-splashes")]
    {
        let set = owner.patch(guild.path(""), json!({ field: uri("png", &png(200, 100)) })).await.ok();
        let path = format!("/{folder}/{}/{}.webp?size=100", guild.id, s(&set, field));
        picture(&proxy.get(path).await, "image/webp", 100, 50);
    }
    let member = json!({ "avatar": uri("png", &png(90, 90)) });
    let member = owner.patch(guild.path("/members/@me"), member).await.ok();
    let path =
        format!("/guilds/{}/users/{}/avatars/{}.png?size=32", guild.id, owner.id, s(&member, "avatar"));
    picture(&proxy.get(path).await, "image/png", 32, 32);
    let emoji = json!({"name": "moves", "image": uri("gif", &gif(60, 40))});
    let emoji = s(&owner.post(guild.path("/emojis"), emoji).await.ok(), "id");
    // WebP whatever the extension, moving only when asked to.
    for extension in ["webp", "png", "gif"] {
        let still = proxy.get(format!("/emojis/{emoji}.{extension}?size=48")).await;
        picture(&still, "image/webp", 48, 32);
        assert!(!moves(&still));
    }
    let moving = proxy.get(format!("/emojis/{emoji}.webp?animated=true")).await;
    picture(&moving, "image/webp", 60, 40);
    assert!(moves(&moving));
    refused(&proxy.get(format!("/emojis/{emoji}")).await, 400);
    refused(&proxy.get("/emojis/1.webp").await, 404);
    let sticker =
        json!({"name": "wide", "description": "", "tags": ["x"], "image": uri("png", &png(200, 100))});
    let sticker = s(&owner.post(guild.path("/stickers"), sticker).await.ok(), "id");
    for path in [format!("/stickers/{sticker}?size=80"), format!("/stickers/{sticker}.any?size=80")] {
        picture(&proxy.get(path).await, "image/webp", 80, 80);
    }
    picture(&proxy.get(format!("/stickers/{sticker}.png?size=4096")).await, "image/webp", 200, 100);
}

const KEY: &[u8] = b"test-secret";

/// The proxy's path for a URL, signed like the instance would.
fn signed(url: &str) -> String {
    let path = format!("v2/{}", URL_SAFE_NO_PAD.encode(url));
    let mut mac = Hmac::<Sha256>::new_from_slice(KEY).unwrap();
    mac.update(path.as_bytes());
    format!("/external/{}/{path}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// Another server, on this machine: what it is asked for, by path.
async fn elsewhere() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.1.77.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let count = count.clone();
            tokio::spawn(async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    let mut byte = [0];
                    if socket.read(&mut byte).await.unwrap_or(0) == 0 {
                        return;
                    }
                    head.push(byte[0]);
                }
                count.fetch_add(1, SeqCst);
                let head = String::from_utf8_lossy(&head).into_owned();
                let path = head.split(' ').nth(1).unwrap().to_owned();
                let (status, extra, body): (u16, &str, Vec<u8>) = match path.as_str() {
                    "/picture.png" | "/once.png" | "/unnamed" => (200, "", png(120, 60)),
                    "/page" | "/page.html" => {
                        (200, "Content-Type: text/html\r\n", b"<script>alert(1)</script>".to_vec())
                    }
                    "/lie.png" => (200, "", b"<!doctype html><script>alert(1)</script>".to_vec()),
                    "/drawing.svg" => (
                        200,
                        "",
                        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>".to_vec(),
                    ),
                    "/inwards" => (302, "Location: http://169.254.169.254/latest/meta-data/\r\n", Vec::new()),
                    "/away" => (302, "Location: /picture.png\r\n", Vec::new()),
                    "/fake.mp4" => (200, "", b"#EXTM3U\nfile:///etc/passwd\n".to_vec()),
                    _ => (404, "", b"gone".to_vec()),
                };
                let head = format!(
                    "HTTP/1.1 {status} X\r\n{extra}Content-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                let _ = socket.write_all(&[head.as_bytes(), &body].concat()).await;
            });
        }
    });
    (base, asked)
}

#[tokio::test]
async fn other_servers_are_reached_by_signature_only() {
    let proxy = proxy();
    let (base, asked) = elsewhere().await;
    let path = signed(&format!("{base}/once.png"));
    let whole = proxy.get(&path).await;
    picture(&whole, "image/png", 120, 60);
    assert_eq!(whole.bytes, png(120, 60), "the original as it is");
    picture(&proxy.get(format!("{path}?width=50&height=50&format=webp")).await, "image/webp", 50, 50);
    picture(&proxy.get(format!("{path}?width=30")).await, "image/png", 30, 60);
    let part = proxy.get(&path).header("Range", "bytes=1-3").await;
    assert_eq!((part.status, part.text.as_str()), (206, "PNG"));
    assert_eq!(asked.load(SeqCst), 1, "fetched once for all of them");
    picture(&proxy.get(signed(&format!("{base}/unnamed"))).await, "image/png", 120, 60);
    picture(&proxy.get(signed(&format!("{base}/away"))).await, "image/png", 120, 60);
    for bad in ["width=0", "height=4097", "format=svg", "quality=80"] {
        refused(&proxy.get(format!("{path}?{bad}")).await, 400);
    }
    // A name that lies is believed, and shown by nobody.
    let lie = proxy.get(signed(&format!("{base}/lie.png"))).await;
    harmless(&lie);
    assert_eq!(lie.header("content-type"), Some("image/png"));
    let drawing = proxy.get(signed(&format!("{base}/drawing.svg?x=1"))).await;
    refused(&drawing, 400);
    let drawing = proxy.get(signed(&format!("{base}/drawing.svg"))).await;
    harmless(&drawing);
    assert_eq!((drawing.status, drawing.header("content-type")), (200, Some("image/svg+xml")));
    for refusing in ["/page", "/page.html", "/inwards", "/nothing.png", "/fake.mp4"] {
        refused(&proxy.get(signed(&format!("{base}{refusing}"))).await, 400);
    }
    let other = signed(&format!("{base}/picture.png"));
    let (signature, rest) = path["/external/".len()..].split_once('/').unwrap();
    let (_, other) = other["/external/".len()..].split_once('/').unwrap();
    let before = asked.load(SeqCst);
    refused(&proxy.get(format!("/external/{signature}/{other}")).await, 401);
    refused(&proxy.get(format!("/external/x{signature}/{rest}")).await, 401);
    refused(&proxy.get(format!("/external/{signature}/http/example.com/x.png")).await, 401);
    for missing in ["/external/", "/external/x", "/external/x/"] {
        refused(&proxy.get(missing).await, 400);
    }
    assert_eq!(asked.load(SeqCst), before);
}

#[tokio::test]
async fn no_address_of_this_network_is_reached() {
    let proxy = proxy();
    for url in [
        "http://10.0.0.1/x.png",
        "http://192.168.1.1/x.png",
        "http://169.254.169.254/x.png",
        "http://0xa.0.0.1/x.png",
        "http://167772161/x.png",
        "http://[::1]/x.png",
        "http://[fd00::1]/x.png",
        "http://[::ffff:10.0.0.1]/x.png",
        "http://[64:ff9b::a00:1]/x.png",
        "http://localhost/x.png",
        "file:///etc/x.png",
        "ftp://8.8.8.8/x.png",
        "data:image/png;base64,AAAA",
    ] {
        refused(&proxy.get(signed(url)).await, 400);
    }
}

/// A message with one file; the file's own entry of the answer.
async fn attach(who: &Account, channel: &str, name: &str, bytes: &[u8]) -> tests::Value {
    let payload = json!({"content": "x", "attachments": [{"id": 0, "filename": name}]}).to_string();
    let mut body =
        format!("--cut\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{payload}\r\n");
    body += "--cut\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"f\"\r\n\r\n";
    let body = [body.as_bytes(), bytes, b"\r\n--cut--\r\n"].concat();
    let call = who.call("POST", &format!("/channels/{channel}/messages"));
    let message = call.raw("multipart/form-data; boundary=cut", body).await.ok();
    message["attachments"][0].clone()
}

/// Path below the proxy of an attachment's address.
fn below(attachment: &tests::Value) -> String {
    let url = s(attachment, "url");
    url.split_once("/media")
        .map(|(_, path)| path.to_owned())
        .unwrap_or_else(|| panic!("{url} is the proxy's"))
}

#[tokio::test]
async fn attachments_are_files_and_pictures() {
    let (account, proxy) = (Account::new().await, proxy());
    let guild = Guild::new(&account).await;
    let _session = account.online().await;
    let bytes = png(400, 300);
    let file = below(&attach(&account, &guild.general, "a picture.png", &bytes).await);
    let whole = proxy.get(&file).await;
    picture(&whole, "image/png", 400, 300);
    assert_eq!(whole.bytes, bytes, "byte for byte");
    let name = whole.header("content-disposition").unwrap().to_owned();
    assert!(name.starts_with("attachment; filename=\"a") && name.ends_with("picture.png\""), "{name}");
    for (range, expected) in [("bytes=0-3", &bytes[..4]), ("bytes=-4", &bytes[bytes.len() - 4..])] {
        let part = proxy.get(&file).header("Range", range).await;
        assert_eq!((part.status, part.bytes.as_slice()), (206, expected));
    }
    assert_eq!(proxy.get(&file).header("If-None-Match", whole.header("etag").unwrap()).await.status, 304);
    picture(&proxy.get(format!("{file}?width=100&height=100")).await, "image/png", 100, 100);
    let smaller = proxy.get(format!("{file}?width=200&height=150&format=webp&quality=high")).await;
    picture(&smaller, "image/webp", 200, 150);
    assert!(smaller.header("content-disposition").unwrap().ends_with("picture.webp\""));
    refused(&proxy.get(format!("{file}?width=5000")).await, 400);
    refused(&proxy.get(format!("{file}x")).await, 404);
    // A document is never shown, a broken picture is still a file.
    let page = below(&attach(&account, &guild.general, "page.html", b"<script>alert(1)</script>").await);
    let shown = proxy.get(&page).await;
    harmless(&shown);
    assert!(shown.status == 200 && shown.header("content-disposition").unwrap().starts_with("attachment;"));
    refused(&proxy.get(format!("{page}?width=10")).await, 400);
    let broken = below(&attach(&account, &guild.general, "broken.png", b"\x89PNG\r\n\x1a\nnothing").await);
    let served = proxy.get(format!("{broken}?width=10")).await;
    harmless(&served);
    assert_eq!((served.status, served.bytes.as_slice()), (200, &b"\x89PNG\r\n\x1a\nnothing"[..]));
}

#[tokio::test]
async fn the_harness_knows_where_pictures_lie() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let verify = |rest: String| Client::anonymous().get(format!("/test/verify-asset/{rest}"));
    let (user, server) = (format!("user/{}", member.id), format!("guild/{}", guild.id));
    let own = format!("{server}/member/{}", member.id);
    for rest in [format!("{user}/avatar"), format!("{server}/splash"), format!("{own}/banner")] {
        let answer = verify(rest).await.ok();
        assert_eq!((&answer["hash"], &answer["existsInS3"]), (&json!(null), &json!(null)), "{answer}");
        assert!(answer["message"].is_string(), "{answer}");
    }
    let avatar =
        s(&member.patch("/users/@me", json!({"avatar": uri("gif", &gif(8, 8))})).await.ok(), "avatar");
    let icon = json!({"icon": uri("png", &png(64, 64))});
    let icon = s(&guild.owner.patch(guild.path(""), icon).await.ok(), "icon");
    assert!(avatar.starts_with("a_"), "{avatar}");
    for (rest, hash, key) in [
        (format!("{user}/avatar"), &avatar, format!("avatars/{}/{}", member.id, &avatar[2..])),
        (format!("{server}/icon"), &icon, format!("icons/{}/{icon}", guild.id)),
    ] {
        let answer = verify(rest).await.ok();
        assert_eq!((&answer["hash"], &answer["s3Key"]), (&json!(hash), &json!(key)), "{answer}");
        assert_eq!(answer["existsInS3"], true, "{answer}");
        assert!(answer["metadata"]["contentType"].is_string(), "{answer}");
    }
    verify(format!("user/{}/avatar", tests::UNKNOWN)).await.err(404, "UNKNOWN_USER");
    verify(format!("guild/{}/icon", tests::UNKNOWN)).await.err(404, "UNKNOWN_GUILD");
    verify(format!("{user}/icon")).await.err(404, "NOT_FOUND");
}
