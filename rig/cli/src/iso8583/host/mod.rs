//! `fluxrig iso8583 host`: a scheme host that answers every request – at once, after a while, or never.
//!
//! A delay is one of the answer, not of the host: requests that come meanwhile are read, and each
//! answer leaves when its own time is over.

mod answer;

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use anyhow::{bail, ensure};
use platform_kernel::{Clock, Rng, Shutdown};
use rig_iso8583::{
    CodecError, Iso8583Message, SimulationState,
    framing::{LengthPrefix, Tpdu},
};
use tokio::{net::TcpListener, time::Instant};

use self::answer::{Answers, Move};
use super::{
    connection::{Connection, Progress},
    echo::{accept, listen},
    options::{self, FramingArgs, Specs},
    progress::{beside, grouped, print_json, row, save},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 10_001)]
    pub port: u16,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub bind: String,
    #[command(flatten)]
    pub framing: FramingArgs,
    /// A TPDU in front of every message; it goes back with its addresses swapped
    #[arg(long)]
    pub tpdu: bool,
    /// The specification: a file, or one that is built in
    #[arg(long, default_value = "iso8583-v87-ascii")]
    pub spec: String,
    /// Response code of the answers
    #[arg(long, default_value = "00", value_name = "CODE")]
    pub de39: String,
    /// Read every request and answer none
    #[arg(long)]
    pub sink: bool,
    /// Answer so much later
    #[arg(long, default_value = "0", value_parser = options::duration)]
    pub delay: Duration,
    /// Report what a request has in one element in another one of the answer, like 48:42
    #[arg(long = "move", value_name = "FROM:TO", value_parser = answer::parse_move)]
    pub moves: Vec<Move>,
    /// Another element of every answer, like 38=123456
    #[arg(long, value_name = "ELEMENT=VALUE", value_parser = options::setting)]
    pub set: Vec<(u8, Vec<u8>)>,
    /// Answer by the responder in the x-fluxrig-simulation of the specification
    #[arg(long, conflicts_with_all = ["de39", "moves", "set"])]
    pub simulate: bool,
    /// Draw the same answers as another run
    #[arg(long)]
    pub seed: Option<u64>,
    /// Where the report goes, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, Default)]
struct Counts {
    connections: AtomicU64,
    open: AtomicU64,
    received: AtomicU64,
    answered: AtomicU64,
    ignored: AtomicU64,
    unreadable: AtomicU64,
}

#[derive(Debug, serde::Serialize)]
pub struct Report {
    pub connections: u64,
    pub received: u64,
    pub answered: u64,
    /// What was no request, or came to a sink.
    pub ignored: u64,
    pub unreadable: u64,
}

struct Host {
    answers: Answers,
    prefix: LengthPrefix,
    tpdu: bool,
    sink: bool,
    delay: Duration,
    simulate: bool,
    seed: u64,
    clock: Clock,
    counts: Counts,
}

