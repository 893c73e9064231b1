//! The floor under fan-out: what the kernel alone takes to hand the same bytes to as many sockets. A child process
//! (this program again) accepts connections and writes to each in turn, one blocking write a delivery and nothing
//! else; its processor time is compared with the server's.

use std::{
    io::{BufRead, Write},
    net::{SocketAddr, TcpListener},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use clap::Args;
use tokio::{net::TcpSocket, task::JoinSet};

use crate::{
    process::{need_files, usage},
    stats::{count, table},
};

#[derive(Args)]
pub struct Options {
    #[arg(long, default_value_t = 10_000)]
    sockets: usize,
    #[arg(long, default_value_t = 100)]
    messages: usize,
    /// Bytes of a delivery.
    #[arg(long, default_value_t = 708)]
    length: usize,
    /// Be the writer.
    #[arg(long, hide = true)]
    writer: bool,
}

pub async fn run(options: &Options) -> Result<()> {
    if options.writer {
        return write(options);
    }
    need_files(options.sockets as u64 + 200)?;
    let mut child = Command::new(std::env::current_exe()?)
        .args(["floor", "--writer", "--sockets", &options.sockets.to_string()])
        .args(["--messages", &options.messages.to_string(), "--length", &options.length.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    std::io::BufReader::new(child.stdout.take().context("piped")?).read_line(&mut line)?;
    let address: SocketAddr = line.trim().parse().context("the writer says where it listens")?;

    let read = Arc::new(AtomicU64::new(0));
    let mut readers = JoinSet::new();
    for _ in 0..options.sockets {
        let socket = TcpSocket::new_v4()?.connect(address).await?;
        let read = read.clone();
        readers.spawn(async move {
            let mut buffer = [0; 2048];
            while socket.readable().await.is_ok() {
                match socket.try_read(&mut buffer) {
                    Ok(0) => break,
                    Ok(length) => drop(read.fetch_add(length as u64, Ordering::Relaxed)),
                    Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                    Err(_) => break,
                }
            }
        });
    }
    let expected = (options.sockets * options.messages * options.length) as u64;
    let (before, begun) = (usage(child.id())?, Instant::now());
    let mut stdin = child.stdin.take().context("piped")?;
    stdin.write_all(b"go\n")?;
    while read.load(Ordering::Relaxed) < expected {
        ensure!(begun.elapsed() < Duration::from_secs(120), "the writer is stuck");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let (after, took) = (usage(child.id())?, begun.elapsed().as_secs_f64());
    drop(stdin);
    child.wait()?;
    let deliveries = (options.sockets * options.messages) as f64;
    table(
        "The floor under fan-out: bare writes to loopback sockets",
        &[
            (
                "sockets, writes to each, bytes",
                &format!("{}, {}, {}", options.sockets, options.messages, options.length),
            ),
            ("writes per second", &count(deliveries / took)),
            ("writes per second and core of the writer", &count(deliveries / after.cpu_since(&before))),
            ("writer, processor", &after.text_since(&before)),
        ],
    );
    Ok(())
}

fn write(options: &Options) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    let mut sockets = Vec::with_capacity(options.sockets);
    for _ in 0..options.sockets {
        let socket = listener.accept()?.0;
        socket.set_nodelay(true)?;
        sockets.push(socket);
    }
    let mut lines = std::io::stdin().lock().lines();
    lines.next().context("told to go")??;
    let message = vec![b'x'; options.length];
    for _ in 0..options.messages {
        for socket in &mut sockets {
            socket.write_all(&message)?;
        }
    }
    lines.next(); // until the reader has measured
    Ok(())
}
