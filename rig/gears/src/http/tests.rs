//! Servers and clients on real sockets.

use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

use super::HttpType;
use crate::{
    GearType, Message,
    net::Listeners,
    testing::{Bench, context},
};

/// A gear `gear` that listens, and where.
async fn server(config: serde_json::Value, outputs: &[&str]) -> (Bench, String) {
    let mut whole = json!({"mode": "server", "bind": "127.0.0.1:0"});
    whole.as_object_mut().unwrap().extend(config.as_object().unwrap().clone());
    let context = context("gear");
    let services = context.services.clone();
    let bench = Bench::within(context, &HttpType::new(), whole, outputs).await;
    let address = services.get::<Listeners>().unwrap().lock()["gear"];
    (bench, address.to_string())
}

struct Caller(BufReader<TcpStream>);

impl Caller {
    async fn to(address: &str) -> Self {
        Self(BufReader::new(TcpStream::connect(address).await.unwrap()))
    }
    async fn send(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).await.unwrap();
    }
    async fn post(&mut self, path: &str, body: &str) {
        let length = body.len();
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nx-id: 7\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
        .await;
    }
    /// Status, head in lower case, body.
    async fn answer(&mut self) -> (u16, String, String) {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(self.0.read_line(&mut head).await.unwrap(), 0, "closed after {head:?}");
        }
        let head = head.to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let length =
            head.split("content-length: ").nth(1).map_or("0", |rest| rest.split("\r\n").next().unwrap());
        let mut body = vec![0; length.parse().unwrap()];
        self.0.read_exact(&mut body).await.unwrap();
        (status, head, String::from_utf8(body).unwrap())
    }
}