pub async fn run(args: Args, json: bool, specs: &Specs, stop: Shutdown) -> anyhow::Result<ExitCode> {
    let listener = listen(&args.bind, args.port).await?;
    if !json {
        writeln!(io::stdout(), "host on {}", listener.local_addr()?)?;
    }
    let report = serve(listener, &args, specs, stop).await?;
    save(&report, args.report.as_deref())?;
    if json {
        print_json(&report)?;
    } else {
        let mut out = io::stdout().lock();
        row(&mut out, "connections", grouped(report.connections))?;
        row(&mut out, "received", grouped(report.received))?;
        row(&mut out, "answered", grouped(report.answered))?;
        row(&mut out, "ignored", grouped(report.ignored))?;
        row(&mut out, "unreadable", grouped(report.unreadable))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Answers until the end is asked for.
pub async fn serve(
    listener: TcpListener,
    args: &Args,
    specs: &Specs,
    stop: Shutdown,
) -> anyhow::Result<Report> {
    let spec = specs.get(&args.spec)?;
    let named = args.set.iter().map(|(number, _)| *number).chain(args.moves.iter().map(|one| one.to));
    if let Some(number) = named.into_iter().find(|number| spec.wire().element(*number).is_none()) {
        bail!("{} does not have DE {number}", spec.id);
    }
    let responds = spec.simulation().is_some_and(|simulation| simulation.responder.is_some());
    ensure!(!args.simulate || responds, "{} has no x-fluxrig-simulation with a responder", spec.id);
    let host = Arc::new(Host {
        answers: Answers {
            spec,
            code: args.de39.clone(),
            moves: args.moves.clone(),
            settings: args.set.clone(),
        },
        prefix: args.framing.prefix()?,
        tpdu: args.tpdu,
        sink: args.sink,
        delay: args.delay,
        simulate: args.simulate,
        seed: args.seed.unwrap_or_else(|| u64::from_le_bytes(Rng::system().bytes())),
        clock: Clock::system(),
        counts: Counts::default(),
    });
    let line = || {
        let counts = &host.counts;
        format!(
            "{} connections, {} received, {} answered, {} unreadable",
            counts.open.load(Relaxed),
            grouped(counts.received.load(Relaxed)),
            grouped(counts.answered.load(Relaxed)),
            grouped(counts.unreadable.load(Relaxed))
        )
    };
    let served = |stream| {
        let host = Arc::clone(&host);
        async move {
            let number = host.counts.connections.fetch_add(1, Relaxed);
            host.counts.open.fetch_add(1, Relaxed);
            let _ = host.talk(Connection::new(stream, host.prefix), number).await;
            host.counts.open.fetch_sub(1, Relaxed);
        }
    };
    beside(accept(&listener, &stop, served), line).await;
    let counts = &host.counts;
    Ok(Report {
        connections: counts.connections.load(Relaxed),
        received: counts.received.load(Relaxed),
        answered: counts.answered.load(Relaxed),
        ignored: counts.ignored.load(Relaxed),
        unreadable: counts.unreadable.load(Relaxed),
    })
}

/// What one connection works with.
struct Desk {
    state: SimulationState,
    request: Iso8583Message,
    answer: Iso8583Message,
    wire: Vec<u8>,
}

impl Host {
    async fn talk(&self, mut connection: Connection, number: u64) -> io::Result<()> {
        let mut body = Vec::new();
        let mut desk = Desk {
            state: SimulationState::new(self.seed.wrapping_add(number)),
            request: Iso8583Message::new(),
            answer: Iso8583Message::new(),
            wire: Vec::new(),
        };
        // By the moment at which they are due, and then as they came.
        let mut later: BTreeMap<(Instant, u64), Vec<u8>> = BTreeMap::new();
        let mut count = 0;
        loop {
            let next = later.keys().next().map(|waiting| waiting.0);
            let progress = tokio::select! {
                turn = connection.turn() => Some(turn?),
                () = tokio::time::sleep_until(next.unwrap_or_else(Instant::now)), if next.is_some() => None,
            };
            let now = Instant::now();
            while let Some(waiting) = later.first_entry().filter(|waiting| waiting.key().0 <= now) {
                connection.queue(&[&waiting.remove()])?;
                self.counts.answered.fetch_add(1, Relaxed);
            }
            if progress != Some(Progress::Read) {
                continue;
            }
            while connection.frame(&mut body)? {
                self.counts.received.fetch_add(1, Relaxed);
                let header = if self.tpdu { Tpdu::split(&body) } else { None };
                let message = match (&header, self.tpdu) {
                    (Some((_, rest)), _) => rest,
                    (None, true) => &[][..],
                    (None, false) => &body[..],
                };
                let header = header.map(|(header, _)| header.swapped());
                let header = header.as_ref().map_or(&[][..], |header| &header.bytes()[..]);
                match self.answer(message, &mut desk) {
                    Err(error) => {
                        self.counts.unreadable.fetch_add(1, Relaxed);
                        tracing::debug!("a message cannot be read or answered: {error}");
                    }
                    Ok(None) => {
                        self.counts.ignored.fetch_add(1, Relaxed);
                    }
                    Ok(Some(delay)) if delay.is_zero() => {
                        connection.queue(&[header, &desk.wire])?;
                        self.counts.answered.fetch_add(1, Relaxed);
                    }
                    Ok(Some(delay)) => {
                        count += 1;
                        later.insert((now + delay, count), [header, &desk.wire].concat());
                    }
                }
            }
        }
    }

    /// Writes the answer to a message, and says how long it takes; `None` if there is none.
    fn answer(&self, message: &[u8], desk: &mut Desk) -> Result<Option<Duration>, CodecError> {
        if self.sink {
            return Ok(None);
        }
        let spec = &self.answers.spec;
        spec.wire().decode_to(message, &mut desk.request)?;
        if !self.simulate {
            let written = self.answers.write(&desk.request, &mut desk.answer, &mut desk.wire)?;
            return Ok(written.then_some(self.delay));
        }
        let now = self.clock.now().millis();
        let Some((answer, delay)) = spec.respond(&desk.request, &mut desk.state, now)? else {
            return Ok(None);
        };
        desk.wire.clear();
        spec.wire().encode_to(&answer, &mut desk.wire)?;
        Ok(Some(self.delay + delay))
    }
}
