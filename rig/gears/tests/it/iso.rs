use std::time::Duration;

use rig_gears::{Command, Message};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::Instant,
};

use crate::{ECHO, Station, framed, observed, read_frame, still_answers, until, until_closed};

fn server() -> serde_json::Value {
    json!({"mode": "server", "bind": "127.0.0.1:0", "idle_timeout": "0", "read_timeout": "0"})
}

fn with(mut config: serde_json::Value, more: serde_json::Value) -> serde_json::Value {
    for (key, value) in more.as_object().unwrap() {
        config[key] = value.clone();
    }
    config
}

async fn station(name: &str, more: serde_json::Value) -> Station {
    Station::new(name, "io_iso8583", with(server(), more)).await
}

#[tokio::test]
async fn everyone_gets_their_own_reply() {
    let mut station = station("own-reply", json!({})).await;
    let (mut one, mut two) = (station.call().await, station.call().await);
    one.write_all(&framed(ECHO)).await.unwrap();
    let from_one = station.next().await;
    two.write_all(&framed(ECHO)).await.unwrap();
    let from_two = station.next().await;
    assert_eq!((&from_one.raw[..], from_one.raw == from_two.raw), (ECHO, true));
    assert_ne!(from_one.meta.get("conn.id"), from_two.meta.get("conn.id"));
    let port = one.local_addr().unwrap().port().to_string();
    for (key, wanted) in [
        ("peer.ip", "127.0.0.1"),
        ("peer.port", &*port),
        ("fluxrig.source", "own-reply"),
        ("iso8583.mti", "0800"),
        ("iso8583.fields", "[7,11,70]"),
    ] {
        assert_eq!(from_one.meta.get(key), Some(wanted), "{key}");
    }
    // The second is answered first, and each hears only its own.
    let reply = |to: &Message, text: &'static str| Message { raw: text.into(), ..to.clone() };
    station.send(reply(&from_two, "for two")).await.unwrap();
    station.send(reply(&from_one, "for one")).await.unwrap();
    assert_eq!(read_frame(&mut one).await, b"for one");
    assert_eq!(read_frame(&mut two).await, b"for two");
    for (metric, wanted) in [
        ("flux.port.bytes_in", 2 * (ECHO.len() as u64 + 2)),
        ("flux.port.messages_in", 2),
        ("flux.port.messages_out", 2),
        ("flux.port.bytes_out", 2 * 9),
        ("flux.port.connections_total", 2),
        ("flux.port.connections_active", 2),
    ] {
        until(|| station.metric(metric) == wanted).await;
    }
    drop(one);
    until(|| station.metric("flux.port.connections_active") == 1).await;
    station.gear.stop().await;
    assert!(until_closed(&mut two).await.is_empty());
}

#[tokio::test]
async fn many_frames_at_once_and_in_pieces() {
    let mut station = station("pieces", json!({})).await;
    let mut stream = station.call().await;
    let all: Vec<u8> = (0..50).flat_map(|_| framed(ECHO)).collect();
    stream.write_all(&all).await.unwrap();
    station.echo(50).await;
    for _ in 0..50 {
        assert_eq!(read_frame(&mut stream).await, ECHO);
    }
    for byte in framed(ECHO) {
        stream.write_all(&[byte]).await.unwrap();
        stream.flush().await.unwrap();
    }
    station.echo(1).await;
    assert_eq!(read_frame(&mut stream).await, ECHO);
}

#[tokio::test]
async fn a_reply_nobody_waits_for_goes_to_nobody() {
    let mut station = station("for-nobody", json!({})).await;
    let mut gone = station.call().await;
    gone.write_all(&framed(ECHO)).await.unwrap();
    let request = station.next().await;
    let id = request.meta.get("conn.id").unwrap().to_owned();
    let mut other = station.call().await;
    other.write_all(&framed(ECHO)).await.unwrap();
    let from_other = station.next().await;
    drop(gone);
    until(|| station.metric("flux.port.connections_active") == 1).await;
    let error = station.send(request.clone()).await.unwrap_err();
    assert_eq!(error.detail, format!("connection {id} not found"));
    let mut nowhere = request;
    nowhere.meta.take("conn.id");
    assert_eq!(station.send(nowhere.clone()).await.unwrap_err().detail, "missing conn.id");
    nowhere.meta.insert("conn.id", "4111111111111111\n4111111111111111");
    assert!(!station.send(nowhere).await.unwrap_err().detail.contains("4111"));
    station.send(from_other).await.unwrap();
    assert_eq!(read_frame(&mut other).await, ECHO);
}

