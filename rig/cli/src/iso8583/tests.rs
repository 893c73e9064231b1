//! The modes against each other, on real sockets.

use std::{sync::Arc, time::Duration};

use clap::Parser as _;
use platform_kernel::Shutdown;
use rig_iso8583::{Iso8583Message, Spec, framing::LengthPrefix};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use super::{connection::Connection, echo, host, load, options::Specs, terminal};

#[derive(clap::Parser)]
struct Line {
    #[command(subcommand)]
    command: super::Command,
}

fn parsed(line: &str) -> super::Command {
    let words = std::iter::once("iso8583").chain(line.split_whitespace());
    Line::try_parse_from(words).unwrap_or_else(|error| panic!("{error}")).command
}

/// Those that are built in, and files.
fn specs() -> Specs {
    let nowhere = std::env::temp_dir().join(format!("rig-no-store-{}", std::process::id()));
    Specs(crate::store::Store::open(Some(&nowhere), &platform_kernel::Environment::default()))
}

async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

/// A host that runs, its address, and what ends it with its report.
async fn host(options: &str) -> (String, platform_kernel::shutdown::Trigger, JoinHandle<host::Report>) {
    let super::Command::Host(args) = parsed(&format!("host {options}")) else { panic!() };
    let (listener, address) = listener().await;
    let (trigger, stop) = Shutdown::new();
    let served = tokio::spawn(async move { host::serve(listener, &args, &specs(), stop).await.unwrap() });
    (address, trigger, served)
}

async fn terminals(address: &str, options: &str) -> terminal::Report {
    let super::Command::Terminal(args) = parsed(&format!("terminal --target {address} {options}")) else {
        panic!()
    };
    let (_trigger, stop) = Shutdown::new();
    terminal::many(&args, &specs(), stop).await.unwrap()
}

#[test]
fn what_does_not_fit_together_is_refused() {
    for line in [
        "terminal --duration 5s --count 7",
        "terminal --warmup 5s",
        "terminal --mix x",
        "host --move 48",
        "host --simulate --de39 05",
        "load --framing-bytes 3",
        "load --rate fast",
        "load --duration 5",
    ] {
        let words = std::iter::once("iso8583").chain(line.split_whitespace());
        assert!(Line::try_parse_from(words).is_err(), "{line}");
    }
}

#[tokio::test]
async fn terminals_get_their_answers_from_a_host() {
    let (address, trigger, served) = host("--move 48:42").await;
    let report = terminals(&address, "--conns 6 --count 20 --mix 4:00,5:00 --set 48=RS00 --seed 1").await;
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.total, report.ok, report.dropped, report.late), (120, 120, 0, 0));
    assert_eq!(report.by_de39.get("00"), Some(&120));
    assert_eq!(report.by_de42.get("RS00"), Some(&120));
    assert!(report.latency_p50_ms > 0.0 && report.latency_p99_ms >= report.latency_p50_ms);
    assert!(report.achieved_tps > 0.0 && report.elapsed_sec > 0.0);
    trigger.request(Duration::ZERO);
    let counted = served.await.unwrap();
    assert_eq!((counted.connections, counted.received, counted.answered), (6, 120, 120));
}

#[tokio::test]
async fn a_wrong_response_code_fails_unless_it_is_accepted() {
    let (address, _trigger, _served) = host("--de39 91").await;
    let report = terminals(&address, "--conns 2 --count 5 --mix 4:00").await;
    assert_eq!((report.ok, report.failed), (0, 10));
    assert!(report.complaints[0].contains("DE 39 is `91` where 00 is due"), "{report:?}");
    let report = terminals(&address, "--conns 2 --count 5 --mix 4:00 --accept-de39 05,91").await;
    assert_eq!((report.ok, report.failed, report.by_de39["91"]), (10, 0, 10));
}

#[tokio::test]
async fn a_rate_is_kept_with_a_host_that_takes_its_time() {
    // Each answer takes longer than the time between two requests of a terminal.
    let (address, _trigger, _served) = host("--delay 30ms").await;
    let report = terminals(&address, "--conns 2 --count 50 --rate 400 --mix 4 --seed 3").await;
    assert_eq!((report.ok, report.failed, report.cross_wired), (100, 0, 0), "{report:?}");
    assert!(report.latency_p50_ms >= 30.0, "{report:?}");
}

