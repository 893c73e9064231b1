//! Fan-out: messages to one channel of a guild with very many sessions, all of them active.
//!
//! Closed loop over deliveries: a sender sends the next message only while fewer than `window` messages are
//! still on their way to somebody, so that what is measured is delivering, not queueing.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use clap::Args;
use serde_json::json;

use crate::{
    http::{Client, find},
    process::{Server, need_files, usage},
    session::Sink,
    stats::{count, table},
    world::{self, Sessions},
};

#[derive(Args)]
pub struct Options {
    #[arg(long, default_value_t = 10_000)]
    sessions: usize,
    #[arg(long, default_value_t = 200)]
    messages: u64,
    /// Messages on their way at the same time.
    #[arg(long, default_value_t = 4)]
    window: u64,
}

const MARK: &[u8] = b"fan-out message";

/// Counts marked messages.
#[derive(Default)]
struct Deliveries {
    number: AtomicU64,
    bytes: AtomicU64,
}

impl Sink for Deliveries {
    fn dispatch(&self, frame: &[u8]) {
        if find(frame, MARK).is_some() {
            self.number.fetch_add(1, Ordering::Relaxed);
            self.bytes.fetch_add(frame.len() as u64, Ordering::Relaxed);
        }
    }
}

pub async fn run(server: &Server, options: &Options) -> Result<()> {
    need_files(options.sessions as u64 + 200)?;
    let running = server.start().await?;
    let world = world::guild(&running, options.sessions, 1).await?;
    let deliveries = Arc::new(Deliveries::default());
    let sessions =
        Sessions::start(running.address, &world.people, Some(&world.guild), deliveries.clone()).await?;
    running.settle().await?;

    let mut client = Client::connect(running.address, running.limited).await?;
    client.speak_as(world.people[0].number, Some(&world.people[0].token));
    let path = format!("/channels/{}/messages", world.channels[0]);
    let body = serde_json::to_vec(&json!({"content": "fan-out message, as long as people's messages are"}))?;
    let sessions_each = options.sessions as u64;

    let (before, own_before) = (running.usage()?, usage(std::process::id())?);
    let begun = Instant::now();
    let mut last = (0, Instant::now());
    for sent in 0..=options.messages {
        // The last round waits for everything.
        let allowed = if sent == options.messages { 0 } else { options.window - 1 };
        loop {
            let arrived = deliveries.number.load(Ordering::Relaxed);
            if sent.saturating_sub(allowed) * sessions_each <= arrived {
                break;
            }
            if arrived > last.0 {
                last = (arrived, Instant::now());
            }
            ensure!(
                last.1.elapsed() < Duration::from_secs(10),
                "{arrived} of {} deliveries arrived, and no more come",
                sent * sessions_each
            );
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        if sent < options.messages {
            let answer = client.send("POST", &path, &body).await?;
            ensure!(answer.status == 200, "{} {}", answer.status, String::from_utf8_lossy(answer.body));
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let (after, own_after) = (running.usage()?, usage(std::process::id())?);
    sessions.stop().await?;

    let number = deliveries.number.load(Ordering::Relaxed);
    ensure!(number == options.messages * sessions_each, "{number} deliveries");
    table(
        "Fan-out to the sessions of one guild",
        &[
            ("sessions, messages", &format!("{}, {}", options.sessions, options.messages)),
            ("deliveries per second", &count(number as f64 / took)),
            (
                "deliveries per second and core of the server",
                &count(number as f64 / after.cpu_since(&before)),
            ),
            ("bytes a delivery", &(deliveries.bytes.load(Ordering::Relaxed) / number.max(1))),
            ("server, processor", &after.text_since(&before)),
            ("load generator, processor", &format!("{:.2} cores", own_after.cores_since(&own_before))),
            ("deliveries, none lost or doubled", &count(number as f64)),
        ],
    );
    Ok(())
}
