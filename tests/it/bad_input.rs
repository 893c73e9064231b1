//! Hostile input: malformed, oversized, odd unicode, huge numbers, abused headers. Always an answer
//! in the contract's form, nothing changed, and the server still there.

use tests::guild::send;
use tests::http::raw_exchange;
use tests::{Account, Client, Gateway, Guild, Value, json, s};

/// An answer that is no success and no accident.
#[track_caller]
fn clear(answer: tests::Response) {
    assert!((400..500).contains(&answer.status), "{} {}", answer.status, answer.text);
    assert!(answer.body["code"].is_string() && answer.body["message"].is_string(), "{}", answer.text);
}

#[tokio::test]
async fn wrong_types_everywhere() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let before = owner.get(guild.path("")).await.ok();
    let channels = owner.get(guild.path("/channels")).await.ok();
    let odd =
        [json!([]), json!({"a": 1}), json!(true), json!(1e300), json!(-1), json!([null]), json!([[[[]]]])];
    for value in &odd {
        for (method, path, field) in [
            ("POST", "/guilds".to_owned(), "name"),
            ("PATCH", guild.path(""), "name"),
            ("POST", guild.path("/channels"), "name"),
            ("POST", guild.path("/roles"), "name"),
            ("PATCH", format!("/channels/{}", guild.general), "topic"),
            ("POST", format!("/channels/{}/messages", guild.general), "content"),
            ("POST", "/users/@me/channels".into(), "recipient_id"),
            ("PUT", format!("/users/@me/notes/{}", owner.id), "note"),
            ("POST", "/auth/login".into(), "email"),
            ("POST", "/auth/register".into(), "username"),
            ("PATCH", "/users/@me/settings".into(), "theme"),
            ("POST", "/oauth2/applications".into(), "name"),
        ] {
            clear(owner.call(method, &path).json(&json!({field: value})).await);
        }
        // a body that is no object
        clear(owner.post("/guilds", value.clone()).await);
        clear(owner.post(format!("/channels/{}/messages", guild.general), value.clone()).await);
    }
    assert_eq!(owner.get(guild.path("")).await.ok(), before);
    assert_eq!(owner.get(guild.path("/channels")).await.ok(), channels);
}

#[tokio::test]
async fn malformed_json_and_encodings() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let post = format!("/channels/{}/messages", guild.general);
    let deep = format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000));
    for body in [
        b"{".to_vec(),
        b"\"".to_vec(),
        b"{\"content\":\"x\"".to_vec(),
        b"{'content':'x'}".to_vec(),
        b"NaN".to_vec(),
        vec![0xff, 0xfe, 0x00],
        b"{\"content\":\"\xff\xff\"}".to_vec(),
        b"{\"content\":\"\\ud800\"".to_vec(),
        deep.into_bytes(),
        b"\x00\x00\x00\x00".to_vec(),
    ] {
        let shown = String::from_utf8_lossy(&body[..body.len().min(30)]).into_owned();
        let answer = owner.call("POST", &post).raw("application/json", body.clone()).await;
        assert_eq!(answer.status, 400, "{shown}: {}", answer.text);
        clear(owner.call("POST", "/guilds").raw("application/json", body).await);
    }
}

#[tokio::test]
async fn numbers_beyond_what_a_double_holds() {
    let owner = Account::new().await;
    let raw = |body: &str| owner.call("POST", "/users/@me/channels").raw("application/json", body.to_owned());
    // kept to the last digit, not rounded
    raw("{\"recipient_id\": 123456789012345679}").await.err(404, "UNKNOWN_USER");
    raw("{\"recipient_id\": 9223372036854775808}").await.field("recipient_id", "SNOWFLAKE_OUT_OF_RANGE");
    for number in
        ["1e400", "-9007199254740993", "0.5", "123456789012345678901234567890123456789012345678901234567890"]
    {
        clear(raw(&format!("{{\"recipient_id\": {number}}}")).await);
    }
    let big = format!("{{\"recipient_id\": {}}}", owner.id);
    raw(&big).await.field("recipient_id", "CANNOT_DM_YOURSELF");
    let guild = Guild::new(&owner).await;
    for number in ["9007199254740993", "1e19", "-5", "18446744073709551616"] {
        let body = format!("{{\"name\": \"x\", \"color\": {number}}}");
        clear(owner.call("POST", &guild.path("/roles")).raw("application/json", body).await);
    }
}