#[tokio::test]
async fn requests_wait_for_their_replies() {
    let config = json!({"paths": ["/pay/*", "/one"], "headers": ["X-Id", "x-none"]});
    let (mut bench, address) = server(config, &["out"]).await;
    let (mut first, mut second) = (Caller::to(&address).await, Caller::to(&address).await);
    first.post("/pay/1?a=b", "one").await;
    let one = bench.next("out").await;
    second.post("/one", "two").await;
    let two = bench.next("out").await;
    let meta = |key: &str| one.meta.get(key).unwrap_or_default().to_owned();
    assert_eq!((&one.raw[..], &two.raw[..]), (&b"one"[..], &b"two"[..]));
    assert_eq!(
        (meta("http.method"), meta("http.path"), meta("http.query")),
        ("POST".into(), "/pay/1".into(), "a=b".into())
    );
    assert_eq!(
        (meta("http.header.x-id"), meta("peer.ip"), meta("fluxrig.source")),
        ("7".into(), "127.0.0.1".into(), "gear".into())
    );
    assert!(one.meta.get("conn.id") != two.meta.get("conn.id"));
    // The second is answered first, and the first by its id alone.
    let mut reply = two.clone();
    reply.raw = "answer two".into();
    reply.meta.insert("http.response.status", "201");
    reply.meta.insert("http.response.x-note", "n");
    bench.process("in", reply).await.unwrap();
    let (status, head, body) = second.answer().await;
    assert!(status == 201 && body == "answer two" && head.contains("x-note: n"), "{head}");
    let mut reply = Message { ref_id: one.id, ..Message::default() };
    reply.data.set("ok", true).unwrap();
    bench.process("in", reply.clone()).await.unwrap();
    let (status, head, body) = first.answer().await;
    assert!(status == 200 && body == r#"{"ok":true}"# && head.contains("content-type: application/json"));
    // Nobody waits any more.
    assert_eq!(bench.process("in", reply).await.unwrap_err().reason, "no_connection");
    assert_eq!(bench.process("in", two).await.unwrap_err().reason, "no_connection");
    // The connection is kept.
    first.post("/one", "again").await;
    let mut again = bench.next("out").await;
    again.raw = "yes".into();
    bench.process("in", again).await.unwrap();
    assert_eq!(first.answer().await.2, "yes");
}

#[tokio::test]
async fn what_is_not_served_is_refused() {
    let config = json!({"paths": ["/a"], "json": true, "max_body": 10, "timeout": "20ms", "max_waiting": 1});
    let (mut bench, address) = server(config, &["out"]).await;
    let mut caller = Caller::to(&address).await;
    for (request, status) in [
        ("POST /b HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}", 404),
        ("GET /a HTTP/1.1\r\nhost: x\r\n\r\n", 405),
        ("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n[]", 400),
        ("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\nx", 400),
        ("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 7\r\n\r\n{\"a\":1}", 504),
    ] {
        caller.send(request).await;
        let (got, head, body) = caller.answer().await;
        assert_eq!(got, status, "{request}");
        assert!(
            body.starts_with(r#"{"error":""#) && (status != 405 || head.contains("allow: post")),
            "{head}{body}"
        );
    }
    assert_eq!(bench.next("out").await.key_field("data.a").as_deref(), Some("1"));
    caller.send("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 11\r\n\r\n{\"a\":\"111\"}").await;
    assert_eq!(caller.answer().await.0, 413);
    // Two at once where one may wait: one of them is refused at once.
    let config = json!({"max_waiting": 1});
    let (mut bench, address) = server(config, &["out"]).await;
    let (mut first, mut second) = (Caller::to(&address).await, Caller::to(&address).await);
    first.post("/", "1").await;
    let waiting = bench.next("out").await;
    second.post("/", "2").await;
    assert_eq!(second.answer().await.0, 503);
    // Whoever goes away makes room.
    drop(first);
    let mut third = Caller::to(&address).await;
    loop {
        third.post("/", "3").await;
        tokio::select! {
            (status, ..) = third.answer() => assert_eq!(status, 503),
            message = bench.next("out") => {
                assert_eq!(message.raw[..], b"3"[..]);
                break;
            }
        }
    }
    assert_eq!(bench.process("in", waiting).await.unwrap_err().reason, "no_connection");
}

#[tokio::test]
async fn requests_can_be_accepted_at_once() {
    let (mut bench, address) = server(json!({"answer": "accepted", "methods": ["PUT"]}), &["out"]).await;
    let mut caller = Caller::to(&address).await;
    caller.send("PUT /x HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\nx").await;
    assert_eq!(caller.answer().await.0, 202);
    assert_eq!(bench.next("out").await.raw[..], b"x"[..]);
    // Nothing takes its messages: 503 is the honest answer.
    let (_bench, address) = server(json!({}), &[]).await;
    let mut caller = Caller::to(&address).await;
    caller.post("/", "x").await;
    assert_eq!(caller.answer().await.0, 503);
}

#[tokio::test]
async fn what_is_under_way_is_answered_before_it_ends() {
    let (mut bench, address) = server(json!({}), &["out"]).await;
    let mut caller = Caller::to(&address).await;
    caller.post("/", "x").await;
    let message = bench.next("out").await;
    let drained = bench.gear.drain(Instant::now() + Duration::from_secs(10));
    let answered = async {
        // The address is free once nobody new is let in.
        while TcpListener::bind(&address).await.is_err() {
            tokio::task::yield_now().await;
        }
        bench.process("in", message).await.unwrap();
        caller.answer().await
    };
    let ((), (status, ..)) = tokio::join!(drained, answered);
    assert_eq!(status, 200);
    bench.gear.stop().await;
}

/// Answers each request of each connection with the next of the given texts; an empty one ends the
/// connection. What was asked comes out at the other end.
async fn host(answers: &'static [&'static str]) -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (asked, requests) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut answers = answers.iter();
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            'connection: loop {
                let mut request = String::new();
                while !request.ends_with("\r\n\r\n") {
                    if stream.read_line(&mut request).await.unwrap_or(0) == 0 {
                        break 'connection;
                    }
                }
                let length =
                    request.split("content-length: ").nth(1).map(|rest| rest.split("\r\n").next().unwrap());
                let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
                stream.read_exact(&mut body).await.unwrap();
                request.push_str(&String::from_utf8(body).unwrap());
                let _ = asked.send(request);
                let answer = *answers.next().unwrap();
                stream.get_mut().write_all(answer.as_bytes()).await.unwrap();
                if answer.is_empty() || answer.contains("close") {
                    break;
                }
            }
        }
    });
    (address, requests)
}

