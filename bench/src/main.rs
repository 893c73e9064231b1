//! The load generator: starts the server it is given (or attaches to one), drives it over HTTP and the
//! gateway as its clients do, reads its memory and processor time from /proc, and prints a table a run.
//!
//! It shares the machine with the server, so it is lean by design: its own HTTP/1.1 and WebSocket clients,
//! one buffer a worker thread, no JSON parsing on the hot path. Knows a base URL; links nothing of the server.

#![expect(clippy::print_stdout, reason = "a command-line tool prints its results")]

mod http;
mod process;
mod runs;
mod session;
mod stats;
mod world;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};

use process::Server;

/// Measures a fluxer server.
#[derive(Parser)]
struct Options {
    /// The server binary; every run starts it afresh in a temporary folder, in test mode.
    #[arg(long, default_value = "target/load/fluxer")]
    server: PathBuf,
    /// `on` leaves the rate limits of test mode's requests on; measuring throughput needs them off.
    #[arg(long, default_value = "off", value_parser = ["on", "off"])]
    rate_limits: String,
    /// Worker threads of the load generator.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Keep the server's folders for a look afterwards.
    #[arg(long)]
    keep: bool,
    #[command(subcommand)]
    run: Run,
}

#[derive(Subcommand)]
enum Run {
    /// Every run below with its defaults.
    All,
    /// Time from start to the first healthy answer: a fresh folder and an existing database.
    Start(runs::start::Options),
    /// Resident memory of the idle server.
    Idle(runs::idle::Options),
    /// Memory of idle gateway sessions.
    Sessions(runs::sessions::Options),
    /// Durable message creates per second.
    Create(runs::create::Options),
    /// Time from sending a message to receiving it over the gateway, at a fixed rate.
    Latency(runs::latency::Options),
    /// Deliveries per second to many sessions of one guild.
    Fanout(runs::fanout::Options),
    /// What the kernel alone takes for a fan-out; needs no server.
    Floor(runs::floor::Options),
    /// Pages of a long history.
    History(runs::history::Options),
}

fn main() -> Result<()> {
    let options = Options::parse();
    if !matches!(options.run, Run::Floor(_)) && !options.server.is_file() {
        bail!("no server at {}: `make server` builds it", options.server.display());
    }
    let server = Server { binary: options.server, keep: options.keep, limited: options.rate_limits == "on" };
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(options.threads)
        .enable_all()
        .build()
        .context("the runtime does not start")?
        .block_on(async {
            // Work on a worker thread is faster than in `block_on`.
            tokio::spawn(run(server, options.run)).await?
        })
}

async fn run(server: Server, run: Run) -> Result<()> {
    let Run::All = run else { return one(&server, run).await };
    for name in ["start", "idle", "sessions", "create", "latency", "fanout", "floor", "history"] {
        one(&server, Options::parse_from(["bench", name]).run).await?;
    }
    Ok(())
}

async fn one(server: &Server, run: Run) -> Result<()> {
    match run {
        Run::All => bail!("`all` is not one run"),
        Run::Start(options) => runs::start::run(server, &options).await,
        Run::Idle(options) => runs::idle::run(server, &options).await,
        Run::Sessions(options) => runs::sessions::run(server, &options).await,
        Run::Create(options) => runs::create::run(server, &options).await,
        Run::Latency(options) => runs::latency::run(server, &options).await,
        Run::Fanout(options) => runs::fanout::run(server, &options).await,
        Run::Floor(options) => runs::floor::run(&options).await,
        Run::History(options) => runs::history::run(server, &options).await,
    }
}
