//! `fluxrig iso8583 load`: network management requests at a rate, and how long their answers take.
//!
//! The rate is open: a message is sent when it is due, whether or not earlier ones were answered,
//! and its time runs from when it was due – a peer that stalls is seen as it is. (Timers are true to
//! a millisecond, so a time may be so much too long, never too short.) The time a message was due
//! travels in its header and comes back with the answer.

mod sender;

use std::{io, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use parking_lot::Mutex;
use platform_kernel::{Clock, Shutdown, Timestamp};
use rig_iso8583::{NoReferences, Spec};
use tokio::time::Instant;

use self::sender::Sender;
use super::{
    connection::Target,
    latency::Latencies,
    options::{self, FramingArgs},
    progress::{beside, grouped, print_json, row, save},
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Encoding {
    #[default]
    Bcd,
    Ascii,
}

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where messages go
    #[arg(long, default_value = "127.0.0.1:8583", value_name = "HOST:PORT")]
    pub target: String,
    /// Connections, one sender each
    #[arg(long, default_value_t = 10)]
    pub concurrency: u16,
    /// Messages a second, of all connections together
    #[arg(long, default_value = "100", value_parser = options::rate)]
    pub rate: f64,
    /// How long to send
    #[arg(long, default_value = "30s", value_parser = options::duration)]
    pub duration: Duration,
    /// Send so long before anything counts
    #[arg(long, default_value = "0", value_parser = options::duration)]
    pub warmup: Duration,
    /// How the message is written
    #[arg(long, value_enum, default_value_t)]
    pub encoding: Encoding,
    #[command(flatten)]
    pub framing: FramingArgs,
    /// Bytes of the header in front of the message; it carries the time (8 bytes) and the connection (2)
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u8).range(0..=128))]
    pub header_len: u8,
    /// A header that never changes, in hexadecimal; times are then told by the STAN
    #[arg(long, value_name = "HEX")]
    pub header_val: Option<String>,
    /// Where the report goes, as JSON
    #[arg(long, default_value = "report.json", value_name = "FILE")]
    pub report: PathBuf,
    /// Send at the same moments as another run
    #[arg(long)]
    pub seed: Option<u64>,
}

/// How long to wait for the last answers.
const LAST: Duration = Duration::from_secs(5);
const RECONNECT: Duration = Duration::from_millis(250);

