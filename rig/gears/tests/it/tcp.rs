use rig_gears::Message;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{Station, until, until_closed};

async fn station(name: &str, more: serde_json::Value) -> Station {
    let mut config = json!({"mode": "server", "bind": "127.0.0.1:0"});
    for (key, value) in more.as_object().unwrap() {
        config[key] = value.clone();
    }
    Station::new(name, "io_tcp", config).await
}

#[tokio::test]
async fn lines() {
    let mut station = station("lines", json!({"delimiter_append": true})).await;
    let mut stream = station.call().await;
    stream.write_all(b"one\ntwo\n\nthr").await.unwrap();
    assert_eq!(station.next().await.raw[..], *b"one");
    let two = station.next().await;
    assert_eq!(two.meta.get("fluxrig.source"), Some("lines"));
    stream.write_all(b"ee\n\xFF\xFE\n").await.unwrap();
    assert_eq!(station.next().await.raw[..], *b"three");
    assert_eq!(station.next().await.raw[..], *b"\xFF\xFE", "bytes need not be text");
    station.send(two).await.unwrap();
    let mut answer = [0; 4];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"two\n");
    stream.write_all(b"and then it br").await.unwrap();
    drop(stream);
    station.error("truncated", 1).await;
}

#[tokio::test]
async fn framings_agree_on_both_sides() {
    for (name, config) in [
        ("both-etx", json!({"delimiter": "\\x03", "delimiter_append": true})),
        ("both-crlf", json!({"delimiter": "\r\n", "delimiter_append": true})),
        ("both-two", json!({"framing": "length_prefix2"})),
        ("both-four", json!({"framing": "length_prefix4"})),
    ] {
        let mut server = station(name, config.clone()).await;
        let mut client = config;
        client["mode"] = "client".into();
        client["connect"] = server.address().to_string().into();
        let name = format!("{name}-client");
        let mut client = Station::new(&name, "io_tcp", client).await;
        until(|| client.context.links.is_up(&name)).await;
        for text in ["a", "bb", "ccc"] {
            client.send(Message::from_raw(text)).await.unwrap();
        }
        server.echo(3).await;
        for text in ["a", "bb", "ccc"] {
            assert_eq!(client.next().await.raw[..], *text.as_bytes());
        }
    }
}

#[tokio::test]
async fn a_mark_in_front() {
    let config = json!({"delimiter": "$", "delimiter_position": "prefix", "delimiter_include": true});
    let mut station = station("in-front", config).await;
    let mut stream = station.call().await;
    stream.write_all(b"$one$two").await.unwrap();
    assert_eq!(station.next().await.raw[..], *b"$one");
    drop(stream);
    assert_eq!(station.next().await.raw[..], *b"$two", "the end of the connection ends it");
}

#[tokio::test]
async fn messages_wait_for_someone() {
    let config = json!({"delimiter_append": true, "max_buffered_messages": 3});
    let station = station("wait", config).await;
    for text in ["a", "b", "c"] {
        station.send(Message::from_raw(text)).await.unwrap();
    }
    assert_eq!(station.send(Message::from_raw("d")).await.unwrap_err().reason, "buffer_full");
    let mut elsewhere = Message::from_raw("e");
    elsewhere.meta.insert("conn.id", "12ab");
    let error = station.send(elsewhere).await.unwrap_err();
    assert_eq!(error.detail, "connection 12ab not found");
    let mut stream = station.call().await;
    let mut text = [0; 6];
    stream.read_exact(&mut text).await.unwrap();
    assert_eq!(&text, b"a\nb\nc\n");
    station.send(Message::from_raw("f")).await.unwrap();
    let mut text = [0; 2];
    stream.read_exact(&mut text).await.unwrap();
    assert_eq!(&text, b"f\n");
    station.gear.stop().await;
    assert!(until_closed(&mut stream).await.is_empty());
}

#[tokio::test]
async fn one_way() {
    let sink = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = json!({
        "mode": "client", "connect": sink.local_addr().unwrap().to_string(), "read_responses": false,
    });
    let station = Station::new("one-way", "io_tcp", config).await;
    let (mut stream, _) = sink.accept().await.unwrap();
    until(|| station.context.links.is_up("one-way")).await;
    stream.write_all(b"answer\n").await.unwrap();
    until(|| station.metric("flux.port.bytes_in") == 7).await;
    assert_eq!(station.metric("flux.port.messages_in"), 0);
    station.send(Message::from_raw("x")).await.unwrap();
    let mut text = [0; 1];
    stream.read_exact(&mut text).await.unwrap();
    assert_eq!(&text, b"x");
    drop(stream);
    until(|| !station.context.links.is_up("one-way")).await;
}