#[tokio::test]
async fn for_a_time_stans_go_round() {
    let (address, _trigger, _served) = host("").await;
    let options = "--conns 2 --duration 300ms --warmup 50ms --rate 100 --stan-base 999990 --mix 4 --seed 1";
    let report = terminals(&address, options).await;
    assert!(report.is_sound() && report.total > 10 && report.ok == report.total, "{report:?}");
    assert_eq!(report.count, 0);
}

#[tokio::test]
async fn a_sink_is_told_as_failures() {
    let (address, trigger, served) = host("--sink").await;
    let report = terminals(&address, "--conns 1 --count 2 --timeout 50ms").await;
    assert_eq!((report.failed, report.ok, report.total), (2, 0, 2));
    assert!(report.complaints[0].contains("no answer in time"));
    trigger.request(Duration::ZERO);
    assert_eq!(served.await.unwrap().ignored, 2);
}

/// Plays a switch that mistakes: `spoil` changes the answer to the n-th request.
async fn spoiling(spoil: impl Fn(u32, &mut Iso8583Message) + Send + 'static) -> String {
    let (listener, address) = listener().await;
    tokio::spawn(async move {
        let spec: Arc<Spec> = Arc::new(specs().get("iso8583-v87-ascii").unwrap());
        let mut count = 0;
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let mut connection = Connection::new(Box::new(stream), LengthPrefix::default());
            let mut body = Vec::new();
            while connection.turn().await.is_ok() {
                while connection.frame(&mut body).unwrap() {
                    let mut message = spec.decode(&body).unwrap();
                    message.set(0, "0210");
                    message.set(39, "00");
                    spoil(count, &mut message);
                    count += 1;
                    connection.queue(&[&spec.encode(&message).unwrap()]).unwrap();
                }
            }
        }
    });
    address
}

#[tokio::test]
async fn answers_of_others_are_noticed() {
    let address = spoiling(|count, message| match count {
        0 => message.set(11, "900000"),
        1 => message.set(41, "T0000009"),
        2 => message.set(4, "1"),
        3 => message.set(0, "0110"),
        _ => {}
    })
    .await;
    let report = terminals(&address, "--conns 1 --count 6 --mix 4:00 --timeout 100ms").await;
    // The first one had no answer either.
    assert_eq!((report.cross_wired, report.failed, report.ok), (3, 2, 2), "{report:?}");
    let told = report.complaints.join("\n");
    for expected in
        ["STAN of another terminal", "for another terminal", "another amount", "is a 0110 where a 0210"]
    {
        assert!(told.contains(expected), "{expected} is not in\n{told}");
    }
    assert!(!report.is_sound());
}

/// Cuts the first connection after some requests, then passes everything on.
#[tokio::test]
async fn a_lost_connection_is_made_again() {
    let (host_address, _trigger, _served) = host("").await;
    let (listener, address) = listener().await;
    tokio::spawn(async move {
        let (mut first, _) = listener.accept().await.unwrap();
        let mut some = [0; 40];
        first.read_exact(&mut some).await.unwrap();
        drop(first);
        let (mut second, _) = listener.accept().await.unwrap();
        let mut onward = TcpStream::connect(host_address).await.unwrap();
        let _ = tokio::io::copy_bidirectional(&mut second, &mut onward).await;
    });
    let report = terminals(&address, "--conns 1 --count 5 --mix 4:00 --reconnect").await;
    assert_eq!((report.dropped, report.ok, report.failed, report.reconnects), (1, 4, 0, 1), "{report:?}");
    assert!(report.is_sound());
}

#[tokio::test]
async fn without_reconnecting_the_rest_fails() {
    let (listener, address) = listener().await;
    tokio::spawn(async move {
        let (mut first, _) = listener.accept().await.unwrap();
        let mut some = [0; 40];
        first.read_exact(&mut some).await.unwrap();
    });
    let report = terminals(&address, "--conns 1 --count 5").await;
    assert_eq!((report.dropped, report.ok, report.failed, report.total), (1, 0, 4, 5), "{report:?}");
}

#[tokio::test]
async fn an_interrupt_ends_a_run_in_order() {
    let (address, _host, _served) = host("").await;
    let line = format!("terminal --target {address} --conns 3 --duration 1h --mix 4 --rate 200");
    let super::Command::Terminal(args) = parsed(&line) else { panic!() };
    let (trigger, stop) = Shutdown::new();
    let ended = tokio::spawn(async move { terminal::many(&args, &specs(), stop).await.unwrap() });
    // The host has an answer out when its own connection got one.
    let mut probe = TcpStream::connect(&address).await.unwrap();
    let spec = specs().get("iso8583-v87-ascii").unwrap();
    let wire = spec.encode(&Iso8583Message::of("0800")).unwrap();
    probe.write_all(&(wire.len() as u16).to_be_bytes()).await.unwrap();
    probe.write_all(&wire).await.unwrap();
    probe.read_u16().await.unwrap();
    trigger.request(Duration::ZERO);
    let report = ended.await.unwrap();
    assert!(report.is_sound() && report.ok == report.total, "{report:?}");
}