fn client(config: serde_json::Value, address: &str) -> serde_json::Value {
    let mut whole =
        json!({"mode": "client", "url": format!("http://{address}/cards/{{data.id}}?c={{meta.conn.id}}")});
    whole.as_object_mut().unwrap().extend(config.as_object().unwrap().clone());
    whole
}

fn question() -> Message {
    let mut message = Message::from_raw(&b"raw"[..]);
    message.data.set("id", "a/1").unwrap();
    message.data.set("ask.n", 1).unwrap();
    message.meta.insert("conn.id", "c1");
    message
}

#[tokio::test]
async fn messages_become_requests() {
    let (address, mut asked) = host(&[
        "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 6\r\n\r\nanswer",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n8\r\n{\"a\": 1}\r\n0\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}",
    ])
    .await;
    let config = client(json!({"headers": {"x-conn": "<{meta.conn.id}>"}}), &address);
    let mut bench = Bench::new(&HttpType::new(), config, &["out", "error"]).await;
    bench.process("in", question()).await.unwrap();
    let answer = bench.next("out").await;
    assert_eq!((&answer.raw[..], answer.data.is_empty()), (&b"answer"[..], true));
    let meta = |key: &str| answer.meta.get(key).map(str::to_owned);
    assert_eq!(
        (meta("http.status"), meta("http.content_type"), meta("conn.id")),
        (Some("200".into()), Some("text/plain".into()), Some("c1".into()))
    );
    let request = asked.recv().await.unwrap();
    assert!(
        request.starts_with("POST /cards/a%2F1?c=c1 HTTP/1.1\r\n") && request.ends_with("\r\n\r\nraw"),
        "{request}"
    );
    assert!(
        request.contains("x-conn: <c1>\r\n") && request.contains(&format!("host: {address}\r\n")),
        "{request}"
    );
    bench.gear.stop().await;
    // The answer goes into the data, and the rest of the message stays.
    let config = client(
        json!({"body": "data.ask", "into": "reply.card", "json": true, "success": [200, 404]}),
        &address,
    );
    let mut bench = Bench::new(&HttpType::new(), config, &["out"]).await;
    for (status, value) in [("200", Some("1")), ("404", None)] {
        bench.process("in", question()).await.unwrap();
        let answer = bench.next("out").await;
        assert_eq!((answer.raw[..] == *b"raw", answer.meta.get("http.status")), (true, Some(status)));
        assert_eq!(answer.key_field("data.reply.card.a").as_deref(), value);
        assert_eq!(answer.key_field("data.id").as_deref(), Some("a/1"));
        let request = asked.recv().await.unwrap();
        assert!(
            request.contains("content-type: application/json\r\n") && request.ends_with("\r\n\r\n{\"n\":1}"),
            "{request}"
        );
    }
    bench.gear.drain(Instant::now() + Duration::from_secs(10)).await;
    bench.gear.stop().await;
}

#[tokio::test]
async fn failures_are_told_by_their_reason() {
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().to_string()
    };
    for (answers, config, reason, status) in [
        (&["HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n"][..], json!({}), "http_status", Some("503")),
        (&["HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"], json!({"timeout": "20ms"}), "http_timeout", None),
        (
            &["HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nnot whole"],
            json!({"max_response": 5}),
            "http_too_large",
            Some("200"),
        ),
        (
            &["HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx"],
            json!({"json": true}),
            "http_bad_json",
            Some("200"),
        ),
        (
            &["HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\nx"],
            json!({}),
            "http_failed",
            Some("200"),
        ),
        (&[""], json!({}), "http_failed", None),
        (&["what is this: close\r\n\r\n"], json!({}), "http_failed", None),
        (&[], json!({"url": "http://{address}/{data.none}"}), "no_field", None),
        (&[], json!({"url": format!("http://{nobody}/")}), "http_connect", None),
    ] {
        let (address, _asked) = host(answers).await;
        let mut config = client(config, &address);
        if let Some(url) = config["url"].as_str().map(|url| url.replace("{address}", &address)) {
            config["url"] = json!(url);
        }
        let mut bench = Bench::new(&HttpType::new(), config.clone(), &["out", "error"]).await;
        bench.process("in", question()).await.unwrap();
        let failed = bench.next("error").await;
        assert_eq!(
            (failed.meta.get("error.reason"), failed.meta.get("http.status")),
            (Some(reason), status),
            "{config}"
        );
        assert!(failed.data == question().data && failed.raw == question().raw);
    }
}

