//! How many transactions a switch makes over real sockets, all in this process: terminals that ask
//! and wait, two hosts, and between them a rack with the gears of a payment switch.
//! `cargo bench -p rig-rack --bench switch [-- TERMINALS TRANSACTIONS]`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may panic and prints")]

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use platform_kernel::{Clock, Rng};
use rig_envelope::Uuid;
use rig_gears::{Listeners, Registry, Services};
use rig_rack::{Host, Options, Rack};
use rig_scenario::{Scenario, Source};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

const SCENARIO: &str = r#"
meta: { name: switch, version: 1.0.0 }
gears:
  - { name: terminals, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:0", idle_timeout: 5m } }
  - { name: decode, type: codec_iso8583, config: { spec_path: iso8583-v87-ascii, direction: decode } }
  - name: switch
    type: conductor
    config:
      correlation_key: [iso8583.field.11, iso8583.field.7, iso8583.field.41]
      valet: { default_ttl: 3s, retain_after_close: 5s }
      routes:
        - { name: a, match: { field: iso8583.field.2, prefix: "4" }, destination: out_a }
        - { name: b, match: { field: iso8583.field.2, prefix: "5" }, destination: out_b }
  - { name: encode-a, type: codec_iso8583, config: { spec_path: iso8583-v87-ascii, direction: encode } }
  - { name: encode-b, type: codec_iso8583, config: { spec_path: iso8583-v87-ascii, direction: encode } }
  - { name: host-a, type: io_iso8583, config: { mode: client, connect: "HOST_A" } }
  - { name: host-b, type: io_iso8583, config: { mode: client, connect: "HOST_B" } }
  - { name: decode-hosts, type: codec_iso8583, config: { spec_path: iso8583-v87-ascii, direction: decode } }
  - { name: encode-replies, type: codec_iso8583, config: { spec_path: iso8583-v87-ascii, direction: encode } }
wires:
  - { from: terminals.out, to: decode.in }
  - { from: decode.out, to: switch.in }
  - { from: switch.out_a, to: encode-a.in }
  - { from: switch.out_b, to: encode-b.in }
  - { from: encode-a.out, to: host-a.in }
  - { from: encode-b.out, to: host-b.in }
  - { from: host-a.out, to: decode-hosts.in }
  - { from: host-b.out, to: decode-hosts.in }
  - { from: decode-hosts.out, to: switch.in_reply }
  - { from: switch.out_response, to: encode-replies.in }
  - { from: encode-replies.out, to: terminals.in }
"#;

struct NoValues;

impl Source for NoValues {
    fn env(&self, _: &str) -> Option<String> {
        None
    }
    fn secret(&self, _: &str) -> Option<String> {
        None
    }
}

/// A 0200 with elements 2, 3, 4, 7, 11, 41 and 49.
fn request(pan: char, stan: usize, terminal: usize) -> String {
    let pan = format!("16{pan}{}", "1".repeat(15));
    format!("02007220000000808000{pan}0000000000000010000102030405{stan:06}T{terminal:07}840")
}

/// What stands in front of element 39 in a request: type, bitmap, elements 2 to 11.
const HEAD: usize = 4 + 16 + 18 + 6 + 12 + 10 + 6;

/// Answers everything with a 0210 that says 00.
async fn host() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            tokio::spawn(async move {
                let (mut pending, mut out) = (Vec::new(), Vec::new());
                while stream.read_buf(&mut pending).await.unwrap_or(0) > 0 {
                    let mut at = 0;
                    while pending.len() - at >= 2 {
                        let length = usize::from(u16::from_be_bytes([pending[at], pending[at + 1]]));
                        let Some(body) = pending.get(at + 2..at + 2 + length) else { break };
                        out.extend_from_slice(&(length as u16 + 2).to_be_bytes());
                        out.extend_from_slice(b"02107220000002808000");
                        out.extend_from_slice(&body[20..HEAD]);
                        out.extend_from_slice(b"00");
                        out.extend_from_slice(&body[HEAD..]);
                        at += 2 + length;
                    }
                    pending.drain(..at);
                    stream.write_all(&out).await.unwrap();
                    out.clear();
                }
            });
        }
    });
    address
}

/// Asks one after the other; how long each took.
async fn terminal(address: SocketAddr, number: usize, count: usize) -> Vec<Duration> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut times = Vec::with_capacity(count);
    let mut reply = [0; 512];
    for stan in 0..count {
        let request = request(if (number + stan).is_multiple_of(2) { '4' } else { '5' }, stan, number);
        let mut frame = (request.len() as u16).to_be_bytes().to_vec();
        frame.extend_from_slice(request.as_bytes());
        let begun = Instant::now();
        stream.write_all(&frame).await.unwrap();
        let length = usize::from(stream.read_u16().await.unwrap());
        stream.read_exact(&mut reply[..length]).await.unwrap();
        times.push(begun.elapsed());
        assert_eq!(&reply[..4], b"0210");
        assert_eq!(&reply[20..HEAD], &request.as_bytes()[20..HEAD], "another's reply");
    }
    times
}

#[tokio::main]
async fn main() {
    let mut numbers = std::env::args().filter_map(|argument| argument.parse::<usize>().ok());
    let (terminals, count) = (numbers.next().unwrap_or(60), numbers.next().unwrap_or(2_000));
    let (a, b) = (host().await, host().await);
    let host = Host {
        clock: Clock::system(),
        rng: Rng::system(),
        machine: Uuid::nil(),
        registry: Registry::builtin(),
        services: Services::default(),
        values: Arc::new(NoValues),
        base: PathBuf::from("."),
        hops: None,
    };
    let services = host.services.clone();
    let rack = Rack::new(Options::default(), host);
    let text = SCENARIO.replace("HOST_A", &a.to_string()).replace("HOST_B", &b.to_string());
    rack.apply(&Scenario::parse(&text).unwrap()).await.unwrap();
    for gear in ["host-a", "host-b"] {
        let mut link = rack.links().of(gear);
        while !link.is_up() {
            link.changed().await;
        }
    }
    let address = services.get::<Listeners>().unwrap().lock()["terminals"];
    let begun = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..terminals {
        running.spawn(terminal(address, number, count));
    }
    let mut times: Vec<_> = running.join_all().await.into_iter().flatten().collect();
    let seconds = begun.elapsed().as_secs_f64();
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
    let rate = times.len() as f64 / seconds;
    println!(
        "{terminals} terminals, {} transactions in {seconds:.2} s: {rate:.0}/s, p50 {:.2} ms, p99 {:.2} ms, worst {:.2} ms",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    rack.shutdown().await;
}