#[tokio::test]
async fn a_tpdu_goes_both_ways() {
    let (address, _trigger, _served) = host("--tpdu --framing-bytes 4 --endian little").await;
    let options = "--conns 2 --count 3 --mix 4:00 --tpdu --framing-bytes 4 --endian little";
    let report = terminals(&address, options).await;
    assert_eq!((report.ok, report.total), (6, 6), "{report:?}");
}

#[tokio::test]
async fn a_simulation_plays_both_sides() {
    let folder = std::env::temp_dir().join(format!("rig-simulation-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("spec.yaml");
    let block = r#"
  x-fluxrig-simulation:
    mix: [{ use: 0200, weight: 4 }, { use: 0800, weight: 1 }]
    defaults: { 7: $NOW }
    "0200": { 2: "$PAN(4,16)", 3: "000000", 4: "$RAND(1,900)" }
    "0800": { 70: "301" }
    responder:
      echo: [3, 4, 11, 41]
      default: { 39: "00" }
      rules: [{ name: dear, when: "field(4) > 450", set: { 39: "51" }, delay: 1ms..5ms }]
"#;
    std::fs::write(&path, format!("{}{block}", rig_iso8583::REFERENCE)).unwrap();
    let spec = format!("--spec {} --simulate --seed 5", path.display());
    let (address, _trigger, _served) = host(&spec).await;
    let report = terminals(&address, &format!("--conns 3 --count 40 {spec}")).await;
    assert!(report.is_sound() && report.ok == 120, "{report:?}");
    assert!(report.by_de39["00"] > 0 && report.by_de39["51"] > 0, "{report:?}");
    std::fs::remove_dir_all(&folder).unwrap();
}

async fn loaded(address: &str, options: &str) -> load::Report {
    let super::Command::Load(args) = parsed(&format!("load --target {address} {options}")) else { panic!() };
    let (_trigger, stop) = Shutdown::new();
    load::measure(&args, stop).await.unwrap()
}

#[tokio::test]
async fn a_load_measures_an_echo_and_a_host() {
    let (listener, address) = listener().await;
    let super::Command::Echo(args) = parsed("echo") else { panic!() };
    let (_echoing, stop) = Shutdown::new();
    tokio::spawn(async move { echo::serve(listener, &args, stop).await.unwrap() });
    for options in [
        "",
        "--encoding ascii",
        "--header-len 0",
        "--header-len 0 --encoding ascii",
        "--header-val 6000010002",
    ] {
        let report =
            loaded(&address, &format!("--rate 400 --duration 400ms --concurrency 3 {options}")).await;
        assert_eq!((report.req_failed, report.resp_failed), (0, 0), "{options}");
        assert!(report.req_sent > 50, "{options}: {}", report.req_sent);
        assert_eq!((report.resp_recv, report.rtt_success), (report.req_sent, report.req_sent), "{options}");
        assert_eq!((report.connected_conns, report.configured_conns, report.connections.len()), (3, 3, 3));
        let sent: u64 = report.connections.iter().map(|connection| connection.req_sent).sum();
        assert_eq!(sent, report.req_sent);
        assert!(report.latency_p50_ms > 0.0 && report.latency_p999_ms >= report.latency_p50_ms);
        assert!(!report.time_series.is_empty() && report.total_bytes > 0);
    }
    let (address, _trigger, _served) = host("").await;
    let options = "--rate 300 --duration 300ms --warmup 100ms --encoding ascii --header-len 0";
    let report = loaded(&address, options).await;
    assert_eq!((report.resp_recv, report.resp_failed), (report.req_sent, 0));
}

#[tokio::test]
async fn a_load_without_a_target_says_so() {
    let (listener, address) = listener().await;
    drop(listener);
    let report = loaded(&address, "--rate 100 --duration 100ms --concurrency 2").await;
    assert_eq!((report.connected_conns, report.req_sent, report.resp_recv), (0, 0, 0));
    assert!(report.req_failed > 0);
}