#[tokio::test]
async fn attempts_are_made_again_where_asked_for() {
    let ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    let busy = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n";
    let (address, mut asked) = host(Box::leak(Box::new([busy, "", ok]))).await;
    let config = client(json!({"retries": 2, "retry_wait": "0s"}), &address);
    let mut bench = Bench::new(&HttpType::new(), config, &["out", "error"]).await;
    bench.process("in", question()).await.unwrap();
    assert_eq!(bench.next("out").await.raw[..], b"ok"[..]);
    for _ in 0..3 {
        assert!(asked.try_recv().is_ok());
    }
}

#[tokio::test]
async fn many_requests_run_beside_each_other() {
    let (mut server, address) = server(json!({}), &["out"]).await;
    let config = client(json!({"max_in_flight": 8, "url": format!("http://{address}/")}), &address);
    let mut bench = Bench::new(&HttpType::new(), config, &["out"]).await;
    for number in 0..8 {
        bench.process("in", Message::from_raw(format!("{number}"))).await.unwrap();
    }
    let mut waiting = Vec::new();
    for _ in 0..8 {
        waiting.push(server.next("out").await);
    }
    for reply in waiting.into_iter().rev() {
        server.process("in", reply).await.unwrap();
    }
    let mut seen = Vec::new();
    for _ in 0..8 {
        seen.push(bench.next("out").await.raw);
    }
    seen.sort();
    assert_eq!(seen.concat(), b"01234567");
}

#[test]
fn configurations_are_checked() {
    let build = |config| HttpType::new().build(config, &context("h")).err().map(|error| error.0);
    for (config, wanted) in [
        (json!({}), "`mode` is missing"),
        (json!({"mode": "proxy"}), "write server or client"),
        (json!({"mode": "server"}), "`bind`"),
        (json!({"mode": "server", "bind": ":1", "url": "x"}), "unknown field `url`"),
        (json!({"mode": "server", "bind": ":1", "paths": ["x"]}), "begin with `/`"),
        (json!({"mode": "client"}), "`url`"),
        (json!({"mode": "client", "url": "ftp://x"}), "http://"),
        (json!({"mode": "client", "url": "http://{data.host}/"}), "the host is not readable"),
        (json!({"mode": "client", "url": "http://u:p@h/"}), "no user"),
        (json!({"mode": "client", "url": "http://h/{"}), "brace"),
        (json!({"mode": "client", "url": "http://h/", "success": ["ok"]}), "no status"),
        (json!({"mode": "client", "url": "http://h/", "body": "all"}), "body: "),
        (json!({"mode": "client", "url": "http://h/", "timeout": 5}), "needs a unit"),
        (json!({"mode": "client", "url": "http://h/", "headers": {"a b": ""}}), "no name of a header"),
        (json!({"mode": "client", "url": "http://h/", "tls": {"enabled": true}}), "https://"),
    ] {
        let error = build(config.clone()).unwrap_or_else(|| panic!("{config} is taken"));
        assert!(error.contains(wanted), "{config}: {error}");
    }
    assert_eq!(
        build(json!({"mode": "client", "url": "https://h?x=1", "success": [200, "404", "3xx"]})),
        None
    );
}
