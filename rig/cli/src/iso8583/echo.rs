//! `fluxrig iso8583 echo`: every frame back as it came, or nothing at all.

use std::{
    io::{self, Write as _},
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use anyhow::Context as _;
use platform_kernel::Shutdown;
use tokio::net::{TcpListener, TcpStream};

use super::{
    connection::{Connection, Progress, Stream},
    options::FramingArgs,
    progress::{beside, grouped, print_json, row},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8590)]
    pub port: u16,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub bind: String,
    /// Read everything and answer nothing
    #[arg(long)]
    pub sink: bool,
    #[command(flatten)]
    pub framing: FramingArgs,
}

#[derive(Debug, Default)]
struct Counts {
    connections: AtomicU64,
    received: AtomicU64,
    answered: AtomicU64,
}

#[derive(serde::Serialize)]
pub struct Report {
    connections: u64,
    received: u64,
    answered: u64,
}

pub async fn run(args: Args, json: bool, stop: Shutdown) -> anyhow::Result<ExitCode> {
    let listener = listen(&args.bind, args.port).await?;
    if !json {
        writeln!(io::stdout(), "echo on {}", listener.local_addr()?)?;
    }
    let report = serve(listener, &args, stop).await?;
    if json {
        print_json(&report)?;
    } else {
        let mut out = io::stdout().lock();
        row(&mut out, "connections", grouped(report.connections))?;
        row(&mut out, "received", grouped(report.received))?;
        row(&mut out, "answered", grouped(report.answered))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn listen(bind: &str, port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((bind, port)).await.with_context(|| format!("cannot listen on {bind}:{port}"))
}

pub async fn serve(listener: TcpListener, args: &Args, stop: Shutdown) -> anyhow::Result<Report> {
    let prefix = args.framing.prefix()?;
    let counts = Arc::new(Counts::default());
    let line = || {
        format!(
            "{} connections, {} received, {} answered",
            counts.connections.load(Relaxed),
            grouped(counts.received.load(Relaxed)),
            grouped(counts.answered.load(Relaxed))
        )
    };
    let sink = args.sink;
    beside(
        accept(&listener, &stop, |stream| {
            counts.connections.fetch_add(1, Relaxed);
            let (connection, counts) = (Connection::new(stream, prefix), Arc::clone(&counts));
            async move {
                let _ = echo(connection, sink, &counts).await;
            }
        }),
        line,
    )
    .await;
    Ok(Report {
        connections: counts.connections.load(Relaxed),
        received: counts.received.load(Relaxed),
        answered: counts.answered.load(Relaxed),
    })
}

/// Takes connections until the end is asked for; their tasks end with it.
pub async fn accept<F: Future<Output = ()> + Send + 'static>(
    listener: &TcpListener,
    stop: &Shutdown,
    mut served: impl FnMut(Box<dyn Stream>) -> F,
) {
    let mut tasks = tokio::task::JoinSet::new();
    let requested = stop.requested();
    tokio::pin!(requested);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let stream: TcpStream = stream;
                    let _ = stream.set_nodelay(true);
                    tasks.spawn(served(Box::new(stream)));
                }
                // Out of files, most likely: those that are there go on, and end.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            },
            Some(_) = tasks.join_next() => {}
            () = &mut requested => break,
        }
    }
    tasks.shutdown().await;
}

async fn echo(mut connection: Connection, sink: bool, counts: &Counts) -> io::Result<()> {
    let mut body = Vec::new();
    loop {
        if connection.turn().await? == Progress::Wrote {
            continue;
        }
        while connection.frame(&mut body)? {
            counts.received.fetch_add(1, Relaxed);
            if !sink {
                connection.queue(&[&body])?;
                counts.answered.fetch_add(1, Relaxed);
            }
        }
    }
}