#[derive(Debug, serde::Serialize)]
pub struct Report {
    pub req_sent: u64,
    pub req_failed: u64,
    pub resp_recv: u64,
    pub resp_failed: u64,
    pub rtt_success: u64,
    pub total_bytes: u64,
    pub latency_min_ms: f64,
    pub latency_max_ms: f64,
    pub latency_p50_ms: f64,
    pub latency_p90_ms: f64,
    pub latency_p99_ms: f64,
    pub latency_p999_ms: f64,
    pub actual_tps: f64,
    pub actual_rps: f64,
    pub duration_sec: f64,
    pub configured_tps: f64,
    pub configured_conns: u16,
    pub connected_conns: u16,
    pub time_series: Vec<Second>,
    pub connections: Vec<OfConnection>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Second {
    pub timestamp: Timestamp,
    pub req_sent: u64,
    pub resp_recv: u64,
    pub latency_p50_ms: f64,
    pub latency_p99_ms: f64,
    pub latency_max_ms: f64,
}

#[derive(Debug, serde::Serialize)]
pub struct OfConnection {
    pub conn_id: u16,
    pub req_sent: u64,
    pub resp_recv: u64,
    pub resp_failed: u64,
    pub rtt_success: u64,
    pub latency_p50_ms: f64,
    pub latency_p99_ms: f64,
    pub latency_max_ms: f64,
}

/// What all connections count together.
struct Totals {
    req_sent: u64,
    req_failed: u64,
    resp_recv: u64,
    resp_failed: u64,
    bytes: u64,
    connected: u16,
    all: Latencies,
    /// Of the second that runs.
    second: Latencies,
    second_sent: u64,
    second_received: u64,
    last_answer: Option<Instant>,
    series: Vec<Second>,
}

enum Header {
    None,
    Fixed(Vec<u8>),
    /// The time in nanoseconds since 1970, the connection, zeros.
    Timed(usize),
}

struct Run {
    target: Target,
    header: Header,
    spec: Spec,
    rate: f64,
    seed: u64,
    clock: Clock,
    /// The moment at which `begin_ns` is the time.
    begin: Instant,
    begin_ns: u64,
    /// What is due before is warming up.
    counted_from: Instant,
    until: Instant,
    totals: Mutex<Totals>,
}

const BCD: &str = r#"spec:
  id: network-bcd
  version: 1.0.0
  name: Network management in BCD
  wire:
    fields:
      0: {type: String, length: 4, enc: BCD, prefix: ASCII.Fixed}
      1: {type: Bitmap, length: 8, enc: Binary, prefix: Binary.Fixed}
      7: {type: String, length: 10, enc: BCD, prefix: BCD.Fixed}
      11: {type: String, length: 6, enc: BCD, prefix: BCD.Fixed}
      39: {type: String, length: 2, enc: ASCII, prefix: ASCII.Fixed}
      70: {type: String, length: 3, enc: BCD, prefix: BCD.Fixed}
"#;
const ASCII: &str = r#"spec:
  id: network-ascii
  version: 1.0.0
  name: Network management in ASCII
  wire: {source: "rig:spec87full"}
"#;

pub async fn run(args: Args, json: bool, stop: Shutdown) -> anyhow::Result<ExitCode> {
    let report = measure(&args, stop).await?;
    save(&report, Some(&args.report))?;
    if json {
        print_json(&report)?;
    } else {
        summary(&report, &mut io::stdout().lock())?;
    }
    let sound = report.req_failed == 0
        && report.resp_failed == 0
        && report.connected_conns == report.configured_conns;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub async fn measure(args: &Args, stop: Shutdown) -> anyhow::Result<Report> {
    if args.rate <= 0.0 || args.concurrency == 0 {
        bail!("a load needs a rate and a connection");
    }
    let header = match (&args.header_val, usize::from(args.header_len)) {
        (Some(text), _) => Header::Fixed(options::unhex(text).context("--header-val is hexadecimal digits")?),
        (None, 0) => Header::None,
        (None, length @ 10..) => Header::Timed(length),
        (None, _) => bail!("the time and the connection take 10 bytes: --header-len is 0 or 10 to 128"),
    };
    let document = if args.encoding == Encoding::Bcd { BCD } else { ASCII };
    let clock = Clock::system();
    let begin = Instant::now();
    let run = Arc::new(Run {
        target: Target {
            address: args.target.as_str().into(),
            prefix: args.framing.prefix()?,
            timeout: Duration::from_secs(5),
        },
        header,
        spec: Spec::load(document, &NoReferences)?,
        rate: args.rate / f64::from(args.concurrency),
        seed: args.seed.unwrap_or_else(|| u64::from_le_bytes(platform_kernel::Rng::system().bytes())),
        begin,
        begin_ns: u64::try_from(clock.now().millis()).unwrap_or(0) * 1_000_000,
        clock,
        counted_from: begin + args.warmup,
        until: begin + args.warmup + args.duration,
        totals: Mutex::new(Totals {
            req_sent: 0,
            req_failed: 0,
            resp_recv: 0,
            resp_failed: 0,
            bytes: 0,
            connected: 0,
            all: Latencies::fine(),
            second: Latencies::fine(),
            second_sent: 0,
            second_received: 0,
            last_answer: None,
            series: Vec::new(),
        }),
    });
    let senders: Vec<_> = (0..args.concurrency)
        .map(|id| tokio::spawn(Sender::new(Arc::clone(&run), id).run(stop.clone())))
        .collect();
    let seconds = tokio::spawn(every_second(Arc::clone(&run)));
    let finished = async {
        let mut connections = Vec::new();
        for sender in senders {
            connections.push(sender.await.context("a sender panicked")?);
        }
        anyhow::Ok(connections)
    };
    let connections = beside(finished, || line(&run)).await?;
    seconds.abort();
    take_second(&run);
    let ended = Instant::now();
    let sending = ended.min(run.until).saturating_duration_since(run.counted_from).as_secs_f64();
    let totals = run.totals.lock();
    let answering =
        totals.last_answer.map_or(0.0, |last| last.saturating_duration_since(run.counted_from).as_secs_f64());
    let per_second = |count: u64, seconds: f64| if seconds > 0.0 { count as f64 / seconds } else { 0.0 };
    Ok(Report {
        req_sent: totals.req_sent,
        req_failed: totals.req_failed,
        resp_recv: totals.resp_recv,
        resp_failed: totals.resp_failed,
        rtt_success: totals.all.count(),
        total_bytes: totals.bytes,
        latency_min_ms: totals.all.min_ms(),
        latency_max_ms: totals.all.max_ms(),
        latency_p50_ms: totals.all.quantile_ms(0.5),
        latency_p90_ms: totals.all.quantile_ms(0.9),
        latency_p99_ms: totals.all.quantile_ms(0.99),
        latency_p999_ms: totals.all.quantile_ms(0.999),
        actual_tps: per_second(totals.req_sent, sending),
        actual_rps: per_second(totals.resp_recv, answering.max(sending)),
        duration_sec: sending,
        configured_tps: args.rate,
        configured_conns: args.concurrency,
        connected_conns: totals.connected,
        time_series: totals.series.clone(),
        connections,
    })
}

fn line(run: &Run) -> String {
    let totals = run.totals.lock();
    let now = Instant::now();
    let phase = if now < run.counted_from { "warming up  " } else { "" };
    format!(
        "{phase}{:5.0} s  sent {}  answered {}  p50 {:.1} ms  p99 {:.1} ms  failed {}",
        (now - run.begin).as_secs_f64(),
        grouped(totals.req_sent),
        grouped(totals.resp_recv),
        totals.all.quantile_ms(0.5),
        totals.all.quantile_ms(0.99),
        grouped(totals.req_failed + totals.resp_failed)
    )
}

fn summary(report: &Report, out: &mut impl io::Write) -> io::Result<()> {
    row(
        out,
        "connections",
        format_args!("{} of {}", report.connected_conns, grouped(report.configured_conns.into())),
    )?;
    row(
        out,
        "sent",
        format_args!(
            "{} in {:.1} s, {:.1}/s of {:.1}/s asked for",
            grouped(report.req_sent),
            report.duration_sec,
            report.actual_tps,
            report.configured_tps
        ),
    )?;
    row(out, "answered", format_args!("{}, {:.1}/s", grouped(report.resp_recv), report.actual_rps))?;
    row(
        out,
        "failed",
        format_args!("{} not sent, {} answers not usable", report.req_failed, report.resp_failed),
    )?;
    row(
        out,
        "latency, ms",
        format_args!(
            "min {:.2}  p50 {:.2}  p90 {:.2}  p99 {:.2}  p99.9 {:.2}  max {:.2}",
            report.latency_min_ms,
            report.latency_p50_ms,
            report.latency_p90_ms,
            report.latency_p99_ms,
            report.latency_p999_ms,
            report.latency_max_ms
        ),
    )
}

async fn every_second(run: Arc<Run>) {
    let mut ticks =
        tokio::time::interval_at(run.counted_from + Duration::from_secs(1), Duration::from_secs(1));
    loop {
        ticks.tick().await;
        take_second(&run);
    }
}

fn take_second(run: &Run) {
    let mut totals = run.totals.lock();
    if totals.second_sent == 0 && totals.second_received == 0 {
        return;
    }
    let second = Second {
        timestamp: run.clock.now(),
        req_sent: std::mem::take(&mut totals.second_sent),
        resp_recv: std::mem::take(&mut totals.second_received),
        latency_p50_ms: totals.second.quantile_ms(0.5),
        latency_p99_ms: totals.second.quantile_ms(0.99),
        latency_max_ms: totals.second.max_ms(),
    };
    totals.second.clear();
    totals.series.push(second);
}