#[tokio::test]
async fn any_connection_will_do_where_that_is_asked_for() {
    let station = station("any", json!({"strict_connection_routing": false})).await;
    let mut message = Message::from_raw(ECHO);
    message.meta.insert("conn.id", "1");
    assert!(station.send(message.clone()).await.is_err());
    let mut stream = station.call().await;
    until(|| station.metric("flux.port.connections_active") == 1).await;
    station.send(message).await.unwrap();
    assert_eq!(read_frame(&mut stream).await, ECHO);
}

#[tokio::test]
async fn a_client_comes_back() {
    let host = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = json!({
        "mode": "client", "connect": host.local_addr().unwrap().to_string(), "reconnect_wait": "10ms",
    });
    let mut station = Station::new("comes-back", "io_iso8583", config).await;
    let mut link = station.context.links.of("comes-back");
    for round in 1..=3 {
        let (mut stream, _) = host.accept().await.unwrap();
        if !link.is_up() {
            assert!(link.changed().await);
        }
        let mut request = Message::from_raw(ECHO);
        // The id of the terminal's connection is not one of ours.
        request.meta.insert("conn.id", "ffff");
        station.send(request).await.unwrap();
        assert_eq!(read_frame(&mut stream).await, ECHO);
        stream.write_all(&framed(ECHO)).await.unwrap();
        let reply = station.next().await;
        assert_eq!(reply.meta.get("peer.port"), Some(&*host.local_addr().unwrap().port().to_string()));
        assert_eq!(station.metric("flux.port.connections_total"), round);
        drop(stream);
        assert!(!link.changed().await);
    }
    drop(host);
    until(|| station.errors("connect") > 0).await;
    let error = station.send(Message::from_raw(ECHO)).await.unwrap_err();
    assert_eq!(error.detail, "client not connected");
    station.gear.stop().await;
}

#[tokio::test]
async fn a_client_skips_what_makes_no_sense() {
    let host = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = json!({"mode": "client", "connect": host.local_addr().unwrap().to_string()});
    let mut station = Station::new("skips", "io_iso8583", config).await;
    let (mut stream, _) = host.accept().await.unwrap();
    let all = [framed(b"no message at all"), framed(b"and no other"), framed(ECHO)].concat();
    stream.write_all(&all).await.unwrap();
    assert_eq!(station.next().await.raw[..], *ECHO);
    station.error("invalid_frame", 2).await;
    assert!(observed::logged(&["skips", "failed heuristic validation"]));
    assert!(station.context.links.is_up("skips"));
}

#[tokio::test]
async fn only_so_many_are_let_in() {
    let mut station = station("so-many", json!({"max_connections": 2})).await;
    let (_one, two) = (station.call().await, station.call().await);
    until(|| station.metric("flux.port.connections_active") == 2).await;
    for _ in 0..5 {
        let mut excess = station.call().await;
        assert!(until_closed(&mut excess).await.is_empty());
    }
    until(|| station.metric("flux.port.connections_refused") == 5).await;
    assert!(observed::logged(&["so-many", "max connections reached"]));
    drop(two);
    until(|| station.metric("flux.port.connections_active") == 1).await;
    still_answers(&mut station).await;
}

#[tokio::test]
async fn silence_ends_a_connection() {
    let station = station("silence", json!({"idle_timeout": "80ms"})).await;
    let mut stream = station.call().await;
    assert!(until_closed(&mut stream).await.is_empty());
    // Silence is no error.
    assert_eq!(observed::metric("flux.gear.errors", "silence", None), 0);
    until(|| observed::logged(&["silence", "connection ended: idle"])).await;
}

#[tokio::test]
async fn who_reads_nothing_is_given_up_and_others_are_served() {
    let mut station = station("slow-peer", json!({"write_timeout": "150ms"})).await;
    let mut slow = station.call().await;
    slow.write_all(&framed(ECHO)).await.unwrap();
    let to_slow = station.next().await;
    let large = Message { raw: vec![b'0'; 60_000].into(), ..to_slow };
    // Takes what the system's buffers hold, then waits, then says that it is over.
    let mut sent = 0;
    let error = loop {
        match station.send(large.clone()).await {
            Ok(()) => sent += 1,
            Err(error) => break error,
        }
        assert!(sent < 10_000, "it took everything");
    };
    assert!(error.detail.ends_with("not found"), "{error}");
    station.error("write_timeout", 1).await;
    assert!(observed::logged(&["slow-peer", "messages are lost"]));
    still_answers(&mut station).await;
}