#[tokio::test]
async fn unicode_edges() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let post = format!("/channels/{}/messages", guild.general);
    for text in [
        "\u{200b}zero\u{200d}width",
        "عربي",
        "👩‍👩‍👧‍👦",
        "e\u{301}\u{301}\u{301}",
        "𝔘𝔫𝔦",
        "\u{fdfd}\u{1242b}",
        "\u{feff}x",
        "line\nline",
    ] {
        let message = send(&owner, &guild.general, text).await;
        let read = owner.get(format!("{post}/{}", s(&message, "id"))).await.ok();
        assert_eq!(read["content"], message["content"]);
        assert!(!s(&message, "content").is_empty());
    }
    // the override that turns text around never survives, escaped or not
    let flipped =
        owner.call("POST", &post).raw("application/json", r#"{"content":"a\u202eb\u202e"}"#).await.ok();
    assert_eq!(flipped["content"], "ab");
    // lone surrogates cannot be stored as they are: refused or replaced, never a fault
    for body in [r#"{"content":"x\ud800"}"#, r#"{"content":"\udc00\ud800"}"#, r#"{"content":"\ud83e"}"#] {
        let answer = owner.call("POST", &post).raw("application/json", body).await;
        assert!(answer.status == 200 || answer.status == 400, "{}", answer.text);
    }
    let pair = owner.call("POST", &post).raw("application/json", r#"{"content":"\ud83e\udd8a"}"#).await.ok();
    assert_eq!(pair["content"], "🦊");
    for name in ["\u{200b}", "\u{202e}", "\u{1}\u{2}"] {
        clear(owner.post("/guilds", json!({"name": if name == "\u{200b}" { "" } else { name }})).await);
    }
    let nul = owner.patch("/users/@me", json!({"bio": "a\u{0}b"})).await.ok();
    assert_eq!(nul["bio"], "ab");
    // lengths are UTF-16 units after cleaning
    owner.patch("/users/@me", json!({"bio": "🦊".repeat(160)})).await.ok();
    clear(owner.patch("/users/@me", json!({"bio": "🦊".repeat(161)})).await);
    clear(owner.patch("/users/@me", json!({"bio": "x".repeat(10_001)})).await);
}

#[tokio::test]
async fn oversized_bodies() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let huge = "x".repeat(3_000_000);
    for (method, path) in [
        ("POST", format!("/channels/{}/messages", guild.general)),
        ("POST", "/guilds".into()),
        ("POST", "/auth/login".into()),
        ("PATCH", "/users/@me".into()),
    ] {
        let body = json!({"content": huge, "name": huge, "email": huge, "bio": huge});
        let answer = owner.call(method, &path).json(&body).await;
        assert!(matches!(answer.status, 400 | 413), "{path}: {} {}", answer.status, answer.text);
    }
    let answer =
        owner.post("/read-states/ack-bulk", json!({"read_states": vec![Value::Null; 100_000]})).await;
    clear(answer);
    owner.get("/users/@me").await.ok();
}

#[tokio::test]
async fn headers_and_requests_no_client_sends() {
    let base = tests::server::base();
    let client = Client::anonymous();
    let long = "a".repeat(20_000);
    for (name, value) in [
        ("Authorization", long.as_str()),
        ("Authorization", "Bot "),
        ("Authorization", "Bot .."),
        ("Authorization", "Bearer \u{7f}"),
        ("X-Forwarded-For", "not an address"),
        ("X-Forwarded-For", ",,,"),
        ("X-Forwarded-For", "999.1.1.1"),
        ("X-Audit-Log-Reason", long.as_str()),
        ("Accept-Language", long.as_str()),
        ("X-Request-ID", long.as_str()),
        ("Origin", "null"),
        ("Content-Type", "application/json; charset=\"\u{e9}\""),
    ] {
        let answer = client.get("/users/@me").header(name, value).await;
        assert!((400..500).contains(&answer.status), "{name}: {} {}", answer.status, answer.text);
    }
    let host = base.strip_prefix("http://").unwrap().split('/').next().unwrap();
    let many: String = (0..500).map(|n| format!("X-H{n}: v\r\n")).collect();
    for raw in [
        format!("GET /api/users/@me HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{many}\r\n"),
        format!(
            "POST /api/guilds HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: -5\r\n\r\n"
        ),
        format!(
            "POST /api/guilds HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"
        ),
        format!(
            "GET /api/%ff%00%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ),
        format!("GET /api/users/%00 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
        format!("BREW /api/users/@me HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
        "GARBAGE\r\n\r\n".to_owned(),
    ] {
        let answer = raw_exchange(&base, raw.as_bytes()).await;
        assert!((400..500).contains(&answer.status), "{raw:.60}: {}", answer.status);
    }
    client.get("/_health").await.status(200);
}

#[tokio::test]
async fn query_strings() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let path = format!("/channels/{}/messages", guild.general);
    for query in [
        "?limit=1&limit=2",
        "?limit=9999999999999999999999",
        "?limit=-1",
        "?limit=%F0%9F",
        "?before=%00",
        "?around=[]",
        "?after=1e3",
    ] {
        clear(owner.get(format!("{path}{query}")).await);
    }
    owner.get(format!("{path}?unknown=1&&&=x")).await.ok();
}

#[tokio::test]
async fn gateway_frames() {
    let account = Account::new().await;
    let base = tests::server::base();
    for bytes in [vec![0xff; 10], b"\x00".to_vec(), vec![b'['; 4000], b"{\"op\":1e99,\"d\":null}".to_vec()] {
        let mut gateway = Gateway::connect(&base).await;
        gateway.send_binary(bytes).await;
        let (code, _) = gateway.expect_close().await;
        assert!(matches!(code, 4001 | 4002), "{code}");
    }
    let mut gateway = Gateway::connect(&base).await;
    gateway.send_text("x".repeat(1_000_000)).await;
    // too big to be read at all: the socket may go without a close frame
    let (code, _) = gateway.expect_close().await;
    assert!(matches!(code, 4002 | 1009 | 1006), "{code}");
    account.online().await.heartbeat(json!(null)).await;
}

#[tokio::test]
async fn empty_cursors_bad_paths_and_keys_of_attachments() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    for path in [
        "/users/@me/guilds?before=".to_owned(),
        "/users/@me/guilds?after=".into(),
        guild.path("/members?after="),
        guild.path("/audit-logs?before="),
        guild.path("/audit-logs?user_id="),
        guild.path("/audit-logs?action_type="),
    ] {
        owner.get(&path).await.err(400, "INVALID_FORM_BODY");
    }
    let message = send(&owner, &guild.general, "x").await;
    let base = format!("/channels/{}/messages/{}/reactions", guild.general, s(&message, "id"));
    owner.call("PUT", &format!("{base}/%F0/@me")).await.err(400, "BAD_REQUEST");
    let post = format!("/channels/{}/messages", guild.general);
    for id in [json!("x"), json!(-1), json!([])] {
        let body = json!({"content": "x", "attachments": [{"id": id}]});
        owner.post(&post, body).await.field("message_data", "INVALID_MESSAGE_DATA");
    }
}
