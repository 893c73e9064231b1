//! What comes from those who mean harm: counted, told, bounded, and the next good message answered.

use serde_json::json;
use tokio::io::AsyncWriteExt;

use crate::{ECHO, Station, framed, observed, still_answers, until, until_closed};

async fn iso(name: &str, more: serde_json::Value) -> Station {
    let mut config = json!({"mode": "server", "bind": "127.0.0.1:0"});
    for (key, value) in more.as_object().unwrap() {
        config[key] = value.clone();
    }
    Station::new(name, "io_iso8583", config).await
}

/// Kilobytes of this process that are in memory.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn frames_that_end_too_early() {
    let mut station = iso("truncated", json!({})).await;
    let whole = framed(ECHO);
    for length in [1, 2, 3, whole.len() - 1] {
        let mut stream = station.call().await;
        stream.write_all(&whole[..length]).await.unwrap();
        stream.shutdown().await.unwrap();
        assert!(until_closed(&mut stream).await.is_empty());
    }
    station.error("truncated", 4).await;
    assert!(observed::logged(&["truncated", "ended inside a frame"]));
    still_answers(&mut station).await;
}

#[tokio::test]
async fn lengths_that_lie() {
    let mut station = iso("lies", json!({"frame_length_size": 4})).await;
    for length in [0u32, 65_536, 0x7FFF_FFFF, u32::MAX] {
        let mut stream = station.call().await;
        stream.write_all(&length.to_be_bytes()).await.unwrap();
        assert!(until_closed(&mut stream).await.is_empty());
    }
    station.error("bad_length", 4).await;
    assert!(observed::logged(&["lies", "a body has 1 to 65535"]));
    // Too short a length: what follows is read as a frame, makes no sense, and that is the end.
    let mut stream = station.call().await;
    stream.write_all(&[&[0, 0, 0, 9][..], ECHO].concat()).await.unwrap();
    assert!(until_closed(&mut stream).await.is_empty());
    station.error("invalid_frame", 1).await;
    let mut stream = station.call().await;
    stream.write_all(&[&(ECHO.len() as u32).to_be_bytes()[..], ECHO].concat()).await.unwrap();
    station.echo(1).await;
}

#[tokio::test]
async fn what_is_no_message() {
    let mut station = iso("garbage", json!({})).await;
    let bodies: [&[u8]; 4] = [b"\xFF\xFE\x80\x81 not text", b"GET / HTTP/1.1\r\n\r\n", &[0xEE; 100], b"0800"];
    for body in bodies {
        let mut stream = station.call().await;
        stream.write_all(&framed(body)).await.unwrap();
        assert!(until_closed(&mut stream).await.is_empty());
    }
    station.error("invalid_frame", 4).await;
    assert!(observed::logged(&["garbage", "failed heuristic validation"]));
    assert!(!observed::log().contains("HTTP/1.1"), "contents are not logged");
    still_answers(&mut station).await;
}

#[tokio::test]
async fn a_byte_now_and_then() {
    let mut station = iso("loris", json!({"read_timeout": "120ms", "idle_timeout": "1m"})).await;
    let mut stream = station.call().await;
    // Every byte comes in time; the frame as a whole does not.
    for byte in framed(ECHO).into_iter().cycle() {
        if stream.write_all(&[byte]).await.is_err() {
            break;
        }
        let gone = until_closed(&mut stream);
        if tokio::time::timeout(std::time::Duration::from_millis(30), gone).await.is_ok() {
            break;
        }
    }
    station.error("read_timeout", 1).await;
    assert!(observed::logged(&["loris", "a frame took too long to come"]));
    still_answers(&mut station).await;
}

#[tokio::test]
async fn lines_without_end() {
    let config = json!({"mode": "server", "bind": "127.0.0.1:0", "max_message_size": 10_000});
    let mut station = Station::new("endless", "io_tcp", config).await;
    let before = resident();
    for _ in 0..20 {
        let mut stream = station.call().await;
        // As much as it wants to take.
        while stream.write_all(&[b'x'; 64 * 1024]).await.is_ok() {}
    }
    station.error("too_long", 20).await;
    assert!(resident() < before + 4096, "{} KB more", resident() - before);
    let mut stream = station.call().await;
    stream.write_all(b"fine\n").await.unwrap();
    assert_eq!(station.next().await.raw[..], *b"fine");
}

/// As many as the open files allow: both ends are in this process.
#[tokio::test]
async fn ten_thousand_that_say_half_a_word() {
    let limits = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    let wanted = rustix::process::Rlimit { current: limits.maximum, maximum: limits.maximum };
    let _ = rustix::process::setrlimit(rustix::process::Resource::Nofile, wanted);
    let files = limits.maximum.unwrap_or(20_000);
    let count = (files.saturating_sub(200) / 2).min(9_900);
    let config = json!({"max_connections": 20_000, "read_timeout": "10m", "idle_timeout": "10m"});
    let mut station = iso("half-open", config).await;
    let address = station.address();
    let before = resident();
    let mut peers = Vec::new();
    for number in 0..count {
        let stream = std::net::TcpStream::connect(address).unwrap();
        // A length of 65535, and one byte of all that.
        std::io::Write::write_all(&mut &stream, &[0xFF, 0xFF, b'0']).unwrap();
        peers.push(stream);
        if number % 100 == 99 {
            until(|| station.metric("flux.port.connections_active") == number + 1).await;
        }
    }
    until(|| station.metric("flux.port.bytes_in") == 3 * count).await;
    let each = (resident() - before) * 1024 / count;
    println!("{count} half-open connections: {each} bytes each");
    assert!(each < 6 * 1024, "{each} bytes for each of {count} connections");
    still_answers(&mut station).await;
    drop(peers);
    until(|| station.metric("flux.port.connections_active") == 0).await;
    station.error("truncated", count).await;
    still_answers(&mut station).await;
}