#[tokio::test]
async fn a_full_wire_stops_the_reading() {
    let mut station = Station::with_lane("full-wire", "io_iso8583", server(), 4);
    station.gear.init().await.unwrap();
    station.gear.start(station.emit.clone()).await.unwrap();
    let mut stream = station.call().await;
    let body: Vec<u8> = [ECHO, &[b' '; 4000]].concat();
    let frame = framed(&body);
    let (mut whole, mut part) = (0u64, 0);
    // Nobody takes messages: at some point the system's buffers are full, too.
    loop {
        stream.writable().await.unwrap();
        match stream.try_write(&frame[part..]) {
            Ok(count) if part + count == frame.len() => (whole, part) = (whole + 1, 0),
            Ok(count) => part += count,
            Err(_) => {
                let room = tokio::time::timeout(Duration::from_millis(200), stream.writable());
                if room.await.is_err() {
                    break;
                }
            }
        }
        assert!(whole < 100_000, "it read everything");
    }
    assert!(station.metric("flux.port.bytes_in") < whole * frame.len() as u64);
    let writing = async {
        stream.write_all(&frame[part..]).await.unwrap();
    };
    let reading = async {
        for _ in 0..=whole {
            assert_eq!(station.next().await.raw.len(), body.len());
        }
    };
    tokio::join!(writing, reading);
}

#[tokio::test]
async fn the_end_takes_nothing_new_and_writes_what_is_due() {
    let mut station = station("draining", json!({"idle_timeout": "5m"})).await;
    let address = station.address();
    let mut stream = station.call().await;
    stream.write_all(&framed(ECHO)).await.unwrap();
    let request = station.next().await;
    station.gear.drain(Instant::now() + Duration::from_secs(5)).await;
    until(|| std::net::TcpStream::connect(address).is_err()).await;
    stream.write_all(&framed(ECHO)).await.unwrap();
    station.send(request).await.unwrap();
    assert_eq!(read_frame(&mut stream).await, ECHO);
    assert_eq!(station.metric("flux.port.messages_in"), 1);
    station.gear.stop().await;
    station.gear.stop().await;
    assert!(until_closed(&mut stream).await.is_empty());
}

#[tokio::test]
async fn a_client_still_hears_the_replies_at_the_end() {
    let host = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = json!({"mode": "client", "connect": host.local_addr().unwrap().to_string()});
    let mut station = Station::new("hears", "io_iso8583", config).await;
    let (mut stream, _) = host.accept().await.unwrap();
    station.gear.drain(Instant::now() + Duration::from_secs(5)).await;
    stream.write_all(&framed(ECHO)).await.unwrap();
    station.echo(1).await;
    assert_eq!(read_frame(&mut stream).await, ECHO);
    station.gear.stop().await;
    assert!(!station.context.links.is_up("hears"));
}

#[tokio::test]
async fn what_waits_is_written_before_the_end() {
    let mut station = station("last-writes", json!({})).await;
    let mut stream = station.call().await;
    stream.write_all(&framed(ECHO)).await.unwrap();
    let request = station.next().await;
    for _ in 0..100 {
        station.send(request.clone()).await.unwrap();
    }
    station.gear.stop().await;
    assert_eq!(until_closed(&mut stream).await.len(), 100 * framed(ECHO).len());
}

#[tokio::test]
async fn a_connection_is_closed_on_command() {
    let mut station = station("command", json!({})).await;
    let mut stream = station.call().await;
    stream.write_all(&framed(ECHO)).await.unwrap();
    let request = station.next().await;
    let id = request.meta.get("conn.id").unwrap();
    station.gear.control(Command::close(id, "the codec said so")).await.unwrap();
    assert!(until_closed(&mut stream).await.is_empty());
    assert!(station.gear.control(Command::close(id, "again")).await.is_err());
    assert!(station.gear.control(Command::new("sing", &[])).await.is_err());
}

#[tokio::test]
async fn an_address_that_is_taken_is_tried_again() {
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let taken = json!({"mode": "server", "bind": other.local_addr().unwrap().to_string()});
    let station = Station::with_lane("taken", "io_iso8583", taken, 1);
    let error = station.gear.start(station.emit.clone()).await.unwrap_err();
    assert!(error.detail.starts_with("cannot listen at 127.0.0.1:"), "{error}");
    // It is given back between two attempts.
    let (started, ()) = tokio::join!(station.gear.start(station.emit.clone()), async {
        tokio::task::yield_now().await;
        drop(other);
    });
    started.unwrap();
    TcpStream::connect(station.address()).await.unwrap();
}

#[tokio::test]
async fn a_gear_whose_messages_nobody_takes_reads_on() {
    let config = server();
    let station = Station::with_lane("no-wire", "io_iso8583", config, 1);
    let emit = rig_gears::Emitter::new(
        "no-wire",
        station.context.id.0,
        station.context.ids.clone(),
        station.context.clock.clone(),
        Vec::new(),
        Duration::ZERO,
    );
    station.gear.start(emit).await.unwrap();
    let mut stream = station.call().await;
    stream.write_all(&framed(ECHO)).await.unwrap();
    until(|| station.metric("flux.port.bytes_in") == ECHO.len() as u64 + 2).await;
    stream.shutdown().await.unwrap();
    let mut rest = [0; 1];
    assert_eq!(stream.read(&mut rest).await.unwrap(), 0);
}
